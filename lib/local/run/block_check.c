/* See block_check.h. The leaves' fields: SDK types, shared/workflow/friendly-value. */
#include "local/run/block_check.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"
#include "json/json.h"

#define DEPTH_LIMIT 32

struct check {
	cJSON *problems;
	struct buf path; /* of the value that is looked at: "a.b.0" */
	int depth;
};

static void check_node(struct check *check, const cJSON *node, const cJSON *value);

static void problem(struct check *check, const char *format, const char *what)
{
	cJSON *item = cJSON_CreateObject();
	struct buf message = {0};
	const char *rest = strstr(format, "%s");

	/* One word in a sentence. */
	if (rest != NULL) {
		buf_add(&message, format, (size_t)(rest - format));
		buf_puts(&message, what);
		buf_puts(&message, rest + 2);
	} else {
		buf_puts(&message, format);
	}
	cJSON_AddStringToObject(item, "path", buf_cstr(&check->path));
	cJSON_AddStringToObject(item, "message", buf_cstr(&message));
	cJSON_AddItemToArray(check->problems, item);
	buf_dispose(&message);
}

/* Goes into a part of the value; gives where the path ended, for `leave`. */
static size_t enter(struct check *check, const char *name)
{
	size_t before = check->path.len;

	if (before > 0)
		buf_putc(&check->path, '.');
	buf_puts(&check->path, name);
	check->depth++;
	return before;
}

static void leave(struct check *check, size_t before)
{
	check->path.len = before;
	check->path.ptr[before] = '\0';
	check->depth--;
}

/* ---- leaves ---- */

struct leaf {
	const char *type;
	const char *fields[5];
};

/* Value objects whose fields are texts, all of them required. */
static const struct leaf leaves[] = {
	{"date", {"value"}},
	{"duration", {"value"}},
	{"email-address", {"original", "normalized", "domain", "root_domain", "local_specifier"}},
	{"phone-number", {"original", "normalized", "country_code"}},
	{"domain", {"original", "normalized", "root"}},
	{"personal-name", {"first_name", "last_name", "full_name"}},
	{"attio-entity-reference", {"recordId", "object"}},
	{"attio-object", {"object"}},
	{"attio-attribute", {"object", "attribute"}},
	{"attio-list", {"list"}},
	{"attio-note", {"noteId"}},
	{"attio-task", {"taskId"}},
	{"attio-sequence", {"sequenceId"}},
	{"attio-select", {"selectOptionId", "attribute", "object"}},
	{"attio-actor", {"actorId", "actorType"}},
};

/* "must be a phone-number: {original, normalized, country_code}, each a text" */
static void refuse_form(struct check *check, const struct leaf *leaf)
{
	struct buf form = {0};

	buf_printf(&form, "%s: {", leaf->type);
	for (size_t i = 0; i < ARRAY_LEN(leaf->fields) && leaf->fields[i] != NULL; i++)
		buf_printf(&form, "%s%s", i > 0 ? ", " : "", leaf->fields[i]);
	buf_puts(&form, leaf->fields[1] != NULL ? "}, each a text" : "}, a text");
	problem(check, "must be an object of type %s", buf_cstr(&form));
	buf_dispose(&form);
}

static bool check_text_fields(struct check *check, const char *type, const cJSON *value)
{
	for (size_t i = 0; i < ARRAY_LEN(leaves); i++) {
		if (!str_is(leaves[i].type, type))
			continue;
		if (!cJSON_IsObject(value)) {
			refuse_form(check, &leaves[i]);
			return true;
		}
		for (size_t j = 0; j < ARRAY_LEN(leaves[i].fields); j++) {
			const char *field = leaves[i].fields[j];

			if (field != NULL && json_string_or_null(value, field) == NULL)
				problem(check, "needs the text `%s`", field);
		}
		return true;
	}
	return false;
}

static void check_currency(struct check *check, const cJSON *value)
{
	if (!cJSON_IsObject(value) ||
	    !cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(value, "value")) ||
	    json_string_or_null(value, "code") == NULL)
		problem(check, "must be {value: number, code: text}", "");
}

static void check_location(struct check *check, const cJSON *value)
{
	static const char *const numbers[] = {"latitude", "longitude"};
	const cJSON *field;

	if (!cJSON_IsObject(value)) {
		problem(check, "must be an object of type %s", "location");
		return;
	}
	cJSON_ArrayForEach(field, value)
	{
		bool number =
			str_is(field->string, numbers[0]) || str_is(field->string, numbers[1]);

		if (number ? !cJSON_IsNumber(field) : !cJSON_IsString(field))
			problem(check, number ? "`%s` must be a number" : "`%s` must be a text",
				field->string);
	}
}

static void check_enum(struct check *check, const cJSON *node, const cJSON *value)
{
	const cJSON *allowed;
	struct buf all = {0};

	cJSON_ArrayForEach(allowed, cJSON_GetObjectItemCaseSensitive(node, "values"))
	{
		if (cJSON_IsString(value) && cJSON_IsString(allowed) &&
		    str_is(allowed->valuestring, value->valuestring)) {
			buf_dispose(&all);
			return;
		}
		buf_printf(&all, "%s`%s`", all.len > 0 ? ", " : "",
			   cJSON_IsString(allowed) ? allowed->valuestring : "");
	}
	problem(check, "must be one of %s", buf_cstr(&all));
	buf_dispose(&all);
}

