/* Reading a flow file: see file.h. What people write is refused with its place. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/flow/file.h"
#include "json/json.h"
#include "json/where.h"

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *object, const char *name)
{
	const char *text = json_string_or_null(object, name);

	return text != NULL ? text : "";
}

struct reading {
	const char *text;
	size_t len;
	const char *name;
	struct error *error;
};

/* "NAME:LINE:COLUMN: what" of a place in the text. */
static int told_at(const struct reading *r, size_t offset, const char *what)
{
	size_t line = 1, start = 0;

	for (size_t i = 0; i < offset && i < r->len; i++) {
		if (r->text[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	error_set(r->error, ERROR_USAGE, "%s:%zu:%zu: %s", r->name, line,
		  utf8_utf16_len(r->text + start, offset - start) + 1, what);
	return error_fix(r->error, "mend it there, or write it again with `attio flow save`");
}

/* The place of what should be there is that of what is around it. */
static int told_of(const struct reading *r, const char *const *path, const char *what)
{
	const char *shorter[8] = {NULL};
	struct json_where where = {0};
	size_t depth = 0;

	while (depth < ARRAY_LEN(shorter) - 1 && path[depth] != NULL) {
		shorter[depth] = path[depth];
		depth++;
	}
	while (depth > 0 && !json_where(r->text, r->len, shorter, &where))
		shorter[--depth] = NULL;
	return told_at(r, where.start, what);
}

/* At the value of `path`, which ends with NULL. */
static int wrong(const struct reading *r, const char *const *path, const char *what)
{
	told_of(r, path, what);
	error_why(r->error,
		  "it is no file of the form " FLOW_FILE_SCHEMA " (`attio help schema flow`)");
	return -1;
}

/* What a member may be. */
enum form {
	TEXT,
	OBJECT,
	LIST, /* of objects */
	TEXTS,
	POINTERS,
	OBJECTS, /* an object of objects */
	STRINGS, /* an object of texts */
	ROWS,    /* {TABLE: {"set": [row], "removed": [key]}} */
	RECORDS  /* {OBJECT: {ID: null or an object}} */
};

struct rule {
	const char *name;
	enum form form;
	bool needed;
};

static const struct rule file_rules[] = {
	{"schema", TEXT, true},  {"start", OBJECT, true},      {"state", OBJECT, true},
	{"outside", LIST, true}, {"may_vary", POINTERS, true}, {"saw", TEXTS, true},
};

static const struct rule start_rules[] = {
	{"method", TEXT, false}, {"path", TEXT, true}, {"body", OBJECT, true}};

static const struct rule state_rules[] = {
	{"from", TEXT, true},        {"now", TEXT, true},          {"limits_off", TEXT, false},
	{"rows", ROWS, false},       {"records", RECORDS, false},  {"kv", OBJECTS, false},
	{"settings", OBJECT, false}, {"connections", LIST, false}, {"webhooks", LIST, false},
	{"env", STRINGS, false},
};

static const struct rule outside_rules[] = {{"method", TEXT, true},
					    {"url", TEXT, true},
					    {"body", TEXT, false},
					    {"answer", OBJECT, false},
					    {"failure", TEXT, false}};

static int check_items(const struct reading *r, const char **path, size_t depth, const cJSON *list,
		       enum form form)
{
	const cJSON *item;
	char index[24];
	int number = 0;

	cJSON_ArrayForEach(item, list)
	{
		snprintf(index, sizeof(index), "%d", number++);
		path[depth] = index;
		path[depth + 1] = NULL;
		if (form == LIST && !cJSON_IsObject(item))
			return wrong(r, path, "an object is expected here");
		if (form != LIST && !cJSON_IsString(item))
			return wrong(r, path, "a text is expected here");
		if (form == POINTERS && strstr(item->valuestring, "/") == NULL)
			return wrong(r, path,
				     "a pointer is expected here, like \"/output/toasts/0/title\"");
	}
	path[depth] = NULL;
	return 0;
}

static int wrong_form(const struct reading *r, const char **path, size_t depth, const char *form)
{
	char what[120];

	snprintf(what, sizeof(what), "`%.60s` must be %s", path[depth - 1], form);
	return wrong(r, path, what);
}

static int check_table(const struct reading *r, const char **path, size_t depth, const cJSON *table)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, table)
	{
		bool set = str_is(part->string, "set");

		path[depth] = part->string;
		path[depth + 1] = NULL;
		if (!set && !str_is(part->string, "removed"))
			return wrong(r, path, "rows are `set` or `removed`");
		if (!cJSON_IsArray(part))
			return wrong_form(r, path, depth + 1, "a list");
		if (set && check_items(r, path, depth + 1, part, LIST) != 0)
			return -1;
	}
	path[depth] = NULL;
	return 0;
}

static int check_records(const struct reading *r, const char **path, size_t depth,
			 const cJSON *records)
{
	const cJSON *record;

	cJSON_ArrayForEach(record, records)
	{
		path[depth] = record->string;
		path[depth + 1] = NULL;
		if (!cJSON_IsNull(record) && !cJSON_IsObject(record))
			return wrong_form(r, path, depth + 1, "an object, or null");
		if (cJSON_HasObjectItem(record, "values") &&
		    !cJSON_IsObject(member(record, "values"))) {
			path[depth + 1] = "values";
			path[depth + 2] = NULL;
			return wrong_form(r, path, depth + 2, "an object");
		}
	}
	path[depth] = NULL;
	return 0;
}

static int check_members(const struct reading *r, const char **path, size_t depth,
			 const cJSON *object, enum form form)
{
	const cJSON *one;
	int result = 0;

	cJSON_ArrayForEach(one, object)
	{
		path[depth] = one->string;
		path[depth + 1] = NULL;
		if (form == STRINGS && !cJSON_IsString(one))
			return wrong_form(r, path, depth + 1, "a text");
		if (form != STRINGS && !cJSON_IsObject(one))
			return wrong_form(r, path, depth + 1, "an object");
		if (form == ROWS)
			result = check_table(r, path, depth + 1, one);
		else if (form == RECORDS)
			result = check_records(r, path, depth + 1, one);
		if (result != 0)
			return -1;
	}
	path[depth] = NULL;
	return 0;
}

static int check_form(const struct reading *r, const char **path, size_t depth, const cJSON *value,
		      enum form form)
{
	static const char *const words[] = {"a text",          "an object",          "a list",
					    "a list of texts", "a list of pointers", "an object",
					    "an object",       "an object",          "an object"};
	bool list = form == LIST || form == TEXTS || form == POINTERS;
	bool fits = form == TEXT ? cJSON_IsString(value)
		    : list       ? cJSON_IsArray(value)
				 : cJSON_IsObject(value);

	if (!fits)
		return wrong_form(r, path, depth, words[form]);
	if (form == TEXT || form == OBJECT)
		return 0;
	return list ? check_items(r, path, depth, value, form)
		    : check_members(r, path, depth, value, form);
}

static int check_object(const struct reading *r, const char **path, size_t depth,
			const cJSON *object, const struct rule *rules, size_t count)
{
	const cJSON *item;
	char what[120];

	cJSON_ArrayForEach(item, object)
	{
		size_t i = 0;

		while (i < count && !str_is(rules[i].name, item->string))
			i++;
		path[depth] = item->string;
		path[depth + 1] = NULL;
		snprintf(what, sizeof(what), "there is no member `%.60s` here", item->string);
		if (i == count)
			return wrong(r, path, what);
		if (check_form(r, path, depth + 1, item, rules[i].form) != 0)
			return -1;
	}
	path[depth] = NULL;
	for (size_t i = 0; i < count; i++) {
		if (!rules[i].needed || cJSON_HasObjectItem(object, rules[i].name))
			continue;
		snprintf(what, sizeof(what), "`%s` is missing", rules[i].name);
		return wrong(r, path, what);
	}
	return 0;
}

/* Routes that begin a flow: what a file could else do is none of its business. */
static bool is_start(const char *method, const char *path)
{
	static const char *const posts[] = {"/actions/run",   "/surfaces/show", "/server/call",
					    "/webhooks/send", "/events/send",   "/connections"};

	for (size_t i = 0; i < ARRAY_LEN(posts); i++)
		if (str_is(method, "POST") && str_is(path, posts[i]))
			return true;
	return (str_is(method, "POST") && str_starts(path, "/blocks/")) ||
	       (str_is(method, "DELETE") && str_starts(path, "/connections/"));
}

static int check_answer(const struct reading *r, const char **path, const cJSON *answer)
{
	const cJSON *status = member(answer, "status"), *body = member(answer, "body");
	const cJSON *headers = member(answer, "headers");

	if (answer == NULL)
		return 0;
	path[2] = "answer";
	path[3] = NULL;
	if (!cJSON_IsNumber(status) || status->valuedouble < 100 || status->valuedouble > 599)
		return wrong(r, path, "an answer has a `status` from 100 to 599");
	path[4] = NULL;
	path[3] = "body";
	if (body != NULL && !cJSON_IsString(body) && !cJSON_IsNull(body))
		return wrong_form(r, path, 4, "a text");
	path[3] = "headers";
	if (headers != NULL && !cJSON_IsArray(headers))
		return wrong_form(r, path, 4, "a list of pairs");
	return 0;
}

static int check_outside(const struct reading *r, const cJSON *outside)
{
	const char *path[8] = {"outside"};
	const cJSON *item;
	char index[24];
	int number = 0;

	cJSON_ArrayForEach(item, outside)
	{
		snprintf(index, sizeof(index), "%d", number++);
		path[1] = index;
		path[2] = NULL;
		if (check_object(r, path, 2, item, outside_rules, ARRAY_LEN(outside_rules)) != 0)
			return -1;
		path[1] = index;
		path[2] = NULL;
		if (cJSON_HasObjectItem(item, "answer") == cJSON_HasObjectItem(item, "failure"))
			return wrong(r, path, "either `answer` or `failure` is expected");
		if (check_answer(r, path, member(item, "answer")) != 0)
			return -1;
	}
	return 0;
}

static int check(const struct reading *r, const cJSON *file)
{
	const char *path[8] = {NULL};
	const cJSON *start = member(file, "start");
	const char *method = text_of(start, "method");
	long long ignored;

	if (!cJSON_IsObject(file))
		return wrong(r, path, "an object is expected");
	path[0] = "schema";
	if (cJSON_IsString(member(file, "schema")) &&
	    !str_is(text_of(file, "schema"), FLOW_FILE_SCHEMA))
		return wrong(r, path, "`schema` is not \"" FLOW_FILE_SCHEMA "\"");
	if (check_object(r, path, 0, file, file_rules, ARRAY_LEN(file_rules)) != 0)
		return -1;
	path[0] = "start";
	if (check_object(r, path, 1, start, start_rules, ARRAY_LEN(start_rules)) != 0)
		return -1;
	path[0] = "start";
	path[1] = "path";
	path[2] = NULL;
	if (!is_start(method[0] != '\0' ? method : "POST", text_of(start, "path")))
		return wrong(r, path, "no flow begins with this request");
	path[0] = "state";
	path[1] = NULL;
	if (check_object(r, path, 1, member(file, "state"), state_rules, ARRAY_LEN(state_rules)) !=
	    0)
		return -1;
	path[0] = "state";
	path[1] = "from";
	path[2] = NULL;
	if (!str_is(text_of(member(file, "state"), "from"), "seed"))
		return wrong(r, path, "a state is from \"seed\"");
	path[1] = "now";
	if (clock_read(text_of(member(file, "state"), "now"), &ignored) != 0)
		return wrong(r, path, "`now` must be a moment, like \"2026-11-29T08:31:22Z\"");
	return check_outside(r, member(file, "outside"));
}

/* A line that begins as git marks what two branches have changed. */
static bool has_conflict(const char *text, size_t len, size_t offset)
{
	static const char *const marks[] = {"<<<<<<< ", "=======", ">>>>>>> "};

	for (size_t i = 0; i < ARRAY_LEN(marks) && offset <= len; i++)
		if (len - offset >= strlen(marks[i]) &&
		    memcmp(text + offset, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

static int not_json(const struct reading *r, size_t offset)
{
	struct error cause = *r->error;

	told_at(r, offset, "this is not valid JSON");
	if (!has_conflict(r->text, r->len, offset))
		return error_why(r->error, "%s", cause.why);
	error_why(r->error, "git has left both sides of a conflict here");
	return error_fix(r->error, "keep one side, then accept what happens now with `attio flow "
				   "replay --update`");
}

cJSON *flow_file_read(const char *text, size_t len, const char *name, struct error *error)
{
	struct reading r = {text, len, name, error};
	size_t offset = 0;
	cJSON *file = json_parse(text, len, name, &offset, error);

	if (file == NULL)
		not_json(&r, offset);
	else if (check(&r, file) == 0)
		return file;
	cJSON_Delete(file);
	return NULL;
}

void flow_file_refuse(const char *text, size_t len, const char *name, const char *part,
		      const char *what, struct error *error)
{
	const struct reading r = {text, len, name, error};
	const char *const path[] = {part, NULL};

	told_of(&r, path, what);
}
