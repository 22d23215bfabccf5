/* The CRM data of the local platform: objects, lists, records and entries whose values keep their
 * history. Tables: lib/local/migration_world.c. What a function answers is the `data` of the REST
 * API's answer; what it refuses is a struct refusal with the service's words. Facts:
 * lib/local/world/README.md.
 *
 * Functions give 0, or -1 with the refusal filled (an error of the store is a refusal of 500).
 * `out` gets one JSON value; it is untouched on failure. Each write is one transaction; inside one
 * of the caller (world_begin) it is a part of that. */
#ifndef ATTIO_LOCAL_WORLD_WORLD_H
#define ATTIO_LOCAL_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "local/clock.h"

struct error;
struct local_store;
struct refusal;
struct schema;

#define WORLD_ID_SIZE 37

struct world {
	struct local_store *store; /* borrowed */
	const struct clock *clock; /* borrowed */
	struct schema *schema;     /* world/schema.h: a copy in memory; world_schema renews it */
	int depth;                 /* of world_begin */
	bool began;                /* the outermost one was a transaction of its own */
};

/* Who writes. `id` is NULL for "system". */
struct actor {
	const char *type; /* "app", "workspace-member", "api-token", "system" */
	const char *id;
};

/* Begins to use the store; fills it with the seed world when it holds no workspace yet. */
int world_open(struct world *world, struct local_store *store, const struct clock *clock,
	       struct error *error);
void world_close(struct world *world);
/* Removes all of it (not what other rooms keep) and makes the seed world anew. */
int world_reset(struct world *world, struct error *error);
/* Now on the platform's clock, as the store keeps it. */
void world_now(const struct world *world, char at[CLOCK_TEXT_SIZE]);

/* One transaction over several calls. world_end commits when `result` is 0, else takes all back;
 * gives -1 when result is not 0 or the commit fails. */
int world_begin(struct world *world, struct refusal *refusal);
int world_end(struct world *world, int result, struct refusal *refusal);

/* An event for REST webhooks: appends a row to `changes`. `payload`: JSON text of the event without
 * type and actor. */
int world_changed(struct world *world, const struct actor *actor, const char *event_type,
		  const char *payload, struct refusal *refusal);

/* The id of the record that a person means by `ref`: its id, an e-mail address, a domain, a full
 * name or a part of it ("ada"), in this order; letters of either case. Refused when there is none
 * (404) and when several are as good (409, naming them). */
int world_find(struct world *world, const char *object, const char *ref, char id[WORLD_ID_SIZE],
	       struct refusal *refusal);
/* As world_find among the workspace members: id, e-mail address, or name. */
int world_find_member(struct world *world, const char *ref, char id[WORLD_ID_SIZE],
		      struct refusal *refusal);

/* ---- records; `object` is a slug or an id ---- */

/* `values`: {slug or attribute id: value | [values] | null}, as in a request's data.values. */
int world_record_get(struct world *world, const char *object, const char *id, struct buf *out,
		     struct refusal *refusal);
int world_record_create(struct world *world, const struct actor *actor, const char *object,
			const cJSON *values, struct buf *out, struct refusal *refusal);
/* `overwrite` is PUT: multi-valued attributes become exactly the given list; else (PATCH) what is
 * given is added in front. */
int world_record_update(struct world *world, const struct actor *actor, const char *object,
			const char *id, const cJSON *values, bool overwrite, struct buf *out,
			struct refusal *refusal);
/* PUT of the collection: updates the one record that has the same value of the matching attribute,
 * or creates one. */
int world_record_assert(struct world *world, const struct actor *actor, const char *object,
			const char *matching, const cJSON *values, struct buf *out,
			struct refusal *refusal);
int world_record_delete(struct world *world, const struct actor *actor, const char *object,
			const char *id, struct refusal *refusal);
/* {"new_record_id"}: a new record with the values of both, the primary's first. */
int world_record_merge(struct world *world, const struct actor *actor, const char *object,
		       const char *primary, const char *secondary, struct buf *out,
		       struct refusal *refusal);
/* `body`: {filter?, sorts?, limit?, offset?}. An array of records. */
int world_records_query(struct world *world, const char *object, const cJSON *body, struct buf *out,
			struct refusal *refusal);

struct world_page {
	long long limit; /* -1: all */
	long long offset;
	bool show_historic;
};

/* GET .../attributes/{attribute}/values: oldest first. */
int world_record_values(struct world *world, const char *object, const char *id,
			const char *attribute, const struct world_page *page, struct buf *out,
			struct refusal *refusal);
/* [{list_id, list_api_slug, entry_id, created_at}] */
int world_record_entries(struct world *world, const char *object, const char *id,
			 const struct world_page *page, struct buf *out, struct refusal *refusal);
/* POST /v2/objects/records/search: `objects` slugs or ids; limit 1 to 25. */
int world_records_search(struct world *world, const char *query, const char *const *objects,
			 size_t object_count, long long limit, struct buf *out,
			 struct refusal *refusal);
/* Those of `ids` that are there, in this order: an array of records. */
int world_records_get(struct world *world, const char *object, const char (*ids)[WORLD_ID_SIZE],
		      size_t count, struct buf *out, struct refusal *refusal);
struct world_imported {
	struct buf ids; /* of the records, as strings with commas; the caller disposes */
	size_t created; /* the others were there */
	size_t failed;  /* index of the one that was refused */
};
#define WORLD_NONE_FAILED ((size_t)-1)

/* Writes many at once, all or nothing; `records`: an array of {"values"}. Each is created, or with
 * `matching` (a unique attribute; NULL: none) written as world_record_assert does. Later ones may
 * refer to earlier ones. */
int world_records_import(struct world *world, const struct actor *actor, const char *object,
			 const char *matching, const cJSON *records,
			 struct world_imported *imported, struct refusal *refusal);
/* Ids of the records of one object that a search finds, best first, at most `limit`; for GraphQL.
 * *ids in one allocation, freed with mem_free. */
int world_search_ids(struct world *world, const char *query, const char *object, size_t limit,
		     char (**ids)[WORLD_ID_SIZE], size_t *count, struct refusal *refusal);

/* ---- entries; `list` is a slug or an id ---- */

int world_entry_get(struct world *world, const char *list, const char *id, struct buf *out,
		    struct refusal *refusal);
int world_entry_create(struct world *world, const struct actor *actor, const char *list,
		       const char *parent_object, const char *parent_id, const cJSON *values,
		       struct buf *out, struct refusal *refusal);
/* By parent: updates its one entry or creates it; several are refused. */
int world_entry_assert(struct world *world, const struct actor *actor, const char *list,
		       const char *parent_object, const char *parent_id, const cJSON *values,
		       struct buf *out, struct refusal *refusal);
int world_entry_update(struct world *world, const struct actor *actor, const char *list,
		       const char *id, const cJSON *values, bool overwrite, struct buf *out,
		       struct refusal *refusal);
int world_entry_delete(struct world *world, const struct actor *actor, const char *list,
		       const char *id, struct refusal *refusal);
int world_entries_query(struct world *world, const char *list, const cJSON *body, struct buf *out,
			struct refusal *refusal);
int world_entry_values(struct world *world, const char *list, const char *id, const char *attribute,
		       const struct world_page *page, struct buf *out, struct refusal *refusal);

#endif
