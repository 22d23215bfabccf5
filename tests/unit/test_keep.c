/* platform/keep, artifact, draft: what lies in the app's folder between two deploys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/mem.h"
#include "bundle/bundle.h"
#include "platform/artifact.h"
#include "platform/draft.h"
#include "platform/inventory.h"
#include "platform/keep.h"

#define TARGET "https://api.example"
#define TOKEN "t0ken"

static struct bundle items[] = {
	{.path = "index.js", .bytes = "client\n\0x", .len = 9},
	{.path = "server.js", .bytes = "", .len = 0},
	{.path = "workflow/b \"1\".js", .block = "b \"1\"", .bytes = "block", .len = 5},
};
static const struct bundles three = {.items = items, .count = 3};

static int set_up(void **state)
{
	struct app_folder *folder = mem_zalloc(1, sizeof(*folder));

	folder_init(folder);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	folder_dispose(*state);
	mem_free(*state);
	return 0;
}

static void test_packed_and_unpacked(void **state)
{
	struct app_folder *folder = *state;
	char sum[SHA256_TEXT_SIZE], other[SHA256_TEXT_SIZE];
	struct buf packed = {0};
	struct bundles again;
	struct error error;

	artifact_pack(&three, &packed);
	assert_int_equal(artifact_unpack(&again, folder->arena, packed.ptr, packed.len, &error), 0);
	assert_int_equal(again.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(again.items[i].path, items[i].path);
		assert_int_equal(again.items[i].len, items[i].len);
		if (items[i].len > 0)
			assert_memory_equal(again.items[i].bytes, items[i].bytes, items[i].len);
	}
	assert_string_equal(again.items[2].block, items[2].block);
	artifact_sum(&three, sum);
	artifact_sum(&again, other);
	assert_string_equal(sum, other);
	again.items[0].bytes = "client\n\0y";
	artifact_sum(&again, other);
	assert_string_not_equal(sum, other);
	for (size_t len = 0; len < packed.len; len++)
		assert_int_equal(artifact_unpack(&again, folder->arena, packed.ptr, len, &error),
				 -1);
	buf_dispose(&packed);
}

static void test_versions_are_bounded(void **state)
{
	struct app_folder *folder = *state;
	struct inventory inventory = {.arena = folder->arena};
	struct bundles found;
	struct deployed *versions;
	struct keep keep;
	struct error error = {0};
	size_t count;
	char first[SHA256_TEXT_SIZE], last[SHA256_TEXT_SIZE];

	assert_int_equal(keep_open(&keep, folder->arena, folder->root, &error), 0);
	for (int i = 0; i < KEEP_VERSIONS + 3; i++) {
		struct bundle one = {.path = "index.js",
				     .bytes = arena_printf(folder->arena, "%d", i)};
		const struct bundles bundles = {.items = &one, .count = 1};
		struct deployed deployed = {.target = TARGET,
					    .app_id = "a",
					    .slug = "app",
					    .major = 1,
					    .minor = i,
					    .artifact = last};

		one.len = strlen(one.bytes);
		artifact_sum(&bundles, last);
		if (i == 0)
			memcpy(first, last, sizeof(first));
		assert_int_equal(keep_artifact(&keep, last, &bundles, &inventory, &error), 0);
		assert_int_equal(keep_add(&keep, &deployed, &error), 0);
	}
	keep_versions(&keep, &versions, &count);
	assert_int_equal(count, KEEP_VERSIONS);
	assert_int_equal(versions[count - 1].minor, KEEP_VERSIONS + 2);
	assert_null(keep_version(versions, count, TARGET, "app", 1, 0));
	assert_null(keep_version(versions, count, "local", "app", 1, 5));
	assert_null(keep_version(versions, count, TARGET, "other", 1, 5));
	assert_non_null(keep_version(versions, count, TARGET, "app", 1, 5));
	assert_int_equal(keep_bundles(&keep, first, &found, &error), -1);
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	assert_int_equal(keep_bundles(&keep, last, &found, &error), 0);
	assert_int_equal(keep_inventory(&keep, last, &inventory, &error), 0);
	/* Bytes that have another sum are not that artifact. */
	folder_write(folder,
		     arena_printf(folder->arena, ".attio/deploy/artifacts/%s.artifact", last),
		     "attio artifact 1 []\n");
	assert_int_equal(keep_bundles(&keep, last, &found, &error), -1);
	assert_int_equal(keep_bundles(&keep, "../../x", &found, &error), -1);
	assert_int_equal(keep_inventory(&keep, "../../x", &inventory, &error), -1);
	keep_close(&keep);
}

static void test_one_at_a_time(void **state)
{
	struct app_folder *folder = *state;
	struct keep first, second;
	struct error error = {0};

	assert_int_equal(keep_open(&first, folder->arena, folder->root, &error), 0);
	assert_int_equal(keep_open(&second, folder->arena, folder->root, &error), -1);
	assert_int_equal(error.kind, ERROR_CONFLICT);
	keep_close(&second);
	keep_close(&first);
	assert_int_equal(keep_open(&second, folder->arena, folder->root, &error), 0);
	keep_close(&second);
}

