/* See fixing.h. Files are known by their path without links: a link and its file are changed once,
 * and it is the file that is written. */
#include "check/fixing.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "check/check.h"
#include "diag/fix.h"
#include "diag/patch.h"
#include "sys/fs.h"
#include "sys/path.h"

/* A text of the app and the file that it is; several texts may be one file. */
struct name {
	const char *real;
	const struct text *text;
};

struct round {
	struct arena *arena;
	const struct app *app;
	struct fixing *fixing;
	struct name *names; /* sorted by the file */
	size_t name_count;
	struct error *error;
};

/* A file that is staged, or standard input, need not be on the disk: then its nearest folder that
 * is counts. */
static const char *real_path(struct arena *arena, const struct app *app, const char *file)
{
	const char *at = path_join(arena, app->root, file), *rest = ".", *real;
	struct error ignored;

	while ((real = fs_real_path(arena, at, &ignored)) == NULL && strcmp(at, "/") != 0) {
		rest = path_join(arena, path_base(at), rest);
		at = path_dir(arena, at);
	}
	return real != NULL ? path_join(arena, real, rest) : NULL;
}

/* What npm installed is not the user's to change. An app may itself lie below a folder called
 * node_modules. */
static const char *file_key(void *user, const char *file)
{
	struct round *r = user;
	const char *real = real_path(r->arena, r->app, file);

	if (real == NULL ||
	    strstr(path_relative(r->arena, r->app->root, real), "node_modules/") != NULL)
		return NULL;
	return real;
}

/* --- one round ---------------------------------------------------------------------------------
 */

static struct fixed_file *fixed_file(struct fixing *fixing, const char *path)
{
	for (size_t i = 0; i < fixing->count; i++)
		if (strcmp(fixing->files[i].path, path) == 0)
			return &fixing->files[i];
	return NULL;
}

static struct fixed_file *add_file(struct round *r, const char *path, const struct text *text)
{
	struct fixed_file *file =
		arena_push(r->arena, &r->fixing->files, &r->fixing->count, sizeof(*file));
	char *copy = arena_alloc(r->arena, text->len + 1);

	memcpy(copy, text->bytes, text->len); /* the app will be closed */
	*file = (struct fixed_file){.path = path, .before = copy, .before_len = text->len};
	return file;
}

static void set_text(struct round *r, const char *path, const char *bytes, size_t len)
{
	struct overlay *texts = &r->fixing->texts;
	struct overlay_file *file = NULL;

	for (size_t i = 0; i < texts->count && file == NULL; i++)
		if (strcmp(texts->files[i].path, path) == 0)
			file = &texts->files[i];
	if (file == NULL)
		file = arena_push(r->arena, &texts->files, &texts->count, sizeof(*file));
	*file = (struct overlay_file){
		.path = arena_strdup(r->arena, path), .bytes = bytes, .len = len};
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(((const struct overlay_file *)a)->path,
		      ((const struct overlay_file *)b)->path);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct name *)a)->real, ((const struct name *)b)->real);
}

static void list_names(struct round *r)
{
	const struct map *texts = &r->app->texts.by_path;

	for (size_t i = 0; i < texts->count; i++) {
		const struct text *text = texts->entries[i].value;
		const char *real = real_path(r->arena, r->app, text->path);

		if (real == NULL)
			continue;
		struct name *name = arena_push(r->arena, &r->names, &r->name_count, sizeof(*name));
		*name = (struct name){.real = real, .text = text};
	}
	if (r->name_count > 0)
		qsort(r->names, r->name_count, sizeof(*r->names), compare_names);
}

/* The first name of the file, or the end of the list. */
static const struct name *first_name(const struct round *r, const char *real)
{
	size_t low = 0, high = r->name_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(r->names[middle].real, real) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return r->names + low;
}

/* Changes one file under all of its names. *changed is set when that makes a difference. */
static int apply_file(struct round *r, const struct fix_file *plan, bool *changed)
{
	const struct name *end = r->names + r->name_count, *name = first_name(r, plan->key);
	struct fixed_file *file = fixed_file(r->fixing, plan->key);
	size_t len;

	if (name == end || strcmp(name->real, plan->key) != 0)
		return 0; /* no text of the app: a rule would have to make it up */
	const struct text *text = name->text;
	const char *after = fix_apply(r->arena, text->bytes, text->len, plan, &len);
	if (after == NULL)
		return error_set(r->error, ERROR_INTERNAL, "the fix of a rule lies outside of `%s`",
				 text->path);
	if (file == NULL)
		file = add_file(r, plan->key, text);
	*changed = *changed || len != text->len || memcmp(after, text->bytes, len) != 0;
	file->after = after;
	file->after_len = len;
	for (; name != end && strcmp(name->real, plan->key) == 0; name++)
		set_text(r, name->text->path, after, len);
	return 0;
}

