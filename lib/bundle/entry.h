/* The generated entry of each bundle: what ties the app's modules to the host. Pure functions from
 * the app model to JavaScript. The host's contract, with all names that must stay as they are:
 * lib/bundle/README.md, Client entry, Server entry and Block entry.
 *
 * App files are imported by paths relative to the root ("./src/..."), so the text, and with it the
 * bundle, is the same in every folder. */
#ifndef ATTIO_BUNDLE_ENTRY_H
#define ATTIO_BUNDLE_ENTRY_H

struct app;
struct block;
struct buf;
struct server_list;

/* Declares the variables that the host reads. Stands before all other code of the bundle; the
 * entry only assigns to them. esbuild never gives a name that some module uses without declaring it
 * to anything else, so nothing in the app can take these names away. */
extern const char entry_server_banner[];
extern const char entry_block_banner[];

void entry_client(struct buf *out, const struct app *app);
void entry_server(struct buf *out, const struct app *app, const struct server_list *servers);
void entry_block(struct buf *out, const struct app *app, const struct block *block,
		 const struct server_list *servers);

#endif
