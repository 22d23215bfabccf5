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

struct batch;
struct buf;
struct minified;
struct package;
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
	struct bundler *bundler;
	const struct block *block; /* or NULL */
	enum runtime runtime;
	const char *path;           /* of the bundle: "index.js" */
	const char *source;         /* what the entry is called towards esbuild */
	struct server_list servers; /* server side */
	struct server_list proxied; /* client: files that became proxies */
	struct split_links links;   /* client */
	struct message *messages;
	size_t message_count;
	const char *refused; /* esbuild's reason for not even trying, or NULL */
	uint32_t key;        /* of its context */
	/* In the arena of the run's bundles; NULL when it failed or was not asked for. */
	const char *bytes, *map, *meta;
	size_t len, map_len, meta_len;
};

/* What esbuild keeps of a bundle between runs. */
struct context {
	char *path;  /* of the bundle */
	char *setup; /* entry and flags it was made with */
	uint32_t key;
	bool used; /* in this run */
};

struct bundler {
	struct service *service;
	/* of the run */
	const struct app *app;
	struct texts *texts;
	const struct bundle_options *options;
	struct bundles *bundles;
	struct arena *arena;         /* scratch */
	bool keeping;                /* in contexts */
	struct package **unminified; /* package files that wait for the next batch */
	size_t unminified_count;
	struct batch **batches;
	size_t batch_count;
	size_t batches_open;
	/* of all runs */
	struct arena *kept;
	/* By esbuild's key, which is never used twice; NULL: no longer alive, or a batch's. */
	struct job **jobs;
	size_t job_count;
	struct context **contexts;
	size_t context_count;
	char **extras; /* files that only esbuild found to be server functions */
	size_t extra_count;
	struct map packages;       /* path of a package's file -> struct package */
	struct map manifests;      /* a folder of a package -> struct browser_map */
	struct minified *minified; /* NULL until a package is loaded */
	unsigned run;
};

/* request.c: a number that esbuild knows no build by; `job` may be NULL. */
uint32_t request_new_key(struct bundler *bundler, struct job *job);
/* A request to build these entries with these flags and plugins. */
struct wire_value request_of_build(const struct bundler *bundler, uint32_t key,
				   struct wire_value entries, struct wire_value flags,
				   struct wire_value plugins);
/* The list of our one plugin, with these hooks; `keeping`: it wants to be told each end. */
struct wire_value request_plugin(struct arena *arena, bool keeping, struct wire_value resolve,
				 struct wire_value load);
void request_add_hook(struct arena *arena, struct wire_value *hooks, uint32_t id,
		      const char *filter, const char *name_space);
/* An answer that leaves it to esbuild. */
void request_answer_nothing(struct bundler *bundler, uint32_t id);

/* result.c: a bundle is done. */
void result_take(struct job *job, const struct wire_value *result);
bool result_has_errors(const struct wire_value *reply);
void result_read_messages(struct job *job, const struct wire_value *reply);

/* plugin.c: what our hooks into a bundle are, and the answers to them. */
struct wire_value plugin_describe(struct bundler *bundler, const struct job *job);
void plugin_put_links(struct buf *out, const struct split_links *links);
void plugin_handle(uint32_t id, const struct wire_value *request, void *bundler);

/* packages.c: answers an on-load request for a file in node_modules, at once or later. */
void package_load(struct bundler *bundler, uint32_t request, uint32_t hook, const char *path);
/* Whether the nearest package.json of the file (absolute) may have files replaced in browsers. */
bool package_remaps(struct bundler *bundler, const char *file);
/* Sends what was put together. */
void packages_flush(void *bundler);
/* True when the request is about a batch of package files: it was answered. */
bool packages_handle(struct bundler *bundler, uint32_t id, const struct wire_value *request);
void packages_forget(struct bundler *bundler);

/* messages.c */
void messages_read(struct arena *arena, const struct wire_value *list, bool warnings,
		   struct message **messages, size_t *count);
/* Turns the job's messages into findings; what another job told already is left out. */
void messages_tell(const struct bundler *bundler, const struct job *job, struct diags *diags);

/* Texts of our own hooks' errors; what follows is a path relative to the root, for the last one
 * a whole message. They never reach the user. */
#define MARK_OUTSIDE "attio!outside:"
#define MARK_CSS "attio!css:"
#define MARK_HANDLER "attio!handler:"
#define MARK_SERVER_ONLY "attio!server-only:"
#define MARK_PACKAGE "attio!package:"

#endif
