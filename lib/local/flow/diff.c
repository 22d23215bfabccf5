/* Two flows' lines: see lines.h. */
#include "local/flow/lines.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

enum { TABLE_MAX = 4000000, AROUND = 2 };

struct list {
	const char **lines;
	size_t count;
};

static size_t indent_of(const char *line)
{
	return strspn(line, " ");
}

/* Where a server function's file lies is nothing that anybody sees: "server app/a/send.server" is
 * "server app/b/send.server". */
static const char *without_folder(const char *line)
{
	const char *name = line + indent_of(line), *last;
	size_t len;

	if (!str_starts(name, "server "))
		return NULL;
	name += strlen("server ");
	len = strcspn(name, " ");
	for (last = name + len; last > name && last[-1] != '/';)
		last--;
	return last;
}

static bool same(const char *a, const char *b)
{
	const char *a_name, *b_name;

	if (str_is(a, b))
		return true;
	a_name = without_folder(a);
	b_name = without_folder(b);
	return a_name != NULL && b_name != NULL && indent_of(a) == indent_of(b) &&
	       str_is(a_name, b_name);
}

/* Whether the pointer of a line is at or below this one, in which `*` is any one segment. */
static bool covers(const char *pointer, const char *line)
{
	for (; *pointer != '\0'; pointer++) {
		if (*pointer == '*') {
			line += strcspn(line, "/: ");
		} else if (*pointer != *line) {
			return false;
		} else {
			line++;
		}
	}
	return *line == ':' || *line == '/';
}

/* Whether the line's value is one of those that are not compared. `head` is the line of its
 * crossing. */
static bool varies(const char *line, const char *head, const cJSON *may_vary)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, may_vary)
	{
		const char *pointer = cJSON_IsString(item) ? item->valuestring : "";
		const char *own = pointer[0] != '/' ? strstr(pointer, " /") : NULL;

		if (own != NULL) {
			size_t len = (size_t)(own - pointer);

			if (strncmp(head, pointer, len) != 0 ||
			    (head[len] != '\0' && head[len] != ' '))
				continue;
			pointer = own + 1;
		}
		if (pointer[0] == '/' && covers(pointer, line))
			return true;
	}
	return false;
}

static struct list list_of(const cJSON *lines, const cJSON *may_vary)
{
	struct list list = {mem_zalloc((size_t)cJSON_GetArraySize(lines) + 1, sizeof(char *)), 0};
	const char *head = "";
	const cJSON *item;

	cJSON_ArrayForEach(item, lines)
	{
		const char *line = cJSON_IsString(item) ? item->valuestring : "";
		const char *text = line + strspn(line, " ");

		if (text[0] != '/')
			head = text;
		else if (varies(text, head, may_vary))
			continue;
		list.lines[list.count++] = line;
	}
	return list;
}

/* ---- what went and what came ---- */

struct change {
	char sign; /* ' ', '-' or '+' */
	const char *line;
	bool shown;
};

struct changes {
	struct change *items;
	size_t count;
	bool any;
};

static void add_change(struct changes *changes, char sign, const char *line)
{
	changes->items[changes->count++] = (struct change){sign, line, false};
	changes->any = changes->any || sign != ' ';
}

/* Lengths of the longest common ends of the lines from `from` on, row by row; NULL when that would
 * be too many. */
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

			table[i * width + k] = same(a->lines[i], b->lines[k])
						       ? table[(i + 1) * width + k + 1] + 1
					       : down > right ? down
							      : right;
		}
	return table;
}

static void compare_middle(const struct list *a, const struct list *b, struct changes *changes)
{
	unsigned *table = table_of(a, b);
	size_t i = 0, k = 0, width = b->count + 1;

	while (i < a->count || k < b->count) {
		if (i < a->count && k < b->count && same(a->lines[i], b->lines[k])) {
			add_change(changes, ' ', a->lines[i++]);
			k++;
		} else if (i < a->count &&
			   (k == b->count || table == NULL ||
			    table[(i + 1) * width + k] >= table[i * width + k + 1])) {
			add_change(changes, '-', a->lines[i++]);
		} else {
			add_change(changes, '+', b->lines[k++]);
		}
	}
	mem_free(table);
}

/* What both begin and end with costs no table. */
static struct changes compare(const struct list *a, const struct list *b)
{
	struct changes changes = {mem_zalloc(a->count + b->count + 1, sizeof(struct change)), 0,
				  false};
	size_t first = 0, last = 0;
	struct list a_middle, b_middle;

	while (first < a->count && first < b->count && same(a->lines[first], b->lines[first]))
		add_change(&changes, ' ', a->lines[first++]);
	while (last < a->count - first && last < b->count - first &&
	       same(a->lines[a->count - last - 1], b->lines[b->count - last - 1]))
		last++;
	a_middle = (struct list){a->lines + first, a->count - first - last};
	b_middle = (struct list){b->lines + first, b->count - first - last};
	compare_middle(&a_middle, &b_middle, &changes);
	for (; last > 0; last--)
		add_change(&changes, ' ', a->lines[a->count - last]);
	return changes;
}

/* With a change some lines around it are shown, and in which crossing it is. */
static void show_around(const struct changes *changes, size_t at)
{
	char sign = changes->items[at].sign;
	size_t depth = indent_of(changes->items[at].line);
	size_t from = at > AROUND ? at - AROUND : 0;

	for (size_t i = from; i <= at + AROUND && i < changes->count; i++)
		changes->items[i].shown = true;
	for (size_t i = at; i-- > 0 && depth > 0;) {
		struct change *one = &changes->items[i];

		if ((one->sign != ' ' && one->sign != sign) || indent_of(one->line) >= depth)
			continue;
		depth = indent_of(one->line);
		one->shown = true;
	}
}

bool flow_lines_diff(const cJSON *before, const cJSON *after, const cJSON *may_vary,
		     struct buf *out)
{
	struct list a = list_of(before, may_vary), b = list_of(after, may_vary);
	struct changes changes = compare(&a, &b);

	for (size_t i = 0; i < changes.count; i++)
		if (changes.items[i].sign != ' ')
			show_around(&changes, i);
	for (size_t i = 0; i < changes.count; i++)
		if (changes.items[i].shown)
			buf_printf(out, "%c %s\n", changes.items[i].sign, changes.items[i].line);
	mem_free(changes.items);
	mem_free(a.lines);
	mem_free(b.lines);
	return changes.any;
}
