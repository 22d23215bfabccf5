/* Tasks: what is to be done, by whom, for which records. */
#include <string.h>

#include "local/rest/call.h"
#include "local/rest/endpoints.h"

#define TASK                                                                                       \
	"json_object('id', " SQL_ID1(                                                              \
		"task_id",                                                                         \
		"t.id") ", 'content_plaintext', t.content, "                                       \
			"'deadline_at', t.deadline_at, 'is_completed', " SQL_BOOLEAN(              \
				"t.completed_at IS NOT NULL") ", 'completed_at', t.completed_at, " \
							      "'linked_records', json((SELECT "    \
							      "json_group_array("                  \
							      "json_object('target_object_id', "   \
							      "object_id, 'target_record_id', "    \
							      "record_id)) FROM (SELECT "          \
							      "* FROM task_links WHERE task = "    \
							      "t.row ORDER BY row))), "            \
							      "'assignees', json((SELECT "         \
							      "json_group_array(json_object('"     \
							      "referenced_actor_type', "           \
							      "'workspace-member', "               \
							      "'referenced_actor_id', "            \
							      "member_id)) FROM (SELECT * FROM "   \
							      "task_assignees WHERE task = "       \
							      "t.row ORDER BY row))), "            \
							      "'created_by_actor', " SQL_ACTOR(    \
								      "t.actor_type",              \
								      "t.actor_id") ", "           \
										    "'created_at'" \
										    ", "           \
										    "t.created_"   \
										    "at)"

#define EVENT "SELECT json_object('id', " SQL_ID1("task_id", ":id") ")"

/* ---- reading ---- */

/* The member that "assignee" names; "" for one that nobody has, NULL for no matter whom. */
static int read_assignee(struct rest_call *call, const char **member, bool *nobody)
{
	const char *name = rest_param(call, "assignee");

	*member = NULL;
	*nobody = name != NULL && (name[0] == '\0' || strcmp(name, "null") == 0);
	if (name == NULL || *nobody)
		return 0;
	if (rest_member(call, name, member) != 0)
		return -1;
	if (*member == NULL)
		*member = "";
	return 0;
}

/* Each order is a statement of its own, which is kept. Open tasks have no time of completion, which
 * counts as the earliest. */
static const char *list_in(const char *sort)
{
#define LISTED                                                                                     \
	"SELECT " TASK " FROM tasks t WHERE (:record IS NULL OR EXISTS (SELECT 1 FROM task_links " \
	"l WHERE l.task = t.row AND l.record_id = :record AND (:object IS NULL OR l.object_id = "  \
	":object))) AND (:member IS NULL OR EXISTS (SELECT 1 FROM task_assignees a WHERE a.task "  \
	"= t.row AND a.member_id = :member)) AND (NOT :nobody OR NOT EXISTS (SELECT 1 FROM "       \
	"task_assignees a WHERE a.task = t.row)) AND (:completed = -1 OR (t.completed_at IS NOT "  \
	"NULL) = :completed) ORDER BY "
#define CUT " LIMIT :limit OFFSET :offset"
	if (sort == NULL || strcmp(sort, "created_at:asc") == 0)
		return LISTED "t.created_at, t.row" CUT;
	if (strcmp(sort, "created_at:desc") == 0)
		return LISTED "t.created_at DESC, t.row DESC" CUT;
	if (strcmp(sort, "completed_at:asc") == 0)
		return LISTED "t.completed_at NULLS FIRST, t.row" CUT;
	return LISTED "t.completed_at DESC NULLS LAST, t.row DESC" CUT;
}

