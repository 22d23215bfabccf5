/* Asking the CRM data as the app's client code does. */
#include "base/buf.h"
#include "base/error.h"
#include "graphql/schema.h"
#include "local/control/acting_as.h"
#include "local/control/control.h"
#include "local/query/query.h"
#include "local/run/flows.h"
#include "local/run/platform.h"
#include "json/json.h"

extern const struct control_route graphql_routes[];

static int run(struct platform *platform, struct control_call *call, struct buf *out,
	       struct error *error)
{
	const char *member = NULL;

	if (platform->schema == NULL) {
		error_set(error, ERROR_NOT_FOUND, "the SDK's `schema.graphql` is not installed");
		return error_fix(error, "install the app's packages");
	}
	if (acting_as(platform, call, &member, error) != 0)
		return -1;
	return query_run(platform->world, platform->schema,
			 json_string_or_null(call->body, "query"),
			 cJSON_GetObjectItemCaseSensitive(call->body, "variables"),
			 json_string_or_null(call->body, "operation"), member, out, error);
}

/* A document that is refused is an answer like any other: it has `errors`. */
static void ask(struct platform *platform, struct control_call *call)
{
	struct error error = {0};
	struct buf out = {0};
	long long node = flow_begin(platform->flows, 0, "query", "query", call->body_text.at,
				    call->body_text.len);
	int result = run(platform, call, &out, &error);

	flow_end(platform->flows, node, (struct json_slice){out.ptr, out.len},
		 result != 0 ? error.message : NULL);
	if (result == 0) {
		control_answer_buf(call, &out);
		return;
	}
	buf_dispose(&out);
	control_fail(call, &error);
}

static void schema(struct platform *platform, struct control_call *call)
{
	struct error error = {0};
	struct buf out = {0};
	const char *folder = platform->options.schema_folder, *path = NULL;
	char *text;
	size_t len;

	if (folder != NULL &&
	    graphql_schema_text(call->arena, folder, &path, &text, &len, &error) != 0) {
		control_fail(call, &error);
		return;
	}
	if (path == NULL) {
		control_refuse(call, 404, "not_found",
			       "the SDK's `schema.graphql` is not installed", NULL,
			       "install the app's packages");
		return;
	}
	buf_putc(&out, '{');
	buf_put_json_member(&out, "path", path);
	buf_puts(&out, ",\"sdl\":");
	buf_put_json_string(&out, text, len);
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static const struct control_field ask_body[] = {
	{"query", "string", true, "a GraphQL document with the query"},
	{"variables", "object", false, "its variables, by their names"},
	{"operation", "string", false, "which one, of a document with several"},
	{"as", "string", false, "the member who asks"},
	{0},
};

const struct control_route graphql_routes[] = {
	{"POST", "/graphql", ask, "ask the CRM data as client code does", ask_body, NULL},
	{"GET", "/graphql/schema", schema, "the schema of the installed SDK, as text", NULL, NULL},
	{0},
};
