/* Searching: every word of the query must be a part of a name, an address, a domain or a number of
 * the record; a name that begins with the query comes first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/fold.h"
#include "local/world/schema.h"
#include "local/world/title.h"
#include "local/world/world.h"

#define WORDS_MOST 8

struct hit {
	const struct owner *object;
	long long row;
	char id[WORLD_ID_SIZE];
	int rank; /* smaller is better */
	size_t order;
};

struct search {
	struct world *world;
	struct arena *arena;
	const struct schema *schema;
	const char *words[WORDS_MOST];
	size_t word_count;
	const char *whole;
	struct hit *hits;
	size_t count;
	struct refusal *refusal;
};

static int begin(struct search *search, struct world *world, const char *query,
		 struct refusal *refusal)
{
	struct error error = {0};
	struct buf folded = {0};
	char *at;

	memset(search, 0, sizeof(*search));
	search->world = world;
	search->refusal = refusal;
	search->schema = world_schema(world, &error);
	search->arena = arena_new();
	fold_text(&folded, query, strlen(query));
	at = arena_strdup(search->arena, buf_cstr(&folded));
	search->whole = arena_strdup(search->arena, at);
	buf_dispose(&folded);
	while (*at != '\0' && search->word_count < WORDS_MOST) {
		at += strspn(at, " \t\n");
		if (*at == '\0')
			break;
		search->words[search->word_count++] = at;
		at += strcspn(at, " \t\n");
		if (*at != '\0')
			*at++ = '\0';
	}
	return search->schema != NULL ? 0 : refusal_system(refusal, &error);
}

/* Rows of the attributes that are searched, as a list for IN. */
static void put_searched(struct buf *sql, const struct owner *object)
{
	const struct attribute *title = title_attribute(object);
	const char *between = "";

	for (size_t i = 0; i < object->attribute_count; i++) {
		const struct attribute *attribute = &object->attributes[i];

		if (attribute->archived ||
		    (attribute != title && attribute->type != VALUE_EMAIL &&
		     attribute->type != VALUE_DOMAIN && attribute->type != VALUE_PHONE))
			continue;
		buf_printf(sql, "%s%lld", between, attribute->row);
		between = ", ";
	}
}

static const char *search_sql(struct search *search, const struct owner *object)
{
	const struct attribute *title = title_attribute(object);
	struct buf sql = {0};
	const char *text;

	buf_puts(&sql, "SELECT i.row, i.id, ");
	if (title != NULL)
		buf_printf(&sql,
			   "coalesce((SELECT instr(fold(%s), ?1) FROM vals v WHERE v.item = i.row "
			   "AND v.attribute = %lld AND v.active_until IS NULL), 0)",
			   title_sql(title), title->row);
	else
		buf_puts(&sql, "instr(?1, '') * 0");
	buf_puts(&sql, " FROM items i WHERE i.owner_id = ?2");
	for (size_t i = 0; i < search->word_count; i++) {
		buf_puts(&sql, " AND EXISTS (SELECT 1 FROM vals v WHERE v.item = i.row AND "
			       "v.active_until IS NULL AND v.attribute IN (");
		put_searched(&sql, object);
		buf_printf(&sql,
			   ") AND instr(fold(coalesce(v.key, json_extract(v.value, '$.full_name'), "
			   "json_extract(v.value, '$.value'))), ?%zu) > 0)",
			   i + 3);
	}
	buf_puts(&sql, " ORDER BY i.created_at, i.row");
	text = arena_strdup(search->arena, buf_cstr(&sql));
	buf_dispose(&sql);
	return text;
}

static int search_object(struct search *search, const struct owner *object)
{
	struct error error = {0};
	sqlite3_stmt *statement =
		sql_prepare(search->world->store, search_sql(search, object), &error);
	int result = -1;
	bool row;

	if (statement == NULL)
		return refusal_system(search->refusal, &error);
	sql_bind_text(statement, 1, search->whole);
	sql_bind_text(statement, 2, object->id);
	for (size_t i = 0; i < search->word_count; i++)
		sql_bind_text(statement, (int)i + 3, search->words[i]);
	while ((result = sql_step(search->world->store, statement, &row, &error)) == 0 && row) {
		struct hit *hit =
			arena_push(search->arena, &search->hits, &search->count, sizeof(*hit));
		int found_at = sqlite3_column_int(statement, 2);

		hit->object = object;
		hit->row = sqlite3_column_int64(statement, 0);
		snprintf(hit->id, sizeof(hit->id), "%s",
			 (const char *)sqlite3_column_text(statement, 1));
		hit->rank = found_at == 1 ? 0 : found_at > 1 ? 1 : 2;
		hit->order = search->count;
	}
	sqlite3_finalize(statement);
	return result == 0 ? 0 : refusal_system(search->refusal, &error);
}

static int by_rank(const void *left, const void *right)
{
	const struct hit *a = left;
	const struct hit *b = right;

	if (a->rank != b->rank)
		return a->rank - b->rank;
	return a->order < b->order ? -1 : a->order > b->order;
}

static void sort_hits(struct search *search, size_t most)
{
	if (search->count > 1)
		qsort(search->hits, search->count, sizeof(*search->hits), by_rank);
	if (search->count > most)
		search->count = most;
}

