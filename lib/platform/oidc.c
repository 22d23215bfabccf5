#include "platform/oidc.h"

#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/sha256.h"
#include "platform/api.h"
#include "platform/call.h"
#include "platform/credential.h"
#include "platform/words.h"
#include "json/json.h"

#define CLIENT_ID "f881c6f1-82d7-48a5-a581-649596167845"
#define LIFE_LIMIT 3.2e9 /* seconds that a token may live: a century */
#define SECRET_BYTES ((size_t)32)

static void put_secret(const void *bytes, size_t len, char text[OIDC_SECRET_SIZE])
{
	struct buf out = {0};

	base64_put_url(&out, bytes, len);
	snprintf(text, OIDC_SECRET_SIZE, "%s", buf_cstr(&out));
	buf_dispose(&out);
}

int oidc_begin(struct arena *arena, int port, struct oidc_login *login, struct error *error)
{
	unsigned char bytes[2 * SECRET_BYTES];

	if (random_bytes(bytes, sizeof(bytes), error) != 0)
		return -1;
	put_secret(bytes, SECRET_BYTES, login->state);
	put_secret(bytes + SECRET_BYTES, SECRET_BYTES, login->verifier);
	login->redirect_uri = arena_printf(arena, "http://localhost:%d", port);
	return 0;
}

void oidc_challenge(const char *verifier, char challenge[OIDC_SECRET_SIZE])
{
	unsigned char sum[SHA256_SIZE];

	sha256(verifier, strlen(verifier), sum);
	put_secret(sum, sizeof(sum), challenge);
}

static void put_member(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s%s=", out->len > 0 ? "&" : "", name);
	http_put_encoded(out, value, "");
}

static const char *take(struct arena *arena, struct buf *text)
{
	const char *copy = arena_strdup(arena, buf_cstr(text));

	buf_dispose(text);
	return copy;
}

const char *oidc_authorize_url(const struct identity *identity, const struct oidc_login *login)
{
	char challenge[OIDC_SECRET_SIZE];
	struct buf query = {0};

	oidc_challenge(login->verifier, challenge);
	buf_puts(&query, "scope=openid+offline_access");
	put_member(&query, "response_type", "code");
	put_member(&query, "client_id", CLIENT_ID);
	put_member(&query, "redirect_uri", login->redirect_uri);
	put_member(&query, "state", login->state);
	put_member(&query, "code_challenge", challenge);
	put_member(&query, "code_challenge_method", "S256");
	return arena_printf(identity->arena, "%s/oidc/authorize?%s", identity->addresses->app.url,
			    take(identity->arena, &query));
}

/* One call of the token endpoint. */
struct asking {
	const struct identity *identity;
	const char *body;
	const char *bearer;       /* access token to show, or NULL */
	const char *secret;       /* of the body: no message repeats it, nor the bearer */
	const char *kept_refresh; /* when the answer has none; NULL: it must */
	const char *refused;      /* message of a refusal */
	const char *doing;        /* for messages of failures */
};

/* For the functions that show a server's words: they hide what we sent. */
static struct attio_api shown_as(const struct asking *asking)
{
	const struct identity *identity = asking->identity;
	struct env_variable *bearer = arena_alloc(identity->arena, sizeof(*bearer));

	*bearer = (struct env_variable){"bearer", asking->bearer};

	return (struct attio_api){
		.arena = identity->arena,
		.addresses = *identity->addresses,
		.base_url = identity->addresses->app.url,
		.url = identity->addresses->app.parts,
		.token = asking->secret,
		.hidden = bearer,
		.hidden_count = asking->bearer != NULL ? 1 : 0,
	};
}

static int refuse(const struct asking *asking, const struct http_response *response,
		  struct error *error)
{
	const struct attio_api platform = shown_as(asking);
	const struct call call = {.method = "POST", .path = "/oidc/token", .doing = asking->doing};
	long status = response->status;
	const char *words;

	if (status != 400 && status != 401 && status != 403)
		return call_refused(&platform, &call, response, error);
	words = words_of_answer(&platform, &response->body);
	error_set(error, ERROR_AUTH, "%s", asking->refused);
	error_fix(error, "run `attio login`");
	return *words != '\0' ? error_why(error, "the server says: %s", words) : -1;
}

static int read_life(const cJSON *answer, long long *expires_at, struct error *error)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(answer, "expires_in");

	if (item == NULL)
		return error_set(error, ERROR_SERVICE, "the answer: `expires_in` is missing");
	if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= LIFE_LIMIT))
		return error_set(error, ERROR_SERVICE,
				 "the answer: `expires_in` must be a number of seconds");
	*expires_at = credential_now() + (long long)(item->valuedouble * 1000);
	return 0;
}

static int read_refresh(const struct asking *asking, const cJSON *answer, const char **refresh,
			struct error *error)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(answer, "refresh_token");

	*refresh = asking->kept_refresh;
	if (item == NULL && asking->kept_refresh != NULL)
		return 0;
	return json_get_string(answer, "the answer", "refresh_token", refresh, error);
}

