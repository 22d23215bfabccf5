/* A credential in a file that others shall not read: `attio login --export`. */
#ifndef ATTIO_CLI_NET_EXPORT_H
#define ATTIO_CLI_NET_EXPORT_H

#include <stdbool.h>

struct cli;
struct credential;
struct error;

/* Whether the file may be written: a new one, an empty one, or a credential of this user's; with
 * `force` any regular file. Never a terminal or anything else. `*path` becomes absolute.
 * ERROR_USAGE. */
int export_check(struct cli *cli, const char *file, bool force, const char **path,
		 struct error *error);
/* Writes it at once, readable by its owner alone. */
int export_write(const char *path, const struct credential *credential, struct error *error);

#endif
