/* See lines.h. */
#include "local/flow/lines.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "local/clock.h"
#include "json/json.h"

enum { DEPTH_MAX = 64, ID_SIZE = 37, TOKEN_MIN = 20 };
#define MOMENT_MS 600000LL
/* Stands before an id of what is shown until all ids get their names. */
#define SHOWN "<shown:"

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

/* Milliseconds within some minutes of the flow's beginning. `before`: the character before. */
static size_t moment_at(const char *text, char before, long long now_ms)
{
	size_t len = fits(text, "9999999999999");
	long long away;

	if (len == 0 || now_ms == 0 || isdigit((unsigned char)before) != 0 ||
	    isdigit((unsigned char)text[len]) != 0)
		return 0;
	away = strtoll(text, NULL, 10) - now_ms;
	return away > -MOMENT_MS && away < MOMENT_MS ? len : 0;
}

/* The secret end of a callback's address. */
static size_t token_at(const char *text, const char *start)
{
	static const char *const before[] = {"/trigger/", "/defer/"};
	size_t len =
		strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

	for (size_t i = 0; i < ARRAY_LEN(before) && len >= TOKEN_MIN; i++) {
		size_t size = strlen(before[i]);

		if ((size_t)(text - start) >= size && memcmp(text - size, before[i], size) == 0)
			return len;
	}
	return 0;
}

struct writer {
	cJSON *lines;
	const struct flow_names *names;
	int depth;
	bool ours; /* what host and platform say to each other, not the app's own values */
};

static const char *kind_of(const struct flow_names *names, const char *id)
{
	return names->kind != NULL ? names->kind(names->context, id) : "id";
}

