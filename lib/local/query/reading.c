/* Reading records; see the header. */
#include "local/query/reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/sql.h"
#include "json/json.h"

/* Stands in the map for an id that nothing has. */
static const struct record absent;

static const char *column(struct reading *reading, sqlite3_stmt *statement, int at)
{
	const char *text = (const char *)sqlite3_column_text(statement, at);

	return text != NULL ? arena_strndup(reading->arena, text,
					    (size_t)sqlite3_column_bytes(statement, at))
			    : NULL;
}

void reading_dispose(struct reading *reading)
{
	for (size_t i = 0; i < reading->records.count; i++) {
		const struct record *record = reading->records.entries[i].value;

		for (size_t k = 0; k < record->value_count; k++)
			cJSON_Delete(record->values[k].json);
	}
	map_dispose(&reading->records);
	map_dispose(&reading->members);
}

/* A row with a value of the record, or without one. */
static int add_value(struct reading *reading, struct record *record, sqlite3_stmt *statement,
		     struct error *error)
{
	const struct attribute *attribute =
		owner_attribute_row(record->owner, sqlite3_column_int64(statement, 3));
	struct value *value;
	const char *json = (const char *)sqlite3_column_text(statement, 4);

	if (json == NULL || attribute == NULL)
		return 0;
	value = arena_push(reading->arena, &record->values, &record->value_count, sizeof(*value));
	value->attribute = attribute;
	value->json = json_parse(json, (size_t)sqlite3_column_bytes(statement, 4),
				 "a value of the local store", NULL, error);
	value->ref = column(reading, statement, 5);
	return value->json != NULL ? 0 : -1;
}

static struct record *add_record(struct reading *reading, sqlite3_stmt *statement)
{
	const struct owner *owner =
		schema_owner(reading->schema, (const char *)sqlite3_column_text(statement, 1));
	struct record *record;

	if (owner == NULL || !owner->enabled)
		return NULL;
	record = arena_alloc(reading->arena, sizeof(*record));
	record->id = column(reading, statement, 0);
	record->owner = owner;
	record->created_at = column(reading, statement, 2);
	map_set(&reading->records, record->id, record);
	return record;
}

static int read_rows(struct reading *reading, sqlite3_stmt *statement, struct error *error)
{
	struct record *record = NULL;
	const char *last = "";
	bool row;

	for (;;) {
		const char *id;

		if (sql_step(reading->world->store, statement, &row, error) != 0)
			return -1;
		if (!row)
			return 0;
		id = (const char *)sqlite3_column_text(statement, 0);
		if (strcmp(id, last) != 0) {
			last = column(reading, statement, 0);
			record = add_record(reading, statement);
		}
		if (record != NULL && add_value(reading, record, statement, error) != 0)
			return -1;
	}
}

/* A JSON array of the ids that were not asked for yet; they are absent until they are found. */
static size_t put_unread(struct reading *reading, const char *const *ids, size_t count,
			 struct buf *list)
{
	size_t unread = 0;

	buf_putc(list, '[');
	for (size_t i = 0; i < count; i++) {
		if (map_get(&reading->records, ids[i]) != NULL)
			continue;
		buf_puts(list, unread++ > 0 ? "," : "");
		buf_put_json_string(list, ids[i], strlen(ids[i]));
		map_set(&reading->records, arena_strdup(reading->arena, ids[i]), &absent);
	}
	buf_putc(list, ']');
	return unread;
}

int reading_load(struct reading *reading, const char *const *ids, size_t count, struct error *error)
{
	struct local_store *store = reading->world->store;
	struct buf list = {0};
	sqlite3_stmt *statement;
	int result = 0;

	if (put_unread(reading, ids, count, &list) > 0) {
		statement =
			sql_keep(store,
				 "SELECT i.id, i.owner_id, i.created_at, v.attribute, v.value, "
				 "v.ref FROM json_each(?1) AS wanted JOIN items AS i ON i.id = "
				 "wanted.value LEFT JOIN vals AS v ON v.item = i.row AND "
				 "v.active_until IS NULL ORDER BY i.row, v.attribute, v.position",
				 error);
		result = -1;
		if (statement != NULL) {
			sql_bind_text(statement, 1, buf_cstr(&list));
			result = read_rows(reading, statement, error);
		}
		sql_release(store, statement);
	}
	buf_dispose(&list);
	return result;
}

