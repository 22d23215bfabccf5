/* What commands of the local platform are given, read: JSON from a word, a file or standard input;
 * secrets, which never stand in a command line; records by a name. Each returns EXIT_OK, or the
 * mistake was told and its exit code is returned. Memory is the cli's arena. */
#ifndef ATTIO_CLI_NET_ARGUMENTS_H
#define ATTIO_CLI_NET_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct cli;

/* Largest file or input that is read. */
#define ARGUMENT_LIMIT ((size_t)64 << 20)

/* The text itself, "@FILE" for a file's, "-" for standard input's; `name` ("--values") is for
 * messages. */
int argument_text(struct cli *cli, const char *name, const char *text, const char **out,
		  size_t *len);
/* The same as JSON, which the caller frees. */
int argument_json(struct cli *cli, const char *name, const char *text, cJSON **value);
/* The same, checked but as it was written, with numbers and NUL characters that cJSON cannot hold:
 * a cJSON_Raw. */
int argument_raw_json(struct cli *cli, const char *name, const char *text, cJSON **value);
/* As JSON when it is some, else as a string: `1` and `"1"`, but also `Ada`. */
int argument_value(struct cli *cli, const char *name, const char *text, cJSON **value);
/* `--set /a/b=VALUE`: adds {"pointer", "value"} to the list. */
int argument_change(struct cli *cli, const char *text, cJSON *list);
/* A file's JSON, named without "@". */
int argument_file(struct cli *cli, const char *name, const char *file, cJSON **value);

/* A secret: from the environment variable `env`, or from standard input, or asked for on the
 * terminal. */
int argument_secret(struct cli *cli, const char *env, bool from_stdin, const char *question,
		    const char **value);

/* "people/ada" in two. */
int argument_record(struct cli *cli, const char *text, const char **object, const char **record);

/* A part of a URL's path. */
const char *argument_part(struct cli *cli, const char *text);
/* Adds a parameter to a path: "?key=value" or "&key=value"; NULL adds nothing. */
const char *argument_query(struct cli *cli, const char *path, const char *key, const char *value);

/* Adds to an object what is given. */
void argument_add(cJSON *object, const char *key, const char *text);

/* Tells a mistake in the words. Returns EXIT_USAGE. */
int argument_wrong(struct cli *cli, const char *message, const char *fix);

#endif
