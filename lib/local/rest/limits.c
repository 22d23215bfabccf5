#include "local/rest/limits.h"

#include <stdio.h>
#include <stdlib.h>

#include "local/clock.h"

static long long second_of(long long ms)
{
	return ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
}

/* Its counts in this second: those of before, or a place with old ones. */
static struct rest_counts *counts_of(struct rest_limits *limits, long long caller, long long second)
{
	struct rest_counts *found = &limits->counts[0];

	for (size_t i = 0; i < LIMIT_CALLERS; i++) {
		struct rest_counts *one = &limits->counts[i];

		if (one->caller == caller && one->second == second)
			return one;
		if (one->second < found->second)
			found = one;
	}
	*found = (struct rest_counts){.caller = caller, .second = second};
	return found;
}

bool limits_take(struct rest_limits *limits, long long caller, long long now_ms, bool writes)
{
	struct rest_counts *counts = counts_of(limits, caller, second_of(now_ms));
	int *count = writes ? &counts->writes : &counts->reads;

	if (*count >= (writes ? LIMIT_WRITES : LIMIT_READS))
		return false;
	(*count)++;
	return true;
}

int limits_most(const struct rest_limits *limits, long long now_ms, bool writes)
{
	int most = 0;

	for (size_t i = 0; i < LIMIT_CALLERS; i++) {
		const struct rest_counts *one = &limits->counts[i];
		int count = writes ? one->writes : one->reads;

		if (one->second == second_of(now_ms) && count > most)
			most = count;
	}
	return most;
}

void limits_retry_after(long long now_ms, char text[HTTP_DATE_SIZE])
{
	static const char days[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	long long second = second_of(now_ms) + 1;
	long long day = second / 86400 - (second % 86400 < 0 ? 1 : 0);
	char iso[CLOCK_TEXT_SIZE]; /* 2026-11-28T18:11:40.000000000Z */
	long month;

	clock_write(second * 1000000000LL, iso);
	month = strtol(iso + 5, NULL, 10);
	snprintf(text, HTTP_DATE_SIZE, "%s, %.2s %s %.4s %.8s GMT", days[(day % 7 + 7) % 7],
		 iso + 8, months[month - 1], iso, iso + 11);
}