bool reading_has_targets(const struct reading *reading, const struct value *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (values[i].ref != NULL && map_get(&reading->records, values[i].ref) == NULL)
			return false;
	}
	return true;
}

int reading_load_targets(struct reading *reading, const struct attribute *attribute,
			 struct error *error)
{
	const char **ids = NULL;
	size_t count = 0;

	for (size_t i = 0; i < reading->records.count; i++) {
		const struct record *record = reading->records.entries[i].value;
		size_t values;
		const struct value *value = record_values(record, attribute, &values);

		for (; values > 0; values--, value++) {
			const char **slot;

			if (value->ref == NULL || map_get(&reading->records, value->ref) != NULL)
				continue;
			slot = arena_push(reading->arena, &ids, &count, sizeof(*slot));
			*slot = value->ref;
		}
	}
	return reading_load(reading, ids, count, error);
}

int reading_record(struct reading *reading, const char *id, const struct record **record,
		   struct error *error)
{
	if (reading_load(reading, &id, 1, error) != 0)
		return -1;
	*record = map_get(&reading->records, id);
	if (*record == &absent)
		*record = NULL;
	return 0;
}

/* A JSON array of the records whose entries are not known yet; from now on they are. */
static void put_entryless(struct reading *reading, struct buf *list)
{
	bool any = false;

	buf_putc(list, '[');
	for (size_t i = 0; i < reading->records.count; i++) {
		struct record *record = reading->records.entries[i].value;

		if (record == &absent || record->entries_read || record->owner->is_list)
			continue;
		record->entries_read = true;
		buf_printf(list, "%s\"%s\"", any ? "," : "", record->id);
		any = true;
	}
	buf_putc(list, ']');
}

static int read_entries(struct reading *reading, const char *parents, struct error *error)
{
	struct local_store *store = reading->world->store;
	sqlite3_stmt *statement =
		sql_keep(store,
			 "SELECT parent_id, id FROM items WHERE parent_id IN (SELECT value FROM "
			 "json_each(?1)) ORDER BY created_at, id",
			 error);
	bool row = true;
	int result = statement != NULL ? 0 : -1;

	if (statement != NULL)
		sql_bind_text(statement, 1, parents);
	while (result == 0 && row) {
		result = sql_step(store, statement, &row, error);
		if (result == 0 && row) {
			struct record *record = map_get(
				&reading->records, (const char *)sqlite3_column_text(statement, 0));
			const char **slot = arena_push(reading->arena, &record->entries,
						       &record->entry_count, sizeof(*slot));

			*slot = column(reading, statement, 1);
		}
	}
	sql_release(store, statement);
	return result;
}

int reading_entries(struct reading *reading, const struct record *record, struct error *error)
{
	struct buf parents = {0};
	int result = 0;

	if (!record->entries_read) {
		put_entryless(reading, &parents);
		result = read_entries(reading, buf_cstr(&parents), error);
	}
	buf_dispose(&parents);
	return result;
}

static int read_members(struct reading *reading, struct error *error)
{
	struct local_store *store = reading->world->store;
	sqlite3_stmt *statement = sql_keep(
		store,
		"SELECT id, email, trim(first_name || ' ' || last_name) FROM members ORDER BY row",
		error);
	bool row = true;
	int result = statement != NULL ? 0 : -1;

	while (result == 0 && row) {
		result = sql_step(store, statement, &row, error);
		if (result == 0 && row) {
			struct member *member = arena_alloc(reading->arena, sizeof(*member));

			member->id = column(reading, statement, 0);
			member->email = column(reading, statement, 1);
			member->name = column(reading, statement, 2);
			map_set(&reading->members, member->id, member);
		}
	}
	sql_release(store, statement);
	return result;
}

int reading_member(struct reading *reading, const char *id, const struct member **member,
		   struct error *error)
{
	*member = NULL;
	if (!reading->members_read && read_members(reading, error) != 0)
		return -1;
	reading->members_read = true;
	if (id != NULL)
		*member = map_get(&reading->members, id);
	else if (reading->members.count > 0)
		*member = reading->members.entries[0].value;
	return 0;
}

const struct value *record_values(const struct record *record, const struct attribute *attribute,
				  size_t *count)
{
	size_t from = 0;

	while (from < record->value_count && record->values[from].attribute != attribute)
		from++;
	*count = 0;
	while (from + *count < record->value_count &&
	       record->values[from + *count].attribute == attribute)
		++*count;
	return *count > 0 ? &record->values[from] : NULL;
}
