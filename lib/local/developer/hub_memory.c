/* See hub_memory.h. */
#include "local/developer/hub_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"

#define REWIND_MOST 1000000 /* messages, seconds or minutes */

void hub_memory_init(struct hub_memory *memory, const char *run)
{
	*memory = (struct hub_memory){.first = 1};
	memcpy(memory->run, run, sizeof(memory->run) - 1);
}

static struct said *place_of(struct hub_memory *memory, long long number)
{
	return &memory->kept[number % HUB_KEPT];
}

static void forget_first(struct hub_memory *memory)
{
	struct said *said = place_of(memory, memory->first++);

	memory->bytes -= strlen(said->data);
	mem_free(said->channel);
	mem_free(said->at);
	mem_free(said->data);
	*said = (struct said){0};
}

void hub_memory_dispose(struct hub_memory *memory)
{
	while (memory->first <= memory->last)
		forget_first(memory);
}

const struct said *hub_memory_add(struct hub_memory *memory, char *channel, char *at, char *data)
{
	size_t len = strlen(data);

	while (memory->first <= memory->last &&
	       (memory->last - memory->first + 1 == (long long)HUB_KEPT ||
		memory->bytes + len > HUB_KEPT_BYTES))
		forget_first(memory);
	memory->last++;
	memory->bytes += len;
	*place_of(memory, memory->last) = (struct said){memory->last, channel, at, data};
	return place_of(memory, memory->last);
}

const struct said *hub_memory_get(const struct hub_memory *memory, long long number)
{
	return &memory->kept[number % HUB_KEPT];
}

void hub_memory_serial(const struct hub_memory *memory, long long number,
		       char serial[HUB_SERIAL_SIZE])
{
	snprintf(serial, HUB_SERIAL_SIZE, "%s:%lld", memory->run, number);
}

long long hub_memory_number(const struct hub_memory *memory, const char *serial)
{
	size_t len = strlen(memory->run);
	long long number;
	char *end;

	if (serial == NULL || strncmp(serial, memory->run, len) != 0 || serial[len] != ':')
		return -1;
	number = strtoll(serial + len + 1, &end, 10);
	return *end == '\0' && end != serial + len + 1 && number >= memory->first - 1 &&
			       number <= memory->last
		       ? number
		       : -1;
}

long long hub_memory_rewound(const struct hub_memory *memory, const char *channel,
			     const char *rewind, long long now)
{
	char *unit;
	long long amount = strtoll(rewind, &unit, 10), found = memory->last, count = 0, since;

	amount = amount > REWIND_MOST ? REWIND_MOST : amount < 0 ? 0 : amount;
	since = now - amount * (*unit == 'm' ? 60000 : 1000);
	for (long long number = memory->last; number >= memory->first; number--) {
		const struct said *said = hub_memory_get(memory, number);
		long long ms = 0;

		if (!str_is(said->channel, channel))
			continue;
		clock_read(said->at, &ms);
		if (*unit == '\0' ? count++ >= amount : ms < since)
			break;
		found = number - 1;
	}
	return found;
}
