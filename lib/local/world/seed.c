/* Rows of the structure are inserted as they stand; records go through the rules of writing, so
 * that they are what the API would have made of them. */
#include "local/world/seed.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/schema.h"
#include "local/world/write.h"
#include "json/json.h"

#define BEGINNING "2026-01-05T08:00:00.000000000Z"

void seed_id(const char *kind, const char *owner, const char *name, char id[WORLD_ID_SIZE])
{
	struct buf text = {0};
	unsigned char digest[SHA256_SIZE];

	buf_printf(&text, "attio seed world/%s/%s/%s", kind, owner, name);
	sha256(buf_cstr(&text), text.len, digest);
	buf_dispose(&text);
	digest[6] = (unsigned char)((digest[6] & 0x0f) | 0x40);
	digest[8] = (unsigned char)((digest[8] & 0x3f) | 0x80);
	for (size_t i = 0, at = 0; i < 16; i++, at += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			id[at++] = '-';
		snprintf(id + at, 3, "%02x", digest[i]);
	}
}

/* ---- structure ---- */

/* Runs an INSERT with texts in order (NULL is NULL). */
static int insert(struct world *world, const char *sql, const char *const *texts, size_t count,
		  struct refusal *refusal)
{
	struct error error = {0};
	sqlite3_stmt *statement = sql_keep(world->store, sql, &error);

	if (statement == NULL)
		return refusal_system(refusal, &error);
	for (size_t i = 0; i < count; i++)
		sql_bind_text(statement, (int)i + 1, texts[i]);
	if (sql_finish_kept(world->store, statement, &error) != 0)
		return refusal_system(refusal, &error);
	return 0;
}

#define INSERT(world, sql, texts, refusal)                                                         \
	insert(world, sql, texts, sizeof(texts) / sizeof((texts)[0]), refusal)

static int add_members(struct world *world, struct refusal *refusal)
{
	size_t count;
	const struct seed_member *members = seed_members(&count);
	char workspace[WORLD_ID_SIZE];
	const char *row[] = {workspace, "local", "Local workspace", BEGINNING};

	seed_id("workspace", "", "local", workspace);
	if (INSERT(world, "INSERT INTO workspace (id, slug, name, created_at) VALUES (?, ?, ?, ?)",
		   row, refusal) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		char id[WORLD_ID_SIZE];
		const char *texts[] = {id,
				       members[i].email,
				       members[i].first_name,
				       members[i].last_name,
				       members[i].access_level,
				       BEGINNING};

		seed_id("member", "", members[i].email, id);
		if (INSERT(world,
			   "INSERT INTO members (id, email, first_name, last_name, access_level, "
			   "created_at) VALUES (?, ?, ?, ?, ?, ?)",
			   texts, refusal) != 0)
			return -1;
	}
	return 0;
}

static bool has(const char *flags, char flag)
{
	return strchr(flags, flag) != NULL;
}

static const char *digit(bool truth)
{
	return truth ? "1" : "0";
}

static void member_id(int index, char id[WORLD_ID_SIZE])
{
	size_t count;

	seed_id("member", "", seed_members(&count)[index].email, id);
}

static int add_owner(struct world *world, const struct seed_owner *owner, struct refusal *refusal)
{
	char id[WORLD_ID_SIZE];
	char object[WORLD_ID_SIZE];
	char member[WORLD_ID_SIZE];
	char access[128];
	const char *as_object[] = {id,
				   owner->slug,
				   owner->singular,
				   owner->plural,
				   digit(has(owner->flags, 's')),
				   digit(!has(owner->flags, 'o')),
				   BEGINNING};
	const char *as_list[] = {id,     owner->slug, owner->plural, object, owner->access,
				 access, member,      BEGINNING};

	seed_id("owner", "", owner->slug, id);
	if (owner->singular != NULL)
		return INSERT(world,
			      "INSERT INTO objects (id, slug, singular, plural, standard, enabled, "
			      "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
			      as_object, refusal);
	seed_id("owner", "", owner->flags, object);
	member_id(0, member);
	snprintf(access, sizeof(access),
		 "[{\"level\":\"full-access\",\"workspace_member_id\":\"%s\"}]", member);
	return INSERT(world,
		      "INSERT INTO lists (id, slug, name, object_id, workspace_access, "
		      "member_access, actor_type, actor_id, created_at) VALUES (?, ?, ?, ?, ?, ?, "
		      "'workspace-member', ?, ?)",
		      as_list, refusal);
}

