/* One session of esbuild's service. Only whether it reads the texts counts, with the loaders that a
 * build has for these names; to link and print them would take it four times as long. So each build
 * has, beside the texts that our hooks hand it, one that does not parse: esbuild reads them all,
 * says what is wrong with each, and stops. */
#include "bundle/judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/job.h"
#include "bundle/message_text.h"
#include "bundle/service.h"
#include "bundle/wire.h"
#include "source/syntax.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "sys/path.h"

/* To be counted up when the same program is asked something else. */
#define QUESTION 4

#define ASSIGNMENT "This assignment will throw"

/* Bytes of texts that are asked about in one build: few enough that answers come all the time, and
 * that a text which never gets one leaves few others without. */
#define TOGETHER ((size_t)128 << 10)

/* The name space of the texts, each called by its number, and the text that stops a build. */
#define TEXTS "text"
#define STOPPER "("
#define STOPPER_NAME "<stdin>"

struct session;

/* One text under judgement. */
struct question {
	struct syntax *syntax;
	const char *loader;
	uint64_t judge;  /* that the verdict will be signed with */
	bool decorators; /* asked once more, as for an app with TypeScript's own decorators */
	bool answered;
	/* In the answer that is being read: the first error, and all warnings */
	const struct wire_value *error, **warnings;
	size_t warning_count;
};

/* Questions that are asked in one build. */
struct batch {
	struct session *session;
	size_t first, end; /* in `questions` */
	bool decorators;   /* only those that are asked once more */
};

struct session {
	struct arena *arena; /* of the verdicts */
	struct service *service;
	struct question *questions;
	size_t count;
	uint32_t builds; /* asked for until now: the key of the next */
};

static const char *loader_of(const char *path)
{
	static const struct {
		const char *ext, *loader;
	} known[] = {
		{".ts", "ts"}, {".mts", "ts"}, {".cts", "ts"}, {".tsx", "tsx"}, {".jsx", "jsx"},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(path_ext(path), known[i].ext) == 0)
			return known[i].loader;
	return "js";
}

/* --- places ------------------------------------------------------------------------------------
 */

/* How many bytes of a line end are at `at`; 0: none. esbuild counts all that JavaScript knows. */
static size_t line_end(const char *bytes, size_t len, size_t at)
{
	if (bytes[at] == '\n')
		return 1;
	if (bytes[at] == '\r')
		return at + 1 < len && bytes[at + 1] == '\n' ? 2 : 1;
	if (len - at >= 3 && memcmp(bytes + at, "\xE2\x80", 2) == 0 &&
	    (bytes[at + 2] == '\xA8' || bytes[at + 2] == '\xA9'))
		return 3;
	return 0;
}

/* Where a line begins, looked for from the last one on: what esbuild says is nearly in the order of
 * the text. */
struct line {
	size_t number, start;
};

static size_t offset_of(const struct syntax *syntax, struct line *last, size_t line, size_t column)
{
	if (line < last->number)
		*last = (struct line){1, 0};
	while (last->number < line && last->start < syntax->len) {
		size_t end = line_end(syntax->bytes, syntax->len, last->start);

		last->number += end > 0;
		last->start += end > 0 ? end : 1;
	}
	return column < syntax->len - last->start ? last->start + column : syntax->len;
}

static void place_of(const struct syntax *syntax, struct line *last,
		     const struct wire_value *message, size_t *start, size_t *end)
{
	const struct wire_value *location = wire_get(message, "location");
	size_t len = wire_number(wire_get(location, "length"), 0);

	*start = offset_of(syntax, last, wire_number(wire_get(location, "line"), 1),
			   wire_number(wire_get(location, "column"), 0));
	*end = *start + (len < syntax->len - *start ? len : syntax->len - *start);
}

/* --- answers -----------------------------------------------------------------------------------
 */

