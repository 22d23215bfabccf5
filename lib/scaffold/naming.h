/* An app's name in its own files, once the platform knows it. */
#ifndef ATTIO_SCAFFOLD_NAMING_H
#define ATTIO_SCAFFOLD_NAMING_H

#include <stdbool.h>

struct arena;
struct error;

/* `name` of package.json in `root` becomes the slug, which is where every later command looks for
 * it. Every other byte stays. A missing file is written with the name alone. *changed: whether
 * anything was. ERROR_USAGE when the file is no JSON object. */
int naming_write(struct arena *arena, const char *root, const char *slug, bool *changed,
		 struct error *error);

#endif
