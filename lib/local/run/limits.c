/* See limits.h. */
#include "local/run/limits.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(text, word, len) == 0;
}

int limits_set(struct limits *limits, const char *off, struct error *error)
{
	struct {
		const char *name;
		bool *field;
	} names[] = {{"time", &limits->time_off},
		     {"egress", &limits->egress_off},
		     {"rest", &limits->rest_off},
		     {"json", &limits->json_off}};

	*limits = (struct limits){0};
	for (size_t i = 0; i < LIMIT_EGRESS; i++)
		limits->egress[i] = -1000;
	while (off != NULL && *off != '\0') {
		size_t len = strcspn(off, ",");
		bool known = len == 0;

		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			if (!is_word(off, len, names[i].name))
				continue;
			*names[i].field = true;
			known = true;
		}
		if (!known) {
			error_set(error, ERROR_USAGE, "there is no limit called `%.*s`",
				  (int)(len < 50 ? len : 50), off);
			return error_fix(error, "the limits are time, egress, rest and json");
		}
		off += len + (off[len] == ',');
	}
	return 0;
}

bool limits_egress(struct limits *limits, long long now)
{
	if (limits->egress_off)
		return true;
	/* The oldest of the last thirty. A clock that was moved back counts from its new time. */
	if (now - limits->egress[limits->at] < 1000 && now >= limits->egress[limits->at])
		return false;
	limits->egress[limits->at] = now;
	limits->at = (limits->at + 1) % LIMIT_EGRESS;
	return true;
}

unsigned limits_egress_counted(const struct limits *limits, long long now)
{
	unsigned count = 0;

	for (size_t i = 0; i < LIMIT_EGRESS; i++)
		count += now - limits->egress[i] < 1000 && now >= limits->egress[i];
	return count;
}
