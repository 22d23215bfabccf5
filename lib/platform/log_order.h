/* Entries of a log arrive from several machines and a little out of order: each is held for a
 * moment, and they are given in the order of their times. Pure: who asks says what time it is. */
#ifndef ATTIO_PLATFORM_LOG_ORDER_H
#define ATTIO_PLATFORM_LOG_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/realtime.h"

/* How long one is held, in ms. */
#define LOG_ORDER_HOLD 200

struct log_entry {
	char *time; /* RFC 3339 in UTC, so that the order of texts is that of times */
	char *text;
	enum realtime_level level;
	long long due; /* ms */
};

/* A zeroed struct holds none. */
struct log_order {
	struct log_entry *items; /* from `first` on, in order */
	size_t first, count, room;
};

/* Copies the texts. `now` is in ms, from any beginning. */
void log_order_add(struct log_order *order, const char *time, const char *text,
		   enum realtime_level level, long long now);
/* The next one that was held long enough, or that stands before one that was; the caller disposes
 * of it. False: none. */
bool log_order_take(struct log_order *order, long long now, struct log_entry *entry);
bool log_order_is_empty(const struct log_order *order);
void log_entry_dispose(struct log_entry *entry);
void log_order_dispose(struct log_order *order);

#endif
