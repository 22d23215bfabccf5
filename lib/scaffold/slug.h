/* Names of apps: the slug that the platform knows an app by, and the title made from it. */
#ifndef ATTIO_SCAFFOLD_SLUG_H
#define ATTIO_SCAFFOLD_SLUG_H

struct arena;
struct error;

/* Whether `slug` is an id (app/identifiers.h) that does not contain the word attio. -1 with
 * ERROR_USAGE, whose fix names a similar good slug if there is one. */
int slug_check(const char *slug, struct error *error);
/* The nearest good slug to any text ("My App!" -> "my-app"), or NULL when nothing is left of it. */
char *slug_suggest(struct arena *arena, const char *text);
/* "my-app" -> "My App". */
char *slug_title(struct arena *arena, const char *slug);
/* Whether the platform takes it as the title of a new app: not blank, without the word attio in any
 * case. -1 with ERROR_USAGE. */
int title_check(const char *title, struct error *error);

#endif
