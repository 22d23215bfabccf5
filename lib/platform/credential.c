#include "platform/credential.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "json/json.h"

/* No date of JavaScript is later. */
#define LATEST 8.64e15

bool credential_token_is_sound(const char *token)
{
	if (*token == '\0')
		return false;
	for (; *token != '\0'; token++)
		if (*token <= ' ' || *token >= 0x7f)
			return false;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int refuse(const char *where, const char *why, struct error *error)
{
	error_set(error, ERROR_AUTH, "%s holds no credential that can be used", where);
	error_why(error, "%s", why);
	return error_fix(error,
			 "put an access token there, or the whole line that `attio login --export "
			 "FILE` writes");
}

/* A member that may be absent, null or "" for the same. False: it is something else. */
static bool read_refresh(const cJSON *object, const char **refresh)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "refresh_token");

	*refresh = NULL;
	if (item == NULL || cJSON_IsNull(item))
		return true;
	if (!cJSON_IsString(item))
		return false;
	if (item->valuestring[0] != '\0')
		*refresh = item->valuestring;
	return *refresh == NULL || credential_token_is_sound(*refresh);
}

static bool read_end(const cJSON *object, long long *expires_at)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "expires_at");

	*expires_at = CREDENTIAL_NEVER;
	if (item == NULL || cJSON_IsNull(item))
		return true;
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0))
		return false;
	if (item->valuedouble <= LATEST)
		*expires_at = (long long)item->valuedouble;
	return true;
}

/* Absent or null where nobody said whose it is. False: it is something else than a name. */
static bool read_platform(const cJSON *object, const char **platform)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "platform");

	*platform = cJSON_IsString(item) ? item->valuestring : NULL;
	return item == NULL || cJSON_IsNull(item) ||
	       (*platform != NULL && credential_token_is_sound(*platform));
}

/* NULL, or what is wrong. */
static const char *read_object(struct arena *arena, const cJSON *object,
			       struct credential *credential)
{
	const cJSON *type = cJSON_GetObjectItemCaseSensitive(object, "token_type");
	const char *access = json_string_or_null(object, "access_token");
	const char *refresh, *platform;

	if (access == NULL)
		return "`access_token` is missing or no text";
	if (!credential_token_is_sound(access))
		return "`access_token` holds bytes that no token has";
	if (!read_refresh(object, &refresh))
		return "`refresh_token` is no token";
	if (type != NULL && !(cJSON_IsString(type) && strcmp(type->valuestring, "Bearer") == 0))
		return "`token_type` is not `Bearer`";
	if (!read_end(object, &credential->expires_at))
		return "`expires_at` is no time in milliseconds since 1970";
	if (!read_platform(object, &platform))
		return "`platform` is no address";
	credential->access = arena_strdup(arena, access);
	credential->platform = platform != NULL ? arena_strdup(arena, platform) : NULL;
	credential->refresh = refresh != NULL ? arena_strdup(arena, refresh) : NULL;
	return NULL;
}

static int read_json(struct arena *arena, const char *text, size_t len, const char *where,
		     struct credential *credential, struct error *error)
{
	struct error ignored = {0};
	cJSON *object = json_parse(text, len, where, NULL, &ignored);
	const char *wrong = object == NULL ? "it begins like JSON and is none"
					   : read_object(arena, object, credential);

	cJSON_Delete(object);
	return wrong == NULL ? 0 : refuse(where, wrong, error);
}

int credential_read(struct arena *arena, const char *text, size_t len, const char *where,
		    struct credential *credential, struct error *error)
{
	char *token;

	/* PowerShell writes one before any text. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	while (len > 0 && is_blank(*text)) {
		text++;
		len--;
	}
	while (len > 0 && is_blank(text[len - 1]))
		len--;
	if (len == 0)
		return refuse(where, "it is empty", error);
	if (len > CREDENTIAL_LIMIT || memchr(text, '\0', len) != NULL)
		return refuse(where, "it is not text, or too much of it", error);
	if (*text == '{')
		return read_json(arena, text, len, where, credential, error);
	token = arena_strndup(arena, text, len);
	if (!credential_token_is_sound(token))
		return refuse(where, "a token has no blanks, and nothing but printable ASCII",
			      error);
	*credential = (struct credential){.access = token, .expires_at = CREDENTIAL_NEVER};
	return 0;
}

bool credential_is_one(const char *text, size_t len)
{
	struct arena *arena = arena_new();
	struct credential credential;
	struct error ignored = {0};
	bool is = memchr(text, '{', len) != NULL &&
		  credential_read(arena, text, len, "", &credential, &ignored) == 0;

	arena_free(arena);
	return is;
}

void credential_put(struct buf *out, const struct credential *credential)
{
	buf_putc(out, '{');
	buf_put_json_member(out, "access_token", credential->access);
	/* The official CLI throws an entry away that has none. */
	buf_put_json_member(out, "refresh_token",
			    credential->refresh != NULL ? credential->refresh : "");
	buf_put_json_member(out, "token_type", "Bearer");
	buf_printf(out, ",\"expires_at\":%lld", credential->expires_at);
	if (credential->platform != NULL)
		buf_put_json_member(out, "platform", credential->platform);
	buf_putc(out, '}');
}

long long credential_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

long long credential_left(const struct credential *credential, long long now)
{
	return credential->expires_at - now;
}
