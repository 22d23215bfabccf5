/* What one look of `attio validate` at the app came to, for people and for scripts. */
#ifndef ATTIO_CLI_VALIDATION_H
#define ATTIO_CLI_VALIDATION_H

#include <stdbool.h>
#include <time.h>

#include "check/check.h"
#include "cli/findings.h"

struct cJSON;
struct cli;

struct validation {
	struct cli *cli;
	struct check check;
	struct checked checked;
	struct finding_counts counts;
	bool repairs; /* with --fix: nobody must be told that it would */
	struct timespec start;
};

/* Says how many findings there are, where else some went, and what could not be looked at. */
void validation_say(const struct validation *run);
/* The command's document; see cli_json. */
struct cJSON *validation_document(struct validation *run, int code);

#endif
