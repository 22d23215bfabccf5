/* See checks.h. */
#include "cli/checks.h"

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
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

static void leave_out_known(struct check *check, struct baseline *baseline)
{
	struct diags kept = {.arena = check->app.arena};

	for (size_t i = 0; i < check->findings.count; i++) {
		struct diags one = {.items = &check->findings.items[i], .count = 1};

		if (!baseline_take(baseline, one.items, &check->app.texts))
			diags_append(&kept, &one);
	}
	check->known = check->findings.count - kept.count;
	check->findings = kept;
}

static void judge(const struct checks *checks, const struct selection *selection,
		  struct baseline *baseline, struct check *check)
{
	struct diags suppressed = {.arena = check->app.arena};

	rules_run(&check->app, &check->findings);
	suppressions_apply(&check->app, &check->findings, &suppressed);
	keep(checks, selection, &suppressed);
	keep(checks, selection, &check->findings);
	check->suppressed = suppressed.count;
	if (checks->baseline == NULL)
		return;
	leave_out_known(check, baseline);
	if (checks->project.count == 0 && !selection->selecting && !selection->ignoring)
		check->gone = baseline_left(baseline);
}

int check_open(struct cli *cli, const struct checks *checks, const struct overlay *texts,
	       struct check *check)
{
	struct selection selection;
	struct baseline baseline = {0};
	struct error error = {0};

	*check = (struct check){0};
	selection_init(&selection, cli->arena);
	if (read_words(&selection, true, checks->select, &error) != 0 ||
	    read_words(&selection, false, checks->ignore, &error) != 0)
		return cli_fail(cli, &error);
	if (checks->baseline != NULL &&
	    read_baseline(cli, checks->baseline, &baseline, &error) != 0)
		return cli_fail(cli, &error);
	if (app_open_with(&check->app, checks->project.root, texts, &error) != 0) {
		error.kind = ERROR_USAGE; /* the folder is an argument */
		if (error.fix[0] == '\0')
			error_fix(&error, "name the folder of an app");
		return cli_fail(cli, &error);
	}
	check->findings.arena = check->app.arena;
	if (selection_read(&selection, &check->app.texts, &error) != 0) {
		check_close(check);
		return cli_fail(cli, &error);
	}
	judge(checks, &selection, &baseline, check);
	return EXIT_OK;
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

void check_close(struct check *check)
{
	app_close(&check->app);
	*check = (struct check){0};
}
