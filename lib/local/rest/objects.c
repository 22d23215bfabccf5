/* Objects and lists, and the views of both. */
#include <string.h>

#include "base/arena.h"
#include "local/rest/attribute.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"

/* ---- objects ---- */

#define OBJECT                                                                                     \
	"json_object('id', " SQL_ID1(                                                              \
		"object_id", "id") ", 'api_slug', slug, 'singular_noun', "                         \
				   "singular, 'plural_noun', plural, 'created_at', created_at)"

int v2_objects_list(struct rest_call *call)
{
	return rest_list(call, "SELECT " OBJECT " FROM objects WHERE enabled ORDER BY row", NULL);
}

static int answer_object(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	return rest_one(call, "SELECT " OBJECT " FROM objects WHERE id = :id", binds, &found);
}

int v2_objects_get(struct rest_call *call)
{
	const char *id;

	if (rest_need_object(call, rest_capture(call, "object"), &id) != 0)
		return -1;
	return answer_object(call, id);
}

int v2_objects_create(struct rest_call *call)
{
	const char *id = rest_uuid(call);
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":slug", rest_string(call, "api_slug")),
				     BIND_TEXT(":singular", rest_string(call, "singular_noun")),
				     BIND_TEXT(":plural", rest_string(call, "plural_noun")),
				     BIND_TEXT(":now", call->now),
				     {0}};
	long long taken;

	if (id == NULL ||
	    rest_number(call,
			"SELECT count(*) FROM objects WHERE slug = :slug OR (enabled AND (singular "
			"= :singular OR plural = :plural))",
			binds, &taken) != 0)
		return -1;
	if (taken != 0)
		return refusal_set(call->refusal, 409, REFUSAL_REQUEST, "slug_conflict",
				   "Failed to create object. Please ensure your api_slug and names "
				   "are unique.");
	if (rest_run(call,
		     "INSERT INTO objects (id, slug, singular, plural, created_at) VALUES (:id, "
		     ":slug, :singular, :plural, :now)",
		     binds) != 0 ||
	    attribute_standard(call, id, true) != 0)
		return -1;
	return answer_object(call, id);
}

int v2_objects_update(struct rest_call *call)
{
	const char *id;

	if (rest_need_object(call, rest_capture(call, "object"), &id) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":slug", rest_string(call, "api_slug")),
				     BIND_TEXT(":singular", rest_string(call, "singular_noun")),
				     BIND_TEXT(":plural", rest_string(call, "plural_noun")),
				     {0}};
	long long taken;

	if (!rest_has(call, "api_slug") && !rest_has(call, "singular_noun") &&
	    !rest_has(call, "plural_noun"))
		return refusal_bad(call->refusal, "validation_type",
				   "You passed an empty payload. Please ensure you are updating at "
				   "least one property in your request.");
	if (rest_number(call, "SELECT count(*) FROM objects WHERE id != :id AND slug = :slug",
			binds, &taken) != 0)
		return -1;
	if (taken != 0)
		return refusal_set(call->refusal, 409, REFUSAL_REQUEST, "slug_conflict",
				   "Failed to update object. Please ensure api_slug is unique.");
	if (rest_run(call,
		     "UPDATE objects SET slug = coalesce(:slug, slug), singular = "
		     "coalesce(:singular, singular), plural = coalesce(:plural, plural) WHERE id = "
		     ":id",
		     binds) != 0)
		return -1;
	return answer_object(call, id);
}

/* ---- lists ---- */

#define LIST                                                                                       \
	"json_object('id', " SQL_ID1(                                                              \
		"list_id",                                                                         \
		"l.id") ", 'api_slug', l.slug, 'created_at', l.created_at, 'name', l.name, "       \
			"'workspace_access', l.workspace_access, 'workspace_member_access', "      \
			"json(l.member_access), 'parent_object', json_array(o.slug), "             \
			"'created_by_actor', " SQL_ACTOR("l.actor_type", "l.actor_id") ")"
#define LIST_FROM " FROM lists l JOIN objects o ON o.id = l.object_id "

int v2_lists_list(struct rest_call *call)
{
	return rest_list(call, "SELECT " LIST LIST_FROM "ORDER BY l.row", NULL);
}

static int answer_list(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	return rest_one(call, "SELECT " LIST LIST_FROM "WHERE l.id = :id", binds, &found);
}

int v2_lists_get(struct rest_call *call)
{
	const char *id;

	if (rest_need_list(call, rest_capture(call, "list"), &id) != 0)
		return -1;
	return answer_list(call, id);
}

/* What members may do, as it is stored: keys in the order of answers. NULL in *json when the
 * request has none. */
static int read_access(struct rest_call *call, const char **json)
{
	const cJSON *given =
		cJSON_GetObjectItemCaseSensitive(call->data, "workspace_member_access");
	const struct bind binds[] = {BIND_TEXT(":given", rest_json(call, given)), {0}};
	const char *stranger;

	*json = NULL;
	if (given == NULL)
		return 0;
	if (rest_text(call,
		      "SELECT value ->> 'workspace_member_id' FROM json_each(:given) WHERE value "
		      "->> 'workspace_member_id' NOT IN (SELECT id FROM members) LIMIT 1",
		      binds, &stranger) != 0)
		return -1;
	if (stranger != NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "Workspace member with ID \"%s\" not found.", stranger);
	return rest_text(call,
			 "SELECT json_group_array(json_object('level', value ->> 'level', "
			 "'workspace_member_id', value ->> 'workspace_member_id')) FROM "
			 "json_each(:given)",
			 binds, json);
}

