/* cJSON behind typed getters: every complaint names the document and the path inside it. cJSON is
 * given only strict JSON (json/scan.h): valid UTF-8, no NUL characters, at most JSON_DEPTH levels.
 */
#ifndef ATTIO_JSON_JSON_H
#define ATTIO_JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct arena;
struct buf;
struct error;

#define JSON_DEPTH 64

/* From here on cJSON takes its memory through base/mem.h: by itself it takes a machine without
 * memory for a document that is no JSON. Once, when the program begins. */
void json_use_mem(void);

/* Parses strict JSON. On failure the error names `document` with line and column, and *offset (may
 * be NULL) is the byte where parsing stopped. The error is ERROR_SERVICE; for a document of the
 * user's own the caller makes it ERROR_USAGE or a finding. The caller frees with cJSON_Delete. */
cJSON *json_parse(const char *text, size_t len, const char *document, size_t *offset,
		  struct error *error);
/* As json_parse, but with comments and trailing commas (tsconfig.json). */
cJSON *json_parse_relaxed(const char *text, size_t len, const char *document, size_t *offset,
			  struct error *error);
/* As json_parse, for what another program answers: U+FFFD stands for what JavaScript's strings hold
 * and ours cannot (NUL, half of a surrogate pair). */
cJSON *json_parse_answer(const char *text, size_t len, const char *document, struct error *error);

/* Getters: `object` must be a JSON object (checked). They return 0, or -1 with ERROR_SERVICE
 * "document: `key` is missing" or "document: `key` must be a string"; for a nested object pass a
 * `document` that says so ("app.json, `app`"). json_get_int takes only whole numbers that are exact
 * (up to 2^53 - 1). Strings are borrowed from the document. */
int json_get_string(const cJSON *object, const char *document, const char *key, const char **value,
		    struct error *error);
int json_get_int(const cJSON *object, const char *document, const char *key, long long *value,
		 struct error *error);
int json_get_bool(const cJSON *object, const char *document, const char *key, bool *value,
		  struct error *error);
int json_get_object(const cJSON *object, const char *document, const char *key, const cJSON **value,
		    struct error *error);
int json_get_array(const cJSON *object, const char *document, const char *key, const cJSON **value,
		   struct error *error);
/* NULL when absent or of another type. */
const char *json_string_or_null(const cJSON *object, const char *key);

/* Appends the document without white space, or indented by two spaces, and no final newline. */
void json_print(struct buf *out, const cJSON *value, bool pretty);

#endif
