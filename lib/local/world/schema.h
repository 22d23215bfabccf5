/* The structure of the world in memory: objects, lists, their attributes with options. Made from
 * the store and renewed when the store's structure has changed (table schema_stamp); all of it
 * lives in one arena, so keep no pointer over a call of world_schema. Rows that are added or
 * changed with plain SQL are seen by the next call. */
#ifndef ATTIO_LOCAL_WORLD_SCHEMA_H
#define ATTIO_LOCAL_WORLD_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;
struct world;

enum value_type {
	VALUE_TEXT,
	VALUE_NUMBER,
	VALUE_CHECKBOX,
	VALUE_CURRENCY,
	VALUE_DATE,
	VALUE_TIMESTAMP,
	VALUE_RATING,
	VALUE_STATUS,
	VALUE_SELECT,
	VALUE_RECORD,
	VALUE_ACTOR,
	VALUE_LOCATION,
	VALUE_DOMAIN,
	VALUE_EMAIL,
	VALUE_PHONE,
	VALUE_NAME,
	VALUE_INTERACTION,
	VALUE_TYPES
};

/* "text", "email-address", ... as the REST API spells it; VALUE_TYPES for an unknown name. */
enum value_type value_type_of(const char *name);

struct option {
	const char *id;
	const char *title;
	bool archived;
	bool celebration;        /* of a status */
	const char *target_time; /* of a status; or NULL */
	int position;
};

struct attribute {
	long long row;
	const char *id;
	const char *slug;
	const char *title;
	const char *description; /* or NULL */
	const char *type_name;
	enum value_type type;
	bool system, writable, required, unique, multi, archived;
	bool default_enabled;
	const char *default_value; /* JSON or NULL */
	const char *relationship_id;
	const struct attribute *relationship; /* the other side, or NULL */
	const char *allowed_json;             /* JSON array of object ids, or NULL */
	const char **allowed;                 /* the same; allowed_count 0: any object */
	size_t allowed_count;
	const char *currency_code;    /* or NULL */
	const char *currency_display; /* or NULL */
	const char *created_at;
	const struct owner *owner;
	struct option *options; /* in their order */
	size_t option_count;
};

/* An object or a list: what has attributes and items. */
struct owner {
	long long row;
	const char *id;
	const char *slug;
	bool is_list;
	const char *singular; /* of an object */
	const char *plural;   /* of an object; of a list its name */
	bool standard;        /* of an object */
	bool enabled;         /* of an object; a list is always on */
	const char *created_at;
	const struct owner *parent;   /* of a list: the object of its entries' records */
	struct attribute *attributes; /* in their order, archived ones too */
	size_t attribute_count;
};

struct schema {
	const char *workspace_id;
	const char *workspace_slug;
	const char *workspace_name;
	struct owner *owners; /* objects in their order, then lists */
	size_t owner_count;
};

/* The current structure, owned by the world; NULL with an error of the store. */
const struct schema *world_schema(struct world *world, struct error *error);
void schema_free(struct schema *schema);

/* By slug or id; NULL when there is none (an object that is off counts as none). */
const struct owner *schema_object(const struct schema *schema, const char *name);
const struct owner *schema_list(const struct schema *schema, const char *name);
/* By id alone, of either kind, also one that is off. */
const struct owner *schema_owner(const struct schema *schema, const char *id);
/* By slug or id; NULL when there is none; archived ones are found. */
const struct attribute *owner_attribute(const struct owner *owner, const char *name);
/* By its row within the store. */
const struct attribute *owner_attribute_row(const struct owner *owner, long long row);
/* By id; NULL. */
const struct option *attribute_option(const struct attribute *attribute, const char *id);

/* How to give the workspace an attribute of the app's own, where a refusal's message says that it
 * has none; NULL for other messages. Attio's answer has no such word: it is for our own notes. */
const char *schema_missing_fix(const char *message);

/* {"id","title","is_archived"}, or a status as the API shows it, with ids. */
void schema_print_option(struct buf *out, const struct schema *schema,
			 const struct attribute *attribute, const struct option *option);

#endif