static int check_list_slug(struct rest_call *call, const char *id)
{
	const char *slug = rest_string(call, "api_slug");
	const struct bind binds[] = {BIND_TEXT(":id", id), BIND_TEXT(":slug", slug), {0}};
	long long taken;

	if (slug == NULL)
		return 0;
	if (rest_number(call, "SELECT count(*) FROM lists WHERE slug = :slug AND id != :id", binds,
			&taken) != 0)
		return -1;
	if (taken != 0)
		return refusal_set(call->refusal, 409, REFUSAL_REQUEST, "slug_conflict",
				   "A list with api_slug \"%s\" already exists.", slug);
	return 0;
}

/* Somebody must be able to change the list: the whole workspace or a member. */
static int check_somebody(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	long long there;

	if (rest_number(call,
			"SELECT coalesce(workspace_access, '') = 'full-access' OR EXISTS (SELECT 1 "
			"FROM json_each(member_access) WHERE value ->> 'level' = 'full-access') "
			"FROM lists WHERE id = :id",
			binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_bad(call->refusal, "validation_type",
				   "A list needs \"full-access\" as workspace_access or as the "
				   "level of at least one workspace member.");
	return 0;
}

#define LIST_EVENT "SELECT json_object('id', " SQL_ID1("list_id", ":id") ")"

int v2_lists_create(struct rest_call *call)
{
	const char *parent = rest_string(call, "parent_object");
	const char *id = rest_uuid(call);
	const char *object, *access;

	if (id == NULL || rest_object(call, parent, &object) != 0 ||
	    read_access(call, &access) != 0)
		return -1;
	if (object == NULL)
		return refusal_missing(call->refusal,
				       "Parent object with slug/ID \"%s\" not found.", parent);
	if (check_list_slug(call, id) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":slug", rest_string(call, "api_slug")),
		BIND_TEXT(":name", rest_string(call, "name")),
		BIND_TEXT(":object", object),
		BIND_TEXT(":workspace_access", rest_string(call, "workspace_access")),
		BIND_TEXT(":member_access", access),
		BIND_TEXT(":actor_type", call->actor.type),
		BIND_TEXT(":actor_id", call->actor.id),
		BIND_TEXT(":now", call->now),
		{0}};

	if (rest_run(call,
		     "INSERT INTO lists (id, slug, name, object_id, workspace_access, "
		     "member_access, actor_type, actor_id, created_at) VALUES (:id, :slug, :name, "
		     ":object, :workspace_access, :member_access, :actor_type, :actor_id, :now)",
		     binds) != 0 ||
	    check_somebody(call, id) != 0 || attribute_standard(call, id, false) != 0 ||
	    rest_event(call, "list.created", LIST_EVENT, binds) != 0)
		return -1;
	return answer_list(call, id);
}

int v2_lists_update(struct rest_call *call)
{
	const char *id, *access;

	if (rest_need_list(call, rest_capture(call, "list"), &id) != 0 ||
	    check_list_slug(call, id) != 0 || read_access(call, &access) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":slug", rest_string(call, "api_slug")),
		BIND_TEXT(":name", rest_string(call, "name")),
		BIND_NUMBER(":has_access", rest_has(call, "workspace_access")),
		BIND_TEXT(":workspace_access", rest_string(call, "workspace_access")),
		BIND_TEXT(":member_access", access),
		{0}};

	if (rest_run(call,
		     "UPDATE lists SET slug = coalesce(:slug, slug), name = coalesce(:name, name), "
		     "workspace_access = iif(:has_access, :workspace_access, workspace_access), "
		     "member_access = coalesce(:member_access, member_access) WHERE id = :id",
		     binds) != 0 ||
	    check_somebody(call, id) != 0 ||
	    rest_event(call, "list.updated", LIST_EVENT, binds) != 0)
		return -1;
	return answer_list(call, id);
}

/* ---- views ---- */

int v2_objects_views(struct rest_call *call)
{
	const char *id;

	if (rest_need_object(call, rest_capture(call, "object"), &id) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};

	return rest_pages(
		call,
		"SELECT json_object('id', " SQL_ID2(
			"object_id", "id", "view_id",
			SQL_VIEW_ID) ", 'title', 'All ' || plural, 'created_at', created_at) "
				     "FROM objects WHERE id = :id LIMIT :limit OFFSET "
				     ":offset",
		binds);
}

int v2_lists_views(struct rest_call *call)
{
	const char *id;

	if (rest_need_list(call, rest_capture(call, "list"), &id) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};

	return rest_pages(
		call,
		"SELECT json_object('id', " SQL_ID2(
			"list_id", "id", "view_id",
			SQL_VIEW_ID) ", 'title', 'All entries', 'created_at', created_at) "
				     "FROM lists WHERE id = :id LIMIT :limit OFFSET :offset",
		binds);
}
