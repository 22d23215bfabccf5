/* Asking git. The light program becomes attio-net here, with the same words: call this before any
 * other work and before any output. */
#ifndef ATTIO_CLI_CHANGES_H
#define ATTIO_CLI_CHANGES_H

#include <stdbool.h>

struct check_git;
struct cli;

/* How git is asked about the app in `root`. NULL in the light program when that is not needed:
 * nothing must be known (`must`), and there is no file that git should not track, or no repository.
 * EXIT_OK, or the light program could not become the other one, which was told. */
int git_find(struct cli *cli, const char *root, bool must, const struct check_git **git);

#endif
