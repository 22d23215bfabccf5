/* What help knows beside the commands. */
#ifndef ATTIO_CLI_TOPICS_H
#define ATTIO_CLI_TOPICS_H

struct variable {
	const char *name;
	const char *text; /* capital first, full stop */
};

/* Environment variables that attio reads, by importance; ends with name NULL. */
extern const struct variable variables[];
/* Topics of `attio help` beside the commands; ends with NULL. */
extern const char *const help_topics[];

#endif
