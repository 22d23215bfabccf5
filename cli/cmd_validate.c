/* attio validate: the CI lint step. The findings are the answer (stdout), the summary is not. */
#include "app/app.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "rules/rules.h"

int validate_run(struct cli *cli, const void *data)
{
	const struct validate_options *options = data;
	struct timespec start;
	struct diags findings = {0};
	struct app app;
	int code;

	clock_gettime(CLOCK_MONOTONIC, &start);
	code = project_open(cli, options->path, &app);
	if (code != EXIT_OK)
		return code;
	findings.arena = app.arena;
	rules_run(&app, &findings);
	code = diags_count(&findings, SEVERITY_ERROR) > 0 ? EXIT_FINDINGS : EXIT_OK;
	if (cli->json) {
		struct cJSON *document = cli_json(cli, code);

		findings_add_json(document, &findings, &app.texts, app.module_count, elapsed_ms(&start));
		cli_print_json(cli, document);
	} else {
		findings_print(cli, &findings, &app.texts);
		cli_say(cli, "%s in %zu file%s (%ld ms)", findings_count_words(cli, &findings),
			app.module_count, app.module_count == 1 ? "" : "s", elapsed_ms(&start));
	}
	app_close(&app);
	return code;
}