static int add_options(struct world *world, const struct seed_owner *owner,
		       const struct seed_attribute *attribute, const char *attribute_id,
		       struct refusal *refusal)
{
	const char *at = attribute->more;
	int position = 0;

	while (*at != '\0') {
		size_t len = strcspn(at, "|");
		bool celebrates = *at == '*';
		char title[80];
		char id[WORLD_ID_SIZE];
		char place[12];
		const char *texts[] = {id, attribute_id, place, title, digit(celebrates)};

		snprintf(title, sizeof(title), "%.*s", (int)(len - celebrates), at + celebrates);
		snprintf(place, sizeof(place), "%d", position++);
		seed_id("option", attribute_id, title, id);
		if (INSERT(world,
			   "INSERT INTO options (id, attribute_id, position, title, celebration) "
			   "VALUES (?, ?, ?, ?, ?)",
			   texts, refusal) != 0)
			return -1;
		at += len;
		at += *at == '|' ? 1 : 0;
	}
	(void)owner;
	return 0;
}

/* What `more` says, apart: columns of the attribute. */
struct details {
	char other[WORLD_ID_SIZE];
	char allowed[WORLD_ID_SIZE + 8];
	char code[8];
	char display[16];
	char template[80];
	const char *relationship;
	bool options;
};

static void read_details(const struct seed_attribute *attribute, struct details *details)
{
	const char *more = attribute->more;
	char object[32];

	memset(details, 0, sizeof(*details));
	if (more == NULL)
		return;
	if (str_is(attribute->type, "record-reference")) {
		size_t len = strcspn(more, ".");
		char id[WORLD_ID_SIZE];

		snprintf(object, sizeof(object), "%.*s", (int)len, more);
		seed_id("owner", "", object, id);
		snprintf(details->allowed, sizeof(details->allowed), "[\"%s\"]", id);
		if (more[len] == '.') {
			seed_id("attribute", object, more + len + 1, details->other);
			details->relationship = details->other;
		}
	} else if (str_is(attribute->type, "currency")) {
		snprintf(details->code, sizeof(details->code), "%.3s", more);
		snprintf(details->display, sizeof(details->display), "%s", more + 4);
	} else if (has(attribute->flags, 'd')) {
		snprintf(details->template, sizeof(details->template),
			 "{\"type\":\"dynamic\",\"template\":%s}", more);
	} else {
		details->options = true;
	}
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static int add_attribute(struct world *world, const struct seed_owner *owner,
			 const struct seed_attribute *attribute, int position,
			 struct refusal *refusal)
{
	static const char sql[] =
		"INSERT INTO attributes (id, owner_id, position, slug, title, description, type, "
		"system, writable, required, uniq, multi, archived, default_enabled, "
		"default_value, relationship_id, allowed_object_ids, currency_code, "
		"currency_display, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		"?, ?, ?, ?, ?, ?)";
	const char *flags = attribute->flags;
	struct details details;
	char id[WORLD_ID_SIZE];
	char owner_id[WORLD_ID_SIZE];
	char place[12];
	const char *texts[] = {id,
			       owner_id,
			       place,
			       attribute->slug,
			       attribute->title,
			       attribute->description,
			       attribute->type,
			       digit(has(flags, 's')),
			       digit(!has(flags, 'r')),
			       digit(has(flags, 'q')),
			       digit(has(flags, 'u')),
			       digit(has(flags, 'm')),
			       digit(has(flags, 'a')),
			       digit(has(flags, 'd')),
			       NULL,
			       NULL,
			       NULL,
			       NULL,
			       NULL,
			       BEGINNING};

	seed_id("attribute", owner->slug, attribute->slug, id);
	seed_id("owner", "", owner->slug, owner_id);
	snprintf(place, sizeof(place), "%d", position);
	read_details(attribute, &details);
	texts[14] = or_null(details.template);
	texts[15] = details.relationship;
	texts[16] = or_null(details.allowed);
	texts[17] = or_null(details.code);
	texts[18] = or_null(details.display);
	if (INSERT(world, sql, texts, refusal) != 0)
		return -1;
	return details.options ? add_options(world, owner, attribute, id, refusal) : 0;
}

