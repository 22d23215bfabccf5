/* See acting_as.h. */
#include "local/control/acting_as.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "local/control/control.h"
#include "local/refusal.h"
#include "local/run/platform.h"
#include "local/world/schema.h"
#include "local/world/world.h"
#include "json/json.h"

/* What the world refuses, as an error of the call. */
static int refused(const struct refusal *refusal, struct error *error)
{
	enum error_kind kind = refusal->status == 404   ? ERROR_NOT_FOUND
			       : refusal->status == 409 ? ERROR_CONFLICT
			       : refusal->status >= 500 ? ERROR_SYSTEM
							: ERROR_USAGE;

	return error_set(error, kind, "%s", refusal->message);
}

int acting_as(struct platform *platform, const struct control_call *call, const char **member_id,
	      struct error *error)
{
	const char *as = call->body != NULL ? json_string_or_null(call->body, "as") : NULL;
	struct refusal refusal = {0};
	char id[WORLD_ID_SIZE];
	int result = 0;

	*member_id = platform->admin_id;
	if (as == NULL)
		return 0;
	if (world_find_member(platform->world, as, id, &refusal) != 0)
		result = refused(&refusal, error);
	else
		*member_id = arena_strdup(call->arena, id);
	refusal_dispose(&refusal);
	return result;
}

const char *record_fix(struct arena *arena, const char *object, const struct refusal *refusal)
{
	if (str_equal(refusal->code, "multiple_match_results"))
		return "name the record by its id, or by more of its name";
	if (str_starts(refusal->message, "There is no record "))
		return arena_printf(arena, "`attio records list %s` shows those that there are",
				    object);
	return schema_missing_fix(refusal->message);
}

static int refused_record(struct arena *arena, const char *object, const struct refusal *refusal,
			  struct error *error)
{
	const char *fix = record_fix(arena, object, refusal);

	refused(refusal, error);
	return fix != NULL ? error_fix(error, "%s", fix) : -1;
}

static bool is_object(struct platform *platform, const char *slug)
{
	struct error ignored;
	const struct schema *schema = world_schema(platform->world, &ignored);

	return schema != NULL && schema_object(schema, slug) != NULL;
}

int named_record(struct platform *platform, const struct control_call *call, const char *text,
		 const char **object, const char **id, struct error *error)
{
	const char *slash = strchr(text, '/');
	struct refusal refusal = {0};
	char found[WORLD_ID_SIZE];
	int result = 0;

	if (slash == NULL || slash == text || slash[1] == '\0') {
		error_set(error, ERROR_USAGE, "`%.100s` names no record", text);
		return error_fix(error, "write OBJECT/RECORD, for example people/ada");
	}
	*object = arena_strndup(call->arena, text, (size_t)(slash - text));
	if (world_find(platform->world, *object, slash + 1, found, &refusal) == 0)
		*id = arena_strdup(call->arena, found);
	/* A record may go while its page is open: apps have to deal with it. */
	else if (refusal.status == 404 && str_is_uuid(slash + 1) && is_object(platform, *object))
		*id = arena_strdup(call->arena, slash + 1);
	else
		result = refused_record(call->arena, *object, &refusal, error);
	refusal_dispose(&refusal);
	return result;
}
