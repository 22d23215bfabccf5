/* Loading takes four statements and is done again only after a change of the structure. */
#include "local/world/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/sql.h"
#include "local/world/world.h"
#include "json/json.h"

static const char *const type_names[VALUE_TYPES] = {
	[VALUE_TEXT] = "text",
	[VALUE_NUMBER] = "number",
	[VALUE_CHECKBOX] = "checkbox",
	[VALUE_CURRENCY] = "currency",
	[VALUE_DATE] = "date",
	[VALUE_TIMESTAMP] = "timestamp",
	[VALUE_RATING] = "rating",
	[VALUE_STATUS] = "status",
	[VALUE_SELECT] = "select",
	[VALUE_RECORD] = "record-reference",
	[VALUE_ACTOR] = "actor-reference",
	[VALUE_LOCATION] = "location",
	[VALUE_DOMAIN] = "domain",
	[VALUE_EMAIL] = "email-address",
	[VALUE_PHONE] = "phone-number",
	[VALUE_NAME] = "personal-name",
	[VALUE_INTERACTION] = "interaction",
};

/* What is loaded, and what it is loaded into. `schema` comes first: it is what others see. */
struct loaded {
	struct schema schema;
	struct arena *arena;
	long long stamp;
	size_t attribute_count;
};

enum value_type value_type_of(const char *name)
{
	size_t type = 0;

	while (type < VALUE_TYPES && !str_is(type_names[type], name))
		type++;
	return (enum value_type)type;
}

/* ---- loading ---- */

static const char *text_at(struct arena *arena, sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text != NULL ? arena_strdup(arena, (const char *)text) : NULL;
}

static int load_workspace(struct world *world, struct loaded *loaded, struct error *error)
{
	sqlite3_stmt *statement =
		sql_keep(world->store, "SELECT id, slug, name FROM workspace", error);
	struct schema *schema = &loaded->schema;
	bool row = false;
	int result = statement != NULL ? sql_step(world->store, statement, &row, error) : -1;

	schema->workspace_id = schema->workspace_slug = schema->workspace_name = "";
	if (row) {
		schema->workspace_id = text_at(loaded->arena, statement, 0);
		schema->workspace_slug = text_at(loaded->arena, statement, 1);
		schema->workspace_name = text_at(loaded->arena, statement, 2);
	}
	sql_release(world->store, statement);
	return result;
}

static int load_owners(struct world *world, struct loaded *loaded, struct error *error)
{
	static const char sql[] =
		"SELECT 0 AS kind, row, id, slug, singular, plural, standard, enabled, created_at, "
		"NULL FROM objects UNION ALL SELECT 1, row, id, slug, NULL, name, 0, 1, "
		"created_at, object_id FROM lists ORDER BY kind, row";
	sqlite3_stmt *statement = sql_keep(world->store, sql, error);
	struct schema *schema = &loaded->schema;
	const char **parents = NULL;
	size_t parent_count = 0;
	int result = -1;
	bool row;

	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, error)) == 0 && row) {
		struct owner *owner = arena_push(loaded->arena, &schema->owners,
						 &schema->owner_count, sizeof(*owner));
		const char **parent =
			arena_push(loaded->arena, &parents, &parent_count, sizeof(*parents));

		owner->is_list = sqlite3_column_int(statement, 0) != 0;
		owner->row = sqlite3_column_int64(statement, 1);
		owner->id = text_at(loaded->arena, statement, 2);
		owner->slug = text_at(loaded->arena, statement, 3);
		owner->singular = text_at(loaded->arena, statement, 4);
		owner->plural = text_at(loaded->arena, statement, 5);
		owner->standard = sqlite3_column_int(statement, 6) != 0;
		owner->enabled = sqlite3_column_int(statement, 7) != 0;
		owner->created_at = text_at(loaded->arena, statement, 8);
		*parent = text_at(loaded->arena, statement, 9);
	}
	sql_release(world->store, statement);
	for (size_t i = 0; i < parent_count; i++)
		if (parents[i] != NULL)
			schema->owners[i].parent = schema_owner(schema, parents[i]);
	return result;
}

static void read_allowed(struct arena *arena, struct attribute *attribute)
{
	struct error ignored;
	cJSON *list;
	const cJSON *item;

	if (attribute->allowed_json == NULL)
		return;
	list = json_parse(attribute->allowed_json, strlen(attribute->allowed_json),
			  "allowed objects", NULL, &ignored);
	cJSON_ArrayForEach(item, list)
	{
		const char **id;

		if (!cJSON_IsString(item))
			continue;
		id = arena_push(arena, &attribute->allowed, &attribute->allowed_count, sizeof(*id));
		*id = arena_strdup(arena, item->valuestring);
	}
	cJSON_Delete(list);
}

