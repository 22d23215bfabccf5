/* Files and folders, in a temporary folder of each test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"

struct sandbox {
	struct arena *arena;
	char *root;
};

static int set_up(void **state)
{
	struct error error;
	struct sandbox *box = mem_zalloc(1, sizeof(*box));
	box->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(box->arena, "/tmp/attio-fs-", &box->root, &error), 0);
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct error error;
	struct sandbox *box = *state;
	assert_int_equal(fs_remove_tree(box->root, &error), 0);
	assert_int_equal(fs_type(box->root), FS_NONE);
	arena_free(box->arena);
	mem_free(box);
	return 0;
}

static const char *in(struct sandbox *box, const char *path)
{
	return path_join(box->arena, box->root, path);
}

static void write_file(struct sandbox *box, const char *path, const char *text)
{
	struct error error;
	assert_int_equal(fs_write_atomic(in(box, path), text, strlen(text), 0644, &error), 0);
}

static const char *read_file(struct sandbox *box, const char *path)
{
	struct error error;
	char *text;
	size_t len;
	if (fs_read(box->arena, in(box, path), 1 << 20, &text, &len, &error) != 0)
		return NULL;
	assert_int_equal(text[len], '\0');
	return text;
}

static size_t entry_count(struct sandbox *box, const char *path)
{
	struct error error;
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(box->arena, in(box, path), &entries, &count, &error), 0);
	return count;
}

static void test_round_trip(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	static const size_t sizes[] = {0, 1, 4095, 300000, 65536, 65537, 7};
	struct buf again = {0};
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		char *data = mem_alloc(sizes[i]);
		for (size_t j = 0; j < sizes[i]; j++)
			data[j] = (char)(j * 31 >> 3);
		const char *path = in(box, "file.bin");
		assert_int_equal(fs_write_atomic(path, data, sizes[i], 0640, &error), 0);
		char *text;
		size_t len;
		assert_int_equal(fs_read(box->arena, path, sizes[i], &text, &len, &error), 0);
		assert_int_equal(len, sizes[i]);
		assert_memory_equal(text, data, len);
		assert_int_equal(fs_read_again(&again, path, sizes[i], &error), 0);
		assert_int_equal(again.len, sizes[i]);
		assert_memory_equal(buf_cstr(&again), data, len);
		mem_free(data);
	}
	buf_dispose(&again);
	struct stat st;
	assert_int_equal(stat(in(box, "file.bin"), &st), 0);
	assert_int_equal(st.st_mode & 0777 & ~0640u, 0);
	assert_int_equal(entry_count(box, "."), 1); /* no temporary file stays */
}

static void test_read_refuses(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	write_file(box, "big", "12345");
	assert_int_equal(mkdir(in(box, "dir"), 0755), 0);
	assert_int_equal(mkfifo(in(box, "pipe"), 0600), 0);
	assert_int_equal(symlink("loop", in(box, "loop")), 0);
	static const struct {
		const char *path, *why;
	} rows[] = {
		{"none", "no such file or directory"},
		{"big", "it is larger than the limit of 4 bytes"},
		{"dir", "it is a folder"},
		{"pipe", "it is not a regular file"},
		{"loop", "symbolic links form a loop"},
		{"big/x", "not a directory"},
	};
	struct buf again = {0};
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		const char *path = rows[i / 2].path;
		char *text;
		size_t len;
		int result = i % 2 ? fs_read_again(&again, in(box, path), 4, &error)
				   : fs_read(box->arena, in(box, path), 4, &text, &len, &error);
		assert_int_equal(result, -1);
		assert_int_equal(error.kind, ERROR_SYSTEM);
		assert_string_equal(error.why, rows[i / 2].why);
		assert_non_null(strstr(error.message, path));
	}
	buf_dispose(&again);
}

/* A cache makes its folders, replaces as a whole, and says nothing when it cannot be written. */
static void test_cache(void **state)
{
	struct sandbox *box = *state;
	fs_write_cache(in(box, "a/b/cache"), "one", 3);
	assert_string_equal(read_file(box, "a/b/cache"), "one");
	fs_write_cache(in(box, "a/b/cache"), "two", 3);
	assert_string_equal(read_file(box, "a/b/cache"), "two");
	fs_write_cache(in(box, "a/b/cache/c"), "three", 5);
	assert_string_equal(read_file(box, "a/b/cache"), "two");
	assert_int_equal(entry_count(box, "a/b"), 1);
}

