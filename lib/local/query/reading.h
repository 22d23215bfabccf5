/* Within the room: records as they are read for one query. Each record is read once, with all its
 * values; a list of records in one statement. All is in the query's arena. */
#ifndef ATTIO_LOCAL_QUERY_READING_H
#define ATTIO_LOCAL_QUERY_READING_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/map.h"
#include "local/world/schema.h"
#include "local/world/world.h"

struct arena;
struct error;

struct value {
	const struct attribute *attribute;
	const char *ref; /* as the table vals has it; or NULL */
	cJSON *json;     /* the type's own fields; freed by reading_dispose */
};

struct record {
	const char *id;
	const struct owner *owner; /* an object, or a list: then it is an entry */
	const char *created_at;
	struct value *values; /* current ones, of one attribute side by side, in their order */
	size_t value_count;
	bool entries_read;
	const char **entries; /* ids of its entries in all lists, oldest first */
	size_t entry_count;
};

struct member {
	const char *id;
	const char *email;
	const char *name;
};

struct reading {
	struct arena *arena;
	struct world *world;
	const struct schema *schema;
	struct map records; /* id -> struct record; or `absent` */
	struct map members; /* id -> struct member */
	bool members_read;
};

void reading_dispose(struct reading *reading);
/* Reads those of the ids that were not read yet. */
int reading_load(struct reading *reading, const char *const *ids, size_t count,
		 struct error *error);
/* Reads what values of a record-reference refer to, in all records that were read so far: where one
 * is wanted of a list of records, the others are wanted next. */
int reading_load_targets(struct reading *reading, const struct attribute *attribute,
			 struct error *error);
/* Whether all that the values refer to was looked for. */
bool reading_has_targets(const struct reading *reading, const struct value *values, size_t count);
/* NULL when there is none. Loads it when that was not done. */
int reading_record(struct reading *reading, const char *id, const struct record **record,
		   struct error *error);
/* Fills the entries of a record, and of all others that were read so far. */
int reading_entries(struct reading *reading, const struct record *record, struct error *error);
/* A member of the workspace; `id` NULL: the first one. NULL when there is none. */
int reading_member(struct reading *reading, const char *id, const struct member **member,
		   struct error *error);

/* The current values of an attribute. */
const struct value *record_values(const struct record *record, const struct attribute *attribute,
				  size_t *count);

#endif