static void read_attribute(struct arena *arena, sqlite3_stmt *statement,
			   struct attribute *attribute)
{
	attribute->row = sqlite3_column_int64(statement, 1);
	attribute->id = text_at(arena, statement, 2);
	attribute->slug = text_at(arena, statement, 3);
	attribute->title = text_at(arena, statement, 4);
	attribute->description = text_at(arena, statement, 5);
	attribute->type_name = text_at(arena, statement, 6);
	attribute->type = value_type_of(attribute->type_name);
	attribute->system = sqlite3_column_int(statement, 7) != 0;
	attribute->writable = sqlite3_column_int(statement, 8) != 0;
	attribute->required = sqlite3_column_int(statement, 9) != 0;
	attribute->unique = sqlite3_column_int(statement, 10) != 0;
	attribute->multi = sqlite3_column_int(statement, 11) != 0;
	attribute->archived = sqlite3_column_int(statement, 12) != 0;
	attribute->default_enabled = sqlite3_column_int(statement, 13) != 0;
	attribute->default_value = text_at(arena, statement, 14);
	attribute->relationship_id = text_at(arena, statement, 15);
	attribute->allowed_json = text_at(arena, statement, 16);
	attribute->currency_code = text_at(arena, statement, 17);
	attribute->currency_display = text_at(arena, statement, 18);
	attribute->created_at = text_at(arena, statement, 19);
	read_allowed(arena, attribute);
}

static int load_attributes(struct world *world, struct loaded *loaded, struct error *error)
{
	static const char sql[] =
		"SELECT owner_id, row, id, slug, title, description, type, system, writable, "
		"required, uniq, multi, archived, default_enabled, default_value, relationship_id, "
		"allowed_object_ids, currency_code, currency_display, created_at FROM attributes "
		"ORDER BY owner_id, position, row";
	sqlite3_stmt *statement = sql_keep(world->store, sql, error);
	struct owner *owner = NULL;
	int result = -1;
	bool row;

	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, error)) == 0 && row) {
		const char *id = (const char *)sqlite3_column_text(statement, 0);

		for (size_t i = 0;
		     (owner == NULL || !str_is(owner->id, id)) && i < loaded->schema.owner_count;
		     i++)
			if (str_is(loaded->schema.owners[i].id, id))
				owner = &loaded->schema.owners[i];
		if (owner == NULL || !str_is(owner->id, id))
			continue; /* of a list that is gone */
		read_attribute(loaded->arena, statement,
			       arena_push(loaded->arena, &owner->attributes,
					  &owner->attribute_count, sizeof(struct attribute)));
	}
	sql_release(world->store, statement);
	return result;
}

static struct attribute *attribute_by_id(struct loaded *loaded, const char *id)
{
	for (size_t i = 0; i < loaded->schema.owner_count; i++) {
		struct owner *owner = &loaded->schema.owners[i];

		for (size_t k = 0; k < owner->attribute_count; k++)
			if (str_is(owner->attributes[k].id, id))
				return &owner->attributes[k];
	}
	return NULL;
}

static void link_attributes(struct loaded *loaded)
{
	for (size_t i = 0; i < loaded->schema.owner_count; i++) {
		struct owner *owner = &loaded->schema.owners[i];

		for (size_t k = 0; k < owner->attribute_count; k++) {
			struct attribute *attribute = &owner->attributes[k];

			attribute->owner = owner;
			if (attribute->relationship_id != NULL)
				attribute->relationship =
					attribute_by_id(loaded, attribute->relationship_id);
		}
	}
}

static int load_options(struct world *world, struct loaded *loaded, struct error *error)
{
	static const char sql[] =
		"SELECT attribute_id, id, title, archived, celebration, target_time FROM options "
		"ORDER BY attribute_id, position, row";
	sqlite3_stmt *statement = sql_keep(world->store, sql, error);
	struct attribute *attribute = NULL;
	int result = -1;
	bool row;

	while (statement != NULL &&
	       (result = sql_step(world->store, statement, &row, error)) == 0 && row) {
		const char *id = (const char *)sqlite3_column_text(statement, 0);
		struct option *option;

		if (attribute == NULL || !str_is(attribute->id, id))
			attribute = attribute_by_id(loaded, id);
		if (attribute == NULL)
			continue;
		option = arena_push(loaded->arena, &attribute->options, &attribute->option_count,
				    sizeof(*option));
		option->id = text_at(loaded->arena, statement, 1);
		option->title = text_at(loaded->arena, statement, 2);
		option->archived = sqlite3_column_int(statement, 3) != 0;
		option->celebration = sqlite3_column_int(statement, 4) != 0;
		option->target_time = text_at(loaded->arena, statement, 5);
		option->position = (int)attribute->option_count - 1;
	}
	sql_release(world->store, statement);
	return result;
}

