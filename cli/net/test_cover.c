/* See test_cover.h. What the app has is asked of its model, what ran of the flow log in the store
 * of each platform, which is only read. */
#include "cli/net/test_cover.h"

#include <string.h>

#include <cjson/cJSON.h>
#include <sqlite3.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/project.h"
#include "sys/fs.h"
#include "sys/path.h"

/* How flows call each kind of definition. */
static const struct {
	enum definition_kind definition;
	const char *kind; /* as it is told */
	const char *flows[2];
} kinds[] = {
	{DEF_EXTENSION, "surface", {"action", "surface"}},
	{DEF_PAGE, "surface", {"surface", NULL}},
	{DEF_SERVER, "server function", {"server", NULL}},
	{DEF_WEBHOOK, "webhook", {"webhook", NULL}},
	{DEF_EVENT, "event", {"event", NULL}},
	{DEF_BLOCK, "block", {"block", NULL}},
};

/* --- what ran ----------------------------------------------------------------------------------
 */

/* A platform that was killed, or could not begin, has what it has. */
static void read_store(struct arena *arena, const char *path, struct map *ran)
{
	static const char sql[] = "SELECT DISTINCT kind, name FROM flow_nodes";
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) {
		while (sqlite3_step(statement) == SQLITE_ROW) {
			const char *kind = (const char *)sqlite3_column_text(statement, 0);
			const char *name = (const char *)sqlite3_column_text(statement, 1);
			const char *last = strrchr(name, ' ');

			/* "execute check-lead" */
			if (strcmp(kind, "block") == 0 && last != NULL)
				name = last + 1;
			name = arena_printf(arena, "%s %s", kind, name);
			map_set(ran, name, name);
		}
	}
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

static void read_stores(struct arena *arena, const char *run, struct map *ran)
{
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (fs_list(arena, run, &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *folder = path_join(arena, run, entries[i].name);
		const char *store = path_join(arena, folder, "platform.db");

		if (fs_type(store) == FS_FILE)
			read_store(arena, store, ran);
	}
}

/* --- what there is -----------------------------------------------------------------------------
 */

/* "app/x.server" of src/app/x.server.ts: what server functions are called by. */
static const char *module_name(struct arena *arena, const char *path)
{
	const char *inner = str_starts(path, "src/") ? path + strlen("src/") : path;

	return arena_strndup(arena, inner, strlen(inner) - strlen(path_ext(inner)));
}

static void add(struct arena *arena, struct cover *cover, size_t kind,
		const struct definition *definition, const struct map *ran)
{
	const char *path = definition->module != NULL ? definition->module->path : "";
	const char *name =
		kinds[kind].definition == DEF_SERVER ? module_name(arena, path) : definition->id;
	struct cover_item *item;

	if (name == NULL)
		return;
	item = arena_push(arena, &cover->items, &cover->count, sizeof(*item));
	*item = (struct cover_item){kinds[kind].kind, name, path, false};
	for (size_t i = 0; i < ARRAY_LEN(kinds[kind].flows) && kinds[kind].flows[i] != NULL; i++)
		item->ran |= map_get(ran, arena_printf(arena, "%s %s", kinds[kind].flows[i],
						       name)) != NULL;
	cover->ran += item->ran;
}

int cover_find(struct cli *cli, const char *root, const char *run, struct cover *cover)
{
	const struct definition *definition;
	struct map ran = {0};
	struct app app;
	int code = project_open(cli, root, NULL, &app);

	*cover = (struct cover){0};
	if (code != EXIT_OK)
		return code;
	read_stores(cli->arena, run, &ran);
	for (size_t kind = 0; kind < ARRAY_LEN(kinds); kind++)
		for (size_t i = 0;
		     (definition = app_definition(&app, kinds[kind].definition, i)) != NULL; i++)
			add(cli->arena, cover, kind, definition, &ran);
	for (size_t i = 0; i < cover->count; i++) {
		cover->items[i].name = arena_strdup(cli->arena, cover->items[i].name);
		cover->items[i].file = arena_strdup(cli->arena, cover->items[i].file);
	}
	map_dispose(&ran);
	app_close(&app);
	return EXIT_OK;
}

long cover_percent(const struct cover *cover)
{
	return cover->count == 0 ? 100 : (long)(cover->ran * 100 / cover->count);
}

void cover_tell(struct cli *cli, const struct cover *cover, long least)
{
	for (size_t i = 0; i < cover->count; i++)
		if (!cover->items[i].ran)
			answer_line(cli, "not run  %s %s  (%s)", cover->items[i].kind,
				    cover->items[i].name, cover->items[i].file);
	answer_line(cli, "cover    %zu of %zu (%ld%%)", cover->ran, cover->count,
		    cover_percent(cover));
	if (cover_percent(cover) < least)
		cli_say(cli, "the tests run less than %ld%% of the app", least);
}

void cover_add_json(struct cJSON *document, const struct cover *cover)
{
	cJSON *object = cJSON_AddObjectToObject(document, "cover");
	cJSON *list;

	cJSON_AddNumberToObject(object, "percent", (double)cover_percent(cover));
	list = cJSON_AddArrayToObject(object, "items");
	for (size_t i = 0; i < cover->count; i++) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "kind", cover->items[i].kind);
		cJSON_AddStringToObject(item, "name", cover->items[i].name);
		cJSON_AddStringToObject(item, "file", cover->items[i].file);
		cJSON_AddBoolToObject(item, "ran", cover->items[i].ran);
		cJSON_AddItemToArray(list, item);
	}
}
