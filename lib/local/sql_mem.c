/* SQLite wants to know how large a block is, which no two systems tell in the same way: the size
 * stands in front of it. */
#include "local/sql_mem.h"

#include <string.h>

#include <sqlite3.h>

#include "base/mem.h"

/* Blocks begin at multiples of it, which is as SQLite wants them. */
#define HEAD 8

static int size_of(void *block)
{
	int size;

	if (block == NULL)
		return 0;
	memcpy(&size, (char *)block - HEAD, sizeof(size));
	return size;
}

static void *with_size(char *whole, int size)
{
	memcpy(whole, &size, sizeof(size));
	return whole + HEAD;
}

static void *take(int size)
{
	return with_size(mem_alloc((size_t)size + HEAD), size);
}

static void give_back(void *block)
{
	if (block != NULL)
		mem_free((char *)block - HEAD);
}

static void *resize(void *block, int size)
{
	char *whole = block != NULL ? (char *)block - HEAD : NULL;

	return with_size(mem_realloc(whole, (size_t)size + HEAD), size);
}

static int round_up(int size)
{
	return (size + HEAD - 1) / HEAD * HEAD;
}

static int start(void *unused)
{
	(void)unused;
	return SQLITE_OK;
}

static void end(void *unused)
{
	(void)unused;
}

void sql_use_mem(void)
{
	static const sqlite3_mem_methods methods = {
		.xMalloc = take,
		.xFree = give_back,
		.xRealloc = resize,
		.xSize = size_of,
		.xRoundup = round_up,
		.xInit = start,
		.xShutdown = end,
	};

	/* It copies them, and says no when it is in use already. */
	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
