/* What a command may know of the world around it: streams, current folder, environment, colour.
 * Commands never touch stdout, stderr, getenv or exit themselves. */
#ifndef ATTIO_CLI_CLI_H
#define ATTIO_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/exit.h"

struct arena;
struct buf;
struct check_git;
struct cJSON;
struct error;
struct progress;
struct host_early;

struct cli {
	struct arena *arena;                   /* lives as long as the run */
	FILE *out;                             /* the answer */
	FILE *err;                             /* the conversation */
	const char *cwd;                       /* absolute, after -C */
	const struct command *const *commands; /* all, for help and completions */
	const struct command *command;
	const struct check_git *git; /* NULL in attio: what needs it says so in its row */
	struct globals globals;
	bool json; /* --json, --format json or ndjson: what is told to a person is told in JSON */
	bool out_color;
	bool err_color;
	size_t out_columns; /* of the window that the stream is read through; 0: none is known */
	size_t err_columns;
	/* While one of several apps is looked at (cli/several.h): what messages call it, and the
	 * array that JSON documents are added to. Else NULL. */
	const char *app;
	struct cJSON *documents;
	/* Somebody watches stderr; and the line that tells what is going on, while there is one:
	 * what is said takes it away first. */
	bool shows_progress;
	struct progress *progress;
	bool interactive; /* prompts are allowed */
	int argc;         /* the words as given, for handing over to attio-net */
	char **argv;
	struct host_early *early; /* a host of app code that is there already; NULL in attio */
	int start_dir;            /* folder before -C, open for reading; -1 without -C */
};

/* The environment, read here only. NULL when unset or empty. */
const char *cli_env(const struct cli *cli, const char *name);

/* How wide texts are that are broken into lines, such as help: 80 columns where no window is known.
 */
size_t cli_width(const struct cli *cli);

/* Messages on stderr, one line each. `cli_say` is silent under --quiet, `cli_note` speaks only
 * under
 * --verbose. */
void cli_say(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_note(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_warn(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints a failed call in the form of findings (under --json: one document on stdout) and
 * returns the exit code that belongs to its kind. */
int cli_fail(struct cli *cli, const struct error *error);
/* The same in a document that was begun with the error's exit code (cli_json), or NULL. */
int cli_fail_in(struct cli *cli, const struct error *error, struct cJSON *document);
/* The same for a "no" that is no failure of ours: an answer of the local platform, a question that
 * nobody can answer. */
struct cli_refusal {
	const char *kind; /* "findings" */
	int exit_code;
	const char *message, *why, *fix; /* as in struct error; never NULL */
};
/* `document` (cli_json; NULL: a new one) gets its `error`, or the members above in the one it has,
 * and the exit code, and is freed. Returns the exit code. */
int cli_refuse(struct cli *cli, const struct cli_refusal *refusal, struct cJSON *document);
/* A failed call as a refusal, for a document that has more to say; the texts are the error's. */
struct cli_refusal cli_refusal_of(const struct error *error);
/* The same for a run that a signal ended before it was over; `message` says of what. The exit code
 * is as a shell tells of the signal. */
int cli_stopped(struct cli *cli, int number, const char *message, struct cJSON *document);
/* One more line under such a message: "  label:  text"; nothing when `text` is "". */
void cli_detail(struct cli *cli, const char *label, const char *text);
/* The exit code that belongs to an error's kind. */
int cli_exit_code(const struct error *error);

/* Starts the JSON document of the command: schema, tool, ok, exit. The caller adds to it and hands
 * it to cli_print_json, which prints one line on stdout and frees it. */
struct cJSON *cli_json(struct cli *cli, int exit_code);
void cli_print_json(struct cli *cli, struct cJSON *document);
/* Prints generated text, or under --json a document with the text in it, and disposes of it.
 * Returns EXIT_OK. */
int cli_print_text(struct cli *cli, struct buf *text);

#endif
