/* One request at a time is enough: the compiler's own work is what takes time. What goes wrong ends
 * the session; the caller has the other way to check. */
#include "types/session.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "types/compiler.h"
#include "types/record.h"
#include "json/json.h"
#include "json/rpc.h"

/* Longest message. */
#define BODY_LIMIT ((size_t)128 << 20)

#define CATEGORY_ERROR 1
#define MAX_LEVELS 12

static int failed(struct session *session, struct error *error, const char *what)
{
	char how[160], complaint[200];
	bool late = session->tool.time.over, gone = session->tool.out_closed;

	if (gone)
		child_finish(&session->tool);
	child_how(&session->tool, how, sizeof(how));
	child_complaint(&session->tool, complaint, sizeof(complaint));
	session_stop(session);
	error_set(error, ERROR_TOOL, "the TypeScript compiler %s",
		  late   ? "does not answer"
		  : gone ? "ended in the middle of its work"
			 : "gave an answer that cannot be read");
	if (gone && complaint[0] != '\0')
		error_why(error, "%s: %s", how, complaint);
	else if (gone)
		error_why(error, "%s", how);
	else
		error_why(error, "%s", what);
	return error_fix(error, "try again; if it stays, use the app's own compiler with "
				"`--tsc=app`");
}

void session_kill(struct session *session)
{
	child_kill(&session->tool);
}

void session_stop(struct session *session)
{
	child_dispose(&session->tool, 0);
	mem_free(session->id);
	session->id = NULL;
	session->running = false;
	session->pending_count = 0;
	session->snapshot = 0;
}

/* Sends a request (`params` is taken over) and returns its number. */
static unsigned send_request(struct session *session, const char *method, cJSON *params)
{
	cJSON *request = cJSON_CreateObject();
	struct buf frame = {0};
	unsigned number = session->next++;
	size_t len;

	cJSON_AddStringToObject(request, "jsonrpc", "2.0");
	cJSON_AddNumberToObject(request, "id", number);
	cJSON_AddStringToObject(request, "method", method);
	cJSON_AddItemToObject(request, "params", params != NULL ? params : cJSON_CreateNull());
	rpc_put(&frame, request);
	len = frame.len;
	child_write(&session->tool, buf_take(&frame), len);
	cJSON_Delete(request);
	return number;
}

/* Cuts the next message off what was received. 1: there it is (the caller frees it), 0: it is not
 * complete, -1: that is no message. */
static int cut_message(struct buf *input, cJSON **message)
{
	struct error ignored;
	const char *body;
	size_t start = 0, len;
	enum rpc_status status = rpc_next(input, &start, BODY_LIMIT, &body, &len, &ignored);

	if (status != RPC_FRAME)
		return status == RPC_MORE ? 0 : -1;
	*message = json_parse(body, len, "answer", NULL, &ignored);
	buf_drop(input, start);
	return *message != NULL ? 1 : -1;
}

/* Waits for the answer to a request: its result (the caller deletes the message), or NULL. */
static const cJSON *await(struct session *session, unsigned number, cJSON **message)
{
	for (;;) {
		const cJSON *id;
		int got = cut_message(&session->tool.output, message);

		if (got < 0)
			return NULL;
		if (got == 0) {
			if (!child_listen(&session->tool))
				return NULL;
			continue;
		}
		id = cJSON_GetObjectItemCaseSensitive(*message, "id");
		if (cJSON_IsNumber(id) && id->valuedouble == (double)number)
			break;
		cJSON_Delete(*message);
	}
	const cJSON *result = cJSON_GetObjectItemCaseSensitive(*message, "result");
	if (result == NULL) {
		cJSON_Delete(*message);
		return NULL;
	}
	return result;
}

static void ask(struct session *session, const struct record_changes *changes)
{
	cJSON *params = cJSON_CreateObject(), *what, *list;

	if (changes == NULL) {
		list = cJSON_AddArrayToObject(params, "openProjects");
		cJSON_AddItemToArray(list, cJSON_CreateString(session->project));
	} else {
		what = cJSON_AddObjectToObject(params, "fileChanges");
		list = cJSON_AddArrayToObject(what, "changed");
		for (size_t i = 0; i < changes->count; i++)
			cJSON_AddItemToArray(list, cJSON_CreateString(changes->files[i]));
	}
	/* The answers to the first ones are not needed any more. */
	if (session->pending_count == SESSION_PENDING)
		session->pending_count--;
	session->pending[session->pending_count++] =
		send_request(session, "updateSnapshot", params);
}

