/* One walk over the shape and the value side by side. The path is a chain on the stack. */
#include "local/rest/shape.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "local/clock.h"

struct step {
	const struct step *up;
	const char *name; /* NULL: an index */
	size_t index;
};

struct walk {
	struct buf *issues;
	size_t count;
};

/* ---- issues ---- */

static void put_text(struct buf *out, const char *text)
{
	buf_put_json_string(out, text, strlen(text));
}

/* Puts the names from the root down; whether there was one. */
static bool put_steps(struct buf *out, const struct step *step)
{
	if (step == NULL)
		return false;
	if (put_steps(out, step->up))
		buf_putc(out, ',');
	if (step->name != NULL)
		put_text(out, step->name);
	else
		buf_printf(out, "%zu", step->index);
	return true;
}

/* Begins an issue; what belongs to its kind follows, then close_issue. */
static void open_issue(struct walk *walk, const struct step *step, const char *code,
		       const char *message)
{
	struct buf *out = walk->issues;

	if (out->len > 0)
		buf_putc(out, ',');
	walk->count++;
	buf_putc(out, '{');
	buf_put_json_member(out, "code", code);
	buf_puts(out, ",\"path\":[");
	put_steps(out, step);
	buf_putc(out, ']');
	buf_put_json_member(out, "message", message);
}

static void close_issue(struct walk *walk)
{
	buf_putc(walk->issues, '}');
}

void shape_issue(struct buf *issues, const char *code, const char *name, const char *message)
{
	struct walk walk = {issues, 0};
	struct step step = {NULL, name, 0};

	open_issue(&walk, name != NULL ? &step : NULL, code, message);
	close_issue(&walk);
}

/* zod's name of a value's type. */
static const char *type_of(const cJSON *value)
{
	if (value == NULL)
		return "undefined";
	if (cJSON_IsNull(value))
		return "null";
	if (cJSON_IsBool(value))
		return "boolean";
	if (cJSON_IsNumber(value))
		return "number";
	if (cJSON_IsString(value))
		return "string";
	return cJSON_IsArray(value) ? "array" : "object";
}

static void wrong_type(struct walk *walk, const struct step *step, const char *expected,
		       const char *received)
{
	struct buf message = {0};

	if (strcmp(received, "undefined") == 0)
		buf_puts(&message, "Required");
	else
		buf_printf(&message, "Expected %s, received %s", expected, received);
	open_issue(walk, step, "invalid_type", buf_cstr(&message));
	buf_put_json_member(walk->issues, "expected", expected);
	buf_put_json_member(walk->issues, "received", received);
	close_issue(walk);
	buf_dispose(&message);
}

/* ---- sizes ---- */

/* `unit` is what follows the number: " character(s)", or "" for the number itself. */
static void wrong_size(struct walk *walk, const struct step *step, const struct shape *shape,
		       const char *type, bool small)
{
	static const struct {
		const char *type, *begin, *least, *most, *unit;
	} words[] = {
		{"string", "String must contain ", "at least ", "at most ", " character(s)"},
		{"array", "Array must contain ", "at least ", "at most ", " element(s)"},
		{"number", "Number must be ", "greater than or equal to ", "less than or equal to ",
		 ""},
	};
	long long bound = small ? shape->min : shape->max;
	struct buf message = {0};
	size_t at = 0;

	while (strcmp(words[at].type, type) != 0)
		at++;
	buf_printf(&message, "%s%s%lld%s", words[at].begin,
		   small ? words[at].least : words[at].most, bound, words[at].unit);
	open_issue(walk, step, small ? "too_small" : "too_big", buf_cstr(&message));
	buf_printf(walk->issues, ",\"%s\":%lld", small ? "minimum" : "maximum", bound);
	buf_put_json_member(walk->issues, "type", type);
	buf_puts(walk->issues, ",\"inclusive\":true,\"exact\":false");
	close_issue(walk);
	buf_dispose(&message);
}

