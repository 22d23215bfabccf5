/* Builds of the app in the host: a new one is loaded beside the old one and takes its place when it
 * is evaluated; the old one is let go when its calls are over. */
#ifndef ATTIO_LOCAL_RUN_GENERATIONS_H
#define ATTIO_LOCAL_RUN_GENERATIONS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "base/buf.h"

struct platform;
struct platform_bundles;

enum generation_state {
	GENERATION_NONE,    /* none was given yet */
	GENERATION_LOADING, /* the first one is being evaluated */
	GENERATION_RUNS,    /* `current` answers; a later one may be loading */
	GENERATION_WITHOUT  /* there is nothing to run: `why` */
};

/* How many calls an old generation still has. */
struct generation_use {
	long long number;
	unsigned calls;
};

struct generations {
	enum generation_state state;
	long long current; /* number of the one that runs; 0: none */
	long long last;    /* number given last */
	bool loading;      /* `last` is being evaluated */
	struct generation_use *uses;
	size_t use_count;
	struct buf load;     /* params of the one given last, for a host that is started anew */
	cJSON *env;          /* of the .env files: an object of strings, or NULL */
	cJSON *stand_ins;    /* the same for a flow that is replayed, or NULL */
	struct buf surfaces; /* what the current one registered: JSON */
	struct buf errors;   /* how its realms failed: a JSON array */
	char built_at[40];
	char *why; /* GENERATION_WITHOUT */
};

void generations_dispose(struct generations *generations);
/* Sends it to the host (which must be there). */
void generations_load(struct platform *platform, const struct platform_bundles *bundles);
/* What has no value in this machine's .env files gets one of these (an object of strings) when the
 * last one is sent again; until the next call. */
void generations_stand_in(struct platform *platform, const cJSON *values);
/* Sends the last one again, to a host that was started anew. */
void generations_reload(struct platform *platform);
void generations_without(struct platform *platform, const char *why);
/* A call of the generation begins or is over. */
void generation_hold(struct platform *platform, long long number);
void generation_release(struct platform *platform, long long number);
/* Ends the code of one that another has replaced, whatever it does: its open calls are answered
 * with an error. Nothing for one that is not there or that runs. */
void generation_end(struct platform *platform, long long number);

#endif
