/* local/routes and what it stands on: who is let in, with which token and by which signed URL;
 * signing in; what the environment of a dev version may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/environment.h"
#include "local/developer/sign_ins.h"
#include "local/developer/tokens.h"
#include "local/developer/uploads.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/sql.h"
#include "local/store.h"
#include "sys/fs.h"

#define SECRET "0123456789abcdef0123456789abcdef"
#define MEMBER "11111111-2222-4333-8444-555555555555"

struct world {
	struct arena *arena;
	char *root;
	struct clock clock;
	struct routes routes;
	struct error error;
};

static int set_up(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-routes-", &world->root, &world->error) != 0)
		return -1;
	world->routes =
		(struct routes){.clock = &world->clock, .token = SECRET, .origin = "http://h"};
	world->routes.store = local_store_open(world->root, &world->error);
	*state = world;
	return world->routes.store != NULL &&
			       sql_run(world->routes.store,
				       "INSERT INTO members (id, email, first_name, last_name, "
				       "access_level, created_at) VALUES ('" MEMBER
				       "', 'a@b.example', 'Ada', 'L', 'admin', '2026')",
				       &world->error) == 0
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	int result;

	local_store_close(world->routes.store);
	result = fs_remove_tree(world->root, &world->error);
	arena_free(world->arena);
	return result;
}

static unsigned admit(struct world *world, const char *method, const char *path, const char *query,
		      const char *authorization)
{
	struct http_reply reply = {0};
	struct route_match match;
	struct route_request request = {.match = &match,
					.arena = world->arena,
					.query = query,
					.authorization = authorization};
	size_t count, limit;
	const struct route *rows = routes_table(&count);

	route_find(rows, count, world->arena, method, path, &match);
	limit = routes_admit(&world->routes, &request, &reply);
	if (reply.status == 0)
		assert_int_equal(limit, match.route->body_limit);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
	return reply.status;
}

/* Each row, asked by a stranger, by those with a wrong token, and by ours. */
static void test_who_is_let_in(void **state)
{
	struct world *world = *state;
	struct token_pair pair;
	size_t count;
	const struct route *rows = routes_table(&count);

	assert_int_equal(tokens_issue(world->routes.store, clock_ms(&world->clock), MEMBER, &pair,
				      &world->error),
			 0);
	for (size_t i = 0; i < count; i++) {
		const struct {
			const char *authorization;
			bool ours;
		} tokens[] = {
			{NULL, false},
			{"", false},
			{"Bearer ", false},
			{"Bearer 0123456789abcdef0123456789abcdee", false},
			{"Bearer 0123456789abcdef0123456789abcdef0", false},
			{"Basic " SECRET, false},
			{arena_printf(world->arena, "Bearer %s", pair.refresh), false},
			{"Bearer " SECRET, true},
			{arena_printf(world->arena, "Bearer %s", pair.access), true},
		};

		for (size_t t = 0; t < ARRAY_LEN(tokens); t++) {
			unsigned right = tokens[t].ours || rows[i].access == ROUTE_OPEN ? 0 : 401;
			unsigned status = admit(world, rows[i].method, rows[i].pattern, "",
						tokens[t].authorization);

			if (rows[i].access == ROUTE_SIGNED)
				right = 403;
			if (status != right)
				fail_msg("%s %s, `%s`: %u", rows[i].method, rows[i].pattern,
					 tokens[t].authorization, status);
		}
	}
}

