/* Where an app reads its environment variables. */
#ifndef ATTIO_RULES_ENVIRONMENT_H
#define ATTIO_RULES_ENVIRONMENT_H

struct app;
struct diags;

/* One for each read in server code, whose message is the variable's name; reads of names that the
 * code makes up as it runs are none. */
void environment_reads(const struct app *app, struct diags *found);

#endif