#ifdef __linux__
/* Files that do not tell their size are read to their end all the same. */
static void test_read_without_size(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	char *text;
	size_t len;
	assert_int_equal(fs_read(box->arena, "/proc/self/status", 1 << 20, &text, &len, &error), 0);
	assert_true(len > 0 && text[len - 1] == '\n');
	assert_int_equal(fs_read(box->arena, "/proc/self/status", 10, &text, &len, &error), -1);
}
#endif

/* A failed write keeps the old content and leaves nothing behind. */
static void test_write_failure_keeps_old(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	write_file(box, "kept", "old");
	struct rlimit old, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 1000;
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	char *data = mem_zalloc(1, 5000);
	int result = fs_write_atomic(in(box, "kept"), data, 5000, 0644, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, handler);
	mem_free(data);
	assert_int_equal(result, -1);
	assert_non_null(strstr(error.message, "kept"));
	assert_non_null(strstr(error.fix, "free space"));
	assert_string_equal(read_file(box, "kept"), "old");
	assert_int_equal(entry_count(box, "."), 1);

	assert_int_equal(mkdir(in(box, "dir"), 0755), 0);
	assert_int_equal(fs_write_atomic(in(box, "dir"), "x", 1, 0644, &error), -1);
	assert_int_equal(fs_write_atomic(in(box, "no/where"), "x", 1, 0644, &error), -1);
	assert_string_equal(error.why, "no such file or directory");
	assert_int_equal(entry_count(box, "."), 2);
}

