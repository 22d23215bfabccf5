/* Takes the inventory of an app that is published. */
#ifndef ATTIO_PLATFORM_NOTICE_H
#define ATTIO_PLATFORM_NOTICE_H

#include <stddef.h>

struct app;
struct arena;
struct bundles;
struct inventory;
struct module;
struct thing;
struct value;

/* Of an app that is right and its bundles. */
void inventory_take(struct inventory *inventory, struct arena *arena, const struct app *app,
		    const struct bundles *bundles);

/* outside.c: adds the hosts and environment variables that a script names. */
void outside_add(struct inventory *inventory, const char *path, const char *bytes, size_t len);
/* texts.c: adds what the definition in a module says in plain texts. */
void texts_of_definition(struct inventory *inventory, struct thing *thing, const struct app *app,
			 const struct module *module);
/* The same of an object literal. */
void texts_of_object(struct inventory *inventory, struct thing *thing, const struct app *app,
		     const struct value *object);
/* older.c: adds the surfaces that src/app.ts lists. */
void older_surfaces_add(struct inventory *inventory, const struct app *app);

#endif
