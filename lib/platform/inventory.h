/* What of an app its users and their admins notice: surfaces, blocks and their configuration,
 * settings, webhooks, events, the hosts and environment variables that its bundles name, and sizes.
 * Taken when an app is published and kept beside the artifact, so that two versions can be compared
 * later. All of it is one kind of thing with named texts, so that new kinds need no code of their
 * own. */
#ifndef ATTIO_PLATFORM_INVENTORY_H
#define ATTIO_PLATFORM_INVENTORY_H

#include <stddef.h>

struct arena;
struct cJSON;
struct error;

struct thing_text {
	const char *name; /* "label", "configSchema.question" */
	const char *text;
};

struct thing {
	const char
		*kind;  /* "record-action", "block", "settings", "webhook", "event", "host", ... */
	const char *id; /* "" where there is one of the kind at most */
	struct thing_text *texts; /* in the order of the source */
	size_t count;
};

struct bundle_part {
	const char *path;
	size_t bytes;
};

struct inventory {
	struct arena *arena;
	struct thing *things; /* sorted by kind, then id; no two are the same */
	size_t count;
	struct bundle_part *parts; /* in the order of the bundles */
	size_t part_count;
};

struct cJSON *inventory_json(const struct inventory *inventory);
/* What inventory_json made. ERROR_SERVICE: it is none. */
int inventory_read(struct inventory *inventory, struct arena *arena, const struct cJSON *document,
		   struct error *error);

/* Adds a thing, which may be there already; adds a text to it. Both are copied. */
struct thing *inventory_thing(struct inventory *inventory, const char *kind, const char *id);
void thing_add(struct inventory *inventory, struct thing *thing, const char *name,
	       const char *text);
/* The order of things: by kind, then id. As strcmp. */
int thing_order(const struct thing *a, const struct thing *b);
/* Once all things are there: sorts them, and of those that are the same keeps the one that says
 * most. */
void inventory_sort(struct inventory *inventory);

#endif
