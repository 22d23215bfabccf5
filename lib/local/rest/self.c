/* Who the token is, and the people of the workspace. */
#include "local/rest/call.h"
#include "local/rest/endpoints.h"
#include "local/rest/rest.h"

static const char every_scope[] =
	"call_recording:read-write comment:read-write file:read-write "
	"list_configuration:read-write "
	"list_entry:read-write meeting:read-write note:read-write object_configuration:read-write "
	"record_permission:read-write task:read-write user_management:read-write "
	"webhook:read-write";

int v2_self_get(struct rest_call *call)
{
	const struct bind binds[] = {
		BIND_TEXT(":scope", call->rest->scopes != NULL ? call->rest->scopes : every_scope),
		BIND_TEXT(":app", call->rest->app_id),
		{0}};
	const char *text;

	if (rest_text(call,
		      "SELECT json_object('active', json('true'), 'scope', :scope, 'client_id', "
		      ":app, 'token_type', 'Bearer', 'exp', NULL, 'iat', CAST(strftime('%s', "
		      "substr(w.created_at, 1, 19)) AS INTEGER), 'sub', w.id, 'aud', :app, 'iss', "
		      "'attio.com', 'authorized_by_workspace_member_id', (SELECT id FROM members "
		      "ORDER BY access_level = 'admin' DESC, row LIMIT 1), 'workspace_id', w.id, "
		      "'workspace_name', w.name, 'workspace_slug', w.slug, 'workspace_logo_url', "
		      "w.logo_url) FROM workspace w",
		      binds, &text) != 0)
		return -1;
	if (text != NULL)
		buf_puts(call->out, text);
	return 0;
}

/* ---- workspace members ---- */

#define MEMBER                                                                                     \
	"json_object('id', " SQL_ID1(                                                              \
		"workspace_member_id",                                                             \
		"id") ", 'first_name', first_name, "                                               \
		      "'last_name', last_name, 'avatar_url', avatar_url, 'email_address', email, " \
		      "'access_level', access_level, 'created_at', created_at)"

int v2_members_list(struct rest_call *call)
{
	return rest_list(call, "SELECT " MEMBER " FROM members ORDER BY row", NULL);
}

int v2_members_get(struct rest_call *call)
{
	const char *id = rest_capture(call, "workspace_member_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " MEMBER " FROM members WHERE id = :id", binds, &found) != 0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Workspace member with ID \"%s\" not found.",
				       id);
	return 0;
}
