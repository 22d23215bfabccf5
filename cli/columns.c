/* See columns.h. */
#include "cli/columns.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/term.h"

struct columns_row *columns_add(struct cli *cli, struct columns *columns)
{
	return arena_push(cli->arena, &columns->rows, &columns->count, sizeof(*columns->rows));
}

static size_t width_of(const char *cell)
{
	return utf8_width(cell, strlen(cell), 1);
}

static void put_blanks(struct buf *out, size_t from, size_t to)
{
	for (; from < to; from++)
		buf_putc(out, ' ');
}

/* Behind a line's last cell there are no blanks. */
static void put_row(struct buf *out, const struct columns *columns, const struct columns_row *row,
		    size_t count, const size_t *widths)
{
	for (size_t c = 0; c < count; c++) {
		size_t width = width_of(row->cells[c]);
		bool last = c == count - 1;

		if (last && columns->last_right)
			put_blanks(out, width, widths[c]);
		buf_puts(out, row->cells[c]);
		if (!last)
			put_blanks(out, width, widths[c] + 2);
	}
	while (out->len > 0 && out->ptr[out->len - 1] == ' ')
		out->len--;
	buf_putc(out, '\n');
}

static void escape_row(struct cli *cli, struct columns_row *row, size_t count)
{
	for (size_t c = 0; c < count; c++) {
		struct buf text = {0};

		if (row->cells[c] != NULL)
			term_escape(&text, row->cells[c]);
		row->cells[c] = arena_strdup(cli->arena, buf_cstr(&text));
		buf_dispose(&text);
	}
}

void columns_print(struct cli *cli, struct columns *columns)
{
	size_t widths[COLUMNS_MAX] = {0}, count = 0;
	struct columns_row header = {{NULL}};
	struct buf out = {0};

	if (columns->count == 0)
		return;
	for (; count < COLUMNS_MAX && columns->header[count] != NULL; count++) {
		header.cells[count] = columns->header[count];
		widths[count] = cli->globals.quiet ? 0 : width_of(header.cells[count]);
	}
	for (size_t i = 0; i < columns->count; i++) {
		escape_row(cli, &columns->rows[i], count);
		for (size_t c = 0; c < count; c++) {
			size_t width = width_of(columns->rows[i].cells[c]);

			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	if (!cli->globals.quiet)
		put_row(&out, columns, &header, count, widths);
	for (size_t i = 0; i < columns->count; i++)
		put_row(&out, columns, &columns->rows[i], count, widths);
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
}
