/* Who is at the other end of a connection over loopback. */
#ifndef ATTIO_SYS_PEER_H
#define ATTIO_SYS_PEER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the process with the end `theirs` (a port of 127.0.0.1) of a TCP connection to our port
 * `ours` is this user's. False where the system does not tell (only Linux does). */
bool peer_is_ours(int theirs, int ours);

/* Whether this system tells at all. */
bool peer_is_told(void);

/* The same as peer_is_ours from the text of /proc/net/tcp or tcp6 (proc(5)): 1 this user's `uid`, 0
 * somebody else's, -1 there is no such connection. */
int peer_find(const char *table, int theirs, int ours, unsigned uid);

#endif
