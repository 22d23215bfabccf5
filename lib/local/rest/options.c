/* Options of select attributes, and statuses: the same thing with two more columns. */
#include <string.h>

#include "base/arena.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"
#include "local/rest/owner.h"
#include "local/world/moment.h"

/* What differs between the two. */
struct kind {
	const char *type;     /* of the attribute */
	const char *capture;  /* of the path */
	const char *not_this; /* the refusal for an attribute of another type */
	const char *taken;    /* for a title that is there: what another one is */
	const char *list, *one;
};

#define OPTION_ID(name) SQL_ID3("object_id", "a.owner_id", "attribute_id", "a.id", name, "o.id")
#define OPTION                                                                                     \
	"json_object('id', " OPTION_ID(                                                            \
		"option_id") ", 'title', o.title, 'is_archived', " SQL_BOOLEAN("o.archived") ")"
#define STATUS                                                                                     \
	"json_object('id', " OPTION_ID(                                                            \
		"status_id") ", 'title', o.title, "                                                \
			     "'is_archived', " SQL_BOOLEAN(                                        \
				     "o.archived") ", "                                            \
						   "'target_time_in_"                              \
						   "status', "                                     \
						   "o.target_time, "                               \
						   "'celebration_enabled',"                        \
						   " " SQL_BOOLEAN("o.celebration") ")"
#define FROM " FROM options o JOIN attributes a ON a.id = o.attribute_id "
#define LISTED                                                                                     \
	FROM "WHERE a.id = :attribute AND (:archived OR NOT o.archived) ORDER BY o.position, "     \
	     "o.row"
#define ONE FROM "WHERE o.id = :id"

static const struct kind select_kind = {"select",
					"option",
					"This attribute is not a select attribute.",
					"another select option",
					"SELECT " OPTION LISTED,
					"SELECT " OPTION ONE};
static const struct kind status_kind = {"status",
					"status",
					"This attribute is not a status attribute.",
					"another status",
					"SELECT " STATUS LISTED,
					"SELECT " STATUS ONE};

static int need_attribute(struct rest_call *call, const struct kind *kind,
			  struct named_attribute *attribute)
{
	if (attribute_named(call, attribute) != 0)
		return -1;
	if (strcmp(attribute->type, kind->type) != 0)
		return refusal_bad(call->refusal, "validation_type", "%s", kind->not_this);
	return 0;
}

static int list(struct rest_call *call, const struct kind *kind)
{
	struct named_attribute attribute;

	if (need_attribute(call, kind, &attribute) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":attribute", attribute.id),
		BIND_NUMBER(":archived", rest_number_param(call, "show_archived")),
		{0}};

	return rest_list(call, kind->list, binds);
}

static int answer_one(struct rest_call *call, const struct kind *kind, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	return rest_one(call, kind->one, binds, &found);
}

static int check_title(struct rest_call *call, const struct kind *kind, const char *attribute_id,
		       const char *except_id)
{
	const char *title = rest_string(call, "title");
	const struct bind binds[] = {BIND_TEXT(":attribute", attribute_id),
				     BIND_TEXT(":title", title),
				     BIND_TEXT(":except", except_id),
				     {0}};
	long long taken;

	if (title == NULL)
		return 0;
	if (rest_number(call,
			"SELECT count(*) FROM options WHERE attribute_id = :attribute AND title = "
			":title AND id != :except",
			binds, &taken) != 0)
		return -1;
	if (taken != 0)
		return refusal_set(call->refusal, 409, REFUSAL_REQUEST, "slug_conflict",
				   "There is already %s with the title \"%s\".", kind->taken,
				   title);
	return 0;
}

static bool is_true(const struct rest_call *call, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->data, name));
}

