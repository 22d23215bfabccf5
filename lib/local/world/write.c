/* A request's values are all read before anything is written. */
#include "local/world/write.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/moment.h"
#include "local/world/schema.h"
#include "local/world/value.h"
#include "local/world/values.h"
#include "json/json.h"

void writing_begin(struct writing *writing, struct world *world, const struct schema *schema,
		   const struct actor *actor, struct arena *arena, struct refusal *refusal)
{
	memset(writing, 0, sizeof(*writing));
	writing->world = world;
	writing->actor = actor;
	writing->arena = arena;
	writing->refusal = refusal;
	writing->schema = schema;
	world_now(world, writing->now);
}

/* ---- what is to be written ---- */

static struct planned *find_planned(const struct plan *plan, const struct attribute *attribute)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].attribute == attribute)
			return &plan->items[i];
	return NULL;
}

static int check_writable(struct writing *writing, const struct attribute *attribute)
{
	if (attribute->writable || writing->system)
		return 0;
	return refusal_bad(writing->refusal, "immutable_value",
			   "Cannot write to read-only attribute with slug \"%s\".",
			   attribute->slug);
}

static int resolve_all(struct writing *writing, struct planned *planned)
{
	for (size_t i = 0; i < planned->count; i++)
		if (value_resolve(writing->world, writing->schema, writing->arena,
				  planned->attribute, &planned->values[i], writing->refusal) != 0)
			return -1;
	return 0;
}

int write_plan(struct writing *writing, const struct owner *owner, const cJSON *values,
	       enum write_mode mode, struct plan *plan)
{
	const cJSON *member;

	*plan = (struct plan){0};
	if (!cJSON_IsObject(values)) {
		refusal_bad(writing->refusal, "validation_type", "Body payload validation error.");
		return refusal_issue(writing->refusal, "invalid_type", "\"data\",\"values\"",
				     "object", values == NULL ? "undefined" : "array",
				     values == NULL ? "Required"
						    : "Expected object, received array");
	}
	cJSON_ArrayForEach(member, values)
	{
		const struct attribute *attribute = owner_attribute(owner, member->string);
		struct planned *planned;

		if (attribute == NULL || attribute->archived)
			return refusal_bad(writing->refusal, "value_not_found",
					   "Cannot find attribute with slug/ID \"%s\".",
					   member->string);
		if (check_writable(writing, attribute) != 0)
			return -1;
		planned = find_planned(plan, attribute); /* by slug and by id: the last counts */
		if (planned == NULL)
			planned = arena_push(writing->arena, &plan->items, &plan->count,
					     sizeof(*planned));
		planned->attribute = attribute;
		planned->mode = mode;
		if (value_parse_list(writing->arena, writing->schema, attribute, member,
				     &planned->values, &planned->count, writing->refusal) != 0 ||
		    resolve_all(writing, planned) != 0)
			return -1;
	}
	return 0;
}

/* ---- defaults ---- */

/* The value that a dynamic default stands for, as a request would give it; NULL for none. */
static cJSON *dynamic_default(const struct writing *writing, const struct attribute *attribute,
			      const char *template)
{
	char at[MOMENT_SIZE];
	cJSON *actor;

	if (attribute->type == VALUE_ACTOR && str_is(template, "current-user")) {
		/* Of what is no member only the platform's own attributes can hold a reference. */
		if (!str_is(writing->actor->type, "workspace-member") && attribute->writable)
			return NULL;
		actor = cJSON_CreateObject();
		cJSON_AddStringToObject(actor, "referenced_actor_type", writing->actor->type);
		if (writing->actor->id != NULL)
			cJSON_AddStringToObject(actor, "referenced_actor_id", writing->actor->id);
		return actor;
	}
	if ((attribute->type == VALUE_TIMESTAMP || attribute->type == VALUE_DATE) &&
	    moment_after(writing->now, template, at) == 0)
		return cJSON_CreateString(at);
	return NULL;
}

static int plan_default(struct writing *writing, const struct attribute *attribute,
			struct planned *planned)
{
	const char *text = attribute->default_value;
	struct error ignored;
	cJSON *document = json_parse(text, strlen(text), "the default value", NULL, &ignored);
	const cJSON *template = cJSON_GetObjectItemCaseSensitive(document, "template");
	cJSON *made = NULL;
	int result = 0;

