/* Questions on a terminal. Who asks has made sure that somebody is there (cli.interactive). */
#ifndef ATTIO_CLI_NET_ASK_H
#define ATTIO_CLI_NET_ASK_H

#include <stdbool.h>

struct cli;

/* The line that is typed, without blanks around it; `fallback` (may be "") for an empty one, and
 * NULL at the end of the input. The memory is the cli's arena. */
const char *ask_line(struct cli *cli, const char *question, const char *fallback);
/* Whether it is yes or y; the empty line counts as `fallback`, the end of the input as no. */
bool ask_yes(struct cli *cli, const char *question, bool fallback);

#endif
