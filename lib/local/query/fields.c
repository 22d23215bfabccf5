/* What each field of the SDK's schema answers: a table of types, and for the root one of fields. A
 * field that neither knows (the schema is the one of the app's own SDK, which may be newer) is an
 * error of that field. */
#include "local/query/fields.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/execute.h"
#include "local/query/parts.h"
#include "local/refusal.h"
#include "local/world/read.h"

enum { SEARCH_HITS = 25 };

/* One field that is wanted. */
struct wanted {
	struct query *query;
	const struct graphql_call *call;
	const char *name;
	struct graphql_datum *answer;
	struct error *error;
};

/* 0 with the answer (null until it is set). */
typedef int (*field_fn)(const struct wanted *wanted);

static const char *text_argument(const struct wanted *wanted, const char *name)
{
	const struct graphql_datum *argument =
		graphql_datum_find(wanted->call->arguments, wanted->call->argument_count, name);

	return argument != NULL && argument->kind == GRAPHQL_TEXT ? argument->text : "";
}

static int failed(const struct wanted *wanted, const char *message)
{
	*wanted->answer = graphql_text(message);
	wanted->answer->kind = GRAPHQL_FAILED;
	return 0;
}

static int unknown_field(const struct wanted *wanted)
{
	return failed(wanted, arena_printf(wanted->call->arena,
					   "the local platform has no answer for `%s.%s`",
					   wanted->call->parent->name, wanted->name));
}

static bool is(const struct wanted *wanted, const char *name)
{
	return strcmp(wanted->name, name) == 0;
}

/* ---- records by id ---- */

/* The record when it is one of `owner`; NULL owner: none is. */
static int find_record(const struct wanted *wanted, const struct owner *owner, const char *id,
		       struct graphql_datum *answer)
{
	struct query *query = wanted->query;
	const struct record *record = NULL;

