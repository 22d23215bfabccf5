#include "platform/workspaces.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/call.h"
#include "platform/words.h"
#include "json/json.h"

static int read_workspace(struct attio_api *platform, const cJSON *object, const char *document,
			  struct platform_workspace *workspace, struct error *error)
{
	const char *slug, *name;

	if (call_get_id(platform, object, document, "workspace_id", &workspace->id, error) != 0 ||
	    json_get_string(object, document, "slug", &slug, error) != 0 ||
	    json_get_string(object, document, "name", &name, error) != 0)
		return -1;
	workspace->slug = arena_strdup(platform->arena, slug);
	workspace->name = words_shown(platform, name, WORDS_LIMIT);
	return 0;
}

static int read_workspaces(struct attio_api *platform, const cJSON *answer,
			   struct platform_workspace **workspaces, size_t *count,
			   struct error *error)
{
	const cJSON *list, *item;

	if (json_get_array(answer, "the answer", "workspaces", &list, error) != 0)
		return -1;
	cJSON_ArrayForEach(item, list)
	{
		char document[64];
		struct platform_workspace *workspace;

		snprintf(document, sizeof(document), "workspaces[%zu]", *count);
		workspace = arena_push(platform->arena, workspaces, count, sizeof(**workspaces));
		if (read_workspace(platform, item, document, workspace, error) != 0)
			return -1;
	}
	return 0;
}

int platform_workspaces(struct attio_api *platform, struct platform_workspace **workspaces,
			size_t *count, struct error *error)
{
	const struct call call = {
		.method = "GET", .path = "/dev-workspaces", .doing = "list your workspaces"};
	cJSON *answer;
	int result;

	*workspaces = NULL;
	*count = 0;
	if (call_send(platform, &call, &answer, error) != 0)
		return -1;
	result = read_workspaces(platform, answer, workspaces, count, error);
	cJSON_Delete(answer);
	return result == 0 ? 0 : call_bad_answer(platform, error);
}

int platform_installation(struct attio_api *platform, const char *app_id, const char *workspace_id,
			  bool *installed, struct error *error)
{
	const struct call call = {
		.method = "GET",
		.path = arena_printf(platform->arena, "/apps/%s/workspace/%s/dev-installation",
				     app_id, workspace_id),
		.doing = "tell whether the app is installed",
		.not_found = "the app is not installed",
	};
	cJSON *answer;

	*installed = false;
	if (call_send(platform, &call, &answer, error) != 0)
		return error->kind == ERROR_NOT_FOUND ? 0 : -1;
	cJSON_Delete(answer);
	*installed = true;
	return 0;
}
