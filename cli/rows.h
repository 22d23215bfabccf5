/* What several commands say of the same option. Each goes into the row of one, which adds what is
 * its own: {ROW_TIMEOUT(offsetof(struct x, timeout)), .help = ROW_TIMEOUT_HELP, .fallback = "30"}.
 */
#ifndef ATTIO_CLI_ROWS_H
#define ATTIO_CLI_ROWS_H

#include <stddef.h>

#include "cli/command.h"

/* clang-format off */
/* A slug of an app on Attio: const char *. The row says of which. */
#define ROW_APP(place)                                                                             \
	.name = "app", .letter = 'a', .kind = OPTION_STRING, .field = (place), .value = "SLUG"

/* A slug of a workspace on Attio: const char *. */
#define ROW_WORKSPACE(place)                                                                       \
	.name = "workspace", .letter = 'w', .kind = OPTION_STRING, .field = (place), .value = "SLUG"

/* Seconds: long. */
#define ROW_TIMEOUT(place)                                                                         \
	.name = "timeout", .kind = OPTION_NUMBER, .field = (place), .value = "SEC", .min = 1,      \
	.max = 3600
#define ROW_TIMEOUT_HELP "Longest wait for one request, in seconds"

/* Whom to trust, as trust_file has it: const char *. */
#define ROW_CACERT(place)                                                                          \
	.name = "cacert", .kind = OPTION_PATH, .field = (place), .value = "FILE",                  \
	.help = "PEM file of certificates to trust, instead of the system's"
/* clang-format on */

#endif
