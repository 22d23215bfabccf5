/* Answers of the local platform as text for people: getters that never fail, tables, values. */
#ifndef ATTIO_CLI_NET_ANSWER_H
#define ATTIO_CLI_NET_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;
struct cli;

/* The member as text in the cli's arena: a string as it is, numbers and booleans in digits and
 * words, anything else as JSON; "" when it is absent or null. `path` may be "error.message" or
 * "items.0". */
const char *answer_text(struct cli *cli, const cJSON *object, const char *path);
/* The same as people read it in a table: a moment ("..._at") without parts of a second, "ms" with
 * one digit of them, a list of texts with commas. */
const char *answer_cell(struct cli *cli, const cJSON *object, const char *path);
const cJSON *answer_member(const cJSON *object, const char *path);
bool answer_true(const cJSON *object, const char *path);

/* A column of a table: its title and the path of the member that it shows. */
struct answer_column {
	const char *title;
	const char *path;
};

/* Prints `items` of the answer as a table (columns end with title NULL), or under --json the answer
 * as a document; says `none` when there are none. Frees the answer. Returns EXIT_OK. */
int answer_table(struct cli *cli, cJSON *answer, const struct answer_column *columns,
		 const char *none);

/* Says what app code threw: {name, message, stack} of the answer's `error`, as a refusal of kind
 * "findings" on standard error, each frame in a line. Not into a document: the answer has it. */
void answer_say_thrown(struct cli *cli, const cJSON *error);

/* Says what the platform has warned of, on standard error. */
void answer_say_warnings(struct cli *cli, const cJSON *answer);

/* Prints a line on stdout, escaped. */
void answer_line(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints `head` and a text that the app has logged; what follows its first line, as the frames of a
 * stack do, below it. Frames of what the bundle adds around the app are left out. */
void answer_log(struct cli *cli, const char *head, const char *text);
/* Prints an object as a line of JSON on stdout, at once, and frees it. */
void answer_event(struct cli *cli, cJSON *event);
/* Prints a value on stdout: a string as it is, anything else as indented JSON. */
void answer_value(struct cli *cli, const cJSON *value);

#endif
