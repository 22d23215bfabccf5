/* The findings of validate and build on their way out: the answer in the form of --format, the
 * files of --report, and what GitHub Actions shows. */
#ifndef ATTIO_CLI_REPORTS_H
#define ATTIO_CLI_REPORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/reporters.h"

struct app;
struct cJSON;
struct cli;
struct diags;
struct error;

/* One --report FORMAT=FILE. */
struct report_file {
	const struct reporter *reporter;
	const char *path; /* absolute */
};

struct reports {
	const struct reporter *answer; /* form of standard output */
	struct report_file *files;
	size_t count;
	struct gathered *gathered; /* of several apps (cli/several.h), or NULL */
};

/* A form of --report that one command has for itself. */
struct report_own {
	const char *name; /* "treemap" */
	bool to_file;     /* NAME=FILE; else NAME alone, for standard output */
	/* Given by an option of its own, "--metafile", with this value (NULL: not given). */
	const char *option, *value;
	bool given;
	const char *path; /* absolute; of the last that was given */
};

/* What the run reads, which no report may replace. */
struct report_inputs {
	const char *root; /* of the app, absolute and without links; NULL: not known */
	const struct project_groups *groups; /* of several apps, then without `root`; or NULL */
	const char *baseline; /* as it was given, also one that will be written; or NULL */
};

/* The absolute path, without links but for its last part, of a file that `option` asks to be made
 * anew. NULL with an error when that cannot be. */
const char *reports_place(struct cli *cli, const char *option, const char *name,
			  struct error *error);

/* Reads the words of --report (NULL: none) before any work is done: unknown forms and files that
 * cannot be are mistakes in the command line. EXIT_OK, or the failure was told and its exit code is
 * returned. The memory is the cli's arena.
 *
 * The files of an earlier run are removed: one that fails before it has findings would leave them,
 * and a CI server would take them for its own. */
int reports_open(struct cli *cli, const char *const *words, const struct report_inputs *inputs,
		 struct reports *reports);
/* The same for a command with forms of its own; `own` ends with name NULL. */
int reports_open_with(struct cli *cli, const char *const *words, const struct report_inputs *inputs,
		      struct report_own *own, struct reports *reports);
/* Whether some form needs the command's JSON document. */
bool reports_need_document(const struct reports *reports);
/* Writes the files, then the answer to standard output. `findings` are sorted; `document` may be
 * NULL when it is not needed and is freed. Returns `code`, or the exit code of a failure that was
 * told. */
int reports_give(struct cli *cli, const struct reports *reports, struct app *app,
		 const struct diags *findings, struct cJSON *document, int code);

/* With several apps, after the last reports_give: writes what is one for all of them. */
int reports_finish(struct cli *cli, const struct reports *reports, int code);

/* What --report is said to do. */
#define REPORT_HELP                                                                                \
	"Also write the findings to a file, in any form of --format; can be given more than once"

#endif