/* Is killed in the middle of writing `path`. */
static void be_killed(const char *path)
{
	const struct rlimit small = {1000, 1000};
	struct error error;
	int status;
	pid_t child = fork();

	if (child == 0) {
		char *data = mem_zalloc(1, 5000);

		signal(SIGXFSZ, SIG_DFL);
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		setrlimit(RLIMIT_FSIZE, &small);
		fs_write_atomic(path, data, 5000, 0644, &error);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

/* The next write takes it away, but not what somebody else is writing at that moment. */
static void test_left_behind(void **state)
{
	struct sandbox *box = *state;
	struct fs_entry *entries;
	struct error error;
	size_t count;

	be_killed(in(box, "file"));
	assert_int_equal(entry_count(box, "."), 1);
	assert_int_equal(fs_write_atomic(in(box, "file"), "x", 1, 0644, &error), 0);
	assert_int_equal(entry_count(box, "."), 1);
	assert_string_equal(read_file(box, "file"), "x");

	be_killed(in(box, "file"));
	assert_int_equal(fs_list(box->arena, in(box, "."), &entries, &count, &error), 0);
	assert_int_equal(count, 2);
	int other = open(in(box, entries[0].name), O_RDWR);
	assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);
	assert_int_equal(fs_write_atomic(in(box, "file"), "y", 1, 0644, &error), 0);
	assert_int_equal(entry_count(box, "."), 2);
	assert_string_equal(read_file(box, "file"), "y");
	close(other);
	assert_int_equal(fs_write_derived(in(box, "file"), "z", 1, &error), 0);
	assert_int_equal(entry_count(box, "."), 1);
}

static void test_make_dirs(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	assert_int_equal(fs_make_dirs(in(box, "a/b/c"), &error), 0);
	assert_int_equal(fs_type(in(box, "a/b/c")), FS_DIR);
	assert_int_equal(fs_make_dirs(in(box, "a/b/c"), &error), 0);
	write_file(box, "a/file", "x");
	static const char *const blocked[] = {"a/file", "a/file/b", "a/file/b/c"};
	for (size_t i = 0; i < ARRAY_LEN(blocked); i++) {
		assert_int_equal(fs_make_dirs(in(box, blocked[i]), &error), -1);
		assert_non_null(strstr(error.why, "a/file`"));
	}
	/* A link to a folder counts as one. */
	assert_int_equal(symlink("a", in(box, "link")), 0);
	assert_int_equal(fs_make_dirs(in(box, "link/d"), &error), 0);
	assert_int_equal(fs_type(in(box, "a/d")), FS_DIR);
}

static void test_remove_tree_spares_linked(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	assert_int_equal(fs_make_dirs(in(box, "keep/sub"), &error), 0);
	write_file(box, "keep/sub/file", "x");
	assert_int_equal(fs_make_dirs(in(box, "tree/a/b"), &error), 0);
	for (int i = 0; i < 300; i++)
		write_file(box, arena_printf(box->arena, "tree/a/b/%d", i), "x");
	assert_int_equal(symlink("../../keep", in(box, "tree/a/link")), 0);
	assert_int_equal(symlink("nowhere", in(box, "tree/dangling")), 0);
	assert_int_equal(fs_remove_tree(in(box, "tree"), &error), 0);
	assert_int_equal(fs_type(in(box, "tree")), FS_NONE);
	assert_string_equal(read_file(box, "keep/sub/file"), "x");
	assert_int_equal(symlink("keep", in(box, "link")), 0);
	assert_int_equal(fs_remove_tree(in(box, "link"), &error), 0);
	assert_string_equal(read_file(box, "keep/sub/file"), "x");
	assert_int_equal(fs_remove_tree(in(box, "missing"), &error), 0);
	assert_int_equal(fs_remove_tree(in(box, "keep/sub/file"), &error), 0);
	assert_int_equal(entry_count(box, "keep/sub"), 0);
}

static void test_replace_dir(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	for (int round = 0; round < 3; round++) {
		const char *mark = round == 0 ? "one" : round == 1 ? "two" : "three";
		assert_int_equal(fs_make_dirs(in(box, "new"), &error), 0);
		write_file(box, "new/mark", mark);
		write_file(box, arena_printf(box->arena, "new/only-%s", mark), "x");
		assert_int_equal(fs_replace_dir(in(box, "new"), in(box, "dist"), &error), 0);
		assert_string_equal(read_file(box, "dist/mark"), mark);
		assert_int_equal(entry_count(box, "dist"), 2);
		assert_int_equal(entry_count(box, "."), 1);
	}
	assert_int_equal(fs_make_dirs(in(box, "new"), &error), 0);
	write_file(box, "file", "precious");
	assert_int_equal(fs_replace_dir(in(box, "new"), in(box, "file"), &error), -1);
	assert_non_null(strstr(error.fix, "file"));
	assert_string_equal(read_file(box, "file"), "precious");
	assert_int_equal(fs_replace_dir(in(box, "absent"), in(box, "dist"), &error), -1);
	assert_string_equal(read_file(box, "dist/mark"), "three");
}

/* A folder cannot take the place of one inside it: the renames fail half-way and are undone. */
static void test_replace_dir_puts_old_back(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	assert_int_equal(fs_make_dirs(in(box, "new/dist"), &error), 0);
	write_file(box, "new/dist/mark", "old");
	assert_int_equal(fs_replace_dir(in(box, "new"), in(box, "new/dist"), &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(read_file(box, "new/dist/mark"), "old");
	assert_int_equal(entry_count(box, "new"), 1);
}

static void test_list(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	write_file(box, "b.ts", "");
	write_file(box, ".hidden", "");
	write_file(box, "B.ts", "");
	assert_int_equal(mkdir(in(box, "a"), 0755), 0);
	assert_int_equal(symlink("a", in(box, "to-dir")), 0);
	assert_int_equal(symlink("b.ts", in(box, "to-file")), 0);
	assert_int_equal(symlink("gone", in(box, "to-gone")), 0);
	assert_int_equal(mkfifo(in(box, "pipe"), 0600), 0);
	static const struct fs_entry expected[] = {
		{".hidden", FS_FILE, false}, {"B.ts", FS_FILE, false},   {"a", FS_DIR, false},
		{"b.ts", FS_FILE, false},    {"pipe", FS_OTHER, false},  {"to-dir", FS_DIR, true},
		{"to-file", FS_FILE, true},  {"to-gone", FS_NONE, true},
	};
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(box->arena, box->root, &entries, &count, &error), 0);
	assert_int_equal(count, ARRAY_LEN(expected));
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(entries[i].name, expected[i].name);
		assert_int_equal(entries[i].type, expected[i].type);
		assert_int_equal(entries[i].link, expected[i].link);
	}
	assert_int_equal(fs_list(box->arena, in(box, "a"), &entries, &count, &error), 0);
	assert_int_equal(count, 0);
	assert_int_equal(fs_list(box->arena, in(box, "none"), &entries, &count, &error), -1);
	assert_int_equal(fs_list(box->arena, in(box, "b.ts"), &entries, &count, &error), -1);
}

static void test_real_path(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	const char *root = fs_real_path(box->arena, box->root, &error);
	assert_non_null(root);
	assert_int_equal(mkdir(in(box, "a"), 0755), 0);
	assert_int_equal(symlink("a", in(box, "link")), 0);
	assert_string_equal(fs_real_path(box->arena, in(box, "link"), &error),
			    path_join(box->arena, root, "a"));
	assert_null(fs_real_path(box->arena, in(box, "none"), &error));
	char *before = fs_cwd(box->arena, &error);
	assert_int_equal(chdir(in(box, "a")), 0);
	assert_string_equal(fs_cwd(box->arena, &error), path_join(box->arena, root, "a"));
	assert_int_equal(rmdir(in(box, "a")), 0);
	assert_null(fs_cwd(box->arena, &error));
	assert_int_equal(chdir(before), 0);
}

static void test_esbuild_override(void **state)
{
	struct sandbox *box = *state;
	struct error error;
	char *path;
	write_file(box, "tool", "#!/bin/sh\n");
	const char *tool = in(box, "tool");
	static const char *const whys[] = {"does not exist", "is not executable",
					   "is not executable"};
	const char *const wrong[] = {in(box, "none"), tool, box->root};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(install_esbuild(box->arena, wrong[i], &path, &error), -1);
		assert_int_equal(error.kind, ERROR_TOOL);
		assert_non_null(strstr(error.message, "`ESBUILD_BINARY_PATH`"));
		assert_true(str_ends(error.why, whys[i]));
	}
	assert_int_equal(chmod(tool, 0755), 0);
	assert_int_equal(install_esbuild(box->arena, tool, &path, &error), 0);
	assert_string_equal(path, fs_real_path(box->arena, tool, &error));
}

