/* The files that a tsconfig.json extends, for the two who read it: the app model (tsconfig.h) and
 * the type check (lib/types/program.h). They are found as esbuild finds them, which follows
 * TypeScript but for `#names` of package.json's `imports`. Each file is read once: what is read
 * first wins, so one read before says nothing new, and a chain that forks again and again does not
 * grow without end.
 */
#ifndef ATTIO_APP_EXTENDS_H
#define ATTIO_APP_EXTENDS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/map.h"

struct arena;

struct extends {
	struct arena *arena;
	/* Whether there is a file; paths are absolute. */
	bool (*is_file)(const char *path, void *payload);
	/* A package.json, for cJSON_Delete; NULL when there is none. */
	cJSON *(*manifest)(const char *path, void *payload);
	/* Reads one with extends_enter, extends_follow, extends_leave. */
	void (*read)(const char *path, int depth, void *payload);
	void *payload;
	struct map files;    /* those read before; the value says whether we are inside */
	struct map packages; /* folder -> what is known of the package in it */
	bool circular;
	bool incomplete; /* an extended file is not there, or too deep */
};

/* False: it was read before. */
bool extends_enter(struct extends *extends, const char *path);
/* Reads what the document, which really lies in `folder`, extends: the nearest first. */
void extends_follow(struct extends *extends, const cJSON *document, const char *folder, int depth);
void extends_leave(struct extends *extends, const char *path);
void extends_dispose(struct extends *extends);

#endif
