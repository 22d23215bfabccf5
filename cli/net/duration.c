/* See duration.h. */
#include "cli/net/duration.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct unit {
	const char *name;
	long long ms;
};

/* The longer name of two comes first. */
long long duration_ms(const char *text)
{
	static const struct unit units[] = {
		{"ms", 1},      {"s", 1000},     {"m", 60000},
		{"h", 3600000}, {"d", 86400000}, {"w", 7LL * 86400000},
	};
	const long long most = 100LL * 366 * 86400000;
	long long total = 0;

	if (*text == '\0')
		return -1;
	while (*text != '\0') {
		long long number = 0;
		bool known = false;

		if (isdigit((unsigned char)*text) == 0)
			return -1;
		for (; isdigit((unsigned char)*text) != 0; text++)
			if (number <= most)
				number = number * 10 + (*text - '0');
		for (size_t i = 0; !known && i < sizeof(units) / sizeof(units[0]); i++) {
			known = strncmp(text, units[i].name, strlen(units[i].name)) == 0;
			if (!known)
				continue;
			text += strlen(units[i].name);
			if (number > most / units[i].ms)
				return -1;
			total += number * units[i].ms;
		}
		if (!known || total > most)
			return -1;
	}
	return total;
}
