/* See checks.h. */
#include "cli/checks.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"
#include "git/changes.h"
#include "rules/baseline.h"
#include "rules/rules.h"
#include "rules/selection.h"
#include "rules/suppressions.h"
#include "sys/fs.h"
#include "sys/path.h"

static int read_words(struct selection *selection, bool select, const char *const *list,
		      struct error *error)
{
	for (; list != NULL && *list != NULL; list++)
		if (selection_add(selection, select, select ? "--select" : "--ignore", *list,
				  error) != 0)
			return -1;
	return 0;
}

static int read_baseline(struct cli *cli, const char *name, struct baseline *baseline,
			 struct error *error)
{
	char *text;
	size_t len;

	if (fs_read(cli->arena, path_join(cli->arena, cli->cwd, name), TEXT_LIMIT, &text, &len,
		    error) == 0)
		return baseline_parse(baseline, cli->arena, text, len, name, error);
	error_set(error, ERROR_USAGE, "cannot read the baseline `%s`%s%s", name,
		  error->why[0] != '\0' ? ": " : "", error->why);
	return error_fix(error, "`attio validate --write-baseline=%s` makes it", name);
}

/* Keeps of `diags` what is selected and asked for. */
static void keep(const struct checks *checks, const struct selection *selection,
		 struct diags *diags)
{
	struct diags kept = {.arena = diags->arena};

	for (size_t i = 0; i < diags->count; i++) {
		struct diags one = {.items = &diags->items[i], .count = 1};

		one.items->severity = selection_severity(selection, one.items);
		if (one.items->severity != SEVERITY_OFF &&
		    project_asks(&checks->project, one.items->place.file))
			diags_append(&kept, &one);
	}
	*diags = kept;
}

/* Takes out what `known` records, and returns how many that were. */
static size_t leave_out(struct check *check, struct baseline *known)
{
	struct diags kept = {.arena = check->app.arena};
	size_t count = check->findings.count;

	if (known->count == 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		struct diags one = {.items = &check->findings.items[i], .count = 1};

		if (!baseline_take(known, one.items, &check->app.texts))
			diags_append(&kept, &one);
	}
	check->findings = kept;
	return count - kept.count;
}

static int open_app(struct cli *cli, const struct checks *checks, const struct overlay *files,
		    struct check *check, struct error *error)
{
	const struct app_options options = {
		.files = files,
		.cache = project_cache(cli, checks->project.root),
		.tracked = checks->tracked,
		.judge = project_judge(cli),
	};

	*check = (struct check){0};
	if (app_open(&check->app, checks->project.root, &options, error) != 0)
		return -1;
	check->findings.arena = check->app.arena;
	return 0;
}

static void find(const struct checks *checks, const struct selection *selection,
		 struct check *check)
{
	struct diags suppressed = {.arena = check->app.arena};

	rules_run(&check->app, &check->findings);
	suppressions_apply(&check->app, &check->findings, &suppressed);
	keep(checks, selection, &suppressed);
	keep(checks, selection, &check->findings);
	check->suppressed = suppressed.count;
}

static int choose(struct cli *cli, const struct checks *checks, struct selection *selection,
		  struct error *error)
{
	selection_init(selection, cli->arena);
	if (read_words(selection, true, checks->select, error) != 0)
		return -1;
	return read_words(selection, false, checks->ignore, error);
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
static void rename_file(struct check *before, const struct git_change *change)
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
static int leave_out_old(struct cli *cli, const struct checks *checks, struct baseline *baseline,
			 struct check *check)
{
	const struct git_changes *changes = checks->changes;
	struct checks then = *checks;
	struct selection selection;
	struct baseline old;
	struct check before;
	struct error error = {0};

	then.project.count = 0; /* paths name what is there now */
	if (choose(cli, &then, &selection, &error) != 0 ||
	    open_app(cli, &then, &changes->before, &before, &error) != 0)
		return cli_fail(cli, &error);
	/* What is wrong with an old package.json is no reason to stop. */
	selection_read(&selection, &before.app.texts, &error);
	find(&then, &selection, &before);
	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].kind == GIT_CHANGE_RENAMED)
			rename_file(&before, &changes->items[i]);
	baseline_rewind(baseline);
	leave_out(&before, baseline);
	baseline_make(&old, cli->arena, &before.findings, &before.app.texts);
	check->before = leave_out(check, &old);
	check_close(&before);
	return EXIT_OK;
}

/* --- checking ----------------------------------------------------------------------------------
 */

int check_open(struct cli *cli, const struct checks *checks, const struct overlay *files,
	       struct check *check)
{
	struct selection selection;
	struct baseline baseline = {0};
	struct error error = {0};

	if (choose(cli, checks, &selection, &error) != 0)
		return cli_fail(cli, &error);
	if (checks->baseline != NULL &&
	    read_baseline(cli, checks->baseline, &baseline, &error) != 0)
		return cli_fail(cli, &error);
	if (open_app(cli, checks, files, check, &error) != 0) {
		error.kind = ERROR_USAGE; /* the folder is an argument */
		if (error.fix[0] == '\0')
			error_fix(&error, "name the folder of an app");
		return cli_fail(cli, &error);
	}
	if (selection_read(&selection, &check->app.texts, &error) != 0) {
		check_close(check);
		return cli_fail(cli, &error);
	}
	find(checks, &selection, check);
	check->known = leave_out(check, &baseline);
	if (checks->project.count == 0 && !selection.selecting && !selection.ignoring)
		check->gone = baseline_left(&baseline);
	if (checks->changes == NULL || check->findings.count == 0)
		return EXIT_OK;
	int code = leave_out_old(cli, checks, &baseline, check);
	if (code != EXIT_OK)
		check_close(check);
	return code;
}

int check_app(struct cli *cli, struct app *app, struct diags *findings)
{
	static const struct checks all;
	struct diags suppressed = {.arena = app->arena};
	struct selection selection;
	struct error error = {0};

	selection_init(&selection, cli->arena);
	if (selection_read(&selection, &app->texts, &error) != 0)
		return cli_fail(cli, &error);
	rules_run(app, findings);
	suppressions_apply(app, findings, &suppressed);
	keep(&all, &selection, findings);
	return EXIT_OK;
}

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

int check_some(struct cli *cli, struct app *app, struct diags *findings)
{
	static const struct checks all;
	struct diags suppressed = {.arena = app->arena};
	struct selection selection;
	struct error error = {0};

	selection_init(&selection, cli->arena);
	if (selection_read(&selection, &app->texts, &error) != 0)
		return cli_fail(cli, &error);
	if (findings->count == 0)
		return EXIT_OK;
	suppressions_apply(app, findings, &suppressed);
	drop_about_comments(findings);
	keep(&all, &selection, findings);
	return EXIT_OK;
}

void check_close(struct check *check)
{
	app_close(&check->app);
	*check = (struct check){0};
}
