/* See project.h. */
#include "cli/project.h"

#include "app/app.h"
#include "base/error.h"
#include "cli/cli.h"
#include "sys/path.h"

int project_open(struct cli *cli, const char *path, struct app *app)
{
	const char *root = path != NULL ? path_join(cli->arena, cli->cwd, path) : cli->cwd;
	struct error error = {0};

	if (app_open(app, root, &error) == 0)
		return EXIT_OK;
	error.kind = ERROR_USAGE; /* the folder is an argument */
	if (error.fix[0] == '\0')
		error_fix(&error, "name the folder of an app");
	return cli_fail(cli, &error);
}
