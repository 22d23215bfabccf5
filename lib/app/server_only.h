/* What a name promises to keep on the server, though it is no server function. A specifier or a
 * path that says `.server` reads as "never in the browser" (a folder `x.server/` is just that to
 * React Router and Remix); the official CLI makes a proxy of every specifier that ends so, to a
 * module that then does not exist. Here the one file `x.server.ts` is a server function; all else
 * of that kind is refused in client code, in capitals too: on many disks they are the same name. */
#ifndef ATTIO_APP_SERVER_ONLY_H
#define ATTIO_APP_SERVER_ONLY_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct app;
struct module;

extern const struct rule_info problem_server_only; /* ATT2010 */

/* Whether a file (path relative to the root) is for the server only by its own name or by that of a
 * folder, without being a server function itself. Style sheets are not: nothing ships them. */
bool server_only_path(const char *path);
/* Whether a specifier ends in `.server`, or in that and an extension. */
bool server_only_specifier(const char *specifier);

/* Whether the import with that index brings something into the client that is for the server only.
 * An import of a server function does not, nor does one that leads nowhere. */
bool server_only_import(const struct module *module, size_t import);
/* Adds a finding for each such import of the client's modules, with the way to it. */
void server_only_check(const struct app *app, struct diags *diags);
/* One such finding: client code imports the file or package `what`. */
struct diag *server_only_tell(struct diags *diags, struct place place, const char *what);

/* Whether a server function has exports and none is the default one, which is told at the file
 * itself (ATT3001): names that are imported from it follow from that. `module` may be NULL. */
bool server_lacks_default(const struct module *module);

#endif
