/* JSON that requests bring to the world: values of any attribute, filters and sorts. The first byte
 * says what it is for, the second which attribute or object. Whatever comes, it is taken or refused
 * (never with an error of the store: the SQL that is made must be SQL), what is answered is JSON,
 * and what was read can be written again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/migrations.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/world/schema.h"
#include "local/world/seed.h"
#include "local/world/world.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct actor app = {"app", "6f1a7f0e-51a5-4bb5-9d24-9d6f1d6c8f11"};

/* Opened once: each input's writes are taken back. */
static struct world *open_world(void)
{
	static struct local_store store;
	static struct clock clock;
	static struct world world;
	struct error error = {0};
	size_t count;
	const struct migration *list = migrations_list(&count);

	if (world.store != NULL)
		return &world;
	store.path = mem_strdup(":memory:");
	if (sqlite3_open(":memory:", &store.db) != SQLITE_OK ||
	    migrations_apply(&store, list, count, &error) != 0 ||
	    sql_run(&store, "PRAGMA foreign_keys = ON", &error) != 0 ||
	    world_open(&world, &store, &clock, &error) != 0)
		abort();
	return &world;
}

static cJSON *answered(struct buf *out)
{
	struct error error = {0};
	cJSON *document = json_parse(buf_cstr(out), out->len, "answer", NULL, &error);

	if (document == NULL)
		abort();
	buf_dispose(out);
	return document;
}

static void check_refusal(struct refusal *refusal)
{
	struct buf out = {0};

	if (refusal->status < 400 || refusal->status >= 600 || refusal->status == 500)
		abort();
	refusal_print(&out, refusal);
	cJSON_Delete(answered(&out));
	refusal_dispose(refusal);
}

static void query(struct world *world, uint8_t which, const cJSON *body)
{
	static const char *const objects[] = {"people", "companies", "deals", "projects"};
	struct refusal refusal = {0};
	struct buf out = {0};
	int result = which % 5 == 4
			     ? world_entries_query(world, "sales_pipeline", body, &out, &refusal)
			     : world_records_query(world, objects[which % 5], body, &out, &refusal);

	if (result == 0)
		cJSON_Delete(answered(&out));
	else
		check_refusal(&refusal);
}

/* Puts the value into a record, and what is read then into it again: that must change nothing. */
static void write_value(struct world *world, uint8_t which, const cJSON *value)
{
	struct error error = {0};
	struct refusal refusal = {0};
	struct buf out = {0};
	const struct owner *projects = schema_object(world_schema(world, &error), "projects");
	const struct attribute *attribute =
		&projects->attributes[which % projects->attribute_count];
	char *slug = mem_strdup(attribute->slug);
	cJSON *values = cJSON_CreateObject();
	cJSON *record;
	char id[WORLD_ID_SIZE];
	long long before;
	long long after;

	cJSON_AddItemToObject(values, slug, cJSON_Duplicate(value, 1));
	seed_id("item", "projects", "cipher-desk", id);
	world_begin(world, &refusal);
	if (world_record_update(world, &app, "projects", id, values, true, &out, &refusal) == 0) {
		record = answered(&out);
		cJSON_Delete(values);
		values = cJSON_CreateObject();
		cJSON_AddItemToObject(
			values, slug,
			cJSON_DetachItemFromObjectCaseSensitive(
				cJSON_GetObjectItemCaseSensitive(record, "values"), slug));
		sql_number(world->store, "SELECT count(*) FROM vals", &before, &error);
		if (world_record_update(world, &app, "projects", id, values, true, &out,
					&refusal) != 0)
			abort();
		sql_number(world->store, "SELECT count(*) FROM vals", &after, &error);
		if (before != after)
			abort();
		cJSON_Delete(answered(&out));
		cJSON_Delete(record);
	} else {
		check_refusal(&refusal);
	}
	world_end(world, -1, &refusal);
	refusal_dispose(&refusal);
	cJSON_Delete(values);
	mem_free(slug);
}

/* As the values of a whole person. */
static void create(struct world *world, const cJSON *values)
{
	struct refusal refusal = {0};
	struct buf out = {0};

	world_begin(world, &refusal);
	if (world_record_create(world, &app, "people", values, &out, &refusal) == 0)
		cJSON_Delete(answered(&out));
	else
		check_refusal(&refusal);
	world_end(world, -1, &refusal);
	refusal_dispose(&refusal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct world *world = open_world();
	struct error error = {0};
	cJSON *document;

	if (size < 3)
		return 0;
	document = json_parse((const char *)data + 2, size - 2, "fuzz", NULL, &error);
	if (document == NULL)
		return 0;
	if (data[0] % 3 == 0)
		query(world, data[1], document);
	else if (data[0] % 3 == 1)
		write_value(world, data[1], document);
	else
		create(world, document);
	cJSON_Delete(document);
	return 0;
}