static struct draft make_draft(void)
{
	static const char *blocks[] = {"b1", "b2"};
	static const char *urls[] = {"https://s.example/1?sig=hush",
				     "https://s.example/2?sig=hush"};

	return (struct draft){.stage = DRAFT_UPLOADING,
			      .artifact = "sum",
			      .at = "2026-01-01T00:00:00Z",
			      .blocks = blocks,
			      .block_count = 2,
			      .newest_major = 3,
			      .newest_minor = 6,
			      .version = {.major = 3,
					  .minor = 7,
					  .app_id = "a%2Fb",
					  .bundle_id = "b-1",
					  .client_url = "https://s.example/c?sig=hush",
					  .server_url = "https://s.example/s?sig=hush",
					  .block_urls = urls}};
}

static const char *draft_path(struct app_folder *folder)
{
	struct fs_entry *entries;
	struct error error;
	size_t count;
	const char *deploy = path_join(folder->arena, folder->root, ".attio/deploy");

	assert_int_equal(fs_list(folder->arena, deploy, &entries, &count, &error), 0);
	for (size_t i = 0; i < count; i++)
		if (strncmp(entries[i].name, "unfinished-", 11) == 0)
			return path_join(folder->arena, deploy, entries[i].name);
	return NULL;
}

static void test_draft_comes_back(void **state)
{
	struct app_folder *folder = *state;
	struct draft draft = make_draft();
	struct draft again;
	struct keep keep;
	struct error error = {0};
	struct stat info;
	char *text;
	size_t len;

	assert_int_equal(keep_open(&keep, folder->arena, folder->root, &error), 0);
	assert_int_equal(draft_write(&draft, &keep, TARGET, "app", TOKEN, &error), 0);
	draft_read(&again, &keep, TARGET, "app", TOKEN);
	assert_int_equal(again.stage, DRAFT_UPLOADING);
	assert_false(again.sealed);
	assert_int_equal(again.version.minor, 7);
	assert_int_equal(again.newest_minor, 6);
	assert_string_equal(again.version.app_id, "a%2Fb");
	assert_string_equal(again.version.server_url, draft.version.server_url);
	assert_string_equal(again.version.block_urls[1], draft.version.block_urls[1]);
	assert_string_equal(again.blocks[0], "b1");

	/* It is nobody else's, and tells nobody else anything. */
	draft_read(&again, &keep, TARGET, "app", "other");
	assert_true(again.sealed);
	assert_null(again.version.client_url);
	draft_read(&again, &keep, TARGET, "other", TOKEN);
	assert_int_equal(again.stage, DRAFT_NONE);
	assert_int_equal(stat(draft_path(folder), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(fs_read(folder->arena, draft_path(folder), 1 << 20, &text, &len, &error),
			 0);
	assert_null(strstr(text, "hush"));
	assert_null(strstr(text, "s.example"));
	assert_null(strstr(text, TOKEN));
	draft_remove(&keep, TARGET, "app");
	assert_null(draft_path(folder));
	keep_close(&keep);
}

/* A record that somebody has written by hand leads nowhere. */
static void test_bad_drafts(void **state)
{
	static const char *const bad[] = {
		"",
		"{}",
		"[1]",
		"{\"stage\":\"uploading\",\"artifact\":\"a\",\"at\":\"b\",\"newest_major\":0,"
		"\"newest_minor\":0,\"blocks\":[],\"major\":"
		"1,"
		"\"minor\":2,\"app_id\":\"../x\",\"bundle_id\":\"b\",\"sealed\":\"\"}",
		"{\"stage\":\"uploading\",\"artifact\":\"a\",\"at\":\"b\",\"newest_major\":0,"
		"\"newest_minor\":0,\"blocks\":[],\"major\":"
		"1,"
		"\"minor\":2,\"app_id\":\"a\",\"bundle_id\":\"b/../c\",\"sealed\":\"\"}",
		"{\"stage\":\"uploading\",\"artifact\":\"a\",\"at\":\"b\",\"newest_major\":0,"
		"\"newest_minor\":0,\"blocks\":[3],\"major\":"
		"1}",
		("{\"stage\":\"odd\",\"artifact\":\"a\",\"at\":\"b\",\"newest_major\":0,"
		 "\"newest_minor\":0,\"blocks\":[]}"),
	};
	struct app_folder *folder = *state;
	struct draft draft = make_draft();
	struct keep keep;
	struct error error = {0};
	const char *path;

	assert_int_equal(keep_open(&keep, folder->arena, folder->root, &error), 0);
	assert_int_equal(draft_write(&draft, &keep, TARGET, "app", TOKEN, &error), 0);
	path = path_relative(folder->arena, folder->root, draft_path(folder));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		folder_write(folder, path, bad[i]);
		draft_read(&draft, &keep, TARGET, "app", TOKEN);
		assert_int_equal(draft.stage, DRAFT_NONE);
	}
	keep_close(&keep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_packed_and_unpacked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_versions_are_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_one_at_a_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_draft_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_drafts, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
