/* How large the bundles are and what makes them so: data for the size table, budgets, the treemap
 * and JSON. Pure but for the clock-free libraries behind digest.h. */
#ifndef ATTIO_BUNDLE_SIZES_H
#define ATTIO_BUNDLE_SIZES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct bundle;
struct bundles;
struct error;

struct module_size {
	const char *path; /* relative to the app's root; of what is generated a few words */
	size_t bytes;     /* in the bundle */
	bool generated;   /* no file */
};

struct bundle_size {
	const struct bundle *bundle;
	const char *name; /* "client", "server", "block ID" */
	size_t bytes;
	size_t gzip;                 /* 0: not asked for */
	struct module_size *modules; /* the largest first; empty without details */
	size_t count;
};

struct sizes {
	struct bundle_size *items;
	size_t count;
};

/* From bundles that were built with details. -1 when the engine's account of them cannot be
 * read. The memory is the arena, names of bundles are borrowed. */
int sizes_read(struct arena *arena, const struct bundles *bundles, bool gzip, struct sizes *sizes,
	       struct error *error);

/* "97.7 KiB" */
void sizes_put(struct buf *out, size_t bytes);

/* One size of an earlier build. */
struct past_size {
	const char *path; /* of the bundle */
	size_t bytes;
};

struct past_sizes {
	struct past_size *items;
	size_t count;
};

/* What is kept for the next build, and what was kept; text that cannot be read gives nothing. */
void sizes_keep(struct buf *out, const struct bundles *bundles);
void sizes_recall(struct arena *arena, const char *text, size_t len, struct past_sizes *past);
/* NULL: it is new. */
const struct past_size *past_size_of(const struct past_sizes *past, const char *path);

/* The table for people: a line a bundle, then the largest modules of each. */
void sizes_table(struct buf *out, const struct sizes *sizes, const struct past_sizes *past);

/* esbuild's account of all bundles as one document, in its own form, for its own tools. `out` is
 * the output folder as seen from the root. */
int sizes_metafile(struct buf *text, const struct bundles *bundles, const char *out,
		   struct error *error);

#endif
