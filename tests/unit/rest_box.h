/* The REST API over a store in memory, for tests: a world as it is seeded, and requests to it. */
#ifndef ATTIO_TESTS_REST_BOX_H
#define ATTIO_TESTS_REST_BOX_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/migrations.h"
#include "local/rest/rest.h"
#include "local/sql.h"
#include "local/world/world.h"

#define BOX_TOKEN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BOX_APP "3b9e4a52-1111-4222-8333-444455556666"

struct rest_box {
	struct arena *arena;
	struct local_store store;
	struct clock clock;
	struct world world;
	struct rest rest;
	struct http_reply reply; /* of the last request */
	cJSON *json;             /* its body, or NULL */
};

static inline void box_open(struct rest_box *box)
{
	struct error error = {0};
	size_t count;
	const struct migration *list = migrations_list(&count);

	memset(box, 0, sizeof(*box));
	box->arena = arena_new();
	box->store.path = mem_strdup(":memory:");
	if (sqlite3_open(":memory:", &box->store.db) != SQLITE_OK ||
	    migrations_apply(&box->store, list, count, &error) != 0 ||
	    sql_run(&box->store, "PRAGMA foreign_keys = ON", &error) != 0 ||
	    world_open(&box->world, &box->store, &box->clock, &error) != 0) {
		fprintf(stderr, "%s: %s\n", error.message, error.why);
		abort();
	}
	box->rest = (struct rest){.world = &box->world,
				  .clock = &box->clock,
				  .api_token = BOX_TOKEN,
				  .app_id = BOX_APP,
				  .unlimited = true};
}

static inline void box_forget(struct rest_box *box)
{
	cJSON_Delete(box->json);
	buf_dispose(&box->reply.headers);
	buf_dispose(&box->reply.body);
	box->json = NULL;
	box->reply = (struct http_reply){0};
}

static inline void box_close(struct rest_box *box)
{
	box_forget(box);
	world_close(&box->world);
	sql_drop_kept(&box->store);
	sqlite3_close(box->store.db);
	mem_free(box->store.path);
	arena_free(box->arena);
}

/* `path` with its query behind "?". Returns the status. */
static inline unsigned box_send(struct rest_box *box, const char *method, const char *path,
				const char *body, const char *authorization)
{
	const char *query = strchr(path, '?');
	struct rest_request request = {
		.method = method,
		.path = query != NULL ? arena_strndup(box->arena, path, (size_t)(query - path))
				      : path,
		.query = query != NULL ? query + 1 : "",
		.body = body != NULL ? body : "",
		.body_len = body != NULL ? strlen(body) : 0,
		.authorization = authorization,
	};

	box_forget(box);
	rest_answer(&box->rest, &request, &box->reply);
	box->json = cJSON_Parse(buf_cstr(&box->reply.body));
	return box->reply.status;
}

static inline unsigned box_call(struct rest_box *box, const char *method, const char *path,
				const char *body)
{
	return box_send(box, method, path, body, "Bearer " BOX_TOKEN);
}

/* A header of the last answer, by its name as it is sent; NULL. */
static inline const char *box_header(const struct rest_box *box, const char *name)
{
	const struct buf *headers = &box->reply.headers;

	for (size_t at = 0; at < headers->len;) {
		const char *here = headers->ptr + at;
		const char *value = here + strlen(here) + 1;

		if (strcmp(here, name) == 0)
			return value;
		at += strlen(here) + strlen(value) + 2;
	}
	return NULL;
}

/* A text of the last answer at "data.id.note_id" ("data.0.id" in arrays); NULL. In the arena. */
static inline const char *box_text(struct rest_box *box, const char *path)
{
	const cJSON *at = box->json;

	while (at != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");
		const char *name = arena_strndup(box->arena, path, len);

		at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, (int)strtol(name, NULL, 10))
				       : cJSON_GetObjectItemCaseSensitive(at, name);
		path += len + (path[len] == '.' ? 1 : 0);
	}
	return cJSON_IsString(at) ? arena_strdup(box->arena, at->valuestring) : NULL;
}

#endif
