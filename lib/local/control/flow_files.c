/* Flow files: one made of the log and the journal, one begun again, and the lines that are
 * compared. The form: lib/local/flow/README.md. */
#include "local/flow/file.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/control.h"
#include "local/control/told.h"
#include "local/flow/lines.h"
#include "local/flow/past.h"
#include "local/flow/place.h"
#include "local/flow/replaying.h"
#include "local/rest/rest.h"
#include "local/run/calls.h"
#include "local/run/connections.h"
#include "local/run/events.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/limits.h"
#include "local/run/platform.h"
#include "local/run/redact.h"
#include "local/run/rows.h"
#include "local/run/seed.h"
#include "local/sql.h"
#include "json/json.h"

extern const struct control_route flow_file_routes[];

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- a flow of the log ---- */

/* The first one that POST /flows/replay began; 0: none. */
static long long replayed(struct platform *platform)
{
	struct error ignored;
	struct local_store *store = flows_written(platform->flows);
	sqlite3_stmt *row = rows_open(
		store, &ignored, "SELECT min(id) FROM flow_nodes WHERE cause IS NULL AND id > ?1",
		"i", platform->replayed_since);
	long long flow = 0;
	bool found = false;

	if (row != NULL && sql_step(store, row, &found, &ignored) == 0 && found)
		flow = sqlite3_column_int64(row, 0);
	sql_release(store, row);
	return flow;
}

/* The flow that the path names, read; 0 with an error. */
static long long read_flow(struct platform *platform, struct control_call *call, cJSON **flow,
			   struct error *error)
{
	const char *text = control_path(call, "id");
	long long id = str_is(text, "last")       ? flows_last(platform->flows)
		       : str_is(text, "replayed") ? replayed(platform)
						  : strtoll(text, NULL, 10);
	struct buf shown = {0};

	*flow = NULL;
	if (id <= 0) {
		error_set(error, ERROR_NOT_FOUND, "there is no flow `%.200s`", text);
		error_fix(error, "`attio flow list` shows those that there are");
		return 0;
	}
	if (flows_show(platform->flows, id, &shown, error) == 0)
		*flow = json_parse(buf_cstr(&shown), shown.len, "the flow", NULL, error);
	buf_dispose(&shown);
	return *flow != NULL ? id : 0;
}

/* ---- its lines ---- */

static bool is_open(const cJSON *flow)
{
	const cJSON *node;

	cJSON_ArrayForEach(node,
			   member(flow, "nodes")) if (cJSON_IsNull(member(node, "ms"))) return true;
	return false;
}

static void lines(struct platform *platform, struct control_call *call)
{
	bool strict = control_query(call, "strict") != NULL && platform->replaying != NULL;
	struct flow_names names = {0};
	const char *at;
	struct error error = {0};
	struct buf out = {0};
	cJSON *flow, *list;
	long long id = read_flow(platform, call, &flow, &error);

	if (id == 0) {
		control_fail(call, &error);
		return;
	}
	if (strict)
		names = (struct flow_names){replaying_kind, platform->replaying, 0, true};
	at = json_string_or_null(member(flow, "flow"), "started_at");
	if (at != NULL)
		clock_read(at, &names.now_ms);
	list = flow_lines(flow, &names);
	buf_printf(&out, "{\"flow\":\"%lld\",\"open\":%s,\"lines\":", id,
		   is_open(flow) ? "true" : "false");
	json_print(&out, list, false);
	buf_putc(&out, '}');
	cJSON_Delete(list);
	cJSON_Delete(flow);
	control_answer_buf(call, &out);
}

/* Appends the list; a line that is the same as a former one but for how secrets are written is
 * that one. */
static void put_alike(struct control_call *call, const char *name, struct map *known,
		      struct buf *out)
{
	const struct redactor *redactor = flow_redactor(call->platform->flows);
	const cJSON *line;

	buf_printf(out, "\"%s\":[", name);
	cJSON_ArrayForEach(line, member(call->body, name))
	{
		const char *text = cJSON_IsString(line) ? line->valuestring : "", *key;
		struct buf named = {0}, shown = {0};

		redact_alike(redactor, text, strlen(text), &named);
		key = arena_strdup(call->arena, buf_cstr(&named));
		if (map_get(known, key) == NULL) {
			redact(redactor, REDACT_KEPT, text, strlen(text), &shown);
			map_set(known, key, arena_strdup(call->arena, buf_cstr(&shown)));
		}
		text = map_get(known, key);
		buf_puts(out, line->prev->next != NULL ? "," : "");
		buf_put_json_string(out, text, strlen(text));
		buf_dispose(&named);
		buf_dispose(&shown);
	}
	buf_putc(out, ']');
}

/* What stands in a line because a connection's value is the same word is told apart by nobody, and
 * neither are two names of one value: such lines of two runs are one, and shown as the first is. */
static void alike(struct platform *platform, struct control_call *call)
{
	struct map known = {0};
	struct buf out = {0};

	(void)platform;
	buf_putc(&out, '{');
	put_alike(call, "recorded", &known, &out);
	buf_putc(&out, ',');
	put_alike(call, "seen", &known, &out);
	buf_putc(&out, '}');
	map_dispose(&known);
	control_answer_buf(call, &out);
}

