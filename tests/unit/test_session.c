/* platform/session: when a credential is renewed, what is kept, and what a signer gives to calls.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/session.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "tests/unit/canned.h"

#define ANSWER(body) "HTTP/1.1 200 OK\r\n\r\n" body
#define RENEWED(life)                                                                              \
	ANSWER("{\"access_token\":\"new\",\"refresh_token\":\"r2\",\"token_type\":\"Bearer\","     \
	       "\"expires_in\":" life "}")
#define REFUSED "HTTP/1.1 400 X\r\n\r\n{\"error\":\"invalid_grant\"}"

struct world {
	struct canned server;
	struct canned_reply reply;
	struct arena *arena;
	char *root;
	struct addresses addresses;
	struct identity identity;
	struct vault vault;
	struct session session;
	int warnings;
	struct error error;
};

static void on_warning(void *context, const char *text)
{
	struct world *world = context;

	(void)text;
	world->warnings++;
}

/* A vault whose token file holds "old" with so much left. */
static void world_start(struct world *world, const char *reply, long long left, bool renewable)
{
	const struct http_retry retry = {.tries = 1};
	struct addresses_wanted wanted = {0};
	struct credential old = {"old", renewable ? "r1" : NULL, credential_now() + left, NULL};
	struct buf line = {0};

	memset(world, 0, sizeof(*world));
	world->reply.bytes = reply;
	canned_start(&world->server, &world->reply, 1);
	world->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(world->arena, "/tmp/attio-test-session-", &world->root,
					  &world->error),
			 0);
	wanted.api = arena_printf(world->arena, "http://127.0.0.1:%d/api", world->server.port);
	assert_int_equal(addresses_choose(world->arena, &wanted, &world->addresses, &world->error),
			 0);
	world->identity = (struct identity){.arena = world->arena,
					    .client = http_client_new(5, &world->error),
					    .addresses = &world->addresses};
	http_client_set_retry(world->identity.client, &retry);
	world->vault = (struct vault){
		.arena = world->arena,
		.token_file = path_join(world->arena, world->root, "token"),
		.warn = on_warning,
		.context = world,
	};
	credential_put(&line, &old);
	assert_int_equal(
		fs_write_atomic(world->vault.token_file, line.ptr, line.len, 0600, &world->error),
		0);
	buf_dispose(&line);
}

static void world_stop(struct world *world)
{
	canned_stop(&world->server);
	http_client_free(world->identity.client);
	assert_int_equal(fs_remove_tree(world->root, &world->error), 0);
	arena_free(world->arena);
}

static size_t asked(struct world *world)
{
	return atomic_load(&world->server.served);
}

static int start(struct world *world)
{
	return session_open(&world->session, &world->vault, &world->identity, &world->error);
}

static const char *stored(struct world *world)
{
	struct credential credential;

	assert_true(vault_reread(&world->vault, VAULT_TOKEN_FILE, &credential));
	return credential.access;
}

