/* The app that a command works on: the folder given as operand, or the current one. */
#ifndef ATTIO_CLI_PROJECT_H
#define ATTIO_CLI_PROJECT_H

struct app;
struct cli;

/* Opens the app in `path` (NULL: the current folder). EXIT_OK, or the failure was told and its exit
 * code is returned. Close with app_close. */
int project_open(struct cli *cli, const char *path, struct app *app);

#endif