/* ---- its file ---- */

/* As people call the member: by the address. */
static const char *member_email(struct platform *platform, struct arena *arena, const char *id)
{
	struct error ignored;
	sqlite3_stmt *row = rows_open(platform->store, &ignored,
				      "SELECT email FROM members WHERE id = ?1", "t", id);
	const char *email = id;
	bool found = false;

	if (row != NULL && sql_step(platform->store, row, &found, &ignored) == 0 && found)
		email = rows_text(row, 0, arena);
	sql_release(platform->store, row);
	return email;
}

/* Without secrets, as all that leaves. */
static cJSON *redacted(struct platform *platform, const cJSON *value, struct error *error)
{
	struct buf text = {0}, clean = {0};
	cJSON *copy;

	json_print(&text, value, false);
	redact_json(flow_redactor(platform->flows), REDACT_DATA, text.ptr, text.len, &clean);
	copy = json_parse(buf_cstr(&clean), clean.len, "the state", NULL, error);
	buf_dispose(&text);
	buf_dispose(&clean);
	return copy;
}

static int add_state(struct platform *platform, struct control_call *call, long long id,
		     cJSON *file, const char **as, struct error *error)
{
	const char *began, *at;
	cJSON *facts, *state = cJSON_CreateObject(), *clean = NULL;
	const cJSON *journal;
	int result = flows_began(platform->flows, id, call->arena, &began, &at, error);

	facts = result == 0 ? json_parse(began, strlen(began), "the flow", NULL, error) : NULL;
	journal = member(facts, "journal");
	if (facts != NULL) {
		const char *limits = json_string_or_null(facts, "limits_off");

		*as = json_string_or_null(facts, "as");
		if (*as != NULL)
			*as = member_email(platform, call->arena, *as);
		cJSON_AddStringToObject(state, "from", "seed");
		cJSON_AddStringToObject(state, "now", at);
		if (limits != NULL)
			cJSON_AddStringToObject(state, "limits_off", limits);
		result = past_tell(platform->store, (long long)cJSON_GetNumberValue(journal), state,
				   error);
	} else {
		result = -1;
	}
	if (result == 0 && (clean = redacted(platform, state, error)) == NULL)
		result = -1;
	if (result == 0) {
		cJSON *env = flow_file_environment(platform->generations->env);

		if (env->child != NULL)
			cJSON_AddItemToObject(clean, "env", env);
		else
			cJSON_Delete(env);
		cJSON_AddItemToObject(file, "state", clean);
	}
	cJSON_Delete(state);
	cJSON_Delete(facts);
	return result;
}

static cJSON *make_file(struct platform *platform, struct control_call *call, struct error *error)
{
	cJSON *file = cJSON_CreateObject(), *flow, *start, *outside;
	long long id = read_flow(platform, call, &flow, error);
	const char *as = NULL;
	cJSON *rest = cJSON_CreateObject();

	if (id == 0 || add_state(platform, call, id, rest, &as, error) != 0 ||
	    (start = flow_file_start(flow, as, error)) == NULL) {
		cJSON_Delete(file);
		file = NULL;
	} else {
		cJSON_AddStringToObject(file, "schema", FLOW_FILE_SCHEMA);
		cJSON_AddItemToObject(file, "start", start);
		cJSON_AddItemToObject(file, "state",
				      cJSON_DetachItemFromObjectCaseSensitive(rest, "state"));
		outside = flow_file_outside(flow, error);
		if (outside != NULL) {
			cJSON_AddItemToObject(file, "outside", outside);
			cJSON_AddArrayToObject(file, "may_vary");
			cJSON_AddArrayToObject(file, "saw");
		} else {
			cJSON_Delete(file);
			file = NULL;
		}
	}
	cJSON_Delete(rest);
	cJSON_Delete(flow);
	return file;
}

/* Once a build runs: what is secret in the app's environment is known then. */
static void put_file(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct control_call *call = context;
	struct error error = {0};
	struct buf out = {0};
	cJSON *file;

	(void)result;
	if (thrown != NULL && call->platform->generations->state != GENERATION_RUNS) {
		control_fail_run(call, thrown, 0);
		return;
	}
	file = make_file(call->platform, call, &error);
	if (file == NULL) {
		told_failure(call, &error);
		return;
	}
	buf_puts(&out, "{\"file\":");
	json_print(&out, file, false);
	buf_putc(&out, '}');
	cJSON_Delete(file);
	control_answer_buf(call, &out);
}

static void file(struct platform *platform, struct control_call *call)
{
	run_client(platform, "client.settled", "\"session\":\"flow-file\"", 0, NULL, NULL, NULL,
		   put_file, call);
}

/* ---- replaying one ---- */

/* What stands for a connection's value: one that no other data has, and that is spelt the same
 * everywhere. */
static void stand_in(struct platform *platform)
{
	events_hide(platform, "placeholder-of-the-workspace-connection", CONNECTION_WORKSPACE);
	events_hide(platform, "placeholder-of-the-user-connection", CONNECTION_USER);
}

