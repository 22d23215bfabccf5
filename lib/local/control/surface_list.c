/* See surface_list.h. */
#include "local/control/surface_list.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/run/generations.h"
#include "local/run/platform.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

/* The words that the SDK has for types where they differ from the REST API's. */
static const char *sdk_type(const char *type)
{
	if (strcmp(type, "status") == 0)
		return "pipeline";
	return strcmp(type, "record-reference") == 0 ? "entity-reference" : type;
}

static int put_attributes(struct platform *platform, const char *slug, struct buf *out,
			  struct error *error)
{
	sqlite3_stmt *rows = rows_open(
		platform->store, error,
		"SELECT a.type, a.required, a.uniq FROM attributes a JOIN objects o ON o.id = "
		"a.owner_id WHERE o.slug = ?1 AND a.archived = 0 ORDER BY a.position",
		"t", slug);
	bool row = true;
	int result = 0, count = 0;

	if (rows == NULL)
		return -1;
	while ((result = sql_step(platform->store, rows, &row, error)) == 0 && row)
		buf_printf(out, "%s{\"type\":\"%s\",\"isRequired\":%s,\"isUnique\":%s}",
			   count++ > 0 ? "," : "",
			   sdk_type((const char *)sqlite3_column_text(rows, 0)),
			   sqlite3_column_int(rows, 1) != 0 ? "true" : "false",
			   sqlite3_column_int(rows, 2) != 0 ? "true" : "false");
	sql_release(platform->store, rows);
	return result;
}

/* All slugs; *standard: whether `slug` is one that the service has. */
static int put_slugs(struct platform *platform, const char *slug, struct buf *out, bool *known,
		     bool *standard, struct error *error)
{
	sqlite3_stmt *rows = rows_open(platform->store, error,
				       "SELECT slug, standard FROM objects WHERE enabled = 1 ORDER "
				       "BY row",
				       "");
	bool row = true;
	int result = 0, count = 0;

	*known = *standard = false;
	if (rows == NULL)
		return -1;
	while ((result = sql_step(platform->store, rows, &row, error)) == 0 && row) {
		const char *each = (const char *)sqlite3_column_text(rows, 0);

		buf_puts(out, count++ > 0 ? "," : "");
		buf_put_json_string(out, each, strlen(each));
		if (strcmp(each, slug) == 0) {
			*known = true;
			*standard = sqlite3_column_int(rows, 1) != 0;
		}
	}
	sql_release(platform->store, rows);
	return result;
}

int surface_object(struct platform *platform, const char *slug, struct buf *out,
		   struct error *error)
{
	struct buf slugs = {0};
	bool known, standard;
	int result;

	if (slug == NULL)
		slug = "people";
	result = put_slugs(platform, slug, &slugs, &known, &standard, error);
	if (result == 0 && !known)
		result = error_set(error, ERROR_NOT_FOUND, "there is no object `%.100s`", slug);
	if (result == 0) {
		buf_puts(out, "\"object\":{\"object\":");
		buf_put_json_string(out, slug, strlen(slug));
		buf_printf(out, ",\"isStandard\":%s,\"objects\":[%s],\"attributes\":[",
			   standard ? "true" : "false", buf_cstr(&slugs));
		result = put_attributes(platform, slug, out, error);
		buf_puts(out, "]}");
	}
	buf_dispose(&slugs);
	return result;
}

/* ---- the list ---- */

static const cJSON *find_item(const cJSON *items, const char *kind, const char *id)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, items)
	{
		const char *a = json_string_or_null(item, "kind");
		const char *b = json_string_or_null(item, "id");

		if (a != NULL && strcmp(a, kind) == 0 && strcmp(b != NULL ? b : "", id) == 0)
			return item;
	}
	return NULL;
}

static void copy_member(cJSON *to, const cJSON *from, const char *name)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(from, name);

	if (member != NULL)
		cJSON_AddItemToObject(to, name, cJSON_Duplicate(member, 1));
}

/* Apps may name one object by itself: here it is a list, always. */
static void copy_objects(cJSON *to, const cJSON *surface)
{
	const cJSON *objects = cJSON_GetObjectItemCaseSensitive(surface, "objects");

	if (cJSON_IsString(objects))
		cJSON_AddItemToArray(cJSON_AddArrayToObject(to, "objects"),
				     cJSON_CreateString(objects->valuestring));
	else
		copy_member(to, surface, "objects");
}

/* What is shown of one; a block's words are in its own object. */
static cJSON *entry(const char *kind, const cJSON *surface, const cJSON *verdict)
{
	const cJSON *block = cJSON_GetObjectItemCaseSensitive(surface, "block");
	const char *title = json_string_or_null(block, "title");
	cJSON *item = cJSON_CreateObject();

	cJSON_AddStringToObject(item, "kind", kind);
	copy_member(item, surface, "id");
	copy_member(item, surface, "label");
	copy_member(item, surface, "name");
	if (title != NULL)
		cJSON_AddStringToObject(item, "label", title);
	copy_objects(item, surface);
	if (verdict != NULL) {
		copy_member(item, verdict, "applies");
		copy_member(item, verdict, "note");
	}
	return item;
}

int surface_list(struct platform *platform, struct json_slice applies, int asked, struct buf *out,
		 struct error *error)
{
	const struct buf *text = &platform->generations->surfaces;
	cJSON *surfaces =
		json_parse(text->len > 0 ? text->ptr : "{}", text->len > 0 ? text->len : 2,
			   "the app's surfaces", NULL, error);
	cJSON *verdicts = json_parse(applies.at, applies.len, "the host's answer", NULL, error);
	const cJSON *items = cJSON_GetObjectItemCaseSensitive(verdicts, "items");
	const cJSON *kind, *surface;
	cJSON *list;

	if (surfaces == NULL || verdicts == NULL) {
		cJSON_Delete(surfaces);
		cJSON_Delete(verdicts);
		return -1;
	}
	list = cJSON_CreateObject();
	cJSON_AddArrayToObject(list, "items");
	cJSON_ArrayForEach(kind, surfaces)
	{
		cJSON_ArrayForEach(surface, kind)
		{
			const char *id = json_string_or_null(surface, "id");
			const cJSON *verdict =
				asked != 0 ? find_item(items, kind->string, id != NULL ? id : "")
					   : NULL;

			cJSON_AddItemToArray(cJSON_GetObjectItem(list, "items"),
					     entry(kind->string, surface, verdict));
		}
	}
	json_print(out, list, false);
	cJSON_Delete(list);
	cJSON_Delete(surfaces);
	cJSON_Delete(verdicts);
	return 0;
}