int session_start(struct session *session, const struct session_options *options,
		  struct error *error)
{
	const char *words[] = {options->tsc, "--api", "--async", "--cwd", options->folder, NULL};
	struct child_command command = {.name = COMPILER_NAME,
					.words = words,
					.folder = options->folder,
					.settings = options->settings,
					.descriptors = CHILD_ENGINE_DESCRIPTORS,
					.input = true,
					.patient = options->patient,
					.limit = COMPILER_OUTPUT};

	*session = (struct session){
		.project = options->project, .timeout_ms = options->timeout_ms, .next = 1};
	if (child_start(&session->tool, options->loop, &command, error) != 0)
		return -1;
	session->running = true;
	ask(session, NULL);
	return 0;
}

void session_ask(struct session *session, const struct record_changes *changes)
{
	ask(session, changes);
}

static cJSON *about_snapshot(const struct session *session)
{
	cJSON *params = cJSON_CreateObject();

	cJSON_AddNumberToObject(params, "snapshot", (double)session->snapshot);
	cJSON_AddStringToObject(params, "project", session->id);
	return params;
}

/* A message with its reasons, in the form in which tsc prints them. */
static void put_message(struct buf *out, const cJSON *item, int level)
{
	const char *text = json_string_or_null(item, "text");
	const cJSON *reason;

	buf_printf(out, "%s%*s%s", level != 0 ? "\n" : "", 2 * level, "", text != NULL ? text : "");
	if (level >= MAX_LEVELS)
		return;
	cJSON_ArrayForEach(reason, cJSON_GetObjectItemCaseSensitive(item, "messageChain"))
		put_message(out, reason, level + 1);
}

static const char *read_message(struct arena *arena, const cJSON *item)
{
	struct buf text = {0};
	const char *message;

	put_message(&text, item, 0);
	message = arena_strndup(arena, text.ptr, text.len);
	buf_dispose(&text);
	return message;
}

static bool read_span(struct arena *arena, const cJSON *item, struct ts_span *span)
{
	const char *file = json_string_or_null(item, "fileName");
	struct error ignored;
	long long start, end;

	if (file == NULL)
		return true;
	if (json_get_int(item, "answer", "pos", &start, &ignored) != 0 ||
	    json_get_int(item, "answer", "end", &end, &ignored) != 0 || start < 0 || end < start)
		return false;
	*span = (struct ts_span){.file = arena_strdup(arena, file),
				 .offsets = true,
				 .line = (size_t)start,
				 .end_line = (size_t)end};
	return true;
}

int session_read(struct ts_output *output, const cJSON *list)
{
	const cJSON *item, *more;

	if (!cJSON_IsArray(list))
		return cJSON_IsNull(list) ? 0 : -1;
	cJSON_ArrayForEach(item, list)
	{
		struct ts_diagnostic *diagnostic = ts_output_add(output);
		struct error ignored;
		long long code, category;

		diagnostic->message = read_message(output->arena, item);
		if (json_get_int(item, "answer", "code", &code, &ignored) != 0 ||
		    json_get_int(item, "answer", "category", &category, &ignored) != 0 ||
		    code < 0 || code > 1000000 ||
		    !read_span(output->arena, item, &diagnostic->span))
			return -1;
		diagnostic->code = (unsigned)code;
		diagnostic->warning = category != CATEGORY_ERROR;
		cJSON_ArrayForEach(more,
				   cJSON_GetObjectItemCaseSensitive(item, "relatedInformation"))
		{
			struct ts_related *related = ts_output_relate(output, diagnostic);

			related->message = read_message(output->arena, more);
			if (!read_span(output->arena, more, &related->span))
				return -1;
		}
	}
	return 0;
}

/* One kind of findings, of a file or of all (NULL). */
static int read_kind(struct session *session, const char *method, const char *file,
		     struct ts_output *output)
{
	cJSON *params = about_snapshot(session), *message;
	const cJSON *list;
	unsigned number;
	int status;

