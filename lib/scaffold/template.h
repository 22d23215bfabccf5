/* The starter apps in the templates folder: one sub-folder each, with a template.json (name,
 * description) that is not copied. */
#ifndef ATTIO_SCAFFOLD_TEMPLATE_H
#define ATTIO_SCAFFOLD_TEMPLATE_H

#include <stddef.h>

struct arena;
struct error;

struct template
{
	const char *name;
	const char *description;
	const char *folder;
};

/* One file as it is to stand in a new app. */
struct template_file {
	const char *path; /* in the app, `/` separated */
	const char *bytes;
	size_t len;
};

/* All templates below `folder`, sorted by name. */
int template_list(struct arena *arena, const char *folder, struct template **templates,
		  size_t *count, struct error *error);
/* The template called `name`; ERROR_USAGE with the names that there are when it is unknown. */
int template_find(struct arena *arena, const char *folder, const char *name, struct template *found,
		  struct error *error);
/* Reads all files of a template, sorted by path, with `{{slug}}` and `{{title}}` replaced in text
 * files. A name that begins with `dot-` gets a dot instead (`dot-gitignore`). */
int template_read(struct arena *arena, const struct template *from, const char *slug,
		  const char *title, struct template_file **files, size_t *count,
		  struct error *error);

#endif
