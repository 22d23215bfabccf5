/* See values.h. */
#include "local/flow/values.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "local/flow/query.h"
#include "json/json.h"

enum { DEPTH_MAX = 64 };

static bool is_any(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(word, words[i]))
			return true;
	return false;
}

bool values_ours(const char *kind)
{
	static const char *const kinds[] = {"action", "surface", "host", "user"};

	return is_any(kind, kinds, ARRAY_LEN(kinds));
}

/* ---- lines ---- */

static void put_plain(struct buf *out, const char *text, const struct varying_now *now)
{
	const char *start = text;

	while (*text != '\0') {
		char name[VARYING_NAME_SIZE];
		size_t len = varying_at(text, start, now, name);

		if (len > 0)
			buf_puts(out, name);
		else
			buf_putc(out, *text);
		text += len > 0 ? len : 1;
	}
}

void values_add_line(const struct values *values, const char *text)
{
	struct buf line = {0};

	buf_printf(&line, "%*s", values->depth * 2, "");
	put_plain(&line, text, &values->now);
	cJSON_AddItemToArray(values->lines, cJSON_CreateString(buf_cstr(&line)));
	buf_dispose(&line);
}

static void add_pair(const struct values *values, const char *pointer, const char *text)
{
	struct buf line = {0};

	buf_printf(&line, "%s: %s", pointer, text);
	values_add_line(values, buf_cstr(&line));
	buf_dispose(&line);
}

/* ---- what is left out ---- */

/* What host and platform tell each other, and where in the code it was. What the app itself says
 * has all of its members, whatever they are called. */
static bool is_inner(const struct values *values, const char *pointer, const cJSON *member)
{
	static const char *const inner[] = {"node", "gen",  "realm",  "session", "call",
					    "op",   "flow", "others", "surface", "beside"};
	bool ours = values_ours(values->kind);

	/* What is printed to the console is for developers. */
	if (ours && str_is(pointer, "/output") &&
	    (str_is(member->string, "seen") || str_is(member->string, "logs")))
		return true;
	if (ours && str_is(member->string, "stack"))
		return true;
	if (member->child != NULL || !is_any(member->string, inner, ARRAY_LEN(inner)) ||
	    (!str_is(pointer, "/input") && !(ours && str_is(pointer, "/output"))))
		return false;
	return ours || !str_is(values->kind, "block");
}

/* Of an answer they are about the connection mostly. */
static bool is_answer_head(const struct values *values, const char *pointer, const char *name)
{
	static const char *const kinds[] = {"fetch", "rest"};

	return str_is(name, "headers") && str_is(pointer, "/output") &&
	       is_any(values->kind, kinds, ARRAY_LEN(kinds));
}

/* Nothing of a kind was seen: that it is not in the list says so. */
static bool is_nothing(const cJSON *value)
{
	return cJSON_IsNull(value) || (cJSON_IsArray(value) && value->child == NULL);
}

/* ---- leaves ---- */

/* Names that realms give what they show, in the order of their lives: "t4" is the fourth of them.
 */
static bool is_shown_id(const cJSON *value)
{
	const char *text = cJSON_GetStringValue(value);

	return str_equal(value->string, "id") && text != NULL &&
	       islower((unsigned char)text[0]) != 0 && text[1] != '\0' &&
	       strlen(text) < VARYING_ID_SIZE && strspn(text + 1, "0123456789") == strlen(text + 1);
}

static void add_leaf(const struct values *values, const char *pointer, const cJSON *value)
{
	bool ours = values_ours(values->kind), shown = ours && is_shown_id(value);
	struct buf text = {0};

	/* An element's number, which depends on what was drawn before. */
	if (ours && str_equal(value->string, "id") && cJSON_IsNumber(value))
		return;
	/* A transcript counts anew in each run, what was shown does not. */
	if (shown && str_starts(pointer, "/output"))
		return;
	if (shown)
		buf_printf(&text, VALUES_SHOWN "%s>", value->valuestring);
	else
		json_print(&text, value, false);
	add_pair(values, pointer, buf_cstr(&text));
	buf_dispose(&text);
}

/* What the log has cut: how long it was, and what its beginning is, in short. */
static bool add_cut(const struct values *values, const char *pointer, const cJSON *value)
{
	const char *beginning = json_string_or_null(value, "cut");
	const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(value, "bytes");
	char hash[SHA256_TEXT_SIZE];
	struct buf text = {0};

	if (beginning == NULL || !cJSON_IsNumber(bytes) || cJSON_GetArraySize(value) != 2)
		return false;
	put_plain(&text, beginning, &values->now);
	sha256_text(buf_cstr(&text), text.len, hash);
	buf_clear(&text);
	buf_printf(&text, "%.0f bytes, sha-256 of the beginning %s", bytes->valuedouble, hash);
	add_pair(values, pointer, buf_cstr(&text));
	buf_dispose(&text);
	return true;
}

/* ---- lists of our own: what is put in between moves no other line ---- */

/* The lines of a tree as people see it. */
static void add_tree(const struct values *values, const char *pointer, const cJSON *tree)
{
	const cJSON *line;

	cJSON_ArrayForEach(line, tree) add_leaf(values, pointer, line);
}

/* [["name", "value"]] of a request. */
static void add_headers(const struct values *values, const char *pointer, const cJSON *pairs)
{
	cJSON *sorted = cJSON_CreateObject();
	const cJSON *pair;

	cJSON_ArrayForEach(pair, pairs)
	{
		const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
		const cJSON *value = cJSON_GetArrayItem(pair, 1);

		if (name != NULL && value != NULL)
			cJSON_AddItemToObject(sorted, name, cJSON_Duplicate(value, true));
	}
	values_add(values, pointer, sorted);
	cJSON_Delete(sorted);
}

