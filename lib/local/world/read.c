/* Values come ordered by item and attribute; printing walks along them. */
#include "local/world/read.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/schema.h"

struct cell {
	long long item;
	long long attribute;
	const char *from;
	const char *until; /* or NULL */
	const char *actor_type;
	const char *actor_id; /* or NULL */
	const char *json;
	const char *ref; /* or NULL */
};

static const char *text_of(struct arena *arena, sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	return text != NULL
		       ? arena_strndup(arena, text, (size_t)sqlite3_column_bytes(statement, column))
		       : NULL;
}

static void read_cell(struct arena *arena, sqlite3_stmt *statement, struct cell *cell)
{
	cell->item = sqlite3_column_int64(statement, 0);
	cell->attribute = sqlite3_column_int64(statement, 1);
	cell->from = text_of(arena, statement, 2);
	cell->until = text_of(arena, statement, 3);
	cell->actor_type = text_of(arena, statement, 4);
	cell->actor_id = text_of(arena, statement, 5);
	cell->json = text_of(arena, statement, 6);
	cell->ref = text_of(arena, statement, 7);
}

/* ---- printing ---- */

static void put_string(struct buf *out, const char *text)
{
	if (text != NULL)
		buf_put_json_string(out, text, strlen(text));
	else
		buf_puts(out, "null");
}

/* The object that {"target_object_id":"<id>"} names. */
static const struct owner *target_of(const struct schema *schema, const char *json)
{
	static const char start[] = "{\"target_object_id\":\"";
	char id[WORLD_ID_SIZE] = "";

	if (str_starts(json, start) && strlen(json) > sizeof(start) - 1 + WORLD_ID_SIZE)
		memcpy(id, json + sizeof(start) - 1, WORLD_ID_SIZE - 1);
	return schema_owner(schema, id);
}

/* The type's own fields, each with a comma before it. */
static void put_fields(struct buf *out, const struct schema *schema,
		       const struct attribute *attribute, const struct cell *cell)
{
	size_t len = strlen(cell->json);
	const struct option *option;
	const struct owner *target;

	switch (attribute->type) {
	case VALUE_SELECT:
	case VALUE_STATUS:
		option = cell->ref != NULL ? attribute_option(attribute, cell->ref) : NULL;
		buf_puts(out, attribute->type == VALUE_STATUS ? ",\"status\":" : ",\"option\":");
		if (option != NULL)
			schema_print_option(out, schema, attribute, option);
		else
			buf_puts(out, "null");
		break;
	case VALUE_RECORD:
		target = target_of(schema, cell->json);
		buf_puts(out, ",\"target_object\":");
		put_string(out, target != NULL ? target->slug : NULL);
		buf_puts(out, ",\"target_record_id\":");
		put_string(out, cell->ref);
		break;
	default:
		if (len > 2) {
			buf_putc(out, ',');
			buf_add(out, cell->json + 1, len - 2);
		}
	}
}

static void put_cell(struct buf *out, const struct schema *schema,
		     const struct attribute *attribute, const struct cell *cell)
{
	buf_printf(out, "{\"active_from\":\"%s\",\"active_until\":", cell->from);
	put_string(out, cell->until);
	buf_printf(out, ",\"created_by_actor\":{\"type\":\"%s\",\"id\":", cell->actor_type);
	put_string(out, cell->actor_id);
	buf_putc(out, '}');
	put_fields(out, schema, attribute, cell);
	buf_printf(out, ",\"attribute_type\":\"%s\"}", attribute->type_name);
}

void read_web_url(struct buf *out, const struct schema *schema, const struct owner *owner,
		  const char *id)
{
	const char *path = str_is(owner->slug, "people")      ? "person"
			   : str_is(owner->slug, "companies") ? "company"
							      : NULL;

	buf_printf(out, "https://app.attio.com/%s/", schema->workspace_slug);
	if (path != NULL)
		buf_printf(out, "%s/%s", path, id);
	else
		buf_printf(out, "%s/record/%s", owner->slug, id);
}

static void put_head(struct buf *out, const struct schema *schema, const struct item *item)
{
	const struct owner *owner = item->owner;

	if (owner->is_list) {
		buf_printf(
			out,
			"{\"id\":{\"workspace_id\":\"%s\",\"list_id\":\"%s\",\"entry_id\":\"%s\"},"
			"\"parent_record_id\":\"%s\",\"parent_object\":\"%s\",\"created_at\":\"%"
			"s\","
			"\"entry_values\":{",
			schema->workspace_id, owner->id, item->id, item->parent_id,
			owner->parent->slug, item->created_at);
		return;
	}
	buf_printf(out,
		   "{\"id\":{\"workspace_id\":\"%s\",\"object_id\":\"%s\",\"record_id\":\"%s\"},"
		   "\"created_at\":\"%s\",\"web_url\":\"",
		   schema->workspace_id, owner->id, item->id, item->created_at);
	read_web_url(out, schema, owner, item->id);
	buf_puts(out, "\",\"values\":{");
}

