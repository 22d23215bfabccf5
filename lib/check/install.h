/* Packages that package.json lists and that are not there: however many imports want one, what
 * helps is one `npm install`, so it is one finding. */
#ifndef ATTIO_CHECK_INSTALL_H
#define ATTIO_CHECK_INSTALL_H

#include <stdbool.h>

struct app;
struct diags;

/* Of the findings whose remedy is to install the app's packages one stays, with the others as its
 * notes: that about all of them (problem_packages), else the first (they are sorted). To be done
 * last: what is asked for decides which is the first. */
void install_join(const struct app *app, struct diags *findings);
/* Whether one of them has that remedy: then nothing else needs to name it. */
bool install_is_told(const struct app *app, const struct diags *findings);

#endif