static void refuse(const struct session *session, struct question *question,
		   const struct wire_value *message)
{
	struct verdict *verdict = &question->syntax->verdict;
	const char *text = wire_copy(session->arena, wire_get(message, "text"));
	struct line first = {1, 0};

	*verdict = (struct verdict){.kind = VERDICT_REFUSED, .judge = question->judge};
	place_of(question->syntax, &first, message, &verdict->start, &verdict->end);
	verdict->cause = message_text(session->arena, NULL,
				      text != NULL ? text : "esbuild does not say why");
}
/* Of an assignment to an import it only warns where it makes no bundle. */
static bool is_refused_bundled(const char *text)
{
	return str_starts(text, ASSIGNMENT) && str_ends(text, "is an import");
}

static void accept(const struct session *session, struct question *question)
{
	struct verdict *verdict = &question->syntax->verdict;
	struct line last = {1, 0};
	struct buf remarks = {0};

	*verdict = (struct verdict){.kind = VERDICT_ACCEPTED, .judge = question->judge};
	for (size_t i = 0; i < question->warning_count; i++) {
		const struct wire_value *warning = question->warnings[i];
		const char *text = wire_copy(session->arena, wire_get(warning, "text"));
		size_t start, end;

		/* Of constants the rules tell, and refuse it. */
		if (text == NULL ||
		    (str_starts(text, ASSIGNMENT) && str_ends(text, "is a constant")))
			continue;
		if (is_refused_bundled(text)) {
			refuse(session, question, warning);
			break;
		}
		place_of(question->syntax, &last, warning, &start, &end);
		text = message_text(session->arena, NULL, text);
		buf_printf(&remarks, "%zu %zu %.*s\n", start, end, (int)strcspn(text, "\n"), text);
	}
	if (verdict->kind == VERDICT_ACCEPTED && remarks.len > 0)
		verdict->remarks = arena_strdup(session->arena, buf_cstr(&remarks));
	buf_dispose(&remarks);
}

static bool is_asked(const struct batch *batch, size_t at)
{
	return at >= batch->first && at < batch->end &&
	       batch->session->questions[at].decorators == batch->decorators;
}

/* The number that a text is called by; SIZE_MAX: none. */
static size_t number_of(const char *name)
{
	char *end;
	unsigned long number = name != NULL ? strtoul(name, &end, 10) : 0;

	return name == NULL || end == name || *end != '\0' ? SIZE_MAX : number;
}

/* The text that a message is about; NULL: none of this batch. */
static struct question *subject_of(const struct batch *batch, struct arena *scratch,
				   const struct wire_value *message)
{
	const char *file = wire_copy(scratch, wire_get(wire_get(message, "location"), "file"));
	size_t at = file != NULL && str_starts(file, TEXTS ":")
			    ? number_of(file + strlen(TEXTS ":"))
			    : SIZE_MAX;

	return is_asked(batch, at) ? &batch->session->questions[at] : NULL;
}

static uint64_t order_of(const struct wire_value *message)
{
	const struct wire_value *location = wire_get(message, "location");

	return (uint64_t)wire_number(wire_get(location, "line"), 0) << 32 |
	       wire_number(wire_get(location, "column"), 0);
}

/* The first error of each text. False: the list is not what it is to be. */
static bool take_errors(const struct batch *batch, struct arena *scratch,
			const struct wire_value *errors)
{
	bool stopped = false;

	for (size_t i = 0; errors != NULL && errors->tag == WIRE_ARRAY && i < errors->count; i++) {
		const struct wire_value *error = &errors->items[i];
		struct question *about = subject_of(batch, scratch, error);

		if (about != NULL &&
		    (about->error == NULL || order_of(error) < order_of(about->error)))
			about->error = error;
		if (about == NULL &&
		    !wire_text_is(wire_get(wire_get(error, "location"), "file"), STOPPER_NAME))
			return false;
		stopped = stopped || about == NULL;
	}
	return stopped;
}

static void take_warnings(const struct batch *batch, struct arena *scratch,
			  const struct wire_value *warnings)
{
	for (size_t i = 0; warnings != NULL && warnings->tag == WIRE_ARRAY && i < warnings->count;
	     i++) {
		struct question *about = subject_of(batch, scratch, &warnings->items[i]);

		if (about != NULL)
			*(const struct wire_value **)arena_push(
				scratch, &about->warnings, &about->warning_count,
				sizeof(*about->warnings)) = &warnings->items[i];
	}
}

static void ask(struct session *session, size_t first, size_t end, bool decorators);

