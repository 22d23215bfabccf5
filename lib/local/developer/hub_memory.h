/* Within the room: what the log service has said lately, for who comes back and for who asks for
 * what was said before. The oldest is forgotten when there are too many, or when they are too much.
 */
#ifndef ATTIO_LOCAL_DEVELOPER_HUB_MEMORY_H
#define ATTIO_LOCAL_DEVELOPER_HUB_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#define HUB_KEPT 512u                     /* messages */
#define HUB_KEPT_BYTES ((size_t)16 << 20) /* of their data; the last one stays, whatever it has */

struct said {
	long long number; /* from 1 on; 0: forgotten */
	char *channel;
	char *at;   /* RFC 3339 */
	char *data; /* JSON */
};

struct hub_memory {
	char run[17]; /* part of serials: those of another run are none */
	struct said kept[HUB_KEPT];
	long long first, last; /* numbers that are kept; none: first is one more than last */
	size_t bytes;
};

/* `run` has 16 characters. */
void hub_memory_init(struct hub_memory *memory, const char *run);
void hub_memory_dispose(struct hub_memory *memory);
/* Keeps a message, and takes over its texts (mem_alloc). What is given stays until the next one. */
const struct said *hub_memory_add(struct hub_memory *memory, char *channel, char *at, char *data);
/* The message with this number, which is kept. */
const struct said *hub_memory_get(const struct hub_memory *memory, long long number);

#define HUB_SERIAL_SIZE 40
void hub_memory_serial(const struct hub_memory *memory, long long number,
		       char serial[HUB_SERIAL_SIZE]);
/* The number in a serial (NULL is fine) of this run behind which nothing was forgotten; -1: none.
 */
long long hub_memory_number(const struct hub_memory *memory, const char *serial);
/* The number behind which somebody begins who wants what was said on a channel before: "2m", "30s",
 * or how many messages. `now` is in ms since 1970. */
long long hub_memory_rewound(const struct hub_memory *memory, const char *channel,
			     const char *rewind, long long now);

#endif