int world_search_ids(struct world *world, const char *query, const char *object, size_t limit,
		     char (**ids)[WORLD_ID_SIZE], size_t *count, struct refusal *refusal)
{
	struct search search;
	const struct owner *owner = NULL;
	int result = begin(&search, world, query, refusal);

	*ids = NULL;
	*count = 0;
	if (result == 0)
		owner = schema_object(search.schema, object);
	if (owner != NULL)
		result = search_object(&search, owner);
	if (result == 0) {
		sort_hits(&search, limit);
		*ids = mem_zalloc(search.count + 1, sizeof(**ids));
		for (size_t i = 0; i < search.count; i++)
			memcpy((*ids)[i], search.hits[i].id, WORLD_ID_SIZE);
		*count = search.count;
	}
	arena_free(search.arena);
	return result;
}

/* ---- the REST API's form ---- */

static void put_text(struct buf *out, const char *text)
{
	if (text != NULL)
		buf_put_json_string(out, text, strlen(text));
	else
		buf_puts(out, "null");
}

/* What a hit shows: its name, its picture, and the keys of up to two attributes. */
struct shown {
	struct buf text;
	struct buf image;
	struct buf lists[2];
};

static const char *const listed[][2] = {
	{"email_addresses", "phone_numbers"},
	{"domains", NULL},
};

static void show_value(struct shown *shown, const struct owner *object, const char *const names[2],
		       sqlite3_stmt *statement)
{
	const struct attribute *attribute =
		owner_attribute_row(object, sqlite3_column_int64(statement, 0));
	const char *text = (const char *)sqlite3_column_text(statement, 1);

	if (attribute == NULL || text == NULL)
		return;
	if (attribute == title_attribute(object) && shown->text.len == 0)
		put_text(&shown->text, text);
	if ((str_is(attribute->slug, "avatar_url") || str_is(attribute->slug, "logo_url")) &&
	    shown->image.len == 0)
		put_text(&shown->image, text);
	for (size_t i = 0; i < 2; i++) {
		if (names == NULL || names[i] == NULL || !str_is(names[i], attribute->slug))
			continue;
		if (shown->lists[i].len > 0)
			buf_putc(&shown->lists[i], ',');
		put_text(&shown->lists[i], text);
	}
}

static int show_hit(struct search *search, const struct hit *hit, struct buf *out)
{
	static const char sql[] =
		"SELECT attribute, coalesce(key, json_extract(value, '$.full_name'), "
		"json_extract(value, '$.value')) FROM vals WHERE item = ? AND active_until IS NULL "
		"ORDER BY attribute, position, row";
	const char *const *names = str_is(hit->object->slug, "people")      ? listed[0]
				   : str_is(hit->object->slug, "companies") ? listed[1]
									    : NULL;
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(search->world->store, sql, &error);
	struct shown shown = {0};
	int result = -1;
	bool row;

	if (statement != NULL)
		sqlite3_bind_int64(statement, 1, hit->row);
	while (statement != NULL &&
	       (result = sql_step(search->world->store, statement, &row, &error)) == 0 && row)
		show_value(&shown, hit->object, names, statement);
	sql_release(search->world->store, statement);
	buf_printf(out,
		   "{\"id\":{\"workspace_id\":\"%s\",\"object_id\":\"%s\",\"record_id\":\"%s\"},"
		   "\"record_text\":%s,\"record_image\":%s,\"object_slug\":",
		   search->schema->workspace_id, hit->object->id, hit->id,
		   shown.text.len > 0 ? shown.text.ptr : "\"\"",
		   shown.image.len > 0 ? shown.image.ptr : "null");
	put_text(out, hit->object->slug);
	for (size_t i = 0; i < 2; i++)
		if (names != NULL && names[i] != NULL)
			buf_printf(out, ",\"%s\":[%s]", names[i], buf_cstr(&shown.lists[i]));
	buf_putc(out, '}');
	buf_dispose(&shown.text);
	buf_dispose(&shown.image);
	buf_dispose(&shown.lists[0]);
	buf_dispose(&shown.lists[1]);
	return result == 0 ? 0 : refusal_system(search->refusal, &error);
}

int world_records_search(struct world *world, const char *query, const char *const *objects,
			 size_t object_count, long long limit, struct buf *out,
			 struct refusal *refusal)
{
	struct search search;
	struct buf text = {0};
	int result = begin(&search, world, query, refusal);

	for (size_t i = 0; i < object_count && result == 0; i++) {
		const struct owner *object = schema_object(search.schema, objects[i]);

		result = object != NULL
				 ? search_object(&search, object)
				 : refusal_bad(refusal, "value_not_found",
					       "Object with slug/ID \"%s\" not found.", objects[i]);
	}
	if (result == 0)
		sort_hits(&search, (size_t)limit);
	for (size_t i = 0; i < search.count && result == 0; i++) {
		if (i > 0)
			buf_putc(&text, ',');
		result = show_hit(&search, &search.hits[i], &text);
	}
	if (result == 0) {
		buf_putc(out, '[');
		buf_add(out, buf_cstr(&text), text.len);
		buf_putc(out, ']');
	}
	buf_dispose(&text);
	arena_free(search.arena);
	return result;
}
