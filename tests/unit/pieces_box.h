/* A store of its own and the pieces on it, for tests of local/run. */
#ifndef ATTIO_TESTS_PIECES_BOX_H
#define ATTIO_TESTS_PIECES_BOX_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/requests.h"
#include "local/store.h"
#include "sys/fs.h"
#include "json/json.h"

#define BOX_WORKSPACE "4a0d2f3c-0000-4000-8000-000000000001"

struct box {
	struct arena *arena;
	char *root;
	struct local_store *store;
	struct clock clock;
	struct pieces pieces;
	struct error error;
	struct buf out;
};

static inline int box_open(void **state)
{
	struct arena *arena = arena_new();
	struct box *box = arena_alloc(arena, sizeof(*box));

	box->arena = arena;
	if (fs_make_temp_dir(arena, "/tmp/attio-test-pieces-", &box->root, &box->error) != 0)
		return -1;
	box->store = local_store_open(box->root, &box->error);
	if (box->store == NULL)
		return -1;
	box->pieces.store = box->store;
	box->pieces.clock = &box->clock;
	memcpy(box->pieces.workspace_id, BOX_WORKSPACE, sizeof(BOX_WORKSPACE));
	pieces_set_app(&box->pieces, "my-app", "My App", "http://127.0.0.1:8700");
	*state = box;
	return 0;
}

static inline int box_close(void **state)
{
	struct box *box = *state;
	int result;

	buf_dispose(&box->out);
	pieces_dispose(&box->pieces);
	local_store_close(box->store);
	result = fs_remove_tree(box->root, &box->error);
	arena_free(box->arena);
	return result;
}

static inline cJSON *box_json(const char *text)
{
	struct error error;
	cJSON *value = json_parse(text, strlen(text), "test", NULL, &error);

	if (value == NULL)
		fail_msg("%s: %s", error.message, text);
	return value;
}

/* A request as app code makes it; its answer's text until the next one, or NULL with box->error. */
static inline const char *box_ask(struct box *box, const char *method, const char *params)
{
	const struct piece_request *request = piece_request_find(method);
	int result;

	assert_non_null(request);
	buf_clear(&box->out);
	result = request->answer(&box->pieces, json_slice_of(params, strlen(params)), &box->out,
				 &box->error);
	return result == 0 ? buf_cstr(&box->out) : NULL;
}

#endif
