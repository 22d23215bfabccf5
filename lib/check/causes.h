/* One cause, one finding: a file, a package, a name or a key of a block's configuration that is not
 * there is told where it is first missed (by path and place); all others that miss it are its
 * notes, and its fix mends them, too. */
#ifndef ATTIO_CHECK_CAUSES_H
#define ATTIO_CHECK_CAUSES_H

struct app;
struct diags;

/* The findings are sorted. To be done last: what is asked for and what a baseline records decides
 * which is the first. Those about packages to install: install.h. */
void causes_join(const struct app *app, struct diags *findings);

#endif
