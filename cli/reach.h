/* What every command that drives the local platform takes to reach it. */
#ifndef ATTIO_CLI_REACH_H
#define ATTIO_CLI_REACH_H

#include <stddef.h>

#include "cli/command.h"

struct reach {
	const char *state; /* the platform's folder, seen from the current one; NULL: the app's */
	long timeout;      /* seconds for one call */
};

/* What --confirm may be. */
extern const char *const reach_answers[];

/* The rows of a command whose options struct has a `struct reach reach`. */
/* clang-format off */
#define REACH_OPTIONS(type)                                                                        \
	{.name = "state",                                                                          \
	 .kind = OPTION_PATH,                                                                      \
	 .field = offsetof(type, reach) + offsetof(struct reach, state),                           \
	 .value = "DIR",                                                                           \
	 .help = "Folder of the local platform (default: .attio/local in the app's folder)"},      \
	{.name = "timeout",                                                                        \
	 .kind = OPTION_NUMBER,                                                                    \
	 .field = offsetof(type, reach) + offsetof(struct reach, timeout),                         \
	 .value = "SEC",                                                                           \
	 .min = 1,                                                                                 \
	 .max = 3600,                                                                              \
	 .help = "Longest wait for the answer, in seconds",                                        \
	 .fallback = "120"}
/* clang-format on */

/* Exit codes of such a command, and its group on the overview. */
#define REACH_EXIT_CODES "0 1 2 3 4 5 6 7 8 70"
#define REACH_GROUP "Run it here"
#define REACH_NEEDS ((unsigned)NEED_APP | (unsigned)NEED_NET)

#endif
