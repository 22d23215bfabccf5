/* From an app to the findings that are reported: the rules, then what comments suppress, what is
 * selected, which part of the app is asked for, and what a baseline knows. */
#ifndef ATTIO_CLI_CHECKS_H
#define ATTIO_CLI_CHECKS_H

#include <stddef.h>

#include "app/app.h"
#include "cli/project.h"

struct cli;
struct overlay;

/* What is asked. */
struct checks {
	struct project project;
	const char *const *select; /* values of --select, ends with NULL; NULL: none */
	const char *const *ignore;
	const char *baseline; /* file, as given; NULL: none */
};

/* The answer. Free with check_close. */
struct check {
	struct app app;
	struct diags findings; /* sorted */
	size_t suppressed;     /* findings that comments suppress and that would be reported */
	size_t known;          /* findings that the baseline records */
	size_t gone; /* recorded findings that are no more; 0 when only a part is asked for */
};

/* Looks at the app, with other texts for some files (NULL: none). EXIT_OK, or the failure was told
 * and its exit code is returned; then there is nothing to close. */
int check_open(struct cli *cli, const struct checks *checks, const struct overlay *texts,
	       struct check *check);
void check_close(struct check *check);

/* The findings of an app that is open already, as the app itself wants them reported: with its
 * comments and its package.json, without options. EXIT_OK, or the failure was told. */
int check_app(struct cli *cli, struct app *app, struct diags *findings);

#endif