/* A time for a status is a duration of ISO 8601, "P3D". */
static int check_target_time(struct rest_call *call)
{
	const char *time = rest_string(call, "target_time_in_status");
	char after[MOMENT_SIZE];

	if (time == NULL ||
	    (*time == 'P' && moment_after("2000-01-01T00:00:00.000000000Z", time, after) == 0))
		return 0;
	refusal_bad(call->refusal, "validation_type", "Body payload validation error.");
	return refusal_issue(call->refusal, "invalid_string", "\"data\",\"target_time_in_status\"",
			     NULL, NULL, "Invalid duration");
}

static int create(struct rest_call *call, const struct kind *kind)
{
	const char *id = rest_uuid(call);
	struct named_attribute attribute;

	if (id == NULL || need_attribute(call, kind, &attribute) != 0 ||
	    check_target_time(call) != 0 || check_title(call, kind, attribute.id, id) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":attribute", attribute.id),
		BIND_TEXT(":title", rest_string(call, "title")),
		BIND_NUMBER(":celebration", is_true(call, "celebration_enabled")),
		BIND_TEXT(":target", rest_string(call, "target_time_in_status")),
		{0}};

	if (rest_run(call,
		     "INSERT INTO options (id, attribute_id, position, title, celebration, "
		     "target_time) VALUES (:id, :attribute, (SELECT coalesce(max(position), 0) + 1 "
		     "FROM options WHERE attribute_id = :attribute), :title, :celebration, "
		     ":target)",
		     binds) != 0)
		return -1;
	return answer_one(call, kind, id);
}

/* By id, or by title. */
static int need_option(struct rest_call *call, const struct kind *kind, const char *attribute_id,
		       const char **id)
{
	const char *name = rest_capture(call, kind->capture);
	const struct bind binds[] = {
		BIND_TEXT(":attribute", attribute_id), BIND_TEXT(":name", name), {0}};

	if (rest_text(call,
		      "SELECT id FROM options WHERE attribute_id = :attribute AND (id = :name OR "
		      "title = :name) ORDER BY id = :name DESC, archived, row LIMIT 1",
		      binds, id) != 0)
		return -1;
	if (*id == NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "Cannot find %s attribute with %s option title \"%s\".",
				   kind->type, kind->type, name);
	return 0;
}

static int update(struct rest_call *call, const struct kind *kind)
{
	struct named_attribute attribute;
	const char *id;

	if (need_attribute(call, kind, &attribute) != 0 ||
	    need_option(call, kind, attribute.id, &id) != 0 || check_target_time(call) != 0 ||
	    check_title(call, kind, attribute.id, id) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":title", rest_string(call, "title")),
		BIND_NUMBER(":has_archived", rest_has(call, "is_archived")),
		BIND_NUMBER(":archived", is_true(call, "is_archived")),
		BIND_NUMBER(":has_celebration", rest_has(call, "celebration_enabled")),
		BIND_NUMBER(":celebration", is_true(call, "celebration_enabled")),
		BIND_NUMBER(":has_target", rest_has(call, "target_time_in_status")),
		BIND_TEXT(":target", rest_string(call, "target_time_in_status")),
		{0}};

	if (rest_run(call,
		     "UPDATE options SET title = coalesce(:title, title), archived = "
		     "iif(:has_archived, :archived, archived), celebration = iif(:has_celebration, "
		     ":celebration, celebration), target_time = iif(:has_target, :target, "
		     "target_time) WHERE id = :id",
		     binds) != 0)
		return -1;
	return answer_one(call, kind, id);
}

int v2_options_list(struct rest_call *call)
{
	return list(call, &select_kind);
}

int v2_options_create(struct rest_call *call)
{
	return create(call, &select_kind);
}

int v2_options_update(struct rest_call *call)
{
	return update(call, &select_kind);
}

int v2_statuses_list(struct rest_call *call)
{
	return list(call, &status_kind);
}

int v2_statuses_create(struct rest_call *call)
{
	return create(call, &status_kind);
}

int v2_statuses_update(struct rest_call *call)
{
	return update(call, &status_kind);
}
