/* See replaying.h. */
#include "local/flow/replaying.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/flow/varying.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

/* A text of the recorded run, and what stands in its place in this one. */
struct pair {
	char *from, *to;
};

struct replaying {
	struct local_store *store; /* borrowed */
	struct arena *arena;
	struct map known; /* ids that were there */
	struct varying_now now;
	cJSON *outside; /* what is used up has a member more */
	struct pair *pairs;
	size_t pair_count;
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

static void add_pair(struct pair **pairs, size_t *count, const char *from, size_t from_len,
		     const char *to, size_t to_len)
{
	if (from_len == to_len && memcmp(from, to, to_len) == 0)
		return;
	*pairs = mem_realloc(*pairs, (*count + 1) * sizeof(**pairs));
	(*pairs)[(*count)++] = (struct pair){mem_strndup(from, from_len), mem_strndup(to, to_len)};
}

static void forget(struct pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mem_free(pairs[i].from);
		mem_free(pairs[i].to);
	}
	mem_free(pairs);
}

/* The length of what each run makes anew at the text; 0: nothing. */
static size_t varying_len(const char *text, const char *start, const struct varying_now *now)
{
	char id[VARYING_ID_SIZE], name[VARYING_NAME_SIZE];

	return varying_id_at(text, id) ? VARYING_ID_SIZE - 1 : varying_at(text, start, now, name);
}

/* Whether two texts are the same but for what each run makes anew; *pairs gets that. */
static bool alike(const struct replaying *r, const char *a, const char *b, struct pair **pairs,
		  size_t *count)
{
	const char *a_start = a, *b_start = b;

	while (*a != '\0' && *b != '\0') {
		size_t a_len = varying_len(a, a_start, &r->now);
		size_t b_len = varying_len(b, b_start, &r->now);

		if (a_len == 0 || b_len == 0) {
			if (*a++ != *b++)
				return false;
			continue;
		}
		add_pair(pairs, count, a, a_len, b, b_len);
		a += a_len;
		b += b_len;
	}
	return *a == *b;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string);
}

static void sort_members(cJSON *value)
{
	size_t count = 0, i = 0;
	cJSON **members;
	cJSON *item;

	for (item = value->child; item != NULL; item = item->next, count++)
		sort_members(item);
	if (!cJSON_IsObject(value) || count < 2)
		return;
	members = mem_zalloc(count, sizeof(*members));
	while (value->child != NULL)
		members[i++] = cJSON_DetachItemViaPointer(value, value->child);
	qsort(members, count, sizeof(*members), by_name);
	for (i = 0; i < count; i++)
		cJSON_AddItemToArray(value, members[i]);
	mem_free(members);
}

/* A body that is JSON with its members in the order of their names: the caller frees. */
static char *in_order(const char *body)
{
	cJSON *value = cJSON_Parse(body);
	struct buf text = {0};

	if (value != NULL)
		sort_members(value);
	if (value != NULL)
		json_print(&text, value, false);
	else
		buf_puts(&text, body);
	cJSON_Delete(value);
	return buf_take(&text);
}

/* Without its query: the caller frees. */
static char *address_of(const char *url)
{
	return mem_strndup(url, strcspn(url, "?#"));
}

/* Whether what is made of the one is alike what is made of the other. */
static bool alike_as(char *(*make)(const char *text), const struct replaying *r, const char *a,
		     const char *b, struct pair **pairs, size_t *count)
{
	char *made_a = make(a), *made_b = make(b);
	bool are = alike(r, made_a, made_b, pairs, count);

	mem_free(made_a);
	mem_free(made_b);
	return are;
}

/* How much a request has to be like the recorded one. */
enum likeness { LIKE_EXACT, LIKE_RUN, LIKE_ADDRESS, LIKE_PATH, LIKENESSES };

static bool fits(struct replaying *r, const cJSON *one, const struct replaying_request *asked,
		 enum likeness likeness)
{
	const char *url = json_string_or_null(one, "url");
	const char *body = json_string_or_null(one, "body");
	struct pair *pairs = NULL;
	size_t count = 0;
	bool fits;

	url = url != NULL ? url : "";
	body = body != NULL ? body : "";
	if (cJSON_HasObjectItem(one, "used") ||
	    !str_equal(json_string_or_null(one, "method"), asked->method))
		return false;
	if (likeness == LIKE_EXACT)
		return str_is(url, asked->url) && str_is(body, asked->body);
	if (likeness == LIKE_PATH)
		fits = alike_as(address_of, r, url, asked->url, &pairs, &count);
	else
		fits = alike(r, url, asked->url, &pairs, &count) &&
		       (likeness == LIKE_ADDRESS ||
			alike_as(in_order, r, body, asked->body, &pairs, &count));
	for (size_t i = 0; i < count && fits; i++)
		add_pair(&r->pairs, &r->pair_count, pairs[i].from, strlen(pairs[i].from),
			 pairs[i].to, strlen(pairs[i].to));
	forget(pairs, count);
	return fits;
}

/* What the other side told back of the request, it tells of this one. */
static void put_answer(const struct replaying *r, const cJSON *answer, struct buf *out)
{
	struct buf text = {0};
	const char *at;

	json_print(&text, answer, false);
	for (at = buf_cstr(&text); *at != '\0';) {
		size_t i = r->pair_count;

		while (i > 0 && !str_starts(at, r->pairs[i - 1].from))
			i--;
		if (i == 0) {
			buf_putc(out, *at++);
			continue;
		}
		buf_puts(out, r->pairs[i - 1].to);
		at += strlen(r->pairs[i - 1].from);
	}
	buf_dispose(&text);
}

int replaying_answer(struct replaying *r, const struct replaying_request *asked, struct buf *answer,
		     struct error *error)
{
	for (int likeness = LIKE_EXACT; likeness < LIKENESSES; likeness++) {
		cJSON *one;

		cJSON_ArrayForEach(one, r->outside)
		{
			const char *failure = json_string_or_null(one, "failure");

			if (!fits(r, one, asked, (enum likeness)likeness))
				continue;
			cJSON_AddTrueToObject(one, "used");
			if (failure != NULL)
				return error_set(error, ERROR_NETWORK, "%s", failure);
			put_answer(r, cJSON_GetObjectItemCaseSensitive(one, "answer"), answer);
			return 0;
		}
	}
	return error_set(error, ERROR_NOT_FOUND,
			 "fetch failed: the flow that is replayed has no (further) answer to %s "
			 "%.200s",
			 asked->method, asked->url);
}

/* --- opening -----------------------------------------------------------------------------------
 */

struct replaying *replaying_new(struct local_store *store, long long now_ms, cJSON *outside,
				struct error *error)
{
	struct replaying *r = mem_zalloc(1, sizeof(*r));

	*r = (struct replaying){
		.store = store, .arena = arena_new(), .now = {now_ms, false}, .outside = outside};
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
	forget(r->pairs, r->pair_count);
	map_dispose(&r->known);
	arena_free(r->arena);
	mem_free(r);
}
