/* See lines.h. */
#include "local/flow/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/flow/values.h"
#include "json/json.h"

enum { DEPTH_MAX = 64 };

struct writer {
	cJSON *lines;
	const struct flow_names *names;
	int depth;
};

static const char *kind_of(const struct flow_names *names, const char *id)
{
	return names->kind != NULL ? names->kind(names->context, id) : "id";
}

/* The id at the text that is to get a name, and what it is of; its length, 0: there is none. */
static size_t nameless_at(const char *text, const struct flow_names *names,
			  char id[VARYING_ID_SIZE], const char **kind)
{
	size_t len;

	if (str_starts(text, VALUES_SHOWN)) {
		len = strcspn(text + sizeof(VALUES_SHOWN) - 1, ">");
		if (len >= VARYING_ID_SIZE)
			return 0;
		memcpy(id, text + sizeof(VALUES_SHOWN) - 1, len);
		id[len] = '\0';
		*kind = id[0] == 't'   ? "toast"
			: id[0] == 'd' ? "dialog"
			: id[0] == 'p' ? "progress"
				       : "shown";
		return sizeof(VALUES_SHOWN) + len;
	}
	*kind = varying_id_at(text, id) ? kind_of(names, id) : NULL;
	return *kind != NULL ? VARYING_ID_SIZE - 1 : 0;
}

/* Appends the text with each id that is new as its kind: by that parallel crossings are sorted. */
static void put_kinds(struct buf *out, const char *text, const struct flow_names *names)
{
	char id[VARYING_ID_SIZE];

	while (*text != '\0') {
		const char *kind;
		size_t len = nameless_at(text, names, id, &kind);

		if (len == 0) {
			buf_putc(out, *text++);
			continue;
		}
		buf_printf(out, "<%s>", kind);
		text += len;
	}
}

/* ---- ids by name ---- */

struct named {
	char id[VARYING_ID_SIZE];
	const char *kind;
	int number;
};

struct naming {
	const struct flow_names *names;
	struct named *items;
	size_t count;
};

static const struct named *name_of(struct naming *naming, const char *id, const char *kind)
{
	struct named *one;
	int number = 1;

	for (size_t i = 0; i < naming->count; i++) {
		if (str_is(naming->items[i].id, id))
			return &naming->items[i];
		number += str_is(naming->items[i].kind, kind);
	}
	naming->items = mem_realloc(naming->items, (naming->count + 1) * sizeof(*naming->items));
	one = &naming->items[naming->count++];
	memcpy(one->id, id, strlen(id) + 1);
	one->kind = kind;
	one->number = number;
	return one;
}

static void put_named(struct buf *out, const char *text, struct naming *naming)
{
	char id[VARYING_ID_SIZE];

	while (*text != '\0') {
		const char *kind;
		size_t len = nameless_at(text, naming->names, id, &kind);

		if (len == 0) {
			buf_putc(out, *text++);
			continue;
		}
		buf_printf(out, "<%s-%d>", kind, name_of(naming, id, kind)->number);
		text += len;
	}
}

/* In the order of the lines, which is known only now. */
static void name_ids(cJSON *lines, const struct flow_names *names)
{
	struct naming naming = {.names = names};

	for (cJSON *line = lines->child; line != NULL; line = line->next) {
		struct buf text = {0};

		put_named(&text, line->valuestring, &naming);
		cJSON_SetValuestring(line, buf_cstr(&text));
		buf_dispose(&text);
	}
	mem_free(naming.items);
}

/* ---- the tree ---- */

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_string_or_null(object, key);

	return text != NULL ? text : "";
}

/* A write's answer repeats the whole record; what the app changed is in the request. */
static bool is_good_write(const cJSON *node)
{
	const cJSON *output = cJSON_GetObjectItemCaseSensitive(node, "output");
	const cJSON *status = cJSON_GetObjectItemCaseSensitive(output, "status");

	return str_is(text_of(node, "kind"), "rest") &&
	       !str_starts(text_of(node, "name"), "GET ") && cJSON_IsNumber(status) &&
	       status->valuedouble < 300;
}

static void add_node(const struct writer *w, const cJSON *node)
{
	const char *kind = text_of(node, "kind");
	const struct varying_now now = {w->names->now_ms, w->names->spans};
	const struct values line = {w->lines, now, w->depth, kind};
	const struct values inside = {w->lines, now, w->depth + 1, kind};
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(node, "error");
	const char *message =
		cJSON_IsObject(error) ? text_of(error, "message") : text_of(node, "error");
	const cJSON *output = cJSON_GetObjectItemCaseSensitive(node, "output");
	struct buf head = {0};

	buf_printf(&head, "%s %s%s%s", kind, text_of(node, "name"),
		   message[0] != '\0' ? " failed: " : "", message);
	for (size_t i = 0; i < head.len; i++)
		if (head.ptr[i] == '\n')
			head.ptr[i] = ' ';
	values_add_line(&line, buf_cstr(&head));
	buf_dispose(&head);
	values_add(&inside, "/input", cJSON_GetObjectItemCaseSensitive(node, "input"));
	if (is_good_write(node))
		values_add(&inside, "/output/status",
			   cJSON_GetObjectItemCaseSensitive(output, "status"));
	else
		values_add(&inside, "/output", output);
}

static cJSON *lines_below(const cJSON *nodes, const cJSON *node, const struct writer *above);