static void test_tokens(void **state)
{
	struct world *world = *state;
	struct local_store *store = world->routes.store;
	struct token_pair first, second, third, other;
	enum token_state is;
	char member[RANDOM_UUID_SIZE];
	char bearer[100];

	assert_int_equal(tokens_issue(store, 1000, MEMBER, &first, &world->error), 0);
	assert_int_equal(tokens_issue(store, 1000, MEMBER, &other, &world->error), 0);
	assert_int_equal(tokens_member(store, 1000, first.access, member, &is, &world->error), 0);
	assert_int_equal(is, TOKEN_GOOD);
	assert_string_equal(member, MEMBER);
	tokens_member(store, 1000 + TOKEN_SECONDS * 1000LL, first.access, member, &is,
		      &world->error);
	assert_int_equal(is, TOKEN_EXPIRED);
	/* Access tokens refresh nothing. */
	tokens_refresh(store, 2000, first.access, &second, &is, &world->error);
	assert_int_equal(is, TOKEN_UNKNOWN);
	assert_int_equal(tokens_refresh(store, 2000, first.refresh, &second, &is, &world->error),
			 0);
	assert_int_equal(is, TOKEN_GOOD);
	tokens_member(store, 2000, second.access, member, &is, &world->error);
	assert_int_equal(is, TOKEN_GOOD);
	/* A spent one ends its sign-in, and no other. */
	tokens_refresh(store, 3000, first.refresh, &third, &is, &world->error);
	assert_int_equal(is, TOKEN_UNKNOWN);
	tokens_refresh(store, 3000, second.refresh, &third, &is, &world->error);
	assert_int_equal(is, TOKEN_UNKNOWN);
	tokens_member(store, 3000, second.access, member, &is, &world->error);
	assert_int_equal(is, TOKEN_UNKNOWN);
	tokens_refresh(store, 1000 + TOKEN_REFRESH_DAYS * 86400000LL, other.refresh, &third, &is,
		       &world->error);
	assert_int_equal(is, TOKEN_EXPIRED);
	/* It goes by the platform's clock; who is suspended is out. */
	assert_int_equal(
		tokens_issue(store, clock_ms(&world->clock), MEMBER, &first, &world->error), 0);
	snprintf(bearer, sizeof(bearer), "Bearer %s", first.access);
	assert_int_equal(admit(world, "GET", "/api/auth/whoami", "", bearer), 0);
	world->clock.offset_ms = TOKEN_SECONDS * 1000LL + 5000;
	assert_int_equal(admit(world, "GET", "/api/auth/whoami", "", bearer), 401);
	world->clock.offset_ms = 0;
	assert_int_equal(
		sql_run(store, "UPDATE members SET access_level = 'suspended'", &world->error), 0);
	assert_int_equal(admit(world, "GET", "/api/auth/whoami", "", bearer), 401);
}

/* A URL lets in as it is until it expires, and with any of its parts changed it does not. */
static void test_signed_urls(void **state)
{
	static const char *const names[] = {"", "x", "a/b?c=d&e%41", "caf\xc3\xa9 \"q\""};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct buf out = {0};
		cJSON *document;
		char *path, *query;

		buf_putc(&out, '{');
		uploads_put_url(&world->routes, &out, "u", UPLOAD_DEV, 7, "block:", names[i]);
		buf_putc(&out, '}');
		document = cJSON_Parse(buf_cstr(&out));
		path = strchr(cJSON_GetStringValue(document->child) + strlen("http://"), '/');
		query = strchr(path, '?');
		*query++ = '\0';
		assert_int_equal(admit(world, "PUT", path, query, NULL), 0);
		assert_int_equal(admit(world, "PUT", path, "", NULL), 403);
		assert_int_equal(
			admit(world, "PUT", arena_printf(world->arena, "%sx", path), query, NULL),
			403);
		assert_int_equal(admit(world, "PUT", "/upload/versions/7/block:", query, NULL),
				 403);
		for (char *c = query; *c != '\0'; c++) {
			char kept = *c;

			*c = kept == '1' ? '2' : '1';
			assert_int_equal(admit(world, "PUT", path, query, NULL), 403);
			*c = kept;
		}
		world->clock.offset_ms = UPLOAD_MINUTES * 60 * 1000LL + 5000;
		assert_int_equal(admit(world, "PUT", path, query, NULL), 403);
		world->clock.offset_ms = 0;
		cJSON_Delete(document);
		buf_dispose(&out);
	}
}

