/* Within the room: the parsers of each type's values (value.c calls them), and what they share.
 * Each fills the value or refuses. */
#ifndef ATTIO_LOCAL_WORLD_VALUE_KINDS_H
#define ATTIO_LOCAL_WORLD_VALUE_KINDS_H

#include "local/world/value.h"

struct buf;

/* What a parser works with. */
struct reading {
	struct arena *arena;
	const struct schema *schema;
	const struct attribute *attribute;
	struct refusal *refusal;
};

/* value_check.c: `An invalid value was passed to attribute with slug ...` with one issue; -1. */
int value_bad(const struct reading *reading, const char *code, const char *path,
	      const char *expected, const char *received, const char *message);
/* The issue "Expected X, received Y" (or "Required"); -1. */
int value_bad_type(const struct reading *reading, const char *path, const char *expected,
		   const cJSON *received);
/* The member `field` of an object, or the input itself when it is no object. */
const cJSON *value_field(const cJSON *input, const char *field);
/* The path of the field for issues: `"value"`, or "" for a bare input. */
const char *value_path(const struct reading *reading, const cJSON *input, const char *field);
/* A string that is the input or its member `field`. */
int value_string(const struct reading *reading, const cJSON *input, const char *field,
		 const char **text);
int value_number(const struct reading *reading, const cJSON *input, const char *field,
		 double *number);
/* What is built in `out` as text of the arena; `out` is emptied. */
const char *value_take(const struct reading *reading, struct buf *out);
void value_put_string(struct buf *out, const char *name, const char *text); /* NULL: null */
void value_put_number(struct buf *out, double number);
/* Lower case of ASCII letters, in the arena. */
const char *value_lower(const struct reading *reading, const char *text);

typedef int kind_parser(const struct reading *reading, const cJSON *input, struct value *value);

/* value_plain.c */
kind_parser kind_text, kind_number, kind_checkbox, kind_currency, kind_date, kind_timestamp,
	kind_rating;
/* value_contact.c */
kind_parser kind_domain, kind_email, kind_phone, kind_personal_name;
/* value_place.c */
kind_parser kind_location;
/* value_refer.c */
kind_parser kind_option, kind_record, kind_actor, kind_interaction;

/* value_contact.c: the part of a domain that its owner registered ("example.co.uk"), in the arena.
 */
const char *domain_root(struct arena *arena, const char *domain);

#endif