/* One crossing with all below it, as one text, and the text by which it is sorted. */
struct part {
	char *text, *key;
	bool beside; /* it began before one ahead of it was over */
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct part *)a)->key, ((const struct part *)b)->key);
}

static void sort_parallel(struct part *parts, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && parts[end].beside;)
			end++;
		qsort(parts + i, end - i, sizeof(*parts), compare);
	}
}

static void add_text(cJSON *lines, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line = mem_strndup(text, len);

		cJSON_AddItemToArray(lines, cJSON_CreateString(line));
		mem_free(line);
		text += len + (text[len] == '\n');
	}
}

static char *join_lines(const cJSON *lines)
{
	struct buf text = {0};
	const cJSON *line;

	cJSON_ArrayForEach(line, lines) buf_printf(&text, "%s\n", line->valuestring);
	return buf_take(&text);
}

/* Nanoseconds of a moment with nine decimals; 0 when it is none. */
static long long moment_ns(const char *text)
{
	const char *point = strchr(text, '.');
	long long ms;

	if (clock_read(text, &ms) != 0)
		return 0;
	return ms * 1000000 +
	       (point != NULL && strlen(point) > 9 ? strtoll(point + 4, NULL, 10) : 0);
}

/* When it began, and when it was over. */
static void times_of(const cJSON *node, long long *from, long long *until)
{
	const cJSON *ms = cJSON_GetObjectItemCaseSensitive(node, "ms");

	*from = moment_ns(text_of(node, "started_at"));
	*until = *from + (cJSON_IsNumber(ms) ? (long long)(ms->valuedouble * 1e6) : 0);
}

/* What the user saw was seen in one order. Of the others those are side by side of which the host
 * says so, and those of which the times do. */
static bool is_beside(const cJSON *node, long long end)
{
	const cJSON *input = cJSON_GetObjectItemCaseSensitive(node, "input");
	long long from, until;

	if (values_ours(text_of(node, "kind")))
		return false;
	times_of(node, &from, &until);
	return cJSON_HasObjectItem(input, "beside") ||
	       cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(node, "beside")) || from < end;
}

static size_t read_parts(const cJSON *nodes, const cJSON *node, const struct writer *w,
			 struct part *parts)
{
	const cJSON *other;
	long long end = 0;
	size_t count = 0;

	cJSON_ArrayForEach(other, nodes)
	{
		struct buf key = {0};
		long long from, until;
		cJSON *lines;

		if (w->depth >= DEPTH_MAX || !str_is(text_of(other, "cause"), text_of(node, "id")))
			continue;
		lines = lines_below(nodes, other, w);
		parts[count].beside = count > 0 && is_beside(other, end);
		parts[count].text = join_lines(lines);
		put_kinds(&key, parts[count].text, w->names);
		parts[count++].key = buf_take(&key);
		cJSON_Delete(lines);
		times_of(other, &from, &until);
		end = values_ours(text_of(other, "kind")) ? 0 : (until > end ? until : end);
	}
	return count;
}

static cJSON *lines_below(const cJSON *nodes, const cJSON *node, const struct writer *above)
{
	const struct writer w = {cJSON_CreateArray(), above->names, above->depth + 1};
	struct part *parts = mem_zalloc((size_t)cJSON_GetArraySize(nodes) + 1, sizeof(*parts));
	size_t count;

	add_node(&w, node);
	count = read_parts(nodes, node, &w, parts);
	sort_parallel(parts, count);
	for (size_t i = 0; i < count; i++) {
		add_text(w.lines, parts[i].text);
		mem_free(parts[i].text);
		mem_free(parts[i].key);
	}
	mem_free(parts);
	return w.lines;
}

static bool is_user(const cJSON *node)
{
	return str_is(text_of(node, "kind"), "user");
}

/* What a user of the page did is a step where the flow is run again: what it caused was caused by
 * what began the flow, and dialogs do not tell that they closed. */
static cJSON *without_users(const cJSON *nodes)
{
	cJSON *kept = cJSON_Duplicate(nodes, true), *first = kept->child, *node, *next;

	for (node = first->next; node != NULL; node = next) {
		cJSON *other;

		next = node->next;
		if (!is_user(node) && !str_is(text_of(node, "name"), "dialog.close"))
			continue;
		for (other = node->next; other != NULL; other = other->next)
			if (str_is(text_of(other, "cause"), text_of(node, "id")))
				cJSON_ReplaceItemInObjectCaseSensitive(
					other, "cause", cJSON_CreateString(text_of(first, "id")));
		cJSON_Delete(cJSON_DetachItemViaPointer(kept, node));
	}
	return kept;
}

cJSON *flow_lines(const cJSON *flow, const struct flow_names *names)
{
	static const struct flow_names nothing;
	const struct writer above = {NULL, names != NULL ? names : &nothing, -1};
	const cJSON *nodes = cJSON_GetObjectItemCaseSensitive(flow, "nodes"), *node;
	cJSON *kept = NULL, *lines;

	cJSON_ArrayForEach(node, nodes)
	{
		if (kept == NULL && node != nodes->child && is_user(node))
			kept = without_users(nodes);
	}
	if (kept != NULL)
		nodes = kept;
	lines = cJSON_GetArraySize(nodes) > 0 ? lines_below(nodes, nodes->child, &above)
					      : cJSON_CreateArray();
	name_ids(lines, above.names);
	cJSON_Delete(kept);
	return lines;
}