/* `cells` are the item's own. */
static void put_item(struct buf *out, const struct schema *schema, const struct item *item,
		     const struct cell *cells, size_t count)
{
	bool first = true;

	put_head(out, schema, item);
	for (size_t i = 0; i < item->owner->attribute_count; i++) {
		const struct attribute *attribute = &item->owner->attributes[i];
		bool any = false;

		if (attribute->archived)
			continue;
		if (!first)
			buf_putc(out, ',');
		first = false;
		buf_put_json_string(out, attribute->slug, strlen(attribute->slug));
		buf_puts(out, ":[");
		for (size_t k = 0; k < count; k++) {
			if (cells[k].attribute != attribute->row)
				continue;
			if (any)
				buf_putc(out, ',');
			any = true;
			put_cell(out, schema, attribute, &cells[k]);
		}
		buf_putc(out, ']');
	}
	buf_puts(out, "}}");
}

/* ---- reading ---- */

static int load_cells(struct world *world, struct arena *arena, const struct item *items,
		      size_t item_count, struct cell **cells, size_t *count,
		      struct refusal *refusal)
{
	static const char sql[] =
		"SELECT item, attribute, active_from, active_until, actor_type, actor_id, value, "
		"ref FROM vals WHERE item IN (SELECT value FROM json_each(?)) AND active_until IS "
		"NULL ORDER BY item, attribute, position, row";
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	struct buf rows = {0};
	int result = -1;
	bool row;

	*cells = NULL;
	*count = 0;
	if (statement != NULL) {
		for (size_t i = 0; i < item_count; i++)
			buf_printf(&rows, "%c%lld", i > 0 ? ',' : '[', items[i].row);
		buf_puts(&rows, item_count > 0 ? "]" : "[]");
		sql_bind_text(statement, 1, buf_cstr(&rows));
	}
	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, &error)) == 0 && row)
		read_cell(arena, statement, arena_push(arena, cells, count, sizeof(**cells)));
	sql_release(world->store, statement);
	buf_dispose(&rows);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}

/* The first of the cells, which are sorted, that is not before the item's. */
static size_t first_of(const struct cell *cells, size_t count, long long item)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (cells[middle].item < item)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

static int put_items(struct world *world, const struct schema *schema, const struct item *items,
		     size_t count, bool array, struct buf *out, struct refusal *refusal)
{
	struct arena *arena = arena_new();
	struct cell *cells;
	size_t cell_count;
	int result = load_cells(world, arena, items, count, &cells, &cell_count, refusal);

	if (result == 0 && array)
		buf_putc(out, '[');
	for (size_t i = 0; i < count && result == 0; i++) {
		size_t from = first_of(cells, cell_count, items[i].row);
		size_t until = first_of(cells, cell_count, items[i].row + 1);

		if (i > 0)
			buf_putc(out, ',');
		put_item(out, schema, &items[i], cells != NULL ? cells + from : NULL, until - from);
	}
	if (result == 0 && array)
		buf_putc(out, ']');
	arena_free(arena);
	return result;
}

int read_items(struct world *world, const struct schema *schema, const struct item *items,
	       size_t count, struct buf *out, struct refusal *refusal)
{
	return put_items(world, schema, items, count, true, out, refusal);
}

int read_item_json(struct world *world, const struct schema *schema, const struct item *item,
		   struct buf *out, struct refusal *refusal)
{
	return put_items(world, schema, item, 1, false, out, refusal);
}

int read_values(struct world *world, const struct schema *schema, const struct item *item,
		const struct attribute *attribute, const struct world_page *page, struct buf *out,
		struct refusal *refusal)
{
	static const char sql[] =
		"SELECT item, attribute, active_from, active_until, actor_type, actor_id, value, "
		"ref FROM vals WHERE item = ? AND attribute = ? AND (?3 OR active_until IS NULL) "
		"ORDER BY active_from, row LIMIT ? OFFSET ?";
	struct error error = {0};
	struct arena *arena = arena_new();
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);
	struct buf text = {0};
	int result = -1;
	bool row;

	if (statement != NULL) {
		sqlite3_bind_int64(statement, 1, item->row);
		sqlite3_bind_int64(statement, 2, attribute->row);
		sqlite3_bind_int(statement, 3, page->show_historic ? 1 : 0);
		sqlite3_bind_int64(statement, 4, page->limit);
		sqlite3_bind_int64(statement, 5, page->offset);
	}
	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, &error)) == 0 && row) {
		struct cell cell;

		read_cell(arena, statement, &cell);
		if (text.len > 0)
			buf_putc(&text, ',');
		put_cell(&text, schema, attribute, &cell);
	}
	sql_release(world->store, statement);
	if (result == 0) {
		buf_putc(out, '[');
		buf_add(out, buf_cstr(&text), text.len);
		buf_putc(out, ']');
	}
	buf_dispose(&text);
	arena_free(arena);
	return result == 0 ? 0 : refusal_system(refusal, &error);
}
