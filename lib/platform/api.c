/* Where the calls go, and the endpoint of apps. Here and in the other files of endpoints, unknown
 * fields of an answer are ignored and unknown words (a new publication status) are passed on, so
 * that an addition on the platform's side breaks nothing here. */
#include "platform/api.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/call.h"
#include "platform/credential.h"
#include "platform/words.h"
#include "json/json.h"

int platform_init(struct attio_api *platform, struct arena *arena, struct http_client *client,
		  const struct addresses *addresses, const char *token, struct error *error)
{
	*platform = (struct attio_api){
		.arena = arena,
		.client = client,
		.addresses = *addresses,
		.token = token,
	};
	*platform = platform_at(platform, &platform->addresses.api);
	if (credential_token_is_sound(token))
		return 0;
	error_set(error, ERROR_AUTH, "the token holds bytes that no token has");
	return error_fix(error, "set `ATTIO_TOKEN` to the token alone, without blanks");
}

struct attio_api platform_at(const struct attio_api *platform, const struct address *address)
{
	struct attio_api at = *platform;

	at.base_url = address->url;
	at.url = address->parts;
	return at;
}

static int read_app(struct attio_api *platform, const cJSON *answer, struct platform_app *app,
		    struct error *error)
{
	const cJSON *object;
	const char *title;

	if (json_get_object(answer, "the answer", "app", &object, error) != 0 ||
	    call_get_id(platform, object, "app", "app_id", &app->id, error) != 0 ||
	    json_get_string(object, "app", "title", &title, error) != 0)
		return call_bad_answer(platform, error);
	app->title = words_shown(platform, title, WORDS_LIMIT);
	return 0;
}

#define SLUG_LIMIT 1000u /* bytes of one, which goes into addresses */

static int check_slug(const char *slug, struct error *error)
{
	if (*slug == '\0' || call_has_dots(slug))
		error_set(error, ERROR_USAGE,
			  "an app's slug cannot be empty or hold `.` or `..` "
			  "between slashes");
	else if (strlen(slug) > SLUG_LIMIT)
		error_set(error, ERROR_USAGE, "an app's slug has at most %u bytes, this one %zu",
			  SLUG_LIMIT, strlen(slug));
	else
		return 0;
	return error_fix(error, "give the slug with `--app SLUG`");
}

int platform_app_by_slug(struct attio_api *platform, const char *slug, struct platform_app *app,
			 struct error *error)
{
	struct buf path = {0};
	struct call call = {.method = "GET", .doing = "look up the app"};
	const char *shown;
	cJSON *answer;
	int result = -1;

	if (check_slug(slug, error) != 0)
		return -1;
	buf_puts(&path, "/apps/by-slug/");
	/* `@` and `/` stay, as the official CLI sends a scoped package name. */
	http_put_encoded(&path, slug, "@/");
	call.path = buf_cstr(&path);
	shown = words_shown(platform, slug, WORDS_LIMIT);
	call.not_found = arena_printf(platform->arena, "there is no app `%s` on `%s`", shown,
				      platform->url.host);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = read_app(platform, answer, app, error);
		cJSON_Delete(answer);
	} else if (error->kind == ERROR_NOT_FOUND) {
		error_fix(error,
			  "run `attio link --app %s`, which makes it there, or name another app "
			  "with `--app SLUG`",
			  shown);
	}
	buf_dispose(&path);
	return result;
}