/* The id at the text, in lower case; false: there is none. */
static bool id_at(const char *text, char id[ID_SIZE])
{
	if (fits(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") == 0)
		return false;
	for (size_t i = 0; i < ID_SIZE - 1; i++)
		id[i] = (char)tolower((unsigned char)text[i]);
	id[ID_SIZE - 1] = '\0';
	return true;
}

/* Appends the text with all but ids replaced. */
static void put_plain(struct buf *out, const char *text, long long now_ms)
{
	/* Which of its names a value has depends on what the app has done with it. */
	static const char *const owners[] = {"{workspace connection}", "{user connection}"};
	const char *start = text;

	while (*text != '\0') {
		size_t len = time_at(text);
		const char *name = "<time>";

		if (len == 0)
			len = moment_at(text, text > start ? text[-1] : ' ', now_ms);
		if (len == 0) {
			len = origin_at(text);
			name = "<platform>";
		}
		if (len == 0) {
			len = token_at(text, start);
			name = "<token>";
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

/* The id at the text that is to get a name, and what it is of; its length, 0: there is none. */
static size_t nameless_at(const char *text, const struct flow_names *names, char id[ID_SIZE],
			  const char **kind)
{
	size_t len;

	if (str_starts(text, SHOWN)) {
		len = strcspn(text + sizeof(SHOWN) - 1, ">");
		if (len >= ID_SIZE)
			return 0;
		memcpy(id, text + sizeof(SHOWN) - 1, len);
		id[len] = '\0';
		*kind = id[0] == 't'   ? "toast"
			: id[0] == 'd' ? "dialog"
			: id[0] == 'p' ? "progress"
				       : "shown";
		return sizeof(SHOWN) + len;
	}
	*kind = id_at(text, id) ? kind_of(names, id) : NULL;
	return *kind != NULL ? ID_SIZE - 1 : 0;
}

/* Appends the text with each id that is new as its kind: by that parallel crossings are sorted. */
static void put_kinds(struct buf *out, const char *text, const struct flow_names *names)
{
	char id[ID_SIZE];

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
	char id[ID_SIZE];
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
	char id[ID_SIZE];

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

/* ---- a value's lines ---- */

static void add_line(const struct writer *w, const char *text)
{
	struct buf line = {0};

	buf_printf(&line, "%*s", w->depth * 2, "");
	put_plain(&line, text, w->names->now_ms);
	cJSON_AddItemToArray(w->lines, cJSON_CreateString(buf_cstr(&line)));
	buf_dispose(&line);
}

/* What host and platform tell each other, and where in the code it was. */
static bool is_inner(const struct writer *w, const char *name, int deep)
{
	static const char *const inner[] = {"node", "gen",  "realm",  "session", "call",   "op",
					    "flow", "seen", "others", "stack",   "surface"};

	for (size_t i = 0; i < ARRAY_LEN(inner) && (w->ours || deep == 0); i++)
		if (str_is(name, inner[i]))
			return true;
	return false;
}

/* Names that realms give what they show, in the order of their lives: "t4" is the fourth of them.
 */
static bool is_shown_id(const struct writer *w, const cJSON *value)
{
	const char *text = cJSON_GetStringValue(value);

	return w->ours && str_equal(value->string, "id") && text != NULL &&
	       islower((unsigned char)text[0]) != 0 && text[1] != '\0' && strlen(text) < ID_SIZE &&
	       strspn(text + 1, "0123456789") == strlen(text + 1);
}

static void add_leaf(const struct writer *w, const char *pointer, const cJSON *value)
{
	struct buf text = {0};

	/* An element's number, which depends on what was drawn before. */
	if (w->ours && str_equal(value->string, "id") && cJSON_IsNumber(value))
		return;
	/* A transcript counts anew in each run, what was shown does not. */
	if (is_shown_id(w, value) && str_starts(pointer, "/output"))
		return;
	buf_printf(&text, "%s: ", pointer);
	if (is_shown_id(w, value))
		buf_printf(&text, SHOWN "%s>", value->valuestring);
	else
		json_print(&text, value, false);
	add_line(w, buf_cstr(&text));
	buf_dispose(&text);
}

/* What the log has cut: how long it was, and what its beginning is, in short. */
static bool add_cut(const struct writer *w, const char *pointer, const cJSON *value)
{
	const char *beginning = json_string_or_null(value, "cut");
	const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(value, "bytes");
	char hash[SHA256_TEXT_SIZE];
	struct buf text = {0};

	if (beginning == NULL || !cJSON_IsNumber(bytes) || cJSON_GetArraySize(value) != 2)
		return false;
	put_plain(&text, beginning, w->names->now_ms);
	sha256_text(buf_cstr(&text), text.len, hash);
	buf_clear(&text);
	buf_printf(&text, "%s: %.0f bytes, sha-256 of the beginning %s", pointer,
		   bytes->valuedouble, hash);
	add_line(w, buf_cstr(&text));
	buf_dispose(&text);
	return true;
}

static void add_value(const struct writer *w, const char *pointer, const cJSON *value, int deep);

static void add_members(const struct writer *w, const char *pointer, const cJSON *value, int deep)
{
	const cJSON *item;
	int number = 0;

	cJSON_ArrayForEach(item, value)
	{
		struct buf path = {0};

		if (cJSON_IsArray(value))
			buf_printf(&path, "%s/%d", pointer, number++);
		else
			buf_printf(&path, "%s/%s", pointer, item->string);
		/* Headers of answers are about the connection mostly. */
		if (cJSON_IsArray(value) || (!is_inner(w, item->string, deep) &&
					     !str_is(buf_cstr(&path), "/output/headers")))
			add_value(w, buf_cstr(&path), item, deep + 1);
		buf_dispose(&path);
	}
}

static void add_value(const struct writer *w, const char *pointer, const cJSON *value, int deep)
{
	cJSON *opened = NULL;

	if (value == NULL || cJSON_IsNull(value) || (deep == 0 && add_cut(w, pointer, value)))
		return;
	/* A body that is a text of JSON is shown as what it is. */
	if (cJSON_IsString(value) && deep == 1 && value->string != NULL &&
	    str_is(value->string, "body"))
		opened = cJSON_Parse(value->valuestring);
	if (cJSON_IsObject(opened) || cJSON_IsArray(opened))
		value = opened;
	if (value->child != NULL && deep < DEPTH_MAX)
		add_members(w, pointer, value, deep);
	else
		add_leaf(w, pointer, value);
	cJSON_Delete(opened);
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

static bool is_ours(const char *kind)
{
	return str_is(kind, "action") || str_is(kind, "surface") || str_is(kind, "host") ||
	       str_is(kind, "user");
}

static void add_node(const struct writer *w, const cJSON *node)
{
	const struct writer inside = {w->lines, w->names, w->depth + 1,
				      is_ours(text_of(node, "kind"))};
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(node, "error");
	const char *message =
		cJSON_IsObject(error) ? text_of(error, "message") : text_of(node, "error");
	const cJSON *output = cJSON_GetObjectItemCaseSensitive(node, "output");
	struct buf head = {0};

	buf_printf(&head, "%s %s%s%s", text_of(node, "kind"), text_of(node, "name"),
		   message[0] != '\0' ? " failed: " : "", message);
	for (size_t i = 0; i < head.len; i++)
		if (head.ptr[i] == '\n')
			head.ptr[i] = ' ';
	add_line(w, buf_cstr(&head));
	buf_dispose(&head);
	add_value(&inside, "/input", cJSON_GetObjectItemCaseSensitive(node, "input"), 0);
	if (is_good_write(node))
		add_value(&inside, "/output/status",
			  cJSON_GetObjectItemCaseSensitive(output, "status"), 1);
	else
		add_value(&inside, "/output", output, 0);
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

	if (is_ours(text_of(node, "kind")))
		return false;
	times_of(node, &from, &until);
	return cJSON_HasObjectItem(input, "others") || from < end;
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
		end = is_ours(text_of(other, "kind")) ? 0 : (until > end ? until : end);
	}
	return count;
}

static cJSON *lines_below(const cJSON *nodes, const cJSON *node, const struct writer *above)
{
	const struct writer w = {cJSON_CreateArray(), above->names, above->depth + 1, false};
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

cJSON *flow_lines(const cJSON *flow, const struct flow_names *names)
{
	static const struct flow_names nothing;
	const struct writer above = {NULL, names != NULL ? names : &nothing, -1, false};
	const cJSON *nodes = cJSON_GetObjectItemCaseSensitive(flow, "nodes");
	const cJSON *first = cJSON_GetArrayItem(nodes, 0);
	cJSON *lines = first != NULL ? lines_below(nodes, first, &above) : cJSON_CreateArray();

	name_ids(lines, above.names);
	return lines;
}
