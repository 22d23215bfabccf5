/* What is different between two versions, for people and for scripts. */
#ifndef ATTIO_PLATFORM_COMPARISON_H
#define ATTIO_PLATFORM_COMPARISON_H

#include <stddef.h>

struct arena;
struct buf;
struct cJSON;
struct inventory;

enum change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_ALTERED };

/* A thing that came, went, or says something else. */
struct change {
	enum change_kind kind;
	const char *what; /* kind of the thing: "record-action" */
	const char *id;
	const char *name;   /* CHANGE_ALTERED: which of its texts; else NULL */
	const char *before; /* NULL: it is new */
	const char *after;  /* NULL: it is gone */
};

struct size_change {
	const char *path;
	long long before; /* bytes; -1: there was none */
	long long after;
};

struct changes {
	struct change *items; /* by thing; an altered thing has one for each text */
	size_t count;
	struct size_change *sizes;
	size_t size_count;
};

/* `before` NULL: nothing is known of what was there. The texts are borrowed from both. */
void changes_between(struct changes *changes, struct arena *arena, const struct inventory *before,
		     const struct inventory *after);
/* A line for each, signed +, - or ~, then the sizes. Texts of apps are escaped by who prints it. */
void changes_put(struct buf *out, const struct changes *changes);
/* Adds `changes` and `sizes` to an object. */
void changes_add_json(struct cJSON *object, const struct changes *changes);

#endif
