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
