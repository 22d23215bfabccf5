/* One build run while it is under way: shared by the files of this room, included by no other. */
#ifndef ATTIO_BUNDLE_JOB_H
#define ATTIO_BUNDLE_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/app.h"
#include "base/map.h"
#include "bundle/bundle.h"
#include "bundle/split.h"
#include "bundle/wire.h"

struct service;

/* What esbuild says about one place. */
struct location {
	const char *file; /* as esbuild writes it: relative to the root; NULL: no place */
	const char *name_space;
	size_t line;   /* from 1 */
	size_t column; /* from 0, bytes */
	size_t length; /* bytes */
};

struct message_note {
	const char *text;
	struct location location;
};

struct message {
	bool warning;
	const char *text;
	struct location location;
	struct message_note *notes;
	size_t note_count;
};

/* One bundle being built. */
struct job {
	struct build *build;
	const struct block *block; /* or NULL */
	enum runtime runtime;
	const char *path;           /* of the bundle: "index.js" */
	const char *source;         /* what the entry is called towards esbuild */
	struct server_list servers; /* server side */
	struct server_list proxied; /* client: files that became proxies */
	struct message *messages;
	size_t message_count;
	const char *refused; /* esbuild's reason for not even trying, or NULL */
	const char *bytes;   /* in the app's arena; NULL when it failed */
	size_t len;
};

struct build {
	struct app *app;
	struct arena *arena; /* scratch: lives as long as the run */
	struct service *service;
	struct job **jobs; /* by esbuild's key; a bundle that is built again has two */
	size_t job_count;
	struct map packages; /* path of a package's file -> struct package */
};

/* plugin.c: what our hooks are, and the answers to them. */
struct wire_value plugin_describe(struct build *build, const struct job *job);
void plugin_handle(uint32_t id, const struct wire_value *request, void *build);

/* packages.c: answers an on-load request for a file in node_modules, at once or later. */
void package_load(struct build *build, uint32_t request, uint32_t hook, const char *path);

/* messages.c */
void messages_read(struct arena *arena, const struct wire_value *list, bool warnings,
		   struct message **messages, size_t *count);
/* Turns the job's messages into findings; what another job told already is left out. */
void messages_tell(const struct build *build, const struct job *job, struct diags *diags);

/* Texts of our own hooks' errors; what follows is a path relative to the root, for the last one
 * a whole message. They never reach the user. */
#define MARK_CSS "attio!css:"
#define MARK_HANDLER "attio!handler:"
#define MARK_PACKAGE "attio!package:"

#endif