int v2_tasks_list(struct rest_call *call)
{
	const char *object = rest_param(call, "linked_object");
	const char *object_id = NULL, *member;
	bool nobody;

	if (object != NULL && rest_need_object(call, object, &object_id) != 0)
		return -1;
	if (read_assignee(call, &member, &nobody) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":object", object_id),
		BIND_TEXT(":record", rest_param(call, "linked_record_id")),
		BIND_TEXT(":member", member),
		BIND_NUMBER(":nobody", nobody),
		BIND_NUMBER(":completed", rest_param(call, "is_completed") != NULL
						  ? rest_number_param(call, "is_completed")
						  : -1),
		BIND_NUMBER(":limit", rest_number_param(call, "limit")),
		BIND_NUMBER(":offset", rest_number_param(call, "offset")),
		{0}};

	return rest_list(call, list_in(rest_param(call, "sort")), binds);
}

static int refuse_missing(struct rest_call *call, const char *id)
{
	return refusal_missing(call->refusal, "Could not find Task with ID \"%s\".", id);
}

static int answer_task(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " TASK " FROM tasks t WHERE t.id = :id", binds, &found) != 0)
		return -1;
	return found ? 0 : refuse_missing(call, id);
}

int v2_tasks_get(struct rest_call *call)
{
	return answer_task(call, rest_capture(call, "task_id"));
}

/* ---- writing ---- */

static const char *text_of(const cJSON *object, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(value) ? value->valuestring : NULL;
}

/* The record that {"target_object", "target_record_id"} names, or one of its unique attributes in
 * place of the id: {"target_object", "domains": [{"domain": "a.b"}]}. */
static int find_linked(struct rest_call *call, const cJSON *link, const char *object,
		       const char **id)
{
	const cJSON *by = NULL, *one, *value;

	*id = text_of(link, "target_record_id");
	if (*id != NULL)
		return rest_need_item(call, object, *id, "Record");
	cJSON_ArrayForEach(one, link) if (strcmp(one->string, "target_object") != 0) by = one;
	value = cJSON_IsArray(by) ? by->child : by;
	if (cJSON_IsObject(value))
		value = value->child;
	if (!cJSON_IsString(value))
		return refusal_bad(call->refusal, "value_not_found",
				   "A linked record needs a target_record_id or the value of a "
				   "unique attribute.");
	const struct bind binds[] = {BIND_TEXT(":object", object),
				     BIND_TEXT(":name", by->string),
				     BIND_TEXT(":key", value->valuestring),
				     {0}};

	if (rest_text(call,
		      "SELECT i.id FROM attributes a JOIN vals v ON v.attribute = a.row AND "
		      "v.active_until IS NULL JOIN items i ON i.row = v.item WHERE a.owner_id = "
		      ":object AND (a.slug = :name OR a.id = :name) AND a.uniq AND v.key IN (:key, "
		      "lower(:key)) LIMIT 1",
		      binds, id) != 0)
		return -1;
	if (*id == NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "Cannot find a record whose \"%s\" is \"%s\".", by->string,
				   value->valuestring);
	return 0;
}

/* Puts what the body says in place of what the task has. */
static int write_links(struct rest_call *call, const char *id)
{
	const cJSON *links = cJSON_GetObjectItemCaseSensitive(call->data, "linked_records");
	const struct bind task[] = {BIND_TEXT(":id", id), {0}};
	const cJSON *one;

	if (links == NULL)
		return 0;
	if (rest_run(call,
		     "DELETE FROM task_links WHERE task = (SELECT row FROM tasks WHERE id = :id)",
		     task) != 0)
		return -1;
	cJSON_ArrayForEach(one, links)
	{
		const char *object, *record;

		if (rest_need_object(call, text_of(one, "target_object"), &object) != 0 ||
		    find_linked(call, one, object, &record) != 0)
			return -1;
		const struct bind binds[] = {BIND_TEXT(":id", id),
					     BIND_TEXT(":object", object),
					     BIND_TEXT(":record", record),
					     {0}};

		if (rest_run(call,
			     "INSERT INTO task_links (task, object_id, record_id) SELECT row, "
			     ":object, :record FROM tasks WHERE id = :id",
			     binds) != 0)
			return -1;
	}
	return 0;
}