static size_t broken_modules(const struct app *app)
{
	size_t count = 0;

	for (size_t i = 0; i < app->module_count; i++)
		count += syntax_is_broken(&app->modules[i]->syntax);
	return count;
}

/* Copies what a round changes, so that the round can be taken back. */
static struct fixing copy_of(struct arena *arena, const struct fixing *fixing)
{
	struct fixing copy = {.fixed = fixing->fixed};

	for (size_t i = 0; i < fixing->count; i++) {
		struct fixed_file *file =
			arena_push(arena, &copy.files, &copy.count, sizeof(*file));
		*file = fixing->files[i];
	}
	for (size_t i = 0; i < fixing->texts.count; i++) {
		struct overlay_file *file =
			arena_push(arena, &copy.texts.files, &copy.texts.count, sizeof(*file));
		*file = fixing->texts.files[i];
	}
	return copy;
}

/* *again: something was repaired, so there may be more. */
static int run_round(struct arena *arena, struct check *check, bool unsafe, struct checked *checked,
		     struct fixing *fixing, bool *again, struct error *error)
{
	struct fixing next = copy_of(arena, fixing);
	struct round r = {.arena = arena, .app = &checked->app, .fixing = &next, .error = error};
	struct overlay *files = arena_alloc(arena, sizeof(*files)); /* the app borrows it */
	struct fix_plan plan;
	struct checked after;
	bool changed = false;

	*again = false;
	fix_plan(&plan, arena, &checked->findings, unsafe, file_key, &r);
	if (plan.file_count > 0)
		list_names(&r);
	for (size_t i = 0; i < plan.file_count; i++)
		if (apply_file(&r, &plan.files[i], &changed) != 0)
			return -1;
	if (!changed)
		return 0;
	qsort(next.texts.files, next.texts.count, sizeof(*next.texts.files), compare_texts);
	*files = next.texts;
	if (check_run(check, files, &after, error) != 0)
		return -1;
	if (broken_modules(&after.app) > broken_modules(&checked->app)) {
		checked_close(&after);
		fixing->left_out = true;
		return 0;
	}
	next.fixed += plan.fixed;
	checked_close(checked);
	*checked = after;
	*fixing = next;
	*again = true;
	return 0;
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct fixed_file *)a)->path, ((const struct fixed_file *)b)->path);
}

int fixing_run(struct fixing *fixing, struct arena *arena, struct check *check, bool unsafe,
	       struct checked *checked, struct error *error)
{
	const struct overlay *texts = check->files;
	bool again = true;

	*fixing = (struct fixing){0};
	for (size_t i = 0; texts != NULL && i < texts->count; i++) {
		struct overlay_file *file = arena_push(arena, &fixing->texts.files,
						       &fixing->texts.count, sizeof(*file));
		*file = texts->files[i];
	}
	for (int i = 0; i < FIXING_ROUNDS && again; i++)
		if (run_round(arena, check, unsafe, checked, fixing, &again, error) != 0)
			return -1;
	fixing->unsettled = again;
	if (fixing->count > 0)
		qsort(fixing->files, fixing->count, sizeof(*fixing->files), compare_files);
	return 0;
}

/* --- the outcome -------------------------------------------------------------------------------
 */

static bool is_changed(const struct fixed_file *file)
{
	return file->after_len != file->before_len ||
	       memcmp(file->after, file->before, file->after_len) != 0;
}

static int write_file(struct arena *arena, const struct fixed_file *file, struct error *error)
{
	char *now;
	size_t len;

	if (fs_read(arena, file->path, TEXT_LIMIT, &now, &len, error) != 0)
		return -1;
	if (len != file->before_len || memcmp(now, file->before, len) != 0) {
		error_set(error, ERROR_SYSTEM, "`%s` was changed while it was repaired",
			  file->path);
		return error_fix(error, "run `attio validate --fix` again");
	}
	return fs_rewrite(file->path, file->after, file->after_len, error);
}

int fixing_write(const struct fixing *fixing, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < fixing->count; i++)
		if (is_changed(&fixing->files[i]) &&
		    write_file(arena, &fixing->files[i], error) != 0)
			return -1;
	return 0;
}

void fixing_patch(const struct fixing *fixing, struct arena *arena, const char *root,
		  struct buf *out)
{
	for (size_t i = 0; i < fixing->count; i++) {
		const struct fixed_file *file = &fixing->files[i];

		patch_put(out, path_relative(arena, root, file->path), file->before,
			  file->before_len, file->after, file->after_len);
	}
}
