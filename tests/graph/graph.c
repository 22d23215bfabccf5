/* The module graph of an app as the model has it: for each folder on standard input (one a line) a
 * line of JSON with all that ends up in a bundle, by real paths, and what imports what. For
 * tests/graph/run.mjs, which holds it against what esbuild says it bundled. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "json/json.h"

static void add_edges(cJSON *files, cJSON *list, const struct module *module)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct edge *edge = &module->edges[i];
		const char *target = edge->module != NULL ? edge->module->real : edge->real;
		cJSON *item;

		if (edge->type_only || target == NULL)
			continue;
		if (cJSON_GetObjectItemCaseSensitive(files, target) == NULL)
			cJSON_AddArrayToObject(files, target);
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, "to", target);
		cJSON_AddStringToObject(item, "as", module->facts.imports[i].specifier);
		cJSON_AddItemToArray(list, item);
	}
}

static cJSON *list_of(cJSON *files, const char *path)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(files, path);

	return list != NULL ? list : cJSON_AddArrayToObject(files, path);
}

static void tell(const char *folder)
{
	struct app app = {0};
	struct error error = {0};
	cJSON *line = cJSON_CreateObject(), *files = cJSON_AddObjectToObject(line, "files");
	char *text;

	if (app_open(&app, folder, NULL, &error) != 0)
		cJSON_AddStringToObject(line, "error", error.message);
	for (size_t i = 0; i < app.module_count; i++) {
		const struct module *module = app.modules[i];

		if (module->runtimes != 0)
			add_edges(files, list_of(files, module->real), module);
	}
	text = cJSON_PrintUnformatted(line);
	puts(text);
	cJSON_free(text);
	cJSON_Delete(line);
	app_close(&app);
}

int main(void)
{
	char folder[4096];

	while (fgets(folder, sizeof(folder), stdin) != NULL) {
		folder[strcspn(folder, "\n")] = '\0';
		tell(folder);
	}
	return 0;
}
