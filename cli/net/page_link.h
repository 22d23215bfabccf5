/* What a browser is sent to, so that the page has its key. */
#ifndef ATTIO_CLI_NET_PAGE_LINK_H
#define ATTIO_CLI_NET_PAGE_LINK_H

#include "cli/cli.h"

struct arena;
struct buf;
struct error;

/* The page's address at `place` ("people/ada"; NULL: its first). A platform that is told whose a
 * browser is gives it the key, and then that is all. Elsewhere the key goes by a file in the state
 * folder that only its owner can read and that leads to the page: other users see the words of a
 * process. The platform removes it when the page is there. Lives in the cli's arena; when the file
 * cannot be written it is the address, and the page asks. */
const char *page_link(struct cli *cli, const char *folder, const char *url, const char *secret,
		      const char *place);
/* The address alone. */
const char *page_address(struct cli *cli, const char *url, const char *place);
/* Within the program, for its test: the file's text. */
void page_link_put(struct buf *out, const char *url, const char *secret, const char *place);

#endif
