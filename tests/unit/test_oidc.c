/* platform/oidc: the challenge as the RFC has it, the requests, and that nothing an identity
 * answers is believed unchecked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "platform/api.h"
#include "platform/credential.h"
#include "platform/oidc.h"
#include "tests/unit/canned.h"

#define ANSWER(body) "HTTP/1.1 200 OK\r\n\r\n" body
#define TOKEN "\"access_token\":\"new-acc\",\"refresh_token\":\"new-ref\",\"token_type\":\"Bearer\""

struct world {
	struct canned server;
	struct canned_reply reply;
	struct arena *arena;
	struct addresses addresses;
	struct identity identity;
	struct error error;
};

static void world_start(struct world *world, const char *bytes)
{
	const struct http_retry retry = {.tries = 1};
	struct addresses_wanted wanted = {0};

	memset(world, 0, sizeof(*world));
	world->reply.bytes = bytes;
	canned_start(&world->server, &world->reply, 1);
	world->arena = arena_new();
	wanted.api = arena_printf(world->arena, "http://127.0.0.1:%d/api", world->server.port);
	assert_int_equal(addresses_choose(world->arena, &wanted, &world->addresses, &world->error),
			 0);
	world->identity.arena = world->arena;
	world->identity.addresses = &world->addresses;
	world->identity.client = http_client_new(5, &world->error);
	http_client_set_retry(world->identity.client, &retry);
}

static void world_stop(struct world *world)
{
	static const char *const secrets[] = {"c0de", "old-acc", "old-ref", "new-acc", "new-ref"};

	for (size_t i = 0; i < ARRAY_LEN(secrets); i++) {
		assert_null(strstr(world->error.message, secrets[i]));
		assert_null(strstr(world->error.why, secrets[i]));
		assert_null(strstr(world->error.fix, secrets[i]));
	}
	canned_stop(&world->server);
	http_client_free(world->identity.client);
	arena_free(world->arena);
}

static const char *asked(struct world *world)
{
	return buf_cstr(&world->server.requests[0]);
}

/* RFC 7636, appendix B. */
static void test_challenge(void **state)
{
	char challenge[OIDC_SECRET_SIZE];

	(void)state;
	oidc_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", challenge);
	assert_string_equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void test_authorize_url(void **state)
{
	const struct addresses_wanted wanted = {0};
	struct arena *arena = arena_new();
	struct addresses addresses;
	const struct identity identity = {.arena = arena, .addresses = &addresses};
	struct oidc_login login, other;
	struct error error;
	char challenge[OIDC_SECRET_SIZE];

	(void)state;
	assert_int_equal(addresses_choose(arena, &wanted, &addresses, &error), 0);
	assert_int_equal(oidc_begin(arena, 3000, &login, &error), 0);
	assert_int_equal(oidc_begin(arena, 3000, &other, &error), 0);
	assert_int_equal(strlen(login.state), 43);
	assert_int_equal(strlen(login.verifier), 43);
	assert_string_not_equal(login.state, login.verifier);
	assert_string_not_equal(login.state, other.state);
	oidc_challenge(login.verifier, challenge);
	assert_string_equal(
		oidc_authorize_url(&identity, &login),
		arena_printf(arena,
			     "https://app.attio.com/oidc/authorize?scope=openid+offline_access&"
			     "response_type=code&client_id=f881c6f1-82d7-48a5-a581-649596167845&"
			     "redirect_uri=http%%3A%%2F%%2Flocalhost%%3A3000&state=%s&"
			     "code_challenge=%s&code_challenge_method=S256",
			     login.state, challenge));
	arena_free(arena);
}

static void test_exchange(void **state)
{
	const struct oidc_login login = {.verifier = "v", .redirect_uri = "http://localhost:3001"};
	struct credential credential;
	struct world world;

	(void)state;
	world_start(&world, ANSWER("{" TOKEN ",\"expires_in\":3600,\"id_token\":7}"));
	assert_int_equal(
		oidc_exchange(&world.identity, &login, "c0de/+", &credential, &world.error), 0);
	assert_string_equal(credential.access, "new-acc");
	assert_string_equal(credential.refresh, "new-ref");
	assert_in_range(credential_left(&credential, credential_now()), 3500000, 3600000);
	assert_true(str_starts(asked(&world), "POST /oidc/token HTTP/1.1\r\n"));
	assert_non_null(
		strstr(asked(&world), "Content-Type: application/x-www-form-urlencoded\r\n"));
	assert_non_null(strstr(asked(&world), "x-attio-platform: developer-cli\r\n"));
	assert_null(strstr(asked(&world), "Authorization"));
	assert_true(str_ends(asked(&world),
			     "\r\n\r\ngrant_type=authorization_code&code=c0de%2F%2B&"
			     "client_id=f881c6f1-82d7-48a5-a581-649596167845&"
			     "redirect_uri=http%3A%2F%2Flocalhost%3A3001&code_verifier=v"));
	world_stop(&world);
}

static void test_renew(void **state)
{
	static const struct {
		const char *answer;
		long long left;
		const char *refresh;
	} rows[] = {
		{ANSWER("{" TOKEN ",\"expires_in\":1.5}"), 60000, "new-ref"},
		{ANSWER("{\"access_token\":\"new-acc\",\"token_type\":\"Bearer\",\"expires_in\":"
			"9}"),
		 -1, "old-ref"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct credential old = {"old-acc", "old-ref", credential_now() + rows[i].left,
					 NULL};
		struct credential credential;
		struct world world;

		world_start(&world, rows[i].answer);
		assert_int_equal(oidc_renew(&world.identity, &old, &credential, &world.error), 0);
		assert_string_equal(credential.access, "new-acc");
		assert_string_equal(credential.refresh, rows[i].refresh);
		assert_int_equal(strstr(asked(&world), "Authorization: Bearer old-acc\r\n") != NULL,
				 rows[i].left > 0);
		assert_true(str_ends(asked(&world),
				     "\r\n\r\ngrant_type=refresh_token&refresh_token=old-ref&"
				     "client_id=f881c6f1-82d7-48a5-a581-649596167845"));
		world_stop(&world);
	}
}

static void test_bad_answers(void **state)
{
	static const struct {
		const char *answer;
		enum error_kind kind;
		const char *says;
	} rows[] = {
		{ANSWER(""), ERROR_SERVICE, "unexpected"},
		{ANSWER("[]"), ERROR_SERVICE, "not an object"},
		{ANSWER("{}"), ERROR_SERVICE, "`access_token` is missing"},
		{ANSWER("{\"access_token\":7}"), ERROR_SERVICE, "`access_token` must"},
		{ANSWER("{\"access_token\":\"new-acc\"}"), ERROR_SERVICE, "`token_type`"},
		{ANSWER("{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"), ERROR_SERVICE,
		 "`refresh_token` is missing"},
		{ANSWER("{\"access_token\":\"new-acc\",\"refresh_token\":\"new-ref\","
			"\"token_type\":\"bearer\",\"expires_in\":9}"),
		 ERROR_SERVICE, "`token_type` must be `Bearer`"},
		{ANSWER("{" TOKEN "}"), ERROR_SERVICE, "`expires_in` is missing"},
		{ANSWER("{" TOKEN ",\"expires_in\":\"9\"}"), ERROR_SERVICE, "`expires_in` must"},
		{ANSWER("{" TOKEN ",\"expires_in\":-1}"), ERROR_SERVICE, "`expires_in` must"},
		{ANSWER("{" TOKEN ",\"expires_in\":1e300}"), ERROR_SERVICE, "`expires_in` must"},
		{ANSWER("{\"access_token\":\"new-acc\\n\",\"refresh_token\":\"new-ref\","
			"\"token_type\":\"Bearer\",\"expires_in\":9}"),
		 ERROR_SERVICE, "no token has"},
		{"HTTP/1.1 400 X\r\n\r\n{\"error\":\"invalid_grant\",\"error_description\":"
		 "\"c0de is not new\"}",
		 ERROR_AUTH, "does not accept the code"},
		{"HTTP/1.1 401 X\r\n\r\n", ERROR_AUTH, "does not accept the code"},
		{"HTTP/1.1 404 X\r\n\r\nc0de", ERROR_SERVICE, "status 404"},
		{"HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/\r\n\r\n", ERROR_SERVICE,
		 "status 302"},
		{"HTTP/1.1 500 X\r\n\r\n<h1>c0de</h1>", ERROR_SERVICE, "status 500"},
		{"nonsense", ERROR_SERVICE, ""},
	};
	const struct oidc_login login = {.verifier = "v", .redirect_uri = "http://localhost:3001"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct credential credential;
		struct world world;

		world_start(&world, rows[i].answer);
		assert_int_equal(
			oidc_exchange(&world.identity, &login, "c0de", &credential, &world.error),
			-1);
		assert_int_equal(world.error.kind, rows[i].kind);
		assert_non_null(strstr(world.error.message, rows[i].says));
		world_stop(&world);
	}
}

static void test_refused_renewal_shows_no_secret(void **state)
{
	struct credential old = {"old-acc", "old-ref", credential_now() + 60000, NULL};
	struct credential credential;
	struct world world;

	(void)state;
	world_start(&world, "HTTP/1.1 400 X\r\n\r\n{\"error_description\":\"old-ref of old-acc\"}");
	assert_int_equal(oidc_renew(&world.identity, &old, &credential, &world.error), -1);
	assert_int_equal(world.error.kind, ERROR_AUTH);
	assert_non_null(strstr(world.error.why, "*** of ***"));
	assert_non_null(strstr(world.error.fix, "attio login"));
	world_stop(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_challenge),
		cmocka_unit_test(test_authorize_url),
		cmocka_unit_test(test_exchange),
		cmocka_unit_test(test_renew),
		cmocka_unit_test(test_bad_answers),
		cmocka_unit_test(test_refused_renewal_shows_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
