/* The flow log: every crossing between runtimes is a node with its cause; the nodes that one thing
 * caused are a flow. Texts are kept as they crossed, with secrets replaced by their names before
 * anything is stored or told, and cut when they are very long. */
#ifndef ATTIO_LOCAL_RUN_FLOWS_H
#define ATTIO_LOCAL_RUN_FLOWS_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "json/slice.h"

struct arena;
struct buf;
struct clock;
struct error;
struct flows;
struct local_store;
struct redactor;

/* `limits_off` (borrowed, or NULL) is kept with each flow: what it ran without. */
struct flows *flows_new(struct local_store *store, const struct clock *clock,
			const char *limits_off,
			void (*event)(void *context, const char *json, size_t len), void *context);
/* Nodes that are open stay so in the store. NULL is fine. */
void flows_free(struct flows *flows);

/* From now on `value` is never stored or told: `name` in braces stands in its place (redact.h). */
void flow_secret(struct flows *flows, const char *value, const char *name);
/* The same of a variable of the environment, if it is a secret (secret.h). */
void flow_variable(struct flows *flows, const char *value, const char *name);
/* What knows them; borrowed. */
/* Appends a document of what was thrown or printed without secrets (REDACT_THROWN). */
void flow_put_thrown(const struct flows *flows, const char *json, size_t len, struct buf *out);
const struct redactor *flow_redactor(const struct flows *flows);
/* The way back in all texts of a document, for what is run again. */
void flow_reveal(const struct flows *flows, cJSON *value);

/* Writes what has waited since the last time; once a turn. */
void flows_write(struct flows *flows);
/* The store, after that. */
struct local_store *flows_written(struct flows *flows);
/* How many rows the store's connection has changed, the log's own left out. */
long long flows_changes(const struct flows *flows);
/* Whether the store could not be written, and how. From then on nothing is, until that is forgiven.
 */
bool flows_failed(const struct flows *flows, struct error *error);
void flows_forgive(struct flows *flows);

/* A crossing begins. `cause` is a node, or 0: then it begins a flow. `input` is JSON or NULL. Never
 * 0. */
long long flow_begin(struct flows *flows, long long cause, const char *kind, const char *name,
		     const char *input, size_t len);
/* Who acts in the flow that has just begun. */
void flow_acting(struct flows *flows, long long flow, const char *member_id);
/* It began while another one of the same code was without an answer: which of them is first says
 * nothing. Right after its beginning. */
void flow_beside(struct flows *flows, long long node);
/* It ended: `output` is JSON or NULL; `error` is a message, or NULL. */
void flow_end(struct flows *flows, long long node, struct json_slice output, const char *error);
/* Something that people should know of it: "the answer 400 was not looked at". */
void flow_note(struct flows *flows, long long node, const char *code, const char *text);
/* The same of one that is open, told with its end only: where it threw. */
void flow_remark(struct flows *flows, long long node, const char *code, const char *text);
/* Tells an event that is nobody's flow: a JSON object's text. */
void flow_tell(struct flows *flows, const char *json, size_t len);
/* A line of app code's console (or a warning of ours with level "warning"). */
void flow_log(struct flows *flows, long long node, const char *realm, const char *level,
	      const char *text);
/* A request that left, or one to the REST API, from its beginning to its answer. */
struct flow_request {
	const char *kind; /* fetch, rest, rest-webhook */
	const char *method;
	const char *url;
	long long node;  /* 0: no code of the app's caused it */
	long long began; /* ns, on the machine's clock */
	int status;      /* 0: there was no answer */
	const char *error;
};
/* It is over; before its node is ended. */
void flow_request(struct flows *flows, const struct flow_request *request);
/* The flow that a node belongs to; 0 when it is none. */
long long flow_of(struct flows *flows, long long node);

/* As flow_note, and who asked for the flow is told of it: flow_put_warnings. */
void flow_warning(struct flows *flows, long long id, const char *code, const char *text);
/* `,"warnings":[{code,text}]` of one of the newest flows. */
void flow_put_warnings(struct flows *flows, long long flow, struct buf *out);

/* The newest flow; 0 when there is none. */
long long flows_last(struct flows *flows);
/* {"items":[...]}: the newest flows first. */
int flows_list(struct flows *flows, long long limit, struct buf *out, struct error *error);
/* {"flow":{...},"nodes":[...]}, causes before what they caused. ERROR_NOT_FOUND. */
int flows_show(struct flows *flows, long long flow, struct buf *out, struct error *error);
/* What of the requests is asked for: behind number `since`, of one kind (NULL: all), of statuses
 * from `from` to `to` (0 to 0: those without an answer). */
struct request_filter {
	long long since, limit;
	const char *kind;
	int from, to;
};
/* {"items":[...],"next":N}: the newest of them, oldest first. */
int flows_requests(struct flows *flows, const struct request_filter *filter, struct buf *out,
		   struct error *error);
/* What a flow began with: JSON {"journal","limits_off"?} and its moment, in the arena.
 * ERROR_NOT_FOUND; ERROR_CONFLICT for one of an older program, which kept neither. */
int flows_began(struct flows *flows, long long flow, struct arena *arena, const char **began,
		const char **at, struct error *error);
/* One crossing, in the arena. ERROR_NOT_FOUND where the flow has no such one. */
struct flow_node {
	const char *kind, *name;
	const char *input; /* JSON as it is shown, or NULL */
};
int flows_node(struct flows *flows, long long flow, long long id, struct arena *arena,
	       struct flow_node *node, struct error *error);
/* {"items":[...],"next":N}: log lines behind number `since`, oldest first. `level` NULL: all. */
int flows_logs(struct flows *flows, long long since, const char *level, long long limit,
	       struct buf *out, struct error *error);

#endif
