/* See accounts.h. An app is made once: the call is never repeated, since a second one would find
 * the slug taken by the first. */
#include "platform/accounts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/api.h"
#include "platform/call.h"
#include "platform/words.h"
#include "json/json.h"

static int get_uuid(struct attio_api *platform, const cJSON *object, const char *document,
		    const char *key, const char **id, struct error *error)
{
	const char *text;

	if (json_get_string(object, document, key, &text, error) != 0)
		return -1;
	if (!str_is_uuid(text))
		return error_set(error, ERROR_SERVICE, "%s: `%s` must be a UUID", document, key);
	*id = arena_strdup(platform->arena, text);
	return 0;
}

static int read_account(struct attio_api *platform, const cJSON *object, const char *document,
			struct platform_account *account, struct error *error)
{
	const char *slug, *title;

	if (get_uuid(platform, object, document, "developer_account_id", &account->id, error) !=
		    0 ||
	    json_get_string(object, document, "slug", &slug, error) != 0 ||
	    json_get_string(object, document, "title", &title, error) != 0)
		return -1;
	account->slug = arena_strdup(platform->arena, slug);
	account->shown = words_shown(platform, slug, WORDS_LIMIT);
	account->title = words_shown(platform, title, WORDS_LIMIT);
	return 0;
}

static int read_accounts(struct attio_api *platform, const cJSON *answer,
			 struct platform_account **accounts, size_t *count, struct error *error)
{
	const cJSON *list, *item;

	if (json_get_array(answer, "the answer", "value", &list, error) != 0)
		return -1;
	cJSON_ArrayForEach(item, list)
	{
		char document[64];
		struct platform_account *account;

		snprintf(document, sizeof(document), "value[%zu]", *count);
		account = arena_push(platform->arena, accounts, count, sizeof(**accounts));
		if (read_account(platform, item, document, account, error) != 0)
			return -1;
	}
	return 0;
}

int platform_accounts(struct attio_api *platform, struct platform_account **accounts, size_t *count,
		      struct error *error)
{
	const struct call call = {.method = "GET",
				  .path = "/developer-accounts",
				  .doing = "list your developer accounts"};
	cJSON *answer;
	int result;

	*accounts = NULL;
	*count = 0;
	if (call_send(platform, &call, &answer, error) != 0)
		return -1;
	result = read_accounts(platform, answer, accounts, count, error);
	cJSON_Delete(answer);
	return result == 0 ? 0 : call_bad_answer(platform, error);
}

static int read_created(struct attio_api *platform, const cJSON *answer, struct platform_app *app,
			struct error *error)
{
	const char *title;

	if (get_uuid(platform, answer, "the answer", "app_id", &app->id, error) != 0 ||
	    json_get_string(answer, "the answer", "title", &title, error) != 0)
		return call_bad_answer(platform, error);
	app->title = words_shown(platform, title, WORDS_LIMIT);
	return 0;
}

static void put_app(struct buf *body, const char *slug, const char *title)
{
	buf_puts(body, "{\"slug\":");
	buf_put_json_string(body, slug, strlen(slug));
	buf_puts(body, ",\"title\":");
	buf_put_json_string(body, title, strlen(title));
	buf_puts(body, ",\"avatar_id\":null}");
}

/* Another developer's app is not told from none when it is looked up, so this is where it shows. */
static int slug_taken(struct error *error, const char *slug)
{
	char why[sizeof(error->why)];

	memcpy(why, error->why, sizeof(why));
	error_set(error, ERROR_CONFLICT, "the slug `%s` is taken by another app", slug);
	error_why(error, "%s", why);
	return error_fix(error, "choose another one with `--app SLUG`");
}

int platform_app_create(struct attio_api *platform, const struct platform_account *account,
			const char *slug, const char *title, struct platform_app *app,
			struct error *error)
{
	struct call call = {.method = "PUT", .doing = "create the app"};
	struct buf path = {0}, body = {0};
	cJSON *answer;
	int result;

	buf_puts(&path, "/developer-accounts/");
	http_put_encoded(&path, account->slug, "");
	buf_puts(&path, "/apps");
	put_app(&body, slug, title);
	call.path = buf_cstr(&path);
	call.body = buf_cstr(&body);
	result = call_send(platform, &call, &answer, error);
	buf_dispose(&path);
	buf_dispose(&body);
	if (result != 0)
		return error->kind == ERROR_CONFLICT ? slug_taken(error, slug) : -1;
	result = read_created(platform, answer, app, error);
	cJSON_Delete(answer);
	return result;
}
