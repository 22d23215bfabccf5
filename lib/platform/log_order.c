#include "platform/log_order.h"

#include <string.h>

#include "base/mem.h"

void log_entry_dispose(struct log_entry *entry)
{
	mem_free(entry->time);
	mem_free(entry->text);
	*entry = (struct log_entry){0};
}

bool log_order_is_empty(const struct log_order *order)
{
	return order->first == order->count;
}

void log_order_add(struct log_order *order, const char *time, const char *text,
		   enum realtime_level level, long long now)
{
	size_t at = order->count;

	if (order->count == order->room) {
		order->room = order->room * 2 + 16;
		order->items = mem_realloc(order->items, order->room * sizeof(*order->items));
	}
	/* Mostly it is the last one already. */
	while (at > order->first && strcmp(order->items[at - 1].time, time) > 0)
		at--;
	memmove(&order->items[at + 1], &order->items[at],
		(order->count - at) * sizeof(*order->items));
	order->items[at] = (struct log_entry){.time = mem_strdup(time),
					      .text = mem_strdup(text),
					      .level = level,
					      .due = now + LOG_ORDER_HOLD};
	order->count++;
}

bool log_order_take(struct log_order *order, long long now, struct log_entry *entry)
{
	bool due = false;

	for (size_t i = order->first; i < order->count && !due; i++)
		due = order->items[i].due <= now;
	if (!due)
		return false;
	*entry = order->items[order->first++];
	if (log_order_is_empty(order))
		order->first = order->count = 0;
	return true;
}

void log_order_dispose(struct log_order *order)
{
	for (size_t i = order->first; i < order->count; i++)
		log_entry_dispose(&order->items[i]);
	mem_free(order->items);
	*order = (struct log_order){0};
}
