/* See replaying.h. */
#include "local/flow/replaying.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

#define ID_LEN 36

struct replaying {
	struct local_store *store; /* borrowed */
	struct arena *arena;
	struct map known; /* ids that were there */
	cJSON *outside;   /* what is used up is taken out */
};

/* --- ids ---------------------------------------------------------------------------------------
 */

static const char known_ids[] =
	"SELECT id FROM items UNION ALL SELECT id FROM workspace UNION ALL SELECT id FROM members "
	"UNION ALL SELECT id FROM objects UNION ALL SELECT id FROM lists UNION ALL SELECT id FROM "
	"attributes UNION ALL SELECT id FROM options UNION ALL SELECT id FROM notes UNION ALL "
	"SELECT id FROM tasks UNION ALL SELECT id FROM comments UNION ALL SELECT thread_id FROM "
	"comments UNION ALL SELECT id FROM meetings UNION ALL SELECT id FROM call_recordings UNION "
	"ALL SELECT id FROM rest_webhooks UNION ALL SELECT id FROM connections UNION ALL SELECT id "
	"FROM webhook_handlers UNION ALL SELECT id FROM block_activations UNION ALL SELECT id FROM "
	"block_runs UNION ALL SELECT execution_id FROM block_runs";

static int learn_ids(struct replaying *r, struct error *error)
{
	sqlite3_stmt *row = rows_open(r->store, error, known_ids, "");
	bool found;
	int result;

	if (row == NULL)
		return -1;
	while ((result = sql_step(r->store, row, &found, error)) == 0 && found)
		map_set(&r->known, rows_text(row, 0, r->arena), r);
	sql_release(r->store, row);
	return result;
}

static const char kinds[] =
	"SELECT coalesce((SELECT singular FROM objects WHERE id = owner_id), 'entry') FROM items "
	"WHERE id = ?1 UNION ALL SELECT 'note' FROM notes WHERE id = ?1 UNION ALL SELECT 'task' "
	"FROM tasks WHERE id = ?1 UNION ALL SELECT 'comment' FROM comments WHERE id = ?1 UNION ALL "
	"SELECT 'thread' FROM comments WHERE thread_id = ?1 UNION ALL SELECT 'meeting' FROM "
	"meetings WHERE id = ?1 UNION ALL SELECT 'connection' FROM connections WHERE id = ?1 UNION "
	"ALL SELECT 'webhook' FROM webhook_handlers WHERE id = ?1 UNION ALL SELECT 'activation' "
	"FROM block_activations WHERE id = ?1 UNION ALL SELECT 'run' FROM block_runs WHERE id = ?1 "
	"UNION ALL SELECT 'execution' FROM block_runs WHERE execution_id = ?1 UNION ALL SELECT "
	"'object' FROM objects WHERE id = ?1 UNION ALL SELECT 'list' FROM lists WHERE id = ?1 "
	"UNION ALL SELECT 'attribute' FROM attributes WHERE id = ?1 UNION ALL SELECT 'option' FROM "
	"options WHERE id = ?1";

const char *replaying_kind(void *context, const char *id)
{
	struct replaying *r = context;
	struct error ignored;
	sqlite3_stmt *row;
	char *kind = NULL;
	bool found = false;

	if (map_get(&r->known, id) != NULL)
		return NULL;
	row = rows_open(r->store, &ignored, kinds, "t", id);
	if (row != NULL && sql_step(r->store, row, &found, &ignored) == 0 && found)
		kind = rows_text(row, 0, r->arena);
	sql_release(r->store, row);
	for (char *c = kind; c != NULL && *c != '\0'; c++)
		*c = *c == ' ' ? '-' : (char)tolower((unsigned char)*c);
	return kind != NULL ? kind : "id";
}

/* --- answers -----------------------------------------------------------------------------------
 */

static bool is_id(const char *text)
{
	char id[ID_LEN + 1];

	memcpy(id, text, ID_LEN);
	id[ID_LEN] = '\0';
	return str_is_uuid(id);
}

/* Whether two texts are the same; with `loose` other ids are no difference. */
static bool same(const char *a, const char *b, bool loose)
{
	a = a != NULL ? a : "";
	b = b != NULL ? b : "";
	while (*a != '\0' && *b != '\0') {
		bool ids = loose && strnlen(a, ID_LEN) == ID_LEN && strnlen(b, ID_LEN) == ID_LEN &&
			   is_id(a) && is_id(b);

		if (!ids && *a != *b)
			return false;
		a += ids ? ID_LEN : 1;
		b += ids ? ID_LEN : 1;
	}
	return *a == *b;
}

const cJSON *replaying_answer(struct replaying *r, const char *method, const char *url,
			      const char *body)
{
	for (int round = 0; round < 3; round++) {
		cJSON *one;

		cJSON_ArrayForEach(one, r->outside)
		{
			bool loose = round > 0;

			if (cJSON_HasObjectItem(one, "used") ||
			    !str_equal(json_string_or_null(one, "method"), method) ||
			    !same(json_string_or_null(one, "url"), url, loose) ||
			    (round < 2 && !same(json_string_or_null(one, "body"), body, loose)))
				continue;
			cJSON_AddTrueToObject(one, "used");
			return one;
		}
	}
	return NULL;
}

/* --- opening -----------------------------------------------------------------------------------
 */

struct replaying *replaying_new(struct local_store *store, cJSON *outside, struct error *error)
{
	struct replaying *r = mem_zalloc(1, sizeof(*r));

	*r = (struct replaying){.store = store, .arena = arena_new(), .outside = outside};
	if (learn_ids(r, error) == 0)
		return r;
	replaying_free(r);
	return NULL;
}

void replaying_free(struct replaying *r)
{
	if (r == NULL)
		return;
	cJSON_Delete(r->outside);
	map_dispose(&r->known);
	arena_free(r->arena);
	mem_free(r);
}
