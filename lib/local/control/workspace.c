/* What a workspace is made of, as a page or a program looks at it before it looks at records:
 * objects and lists with their attributes, entries, members, and how a value became what it is.
 */
#include "local/control/control.h"
#include "local/control/parts.h"
#include "local/control/told.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/refusal.h"
#include "local/run/platform.h"
#include "local/sql.h"
#include "local/world/world.h"

extern const struct control_route workspace_routes[];

#define MOST_ENTRIES 500

#define TRUTH(column) "json(iif(" column ", 'true', 'false'))"
/* Of the object or list whose row is `o`. */
/* clang-format off */
#define OPTIONS \
	"(SELECT json_group_array(title) FROM (SELECT title FROM options p " \
	"WHERE p.attribute_id = a.id AND NOT p.archived ORDER BY p.position))"
/* Slugs of the objects that a reference may refer to; none: any. */
#define TARGETS \
	"(SELECT json_group_array(b.slug) FROM json_each(a.allowed_object_ids) j " \
	"JOIN objects b ON b.id = j.value)"
#define ATTRIBUTES \
	"(SELECT json_group_array(json_object('slug', slug, 'title', title, 'type', type, " \
	"'writable', " TRUTH("writable") ", 'required', " TRUTH("required") ", " \
	"'unique', " TRUTH("uniq") ", 'multiple', " TRUTH("multi") ", " \
	"'options', json(options), 'objects', json(targets))) " \
	"FROM (SELECT a.*, " OPTIONS " AS options, " TARGETS " AS targets FROM attributes a " \
	"WHERE a.owner_id = o.id AND NOT a.archived ORDER BY a.position, a.row))"
/* clang-format on */
#define COUNT "(SELECT count(*) FROM items i WHERE i.owner_id = o.id)"

/* The one JSON text that the statement gives. */
static int put_rows(struct platform *platform, const char *sql, struct buf *out,
		    struct error *error)
{
	struct local_store *store = platform->world->store;
	bool row = false;
	sqlite3_stmt *statement = sql_keep(store, sql, error);
	int result = statement == NULL ? -1 : sql_step(store, statement, &row, error);

	if (result == 0)
		buf_puts(out, row ? (const char *)sqlite3_column_text(statement, 0) : "[]");
	sql_release(store, statement);
	return result;
}

int workspace_put_objects(struct platform *platform, struct buf *out, struct error *error)
{
	return put_rows(platform,
			"SELECT json_group_array(json_object('slug', slug, 'title', singular, "
			"'plural', plural, 'standard', " TRUTH(
				"standard") ", 'count', count, 'attributes', json(attributes))) "
					    "FROM (SELECT o.*, " COUNT " AS count, " ATTRIBUTES
					    " AS attributes FROM objects o WHERE o.enabled ORDER "
					    "BY o.row)",
			out, error);
}

int workspace_put_lists(struct platform *platform, struct buf *out, struct error *error)
{
	return put_rows(
		platform,
		"SELECT json_group_array(json_object('slug', slug, 'title', name, 'object', "
		"object, 'count', count, 'attributes', json(attributes))) FROM (SELECT o.*, "
		"(SELECT slug FROM objects b WHERE b.id = o.object_id) AS object, " COUNT
		" AS count, " ATTRIBUTES " AS attributes FROM lists o ORDER BY o.row)",
		out, error);
}

int workspace_put_members(struct platform *platform, struct buf *out, struct error *error)
{
	return put_rows(
		platform,
		"SELECT json_group_array(json_object('id', id, 'email', email, 'name', "
		"first_name || ' ' || last_name, 'access', access_level)) FROM (SELECT * FROM "
		"members ORDER BY row)",
		out, error);
}

/* {"items": <an array>} */
static void answer_items(struct platform *platform, struct control_call *call,
			 int (*put)(struct platform *platform, struct buf *out,
				    struct error *error))
{
	struct error error = {0};
	struct buf out = {0};

	buf_puts(&out, "{\"items\":");
	if (put(platform, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void list_objects(struct platform *platform, struct control_call *call)
{
	answer_items(platform, call, workspace_put_objects);
}

static void list_lists(struct platform *platform, struct control_call *call)
{
	answer_items(platform, call, workspace_put_lists);
}

static void list_members(struct platform *platform, struct control_call *call)
{
	answer_items(platform, call, workspace_put_members);
}

/* {"items": <what the world answered>}, or what it refused. */
static void conclude(struct control_call *call, int result, struct buf *items,
		     struct refusal *refusal)
{
	struct buf out = {0};

	if (result == 0) {
		buf_printf(&out, "{\"items\":%s}", buf_cstr(items));
		control_answer_buf(call, &out);
	} else {
		unsigned status = (unsigned)refusal->status;

		control_refuse(call, status,
			       status == 404   ? "not_found"
			       : status == 409 ? "conflict"
			       : status >= 500 ? "system"
					       : "usage",
			       refusal->message, NULL, NULL);
	}
	buf_dispose(items);
	refusal_dispose(refusal);
}

static void list_entries(struct platform *platform, struct control_call *call)
{
	long long limit = control_query_int(call, "limit", 50);
	long long offset = control_query_int(call, "offset", 0);
	struct refusal refusal = {0};
	struct buf items = {0};
	cJSON *body;
	int result;

	if (limit < 1 || limit > MOST_ENTRIES || offset < 0) {
		control_refuse(call, 400, "usage",
			       "`limit` is a number from 1 to 500, `offset` one from 0", NULL,
			       NULL);
		return;
	}
	body = cJSON_CreateObject();
	cJSON_AddNumberToObject(body, "limit", (double)limit);
	cJSON_AddNumberToObject(body, "offset", (double)offset);
	result = world_entries_query(platform->world, control_path(call, "list"), body, &items,
				     &refusal);
	cJSON_Delete(body);
	conclude(call, result, &items, &refusal);
}

static void show_history(struct platform *platform, struct control_call *call)
{
	const char *object = control_path(call, "object");
	const struct world_page page = {.limit = -1, .show_historic = true};
	struct refusal refusal = {0};
	struct buf items = {0};
	char id[WORLD_ID_SIZE];
	int result = world_find(platform->world, object, control_path(call, "ref"), id, &refusal);

	if (result == 0)
		result = world_record_values(platform->world, object, id,
					     control_path(call, "attribute"), &page, &items,
					     &refusal);
	conclude(call, result, &items, &refusal);
}

static const struct control_field page_query[] = {
	{"limit", "number", false, "at most so many, 1 to 500; 50 if not given"},
	{"offset", "number", false, "how many are left out at the beginning"},
	{0},
};

const struct control_route workspace_routes[] = {
	{"GET", "/objects", list_objects, "objects with their attributes", NULL, NULL},
	{"GET", "/lists", list_lists, "lists with their attributes", NULL, NULL},
	{"GET", "/lists/{list}/entries", list_entries, "entries of a list", NULL, page_query},
	{"GET", "/members", list_members, "members of the workspace", NULL, NULL},
	{"GET", "/records/{object}/{ref}/history/{attribute}", show_history,
	 "what a value was, oldest first", NULL, NULL},
	{0},
};
