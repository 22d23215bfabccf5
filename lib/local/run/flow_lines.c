/* See flow_lines.h. */
#include "local/run/flow_lines.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/json.h"

enum { DEPTH_MAX = 64, TABLE_MAX = 4000000, AROUND = 2 };

/* ---- what differs from run to run ---- */

/* How many bytes of `text` fit the form: x a hexadecimal digit, 9 a decimal one, others themselves;
 * 0: it does not. */
static size_t fits(const char *text, const char *form)
{
	size_t i = 0;

	for (; form[i] != '\0'; i++) {
		unsigned char c = (unsigned char)text[i];

		if (form[i] == 'x' ? isxdigit(c) == 0
				   : (form[i] == '9' ? isdigit(c) == 0 : text[i] != form[i]))
			return 0;
	}
	return i;
}

static size_t time_at(const char *text)
{
	size_t len = fits(text, "9999-99-99T99:99:99");

	if (len == 0)
		return 0;
	if (text[len] == '.')
		for (len++; isdigit((unsigned char)text[len]) != 0;)
			len++;
	return len + (text[len] == 'Z');
}

static size_t origin_at(const char *text)
{
	size_t len = fits(text, "http://127.0.0.1:9");

	while (len > 0 && isdigit((unsigned char)text[len]) != 0)
		len++;
	return len;
}

void flow_lines_put_plain(struct buf *out, const char *text)
{
	/* Which of its names a value has depends on what the app has done with it. */
	static const char *const owners[] = {"{workspace connection}", "{user connection}"};

	while (*text != '\0') {
		size_t len = fits(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
		const char *name = "<id>";

		if (len == 0) {
			len = time_at(text);
			name = "<time>";
		}
		if (len == 0) {
			len = origin_at(text);
			name = "<platform>";
		}
		for (size_t i = 0; i < ARRAY_LEN(owners) && len == 0; i++) {
			len = fits(text, owners[i]);
			name = "{connection}";
		}
		if (len > 0)
			buf_puts(out, name);
		else
			buf_putc(out, *text);
		text += len > 0 ? len : 1;
	}
}

/* ---- a value's lines ---- */

struct writer {
	cJSON *lines;
	int depth;
};

static void add_line(const struct writer *w, const char *text)
{
	struct buf line = {0};

	buf_printf(&line, "%*s", w->depth * 2, "");
	flow_lines_put_plain(&line, text);
	cJSON_AddItemToArray(w->lines, cJSON_CreateString(buf_cstr(&line)));
	buf_dispose(&line);
}

/* What host and platform tell each other, and where in the code it was. */
static bool is_inner(const char *name)
{
	static const char *const inner[] = {"node", "gen",  "realm", "session", "call",
					    "op",   "flow", "stack", "seen"};

	for (size_t i = 0; i < ARRAY_LEN(inner); i++)
		if (str_is(name, inner[i]))
			return true;
	return false;
}

static void add_value(const struct writer *w, const char *pointer, const cJSON *value, int deep)
{
	const cJSON *item;
	int number = 0;

	if (value == NULL || cJSON_IsNull(value))
		return;
	if ((cJSON_IsObject(value) || cJSON_IsArray(value)) && deep < DEPTH_MAX) {
		cJSON_ArrayForEach(item, value)
		{
			struct buf path = {0};

			if (cJSON_IsArray(value))
				buf_printf(&path, "%s/%d", pointer, number++);
			else
				buf_printf(&path, "%s/%s", pointer, item->string);
			/* Headers of answers are about the connection mostly. */
			if (cJSON_IsArray(value) || (!is_inner(item->string) &&
						     !str_is(buf_cstr(&path), "/output/headers")))
				add_value(w, buf_cstr(&path), item, deep + 1);
			buf_dispose(&path);
		}
		return;
	}
	struct buf text = {0};

	buf_printf(&text, "%s: ", pointer);
	json_print(&text, value, false);
	add_line(w, buf_cstr(&text));
	buf_dispose(&text);
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
	const struct writer inside = {w->lines, w->depth + 1};
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(node, "error");
	const char *message =
		cJSON_IsObject(error) ? text_of(error, "message") : text_of(node, "error");
	struct buf head = {0};

	buf_printf(&head, "%s %s%s%s", text_of(node, "kind"), text_of(node, "name"),
		   message[0] != '\0' ? " failed: " : "", message);
	add_line(w, buf_cstr(&head));
	buf_dispose(&head);
	add_value(&inside, "/input", cJSON_GetObjectItemCaseSensitive(node, "input"), 0);
	if (is_good_write(node))
		add_value(&inside, "/output/status",
			  cJSON_GetObjectItemCaseSensitive(
				  cJSON_GetObjectItemCaseSensitive(node, "output"), "status"),
			  0);
	else
		add_value(&inside, "/output", cJSON_GetObjectItemCaseSensitive(node, "output"), 0);
}

static cJSON *lines_below(const cJSON *nodes, const cJSON *node, int depth);

/* One crossing with all below it, as one text: what is sorted. */
struct part {
	char *text;
	bool seen;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct part *)a)->text, ((const struct part *)b)->text);
}

static void sort_runs(struct part *parts, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && !parts[i].seen && !parts[end].seen;)
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
	char *copy;

	cJSON_ArrayForEach(line, lines) buf_printf(&text, "%s\n", line->valuestring);
	copy = mem_strndup(buf_cstr(&text), text.len);
	buf_dispose(&text);
	return copy;
}

