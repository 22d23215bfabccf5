/* attio validate: the CI lint step. The findings are the answer (stdout), the summary is not. */
#include "app/app.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "rules/rules.h"

static int validate(struct cli *cli, const struct reports *reports, struct app *app,
		    const struct timespec *start)
{
	struct diags findings = {.arena = app->arena};
	struct cJSON *document = NULL;
	size_t files = app->module_count;
	int code;

	rules_run(app, &findings);
	code = diags_count(&findings, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_OK;
	if (reports_need_document(reports)) {
		document = cli_json(cli, code);
		findings_add_json(document, &findings, &app->texts, files, elapsed_ms(start));
	}
	code = reports_give(cli, reports, app, &findings, document, code);
	if (!cli->json)
		cli_say(cli, "%s in %zu file%s (%ld ms)", findings_count_words(cli, &findings),
			files, files == 1 ? "" : "s", elapsed_ms(start));
	return code;
}

int validate_run(struct cli *cli, const void *data)
{
	const struct validate_options *options = data;
	struct timespec start;
	struct reports reports;
	struct app app;
	int code;

	clock_gettime(CLOCK_MONOTONIC, &start);
	code = reports_open(cli, options->reports, &reports);
	if (code != EXIT_OK)
		return code;
	code = project_open(cli, options->path, &app);
	if (code != EXIT_OK)
		return code;
	code = validate(cli, &reports, &app, &start);
	app_close(&app);
	return code;
}
