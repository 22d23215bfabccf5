/* Requests to the REST API, over a seeded world in memory. One is "METHOD PATH?QUERY", a line
 * break, the body; several have lines "%%" between them, and "@@" in a later one stands for the id
 * of what an earlier one answered. Whatever comes, each answer has the service's envelope, and
 * never is it the store that failed. Each input finds the same world. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "local/refusal.h"
#include "tests/unit/rest_box.h"
#include "json/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BETWEEN "\n%%\n"
#define MOST 12 /* requests of one input */

static void check(const struct rest_box *box)
{
	const struct buf *body = &box->reply.body;
	unsigned status = box->reply.status;
	size_t offset;

	if (status < 200 || status > 599 || status == 500)
		abort();
	if (box_header(box, "x-attio-execution-id") == NULL)
		abort();
	if (status == 204 ? body->len != 0 : json_scan(body->ptr, body->len, &offset) != NULL)
		abort();
	if (status >= 400 && strncmp(body->ptr, "{\"status_code\":", 15) != 0)
		abort();
}

/* "@@" becomes `id`. In the arena. */
static char *fill(struct rest_box *box, const char *text, const char *id)
{
	struct buf out = {0};
	char *copy;

	for (const char *at; (at = strstr(text, "@@")) != NULL; text = at + 2) {
		buf_add(&out, text, (size_t)(at - text));
		buf_puts(&out, id);
	}
	buf_puts(&out, text);
	copy = arena_strndup(box->arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return copy;
}

/* The last id of "data.id", or `before`. */
static const char *answered_id(struct rest_box *box, const char *before)
{
	const cJSON *data = cJSON_GetObjectItemCaseSensitive(box->json, "data");
	const cJSON *one, *last = NULL;

	cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(data, "id")) last = one;
	return cJSON_IsString(last) ? arena_strdup(box->arena, last->valuestring) : before;
}

static void send_one(struct rest_box *box, char *text)
{
	char *body = strchr(text, '\n');
	char *path = strchr(text, ' ');

	if (body != NULL)
		*body++ = '\0';
	if (path == NULL || (body != NULL && path > body))
		return;
	*path++ = '\0';
	box_call(box, text, path, body);
	check(box);
}

static void send_all(struct rest_box *box, const char *text)
{
	const char *id = "none";

	for (int count = 0; text != NULL && count < MOST; count++) {
		const char *end = strstr(text, BETWEEN);
		size_t len = end != NULL ? (size_t)(end - text) : strlen(text);

		send_one(box, fill(box, arena_strndup(box->arena, text, len), id));
		id = answered_id(box, id);
		text = end != NULL ? end + strlen(BETWEEN) : NULL;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rest_box box;
	static bool open;
	struct refusal refusal = {0};

	if (!open)
		box_open(&box);
	open = true;
	if (world_begin(&box.world, &refusal) != 0)
		abort();
	send_all(&box, arena_strndup(box.arena, (const char *)data, size));
	world_end(&box.world, -1, &refusal);
	refusal_dispose(&refusal);
	arena_free(box.arena);
	box.arena = arena_new();
	return 0;
}
