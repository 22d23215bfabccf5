/* See check.h. */
#include "check/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "check/causes.h"
#include "check/selection.h"
#include "check/suppressions.h"
#include "rules/rules.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

bool check_asks(const struct check_request *request, const char *file)
{
	for (size_t i = 0; i < request->path_count; i++)
		if (file != NULL && path_is_under(file, request->paths[i]))
			return true;
	return request->path_count == 0;
}

/* --- the request -------------------------------------------------------------------------------
 */

static int read_words(struct selection *selection, bool select, const char *const *list,
		      struct error *error)
{
	for (; list != NULL && *list != NULL; list++)
		if (selection_add(selection, select, select ? "--select" : "--ignore", *list,
				  error) != 0)
			return -1;
	return 0;
}

static int choose(const struct check *check, struct selection *selection, struct error *error)
{
	selection_init(selection, check->arena);
	if (read_words(selection, true, check->request->select, error) != 0)
		return -1;
	return read_words(selection, false, check->request->ignore, error);
}

static int read_baseline(struct check *check, struct error *error)
{
	const struct check_request *request = check->request;
	const char *name = request->baseline_name;
	char *text;
	size_t len;

	if (request->baseline == NULL)
		return 0;
	if (bounds_may_read(request->root, request->baseline, error) == 0 &&
	    fs_read(check->arena, request->baseline, TEXT_LIMIT, &text, &len, error) == 0)
		return baseline_parse(&check->baseline, check->arena, text, len, name, error);
	if (error->shortage)
		return -1;
	error_set(error, ERROR_USAGE, "cannot read the baseline `%s`%s%s", name,
		  error->why[0] != '\0' ? ": " : "", error->why);
	return error_fix(error, "`attio validate --write-baseline=%s` makes it", name);
}

/* The changes, and whether git tracks what it should not; the latter only where a finding about
 * that would be reported. */
static int ask_git(struct check *check, struct error *error)
{
	const struct check_request *request = check->request;
	bool asks = false;

	if (request->git == NULL)
		return request->since == NULL && !request->staged
			       ? 0
			       : error_set(error, ERROR_INTERNAL, "git is needed and not there");
	if (request->since != NULL || request->staged) {
		if (request->git->changed_files(request->root, request->since, check->arena,
						&check->changes, error) != 0)
			return -1;
		check->files = &check->changes.now;
	}
	for (const char *const *name = app_private_files; *name != NULL; name++)
		asks = asks || check_asks(request, *name);
	if (asks && request->git->tracked_files(request->root, app_private_files, check->arena,
						&check->tracked, &check->untold) != 0)
		check->tracked = NULL;
	return 0;
}

int check_open(struct check *check, const struct check_request *request, struct error *error)
{
	struct selection selection;

	*check = (struct check){.request = request, .arena = arena_new(), .files = request->files};
	if (choose(check, &selection, error) != 0 || read_baseline(check, error) != 0)
		return -1;
	return ask_git(check, error);
}

void check_close(struct check *check)
{
	arena_free(check->arena);
	*check = (struct check){0};
}

void checked_close(struct checked *checked)
{
	app_close(&checked->app);
	*checked = (struct checked){0};
}

/* --- what is kept ------------------------------------------------------------------------------
 */

/* Of `diags` what is selected and asked for. */
static void keep(const struct check_request *request, const struct selection *selection,
		 struct diags *diags)
{
	struct diags kept = {.arena = diags->arena};

	for (size_t i = 0; i < diags->count; i++) {
		struct diags one = {.items = &diags->items[i], .count = 1};

		one.items->severity = selection_severity(selection, one.items);
		if (one.items->severity != SEVERITY_OFF &&
		    check_asks(request, one.items->place.file))
			diags_append(&kept, &one);
	}
	*diags = kept;
}

/* Takes out what `known` records, and returns how many that were. */
static size_t leave_out(struct checked *checked, struct baseline *known)
{
	struct diags kept = {.arena = checked->app.arena};
	size_t count = checked->findings.count;

	if (known->count == 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		struct diags one = {.items = &checked->findings.items[i], .count = 1};

		if (!baseline_take(known, one.items, &checked->app.texts))
			diags_append(&kept, &one);
	}
	checked->findings = kept;
	return count - kept.count;
}

static int open_app(const struct check *check, const struct overlay *files, struct checked *checked,
		    struct error *error)
{
	const struct app_options options = {
		.files = files,
		.cache = check->request->cache,
		.sources = check->request->sources,
		.tracked = check->tracked,
		.judge = check->request->judge,
	};

	*checked = (struct checked){0};
	if (app_open(&checked->app, check->request->root, &options, error) != 0)
		return -1;
	checked->findings.arena = checked->app.arena;
	if (options.judge != NULL)
		app_judge(&checked->app, options.judge);
	return 0;
}

static void find(const struct check_request *request, const struct selection *selection,
		 struct checked *checked)
{
	struct diags suppressed = {.arena = checked->app.arena};

	rules_run(&checked->app, &checked->app.texts, &checked->findings);
	suppressions_apply(&checked->app, &checked->app.texts, &checked->findings, &suppressed);
	keep(request, selection, &suppressed);
	keep(request, selection, &checked->findings);
	checked->suppressed = suppressed.count;
}

/* --- what was there before ---------------------------------------------------------------------
 */

