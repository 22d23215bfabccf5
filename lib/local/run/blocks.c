/* See blocks.h. */
#include "local/run/blocks.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/sha256.h"
#include "local/clock.h"
#include "local/run/pieces.h"
#include "local/run/rows.h"
#include "local/sql.h"

/* ---- ids ---- */

/* The workflow that a block stands in is made up, and the same for each of its runs. */
static const char *made_up_id(struct arena *arena, const char *kind, const char *block)
{
	const char *text = arena_printf(arena, "%s %s", kind, block);
	char sum[SHA256_TEXT_SIZE];

	sha256_text(text, strlen(text), sum);
	return arena_printf(arena, "%.8s-%.4s-4%.3s-8%.3s-%.12s", sum, sum + 8, sum + 12, sum + 15,
			    sum + 18);
}

static const char *fresh_id(struct arena *arena, struct error *error)
{
	char id[RANDOM_UUID_SIZE];

	return random_uuid(id, error) == 0 ? arena_strdup(arena, id) : NULL;
}

static struct block_place *fresh_place(struct arena *arena, const char *block, const char *config,
				       const char *outcomes, const char *state, struct error *error)
{
	struct block_place *place = arena_alloc(arena, sizeof(*place));
	char token[RANDOM_KEY_SIZE];

	place->id = fresh_id(arena, error);
	place->execution_id = fresh_id(arena, error);
	if (place->id == NULL || place->execution_id == NULL || random_key(token, error) != 0)
		return NULL;
	place->token = arena_strdup(arena, token);
	place->block = arena_strdup(arena, block);
	place->config = arena_strdup(arena, config);
	place->outcomes = outcomes != NULL ? arena_strdup(arena, outcomes) : NULL;
	place->state = state;
	place->workflow_id = made_up_id(arena, "workflow", block);
	place->version_id = made_up_id(arena, "version", block);
	place->block_id = made_up_id(arena, "block", block);
	return place;
}

/* ---- activations ---- */

#define PLACE                                                                                      \
	"id, block, workflow_id, version_id, block_id, token, config, outcomes, state, attempts"

static int take_place(struct pieces *pieces, struct arena *arena, sqlite3_stmt *row,
		      struct block_place **place, struct error *error)
{
	bool found;
	int result;

	*place = NULL;
	if (row == NULL)
		return -1;
	result = sql_step(pieces->store, row, &found, error);
	if (result == 0 && found) {
		struct block_place *p = arena_alloc(arena, sizeof(*p));

		p->id = rows_text(row, 0, arena);
		p->block = rows_text(row, 1, arena);
		p->workflow_id = rows_text(row, 2, arena);
		p->version_id = rows_text(row, 3, arena);
		p->block_id = rows_text(row, 4, arena);
		p->token = rows_text(row, 5, arena);
		p->config = rows_text(row, 6, arena);
		p->outcomes = rows_text(row, 7, arena);
		p->state = rows_text(row, 8, arena);
		p->attempts = sqlite3_column_int64(row, 9);
		p->execution_id = rows_text(row, 10, arena);
		p->activation = rows_text(row, 11, arena);
		*place = p;
	}
	sql_release(pieces->store, row);
	return result;
}

int block_activation_new(struct pieces *pieces, struct arena *arena, const char *block,
			 const char *config, const char *outcomes, struct block_place **place,
			 struct error *error)
{
	struct block_place *p =
		fresh_place(arena, block, config, outcomes, BLOCK_ACTIVATING, error);
	char now[CLOCK_TEXT_SIZE];

	*place = p;
	if (p == NULL)
		return -1;
	clock_text(pieces->clock, now);
	return rows_run(pieces->store, error, NULL,
			"INSERT INTO block_activations (" PLACE ", created_at) VALUES (?, ?, ?, ?, "
			"?, ?, ?, ?, ?, 0, ?)",
			"tttttttttt", p->id, p->block, p->workflow_id, p->version_id, p->block_id,
			p->token, p->config, p->outcomes, p->state, now);
}

int block_activation_find(struct pieces *pieces, struct arena *arena, const char *id,
			  struct block_place **place, struct error *error)
{
	return take_place(pieces, arena,
			  rows_open(pieces->store, error,
				    "SELECT " PLACE
				    ", NULL, NULL FROM block_activations WHERE id = ?",
				    "t", id),
			  place, error);
}

