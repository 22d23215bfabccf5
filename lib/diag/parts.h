/* What several forms are made of: places, paths, words, JSON strings. Only lib/diag includes it,
 * and baselines for the fingerprint. */
#ifndef ATTIO_DIAG_PARTS_H
#define ATTIO_DIAG_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "diag/diag.h"
#include "diag/text.h"

struct buf;
struct cJSON;
struct report_input;

/* "error", "warning" or "off" */
const char *part_severity(enum severity severity);

/* Where a place begins and ends. False for no place, a whole file and a file that cannot be read;
 * with `edit` a place at 0..0 is the start of its file. */
struct span {
	struct position start;
	struct position end;
};
bool part_span(const struct place *place, struct texts *texts, bool edit, struct span *span);

/* The file as the report shall name it, or the app's folder for a finding without a file. In the
 * arena of the texts. */
const char *part_path(const struct report_input *input, const char *file);

/* Adds a string in which what is not UTF-8 is replaced: file names and messages may carry any
 * bytes, JSON may not. NULL becomes null. */
void part_add_string(struct cJSON *object, const char *key, const char *text);
/* Prints a document in one line, without a line end; what is not UTF-8 in its strings, whoever
 * added them, is replaced. */
void part_print_json(struct buf *out, const struct cJSON *document);
/* The same with a line end, and frees it. */
void part_put_json(struct buf *out, struct cJSON *document);

/* FNV-1a, 64 bits: begin with PART_HASH_START. */
#define PART_HASH_START UINT64_C(14695981039346656037)
uint64_t part_hash(uint64_t hash, const char *bytes, size_t len);
/* The same for the same finding after lines were added above it or the line was indented: baselines
 * rely on that, so this must never change within a major version. Of a long line (a minified
 * file's) only what is near counts. */
uint64_t part_fingerprint(const struct diag *diag, struct texts *texts);
void part_add_hash(struct cJSON *object, const char *key, uint64_t hash);

#endif
