/* Doing a command's work again after every change of the app. */
#ifndef ATTIO_CLI_WATCHING_H
#define ATTIO_CLI_WATCHING_H

struct app;
struct cli;
struct loop;
struct watching;

/* One run; its exit code does not matter, what failed was told. The cli's arena lives as long as
 * the run. */
typedef void watching_fn(struct cli *cli, void *user, struct watching *watching);

/* Runs until Ctrl-C, which gives EXIT_OK, or SIGTERM, which gives EXIT_TERMINATED; a run that is
 * under way then need not say more. `extra` is one more file to watch, or a folder with all that is
 * below, seen from the current folder, or NULL. After a change `quiet_ms` pass without another
 * before the run (0: as watch.h says). */
int watching_run(struct cli *cli, struct loop *loop, const char *root, const char *extra,
		 unsigned quiet_ms, watching_fn *run, void *user);
/* To be called in a run: the files outside of src that the app was read from count too. */
void watching_learn(struct watching *watching, const struct app *app);

#endif
