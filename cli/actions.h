/* What GitHub Actions shows of findings without being asked. */
#ifndef ATTIO_CLI_ACTIONS_H
#define ATTIO_CLI_ACTIONS_H

struct cli;
struct report_input;

/* Within GitHub Actions, for `validate` without --format: annotations on standard error, and a
 * table in the summary of the step. The runner reads commands from both streams, and so a file
 * that standard output is sent to holds the answer alone. */
void actions_show(struct cli *cli, const struct report_input *input);

#endif
