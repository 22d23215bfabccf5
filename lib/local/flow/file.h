/* A flow as a file, NAME.flow.json (README.md): written of what the log has, and read. No store and
 * no process here: data in, data out. */
#ifndef ATTIO_LOCAL_FLOW_FILE_H
#define ATTIO_LOCAL_FLOW_FILE_H

#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;
struct error;

#define FLOW_FILE_SCHEMA "attio.flow/1"
/* Stands for the token of a callback. */
#define FLOW_FILE_TOKEN "placeholder-of-a-token"

/* The file's text, checked. NULL with ERROR_USAGE: "NAME:LINE:COLUMN: what is wrong", why, and what
 * to do. The caller frees. */
cJSON *flow_file_read(const char *text, size_t len, const char *name, struct error *error);

/* What the platform has against the part (a member) of a file that could be read. */
void flow_file_refuse(const char *text, size_t len, const char *name, const char *part,
		      const char *what, struct error *error);

/* What stands in for an environment (an object of strings) where there is no .env: an object with
 * the same names. True, false and short numbers stay, as they are no secrets; an address is one.
 * The caller frees. */
cJSON *flow_file_environment(const cJSON *env);

/* The text of a file, as it is kept: two blanks, members in one order. */
void flow_file_print(struct buf *out, const cJSON *file);

/* {"method"?, "path", "body"}: the request of the control API that begins such a flow again.
 * `flow`: as flows_show gives it; `as`: who acted, or NULL. ERROR_CONFLICT for one that cannot be
 * begun by a request. */
cJSON *flow_file_start(const cJSON *flow, const char *as, struct error *error);

/* What the outside answered in it, in the order of the requests: an array of {"method", "url",
 * "body"?, "answer" or "failure"}. ERROR_CONFLICT for an answer that was not kept whole. */
cJSON *flow_file_outside(const cJSON *flow, struct error *error);

#endif
