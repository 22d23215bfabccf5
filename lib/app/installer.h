/* Which npm packages an app says it needs, which are there, and how they get there. */
#ifndef ATTIO_APP_INSTALLER_H
#define ATTIO_APP_INSTALLER_H

#include <stdbool.h>

struct app;
struct arena;

/* How the app's packages are installed, or one more: by the package manager whose lock file is the
 * nearest from the app's folder upwards, else by npm. */
const char *installer_command(struct arena *arena, const char *root, const char *package);
/* Whether a package.json from the app's folder upwards lists it. */
bool installer_lists(const struct app *app, struct arena *arena, const char *package);
/* Whether a node_modules folder from the app's folder upwards holds it. */
bool installer_has(const struct app *app, struct arena *arena, const char *package);
/* What brings the SDK to where types are looked for, as a remedy: "run `npm install attio`". Yarn's
 * Plug'n'Play has no such place. */
const char *installer_remedy(const struct app *app, struct arena *arena);
/* Whether Yarn's Plug'n'Play holds the SDK, which is listed, in an archive: no node_modules folder
 * has it. */
bool installer_hides(const struct app *app, struct arena *arena);
/* Whether the SDK is missing, so that nothing that needs it can be looked at; *command then
 * installs it. It is listed and in no node_modules folder, or not listed and others are installed.
 * An app that lists no package waits for none, and under Yarn's Plug'n'Play there are no such
 * folders. */
bool installer_is_due(const struct app *app, struct arena *arena, const char **command);

#endif
