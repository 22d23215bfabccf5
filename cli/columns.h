/* A table for people: columns as wide as their widest cell, no borders. */
#ifndef ATTIO_CLI_COLUMNS_H
#define ATTIO_CLI_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

enum { COLUMNS_MAX = 8 };

struct columns_row {
	const char *cells[COLUMNS_MAX];
};

/* A table being put together; memory is the cli's arena. */
struct columns {
	const char *const *header; /* ends with NULL; at most COLUMNS_MAX */
	bool last_right;           /* the last column holds numbers */
	struct columns_row *rows;
	size_t count;
};

/* A new row, whose cells the caller fills; those that stay NULL are empty. Cells are escaped when
 * they are printed. */
struct columns_row *columns_add(struct cli *cli, struct columns *columns);
/* Prints it on stdout, the header not under --quiet; nothing without rows. */
void columns_print(struct cli *cli, struct columns *columns);

#endif