static int write_assignees(struct rest_call *call, const char *id)
{
	const cJSON *assignees = cJSON_GetObjectItemCaseSensitive(call->data, "assignees");
	const struct bind task[] = {BIND_TEXT(":id", id), {0}};
	const cJSON *one;

	if (assignees == NULL)
		return 0;
	if (rest_run(call,
		     "DELETE FROM task_assignees WHERE task = (SELECT row FROM tasks WHERE id = "
		     ":id)",
		     task) != 0)
		return -1;
	cJSON_ArrayForEach(one, assignees)
	{
		const char *by_id = text_of(one, "referenced_actor_id");
		const char *name =
			by_id != NULL ? by_id : text_of(one, "workspace_member_email_address");
		const char *member;

		if (rest_member(call, name, &member) != 0)
			return -1;
		if (member == NULL)
			return refusal_bad(call->refusal, "value_not_found",
					   "Workspace member with %s \"%s\" not found.",
					   by_id != NULL ? "ID" : "email address", name);
		const struct bind binds[] = {
			BIND_TEXT(":id", id), BIND_TEXT(":member", member), {0}};

		if (rest_run(call,
			     "INSERT INTO task_assignees (task, member_id) SELECT row, :member "
			     "FROM tasks WHERE id = :id",
			     binds) != 0)
			return -1;
	}
	return 0;
}

static bool is_completed(const struct rest_call *call)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->data, "is_completed"));
}

int v2_tasks_create(struct rest_call *call)
{
	const char *id = rest_uuid(call);
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":content", rest_string(call, "content")),
		BIND_TEXT(":deadline", rest_time(call, rest_string(call, "deadline_at"))),
		BIND_TEXT(":completed", is_completed(call) ? call->now : NULL),
		BIND_TEXT(":actor_type", call->actor.type),
		BIND_TEXT(":actor_id", call->actor.id),
		BIND_TEXT(":now", call->now),
		{0}};

	if (id == NULL ||
	    rest_run(call,
		     "INSERT INTO tasks (id, content, deadline_at, completed_at, actor_type, "
		     "actor_id, created_at) VALUES (:id, :content, :deadline, :completed, "
		     ":actor_type, :actor_id, :now)",
		     binds) != 0 ||
	    write_links(call, id) != 0 || write_assignees(call, id) != 0 ||
	    rest_event(call, "task.created", EVENT, binds) != 0)
		return -1;
	return answer_task(call, id);
}

static int need_task(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM tasks WHERE id = :id", binds, &there) != 0)
		return -1;
	return there != 0 ? 0 : refuse_missing(call, id);
}

int v2_tasks_update(struct rest_call *call)
{
	const char *id = rest_capture(call, "task_id");
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_NUMBER(":has_deadline", rest_has(call, "deadline_at")),
		BIND_TEXT(":deadline", rest_time(call, rest_string(call, "deadline_at"))),
		BIND_NUMBER(":has_completed", rest_has(call, "is_completed")),
		BIND_NUMBER(":completed", is_completed(call)),
		BIND_TEXT(":now", call->now),
		{0}};

	/* Completing it twice keeps the first time. */
	if (need_task(call, id) != 0 ||
	    rest_run(call,
		     "UPDATE tasks SET deadline_at = iif(:has_deadline, :deadline, deadline_at), "
		     "completed_at = CASE WHEN NOT :has_completed THEN completed_at WHEN "
		     ":completed THEN coalesce(completed_at, :now) END WHERE id = :id",
		     binds) != 0 ||
	    write_links(call, id) != 0 || write_assignees(call, id) != 0 ||
	    rest_event(call, "task.updated", EVENT, binds) != 0)
		return -1;
	return answer_task(call, id);
}

int v2_tasks_delete(struct rest_call *call)
{
	const char *id = rest_capture(call, "task_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};

	if (need_task(call, id) != 0 || rest_event(call, "task.deleted", EVENT, binds) != 0 ||
	    rest_run(call, "DELETE FROM tasks WHERE id = :id", binds) != 0)
		return -1;
	return rest_empty(call);
}