	*answer = (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (owner == NULL)
		return 0;
	if (reading_record(&query->reading, id, &record, wanted->error) != 0)
		return -1;
	if (record != NULL && record->owner == owner)
		*answer = record_node(query, record);
	return 0;
}

/* As many answers as ids, in their order, null for what is not there. */
static int find_records(const struct wanted *wanted, const struct owner *owner)
{
	const struct graphql_datum *given =
		graphql_datum_find(wanted->call->arguments, wanted->call->argument_count, "ids");
	size_t count = given != NULL ? given->count : 0;
	struct graphql_datum *items = arena_alloc(wanted->call->arena, count * sizeof(*items));
	const char **ids = arena_alloc(wanted->call->arena, count * sizeof(*ids));

	for (size_t i = 0; i < count; i++)
		ids[i] = given->items[i].text;
	if (owner != NULL && reading_load(&wanted->query->reading, ids, count, wanted->error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (find_record(wanted, owner, ids[i], &items[i]) != 0)
			return -1;
	}
	*wanted->answer = graphql_list(items, count);
	return 0;
}

static const struct owner *object_of(const struct wanted *wanted, const char *slug)
{
	return schema_object(wanted->query->reading.schema, slug);
}

/* ---- search ---- */

static int list_hits(const struct wanted *wanted, const struct owner *owner,
		     char (*hits)[WORLD_ID_SIZE], size_t count)
{
	struct graphql_datum *items = arena_alloc(wanted->call->arena, count * sizeof(*items));
	const char **ids = arena_alloc(wanted->call->arena, count * sizeof(*ids));
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		ids[i] = arena_strdup(wanted->call->arena, hits[i]);
	if (reading_load(&wanted->query->reading, ids, count, wanted->error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (find_record(wanted, owner, ids[i], &items[kept]) != 0)
			return -1;
		kept += items[kept].kind != GRAPHQL_NULL;
	}
	*wanted->answer = graphql_list(items, kept);
	return 0;
}

static int search(const struct wanted *wanted, const char *slug)
{
	const struct owner *owner = object_of(wanted, slug);
	struct refusal refusal = {0};
	char(*hits)[WORLD_ID_SIZE] = NULL;
	size_t count = 0;
	int result;

	if (owner == NULL) {
		*wanted->answer = graphql_list(NULL, 0);
		return 0;
	}
	result = world_search_ids(wanted->query->reading.world, text_argument(wanted, "query"),
				  owner->slug, SEARCH_HITS, &hits, &count, &refusal);
	if (result != 0 && refusal.status >= 500)
		error_set(wanted->error, ERROR_SYSTEM, "%s", refusal.message);
	else if (result != 0)
		result = failed(wanted, arena_strdup(wanted->call->arena, refusal.message));
	else
		result = list_hits(wanted, owner, hits, count);
	mem_free(hits);
	refusal_dispose(&refusal);
	return result;
}

/* ---- the root ---- */

static int list_objects(const struct wanted *wanted)
{
	const struct schema *schema = wanted->query->reading.schema;
	struct graphql_datum *items =
		arena_alloc(wanted->call->arena, schema->owner_count * sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < schema->owner_count; i++) {
		if (!schema->owners[i].is_list && schema->owners[i].enabled)
			items[count++] = owner_node(wanted->query, &schema->owners[i]);
	}
	*wanted->answer = graphql_list(items, count);
	return 0;
}

static int one_object(const struct wanted *wanted)
{
	*wanted->answer =
		owner_node(wanted->query, object_of(wanted, text_argument(wanted, "slug")));
	return 0;
}

/* `people`, `companies` and so on can never be null: an object that is off answers, and has neither
 * attributes nor records. */
static int standard_object(const struct wanted *wanted)
{
	static const struct owner off[] = {
		{.slug = "people", .singular = "Person", .plural = "People"},
		{.slug = "companies", .singular = "Company", .plural = "Companies"},
		{.slug = "deals", .singular = "Deal", .plural = "Deals"},
		{.slug = "workspaces", .singular = "Workspace", .plural = "Workspaces"},
		{.slug = "users", .singular = "User", .plural = "Users"},
	};
	const struct owner *owner = object_of(wanted, wanted->name);

	for (size_t i = 0; owner == NULL && i < ARRAY_LEN(off); i++) {
		if (str_is(off[i].slug, wanted->name))
			owner = &off[i];
	}
	*wanted->answer = owner_node(wanted->query, owner);
	return 0;
}

/* person(id), company(id), ... */
static int standard_record(const struct wanted *wanted)
{
	static const char *const slugs[][2] = {
		{"person", "people"},        {"company", "companies"}, {"deal", "deals"},
		{"workspace", "workspaces"}, {"userRecord", "users"},
	};

	for (size_t i = 0; i < ARRAY_LEN(slugs); i++) {
		if (is(wanted, slugs[i][0]))
			return find_record(wanted, object_of(wanted, slugs[i][1]),
					   text_argument(wanted, "id"), wanted->answer);
	}
	return unknown_field(wanted);
}

static int any_record(const struct wanted *wanted)
{
	const struct owner *owner = object_of(wanted, text_argument(wanted, "object"));

	return is(wanted, "records")
		       ? find_records(wanted, owner)
		       : find_record(wanted, owner, text_argument(wanted, "id"), wanted->answer);
}

static int current(const struct wanted *wanted)
{
	struct query *query = wanted->query;
	const struct member *member;

	if (is(wanted, "currentWorkspace")) {
		*wanted->answer = graphql_node(NULL, query->reading.schema);
		return 0;
	}
	if (reading_member(&query->reading, query->member_id, &member, wanted->error) != 0)
		return -1;
	*wanted->answer = member_node(query, member);
	return 0;
}

static int search_any(const struct wanted *wanted)
{
	return search(wanted, text_argument(wanted, "object"));
}

/* experimental_searchPeople and so on: the object's slug in other letters. */
static int search_standard(const struct wanted *wanted)
{
	char *slug =
		arena_strdup(wanted->call->arena, wanted->name + strlen("experimental_search"));

	slug[0] = (char)tolower((unsigned char)slug[0]);
	return search(wanted, slug);
}

static int root_field(const struct wanted *wanted)
{
	static const struct {
		const char *name;
		field_fn answer;
	} table[] = {
		{"objects", list_objects},
		{"object", one_object},
		{"people", standard_object},
		{"companies", standard_object},
		{"deals", standard_object},
		{"workspaces", standard_object},
		{"users", standard_object},
		{"person", standard_record},
		{"company", standard_record},
		{"deal", standard_record},
		{"workspace", standard_record},
		{"userRecord", standard_record},
		{"record", any_record},
		{"records", any_record},
		{"currentUser", current},
		{"currentWorkspace", current},
		{"experimental_searchRecords", search_any},
		{"experimental_searchPeople", search_standard},
		{"experimental_searchCompanies", search_standard},
		{"experimental_searchDeals", search_standard},
		{"experimental_searchWorkspaces", search_standard},
		{"experimental_searchUsers", search_standard},
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (is(wanted, table[i].name))
			return table[i].answer(wanted);
	}
	return unknown_field(wanted);
}

/* ---- objects and attributes ---- */

/* EMAIL_ADDRESS for email-address. */
static struct graphql_datum type_word(struct arena *arena, const struct attribute *attribute)
{
	char *word = arena_strdup(arena, attribute->type_name);

	for (char *c = word; *c != '\0'; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	return graphql_text(word);
}

static bool is_asked_for(const struct wanted *wanted, const struct graphql_datum *word)
{
	const struct graphql_datum *types =
		graphql_datum_find(wanted->call->arguments, wanted->call->argument_count, "types");

	if (types == NULL || types->kind != GRAPHQL_LIST)
		return true;
	for (size_t i = 0; i < types->count; i++) {
		if (strcmp(types->items[i].text, word->text) == 0)
			return true;
	}
	return false;
}

static int list_attributes(const struct wanted *wanted, const struct owner *owner)
{
	struct graphql_datum *items =
		arena_alloc(wanted->call->arena, owner->attribute_count * sizeof(*items));
	size_t count = 0;

	for (size_t i = 0; i < owner->attribute_count; i++) {
		const struct attribute *attribute = &owner->attributes[i];
		struct graphql_datum word = type_word(wanted->call->arena, attribute);

		if (!attribute->archived && is_asked_for(wanted, &word))
			items[count++] = graphql_node(NULL, attribute);
	}
	*wanted->answer = graphql_list(items, count);
	return 0;
}

static int object_field(const struct wanted *wanted)
{
	const struct owner *owner = wanted->call->node;

	if (is(wanted, "name"))
		*wanted->answer = graphql_text(owner->plural);
	else if (is(wanted, "slug"))
		*wanted->answer = graphql_text(owner->slug);
	else if (is(wanted, "attributes"))
		return list_attributes(wanted, owner);
	else if (is(wanted, "record"))
		return find_record(wanted, owner, text_argument(wanted, "id"), wanted->answer);
	else if (is(wanted, "records"))
		return find_records(wanted, owner);
	else
		return unknown_field(wanted);
	return 0;
}

static int attribute_field(const struct wanted *wanted)
{
	const struct attribute *attribute = wanted->call->node;

	if (is(wanted, "title"))
		*wanted->answer = graphql_text(attribute->title);
	else if (is(wanted, "slug"))
		*wanted->answer = graphql_text(attribute->slug);
	else if (is(wanted, "type"))
		*wanted->answer = type_word(wanted->call->arena, attribute);
	else
		return unknown_field(wanted);
	return 0;
}

/* ---- records ---- */

static int list_entries(const struct wanted *wanted, const struct record *record)
{
	struct reading *reading = &wanted->query->reading;
	struct graphql_datum *items;
	const struct record *entry;
	size_t kept = 0;

	if (reading_entries(reading, record, wanted->error) != 0 ||
	    reading_load(reading, record->entries, record->entry_count, wanted->error) != 0)
		return -1;
	items = arena_alloc(wanted->call->arena, record->entry_count * sizeof(*items));
	for (size_t i = 0; i < record->entry_count; i++) {
		if (reading_record(reading, record->entries[i], &entry, wanted->error) != 0)
			return -1;
		if (entry != NULL)
			items[kept++] = record_node(wanted->query, entry);
	}
	*wanted->answer = graphql_list(items, kept);
	return 0;
}

static struct graphql_datum url(const struct wanted *wanted, const struct record *record)
{
	struct buf text = {0};
	struct graphql_datum answer;

	if (record->owner->is_list)
		buf_printf(&text, "https://app.attio.com/%s/collection/%s",
			   wanted->query->reading.schema->workspace_slug, record->owner->id);
	else
		read_web_url(&text, wanted->query->reading.schema, record->owner, record->id);
	answer = graphql_text(arena_strdup(wanted->call->arena, buf_cstr(&text)));
	buf_dispose(&text);
	return answer;
}

static int record_field(const struct wanted *wanted)
{
	const struct record *record = wanted->call->node;
	const struct attribute *attribute;

	if (is(wanted, "id")) {
		*wanted->answer = graphql_text(record->id);
	} else if (is(wanted, "url")) {
		*wanted->answer = url(wanted, record);
	} else if (is(wanted, "object")) {
		*wanted->answer = owner_node(wanted->query, record->owner);
	} else if (is(wanted, "list_entries")) {
		return list_entries(wanted, record);
	} else if (is(wanted, "attribute")) {
		attribute = owner_attribute(record->owner, text_argument(wanted, "slug"));
		if (attribute != NULL && !attribute->archived)
			*wanted->answer = attribute_value_node(wanted->query, record, attribute);
	} else {
		attribute = owner_attribute(record->owner, wanted->name);
		if (attribute != NULL && !attribute->archived)
			return attribute_answer(wanted->query, record, attribute,
						wanted->call->field->type, wanted->answer,
						wanted->error);
		/* An object need not have it: `associated_users` is there with `users` only. */
		if (graphql_ref_nullable(wanted->call->field->type)->kind == GRAPHQL_REF_LIST)
			*wanted->answer = graphql_list(NULL, 0);
	}
	return 0;
}

/* `value` or `values` of TextValue, MultiSelectValue, ... */
static int holder_field(const struct wanted *wanted)
{
	const struct attribute_value *holder = wanted->call->node;

	return attribute_answer(wanted->query, holder->record, holder->attribute,
				wanted->call->field->type, wanted->answer, wanted->error);
}

static int part_field(const struct wanted *wanted)
{
	*wanted->answer = value_part(wanted->call->node, wanted->name);
	return 0;
}

static int user_field(const struct wanted *wanted)
{
	const struct actor_part *part = wanted->call->node;

	*wanted->answer = graphql_text(is(wanted, "id")      ? part->member->id
				       : is(wanted, "email") ? part->member->email
				       : is(wanted, "name")  ? part->member->name
							     : NULL);
	return 0;
}

static int actor_field(const struct wanted *wanted)
{
	const struct actor_part *part = wanted->call->node;

	*wanted->answer = graphql_text(part->type);
	return 0;
}

static int workspace_field(const struct wanted *wanted)
{
	const struct schema *schema = wanted->call->node;

	*wanted->answer = graphql_text(is(wanted, "id")     ? schema->workspace_id
				       : is(wanted, "name") ? schema->workspace_name
				       : is(wanted, "slug") ? schema->workspace_slug
							    : NULL);
	return 0;
}

int fields_resolve(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		   struct error *error)
{
	static const struct {
		const char *type;
		field_fn answer;
	} table[] = {
		{"Person", record_field},
		{"Company", record_field},
		{"Deal", record_field},
		{"CustomRecord", record_field},
		{"WorkspaceRecord", record_field},
		{"UserRecord", record_field},
		{"PersonalName", part_field},
		{"Location", part_field},
		{"Interaction", part_field},
		{"Money", part_field},
		{"SelectOption", part_field},
		{"Status", part_field},
		{"Attribute", attribute_field},
		{"people", object_field},
		{"companies", object_field},
		{"deals", object_field},
		{"workspaces", object_field},
		{"users", object_field},
		{"Object", object_field},
		{"User", user_field},
		{"SystemActor", actor_field},
		{"APITokenActor", actor_field},
		{"App", actor_field},
		{"Workflow", actor_field},
		{"Workspace", workspace_field},
	};
	struct query *query = context;
	const struct wanted wanted = {.query = query,
				      .call = call,
				      .name = call->field->name,
				      .answer = answer,
				      .error = error};

	if (call->parent == query->graphql->query)
		return root_field(&wanted);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (str_is(call->parent->name, table[i].type))
			return table[i].answer(&wanted);
	}
	if (str_ends(call->parent->name, "Value"))
		return holder_field(&wanted);
	return unknown_field(&wanted);
}
