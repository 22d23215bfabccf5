/* JSON Schemas of the documents that commands print: `attio help schema NAME`. */
#ifndef ATTIO_CLI_SCHEMA_H
#define ATTIO_CLI_SCHEMA_H

struct cli;

/* Prints the schema of that command's document, or with NULL the list of those there are. Returns
 * an exit code: EXIT_USAGE with a message for other names. */
int schema_print(struct cli *cli, const char *name);

#endif