static void test_when_it_is_renewed(void **state)
{
	static const struct {
		long long left;
		bool renewable;
		const char *reply;
		const char *token; /* that the session has; NULL: it does not open */
		size_t asked;
		int warnings;
	} rows[] = {
		{330000, true, RENEWED("3600"), "old", 0, 0},
		{299000, true, RENEWED("3600"), "new", 1, 0},
		{-99000, true, RENEWED("3600"), "new", 1, 0},
		{299000, true, RENEWED("20"), "new", 1, 0},
		{60000, false, REFUSED, "old", 0, 0},
		{-1000, false, REFUSED, NULL, 0, 0},
		{60000, true, REFUSED, "old", 1, 1},
		{-1000, true, REFUSED, NULL, 1, 0},
		{60000, true, ANSWER("{}"), "old", 1, 1},
		{-1000, true, ANSWER("{}"), NULL, 1, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct world world;

		world_start(&world, rows[i].reply, rows[i].left, rows[i].renewable);
		assert_int_equal(start(&world), rows[i].token != NULL ? 0 : -1);
		if (rows[i].token != NULL)
			assert_string_equal(world.session.credential.access, rows[i].token);
		assert_string_equal(stored(&world), rows[i].token != NULL ? rows[i].token : "old");
		assert_int_equal(asked(&world), rows[i].asked);
		assert_int_equal(world.warnings, rows[i].warnings);
		world_stop(&world);
	}
}

static const char *give(struct world *world, bool refused)
{
	const struct signer signer = session_signer(&world->session);
	const char *token = NULL;

	if (signer.token(signer.context, refused, &token, &world->error) != 0)
		return NULL;
	return token;
}

/* One that lives for seconds only is not renewed before each call. */
static void test_a_short_life(void **state)
{
	struct world world;

	(void)state;
	world_start(&world, RENEWED("60"), 1000, true);
	assert_int_equal(start(&world), 0);
	for (int i = 0; i < 3; i++)
		assert_string_equal(give(&world, false), "new");
	assert_int_equal(asked(&world), 1);
	world_stop(&world);
}

/* A refused token is renewed once; what is refused after that stays, and is known by its pointer.
 */
static void test_a_refused_token(void **state)
{
	struct world world;
	const char *first;

	(void)state;
	world_start(&world, RENEWED("3600"), 3600000, true);
	assert_int_equal(start(&world), 0);
	assert_string_equal(give(&world, false), "old");
	first = give(&world, true);
	assert_string_equal(first, "new");
	assert_ptr_equal(give(&world, true), first);
	assert_int_equal(asked(&world), 1);
	assert_string_equal(stored(&world), "new");
	world_stop(&world);
	world_start(&world, RENEWED("3600"), 3600000, false);
	assert_int_equal(start(&world), 0);
	first = give(&world, false);
	assert_ptr_equal(give(&world, true), first);
	assert_int_equal(asked(&world), 0);
	world_stop(&world);
}

/* Another process was quicker: what it stored is taken, and nobody is asked. */
static void test_somebody_was_quicker(void **state)
{
	const struct credential theirs = {"theirs", "r9", credential_now() + 3600000, NULL};
	struct world world;

	(void)state;
	world_start(&world, REFUSED, 3600000, true);
	assert_int_equal(start(&world), 0);
	assert_int_equal(vault_replace(&world.vault, VAULT_TOKEN_FILE, &theirs, &world.error), 0);
	assert_string_equal(give(&world, true), "theirs");
	assert_int_equal(asked(&world), 0);
	world_stop(&world);
}

/* After a failure the platform is left alone for a while. */
static void test_a_failure_is_not_repeated(void **state)
{
	struct world world;

	(void)state;
	world_start(&world, ANSWER("{}"), 60000, true);
	assert_int_equal(start(&world), 0);
	for (int i = 0; i < 3; i++)
		assert_string_equal(give(&world, false), "old");
	assert_int_equal(asked(&world), 1);
	assert_int_equal(world.warnings, 1);
	world_stop(&world);
}

/* A renewer that gives this answer, and counts. */
struct renewer_world {
	int answer;
	int asked;
	enum vault_place place;
};

static int on_renew(void *context, enum vault_place place, const struct credential *old,
		    const struct http_watch *watch, struct credential *credential,
		    struct error *error)
{
	struct renewer_world *renewer = context;

	assert_string_equal(old->refresh, "r1");
	assert_non_null(watch->stop);
	renewer->asked++;
	renewer->place = place;
	*credential = (struct credential){"from-renewer", "r2", credential_now() + 3600000, NULL};
	if (renewer->answer < 0)
		error_set(error, ERROR_NETWORK, "no");
	return renewer->answer;
}

/* What can be written back is renewed by the renewer, where it can; a failure of its is one of
 * ours. */
static void test_by_a_renewer(void **state)
{
	static const struct {
		int answer;
		const char *token;
		size_t asked;
		int warnings;
	} rows[] = {{0, "from-renewer", 0, 0}, {1, "new", 1, 0}, {-1, "old", 0, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct renewer_world renewer = {.answer = rows[i].answer};
		struct world world;

		world_start(&world, RENEWED("3600"), 60000, true);
		world.identity.renewer = (struct renewer){on_renew, &renewer};
		assert_int_equal(start(&world), 0);
		assert_string_equal(give(&world, false), rows[i].token);
		assert_int_equal(renewer.asked, 1);
		assert_int_equal(renewer.place, VAULT_TOKEN_FILE);
		assert_int_equal(asked(&world), rows[i].asked);
		assert_int_equal(world.warnings, rows[i].warnings);
		world_stop(&world);
	}
}

/* What came with ATTIO_TOKEN cannot be written back: no other process is asked. */
static void test_a_given_one_is_our_own_matter(void **state)
{
	struct renewer_world renewer = {0};
	struct world world;

	(void)state;
	world_start(&world, RENEWED("3600"), 60000, true);
	world.identity.renewer = (struct renewer){on_renew, &renewer};
	world.vault.given = arena_printf(world.arena,
					 "{\"access_token\":\"old\",\"refresh_token\":\"r1\","
					 "\"token_type\":\"Bearer\",\"expires_at\":%lld}",
					 credential_now() - 1000);
	assert_int_equal(start(&world), 0);
	assert_string_equal(give(&world, false), "new");
	assert_int_equal(renewer.asked, 0);
	world_stop(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_when_it_is_renewed),
		cmocka_unit_test(test_a_short_life),
		cmocka_unit_test(test_a_refused_token),
		cmocka_unit_test(test_somebody_was_quicker),
		cmocka_unit_test(test_a_failure_is_not_repeated),
		cmocka_unit_test(test_by_a_renewer),
		cmocka_unit_test(test_a_given_one_is_our_own_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