static void on_answer(const struct wire_value *reply, void *payload)
{
	const struct batch *batch = payload;
	struct session *session = batch->session;
	struct arena *scratch = arena_new();
	bool again = false;

	if (!take_errors(batch, scratch, wire_get(reply, "errors"))) {
		service_unreadable(session->service, "a text without a verdict");
		arena_free(scratch);
		return;
	}
	take_warnings(batch, scratch, wire_get(reply, "warnings"));
	for (size_t i = batch->first; i < batch->end; i++) {
		struct question *question = &session->questions[i];

		if (!is_asked(batch, i))
			continue;
		question->answered = true;
		if (question->error != NULL)
			refuse(session, question, question->error);
		else
			accept(session, question);
		/* Whether the app has them its tsconfig says; here only the text is asked about. */
		question->decorators = batch->decorators || (question->error != NULL &&
							     strstr(question->syntax->verdict.cause,
								    "decorator") != NULL);
		again = again || question->decorators;
		question->error = NULL;
		question->warnings = NULL;
		question->warning_count = 0;
	}
	arena_free(scratch);
	if (again && !batch->decorators)
		ask(session, batch->first, batch->end, true);
}

/* --- questions ---------------------------------------------------------------------------------
 */

static struct wire_value describe_plugin(struct arena *arena)
{
	struct wire_value resolve = wire_array(), load = wire_array();

	request_add_hook(arena, &resolve, 0, ".", "");
	request_add_hook(arena, &load, 0, ".", TEXTS);
	return request_plugin(arena, false, resolve, load);
}

static void ask(struct session *session, size_t first, size_t end, bool decorators)
{
	struct arena *scratch = arena_new();
	struct batch *batch = arena_alloc(session->arena, sizeof(*batch));
	struct wire_value request = wire_map(), entries = wire_array(), flags = wire_array();

	*batch = (struct batch){session, first, end, decorators};
	for (size_t i = first; i < end; i++) {
		struct wire_value entry = wire_array();

		if (!is_asked(batch, i))
			continue;
		wire_push(scratch, &entry, wire_string(""));
		wire_push(scratch, &entry, wire_string(arena_printf(scratch, "%zu", i)));
		wire_push(scratch, &entries, entry);
	}
	wire_push(scratch, &flags, wire_string("--log-level=silent"));
	wire_push(scratch, &flags, wire_string("--log-limit=0"));
	wire_push(scratch, &flags, wire_string("--outdir=/"));
	wire_push(scratch, &flags,
		  wire_string(decorators
				      ? "--tsconfig-raw={\"compilerOptions\":{\"strict\":true,"
					"\"experimentalDecorators\":true}}"
				      : "--tsconfig-raw={\"compilerOptions\":{\"strict\":true}}"));
	wire_put(scratch, &request, "command", wire_string("build"));
	wire_put(scratch, &request, "key", wire_int(session->builds++));
	wire_put(scratch, &request, "entries", entries);
	wire_put(scratch, &request, "flags", flags);
	wire_put(scratch, &request, "write", wire_bool(false));
	wire_put(scratch, &request, "stdinContents", wire_bytes(STOPPER, strlen(STOPPER)));
	wire_put(scratch, &request, "stdinResolveDir", wire_null());
	wire_put(scratch, &request, "absWorkingDir", wire_string("/"));
	wire_put(scratch, &request, "nodePaths", wire_array());
	wire_put(scratch, &request, "context", wire_bool(false));
	wire_put(scratch, &request, "plugins", describe_plugin(scratch));
	service_request(session->service, &request, on_answer, batch);
	arena_free(scratch);
}

static void ask_all(struct session *session)
{
	size_t first = 0, bytes = 0;

	for (size_t i = 0; i < session->count; i++) {
		bytes += session->questions[i].syntax->len;
		if (bytes < TOGETHER && i + 1 < session->count)
			continue;
		ask(session, first, i + 1, false);
		first = i + 1;
		bytes = 0;
	}
}

