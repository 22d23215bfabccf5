/* What the body of a request has to look like, as data, and checking one against it. The service
 * checks its bodies with zod and shows zod's own issues, so the words here are zod's (version 3).
 * Nothing here knows an endpoint. */
#ifndef ATTIO_LOCAL_REST_SHAPE_H
#define ATTIO_LOCAL_REST_SHAPE_H

#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;

enum shape_kind {
	SHAPE_ANY,
	SHAPE_STRING,
	SHAPE_NUMBER,
	SHAPE_INTEGER,
	SHAPE_BOOLEAN,
	SHAPE_CHOICE, /* one of `options`; a single one is what zod calls a literal */
	SHAPE_OBJECT, /* with `members`; without any, an object of whatever is in it */
	SHAPE_ARRAY,  /* of `of`; without it, of anything */
	SHAPE_UNION   /* one of `members`, whose names count for nothing */
};

enum shape_format {
	FORMAT_NONE,
	FORMAT_UUID,
	FORMAT_URL,
	FORMAT_EMAIL,
	FORMAT_DATE,    /* 2026-05-09 */
	FORMAT_DATETIME /* RFC 3339, or a date alone */
};

#define SHAPE_OPTIONAL 1u
#define SHAPE_NULLABLE 2u

struct shape {
	const char *name; /* as a member; NULL ends a list of members */
	enum shape_kind kind;
	unsigned flags;
	enum shape_format format;
	/* Of a number its value, of a string its length in UTF-16 units, of an array its length;
	 * a `max` of 0 is none. */
	long long min, max;
	const char *const *options;
	const struct shape *members;
	const struct shape *of;
};

/* How many issues there are. They are appended to `issues` as JSON objects with commas between:
 * {"code","path","message",...}, the path from `value` on. `value` is NULL when there is none. */
size_t shape_check(const struct shape *shape, const cJSON *value, struct buf *issues);
/* Appends one issue of the caller's own with a path of one name, or of none when it is NULL. */
void shape_issue(struct buf *issues, const char *code, const char *name, const char *message);

#endif
