/* attio clock: what it takes. It runs in attio-net: cli/net/clock.c. */
#include <stddef.h>

#include "cli/net/clock.h"
#include "cli/table.h"

/* --- attio clock --------------------------------------------------------------------------------
 */

static const struct option clock_table[] = {
	REACH_OPTIONS(struct clock_options),
	{.name = NULL},
};

static const struct operand clock_operands[] = {
	{.name = "TIME",
	 .field = offsetof(struct clock_options, time),
	 .help = "How far: +90s, +15m, +1h, +2d; or a time: 2030-01-01T00:00:00Z; or `real`"},
	{.name = NULL},
};

static const struct example clock_examples[] = {
	{"attio clock", "Show the time"},
	{"attio clock +1h", "Let an hour pass"},
	{.command = NULL},
};

const struct command cmd_clock = {
	.name = "clock",
	.group = REACH_GROUP,
	.summary = "Show or move the clock of the local platform",
	.description = "Without a time it prints the platform's time. Expiry, timers, limits and "
		       "timestamps follow it. A clock that was moved stays so, also when the "
		       "platform ends; `attio clock real` sets it to this machine's time.",
	.options = clock_table,
	.operands = clock_operands,
	.examples = clock_examples,
	.exit_codes = REACH_EXIT_CODES,
	.options_size = sizeof(struct clock_options),
	.needs = REACH_NEEDS,
};
