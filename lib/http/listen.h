/* Within the room: the socket of a server. */
#ifndef ATTIO_HTTP_LISTEN_H
#define ATTIO_HTTP_LISTEN_H

#include <stdbool.h>

struct error;

/* Listens on 127.0.0.1, or ::1 with `six`, at *port (0: any free one, which it becomes). `name` is
 * whose server it is, for messages. The descriptor, or -1 with ERROR_SYSTEM. It is made here and
 * not by libmicrohttpd, which would not tell why it failed. */
int listen_on_loopback(bool six, int *port, const char *name, struct error *error);

#endif