static void test_rewrite_keeps_mode_and_links(void **state)
{
	struct sandbox *box = *state;
	struct error error = {0};
	struct stat st;

	write_file(box, "real", "old");
	assert_int_equal(chmod(in(box, "real"), 0640), 0);
	assert_int_equal(symlink("real", in(box, "link")), 0);
	assert_int_equal(fs_rewrite(in(box, "link"), "new!", 4, &error), 0);
	assert_string_equal(read_file(box, "real"), "new!");
	assert_int_equal(lstat(in(box, "link"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(in(box, "real"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(fs_rewrite(in(box, "none"), "x", 1, &error), -1);
	assert_int_equal(fs_type(in(box, "none")), FS_NONE);
}

static void test_streams(void **state)
{
	struct sandbox *box = *state;
	struct error error = {0};
	char *text;
	size_t len;
	int ends[2];

	for (int over = 0; over < 2; over++) {
		assert_int_equal(pipe(ends), 0);
		assert_int_equal(write(ends[1], "a\0b", 3), 3);
		close(ends[1]);
		int result = fs_read_stream(box->arena, ends[0], "pipe", over ? 2 : 3, &text, &len,
					    &error);
		close(ends[0]);
		assert_int_equal(result, over ? -1 : 0);
		assert_int_equal(len, 3);
		assert_memory_equal(text, "a\0b", 4);
	}
	assert_string_equal(error.message, "cannot read `pipe`");
}

static void test_hold(void **state)
{
	struct sandbox *box = *state;
	const char *path = in(box, "made");
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600), other;

	assert_true(fs_hold(fd, path));
	other = open(path, O_RDWR);
	assert_int_equal(flock(other, LOCK_EX | LOCK_NB), -1);
	close(other);
	close(fd);
	/* Of another one of that name the lock says nothing. */
	fd = open(path, O_RDWR);
	unlink(path);
	assert_false(fs_hold(fd, path));
	other = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	assert_false(fs_hold(fd, path));
	assert_true(fs_hold(other, path));
	close(other);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rewrite_keeps_mode_and_links, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_streams, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_read_refuses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cache, set_up, tear_down),
#ifdef __linux__
		cmocka_unit_test_setup_teardown(test_read_without_size, set_up, tear_down),
#endif
		cmocka_unit_test_setup_teardown(test_write_failure_keeps_old, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_left_behind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_make_dirs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_remove_tree_spares_linked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replace_dir, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_replace_dir_puts_old_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_real_path, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_esbuild_override, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
