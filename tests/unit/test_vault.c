/* platform/vault: the order of places, what is written where, and turns. The keychain itself is
 * asked in tests/keychain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/vault.h"
#include "sys/fs.h"
#include "sys/path.h"

struct world {
	struct arena *arena;
	char *root;
	struct vault vault;
	const char *warned;
	struct error error;
};

static void on_warning(void *context, const char *text)
{
	struct world *world = context;

	world->warned = arena_strdup(world->arena, text);
}

static int set_up(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-vault-", &world->root, &world->error) != 0)
		return -1;
	world->vault = (struct vault){
		.arena = arena,
		.own_file = path_join(arena, world->root, "config/attio/credential.json"),
		.warn = on_warning,
		.context = world,
	};
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	int result = fs_remove_tree(world->root, &world->error);

	arena_free(world->arena);
	return result;
}

static const char *put(struct world *world, const char *name, const char *text, unsigned mode)
{
	const char *path = path_join(world->arena, world->root, name);

	assert_int_equal(fs_write_atomic(path, text, strlen(text), mode, &world->error), 0);
	return path;
}

static void expect(struct world *world, enum vault_place place, const char *access)
{
	enum vault_place found;
	struct credential credential = {0};

	assert_int_equal(vault_read(&world->vault, &found, &credential, &world->error), 0);
	assert_int_equal(found, place);
	if (access != NULL)
		assert_string_equal(credential.access, access);
}

static void test_own_file(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;

	assert_string_equal(vault_own_file(arena, "/x", "/home/a", NULL),
			    "/x/attio/credential.json");
	assert_string_equal(vault_own_file(arena, "x", "/home/a", NULL),
			    "/home/a/.config/attio/credential.json");
	assert_string_equal(vault_own_file(arena, NULL, "/h", NULL),
			    "/h/.config/attio/credential.json");
	assert_string_equal(vault_own_file(arena, "/x", NULL, "http://[::1]:81"),
			    "/x/attio/http-[::1]:81.json");
	assert_string_equal(vault_own_file(arena, NULL, "/h", "https://a.example,http://localhost"),
			    "/h/.config/attio/https-a.example,http-localhost.json");
	assert_null(vault_own_file(arena, NULL, "h", NULL));
	assert_null(vault_own_file(arena, NULL, NULL, "http://h"));
}

static void test_order(void **state)
{
	struct world *world = *state;
	const struct credential credential = {"of-own", NULL, CREDENTIAL_NEVER, NULL};
	enum vault_place place;

	expect(world, VAULT_NOWHERE, NULL);
	assert_int_equal(world->error.kind, ERROR_AUTH);
	assert_int_equal(vault_keep(&world->vault, &credential, &place, &world->error), 0);
	assert_int_equal(place, VAULT_OWN_FILE);
	assert_non_null(strstr(world->warned, world->vault.own_file));
	assert_null(strstr(world->warned, "of-own"));
	expect(world, VAULT_OWN_FILE, "of-own");
	world->vault.token_file = put(world, "file", "of-file\n", 0600);
	expect(world, VAULT_TOKEN_FILE, "of-file");
	world->vault.given = "of-variable";
	expect(world, VAULT_GIVEN, "of-variable");
}

/* What is named and cannot be used is no reason to use another one. */
static void test_what_cannot_be_used(void **state)
{
	struct world *world = *state;
	struct credential credential;
	enum vault_place place;

	put(world, "file", "of-file", 0600);
	world->vault.token_file = path_join(world->arena, world->root, "missing");
	assert_int_equal(vault_read(&world->vault, &place, &credential, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_AUTH);
	world->vault.token_file = world->root;
	assert_int_equal(vault_read(&world->vault, &place, &credential, &world->error), -1);
	world->vault.token_file = put(world, "file", "two words", 0600);
	assert_int_equal(vault_read(&world->vault, &place, &credential, &world->error), -1);
	world->vault.given = "two words";
	assert_int_equal(vault_read(&world->vault, &place, &credential, &world->error), -1);
}

static mode_t mode_of(const char *path)
{
	struct stat info;

	assert_int_equal(stat(path, &info), 0);
	return info.st_mode & 0777;
}

static void test_replace(void **state)
{
	struct world *world = *state;
	const struct credential credential = {"new", "r", 5, "https://build.attio.com"};
	struct credential again;
	const char *folder = path_dir(world->arena, world->vault.own_file);
	mode_t before = umask(0);

	world->vault.token_file = put(world, "file", "old", 0640);
	assert_int_equal(vault_replace(&world->vault, VAULT_TOKEN_FILE, &credential, &world->error),
			 0);
	assert_int_equal(mode_of(world->vault.token_file), 0600);
	assert_true(vault_reread(&world->vault, VAULT_TOKEN_FILE, &again));
	assert_string_equal(again.refresh, "r");
	assert_string_equal(again.platform, credential.platform);
	assert_int_equal(vault_replace(&world->vault, VAULT_OWN_FILE, &credential, &world->error),
			 0);
	/* The official CLI's form. */
	assert_true(vault_reread(&world->vault, VAULT_OWN_FILE, &again));
	assert_null(again.platform);
	assert_int_equal(mode_of(world->vault.own_file), 0600);
	assert_int_equal(mode_of(folder), 0700);
	assert_int_equal(vault_replace(&world->vault, VAULT_GIVEN, &credential, &world->error), -1);
	assert_false(vault_reread(&world->vault, VAULT_GIVEN, &again));
	umask(before);
}

static void test_forget(void **state)
{
	struct world *world = *state;
	const struct credential credential = {"a", NULL, CREDENTIAL_NEVER, NULL};
	enum vault_place place;
	bool found;

	assert_int_equal(vault_keep(&world->vault, &credential, &place, &world->error), 0);
	assert_int_equal(vault_forget(&world->vault, &found, &world->error), 0);
	assert_true(found);
	assert_int_equal(vault_forget(&world->vault, &found, &world->error), 0);
	assert_false(found);
	expect(world, VAULT_NOWHERE, NULL);
}

static void test_no_home(void **state)
{
	struct world *world = *state;
	const struct credential credential = {"a", NULL, CREDENTIAL_NEVER, NULL};
	enum vault_place place;
	bool found;

	world->vault.own_file = NULL;
	expect(world, VAULT_NOWHERE, NULL);
	assert_int_equal(vault_keep(&world->vault, &credential, &place, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	assert_int_equal(vault_forget(&world->vault, &found, &world->error), 0);
	assert_int_equal(vault_turn(&world->vault, VAULT_KEYCHAIN), -1);
}

/* Another process adds to the number in the file, in its turn each time; so do we. */
static void test_turns(void **state)
{
	enum { ROUNDS = 50 };
	struct world *world = *state;
	struct credential credential = {"a", NULL, 0, NULL}, again;
	int status;
	pid_t pid;

	world->vault.token_file =
		put(world, "file", "{\"access_token\":\"a\",\"expires_at\":0}", 0600);
	pid = fork();
	for (int i = 0; i < ROUNDS; i++) {
		int turn = vault_turn(&world->vault, VAULT_TOKEN_FILE);

		if (turn < 0 || !vault_reread(&world->vault, VAULT_TOKEN_FILE, &again))
			break;
		credential.expires_at = again.expires_at + 1;
		if (vault_replace(&world->vault, VAULT_TOKEN_FILE, &credential, &world->error) != 0)
			break;
		close(turn);
	}
	if (pid == 0)
		_exit(0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(vault_reread(&world->vault, VAULT_TOKEN_FILE, &again));
	assert_int_equal(again.expires_at, 2 * ROUNDS);
}

/* A sign-in while the keychain was locked is not hidden by what the keychain had before. */
static void test_the_later_of_two(void **state)
{
	struct world *world = *state;
	const struct credential later = {"later", "r", 2000, NULL},
				sooner = {"sooner", "r", 500, NULL};

	world->vault.keychain.program =
		put(world, "keychain",
		    "#!/bin/sh\necho '{\"access_token\":\"kept\",\"refresh_token\":\"r\","
		    "\"token_type\":\"Bearer\",\"expires_at\":1000}'\n",
		    0700);
	expect(world, VAULT_KEYCHAIN, "kept");
	assert_int_equal(vault_replace(&world->vault, VAULT_OWN_FILE, &later, &world->error), 0);
	expect(world, VAULT_OWN_FILE, "later");
	assert_int_equal(vault_replace(&world->vault, VAULT_OWN_FILE, &sooner, &world->error), 0);
	expect(world, VAULT_KEYCHAIN, "kept");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_own_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_cannot_be_used, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_forget, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_home, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_turns, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_the_later_of_two, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