static void test_sign_ins(void **state)
{
	/* RFC 7636, appendix B. */
	static const char verifier[] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
	struct sign_in facts = {.challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"};
	struct world *world = *state;
	struct sign_ins all = {0};
	struct sign_in *one, taken;
	char id[RANDOM_KEY_SIZE], code[RANDOM_KEY_SIZE];

	assert_true(sign_in_verify(&facts, verifier));
	assert_false(sign_in_verify(&facts, ""));
	assert_false(sign_in_verify(&facts, facts.challenge));
	one = sign_ins_add(&all, &facts, 0, &world->error);
	assert_int_equal(strspn(one->digits, "0123456789"), 6);
	strcpy(id, one->id);
	assert_ptr_equal(sign_ins_find(&all, id, 1), one);
	assert_null(sign_ins_find(&all, "", 1));
	assert_false(sign_ins_take(&all, "", 1, &taken));
	assert_int_equal(sign_in_approve(one, MEMBER, 1000, &world->error), 0);
	strcpy(code, one->code);
	/* It is answered, and its code works once. */
	assert_null(sign_ins_find(&all, id, 1));
	assert_true(sign_ins_take(&all, code, 1000, &taken));
	assert_string_equal(taken.member_id, MEMBER);
	assert_false(sign_ins_take(&all, code, 1000, &taken));
	one = sign_ins_add(&all, &facts, 0, &world->error);
	assert_int_equal(sign_in_approve(one, MEMBER, 0, &world->error), 0);
	strcpy(code, one->code);
	assert_false(sign_ins_take(&all, code, SIGN_IN_CODE_SECONDS * 1000LL, &taken));
	/* The oldest makes room. */
	one = sign_ins_add(&all, &facts, 0, &world->error);
	strcpy(id, one->id);
	for (int i = 0; i < SIGN_IN_ROOM; i++) {
		assert_non_null(sign_ins_find(&all, id, 1));
		sign_ins_add(&all, &facts, 1, &world->error);
	}
	assert_null(sign_ins_find(&all, id, 1));
	assert_int_equal(all.count, SIGN_IN_ROOM);
}

static void test_where_it_may_lead(void **state)
{
	static const struct {
		const char *uri;
		bool may;
	} rows[] = {
		{"http://localhost:3000", true},
		{"http://127.0.0.1:65535", true},
		{"http://localhost", false},
		{"http://localhost:", false},
		{"http://localhost:3000/", false},
		{"http://localhost:3000@evil.example", false},
		{"http://localhost:03000", false},
		{"http://localhost:300000", false},
		{"https://localhost:3000", false},
		{"http://localhost.evil.example:3000", false},
		{"http://evil.example:3000", false},
		{"javascript:alert(1)", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (sign_in_may_redirect(rows[i].uri) != rows[i].may)
			fail_msg("%s", rows[i].uri);
}

static void test_environment(void **state)
{
	static const struct {
		const char *variables, *codes;
	} rows[] = {
		{"{}", ""},
		{"{\"A\":\"1\",\"A_B9\":\" x \"}", ""},
		{"{\"a\":\"1\"}", "INVALID_KEY_FORMAT"},
		{"{\"_A\":\"1\"}", "INVALID_KEY_FORMAT"},
		{"{\"\":\"1\"}", "INVALID_KEY_FORMAT"},
		{"{\"A-B\":\"1\"}", "INVALID_KEY_FORMAT"},
		{"{\"ATTIO_X\":\"1\"}", "RESERVED_KEY_PREFIX"},
		{"{\"__ATTIO\":\"1\"}", "RESERVED_KEY_PREFIX"},
		{"{\"ATTIO\":\"1\"}", ""},
		{"{\"A\":\"\"}", "EMPTY_VALUE"},
		{"{\"a\":\" \\t\",\"ATTIO_\":\"1\"}",
		 "INVALID_KEY_FORMAT EMPTY_VALUE RESERVED_KEY_PREFIX"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		cJSON *variables = cJSON_Parse(rows[i].variables);
		struct buf out = {0}, codes = {0};
		cJSON *errors;
		const cJSON *item;
		bool wrong;

		wrong = environment_check(variables, &out);
		assert_int_equal(wrong, rows[i].codes[0] != '\0');
		buf_puts(&codes, "[");
		buf_add(&codes, out.ptr != NULL ? out.ptr : "", out.len);
		buf_puts(&codes, "]");
		errors = cJSON_Parse(buf_cstr(&codes));
		assert_non_null(errors);
		buf_clear(&codes);
		cJSON_ArrayForEach(item, errors)
		{
			assert_true(cJSON_IsString(cJSON_GetObjectItem(item, "message")));
			buf_printf(&codes, "%s%s", codes.len > 0 ? " " : "",
				   cJSON_GetStringValue(cJSON_GetObjectItem(item, "code")));
		}
		assert_string_equal(buf_cstr(&codes), rows[i].codes);
		cJSON_Delete(errors);
		cJSON_Delete(variables);
		buf_dispose(&out);
		buf_dispose(&codes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_who_is_let_in, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tokens, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_signed_urls, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sign_ins, set_up, tear_down),
		cmocka_unit_test(test_where_it_may_lead),
		cmocka_unit_test(test_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