/* What esbuild asks of our hooks, the answer in `answer`; false: what it has no reason to ask. */
static bool answer(const struct session *session, struct arena *scratch,
		   const struct wire_value *request, struct wire_value *answer)
{
	const struct wire_value *command = wire_get(request, "command");
	const char *name = wire_copy(scratch, wire_get(request, "path"));
	size_t at = number_of(name);

	if (wire_text_is(command, "on-start")) {
		wire_put(scratch, answer, "errors", wire_array());
		wire_put(scratch, answer, "warnings", wire_array());
		return true;
	}
	if (at >= session->count)
		return false;
	wire_put(scratch, answer, "id", wire_int(0));
	if (wire_text_is(command, "on-resolve")) {
		wire_put(scratch, answer, "path", wire_string(name));
		wire_put(scratch, answer, "namespace", wire_string(TEXTS));
		return true;
	}
	wire_put(scratch, answer, "contents",
		 wire_bytes(session->questions[at].syntax->bytes,
			    session->questions[at].syntax->len));
	wire_put(scratch, answer, "loader", wire_string(session->questions[at].loader));
	return wire_text_is(command, "on-load");
}

/* --- a session ---------------------------------------------------------------------------------
 */

static void on_request(uint32_t id, const struct wire_value *request, void *payload)
{
	struct session *session = payload;
	struct arena *scratch = arena_new();
	struct wire_value value = wire_map();

	if (answer(session, scratch, request, &value))
		service_answer(session->service, id, &value);
	else
		service_unreadable(session->service, "it asks what it has no reason to ask");
	arena_free(scratch);
}

static int run(struct session *session, const struct judge *judge, const char *path,
	       struct error *error)
{
	struct service_options options = {
		.path = path,
		.silence_ms = judge->silence_ms != 0 ? judge->silence_ms : JUDGE_SILENCE_MS,
		.handler = on_request,
		.payload = session,
	};
	int result = -1;

	/* A loop of its own: what the command waits for otherwise has time until this is over. */
	options.loop = loop_open(error);
	if (options.loop == NULL)
		return -1;
	session->service = service_begin(&options, error);
	if (session->service != NULL && service_ready(session->service, error) == 0) {
		ask_all(session);
		result = service_run(session->service, error);
	}
	service_stop(session->service);
	loop_close(options.loop);
	return result;
}

static void leave_unknown(struct session *session, const struct error *error)
{
	const char *cause = arena_printf(session->arena, "%s%s%s", error->message,
					 error->why[0] != '\0' ? ": " : "", error->why);
	const char *remedy =
		error->fix[0] != '\0' ? arena_strdup(session->arena, error->fix) : NULL;

	for (size_t i = 0; i < session->count; i++)
		if (!session->questions[i].answered)
			session->questions[i].syntax->verdict = (struct verdict){
				.kind = VERDICT_UNKNOWN,
				.cause = cause,
				.remedy = remedy,
				.shortage = error->shortage,
			};
}

static size_t decide(struct syntax *const *syntaxes, size_t count, struct arena *arena,
		     const void *payload)
{
	const struct judge *judge = payload;
	struct session session = {.arena = arena};
	struct error error = {0};
	char *path = NULL;
	bool found = install_esbuild(arena, judge->named, &path, &error) == 0;
	uint64_t stamp = found ? fs_stamp(path) : 0;
	size_t fresh = 0;

	session.questions = arena_alloc(arena, count * sizeof(*session.questions));
	for (size_t i = 0; i < count; i++) {
		const char *loader = loader_of(syntaxes[i]->path);
		uint64_t signature = hash_bytes(stamp + QUESTION, loader, strlen(loader));

		if (found && syntaxes[i]->verdict.kind != VERDICT_NONE &&
		    syntaxes[i]->verdict.judge == signature)
			continue;
		session.questions[session.count++] = (struct question){
			.syntax = syntaxes[i],
			.loader = loader,
			.judge = signature,
		};
	}
	if (session.count > 0 && (!found || run(&session, judge, path, &error) != 0))
		leave_unknown(&session, &error);
	for (size_t i = 0; i < session.count; i++)
		fresh += session.questions[i].answered;
	return fresh;
}

void judge_init(struct judge *judge, const char *named)
{
	*judge = (struct judge){.syntax = {.judge = decide, .payload = judge}, .named = named};
}