static void check_size(struct walk *walk, const struct step *step, const struct shape *shape,
		       const char *type, double size)
{
	if (size < (double)shape->min && (shape->min != 0 || shape->max != 0))
		wrong_size(walk, step, shape, type, true);
	else if (shape->max != 0 && size > (double)shape->max)
		wrong_size(walk, step, shape, type, false);
}

/* ---- forms of strings ---- */

static bool is_url(const char *text)
{
	const char *rest = strstr(text, "://");

	if (rest == NULL || rest == text || strpbrk(text, " \t\r\n\"<>") != NULL)
		return false;
	return rest[3] != '\0' && rest[3] != '/' && rest[3] != ':';
}

static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	const char *dot = at != NULL ? strrchr(at, '.') : NULL;

	return dot != NULL && at != text && dot != at + 1 && dot[1] != '\0' &&
	       strchr(at + 1, '@') == NULL && strpbrk(text, " \t\r\n,;<>") == NULL;
}

/* Of years that nanoseconds in 64 bits can tell, 1678 to 2261: answers are written in those. */
static bool is_time(const char *text)
{
	long long ms;

	return clock_read(text, &ms) == 0 && ms > -9200000000000LL && ms < 9200000000000LL;
}

static void check_format(struct walk *walk, const struct step *step, const struct shape *shape,
			 const char *text)
{
	static const char *const names[] = {"", "uuid", "url", "email", "date", "datetime"};
	struct buf message = {0};
	bool good = true;

	switch (shape->format) {
	case FORMAT_NONE:
		break;
	case FORMAT_UUID:
		good = str_is_uuid(text);
		break;
	case FORMAT_URL:
		good = is_url(text);
		break;
	case FORMAT_EMAIL:
		good = is_email(text);
		break;
	case FORMAT_DATE:
		good = strlen(text) == 10 && is_time(text);
		break;
	case FORMAT_DATETIME:
		good = is_time(text);
		break;
	}
	if (good)
		return;
	buf_printf(&message, "Invalid %s", names[shape->format]);
	open_issue(walk, step, "invalid_string", buf_cstr(&message));
	buf_put_json_member(walk->issues, "validation", names[shape->format]);
	close_issue(walk);
	buf_dispose(&message);
}

/* ---- kinds ---- */

static void check(struct walk *walk, const struct step *step, const struct shape *shape,
		  const cJSON *value);

/* "'a' | 'b'", as zod writes what an enumeration expects. */
static void put_choices(struct buf *out, const char *const *options)
{
	for (size_t i = 0; options[i] != NULL; i++)
		buf_printf(out, "%s'%s'", i > 0 ? " | " : "", options[i]);
}

static void wrong_literal(struct walk *walk, const struct step *step, const char *expected,
			  const cJSON *value)
{
	struct buf message = {0};

	buf_printf(&message, "Invalid literal value, expected \"%s\"", expected);
	open_issue(walk, step, "invalid_literal", buf_cstr(&message));
	buf_put_json_member(walk->issues, "expected", expected);
	if (cJSON_IsString(value))
		buf_put_json_member(walk->issues, "received", value->valuestring);
	close_issue(walk);
	buf_dispose(&message);
}

static void check_choice(struct walk *walk, const struct step *step, const struct shape *shape,
			 const cJSON *value)
{
	struct buf text = {0};

	for (size_t i = 0; cJSON_IsString(value) && shape->options[i] != NULL; i++)
		if (strcmp(shape->options[i], value->valuestring) == 0)
			return;
	if (shape->options[1] == NULL) {
		wrong_literal(walk, step, shape->options[0], value);
		return;
	}
	if (!cJSON_IsString(value)) {
		put_choices(&text, shape->options);
		wrong_type(walk, step, buf_cstr(&text), type_of(value));
		buf_dispose(&text);
		return;
	}
	buf_puts(&text, "Invalid enum value. Expected ");
	put_choices(&text, shape->options);
	buf_printf(&text, ", received '%s'", value->valuestring);
	open_issue(walk, step, "invalid_option", buf_cstr(&text));
	buf_puts(walk->issues, ",\"options\":[");
	for (size_t i = 0; shape->options[i] != NULL; i++) {
		if (i > 0)
			buf_putc(walk->issues, ',');
		put_text(walk->issues, shape->options[i]);
	}
	buf_putc(walk->issues, ']');
	close_issue(walk);
	buf_dispose(&text);
}