static int current_stamp(struct world *world, long long *stamp, struct error *error)
{
	sqlite3_stmt *statement = sql_keep(world->store, "SELECT stamp FROM schema_stamp", error);
	bool row;
	int result = statement != NULL ? sql_step(world->store, statement, &row, error) : -1;

	if (result == 0)
		*stamp = sqlite3_column_int64(statement, 0);
	sql_release(world->store, statement);
	return result;
}

const struct schema *world_schema(struct world *world, struct error *error)
{
	struct loaded *loaded = (struct loaded *)world->schema;
	long long stamp;

	if (current_stamp(world, &stamp, error) != 0)
		return NULL;
	if (loaded != NULL && loaded->stamp == stamp)
		return world->schema;
	schema_free(world->schema);
	world->schema = NULL;
	loaded = mem_zalloc(1, sizeof(*loaded));
	loaded->arena = arena_new();
	loaded->stamp = stamp;
	if (load_workspace(world, loaded, error) != 0 || load_owners(world, loaded, error) != 0 ||
	    load_attributes(world, loaded, error) != 0 || load_options(world, loaded, error) != 0) {
		schema_free(&loaded->schema);
		return NULL;
	}
	link_attributes(loaded);
	world->schema = &loaded->schema;
	return world->schema;
}

void schema_free(struct schema *schema)
{
	struct loaded *loaded = (struct loaded *)schema;

	if (loaded == NULL)
		return;
	arena_free(loaded->arena);
	mem_free(loaded);
}

/* ---- asking ---- */

static const struct owner *find_owner(const struct schema *schema, const char *name, bool is_list)
{
	for (size_t i = 0; i < schema->owner_count; i++) {
		const struct owner *owner = &schema->owners[i];

		if (owner->is_list == is_list && owner->enabled &&
		    (str_is(owner->slug, name) || str_is(owner->id, name)))
			return owner;
	}
	return NULL;
}

const struct owner *schema_object(const struct schema *schema, const char *name)
{
	return find_owner(schema, name, false);
}

const struct owner *schema_list(const struct schema *schema, const char *name)
{
	return find_owner(schema, name, true);
}

const struct owner *schema_owner(const struct schema *schema, const char *id)
{
	for (size_t i = 0; i < schema->owner_count; i++)
		if (str_is(schema->owners[i].id, id))
			return &schema->owners[i];
	return NULL;
}

const struct attribute *owner_attribute(const struct owner *owner, const char *name)
{
	for (size_t i = 0; i < owner->attribute_count; i++)
		if (str_is(owner->attributes[i].slug, name) ||
		    str_is(owner->attributes[i].id, name))
			return &owner->attributes[i];
	return NULL;
}

const struct attribute *owner_attribute_row(const struct owner *owner, long long row)
{
	for (size_t i = 0; i < owner->attribute_count; i++)
		if (owner->attributes[i].row == row)
			return &owner->attributes[i];
	return NULL;
}

const struct option *attribute_option(const struct attribute *attribute, const char *id)
{
	for (size_t i = 0; i < attribute->option_count; i++)
		if (str_is(attribute->options[i].id, id))
			return &attribute->options[i];
	return NULL;
}

const char *schema_missing_fix(const char *message)
{
	static const char *const begins[] = {
		"Cannot find attribute with slug/ID ", "Unknown attribute slug: ",
		"No attribute was found for matching_attribute slug/ID "};

	for (size_t i = 0; message != NULL && i < ARRAY_LEN(begins); i++)
		if (str_starts(message, begins[i]))
			return "one of your own is added by `attio state seed FILE`, the file "
			       "being "
			       "{\"attributes\": {\"people\": [{\"api_slug\": \"lead_score\", "
			       "\"type\": \"number\"}]}}, for example";
	return NULL;
}

void schema_print_option(struct buf *out, const struct schema *schema,
			 const struct attribute *attribute, const struct option *option)
{
	bool status = attribute->type == VALUE_STATUS;

	buf_printf(out,
		   "{\"id\":{\"workspace_id\":\"%s\",\"object_id\":\"%s\",\"attribute_id\":\"%s\","
		   "\"%s\":\"%s\"},\"title\":",
		   schema->workspace_id, attribute->owner->id, attribute->id,
		   status ? "status_id" : "option_id", option->id);
	buf_put_json_string(out, option->title, strlen(option->title));
	buf_printf(out, ",\"is_archived\":%s", option->archived ? "true" : "false");
	if (status) {
		buf_puts(out, ",\"target_time_in_status\":");
		if (option->target_time != NULL)
			buf_put_json_string(out, option->target_time, strlen(option->target_time));
		else
			buf_puts(out, "null");
		buf_printf(out, ",\"celebration_enabled\":%s",
			   option->celebration ? "true" : "false");
	}
	buf_putc(out, '}');
}