/* `text` with the name of a file replaced where it stands in backticks. */
static const char *with_new_name(struct arena *arena, const char *text, const char *old,
				 const char *new)
{
	const char *quoted = arena_printf(arena, "`%s`", old);
	const char *at = strstr(text, quoted);

	if (at == NULL)
		return text;
	return arena_printf(arena, "%.*s`%s`%s", (int)(at - text), text, new,
			    with_new_name(arena, at + strlen(quoted), old, new));
}

/* Lets the findings of a renamed file be those of the file as it is called now. */
static void rename_file(struct checked *before, const struct git_change *change)
{
	struct text *text = NULL;

	for (size_t i = 0; i < before->findings.count; i++) {
		struct diag *diag = &before->findings.items[i];

		diag->message = with_new_name(before->app.arena, diag->message, change->old_file,
					      change->file);
		if (diag->place.file == NULL || strcmp(diag->place.file, change->old_file) != 0)
			continue;
		diag->place.file = change->file;
		text = texts_find(&before->app.texts, change->old_file);
	}
	if (text != NULL)
		map_set(&before->app.texts.by_path, change->file, text);
}

/* Leaves only the findings that the app did not have before the changes: those of both states are
 * compared as a whole, so one that merely moved is not new, and one that a change causes in
 * another file is. Each state is judged by its own comments and package.json. */
static int leave_out_old(struct check *check, struct checked *checked, struct error *error)
{
	const struct git_changes *changes = &check->changes;
	struct check_request whole = *check->request;
	struct selection selection;
	struct baseline old;
	struct checked before;
	struct error ignored = {0};

	whole.path_count = 0; /* paths name what is there now */
	if (choose(check, &selection, error) != 0 ||
	    open_app(check, &changes->before, &before, error) != 0)
		return -1;
	/* What is wrong with an old package.json is no reason to stop. */
	selection_read(&selection, &before.app.texts, &ignored);
	find(&whole, &selection, &before);
	if (app_shortage(&before.app, error) != 0) {
		checked_close(&before);
		return -1;
	}
	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].kind == GIT_CHANGE_RENAMED)
			rename_file(&before, &changes->items[i]);
	baseline_rewind(&check->baseline);
	leave_out(&before, &check->baseline);
	baseline_make(&old, check->arena, &before.findings, &before.app.texts);
	checked->before = leave_out(checked, &old);
	checked_close(&before);
	return 0;
}

/* --- checking ----------------------------------------------------------------------------------
 */

static int look(struct check *check, struct checked *checked, struct error *error)
{
	const struct check_request *request = check->request;
	struct selection selection;

	if (choose(check, &selection, error) != 0 ||
	    selection_read(&selection, &checked->app.texts, error) != 0)
		return -1;
	find(request, &selection, checked);
	if (app_shortage(&checked->app, error) != 0)
		return -1;
	baseline_rewind(&check->baseline);
	checked->known = leave_out(checked, &check->baseline);
	if (request->path_count == 0 && !selection.selecting && !selection.ignoring)
		checked->gone = baseline_left(&check->baseline);
	if ((request->since == NULL && !request->staged) || checked->findings.count == 0)
		return 0;
	return leave_out_old(check, checked, error);
}

static void keep_whole(struct checked *checked)
{
	checked->whole = (struct diags){.arena = checked->app.arena};
	diags_append(&checked->whole, &checked->findings);
}

int check_run(struct check *check, const struct overlay *files, struct checked *checked,
	      struct error *error)
{
	if (open_app(check, files, checked, error) != 0) {
		*checked = (struct checked){0};
		if (!error->shortage)
			error->kind = ERROR_USAGE; /* the folder is an argument */
		return error->fix[0] != '\0' ? -1 : error_fix(error, "name the folder of an app");
	}
	if (look(check, checked, error) == 0) {
		keep_whole(checked);
		causes_join(&checked->app, &checked->findings);
		return 0;
	}
	checked_close(checked);
	return -1;
}

/* --- apps that are open ------------------------------------------------------------------------
 */

/* Without those about the comments themselves: which of them are of use can only be told when all
 * findings are there. */
static void drop_about_comments(struct diags *diags)
{
	struct diags kept = {.arena = diags->arena};

	for (size_t i = 0; i < diags->count; i++) {
		struct diags one = {.items = &diags->items[i], .count = 1};

		if (!str_starts(one.items->name, "suppression-"))
			diags_append(&kept, &one);
	}
	*diags = kept;
}

/* `findings` as the app wants them: all of the app's (`whole`), or some. */
static int judge(const struct app *app, struct texts *texts, bool whole, struct diags *findings,
		 struct error *error)
{
	static const struct check_request all;
	struct diags suppressed = {.arena = findings->arena};
	struct arena *scratch = arena_new();
	struct selection selection;

	selection_init(&selection, scratch);
	int failed = selection_read(&selection, texts, error);
	if (failed == 0 && (whole || findings->count > 0)) {
		if (whole)
			rules_run(app, texts, findings);
		suppressions_apply(app, texts, findings, &suppressed);
		if (!whole)
			drop_about_comments(findings);
		keep(&all, &selection, findings);
		failed = app_shortage(app, error);
	}
	arena_free(scratch);
	return failed;
}

int check_app(const struct app *app, struct texts *texts, struct diags *findings,
	      struct error *error)
{
	return judge(app, texts, true, findings, error);
}

int check_some(const struct app *app, struct texts *texts, struct diags *findings,
	       struct error *error)
{
	return judge(app, texts, false, findings, error);
}
