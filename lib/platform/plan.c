#include "platform/plan.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "json/json.h"

void plan_add_json(cJSON *object, const struct plan *plan)
{
	cJSON *newest;

	cJSON_AddStringToObject(object, "target", plan->target);
	cJSON_AddStringToObject(object, "app", plan->slug);
	cJSON_AddStringToObject(object, "app_id", plan->app_id);
	cJSON_AddNumberToObject(object, "major", (double)plan->major);
	if (plan->newest_major == 0) {
		cJSON_AddNullToObject(object, "newest");
	} else {
		newest = cJSON_AddObjectToObject(object, "newest");
		cJSON_AddNumberToObject(newest, "major", (double)plan->newest_major);
		cJSON_AddNumberToObject(newest, "minor", (double)plan->newest_minor);
	}
	cJSON_AddStringToObject(object, "artifact", plan->artifact);
	if (plan->commit != NULL)
		cJSON_AddStringToObject(object, "commit", plan->commit);
	else
		cJSON_AddNullToObject(object, "commit");
	cJSON_AddBoolToObject(object, "dirty", plan->dirty);
}

static int read_members(struct plan *plan, struct arena *arena, const cJSON *document,
			struct error *error)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {{"target", &plan->target},
		     {"app", &plan->slug},
		     {"app_id", &plan->app_id},
		     {"artifact", &plan->artifact}};
	const cJSON *newest = cJSON_GetObjectItemCaseSensitive(document, "newest");
	const char *commit = json_string_or_null(document, "commit");
	const char *schema;

	if (json_get_string(document, "the plan", "schema", &schema, error) != 0)
		return -1;
	if (!str_is(schema, PLAN_SCHEMA))
		return error_set(error, ERROR_USAGE,
				 "the plan: `schema` must be `" PLAN_SCHEMA "`");
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text;

		if (json_get_string(document, "the plan", texts[i].name, &text, error) != 0)
			return -1;
		*texts[i].text = arena_strdup(arena, text);
	}
	plan->commit = commit != NULL ? arena_strdup(arena, commit) : NULL;
	if (json_get_int(document, "the plan", "major", &plan->major, error) != 0 ||
	    json_get_bool(document, "the plan", "dirty", &plan->dirty, error) != 0)
		return -1;
	if (newest == NULL || cJSON_IsNull(newest))
		return 0;
	return json_get_int(newest, "the plan, `newest`", "major", &plan->newest_major, error) !=
				       0 ||
			       json_get_int(newest, "the plan, `newest`", "minor",
					    &plan->newest_minor, error) != 0
		       ? -1
		       : 0;
}

int plan_read(struct plan *plan, struct arena *arena, const char *text, size_t len,
	      struct error *error)
{
	cJSON *document = json_parse(text, len, "the plan", NULL, error);
	int result = -1;

	*plan = (struct plan){0};
	if (document != NULL)
		result = read_members(plan, arena, document, error);
	cJSON_Delete(document);
	if (result == 0)
		return 0;
	error->kind = ERROR_USAGE;
	return error_fix(error, "make one with `attio deploy --plan=FILE`");
}

static int differs(struct error *error, const char *what, const char *planned, const char *now)
{
	error_set(error, ERROR_CONFLICT, "this is not what was planned: %s", what);
	error_why(error, "the plan says %s, now it is %s", planned, now);
	return error_fix(error, "make a new plan with `attio deploy --plan=FILE`, look at it and "
				"apply that one");
}

static const char *number(char text[64], long long major, long long minor)
{
	if (major == 0)
		return "none";
	snprintf(text, 64, "%lld.%lld", major, minor);
	return text;
}

int plan_check(const struct plan *planned, const struct plan *now, struct error *error)
{
	char before[64];
	char after[64];

	if (!str_is(planned->target, now->target))
		return differs(error, "it goes to another platform", planned->target, now->target);
	if (!str_is(planned->app_id, now->app_id) || !str_is(planned->slug, now->slug))
		return differs(error, "it is another app", planned->slug, now->slug);
	if (planned->major != now->major) {
		snprintf(before, sizeof(before), "%lld", planned->major);
		snprintf(after, sizeof(after), "%lld", now->major);
		return differs(error, "the major number is another one", before, after);
	}
	if (planned->newest_major != now->newest_major ||
	    planned->newest_minor != now->newest_minor)
		return differs(error, "somebody has published in the meantime",
			       number(before, planned->newest_major, planned->newest_minor),
			       number(after, now->newest_major, now->newest_minor));
	if (!str_is(planned->artifact, now->artifact))
		return differs(error, "the bundles are other ones", planned->artifact,
			       now->artifact);
	return 0;
}
