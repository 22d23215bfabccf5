/* Findings on their way out of a command: the same text and the same JSON for validate, build and
 * deploy. */
#ifndef ATTIO_CLI_FINDINGS_H
#define ATTIO_CLI_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct cJSON;
struct cli;
struct diags;
struct error;
struct texts;

/* Prints the findings on stdout in the human form; nothing under --json or when there are none. */
void findings_print(struct cli *cli, const struct diags *findings, struct texts *texts);
/* Whether the findings of a watch are others than those that were told last, which `*told` holds
 * (NULL: none were yet) and which these become. Whoever has `told` frees it. */
bool findings_are_news(char **told, const struct diags *findings, struct texts *texts);
/* "1 error, 2 warnings" in the cli's arena. */
const char *findings_count_words(struct cli *cli, const struct diags *findings);
/* Adds `root`, `summary` {files, errors, warnings, ms} and `diagnostics` to a command's document.
 */
void findings_add_json(struct cJSON *document, const struct diags *findings, struct texts *texts,
		       size_t files, long ms);

/* What was not reported, and what was repaired. */
struct finding_counts {
	size_t fixed;
	size_t suppressed; /* by comments */
	size_t baseline;   /* known to the baseline */
	size_t before;     /* from before the changes that are asked about */
};
/* Adds them to `summary`. */
void findings_add_counts(struct cJSON *document, const struct finding_counts *counts);

/* Warns that git could not be asked about the app's secret files, for that reason. */
void warn_untold(struct cli *cli, const struct error *error);

/* Milliseconds since `start` (CLOCK_MONOTONIC). */
long elapsed_ms(const struct timespec *start);

#endif
