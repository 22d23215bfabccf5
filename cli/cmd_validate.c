/* attio validate: the CI lint step. The findings are the answer (stdout), the summary is not. */
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/findings.h"
#include "rules/rules.h"
#include "sys/fs.h"
#include "sys/path.h"

int validate_run(struct cli *cli, const void *data)
{
	const struct validate_options *options = data;
	const char *path = options->path != NULL ? path_join(cli->arena, cli->cwd, options->path) : cli->cwd;
	struct timespec start;
	struct error error = {0};
	struct diags findings = {0};
	struct app app;
	int code;

	clock_gettime(CLOCK_MONOTONIC, &start);
	if (app_open(&app, path, &error) != 0) {
		error.kind = ERROR_USAGE; /* the folder is an argument */
		return cli_fail(cli, &error);
	}
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
