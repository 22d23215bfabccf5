/* See pieces.h. */
#include "local/run/pieces.h"

#include "base/mem.h"

static void free_names(char **names)
{
	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		mem_free(names[i]);
	mem_free(names);
}

void pieces_dispose(struct pieces *pieces)
{
	mem_free(pieces->hooks_url);
	mem_free(pieces->app_slug);
	mem_free(pieces->app_title);
	cJSON_Delete(pieces->settings_schema);
	free_names(pieces->webhook_files);
	consents_dispose(&pieces->consents);
	pieces->hooks_url = NULL;
	pieces->app_slug = NULL;
	pieces->app_title = NULL;
	pieces->settings_schema = NULL;
	pieces->webhook_files = NULL;
}

void pieces_set_app(struct pieces *pieces, const char *slug, const char *title,
		    const char *hooks_url)
{
	mem_free(pieces->app_slug);
	mem_free(pieces->app_title);
	mem_free(pieces->hooks_url);
	pieces->app_slug = mem_strdup(slug);
	pieces->app_title = mem_strdup(title);
	pieces->hooks_url = mem_strdup(hooks_url);
}

void pieces_forget_webhook_files(struct pieces *pieces)
{
	free_names(pieces->webhook_files);
	pieces->webhook_files = NULL;
}

void pieces_set_webhook_files(struct pieces *pieces, const char *const *names, size_t count)
{
	free_names(pieces->webhook_files);
	pieces->webhook_files = mem_zalloc(count + 1, sizeof(*pieces->webhook_files));
	for (size_t i = 0; i < count; i++)
		pieces->webhook_files[i] = mem_strdup(names[i]);
}

void pieces_set_schema(struct pieces *pieces, const cJSON *schema)
{
	const cJSON *fields = cJSON_GetObjectItemCaseSensitive(schema, "workspace");

	cJSON_Delete(pieces->settings_schema);
	pieces->settings_schema =
		cJSON_IsObject(fields) ? cJSON_Duplicate(fields, true) : cJSON_CreateObject();
}
