/* See limits.h. */
#include "local/run/limits.h"

#include <limits.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

bool *limits_field(struct limits *limits, const char *name, size_t len)
{
	struct {
		const char *name;
		bool *field;
	} all[] = {{"time", &limits->time_off},
		   {"egress", &limits->egress_off},
		   {"rest", &limits->rest_off},
		   {"json", &limits->json_off}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (strlen(all[i].name) == len && memcmp(name, all[i].name, len) == 0)
			return all[i].field;
	return NULL;
}

int limits_set(struct limits *limits, const char *off, struct error *error)
{
	*limits = (struct limits){0};
	while (off != NULL && *off != '\0') {
		size_t len = strcspn(off, ",");
		bool *field = limits_field(limits, off, len);

		if (field == NULL && len > 0) {
			error_set(error, ERROR_USAGE, "there is no limit called `%.*s`",
				  (int)(len < 50 ? len : 50), off);
			return error_fix(error, "the limits are time, egress, rest and json");
		}
		if (field != NULL)
			*field = true;
		off += len + (off[len] == ',');
	}
	return 0;
}

/* Its place, or that of the one which was quiet the longest. */
static struct limit_flow *place_of(struct limits *limits, long long flow)
{
	struct limit_flow *found = &limits->flows[0];

	for (size_t i = 0; i < LIMIT_FLOWS; i++) {
		struct limit_flow *one = &limits->flows[i];

		if (one->flow == flow && one->last != 0)
			return one;
		if (one->last < found->last)
			found = one;
	}
	*found = (struct limit_flow){.flow = flow};
	for (size_t i = 0; i < LIMIT_EGRESS; i++)
		found->egress[i] = LLONG_MIN;
	return found;
}

bool limits_egress(struct limits *limits, long long flow, long long now, bool fetched)
{
	struct limit_flow *place;
	long long oldest;

	if (limits->egress_off)
		return true;
	place = place_of(limits, flow);
	oldest = place->egress[place->at];
	/* A clock that was moved back counts from its new time. */
	if (oldest > now - 1000 && oldest <= now)
		return false;
	place->egress[place->at] = now;
	place->fetched[place->at] = fetched;
	place->at = (place->at + 1) % LIMIT_EGRESS;
	place->last = now;
	return true;
}

unsigned limits_egress_most(const struct limits *limits, long long now)
{
	unsigned most = 0;

	for (size_t f = 0; f < LIMIT_FLOWS; f++) {
		unsigned count = 0;

		for (size_t i = 0; i < LIMIT_EGRESS && limits->flows[f].last != 0; i++)
			count += limits->flows[f].egress[i] > now - 1000 &&
				 limits->flows[f].egress[i] <= now;
		most = count > most ? count : most;
	}
	return most;
}

long long limits_room(struct limits *limits, long long flow, long long now)
{
	const struct limit_flow *place = place_of(limits, flow);
	long long oldest = place->egress[place->at];

	return oldest > now - 1000 && oldest <= now ? oldest + 1000 - now : 0;
}

bool limits_fetched(struct limits *limits, long long flow)
{
	const struct limit_flow *place = place_of(limits, flow);

	for (size_t i = 0; i < LIMIT_EGRESS; i++)
		if (place->fetched[i])
			return true;
	return false;
}
