/* The options of each command as its run function receives them, and the run functions. Strings
 * are borrowed from argv; NULL means not given, where no fallback is named. */
#ifndef ATTIO_CLI_COMMANDS_H
#define ATTIO_CLI_COMMANDS_H

#include <stdbool.h>

struct cli;

struct init_options {
	const char *dir; /* NULL only when app is given: use the slug as the folder's name */
	const char *template_name; /* never NULL: "lead-checker" by default */
	const char *app;           /* slug; NULL: made from the folder's name */
	bool no_git;
	bool yes;
};

#define BASELINE_FILE "attio-baseline.json" /* what --write-baseline without a file writes */

struct validate_options {
	const char *const *paths;   /* ends with NULL; NULL: the app of the current folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *const *select;  /* codes joined by commas, ends with NULL; NULL: all */
	const char *const *ignore;  /* the same; NULL: none */
	const char *baseline;       /* file; NULL: none */
	const char *write_baseline; /* file, or BASELINE_FILE; NULL: do not */
	const char *fix;            /* "safe" or "unsafe"; NULL: do not */
	const char *stdin_filename; /* what standard input stands for; NULL: it is not read */
	const char *since;          /* a revision; NULL: not asked */
	long max_warnings;          /* only with has_max_warnings */
	bool has_max_warnings;
	bool staged;
	bool diff;
	bool watch;
};

struct build_options {
	const char *path; /* NULL: the current folder */
	const char *out;  /* seen from the current folder; NULL: dist in the app's folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *const *budget;  /* "client=300k,...", ends with NULL; NULL: none */
	const char *metafile;       /* NULL: none */
	const char *sourcemap;      /* "linked", "external" or "inline"; NULL: none */
	const char *tsc;            /* "shipped" or "app" */
	bool no_check;
	bool watch;
};

struct types_options {
	const char *path; /* NULL: the current folder */
	bool check;
};

/* deploy and version create */
struct deploy_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: as the app's own files say */
	bool local;
	long port;    /* only with local; 0: any free one */
	long timeout; /* seconds for one request, never 0 */
};

struct version_list_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: as the app's own files say */
	bool local;
	long timeout; /* seconds for one request, never 0 */
};

struct explain_options {
	const char *code; /* NULL: list all */
};

struct help_options {
	const char *const *words; /* ends with NULL; NULL: none given */
};

struct completion_options {
	const char *shell;
};

struct manual_options {
	const char *page; /* "attio-init"; NULL: list the pages */
};

/* cmd_*.c, cli/net/cmd_*.c; in the light program handoff.c. All return an exit code. */
int init_run(struct cli *cli, const void *options);
int validate_run(struct cli *cli, const void *options);
int build_run(struct cli *cli, const void *options);
int types_run(struct cli *cli, const void *options);
int deploy_run(struct cli *cli, const void *options);
int version_list_run(struct cli *cli, const void *options);
int explain_run(struct cli *cli, const void *options);
int help_run(struct cli *cli, const void *options);
int completion_run(struct cli *cli, const void *options);
int manual_run(struct cli *cli, const void *options);

#endif
