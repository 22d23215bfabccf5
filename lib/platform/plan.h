/* A plan: what would be published, written down so that exactly that can be published later, or
 * nothing. It names the artifact by its sum, and what it was made against. */
#ifndef ATTIO_PLATFORM_PLAN_H
#define ATTIO_PLATFORM_PLAN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct cJSON;
struct error;

#define PLAN_SCHEMA "attio.plan/1"

struct plan {
	const char *target; /* base URL of the API, or "local" */
	const char *slug;
	const char *app_id;
	long long major;        /* of the version to be */
	long long newest_major; /* of the newest version that there is; 0: there is none */
	long long newest_minor;
	const char *artifact; /* sum */
	const char *commit;   /* or NULL */
	bool dirty;
};

/* Adds the plan's members to an object. */
void plan_add_json(struct cJSON *object, const struct plan *plan);
/* The plan in a file's text. ERROR_USAGE: it holds none. */
int plan_read(struct plan *plan, struct arena *arena, const char *text, size_t len,
	      struct error *error);
/* Whether what would be published now is what was planned: else ERROR_CONFLICT says what is not. */
int plan_check(const struct plan *planned, const struct plan *now, struct error *error);

#endif