/* What third parties answered, as the app got it. */
static cJSON *answers_of(struct platform *platform, const cJSON *file)
{
	cJSON *outside = cJSON_Duplicate(member(file, "outside"), true), *one;

	cJSON_ArrayForEach(one, outside)
	{
		flow_reveal(platform->flows, cJSON_GetObjectItemCaseSensitive(one, "answer"));
		flow_reveal(platform->flows, cJSON_GetObjectItemCaseSensitive(one, "failure"));
	}
	return outside;
}

static int set_limits(struct platform *platform, const cJSON *state, struct error *error)
{
	if (limits_set(platform->limits, json_string_or_null(state, "limits_off"), error) != 0)
		return -1;
	platform->rest->unlimited = platform->limits->rest_off;
	platform->rest->limits = (struct rest_limits){0};
	return 0;
}

/* The state, and new realms for the code, which do not know what happened before. */
static int prepare(struct platform *platform, const cJSON *file, struct error *error)
{
	const char *now = json_string_or_null(member(file, "state"), "now");
	cJSON *state = cJSON_Duplicate(member(file, "state"), true);
	long long moment = 0;
	int result = 0;

	generations_stand_in(platform, member(state, "env"));
	stand_in(platform);
	flow_reveal(platform->flows, state);
	replaying_free(platform->replaying);
	platform->replaying = NULL;
	if (now == NULL || clock_read(now, &moment) != 0)
		result = error_set(error, ERROR_USAGE, "`now` of the state is no moment");
	if (result == 0)
		platform->clock.offset_ms = moment - clock_ms(&clock_machine);
	if (result == 0 &&
	    (set_limits(platform, state, error) != 0 || seed_anew(platform, error) != 0 ||
	     place_state(platform->store, state, now, error) != 0 ||
	     events_hide_values(platform, error) != 0))
		result = -1;
	if (result == 0)
		platform->replaying =
			replaying_new(platform->store, moment, answers_of(platform, file), error);
	cJSON_Delete(state);
	if (platform->replaying == NULL)
		return -1;
	if (platform->generations->state == GENERATION_RUNS) {
		platform->generations->state = GENERATION_LOADING;
		generations_reload(platform);
	}
	return 0;
}

/* Passes the file's request on: the patterns that begin flows have at most one capture. */
static void start(struct platform *platform, struct control_call *call, const cJSON *request)
{
	const char *method = json_string_or_null(request, "method");
	const char *path = json_string_or_null(request, "path");
	cJSON *body = cJSON_Duplicate(member(request, "body"), true);
	const char *pattern = path, *capture = NULL;

	flow_reveal(platform->flows, body);
	if (str_starts(path, "/connections/")) {
		capture = path + strlen("/connections/");
		pattern = "/connections/{id}";
	} else if (str_starts(path, "/blocks/")) {
		const char *name = path + strlen("/blocks/"), *slash = strchr(name, '/');

		if (slash != NULL) {
			capture = arena_strndup(call->arena, name, (size_t)(slash - name));
			pattern = arena_printf(call->arena, "/blocks/{id}%s", slash);
		}
	}
	if (!control_pass(call, method != NULL ? method : "POST", pattern, capture, body))
		control_refuse(call, 400, "usage", "no flow begins with this request", NULL, NULL);
}

static void replay(struct platform *platform, struct control_call *call)
{
	const cJSON *given = member(call->body, "file");
	struct error error = {0};
	struct buf text = {0};
	cJSON *file;

	if (platform->options.net != NET_REPLAY) {
		control_refuse(call, 409, "conflict", "this platform does not replay files",
			       "its state would be replaced",
			       "`attio flow replay FILE` starts one that does");
		return;
	}
	/* What is checked is what people wrote, in their form. */
	json_print(&text, given, true);
	file = flow_file_read(buf_cstr(&text), text.len, "file", &error);
	buf_dispose(&text);
	if (file == NULL || prepare(platform, file, &error) != 0) {
		cJSON_Delete(file);
		told_failure(call, &error);
		return;
	}
	platform->replayed_since = flows_last(platform->flows);
	start(platform, call, member(file, "start"));
	cJSON_Delete(file);
}

static const struct control_field replay_body[] = {
	{"file", "object", true, "a flow file"},
	{0},
};

static const struct control_field alike_body[] = {
	{"recorded", "array", true, "lines of a flow"},
	{"seen", "array", true, "lines of its replay"},
	{0},
};

static const struct control_field lines_query[] = {
	{"strict", "string", false, "ids that were there before stay as they are"},
	{0},
};

const struct control_route flow_file_routes[] = {
	{"GET", "/flows/{id}/file", file, "what a flow file of it holds, but for `saw`", NULL,
	 NULL},
	{"GET", "/flows/{id}/lines", lines,
	 "the lines that are compared; `replayed` is what the last file began", NULL, lines_query},
	{"POST", "/flows/alike", alike,
	 "lines of two runs; those that differ only in how secrets are written are the same",
	 alike_body, NULL},
	{"POST", "/flows/replay", replay,
	 "begin a file's flow in its state; answers as the file's request does", replay_body, NULL},
	{0},
};
