/* See peer.h. A socket is in the table of its family: a client may reach 127.0.0.1 with one of
 * either. */
#include "sys/peer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"

#define TABLE_LIMIT ((size_t)32 << 20)

/* sl, local and remote address, state, queues, timer, retransmits, uid */
enum { LOCAL = 1, REMOTE, UID = 7, FIELDS };

/* "ADDRESS:PORT" of loopback, in hexadecimal digits; the address is in words of the machine's
 * order. -1: it is another. */
static long port_of(const char *field)
{
	static const char *const forms[] = {"0100007F:", "0000000000000000FFFF00000100007F:",
					    "00000000000000000000000001000000:"};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (str_starts(field, forms[i]))
			return strtol(field + strlen(forms[i]), NULL, 16);
	return -1;
}

/* Finds where the fields of a line begin. */
static bool cut(const char *line, const char *fields[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++) {
		line += strspn(line, " ");
		if (*line == '\0' || *line == '\n')
			return false;
		fields[i] = line;
		line += strcspn(line, " \n");
	}
	return true;
}

int peer_find(const char *table, int theirs, int ours, unsigned uid)
{
	const char *line = strchr(table, '\n'); /* behind the headings */
	const char *fields[FIELDS];

	for (; line != NULL; line = strchr(line + 1, '\n'))
		if (cut(line + 1, fields) && port_of(fields[LOCAL]) == theirs &&
		    port_of(fields[REMOTE]) == ours)
			return strtoul(fields[UID], NULL, 10) == uid ? 1 : 0;
	return -1;
}

bool peer_is_told(void)
{
	return access("/proc/net/tcp", R_OK) == 0;
}

bool peer_is_ours(int theirs, int ours)
{
	static const char *const tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};
	struct arena *arena = arena_new();
	int found = -1;

	for (size_t i = 0; i < ARRAY_LEN(tables) && found < 0; i++) {
		int fd = open(tables[i], O_RDONLY | O_CLOEXEC);
		struct error ignored;
		char *text;
		size_t len;

		if (fd < 0)
			continue;
		if (fs_read_stream(arena, fd, tables[i], TABLE_LIMIT, &text, &len, &ignored) == 0)
			found = peer_find(text, theirs, ours, (unsigned)geteuid());
		close(fd);
	}
	arena_free(arena);
	return found == 1;
}
