/* From an app to the findings that are reported: the rules, then what comments suppress, what is
 * selected, which part of the app is asked for, what a baseline knows, and what was there before a
 * change. */
#ifndef ATTIO_CLI_CHECKS_H
#define ATTIO_CLI_CHECKS_H

#include <stddef.h>

#include "app/app.h"
#include "cli/project.h"

struct cli;
struct git_changes;
struct overlay;

/* What is asked. */
struct checks {
	struct project project;
	const char *const *select; /* values of --select, ends with NULL; NULL: none */
	const char *const *ignore;
	const char *baseline; /* file, as given; NULL: none */
	/* Only the findings that these changes cause, wherever they are; NULL: all. */
	const struct git_changes *changes;
	const char *const *tracked; /* as in app_options */
};

/* The answer. Free with check_close. */
struct check {
	struct app app;
	struct diags findings; /* sorted */
	size_t suppressed;     /* findings that comments suppress and that would be reported */
	size_t known;          /* findings that the baseline records */
	size_t gone;   /* recorded findings that are no more; 0 when only a part is asked for */
	size_t before; /* findings that the app had before the changes */
};

/* Looks at the app in the state that `files` tells (NULL: the disk's). EXIT_OK, or the failure was
 * told and its exit code is returned; then there is nothing to close. */
int check_open(struct cli *cli, const struct checks *checks, const struct overlay *files,
	       struct check *check);
void check_close(struct check *check);

/* The findings of an app that is open already, as the app itself wants them reported: with its
 * comments and its package.json, without options. EXIT_OK, or the failure was told. */
int check_app(struct cli *cli, struct app *app, struct diags *findings);
/* The same for some findings that were made elsewhere: what comments suppress goes, and severities
 * are as package.json says. */
int check_some(struct cli *cli, struct app *app, struct diags *findings);

#endif