/* zod tells only that none of the alternatives fits. */
static void check_union(struct walk *walk, const struct step *step, const struct shape *shape,
			const cJSON *value)
{
	for (const struct shape *one = shape->members; one->name != NULL; one++) {
		struct buf unused = {0};
		struct walk trial = {&unused, 0};

		check(&trial, NULL, one, value);
		buf_dispose(&unused);
		if (trial.count == 0)
			return;
	}
	open_issue(walk, step, "invalid_union", "Invalid input");
	close_issue(walk);
}

static void check_object(struct walk *walk, const struct step *step, const struct shape *shape,
			 const cJSON *value)
{
	if (!cJSON_IsObject(value)) {
		wrong_type(walk, step, "object", type_of(value));
		return;
	}
	if (shape->members == NULL)
		return;
	for (const struct shape *one = shape->members; one->name != NULL; one++) {
		struct step next = {step, one->name, 0};

		check(walk, &next, one, cJSON_GetObjectItemCaseSensitive(value, one->name));
	}
}

static void check_array(struct walk *walk, const struct step *step, const struct shape *shape,
			const cJSON *value)
{
	struct step next = {step, NULL, 0};
	const cJSON *item;

	if (!cJSON_IsArray(value)) {
		wrong_type(walk, step, "array", type_of(value));
		return;
	}
	check_size(walk, step, shape, "array", cJSON_GetArraySize(value));
	cJSON_ArrayForEach(item, value)
	{
		if (shape->of != NULL)
			check(walk, &next, shape->of, item);
		next.index++;
	}
}

static void check_number(struct walk *walk, const struct step *step, const struct shape *shape,
			 const cJSON *value)
{
	const char *expected = shape->kind == SHAPE_INTEGER ? "integer" : "number";

	if (!cJSON_IsNumber(value)) {
		wrong_type(walk, step, "number", type_of(value));
		return;
	}
	if (shape->kind == SHAPE_INTEGER && floor(value->valuedouble) != value->valuedouble) {
		wrong_type(walk, step, expected, "float");
		return;
	}
	check_size(walk, step, shape, "number", value->valuedouble);
}

static void check_string(struct walk *walk, const struct step *step, const struct shape *shape,
			 const cJSON *value)
{
	const char *text;

	if (!cJSON_IsString(value)) {
		wrong_type(walk, step, "string", type_of(value));
		return;
	}
	text = value->valuestring;
	check_size(walk, step, shape, "string", (double)utf8_utf16_len(text, strlen(text)));
	check_format(walk, step, shape, text);
}

static void check(struct walk *walk, const struct step *step, const struct shape *shape,
		  const cJSON *value)
{
	if (value == NULL && (shape->flags & SHAPE_OPTIONAL) != 0)
		return;
	if (value != NULL && cJSON_IsNull(value) && (shape->flags & SHAPE_NULLABLE) != 0)
		return;
	switch (shape->kind) {
	case SHAPE_ANY:
		if (value == NULL)
			wrong_type(walk, step, "unknown", "undefined");
		break;
	case SHAPE_STRING:
		check_string(walk, step, shape, value);
		break;
	case SHAPE_NUMBER:
	case SHAPE_INTEGER:
		check_number(walk, step, shape, value);
		break;
	case SHAPE_BOOLEAN:
		if (!cJSON_IsBool(value))
			wrong_type(walk, step, "boolean", type_of(value));
		break;
	case SHAPE_CHOICE:
		check_choice(walk, step, shape, value);
		break;
	case SHAPE_OBJECT:
		check_object(walk, step, shape, value);
		break;
	case SHAPE_ARRAY:
		check_array(walk, step, shape, value);
		break;
	case SHAPE_UNION:
		check_union(walk, step, shape, value);
		break;
	}
}

size_t shape_check(const struct shape *shape, const cJSON *value, struct buf *issues)
{
	struct walk walk = {issues, 0};

	check(&walk, NULL, shape, value);
	return walk.count;
}
