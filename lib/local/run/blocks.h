/* Workflow blocks of the app as the store knows them: activations of triggers, and runs, which a
 * trigger starts or which execute a step. Calling their handlers: block_calls.h. */
#ifndef ATTIO_LOCAL_RUN_BLOCKS_H
#define ATTIO_LOCAL_RUN_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include "local/store.h"

struct arena;
struct buf;
struct error;
struct pieces;

#define BLOCK_ACTIVATING "activating"
#define BLOCK_ACTIVE "active"
#define BLOCK_INACTIVE "inactive"
#define BLOCK_RUNNING "running"
#define BLOCK_WAITING "waiting"
#define BLOCK_DONE "done"
#define BLOCK_EXITED "exited"
#define BLOCK_FAILED "failed" /* of both */

/* A block that stands in a workflow, for an activation or a run: ids, the secret part of its
 * callback's address, and the values that it is configured with. */
struct block_place {
	const char *id;    /* uniqueActivationId, or the run's id */
	const char *block; /* its id in the app */
	const char *workflow_id;
	const char *version_id;
	const char *block_id;
	const char *token;
	const char *config;   /* JSON */
	const char *outcomes; /* JSON: [{"id", "schema"}] that the configurator declares; or NULL */
	const char *state;    /* BLOCK_... */
	long long attempts;
	const char *execution_id; /* of a run */
	const char *activation;   /* of a run that a trigger started; else NULL */
};

/* What changes; NULL texts stay. */
struct block_news {
	const char *state;
	const char *outcome; /* JSON; of a run */
	const char *error;   /* "" takes it away */
	bool attempt;        /* it was tried once more */
	bool ended;
};

/* All made or found are in the arena; NULL when there is none. */

/* Begins to activate a trigger. The workflow around it is made up: one for each block. */
int block_activation_new(struct pieces *pieces, struct arena *arena, const char *block,
			 const char *config, const char *outcomes, struct block_place **place,
			 struct error *error);
int block_activation_find(struct pieces *pieces, struct arena *arena, const char *id,
			  struct block_place **place, struct error *error);
/* The newest one of a block that is in this state. */
int block_activation_newest(struct pieces *pieces, struct arena *arena, const char *block,
			    const char *state, struct block_place **place, struct error *error);
int block_activation_tell(struct pieces *pieces, const char *id, const struct block_news *news,
			  struct error *error);

/* A run of a step (`started_by` NULL), or one that the trigger `started_by` starts. */
int block_run_new(struct pieces *pieces, struct arena *arena, const char *block, const char *config,
		  const char *outcomes, const struct block_place *started_by,
		  struct block_place **place, struct error *error);
int block_run_find(struct pieces *pieces, struct arena *arena, const char *id,
		   struct block_place **place, struct error *error);
int block_run_newest(struct pieces *pieces, struct arena *arena, const char *block,
		     const char *state, struct block_place **place, struct error *error);
int block_run_tell(struct pieces *pieces, const char *id, const struct block_news *news,
		   struct error *error);

/* At the start of the platform: what another process left in the middle has failed. */
int blocks_settle(struct pieces *pieces, struct error *error);

/* For people, an array of activations or runs, newest first, at most 100: of one block, or all. One
 * by its id as an object. */
int block_activations_show(struct pieces *pieces, const char *block, const char *id,
			   struct buf *out, struct error *error);
int block_runs_show(struct pieces *pieces, const char *block, const char *id, struct buf *out,
		    struct error *error);

/* The address that calls back: a trigger's, or of a run that waits. */
void block_trigger_url(const struct pieces *pieces, const struct block_place *place,
		       struct buf *out);
void block_finish_url(const struct pieces *pieces, const struct block_place *place,
		      struct buf *out);

#endif
