/* Opening an address in the user's browser. */
#ifndef ATTIO_CLI_NET_BROWSER_H
#define ATTIO_CLI_NET_BROWSER_H

#include <stdbool.h>

struct cli;

/* The programs of $BROWSER, one after the other until one starts: words between blanks, "%s" is the
 * address, which otherwise is the last word. Without the variable the system's own way, where there
 * is a screen. False when nothing was started; what a browser then does nobody knows. */
bool browser_open(struct cli *cli, const char *url);

#endif