int block_activation_newest(struct pieces *pieces, struct arena *arena, const char *block,
			    const char *state, struct block_place **place, struct error *error)
{
	return take_place(pieces, arena,
			  rows_open(pieces->store, error,
				    "SELECT " PLACE ", NULL, NULL FROM block_activations WHERE "
				    "block = ? AND state = ? ORDER BY row DESC LIMIT 1",
				    "tt", block, state),
			  place, error);
}

int block_activation_tell(struct pieces *pieces, const char *id, const struct block_news *news,
			  struct error *error)
{
	char now[CLOCK_TEXT_SIZE];

	clock_text(pieces->clock, now);
	return rows_run(
		pieces->store, error, NULL,
		"UPDATE block_activations SET state = coalesce(?2, state), attempts = "
		"attempts + ?3, error = CASE WHEN ?4 IS NULL THEN error ELSE nullif(?4, '') "
		"END, ended_at = ?5 WHERE id = ?1",
		"ttitt", id, news->state, (long long)news->attempt, news->error,
		news->ended ? now : NULL);
}

/* ---- runs ---- */

int block_run_new(struct pieces *pieces, struct arena *arena, const char *block, const char *config,
		  const char *outcomes, const struct block_place *started_by,
		  struct block_place **place, struct error *error)
{
	struct block_place *p = fresh_place(arena, block, config, outcomes, BLOCK_RUNNING, error);
	char now[CLOCK_TEXT_SIZE];

	*place = p;
	if (p == NULL)
		return -1;
	p->activation = started_by != NULL ? started_by->id : NULL;
	clock_text(pieces->clock, now);
	return rows_run(pieces->store, error, NULL,
			"INSERT INTO block_runs (" PLACE
			", execution_id, activation, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, "
			"?, 0, ?, ?, ?)",
			"tttttttttttt", p->id, p->block, p->workflow_id, p->version_id, p->block_id,
			p->token, p->config, p->outcomes, p->state, p->execution_id, p->activation,
			now);
}

int block_run_find(struct pieces *pieces, struct arena *arena, const char *id,
		   struct block_place **place, struct error *error)
{
	return take_place(pieces, arena,
			  rows_open(pieces->store, error,
				    "SELECT " PLACE
				    ", execution_id, activation FROM block_runs WHERE id = ?",
				    "t", id),
			  place, error);
}

int block_run_newest(struct pieces *pieces, struct arena *arena, const char *block,
		     const char *state, struct block_place **place, struct error *error)
{
	return take_place(pieces, arena,
			  rows_open(pieces->store, error,
				    "SELECT " PLACE
				    ", execution_id, activation FROM block_runs WHERE block = ? "
				    "AND state = ? ORDER BY row DESC LIMIT 1",
				    "tt", block, state),
			  place, error);
}

int block_run_tell(struct pieces *pieces, const char *id, const struct block_news *news,
		   struct error *error)
{
	char now[CLOCK_TEXT_SIZE];

	clock_text(pieces->clock, now);
	return rows_run(pieces->store, error, NULL,
			"UPDATE block_runs SET state = coalesce(?2, state), attempts = attempts + "
			"?3, error = CASE WHEN ?4 IS NULL THEN error ELSE nullif(?4, '') END, "
			"outcome = coalesce(?5, outcome), ended_at = ?6 WHERE id = ?1",
			"ttittt", id, news->state, (long long)news->attempt, news->error,
			news->outcome, news->ended ? now : NULL);
}

int blocks_settle(struct pieces *pieces, struct error *error)
{
	static const char why[] = "the platform ended before the handler did";
	char now[CLOCK_TEXT_SIZE];

	clock_text(pieces->clock, now);
	if (rows_run(pieces->store, error, NULL,
		     "UPDATE block_activations SET state = 'failed', error = ?1, ended_at = ?2 "
		     "WHERE state = 'activating'",
		     "tt", why, now) != 0)
		return -1;
	return rows_run(pieces->store, error, NULL,
			"UPDATE block_runs SET state = 'failed', error = ?1, ended_at = ?2 WHERE "
			"state = 'running'",
			"tt", why, now);
}