	if (file != NULL)
		cJSON_AddStringToObject(params, "file", file);
	number = send_request(session, method, params);
	list = await(session, number, &message);
	if (list == NULL)
		return -1;
	status = session_read(output, list);
	cJSON_Delete(message);
	return status;
}

/* Later kinds are asked only as long as the former ones found nothing: tsc does the same, because
 * they would mostly be consequences. */
static int read_diagnostics(struct session *session, struct ts_output *output)
{
	static const struct {
		const char *method;
		bool decides;
	} kinds[] = {{"getConfigFileParsingDiagnostics", false},
		     {"getSyntacticDiagnostics", true},
		     {"getProgramDiagnostics", false},
		     {"getGlobalDiagnostics", true},
		     {"getSemanticDiagnostics", true}};
	size_t before = 0;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (read_kind(session, kinds[i].method, NULL, output) != 0)
			return -1;
		if (i == 0)
			before = output->count;
		if (kinds[i].decides && output->count > before)
			return 0;
	}
	return 0;
}

static int read_diagnostics_about(struct session *session, const char *const *files, size_t count,
				  struct ts_output *output)
{
	static const char *const kinds[] = {"getSyntacticDiagnostics", "getSemanticDiagnostics"};

	for (size_t kind = 0; kind < ARRAY_LEN(kinds) && output->count == 0; kind++)
		for (size_t i = 0; i < count; i++)
			if (read_kind(session, kinds[kind], files[i], output) != 0)
				return -1;
	return 0;
}

static int read_files(struct session *session, struct ts_output *output)
{
	unsigned number = send_request(session, "getSourceFileNames", about_snapshot(session));
	cJSON *message;
	const cJSON *list = await(session, number, &message), *item;

	if (list == NULL)
		return -1;
	cJSON_ArrayForEach(item, list)
	{
		const char **slot;

		if (!cJSON_IsString(item))
			continue;
		slot = arena_push(output->arena, &output->files, &output->file_count,
				  sizeof(*slot));
		*slot = arena_strdup(output->arena, item->valuestring);
	}
	cJSON_Delete(message);
	return 0;
}

/* The project's name in the answer. */
static void read_id(struct session *session, const cJSON *result)
{
	const cJSON *project;

	mem_free(session->id);
	session->id = NULL;
	cJSON_ArrayForEach(project, cJSON_GetObjectItemCaseSensitive(result, "projects"))
	{
		const char *id = json_string_or_null(project, "id");

		if (id != NULL &&
		    str_equal(json_string_or_null(project, "configFileName"), session->project))
			session->id = mem_strdup(id);
	}
}

/* A new state, after which the former one is let go. */
static int read_snapshot(struct session *session, unsigned number)
{
	long long former = session->snapshot;
	struct error ignored;
	cJSON *message, *params;
	const cJSON *result = await(session, number, &message);
	int status;

	if (result == NULL)
		return -1;
	status = json_get_int(result, "answer", "snapshot", &session->snapshot, &ignored);
	read_id(session, result);
	cJSON_Delete(message);
	if (status != 0 || session->snapshot <= 0 || session->id == NULL)
		return -1;
	if (former != 0 && former != session->snapshot) {
		params = cJSON_CreateObject();
		cJSON_AddNumberToObject(params, "snapshot", (double)former);
		send_request(session, "release", params);
	}
	return 0;
}

static int read_snapshots(struct session *session)
{
	for (size_t i = 0; i < session->pending_count; i++) {
		if (read_snapshot(session, session->pending[i]) != 0)
			return -1;
	}
	session->pending_count = 0;
	return 0;
}

int session_answer(struct session *session, struct ts_output *output, struct error *error)
{
	child_limit(&session->tool, session->timeout_ms);
	if (read_snapshots(session) != 0 || read_diagnostics(session, output) != 0 ||
	    read_files(session, output) != 0)
		return failed(session, error, "its session is not as expected");
	return 0;
}

int session_answer_about(struct session *session, const char *const *files, size_t count,
			 struct ts_output *output, struct error *error)
{
	child_limit(&session->tool, session->timeout_ms);
	if (read_snapshots(session) != 0 ||
	    read_diagnostics_about(session, files, count, output) != 0 ||
	    read_files(session, output) != 0)
		return failed(session, error, "its session is not as expected");
	return 0;
}