static bool is_headers(const cJSON *value, const char *name)
{
	const cJSON *pair = cJSON_IsArray(value) ? value->child : NULL;

	return str_is(name, "headers") && cJSON_GetArraySize(pair) == 2 &&
	       cJSON_IsString(pair->child);
}

static void add_value(const struct values *values, const char *pointer, const cJSON *value,
		      int deep);

/* An element's name among the others: "TextInput:email", "Row", the second of them "Row#2". */
static void put_element(struct buf *out, const cJSON *elements, const cJSON *element)
{
	const char *type = json_string_or_null(element, "type");
	const char *name =
		json_string_or_null(cJSON_GetObjectItemCaseSensitive(element, "props"), "name");
	const cJSON *other;
	int number = 1;

	cJSON_ArrayForEach(other, elements)
	{
		const cJSON *props = cJSON_GetObjectItemCaseSensitive(other, "props");

		if (other == element)
			break;
		number += str_equal(json_string_or_null(other, "type"), type) &&
			  str_equal(json_string_or_null(props, "name"), name);
	}
	buf_printf(out, "/%s%s%s", type, name != NULL ? ":" : "", name != NULL ? name : "");
	if (number > 1)
		buf_printf(out, "#%d", number);
}

/* Texts are in the tree's lines. */
static void add_elements(const struct values *values, const char *pointer, const cJSON *elements,
			 int deep)
{
	const cJSON *element;

	cJSON_ArrayForEach(element, elements)
	{
		struct buf path = {0};

		if (!cJSON_IsObject(element) || json_string_or_null(element, "type") == NULL)
			continue;
		buf_puts(&path, pointer);
		put_element(&path, elements, element);
		/* One without properties is there, too. */
		if (cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(element, "props")) == 0)
			add_pair(values, buf_cstr(&path), "{}");
		else
			add_value(values, buf_cstr(&path),
				  cJSON_GetObjectItemCaseSensitive(element, "props"), deep + 1);
		if (deep < DEPTH_MAX)
			add_elements(values, buf_cstr(&path),
				     cJSON_GetObjectItemCaseSensitive(element, "children"),
				     deep + 1);
		buf_dispose(&path);
	}
}

/* ---- values ---- */

static bool add_query(const struct values *values, const char *pointer, const char *text)
{
	cJSON *lines = cJSON_CreateArray();
	bool readable = text != NULL && query_lines(text, lines);
	const cJSON *line;

	cJSON_ArrayForEach(line, lines)
	{
		struct buf whole = {0};

		buf_printf(&whole, "%s%s", pointer, line->valuestring);
		values_add_line(values, buf_cstr(&whole));
		buf_dispose(&whole);
	}
	cJSON_Delete(lines);
	return readable;
}

static void add_member(const struct values *values, const char *pointer, const cJSON *member,
		       int deep)
{
	bool ours = values_ours(values->kind);
	struct buf path = {0};

	if (is_inner(values, pointer, member) || is_answer_head(values, pointer, member->string) ||
	    (ours && is_nothing(member)))
		return;
	buf_printf(&path, "%s/%s", pointer, member->string);
	if (ours && str_is(member->string, "tree") && cJSON_IsArray(member))
		add_tree(values, buf_cstr(&path), member);
	else if (ours && str_is(member->string, "nodes") && cJSON_IsArray(member))
		add_elements(values, buf_cstr(&path), member, deep + 1);
	else if (!ours && is_headers(member, member->string))
		add_headers(values, buf_cstr(&path), member);
	else if (!str_is(values->kind, "query") || !str_is(buf_cstr(&path), "/input/query") ||
		 !add_query(values, buf_cstr(&path), cJSON_GetStringValue(member)))
		add_value(values, buf_cstr(&path), member, deep + 1);
	buf_dispose(&path);
}

static int compare(const void *a, const void *b)
{
	return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string);
}

static void add_members(const struct values *values, const char *pointer, const cJSON *object,
			int deep)
{
	size_t count = 0;
	const cJSON **sorted = mem_zalloc((size_t)cJSON_GetArraySize(object), sizeof(cJSON *));
	const cJSON *member;

	cJSON_ArrayForEach(member, object) sorted[count++] = member;
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 0; i < count; i++)
		add_member(values, pointer, sorted[i], deep);
	mem_free(sorted);
}

static void add_items(const struct values *values, const char *pointer, const cJSON *list, int deep)
{
	const cJSON *item;
	int number = 0;

	cJSON_ArrayForEach(item, list)
	{
		struct buf path = {0};

		buf_printf(&path, "%s/%d", pointer, number++);
		add_value(values, buf_cstr(&path), item, deep + 1);
		buf_dispose(&path);
	}
}

static void add_value(const struct values *values, const char *pointer, const cJSON *value,
		      int deep)
{
	cJSON *opened = NULL;

	/* A body that is a text of JSON is shown as what it is. */
	if (cJSON_IsString(value) && str_equal(value->string, "body") &&
	    (deep == 1 || str_is(pointer, "/output/response/body")))
		opened = cJSON_Parse(value->valuestring);
	if (cJSON_IsObject(opened) || cJSON_IsArray(opened))
		value = opened;
	if (value->child != NULL && cJSON_IsObject(value) && deep < DEPTH_MAX)
		add_members(values, pointer, value, deep);
	else if (value->child != NULL && deep < DEPTH_MAX)
		add_items(values, pointer, value, deep);
	else
		add_leaf(values, pointer, value);
	cJSON_Delete(opened);
}

void values_add(const struct values *values, const char *pointer, const cJSON *value)
{
	if (value != NULL && !cJSON_IsNull(value) && !add_cut(values, pointer, value))
		add_value(values, pointer, value, 0);
}
