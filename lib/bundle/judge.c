/* One session of esbuild's service, one `transform` request a text, all at the same time. What it
 * makes of the texts is thrown away: only whether it reads them counts, with the loaders that a
 * build has for these names. */
#include "bundle/judge.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/message_text.h"
#include "bundle/service.h"
#include "bundle/wire.h"
#include "source/syntax.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "sys/path.h"

/* To be counted up when the same program is asked something else. */
#define QUESTION 3

#define ASSIGNMENT "This assignment will throw"

struct session;

/* One text under judgement. */
struct question {
	struct session *session;
	struct syntax *syntax;
	const char *loader;
	uint64_t judge;  /* that the verdict will be signed with */
	bool decorators; /* asked once more, as for an app with TypeScript's own decorators */
	bool answered;
};

struct session {
	struct arena *arena; /* of the verdicts */
	struct service *service;
	struct question *questions;
	size_t count;
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

static void refuse(struct question *question, const struct wire_value *message)
{
	struct verdict *verdict = &question->syntax->verdict;
	struct arena *arena = question->session->arena;
	const char *text = wire_copy(arena, wire_get(message, "text"));
	struct line first = {1, 0};

	*verdict = (struct verdict){.kind = VERDICT_REFUSED, .judge = question->judge};
	place_of(question->syntax, &first, message, &verdict->start, &verdict->end);
	verdict->cause =
		message_text(arena, NULL, text != NULL ? text : "esbuild does not say why");
}

/* Of an assignment to an import it only warns where it makes no bundle. */
static bool is_refused_bundled(const char *text)
{
	return str_starts(text, ASSIGNMENT) && str_ends(text, "is an import");
}

static void accept(struct question *question, const struct wire_value *warnings)
{
	struct verdict *verdict = &question->syntax->verdict;
	struct arena *arena = question->session->arena;
	struct line last = {1, 0};
	struct buf remarks = {0};

	*verdict = (struct verdict){.kind = VERDICT_ACCEPTED, .judge = question->judge};
	for (size_t i = 0; warnings != NULL && warnings->tag == WIRE_ARRAY && i < warnings->count;
	     i++) {
		const char *text = wire_copy(arena, wire_get(&warnings->items[i], "text"));
		size_t start, end;

		/* Of constants the rules tell, and refuse it. */
		if (text == NULL ||
		    (str_starts(text, ASSIGNMENT) && str_ends(text, "is a constant")))
			continue;
		if (is_refused_bundled(text)) {
			refuse(question, &warnings->items[i]);
			break;
		}
		place_of(question->syntax, &last, &warnings->items[i], &start, &end);
		text = message_text(arena, NULL, text);
		buf_printf(&remarks, "%zu %zu %.*s\n", start, end, (int)strcspn(text, "\n"), text);
	}
	if (verdict->kind == VERDICT_ACCEPTED && remarks.len > 0)
		verdict->remarks = arena_strdup(arena, buf_cstr(&remarks));
	buf_dispose(&remarks);
}

/* The first error in the order of the text. */
static const struct wire_value *first_of(const struct wire_value *errors)
{
	const struct wire_value *first = &errors->items[0];
	uint64_t least = UINT64_MAX;

	for (size_t i = 0; i < errors->count; i++) {
		const struct wire_value *location = wire_get(&errors->items[i], "location");
		uint64_t place = (uint64_t)wire_number(wire_get(location, "line"), 0) << 32 |
				 wire_number(wire_get(location, "column"), 0);

		if (location != NULL && location->tag == WIRE_MAP && place < least) {
			least = place;
			first = &errors->items[i];
		}
	}
	return first;
}

static void ask(struct question *question);

static void on_answer(const struct wire_value *reply, void *payload)
{
	struct question *question = payload;
	const struct wire_value *errors = wire_get(reply, "errors");

	if (errors == NULL || errors->tag != WIRE_ARRAY) {
		service_unreadable(question->session->service, "a text without a verdict");
		return;
	}
	question->answered = true;
	if (errors->count == 0) {
		accept(question, wire_get(reply, "warnings"));
		return;
	}
	refuse(question, first_of(errors));
	/* Whether the app has them its tsconfig says; here only the text is asked about. */
	if (!question->decorators && strstr(question->syntax->verdict.cause, "decorator") != NULL) {
		question->decorators = true;
		ask(question);
	}
}

static void ask(struct question *question)
{
	struct arena *arena = arena_new();
	struct wire_value request = wire_map(), flags = wire_array();
	const struct syntax *syntax = question->syntax;

	wire_push(arena, &flags, wire_string("--log-level=silent"));
	wire_push(arena, &flags, wire_string("--log-limit=0"));
	wire_push(arena, &flags, wire_string(arena_printf(arena, "--loader=%s", question->loader)));
	wire_push(arena, &flags,
		  wire_string(question->decorators
				      ? "--tsconfig-raw={\"compilerOptions\":{\"strict\":true,"
					"\"experimentalDecorators\":true}}"
				      : "--tsconfig-raw={\"compilerOptions\":{\"strict\":true}}"));
	wire_put(arena, &request, "command", wire_string("transform"));
	wire_put(arena, &request, "flags", flags);
	wire_put(arena, &request, "inputFS", wire_bool(false));
	wire_put(arena, &request, "input", wire_bytes(syntax->bytes, syntax->len));
	service_request(question->session->service, &request, on_answer, question);
	arena_free(arena);
}

/* --- a session ---------------------------------------------------------------------------------
 */

/* We ask for nothing that makes esbuild ask back. */
static void on_request(uint32_t id, const struct wire_value *request, void *payload)
{
	struct session *session = payload;

	(void)id;
	(void)request;
	service_unreadable(session->service, "it asks what it has no reason to ask");
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
		for (size_t i = 0; i < session->count; i++)
			ask(&session->questions[i]);
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
			.session = &session,
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
