/* See chaos.h. */
#include "local/run/chaos.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

static const char *const names[] = {
	[CHAOS_FETCH] = "fetch", [CHAOS_REST] = "rest", [CHAOS_DEVELOPER] = "developer"};

const char *chaos_target_name(enum chaos_target target)
{
	return names[target];
}

static bool read_number(const char *text, const char **end, unsigned max, unsigned *number)
{
	char *behind;
	unsigned long value = strtoul(text, &behind, 10);

	if (*text < '0' || *text > '9' || value > max)
		return false;
	*end = behind;
	*number = (unsigned)value;
	return true;
}

/* "error=10%", "429=50%", "latency=300". */
static bool read_rule(struct chaos_rule *rule, const char *text, size_t len)
{
	const char *at = text, *stop = text + len;

	if (str_starts(at, "latency="))
		return read_number(at + 8, &at, 60000, &rule->latency) && at == stop;
	if (str_starts(at, "error="))
		return read_number(at + 6, &at, 100, &rule->error_percent) && *at == '%' &&
		       at + 1 == stop;
	return read_number(at, &at, 599, &rule->status) && rule->status >= 400 && *at == '=' &&
	       read_number(at + 1, &at, 100, &rule->status_percent) && *at == '%' && at + 1 == stop;
}

static bool read_word(struct chaos *chaos, const char *text, size_t len)
{
	unsigned seed;

	for (int target = 0; target < CHAOS_TARGETS; target++) {
		size_t name = strlen(names[target]);

		if (strncmp(text, names[target], name) == 0 && text[name] == '.')
			return read_rule(&chaos->rules[target], text + name + 1, len - name - 1);
	}
	if (!str_starts(text, "seed=") || !read_number(text + 5, &text, UINT32_MAX, &seed))
		return false;
	chaos->state = seed;
	return true;
}

int chaos_set(struct chaos *chaos, const char *spec, struct error *error)
{
	*chaos = (struct chaos){.state = 1};
	while (spec != NULL && *spec != '\0') {
		size_t len = strcspn(spec, ",");

		if (!read_word(chaos, spec, len)) {
			error_set(error, ERROR_USAGE, "`%.*s` is no trouble that can be made",
				  (int)(len < 60 ? len : 60), spec);
			return error_fix(error, "give words like fetch.error=10%%, fetch.503=5%%, "
						"fetch.latency=300, rest.429=50%%, "
						"developer.500=5%%, seed=7");
		}
		spec += len + (spec[len] == ',');
	}
	return 0;
}

/* SplitMix64, by Steele, Lea and Flood. */
static unsigned percent(struct chaos *chaos)
{
	uint64_t z = chaos->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (unsigned)((z ^ z >> 31) % 100);
}

struct chaos_turn chaos_next(struct chaos *chaos, enum chaos_target target)
{
	const struct chaos_rule *rule = &chaos->rules[target];
	struct chaos_turn turn = {.latency = rule->latency};

	turn.error = rule->error_percent > 0 && percent(chaos) < rule->error_percent;
	if (rule->status_percent > 0 && percent(chaos) < rule->status_percent)
		turn.status = rule->status;
	return turn;
}