static int add_structure(struct world *world, struct refusal *refusal)
{
	size_t count;
	const struct seed_owner *owners = seed_owners(&count);

	for (size_t i = 0; i < count; i++) {
		if (add_owner(world, &owners[i], refusal) != 0)
			return -1;
		for (size_t k = 0; k < owners[i].count; k++)
			if (add_attribute(world, &owners[i], &owners[i].attributes[k], (int)k,
					  refusal) != 0)
				return -1;
	}
	return 0;
}

/* ---- records ---- */

/* "@1" as the id of an actor is the second member. */
static void name_members(cJSON *document)
{
	cJSON *member;

	cJSON_ArrayForEach(member, document)
	{
		char id[WORLD_ID_SIZE];

		if (cJSON_IsString(member) && member->valuestring[0] == '@') {
			member_id(member->valuestring[1] - '0', id);
			cJSON_SetValuestring(member, id);
		} else {
			name_members(member);
		}
	}
}

/* One write in the name of an actor; `update` when the record is there. */
static int write_values(struct writing *writing, struct item *item, const char *json, bool update)
{
	struct error error = {0};
	cJSON *values = json_parse(json, strlen(json), "the seed world", NULL, &error);
	struct plan plan;
	int result = values != NULL ? 0 : refusal_system(writing->refusal, &error);

	name_members(values);
	if (result == 0)
		result = write_plan(writing, item->owner, values, WRITE_EXACTLY, &plan);
	if (result == 0)
		result = update ? write_update(writing, &plan, item)
				: write_create(writing, &plan, item);
	cJSON_Delete(values);
	return result;
}

static int add_record(struct world *world, const struct schema *schema,
		      const struct seed_record *record, struct refusal *refusal)
{
	static const struct actor system = {"system", NULL};
	char member[WORLD_ID_SIZE];
	struct actor actor = {"workspace-member", member};
	struct arena *arena = arena_new();
	struct writing writing;
	struct item item = {0};
	int result;

	member_id(record->member, member);
	item.owner = record->parent != NULL ? schema_list(schema, record->owner)
					    : schema_object(schema, record->owner);
	seed_id("item", record->owner, record->name, item.id);
	if (record->parent != NULL) {
		const char *slash = strchr(record->parent, '/');

		seed_id("item",
			arena_strndup(arena, record->parent, (size_t)(slash - record->parent)),
			slash + 1, item.parent_id);
	}
	writing_begin(&writing, world, schema, &actor, arena, refusal);
	writing.system = true;
	snprintf(writing.now, sizeof(writing.now), "%s", record->at);
	result = write_values(&writing, &item, record->values, false);
	if (result == 0 && record->enriched != NULL) {
		writing.actor = &system;
		result = write_values(&writing, &item, record->enriched, true);
	}
	arena_free(arena);
	return result;
}

static int add_records(struct world *world, struct refusal *refusal)
{
	struct error error = {0};
	const struct schema *schema = world_schema(world, &error);
	size_t count;
	const struct seed_record *records = seed_records(&count);

	if (schema == NULL)
		return refusal_system(refusal, &error);
	for (size_t i = 0; i < count; i++)
		if (add_record(world, schema, &records[i], refusal) != 0)
			return -1;
	return 0;
}

int seed_world(struct world *world, struct refusal *refusal)
{
	struct error error = {0};

	if (add_members(world, refusal) != 0 || add_structure(world, refusal) != 0 ||
	    add_records(world, refusal) != 0)
		return -1;
	/* Nobody waits for events of the past. */
	if (sql_run(world->store, "DELETE FROM changes", &error) != 0)
		return refusal_system(refusal, &error);
	return 0;
}
