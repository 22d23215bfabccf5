/* Starting libgit2, and what is said of its failures. It takes its memory through base/mem.h: by
 * itself some of its paths crash where there is none. */
#include "git/internal.h"

#include <git2/sys/alloc.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

int git_failed(struct error *error, const char *what, const char *folder)
{
	error_set(error, ERROR_SYSTEM, "cannot %s in `%s`", what, folder);
	const git_error *last = git_error_last();
	if (last != NULL && last->message != NULL)
		error_why(error, "%s", last->message);
	return error_fix(error, "run `git status` and `git fsck` there: they tell more");
}

/* libgit2 1.5 reports an owner that is not trusted as a missing setting, where git has none. */
static bool is_not_trusted(int code)
{
	const git_error *last = git_error_last();

	return code == GIT_EOWNER ||
	       (code == GIT_ENOTFOUND && last != NULL && last->klass == GIT_ERROR_CONFIG &&
		strstr(last->message, "safe.directory") != NULL);
}

bool git_is_absent(int code)
{
	return code == GIT_ENOTFOUND && !is_not_trusted(code);
}

int git_open_failed(int code, const char *folder, struct error *error)
{
	if (!is_not_trusted(code)) {
		git_failed(error, "open the git repository", folder);
		return error_fix(error, "run `git status` there: it tells more");
	}
	error_set(error, ERROR_SYSTEM, "the git repository of `%s` belongs to another user",
		  folder);
	error_why(error,
		  "its settings could run programs, so git wants to be told that it is trusted");
	return error_fix(error, "run `git config --global --add safe.directory FOLDER` with the "
				"repository's top folder");
}

const char *git_variable(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && *value != '\0' ? value : NULL;
}

static void *take(size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_alloc(size);
}

static void *take_again(void *ptr, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_realloc(ptr, size);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
#include <stdint.h>

/* Older versions want the rest, too. */
static void *take_zeroed(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_zalloc(count, size);
}

static char *copy(const char *text, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_strdup(text);
}

static char *copy_bytes(const char *text, size_t len, const char *file, int line)
{
	(void)file;
	(void)line;
	return mem_strndup(text, len);
}

static char *copy_up_to(const char *text, size_t len, const char *file, int line)
{
	return copy_bytes(text, strnlen(text, len), file, line);
}

static void *take_array_again(void *ptr, size_t count, size_t size, const char *file, int line)
{
	return size != 0 && count > SIZE_MAX / size ? NULL
						    : take_again(ptr, count * size, file, line);
}

static void *take_array(size_t count, size_t size, const char *file, int line)
{
	return take_array_again(NULL, count, size, file, line);
}
#endif

/* libgit2 refuses repositories with extensions that it does not know. These do not change what is
 * read here: sparse work trees are told by the index, a missing object has an error of its own,
 * work trees are found by the links that git keeps both ways, and nothing of ours removes an
 * object. */
static void accept_extensions(void)
{
	const char *names[] = {"worktreeconfig", "partialclone", "relativeworktrees",
			       "preciousobjects"};

	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, ARRAY_LEN(names));
}

int git_start(const char *folder, struct error *error)
{
	git_allocator memory = {
		.gmalloc = take,
		.grealloc = take_again,
		.gfree = mem_free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
		.gcalloc = take_zeroed,
		.gstrdup = copy,
		.gstrndup = copy_up_to,
		.gsubstrdup = copy_bytes,
		.greallocarray = take_array_again,
		.gmallocarray = take_array,
#endif
	};

	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &memory);
	if (git_libgit2_init() < 0)
		return git_failed(error, "start libgit2", folder);
	accept_extensions();
	return 0;
}