static cJSON *lines_below(const cJSON *nodes, const cJSON *node, int depth)
{
	const struct writer w = {cJSON_CreateArray(), depth};
	size_t room = (size_t)cJSON_GetArraySize(nodes), count = 0;
	struct part *parts = mem_zalloc(room + 1, sizeof(*parts));
	const cJSON *other;

	add_node(&w, node);
	cJSON_ArrayForEach(other, nodes)
	{
		cJSON *lines;

		if (depth >= DEPTH_MAX || !str_is(text_of(other, "cause"), text_of(node, "id")))
			continue;
		lines = lines_below(nodes, other, depth + 1);
		parts[count].seen = str_is(text_of(other, "kind"), "host");
		parts[count++].text = join_lines(lines);
		cJSON_Delete(lines);
	}
	sort_runs(parts, count);
	for (size_t i = 0; i < count; i++) {
		add_text(w.lines, parts[i].text);
		mem_free(parts[i].text);
	}
	mem_free(parts);
	return w.lines;
}

cJSON *flow_lines(const cJSON *flow)
{
	const cJSON *nodes = cJSON_GetObjectItemCaseSensitive(flow, "nodes");
	const cJSON *first = cJSON_GetArrayItem(nodes, 0);

	return first != NULL ? lines_below(nodes, first, 0) : cJSON_CreateArray();
}

/* ---- two of them ---- */

struct list {
	const char **lines;
	size_t count;
};

/* Whether the line's value is one of those that are not compared. */
static bool varies(const char *line, const cJSON *may_vary)
{
	const cJSON *pointer;

	line += strspn(line, " ");
	cJSON_ArrayForEach(pointer, may_vary)
	{
		size_t len = cJSON_IsString(pointer) ? strlen(pointer->valuestring) : 0;

		if (len > 0 && strncmp(line, pointer->valuestring, len) == 0 &&
		    (line[len] == ':' || line[len] == '/'))
			return true;
	}
	return false;
}

static struct list list_of(const cJSON *lines, const cJSON *may_vary)
{
	struct list list = {mem_zalloc((size_t)cJSON_GetArraySize(lines) + 1, sizeof(char *)), 0};
	const cJSON *line;

	cJSON_ArrayForEach(line,
			   lines) if (cJSON_IsString(line) && !varies(line->valuestring, may_vary))
		list.lines[list.count++] = line->valuestring;
	return list;
}

/* Lengths of the longest common ends, row by row; NULL when that would be too many. */
static unsigned *table_of(const struct list *a, const struct list *b)
{
	size_t width = b->count + 1;
	unsigned *table;

	if ((a->count + 1) * width > TABLE_MAX)
		return NULL;
	table = mem_zalloc((a->count + 1) * width, sizeof(*table));
	for (size_t i = a->count; i-- > 0;)
		for (size_t k = b->count; k-- > 0;) {
			unsigned down = table[(i + 1) * width + k],
				 right = table[i * width + k + 1];

			table[i * width + k] = str_is(a->lines[i], b->lines[k])
						       ? table[(i + 1) * width + k + 1] + 1
					       : down > right ? down
							      : right;
		}
	return table;
}

struct printer {
	struct buf *out;
	const struct list *a;
	size_t shown; /* lines of `a` that were printed or passed */
	size_t after; /* so many lines more follow a change */
};

/* The lines before a change; then the change. */
static void put_change(struct printer *p, size_t at, char sign, const char *line)
{
	size_t from = at > AROUND && at - AROUND > p->shown ? at - AROUND : p->shown;

	for (; from < at; from++)
		buf_printf(p->out, "  %s\n", p->a->lines[from]);
	buf_printf(p->out, "%c %s\n", sign, line);
	p->shown = sign == '-' ? at + 1 : (at > p->shown ? at : p->shown);
	p->after = AROUND;
}

static void pass_line(struct printer *p, size_t at)
{
	if (p->after == 0)
		return;
	buf_printf(p->out, "  %s\n", p->a->lines[at]);
	p->shown = at + 1;
	p->after--;
}

static bool put_changes(const struct list *a, const struct list *b, struct buf *out)
{
	struct printer p = {out, a, 0, 0};
	unsigned *table = table_of(a, b);
	size_t i = 0, k = 0, width = b->count + 1;
	bool changed = false;

	while (i < a->count || k < b->count) {
		if (i < a->count && k < b->count && str_is(a->lines[i], b->lines[k])) {
			pass_line(&p, i++);
			k++;
			continue;
		}
		changed = true;
		if (i < a->count && (k == b->count || table == NULL ||
				     table[(i + 1) * width + k] >= table[i * width + k + 1])) {
			put_change(&p, i, '-', a->lines[i]);
			i++;
		} else {
			put_change(&p, i, '+', b->lines[k]);
			k++;
		}
	}
	mem_free(table);
	return changed;
}

bool flow_lines_diff(const cJSON *before, const cJSON *after, const cJSON *may_vary,
		     struct buf *out)
{
	struct list a = list_of(before, may_vary), b = list_of(after, may_vary);
	bool changed = put_changes(&a, &b, out);

	mem_free(a.lines);
	mem_free(b.lines);
	return changed;
}