static bool is_timestamp(const cJSON *value)
{
	long long ms;

	return cJSON_IsString(value) && clock_read(value->valuestring, &ms) == 0;
}

static bool check_plain(struct check *check, const cJSON *node, const char *type,
			const cJSON *value)
{
	if (str_is(type, "string")) {
		if (!cJSON_IsString(value))
			problem(check, "must be a text", "");
	} else if (str_is(type, "number")) {
		if (!cJSON_IsNumber(value))
			problem(check, "must be a number", "");
	} else if (str_is(type, "boolean")) {
		if (!cJSON_IsBool(value))
			problem(check, "must be true or false", "");
	} else if (str_is(type, "timestamp")) {
		if (!is_timestamp(value))
			problem(check, "must be a time: 2026-01-02T03:04:05Z", "");
	} else if (str_is(type, "rich-text")) {
		if (!cJSON_IsString(value) && !cJSON_IsObject(value))
			problem(check, "must be a text", "");
	} else if (str_is(type, "string-enum")) {
		check_enum(check, node, value);
	} else {
		return false;
	}
	return true;
}

/* ---- what holds others ---- */

static void check_struct(struct check *check, const cJSON *fields, const cJSON *value)
{
	const cJSON *part;

	if (!cJSON_IsObject(value)) {
		problem(check, "must be an object", "");
		return;
	}
	cJSON_ArrayForEach(part, fields)
	{
		size_t before = enter(check, part->string);

		check_node(check, part, cJSON_GetObjectItemCaseSensitive(value, part->string));
		leave(check, before);
	}
	cJSON_ArrayForEach(part, value)
	{
		size_t before = enter(check, part->string);

		if (cJSON_GetObjectItemCaseSensitive(fields, part->string) == NULL)
			problem(check, "the schema has no such field", "");
		leave(check, before);
	}
}

static void check_items(struct check *check, const cJSON *element, const cJSON *value)
{
	const cJSON *item;
	int index = 0;

	cJSON_ArrayForEach(item, value)
	{
		struct buf name = {0};
		size_t before;

		if (cJSON_IsArray(value))
			buf_printf(&name, "%d", index++);
		else
			buf_puts(&name, item->string);
		before = enter(check, buf_cstr(&name));
		buf_dispose(&name);
		check_node(check, element, item);
		leave(check, before);
	}
}

/* Fits when it fits one of the nodes; else the problems of the last that is not "undefined" count:
 * an optional node has one besides. */
static void check_union(struct check *check, const cJSON *nodes, const cJSON *value)
{
	cJSON *told = check->problems;
	cJSON *kept = NULL;
	const cJSON *node;

	cJSON_ArrayForEach(node, nodes)
	{
		const char *type = json_string_or_null(node, "type");
		bool nothing = type != NULL && str_is(type, "undefined");

		if (nothing && value != NULL)
			continue;
		check->problems = cJSON_CreateArray();
		check_node(check, node, value);
		if (cJSON_GetArraySize(check->problems) == 0) {
			cJSON_Delete(check->problems);
			cJSON_Delete(kept);
			check->problems = told;
			return;
		}
		cJSON_Delete(kept);
		kept = check->problems;
	}
	check->problems = told;
	while (kept != NULL && kept->child != NULL)
		cJSON_AddItemToArray(told, cJSON_DetachItemFromArray(kept, 0));
	cJSON_Delete(kept);
}

/* A node of this type holds others; false when it does not. */
static bool check_holder(struct check *check, const cJSON *node, const char *type,
			 const cJSON *value)
{
	if (str_is(type, "struct")) {
		check_struct(check, cJSON_GetObjectItemCaseSensitive(node, "fields"), value);
	} else if (str_is(type, "array")) {
		if (cJSON_IsArray(value))
			check_items(check, cJSON_GetObjectItemCaseSensitive(node, "element"),
				    value);
		else
			problem(check, "must be an array", "");
	} else if (str_is(type, "record")) {
		if (cJSON_IsObject(value))
			check_items(check, cJSON_GetObjectItemCaseSensitive(node, "value"), value);
		else
			problem(check, "must be an object", "");
	} else {
		return false;
	}
	return true;
}

static void check_node(struct check *check, const cJSON *node, const cJSON *value)
{
	const char *type = json_string_or_null(node, "type");

	if (check->depth > DEPTH_LIMIT || !cJSON_IsObject(node))
		return;
	if (type == NULL) {
		check_struct(check, node, value);
	} else if (str_is(type, "union")) {
		check_union(check, cJSON_GetObjectItemCaseSensitive(node, "nodes"), value);
	} else if (str_is(type, "undefined")) {
		if (value != NULL)
			problem(check, "must be absent", "");
	} else if (value == NULL || cJSON_IsNull(value)) {
		problem(check, "is missing (%s)", type);
	} else if (str_is(type, "currency")) {
		check_currency(check, value);
	} else if (str_is(type, "location")) {
		check_location(check, value);
	} else if (!check_holder(check, node, type, value) &&
		   !check_plain(check, node, type, value)) {
		check_text_fields(check, type, value);
	}
}

void block_check(const cJSON *schema, const cJSON *value, cJSON *problems)
{
	struct check check = {.problems = problems};

	check_node(&check, schema, value);
	buf_dispose(&check.path);
}
