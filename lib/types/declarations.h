/* The files in .attio/: what an app tells the SDK's types about itself. Pure but for .env files. */
#ifndef ATTIO_TYPES_DECLARATIONS_H
#define ATTIO_TYPES_DECLARATIONS_H

#include <stddef.h>

struct app;

struct declaration {
	const char *path; /* ".attio/env.d.ts" */
	char *text;       /* NULL: the app needs none */
};

enum { DECLARATION_COUNT = 3 };

/* All files that there can be, sorted by path, in the app's arena. */
void declarations_make(const struct app *app, struct declaration files[DECLARATION_COUNT]);

#endif
