/* Before a block is activated or run: its configuration is completed with what the configurator
 * begins with, looked at beside the config schema, and the outcomes that the configurator declares
 * for it are found. */
#ifndef ATTIO_LOCAL_RUN_BLOCK_PREPARE_H
#define ATTIO_LOCAL_RUN_BLOCK_PREPARE_H

#include <cjson/cJSON.h>

struct platform;
struct run_error;

/* Lives until the callback returns. */
struct block_prepared {
	const char *config;    /* JSON */
	const char *outcomes;  /* JSON: [{"id", "label", "schema"}]; NULL when nobody knows */
	const cJSON *problems; /* an array of {path, message}: where the config does not fit */
	const struct run_error *thrown; /* there is no such block, or it cannot be run; or NULL */
};

typedef void block_prepare_done(void *context, const struct block_prepared *prepared);

/* `config` may be NULL: an empty one. `cause` is the flow node that it belongs to. The callback
 * comes once, in a later turn. */
void block_prepare(struct platform *platform, const char *block, const cJSON *config,
		   long long cause, block_prepare_done *done, void *context);

#endif
