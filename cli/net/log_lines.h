/* Which lines of a log are wanted, and how those of Attio's log are printed. */
#ifndef ATTIO_CLI_NET_LOG_LINES_H
#define ATTIO_CLI_NET_LOG_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include <regex.h>

struct cli;
struct log_event;
struct remote;

struct log_filter {
	size_t rank; /* of the least level */
	bool has_pattern;
	regex_t pattern;
};

/* Both may be NULL. EXIT_OK; or the mistake was told. */
int log_filter_init(struct log_filter *filter, struct cli *cli, const char *level,
		    const char *pattern);
void log_filter_dispose(struct log_filter *filter);
bool log_filter_wants(const struct log_filter *filter, const char *level, const char *text);

/* What happened to a log that is followed: entries and gaps on stdout (with --json an object a
 * line), the rest on stderr. `prefix` stands before each line of an entry for people. */
void log_lines_print(struct cli *cli, const struct remote *remote, const struct log_filter *filter,
		     const char *prefix, const struct log_event *event);

#endif
