/* The findings that an app had when it adopted `attio validate`: only others fail. A finding is
 * known by its fingerprint, which does not change when it moves by lines; how often it occurs is
 * counted, so that one more of the same kind is new. */
#ifndef ATTIO_CHECK_BASELINE_H
#define ATTIO_CHECK_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct diag;
struct diags;
struct error;
struct texts;

struct baseline_entry {
	const char *file; /* relative to the app's root; "" for the app as a whole */
	const char *code;
	uint64_t fingerprint;
	size_t count;
	size_t left; /* not yet met in this run */
};

struct baseline {
	struct arena *arena;
	struct baseline_entry *entries; /* sorted by file, code, fingerprint */
	size_t count;
};

/* Reads a baseline file. ERROR_USAGE begins with the place: "FILE:3:7: ...". */
int baseline_parse(struct baseline *baseline, struct arena *arena, const char *text, size_t len,
		   const char *document, struct error *error);
/* What the findings are, as a baseline. */
void baseline_make(struct baseline *baseline, struct arena *arena, const struct diags *diags,
		   struct texts *texts);
/* The file's text: the same for the same findings, one line each. */
void baseline_print(struct buf *out, const struct baseline *baseline);

/* Whether the finding is known; takes it off what is left. */
bool baseline_take(struct baseline *baseline, const struct diag *diag, struct texts *texts);
/* From here on no recorded finding was met. */
void baseline_rewind(struct baseline *baseline);
/* How many recorded findings were not met. */
size_t baseline_left(const struct baseline *baseline);

#endif
