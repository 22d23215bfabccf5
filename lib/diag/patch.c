/* Lines are compared with Myers' greedy algorithm ("An O(ND) difference algorithm", 1986): its work
 * grows with the number of changed lines, and fixes change few. */
#include "diag/patch.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	CONTEXT = 3,
	MAX_STEPS = 1000 /* more changed lines than this are replaced as one block */
};

struct line {
	const char *bytes;
	size_t len; /* with its LF */
};

struct side {
	struct line *lines;
	size_t count;
	bool *changed; /* removed from the old text, added in the new one */
};

struct comparison {
	struct arena *arena;
	struct side old, new;
};

static void split(struct arena *arena, struct side *side, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end) {
		const char *lf = memchr(bytes, '\n', (size_t)(end - bytes));
		const char *next = lf != NULL ? lf + 1 : end;
		struct line *line = arena_push(arena, &side->lines, &side->count, sizeof(*line));

		*line = (struct line){.bytes = bytes, .len = (size_t)(next - bytes)};
		bytes = next;
	}
	side->changed = arena_alloc(arena, side->count + 1);
}

static bool same(const struct comparison *c, size_t x, size_t y)
{
	const struct line *a = &c->old.lines[x], *b = &c->new.lines[y];

	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

/* The part of both texts between their common lines at the start and at the end. */
struct middle {
	size_t x, y; /* first lines */
	long n, m;   /* numbers of lines */
};

static long follow(const struct comparison *c, const struct middle *mid, long x, long y)
{
	while (x < mid->n && y < mid->m && same(c, mid->x + (size_t)x, mid->y + (size_t)y)) {
		x++;
		y++;
	}
	return x;
}

/* The furthest point on a diagonal after one more step, before any common lines. */
struct move {
	long x;    /* -1: the diagonal cannot be reached */
	bool down; /* by adding a line, from diagonal k + 1 */
};

/* `v` holds how far step d - 1 came: its diagonal j is at v[j + d - 1]. */
static struct move best_move(const struct middle *mid, const long *v, long d, long k)
{
	struct move move = {.x = -1};

	if (k + 1 < d) {
		long x = v[k + 1 + d - 1];
		if (x >= 0 && x - k <= mid->m)
			move = (struct move){.x = x, .down = true};
	}
	if (k - 1 > -d) {
		long x = v[k - 1 + d - 1];
		if (x >= 0 && x + 1 <= mid->n && x + 1 > move.x)
			move = (struct move){.x = x + 1};
	}
	return move;
}

/* Walks back through the steps and marks what was removed and added. */
static void mark(struct comparison *c, const struct middle *mid, long *const *steps, long d)
{
	long x = mid->n, y = mid->m;

	for (; d > 0; d--) {
		struct move move = best_move(mid, steps[d - 1], d, x - y);
		long before = x - y + (move.down ? 1 : -1);

		x = steps[d - 1][before + d - 1];
		y = x - before;
		if (move.down)
			c->new.changed[mid->y + (size_t)y] = true;
		else
			c->old.changed[mid->x + (size_t)x] = true;
	}
}

static void mark_all(struct comparison *c, const struct middle *mid)
{
	for (long i = 0; i < mid->n; i++)
		c->old.changed[mid->x + (size_t)i] = true;
	for (long i = 0; i < mid->m; i++)
		c->new.changed[mid->y + (size_t)i] = true;
}

static void compare_middle(struct comparison *c, const struct middle *mid)
{
	long *steps[MAX_STEPS];

	for (long d = 0; d < MAX_STEPS && d <= mid->n + mid->m; d++) {
		steps[d] = arena_alloc(c->arena, (size_t)(2 * d + 1) * sizeof(long));
		for (long k = -d; k <= d; k += 2) {
			long x = d == 0 ? 0 : best_move(mid, steps[d - 1], d, k).x;

			if (x >= 0)
				x = follow(c, mid, x, x - k);
			steps[d][k + d] = x;
			if (x == mid->n && x - k == mid->m) {
				mark(c, mid, steps, d);
				return;
			}
		}
	}
	mark_all(c, mid);
}

static void compare(struct comparison *c)
{
	size_t head = 0, tail = 0;
	size_t n = c->old.count, m = c->new.count;

	while (head < n && head < m && same(c, head, head))
		head++;
	while (tail < n - head && tail < m - head && same(c, n - 1 - tail, m - 1 - tail))
		tail++;
	struct middle mid = {
		.x = head, .y = head, .n = (long)(n - head - tail), .m = (long)(m - head - tail)};
	if (mid.n == 0 || mid.m == 0)
		mark_all(c, &mid);
	else
		compare_middle(c, &mid);
}

/* --- printing ---------------------------------------------------------------------------------
 */

/* Names with bytes that would end the line or the name are quoted as git quotes them. */
static void put_name(struct buf *out, const char *prefix, const char *path)
{
	bool quoted = false;

	for (const char *c = path; *c != '\0'; c++)
		quoted = quoted || (unsigned char)*c < ' ' || *c == 0x7f || *c == '"' || *c == '\\';
	if (!quoted) {
		buf_printf(out, "%s%s", prefix, path);
		return;
	}
	buf_printf(out, "\"%s", prefix);
	for (const char *c = path; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			buf_printf(out, "\\%03o", (unsigned)*c);
		else if (*c == '"' || *c == '\\')
			buf_printf(out, "\\%c", *c);
		else
			buf_putc(out, *c);
	}
	buf_putc(out, '"');
}

static void put_header(struct buf *out, const char *path)
{
	/* The first line says that the file exists before and after, also when it is empty. */
	const char *end =
		strchr(path, ' ') != NULL ? "\t\n" : "\n"; /* a name with spaces ends at a tab */

	buf_puts(out, "diff --git ");
	put_name(out, "a/", path);
	buf_putc(out, ' ');
	put_name(out, "b/", path);
	buf_puts(out, "\n--- ");
	put_name(out, "a/", path);
	buf_printf(out, "%s+++ ", end);
	put_name(out, "b/", path);
	buf_puts(out, end);
}

static void put_line(struct buf *out, char sign, const struct line *line)
{
	buf_putc(out, sign);
	buf_add(out, line->bytes, line->len);
	if (line->bytes[line->len - 1] != '\n')
		buf_puts(out, "\n\\ No newline at end of file\n");
}

static void put_range(struct buf *out, char sign, size_t first, size_t count)
{
	/* An empty range names the line before it. */
	buf_printf(out, "%c%zu", sign, count == 0 ? first : first + 1);
	if (count != 1)
		buf_printf(out, ",%zu", count);
}

/* The lines from x to x_end and from y to y_end, with equal ones in between. */
static void put_hunk(struct buf *out, const struct comparison *c, size_t x, size_t x_end, size_t y,
		     size_t y_end)
{
	buf_puts(out, "@@ ");
	put_range(out, '-', x, x_end - x);
	buf_putc(out, ' ');
	put_range(out, '+', y, y_end - y);
	buf_puts(out, " @@\n");
	while (x < x_end || y < y_end) {
		if (x < x_end && c->old.changed[x])
			put_line(out, '-', &c->old.lines[x++]);
		else if (y < y_end && c->new.changed[y])
			put_line(out, '+', &c->new.lines[y++]);
		else {
			put_line(out, ' ', &c->old.lines[x++]);
			y++;
		}
	}
}

static void put_hunks(struct buf *out, const struct comparison *c)
{
	size_t x = 0, y = 0;

	while (x < c->old.count || y < c->new.count) {
		size_t equal = 0;

		while (x < c->old.count && y < c->new.count && !c->old.changed[x] &&
		       !c->new.changed[y]) {
			x++;
			y++;
			equal++;
		}
		if (x == c->old.count && y == c->new.count)
			return;
		size_t lead = equal < CONTEXT ? equal : CONTEXT;
		size_t first_x = x - lead, first_y = y - lead, end_x, end_y;
		do {
			while (x < c->old.count && c->old.changed[x])
				x++;
			while (y < c->new.count && c->new.changed[y])
				y++;
			end_x = x;
			end_y = y;
			/* Hunks that would touch are one. */
			for (equal = 0;
			     equal < 2 * CONTEXT && x < c->old.count && y < c->new.count &&
			     !c->old.changed[x] && !c->new.changed[y];
			     equal++) {
				x++;
				y++;
			}
		} while ((x < c->old.count && c->old.changed[x]) ||
			 (y < c->new.count && c->new.changed[y]));
		size_t trail = equal < CONTEXT ? equal : CONTEXT;
		put_hunk(out, c, first_x, end_x + trail, first_y, end_y + trail);
		x = end_x + trail;
		y = end_y + trail;
	}
}

void patch_put(struct buf *out, const char *path, const char *before, size_t before_len,
	       const char *after, size_t after_len)
{
	struct comparison c = {.arena = arena_new()};

	split(c.arena, &c.old, before, before_len);
	split(c.arena, &c.new, after, after_len);
	if (before_len != after_len || memcmp(before, after, before_len) != 0) {
		compare(&c);
		put_header(out, path);
		put_hunks(out, &c);
	}
	arena_free(c.arena);
}