static int read_token(const struct asking *asking, const cJSON *answer,
		      struct credential *credential, struct error *error)
{
	struct arena *arena = asking->identity->arena;
	const char *type;

	if (json_get_string(answer, "the answer", "access_token", &credential->access, error) !=
		    0 ||
	    json_get_string(answer, "the answer", "token_type", &type, error) != 0 ||
	    read_refresh(asking, answer, &credential->refresh, error) != 0 ||
	    read_life(answer, &credential->expires_at, error) != 0)
		return -1;
	credential->platform = NULL;
	if (strcmp(type, "Bearer") != 0)
		return error_set(error, ERROR_SERVICE, "the answer: `token_type` must be `Bearer`");
	if (!credential_token_is_sound(credential->access) ||
	    !credential_token_is_sound(credential->refresh))
		return error_set(error, ERROR_SERVICE,
				 "the answer: a token holds bytes that no token has");
	credential->access = arena_strdup(arena, credential->access);
	credential->refresh = arena_strdup(arena, credential->refresh);
	return 0;
}

static int read_answer(const struct asking *asking, const struct http_response *response,
		       struct credential *credential, struct error *error)
{
	const struct attio_api platform = shown_as(asking);
	cJSON *answer;
	int result;

	if (response->status < 200 || response->status > 299)
		return refuse(asking, response, error);
	if (call_parse(&platform, response, &answer, error) != 0)
		return -1;
	result = read_token(asking, answer, credential, error);
	cJSON_Delete(answer);
	return result == 0 ? 0 : call_bad_answer(&platform, error);
}

static int ask(const struct asking *asking, struct credential *credential, struct error *error)
{
	const struct identity *identity = asking->identity;
	const char *headers[] = {
		"Content-Type: application/x-www-form-urlencoded",
		"x-attio-platform: developer-cli",
		asking->bearer != NULL
			? arena_printf(identity->arena, "Authorization: Bearer %s", asking->bearer)
			: NULL,
		NULL,
	};
	const struct http_request request = {
		.method = "POST",
		.url = arena_printf(identity->arena, "%s/oidc/token", identity->addresses->app.url),
		.headers = headers,
		.body = asking->body,
		.body_len = strlen(asking->body),
	};
	struct http_response response;
	int result;

	if (http_send(identity->client, &request, &response, error) != 0)
		return -1;
	result = read_answer(asking, &response, credential, error);
	http_response_dispose(&response);
	return result;
}

int oidc_exchange(const struct identity *identity, const struct oidc_login *login, const char *code,
		  struct credential *credential, struct error *error)
{
	struct buf body = {0};
	struct asking asking = {
		.identity = identity,
		.secret = code,
		.refused = "the platform does not accept the code that the browser brought",
		.doing = "give a token",
	};

	put_member(&body, "grant_type", "authorization_code");
	put_member(&body, "code", code);
	put_member(&body, "client_id", CLIENT_ID);
	put_member(&body, "redirect_uri", login->redirect_uri);
	put_member(&body, "code_verifier", login->verifier);
	asking.body = take(identity->arena, &body);
	return ask(&asking, credential, error);
}

int oidc_renew(const struct identity *identity, const struct credential *old,
	       struct credential *credential, struct error *error)
{
	struct buf body = {0};
	struct asking asking = {
		.identity = identity,
		.bearer = credential_left(old, credential_now()) > 0 ? old->access : NULL,
		.secret = old->refresh,
		.kept_refresh = old->refresh,
		.refused = "the platform does not renew the stored credential",
		.doing = "renew the token",
	};

	put_member(&body, "grant_type", "refresh_token");
	put_member(&body, "refresh_token", old->refresh);
	put_member(&body, "client_id", CLIENT_ID);
	asking.body = take(identity->arena, &body);
	return ask(&asking, credential, error);
}

static int read_user(struct attio_api *platform, const cJSON *answer, struct platform_user *user,
		     struct error *error)
{
	const cJSON *object, *name;
	const char *id, *email, *full;

	if (json_get_object(answer, "the answer", "user", &object, error) != 0 ||
	    json_get_string(object, "user", "id", &id, error) != 0 ||
	    json_get_string(object, "user", "email_address", &email, error) != 0 ||
	    json_get_object(object, "user", "name", &name, error) != 0 ||
	    json_get_string(name, "user.name", "full", &full, error) != 0)
		return call_bad_answer(platform, error);
	user->id = words_shown(platform, id, WORDS_LIMIT);
	user->email = words_shown(platform, email, WORDS_LIMIT);
	user->name = words_shown(platform, full, WORDS_LIMIT);
	return 0;
}

int platform_whoami(struct attio_api *platform, struct platform_user *user, struct error *error)
{
	struct attio_api identity = platform_at(platform, &platform->addresses.app);
	const struct call call = {
		.method = "GET",
		.path = "/api/auth/whoami",
		.doing = "tell who you are",
	};
	cJSON *answer;
	int result;

	if (call_send(&identity, &call, &answer, error) != 0)
		return -1;
	platform->token = identity.token;
	result = read_user(&identity, answer, user, error);
	cJSON_Delete(answer);
	return result;
}
