/* The seed world in a store of its own, for tests. */
#ifndef ATTIO_TESTS_WORLD_BOX_H
#define ATTIO_TESTS_WORLD_BOX_H

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/refusal.h"
#include "local/store.h"
#include "local/world/seed.h"
#include "local/world/world.h"
#include "sys/fs.h"
#include "json/json.h"

struct graphql_schema;

struct here {
	struct arena *arena;
	char *root;
	struct local_store *store;
	struct clock clock;
	struct world world;
	struct graphql_schema *schema; /* where a test reads one; its own to free */
	struct buf out;
	struct error error;
	struct refusal refusal;
	char ada[WORLD_ID_SIZE];
};

static const struct actor app = {"app", "6f1a7f0e-51a5-4bb5-9d24-9d6f1d6c8f11"};

static inline int here_open(void **state)
{
	struct arena *arena = arena_new();
	struct here *here = arena_alloc(arena, sizeof(*here));

	here->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-world-", &here->root, &here->error) != 0)
		return -1;
	here->store = local_store_open(here->root, &here->error);
	if (here->store == NULL ||
	    world_open(&here->world, here->store, &here->clock, &here->error) != 0) {
		print_error("%s\n", here->error.message);
		return -1;
	}
	seed_id("item", "people", "ada", here->ada);
	*state = here;
	return 0;
}

static inline int here_close(void **state)
{
	struct here *here = *state;
	int result;

	refusal_dispose(&here->refusal);
	world_close(&here->world);
	local_store_close(here->store);
	buf_dispose(&here->out);
	result = fs_remove_tree(here->root, &here->error);
	arena_free(here->arena);
	return result;
}

static inline cJSON *parse(const char *text)
{
	struct error error = {0};
	cJSON *document = json_parse(text, strlen(text), "test", NULL, &error);

	if (document == NULL)
		fail_msg("%s: %s: %.500s", error.message, error.why, text);
	return document;
}

#endif
