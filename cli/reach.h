/* What every command that drives the local platform takes to reach it. */
#ifndef ATTIO_CLI_REACH_H
#define ATTIO_CLI_REACH_H

#include <stddef.h>

#include "cli/command.h"

struct reach {
	const char *state; /* the platform's folder, seen from the current one; NULL: the app's */
	long timeout;      /* seconds for one call */
	/* What app code meets outside, when the command starts a platform of its own. */
	const char *net, *chaos;   /* or NULL */
	const char *const *routes; /* ends with NULL; or NULL */
};

/* What --net may be. */
extern const char *const reach_nets[];

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

/* What the app meets outside, as rows of the command that runs it here: what each says is its own.
 */
/* clang-format off */
#define ROW_NET(place)                                                                             \
	.name = "net", .kind = OPTION_CHOICE, .field = (place), .value = "MODE", .choices = reach_nets
#define ROW_ROUTE(place)                                                                           \
	.name = "route", .kind = OPTION_LIST, .field = (place), .value = "ORIGIN=URL"
#define ROW_CHAOS(place)                                                                           \
	.name = "chaos", .kind = OPTION_STRING, .field = (place), .value = "SPEC"
/* clang-format on */

/* The rows of a command that runs app code: these, and those above. */
/* clang-format off */
#define REACH_APP_OPTIONS(type)                                                                    \
	{ROW_NET(offsetof(type, reach) + offsetof(struct reach, net)),                             \
	 .help = "Without a running `attio dev`: what becomes of the app's requests to third "     \
		 "parties"},                                                                        \
	{ROW_ROUTE(offsetof(type, reach) + offsetof(struct reach, routes)),                        \
	 .help = "The same: send the app's requests for this origin elsewhere; can be given again"},\
	{ROW_CHAOS(offsetof(type, reach) + offsetof(struct reach, chaos)),                         \
	 .help = "The same: let some of them fail or take longer, as `attio dev --chaos` does"},   \
	REACH_OPTIONS(type)
/* clang-format on */

/* The rows of a command that plays a user: its options struct has `member`, `steps`, `answer` and
 * `confirm`. */
/* clang-format off */
#define REACH_USER_OPTIONS(type)                                                                   \
	{.name = "as",                                                                             \
	 .kind = OPTION_STRING,                                                                    \
	 .field = offsetof(type, member),                                                          \
	 .value = "MEMBER",                                                                        \
	 .help = "Member who does it, by e-mail or name (default: the first admin)"},              \
	{.name = "step",                                                                           \
	 .kind = OPTION_LIST,                                                                      \
	 .field = offsetof(type, steps),                                                           \
	 .value = "STEP",                                                                          \
	 .help = "What the user does then, in this order: 'fill NAME=VALUE', 'choose \"Label\" "   \
		 "\"Option\"', 'click \"Label\"', 'press KEY', 'submit', 'close', 'toast action "   \
		 "\"Label\"', 'answer confirm yes', 'expect text \"...\"'"},                         \
	{.name = "answer",                                                                         \
	 .kind = OPTION_PATH,                                                                      \
	 .field = offsetof(type, answer),                                                          \
	 .value = "FILE",                                                                          \
	 .help = "File with steps and answers, as JSON: a list of steps, or an object with steps " \
		 "and confirm"},                                                                   \
	{.name = "confirm",                                                                        \
	 .kind = OPTION_CHOICE,                                                                    \
	 .field = offsetof(type, confirm),                                                         \
	 .value = "ANSWER",                                                                        \
	 .choices = reach_answers,                                                                 \
	 .help = "What the user answers when the app asks for a confirmation"}
/* clang-format on */

/* Exit codes of such a command, and its group on the overview. */
#define REACH_EXIT_CODES "0 1 2 3 4 5 6 7 8 70 130 143"
#define REACH_GROUP "Run it here"
#define REACH_NEEDS ((unsigned)NEED_APP | (unsigned)NEED_NET)
#define REACH_APP_NEEDS (REACH_NEEDS | (unsigned)NEED_NODE)

#endif
