/* The description of the control API: OpenAPI 3.1, made from its tables of routes (paths,
 * parameters, bodies) and the table of what they answer. */
#ifndef ATTIO_LOCAL_OPENAPI_H
#define ATTIO_LOCAL_OPENAPI_H

#include <stddef.h>

struct buf;
struct control_route;
struct route;

/* `tables`: as control_tables (control/table.h). `server`: the base URL, or NULL for a relative
 * one. A route without an answer in the table is described as one that answers any object. */
void openapi_print(const struct control_route *const *tables, const char *server, struct buf *out);

/* The same of the developer API (routes.h), whose server is `origin`. */
void openapi_print_developer(const struct route *rows, size_t count, const char *origin,
			     struct buf *out);

/* What a route answers with status 200, as a shape:
 *     {a:string,b?:int,c:[{d:any}]}    objects (? may be absent), lists
 *     string int number bool any time  a moment is RFC 3339
 *     x|null                           may be null
 */
struct openapi_answer {
	const char *route; /* "GET /flows/{id}" */
	const char *shape; /* NULL: a stream of server-sent events */
};

extern const struct openapi_answer openapi_answers[];
extern const size_t openapi_answer_count;

/* Appends a shape as JSON Schema; NULL, or where in the shape it could not be read. */
const char *openapi_put_shape(struct buf *out, const char *shape);
/* "/kv/{key}" for "/kv/{key...}", in quotes. */
void openapi_put_path(struct buf *out, const char *pattern);
/* `"get":{` with its operationId (get_flows_id for GET /flows/{id}) and summary. */
void openapi_begin_operation(struct buf *out, const char *method, const char *pattern,
			     const char *summary);

#endif
