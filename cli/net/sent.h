/* A request that somebody outside sends to the app: the options that say what is in it, one
 * spelling for all commands that play a third party. */
#ifndef ATTIO_CLI_NET_SENT_H
#define ATTIO_CLI_NET_SENT_H

#include <stddef.h>

struct cJSON;
struct cli;

struct sent {
	const char *body;
	const char *const *headers;
	const char *method;
	const char *query;
};

/* The rows of a command whose options struct has a `struct sent sent`. */
/* clang-format off */
#define SENT_OPTIONS(type)                                                                         \
	{.name = "body",                                                                           \
	 .letter = 'd',                                                                            \
	 .kind = OPTION_STRING,                                                                    \
	 .field = offsetof(type, sent) + offsetof(struct sent, body),                              \
	 .value = "BODY",                                                                          \
	 .help = "The body: text, @FILE, or - for standard input"},                                \
	{.name = "header",                                                                         \
	 .letter = 'H',                                                                            \
	 .kind = OPTION_LIST,                                                                      \
	 .field = offsetof(type, sent) + offsetof(struct sent, headers),                           \
	 .value = "NAME:VALUE",                                                                    \
	 .help = "A header of the request"},                                                       \
	{.name = "method",                                                                         \
	 .kind = OPTION_STRING,                                                                    \
	 .field = offsetof(type, sent) + offsetof(struct sent, method),                            \
	 .value = "METHOD",                                                                        \
	 .help = "Method of the request",                                                          \
	 .fallback = "POST"},                                                                      \
	{.name = "query",                                                                          \
	 .kind = OPTION_STRING,                                                                    \
	 .field = offsetof(type, sent) + offsetof(struct sent, query),                             \
	 .value = "QUERY",                                                                         \
	 .help = "Query of the address, without the question mark"}
/* clang-format on */

/* Adds `method`, `query`, `headers` and `body` as the control API takes them. EXIT_OK, or the
 * mistake was told. */
int sent_put(struct cli *cli, const struct sent *sent, struct cJSON *request);

#endif
