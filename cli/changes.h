/* What is asked of git: what --since and --staged select, and which files are tracked. The light
 * program becomes attio-net here, with the same words: call these before any other work and before
 * any output. */
#ifndef ATTIO_CLI_CHANGES_H
#define ATTIO_CLI_CHANGES_H

struct cli;
struct git_changes;

/* Finds what changed in the app's folder `root` since the revision `since`, or for NULL what is
 * staged; in the cli's arena. EXIT_OK, or the failure was told and its exit code is returned. */
int changes_find(struct cli *cli, const char *root, const char *since, struct git_changes *changes);

/* Finds which of app_private_files git tracks in the app's folder: a list that ends with NULL, in
 * the cli's arena. A repository that cannot be read is warned of and tracks nothing. EXIT_OK, or
 * the light program could not become the other one, which was told. */
int tracked_find(struct cli *cli, const char *root, const char *const **tracked);

#endif