/* ---- showing ---- */

static void put_number(sqlite3_stmt *row, int column, struct buf *out)
{
	buf_printf(out, "%lld", (long long)sqlite3_column_int64(row, column));
}

/* `kind` is the last word but one of the address. */
static void put_url(const struct pieces *pieces, const struct block_place *place, const char *kind,
		    struct buf *out)
{
	buf_printf(out, "%s/w/%s/%s/%s/%s", pieces->hooks_url, pieces->workspace_id, place->id,
		   kind, place->token);
}

void block_trigger_url(const struct pieces *pieces, const struct block_place *place,
		       struct buf *out)
{
	put_url(pieces, place, "trigger", out);
}

void block_finish_url(const struct pieces *pieces, const struct block_place *place, struct buf *out)
{
	put_url(pieces, place, "defer", out);
}

/* Columns: id, block, token, state, attempts, config, error, created_at, ended_at, then of runs
 * activation and outcome. */
static void put_place(const struct pieces *pieces, sqlite3_stmt *row, const char *kind, bool run,
		      struct buf *out)
{
	static const struct {
		const char *name;
		int column;
		void (*put)(sqlite3_stmt *row, int column, struct buf *out);
	} members[] = {
		{"block", 1, rows_put_text},    {"state", 3, rows_put_text},
		{"attempts", 4, put_number},    {"config", 5, rows_put_json},
		{"error", 6, rows_put_text},    {"created_at", 7, rows_put_text},
		{"ended_at", 8, rows_put_text}, {"activation", 9, rows_put_text},
		{"outcome", 10, rows_put_json},
	};
	struct block_place place = {.id = (const char *)sqlite3_column_text(row, 0),
				    .token = (const char *)sqlite3_column_text(row, 2)};
	struct buf url = {0};

	buf_puts(out, "{\"id\":");
	rows_put_text(row, 0, out);
	put_url(pieces, &place, kind, &url);
	buf_puts(out, ",\"url\":");
	buf_put_json_string(out, url.ptr, url.len);
	buf_dispose(&url);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]) - (run ? 0 : 2); i++) {
		buf_printf(out, ",\"%s\":", members[i].name);
		members[i].put(row, members[i].column, out);
	}
	buf_putc(out, '}');
}

/* An array, or with `id` the one object. */
static int put_places(struct pieces *pieces, sqlite3_stmt *row, const char *id, bool run,
		      struct buf *out, struct error *error)
{
	const char *kind = run ? "defer" : "trigger";
	size_t count = 0;
	bool found;
	int result;

	if (row == NULL)
		return -1;
	if (id == NULL)
		buf_putc(out, '[');
	while ((result = sql_step(pieces->store, row, &found, error)) == 0 && found) {
		buf_puts(out, count++ > 0 ? "," : "");
		put_place(pieces, row, kind, run, out);
	}
	if (id == NULL)
		buf_putc(out, ']');
	sql_release(pieces->store, row);
	if (result == 0 && id != NULL && count == 0)
		return error_set(error, ERROR_NOT_FOUND, "there is no %s `%.200s`",
				 run ? "run" : "activation", id);
	return result;
}

#define SHOWN "id, block, token, state, attempts, config, error, created_at, ended_at"
#define CHOSEN "(?1 IS NULL OR block = ?1) AND (?2 IS NULL OR id = ?2) ORDER BY row DESC LIMIT 100"

int block_activations_show(struct pieces *pieces, const char *block, const char *id,
			   struct buf *out, struct error *error)
{
	return put_places(pieces,
			  rows_open(pieces->store, error,
				    "SELECT " SHOWN " FROM block_activations WHERE " CHOSEN, "tt",
				    block, id),
			  id, false, out, error);
}

int block_runs_show(struct pieces *pieces, const char *block, const char *id, struct buf *out,
		    struct error *error)
{
	return put_places(pieces,
			  rows_open(pieces->store, error,
				    "SELECT " SHOWN
				    ", activation, outcome FROM block_runs WHERE " CHOSEN,
				    "tt", block, id),
			  id, true, out, error);
}
