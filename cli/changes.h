/* What --since and --staged select. Needs git, so only attio-net can find it. */
#ifndef ATTIO_CLI_CHANGES_H
#define ATTIO_CLI_CHANGES_H

struct cli;
struct git_changes;

/* Finds what changed in the app's folder `path` (NULL: the current one) since the revision `since`,
 * or for NULL what is staged; in the cli's arena. EXIT_OK, or the failure was told and its exit
 * code is returned. The light program becomes attio-net here, with the same words: call it before
 * any other work and before any output. */
int changes_find(struct cli *cli, const char *path, const char *since, struct git_changes *changes);

#endif
