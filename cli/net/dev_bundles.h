/* What the platform needs to know of a build besides our own bundles. */
#ifndef ATTIO_CLI_NET_DEV_BUNDLES_H
#define ATTIO_CLI_NET_DEV_BUNDLES_H

struct app;
struct arena;
struct error;
struct platform_bundles;

/* Names of the app's webhook files, in the arena. */
void dev_put_webhooks(struct platform_bundles *out, const struct app *app, struct arena *arena);
/* In place of the bundles those in a folder, as a build leaves them (index.js, server.js,
 * workflow/ID.js); another tool made them. Source maps are not asked for. -1 when one that the app
 * needs cannot be read. */
int dev_put_folder(struct platform_bundles *out, const char *folder, struct arena *arena,
		   struct error *error);

#endif
