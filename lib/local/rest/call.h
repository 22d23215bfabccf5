/* Within the room: one call while it is answered, and the steps that most endpoints are made of.
 * The store makes the JSON of what it holds: a resource is an SQL expression that gives its text
 * (json_object keeps the order of its keys), so that reading a list, one thing, and what was just
 * written are one query each. */
#ifndef ATTIO_LOCAL_REST_CALL_H
#define ATTIO_LOCAL_REST_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "local/clock.h"
#include "local/refusal.h"
#include "local/rest/query.h"
#include "local/world/world.h"

struct arena;
struct rest;
struct route_match;

struct rest_call {
	struct rest *rest;
	struct world *world;
	const struct route_match *match;
	struct query query;
	const struct param *params;
	const cJSON *body; /* was checked; NULL without one */
	const cJSON *data; /* its "data" */
	struct actor actor;
	char now[CLOCK_TEXT_SIZE];
	struct arena *arena;
	struct buf *out;         /* the body of the answer */
	struct refusal *refusal; /* filled when a function gives -1 */
	unsigned status;         /* 200 already */
	long long score;         /* of a query: how much there was to do; -1: no query */
};

/* ---- SQL ---- */

/* Pieces of SQL. */
#define SQL_WORKSPACE "(SELECT id FROM workspace)"
#define SQL_BOOLEAN(x) "json(iif(" x ", 'true', 'false'))"
#define SQL_ID1(a, x) "json_object('workspace_id', " SQL_WORKSPACE ", '" a "', " x ")"
#define SQL_ID2(a, x, b, y)                                                                        \
	"json_object('workspace_id', " SQL_WORKSPACE ", '" a "', " x ", '" b "', " y ")"
#define SQL_ID3(a, x, b, y, c, z)                                                                  \
	"json_object('workspace_id', " SQL_WORKSPACE ", '" a "', " x ", '" b "', " y ", '" c       \
	"', " z ")"
#define SQL_ACTOR(type, id) "json_object('type', " type ", 'id', " id ")"

/* Each object and each list has the one view that it is made with. Nothing of a view but its name
 * can be seen here, so it is not stored: its id is made of its owner's, of which this is a row. */
#define SQL_VIEW_ID                                                                                \
	"substr(id, 25, 8) || '-' || substr(id, 33, 4) || '-4' || substr(id, 2, 3) || '-a' || "    \
	"substr(id, 5, 3) || '-' || substr(id, 10, 4) || substr(id, 1, 8)"

/* A value for a named place of a statement. Names that the statement does not have are passed
 * over. A list ends with a NULL name. */
struct bind {
	const char *name; /* ":id" */
	const char *text; /* NULL: SQL's NULL, or the number */
	long long number;
	bool is_number;
};

#define BIND_TEXT(n, t)                                                                            \
	{                                                                                          \
		.name = (n), .text = (t)                                                           \
	}
#define BIND_NUMBER(n, x)                                                                          \
	{                                                                                          \
		.name = (n), .number = (x), .is_number = true                                      \
	}

/* Runs a statement without rows. */
int rest_run(struct rest_call *call, const char *sql, const struct bind *binds);
/* The first column of the first row as text in the arena; *text is NULL without a row and for
 * NULL. */
int rest_text(struct rest_call *call, const char *sql, const struct bind *binds, const char **text);
int rest_number(struct rest_call *call, const char *sql, const struct bind *binds,
		long long *number);
/* Answers {"data":[...]} with the first column of all rows, each a JSON text. */
int rest_list(struct rest_call *call, const char *sql, const struct bind *binds);
/* The same with {"pagination":{"next_cursor"}}: rows from `offset` on, one more than `limit` is
 * looked for. `sql` has the places :limit and :offset. */
int rest_pages(struct rest_call *call, const char *sql, const struct bind *binds);
/* Answers {"data":...} with the first row. *found is false, and nothing is answered, without one.
 */
int rest_one(struct rest_call *call, const char *sql, const struct bind *binds, bool *found);
/* {} */
int rest_empty(struct rest_call *call);

/* ---- the request ---- */

/* What a capture of the path took. */
const char *rest_capture(const struct rest_call *call, const char *name);
const char *rest_param(const struct rest_call *call, const char *name);
long long rest_number_param(const struct rest_call *call, const char *name);
/* A string of `data`; NULL when it is absent or null. */
const char *rest_string(const struct rest_call *call, const char *name);
bool rest_has(const struct rest_call *call, const char *name);
/* The member's JSON as text in the arena, or NULL. */
const char *rest_json(const struct rest_call *call, const cJSON *value);
/* A time as the service writes it, in the arena: nine decimals and Z. NULL when it is none. */
const char *rest_time(const struct rest_call *call, const char *text);
/* A fresh UUID in the arena, or NULL with the refusal. */
const char *rest_uuid(struct rest_call *call);

/* Refuses with 403, naming the scopes of these that the token does not have. */
int rest_need_scopes(struct rest_call *call, const char *scopes);

/* ---- things that requests name; what is found is in the arena ---- */

/* The id of the object with this slug or id; NULL when there is none. */
int rest_object(struct rest_call *call, const char *ref, const char **id);
/* The same, refused with 404 'Object with slug/ID "x" not found.'; and of a list. */
int rest_need_object(struct rest_call *call, const char *ref, const char **id);
int rest_need_list(struct rest_call *call, const char *ref, const char **id);
/* Refuses with 404 'WHAT with ID "x" not found.' where the object has no such record, or the list
 * no such entry. */
int rest_need_item(struct rest_call *call, const char *owner_id, const char *id, const char *what);
/* The id of the workspace member with this id or e-mail address; NULL when there is none. */
int rest_member(struct rest_call *call, const char *ref, const char **id);

/* ---- events ---- */

/* An event for webhooks, by the actor of the call. `payload` is a query that gives its JSON:
 * {"id":{..}} and what the event has besides. */
int rest_event(struct rest_call *call, const char *event_type, const char *payload,
	       const struct bind *binds);

#endif
