/* The table as JSON: what `attio help --json` adds to its document. */
#ifndef ATTIO_CLI_HELP_JSON_H
#define ATTIO_CLI_HELP_JSON_H

struct cJSON;
struct command;

/* Adds `commands`, `globals`, `exitCodes` and `environment`. `words` "" means all commands, else
 * only the command of that name and those that begin with it. Hidden commands are left out. */
void help_json(struct cJSON *document, const struct command *const *commands, const char *words);

#endif