	*planned = (struct planned){.attribute = attribute, .mode = WRITE_EXACTLY};
	if (cJSON_IsString(template))
		template = made = dynamic_default(writing, attribute, template->valuestring);
	/* What comes from `made` goes with it: parse, resolve, and copy before. */
	if (template != NULL)
		result = value_parse_list(writing->arena, writing->schema, attribute, template,
					  &planned->values, &planned->count, writing->refusal);
	if (result == 0)
		result = resolve_all(writing, planned);
	for (size_t i = 0; i < planned->count && result == 0; i++) {
		struct value *value = &planned->values[i];

		if (value->ref != NULL)
			value->ref = arena_strdup(writing->arena, value->ref);
		if (value->key != NULL)
			value->key = arena_strdup(writing->arena, value->key);
	}
	cJSON_Delete(made);
	cJSON_Delete(document);
	return result;
}

/* ---- items ---- */

static int missing(struct writing *writing, const struct attribute *attribute)
{
	return refusal_bad(writing->refusal, "missing_value",
			   "Required value for attribute with ID \"%s\" was not provided.",
			   attribute->id);
}

/* The record's own id is an attribute of it too. */
static int write_own_id(struct writing *writing, const struct item *item)
{
	const struct attribute *attribute = owner_attribute(item->owner, "record_id");
	struct value value = {.key = item->id};
	struct planned planned = {attribute, &value, 1, WRITE_EXACTLY};
	bool changed;

	if (item->owner->is_list || attribute == NULL || !attribute->system)
		return 0;
	value.json = arena_printf(writing->arena, "{\"value\":\"%s\"}", item->id);
	return values_write(writing, item, &planned, true, &changed);
}

int write_create(struct writing *writing, const struct plan *plan, struct item *item)
{
	struct error error = {0};
	bool changed;

	if (item->id[0] == '\0' && random_uuid(item->id, &error) != 0)
		return refusal_system(writing->refusal, &error);
	snprintf(item->created_at, sizeof(item->created_at), "%s", writing->now);
	if (item_insert(writing->world, item, writing->refusal) != 0 ||
	    write_own_id(writing, item) != 0)
		return -1;
	for (size_t i = 0; i < item->owner->attribute_count; i++) {
		const struct attribute *attribute = &item->owner->attributes[i];
		const struct planned *planned = find_planned(plan, attribute);
		struct planned made;

		if (attribute->archived)
			continue;
		if (planned == NULL && attribute->default_enabled &&
		    attribute->default_value != NULL) {
			if (plan_default(writing, attribute, &made) != 0)
				return -1;
			planned = &made;
		}
		if (attribute->required && attribute->writable &&
		    (planned == NULL || planned->count == 0))
			return missing(writing, attribute);
		if (planned != NULL && planned->count > 0 &&
		    values_write(writing, item, planned, true, &changed) != 0)
			return -1;
	}
	return values_told(writing, item, "created", NULL);
}

int write_update(struct writing *writing, const struct plan *plan, const struct item *item)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct planned *planned = &plan->items[i];
		bool changed;

		if (planned->attribute->required && planned->count == 0 &&
		    (planned->mode == WRITE_EXACTLY || !planned->attribute->multi))
			return missing(writing, planned->attribute);
		if (values_write(writing, item, planned, false, &changed) != 0)
			return -1;
		if (changed && values_told(writing, item, "updated", planned->attribute) != 0)
			return -1;
	}
	return 0;
}

/* Entries of a record go with it, each with its own event. */
static int tell_entries(struct writing *writing, const struct item *record)
{
	struct error error = {0};
	sqlite3_stmt *statement =
		sql_keep(writing->world->store, "SELECT id FROM items WHERE parent_id = ?", &error);
	bool row = statement != NULL;
	int result = row ? 0 : -1;

	if (row)
		sql_bind_text(statement, 1, record->id);
	while (result == 0 && row) {
		struct item entry;
		bool found = false;

		result = sql_step(writing->world->store, statement, &row, &error);
		if (result != 0 || !row)
			break;
		if (item_anywhere(writing->world, writing->schema,
				  (const char *)sqlite3_column_text(statement, 0), &entry, &found,
				  writing->refusal) != 0 ||
		    (found && values_told(writing, &entry, "deleted", NULL) != 0)) {
			sql_release(writing->world->store, statement);
			return -1;
		}
	}
	sql_release(writing->world->store, statement);
	return result == 0 ? 0 : refusal_system(writing->refusal, &error);
}

int write_delete(struct writing *writing, const struct item *item)
{
	if (tell_entries(writing, item) != 0 || values_forget(writing, item) != 0 ||
	    item_remove(writing->world, item, writing->refusal) != 0)
		return -1;
	return values_told(writing, item, "deleted", NULL);
}
