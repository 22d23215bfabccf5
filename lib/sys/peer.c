/* See peer.h. A socket is in the table of its family: a client may reach 127.0.0.1 with one of
 * either. */
#include "sys/peer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"

#define TABLE_LIMIT ((size_t)32 << 20)

/* Loopback as the kernel writes it: bytes of the address in words of the machine's order. */
static bool is_loopback(const char *address)
{
	static const char *const forms[] = {"0100007F", "0000000000000000FFFF00000100007F",
					    "00000000000000000000000001000000"};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(address, forms[i]) == 0)
			return true;
	return false;
}

int peer_find(const char *table, int theirs, int ours, unsigned uid)
{
	const char *line = strchr(table, '\n'); /* behind the headings */

	for (; line != NULL; line = strchr(line + 1, '\n')) {
		char local[33], remote[33];
		unsigned local_port, remote_port, owner;

		/* sl local remote st queues timer retransmits uid */
		if (sscanf(line, " %*u: %32[0-9A-F]:%x %32[0-9A-F]:%x %*x %*x:%*x %*x:%*x %*x %u",
			   local, &local_port, remote, &remote_port, &owner) != 5)
			continue;
		if (local_port == (unsigned)theirs && remote_port == (unsigned)ours &&
		    is_loopback(local) && is_loopback(remote))
			return owner == uid ? 1 : 0;
	}
	return -1;
}

bool peer_is_ours(int theirs, int ours)
{
	static const char *const tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};
	struct arena *arena = arena_new();
	int found = -1;

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables) && found < 0; i++) {
		FILE *file = fopen(tables[i], "re");
		struct error ignored;
		char *text;
		size_t len;

		if (file == NULL)
			continue;
		if (fs_read_stream(arena, fileno(file), tables[i], TABLE_LIMIT, &text, &len,
				   &ignored) == 0)
			found = peer_find(text, theirs, ours, (unsigned)geteuid());
		fclose(file);
	}
	arena_free(arena);
	return found == 1;
}
