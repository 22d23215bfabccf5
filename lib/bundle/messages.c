/* From esbuild's messages to findings. The classes that app authors meet often are told in our own
 * words, with a way out that exists on this platform (esbuild's hints are about its own options,
 * which nobody can set here); the rest keeps its text. Nothing generated is ever shown: a message
 * about our entry is placed in the app's file that it is about. */
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "app/problems.h"
#include "app/remedies.h"
#include "app/server_only.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "bundle/findings.h"
#include "bundle/job.h"
#include "bundle/message_text.h"
#include "bundle/node_packages.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

/* One message being told. */
struct telling {
	const struct bundler *bundler;
	const struct job *job;
	const struct message *message;
	struct diags *diags;
	struct place place;
	bool in_entry; /* it is about our generated text */
};

static struct location read_location(struct arena *arena, const struct wire_value *value)
{
	struct location location = {0};

	if (value == NULL || value->tag != WIRE_MAP)
		return location;
	location.file = wire_copy(arena, wire_get(value, "file"));
	location.name_space = wire_copy(arena, wire_get(value, "namespace"));
	location.line = wire_number(wire_get(value, "line"), 1);
	location.column = wire_number(wire_get(value, "column"), 0);
	location.length = wire_number(wire_get(value, "length"), 0);
	return location;
}

static const char *text_of(struct arena *arena, const struct wire_value *value)
{
	const char *text = wire_copy(arena, wire_get(value, "text"));

	return text != NULL ? text : "";
}

void messages_read(struct arena *arena, const struct wire_value *list, bool warnings,
		   struct message **messages, size_t *count)
{
	if (list == NULL || list->tag != WIRE_ARRAY)
		return;
	for (size_t i = 0; i < list->count; i++) {
		const struct wire_value *value = &list->items[i];
		const struct wire_value *notes = wire_get(value, "notes");
		struct message *message = arena_push(arena, messages, count, sizeof(*message));

		message->warning = warnings;
		message->text = text_of(arena, value);
		message->location = read_location(arena, wire_get(value, "location"));
		for (size_t k = 0; notes != NULL && k < notes->count; k++) {
			struct message_note *note = arena_push(arena, &message->notes,
							       &message->note_count, sizeof(*note));

			note->text = text_of(arena, &notes->items[k]);
			note->location =
				read_location(arena, wire_get(&notes->items[k], "location"));
		}
	}
}

static bool is_file(const struct location *location)
{
	return location->file != NULL &&
	       (location->name_space == NULL || *location->name_space == '\0' ||
		strcmp(location->name_space, "file") == 0);
}

/* What esbuild read behind a link that leaves the app is not to be seen in its words either. */
static bool is_hidden(const struct telling *t, const struct location *location)
{
	const struct app *app = t->bundler->app;

	return is_file(location) &&
	       bounds_hides(app->bounds, path_join(t->diags->arena, app->root, location->file));
}

static struct place place_of(const struct telling *t, const struct location *location)
{
	struct texts *texts = t->bundler->texts;
	struct place place = {0};
	struct text *text;

	if (!is_file(location) || strcmp(location->file, t->job->source) == 0)
		return place;
	place.file = arena_strdup(t->diags->arena, location->file);
	text = texts_find(texts, place.file);
	if (text == NULL) { /* `x.ts?raw` is loaded from x.ts */
		const char *plain =
			arena_strndup(t->diags->arena, place.file, strcspn(place.file, "?#"));

		text = texts_find(texts, plain);
		if (text == NULL)
			return place;
		place.file = plain;
	}
	place.start = text_offset(texts, text, location->line, location->column);
	place.end = place.start + location->length;
	if (place.end == 0) /* its first character, and not the whole file */
		place.end = 1;
	if (place.end > text->len)
		place.end = text->len;
	return place;
}

/* The first text in double quotes at or after `at`, with its escapes cooked; *rest (may be NULL) is
 * what follows. NULL when there is none. */
static char *quoted(struct arena *arena, const char *at, const char **rest)
{
	struct buf buf = {0};
	char *text = NULL;

	at = strchr(at, '"');
	if (at == NULL)
		return NULL;
	for (at++; *at != '\0' && *at != '"'; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		buf_putc(&buf, *at);
	}
	if (*at != '\0')
		text = arena_strdup(arena, buf_cstr(&buf));
	if (rest != NULL)
		*rest = *at != '\0' ? at + 1 : at;
	buf_dispose(&buf);
	return text;
}

static const char *restyled(const struct telling *t, const char *text)
{
	return message_text(t->diags->arena, t->bundler->app->root, text);
}

/* Client and server bundles contain the same helpers: what is told once is enough. */
static bool is_told(const struct diags *diags, const struct rule_info *rule, struct place place,
		    const char *message)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		if (strcmp(diag->code, rule->code) == 0 &&
		    str_equal(diag->place.file, place.file) && diag->place.start == place.start &&
		    strcmp(diag->message, message) == 0)
			return true;
	}
	return false;
}

/* Adds a finding with the way from the entry point to its module; NULL when it was told before. */
static struct diag *tell(struct telling *t, const struct rule_info *rule, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static struct diag *tell(struct telling *t, const struct rule_info *rule, const char *format, ...)
{
	const struct app *app = t->bundler->app;
	const struct module *module = t->place.file != NULL ? app_module(app, t->place.file) : NULL;
	struct diag *diag;
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(t->diags->arena, format, args);
	va_end(args);
	if (is_told(t->diags, rule, t->place, text))
		return NULL;
	diag = diag_add(t->diags, rule, t->place, "%s", text);
	if (module != NULL && ((module->runtimes & t->job->runtime) != 0))
		app_chain_notes(app, t->diags, diag, module, t->job->runtime);
	return diag;
}

static void help(struct diag *diag, const char *text)
{
	if (diag != NULL)
		diag->help = text;
}

/* Notes that point somewhere in the app; those without a place are hints about esbuild. */
static void add_notes(struct telling *t, struct diag *diag)
{
	for (size_t i = 0; diag != NULL && i < t->message->note_count; i++) {
		const struct message_note *note = &t->message->notes[i];

		if (is_hidden(t, &note->location))
			continue;
		if (is_file(&note->location) && strcmp(note->location.file, t->job->source) != 0)
			diag_note(t->diags, diag, place_of(t, &note->location), "%s",
				  restyled(t, note->text));
	}
}

static const char *side(const struct telling *t)
{
	return t->job->runtime == RUNTIME_CLIENT ? "client" : "server";
}

static bool is_node_builtin(const struct telling *t, const char *specifier)
{
	if (str_starts(specifier, "node:"))
		return true;
	for (size_t i = 0; i < t->message->note_count; i++) {
		if (strstr(t->message->notes[i].text, "built into node") != NULL)
			return true;
	}
	return false;
}

static void tell_node(struct telling *t, const char *specifier)
{
	if (node_package_tell(t->bundler->app, t->diags, t->job->runtime, t->place.file, specifier))
		return;
	if (t->job->runtime == RUNTIME_CLIENT)
		help(tell(t, &finding_client_node, "client code cannot use Node's `%s`", specifier),
		     "client code runs in Attio's sandbox in the browser: use what the language "
		     "and "
		     "the SDK offer, or call a `.server.ts` function");
	else
		help(tell(t, &finding_server_node, "server code cannot import Node's `%s`",
			  specifier),
		     "bundles for Attio's server runtime are built without Node's modules: use web "
		     "standards (`fetch`, `crypto.subtle`, `URL`, `TextEncoder`), or a package "
		     "that "
		     "does without Node");
}

/* A file or package that is not there. */
static void tell_lost(struct telling *t, const char *specifier)
{
	const struct unresolved said =
		unresolved_import(t->bundler->app, t->diags->arena, t->place.file, specifier);
	struct diag *diag = tell(t, &finding_unresolved, "%s", said.message);

	help(diag, said.help);
	add_notes(t, diag);
}

static void tell_unresolved(struct telling *t)
{
	const char *specifier = quoted(t->diags->arena, t->message->text, NULL);

	if (specifier == NULL)
		specifier = "";
	if (t->in_entry)
		t->place = (struct place){.file = path_join(t->diags->arena, ".", specifier)};
	if (strcmp(specifier, "attio/server") == 0 && t->job->runtime == RUNTIME_CLIENT)
		help(tell(t, &finding_client_server_sdk,
			  "client code cannot import `attio/server`"),
		     "move what needs it into a `.server.ts` file and call its default export "
		     "from here");
	else if (strcmp(specifier, "attio/client") == 0 && t->job->runtime != RUNTIME_CLIENT)
		help(tell(t, &finding_server_client_sdk,
			  "server code cannot import `attio/client`"),
		     "components and client functions exist in client code only; split shared "
		     "helpers so that the server's part does not import them");
	else if (is_node_builtin(t, specifier))
		tell_node(t, specifier);
	else if (!app_alias_is_told(t->bundler->app, specifier))
		tell_lost(t, specifier);
}

static void tell_loader(struct telling *t)
{
	struct arena *arena = t->diags->arena;
	const char *ext = quoted(arena, t->message->text, NULL);
	bool server = t->job->runtime != RUNTIME_CLIENT;
	const char *way_out = "keep its content in a `.ts`, `.json` or `.txt` file";

	if (ext == NULL)
		ext = "";
	if (server && (strcmp(ext, ".graphql") == 0 || strcmp(ext, ".gql") == 0))
		way_out = "only client code can import GraphQL documents; in server code write the "
			  "text as a string";
	else if (server && strcmp(ext, ".png") == 0)
		way_out = "only client code can import images";
	else if (strstr(".svg.jpg.jpeg.gif.webp.avif.ico.bmp", ext) != NULL && *ext != '\0')
		way_out = server ? "only client code can import images, and only `.png`"
				 : "use a `.png`, which is built in as a data URL";
	help(tell(t, &finding_loader, "%s code cannot import `%s` files", side(t), ext), way_out);
}

/* `No matching export in "src/x.ts" for import "y"`, or the warning about a namespace import. */
static void tell_export(struct telling *t)
{
	struct arena *arena = t->diags->arena;
	bool name_first = t->message->warning;
	const char *rest = t->message->text;
	const char *first = quoted(arena, rest, &rest), *second = quoted(arena, rest, &rest);
	const char *file = name_first ? second : first, *name = name_first ? first : second;
	struct diag *diag;

	file = file != NULL ? file : "";
	name = name != NULL ? name : "";
	for (size_t i = 0; i < t->job->proxied.count; i++) {
		if (strcmp(t->job->proxied.items[i].path, file) != 0)
			continue;
		if (server_lacks_default(app_module(t->bundler->app, file)))
			return; /* ATT3001 */
		diag = tell(t,
			    t->message->warning ? &finding_server_shape_warning
						: &finding_server_shape,
			    "`%s` cannot be imported from the server file `%s`", name, file);
		if (diag != NULL)
			diag->label = "client code can call a server file's default export only";
		help(diag, "import the default export, or move what both sides need into a file "
			   "without `.server` in its name");
		return;
	}
	if (t->in_entry)
		t->place = (struct place){.file = file};
	if (strcmp(name, "default") == 0)
		diag = tell(t, &finding_export, "`%s` has no default export", file);
	else
		diag = tell(t, t->message->warning ? &finding_warning : &finding_export,
			    "`%s` does not export `%s`", file, name);
	add_notes(t, diag);
}

/* What the app model has for the import at the message's place. */
static const char *imported_file(const struct telling *t)
{
	const struct module *module =
		t->place.file != NULL ? app_module(t->bundler->app, t->place.file) : NULL;

	for (size_t i = 0; module != NULL && i < module->facts.import_count; i++) {
		if (module->facts.imports[i].specifier_place.start == t->place.start)
			return module->edges[i].file;
	}
	return NULL;
}

/* The app model knows a link by its name; esbuild knows where it leads. */
static void tell_outside(struct telling *t, const char *file)
{
	const struct diags *problems = &t->bundler->app->problems;
	const char *imported = imported_file(t);

	for (size_t i = 0; i < problems->count; i++) {
		const struct diag *diag = &problems->items[i];

		if (strcmp(diag->code, problem_file_unreadable.code) == 0 &&
		    (str_equal(diag->place.file, file) || str_equal(diag->place.file, imported) ||
		     (str_equal(diag->place.file, t->place.file) &&
		      diag->place.start == t->place.start)))
			return;
	}
	help(tell(t, &problem_file_unreadable, "`%s` cannot be read",
		  imported != NULL ? imported : file),
	     "it lies outside of the app's repository");
}

static void tell_css(struct telling *t)
{
	help(tell(t, &finding_css, "the style sheet `%s` never reaches Attio",
		  t->message->text + strlen(MARK_CSS)),
	     "only JavaScript is uploaded; remove the import and use the SDK's components, which "
	     "bring their own style");
}

/* Every import that brings the handler into the client, not only the one that esbuild saw first. */
static void tell_handler(struct telling *t)
{
	const struct app *app = t->bundler->app;
	const char *path = t->message->text + strlen(MARK_HANDLER);
	const struct module *handler = app_module(app, path);
	const char *what =
		handler != NULL && handler->role == ROLE_EVENT ? "an event handler" : "a webhook";
	bool found = false;

	for (size_t i = 0; handler != NULL && i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (!(module->runtimes & RUNTIME_CLIENT))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			if (module->edges[k].module != handler || module->edges[k].type_only)
				continue;
			t->place = module->facts.imports[k].specifier_place;
			found = true;
			help(tell(t, &finding_client_handler, "client code imports `%s`, %s", path,
				  what),
			     "its source would be sent to every user's browser; move what both "
			     "need "
			     "into a file of its own");
		}
	}
	if (!found)
		help(tell(t, &finding_client_handler, "client code imports `%s`, %s", path, what),
		     "its source would be sent to every user's browser; move what both need into a "
		     "file of its own");
}

/* The app model tells each import that it sees (server_only_check); packages and links may bring
 * more. */
static void tell_server_only(struct telling *t)
{
	const char *what = t->message->text + strlen(MARK_SERVER_ONLY);

	for (size_t i = 0; i < t->diags->count; i++) {
		const struct diag *diag = &t->diags->items[i];

		if (strcmp(diag->code, problem_server_only.code) == 0 &&
		    str_equal(diag->place.file, t->place.file) &&
		    diag->place.start == t->place.start)
			return;
	}
	server_only_tell(t->diags, t->place, arena_strdup(t->diags->arena, what));
}

/* Whether the app model has complained about this file already in the same sense. */
static bool is_known_syntax(const struct telling *t)
{
	const struct diags *problems = &t->bundler->app->problems;

	for (size_t i = 0; t->place.file != NULL && i < problems->count; i++) {
		const struct diag *diag = &problems->items[i];

		if (diag->severity == SEVERITY_ERROR &&
		    str_equal(diag->place.file, t->place.file) &&
		    (strcmp(diag->code, problem_syntax.code) == 0 ||
		     str_ends(t->place.file, ".json")))
			return true;
	}
	return false;
}

/* The parser says it twice: as an error and as a warning, or once for each reason. */
static bool is_told_here(const struct telling *t)
{
	for (size_t i = 0; t->place.end > 0 && i < t->diags->count; i++) {
		const struct diag *diag = &t->diags->items[i];

		if (strcmp(diag->code, problem_syntax.code) == 0 &&
		    diag->place.start == t->place.start &&
		    str_equal(diag->place.file, t->place.file))
			return true;
	}
	return false;
}

/* Its linker's words, about files that do parse. */
static bool is_about_names(const char *text)
{
	return str_starts(text, "Ambiguous import") || str_starts(text, "Detected cycle");
}

#define NO_PARSE "this file does not parse: "

/* Behind the first fault of a text the parser reads on as well as it can, and what it says then
 * follows from that one. Names that are declared twice each stand for themselves. */
static bool is_aftermath(const struct telling *t)
{
	if (strstr(t->message->text, "already been declared") != NULL)
		return false;
	for (size_t i = 0; i < t->diags->count; i++) {
		const struct diag *diag = &t->diags->items[i];

		if (strcmp(diag->code, problem_syntax.code) == 0 &&
		    str_equal(diag->place.file, t->place.file) &&
		    str_starts(diag->message, NO_PARSE))
			return true;
	}
	return false;
}

static void tell_rest(struct telling *t)
{
	const char *text = t->message->text;
	const struct rule_info *rule = &finding_error;
	struct diag *diag;

	if (str_starts(text, MARK_PACKAGE))
		text += strlen(MARK_PACKAGE);
	if (t->message->warning)
		rule = &finding_warning;
	else if (is_file(&t->message->location) && !t->in_entry)
		rule = &problem_syntax; /* what esbuild's parsers say about a place */
	if (rule == &problem_syntax && is_known_syntax(t))
		return;
	if (rule != &finding_error && is_told_here(t))
		return;
	if (rule == &problem_syntax && t->place.file != NULL && !is_about_names(text) &&
	    app_module(t->bundler->app, t->place.file) != NULL) {
		if (is_aftermath(t))
			return;
		diag = tell(t, rule, NO_PARSE "%s", restyled(t, text));
		help(diag, syntax_remedy(restyled(t, text)));
	} else {
		diag = tell(t, rule, "%s", restyled(t, text));
		help(diag, remark_remedy(restyled(t, text)));
	}
	add_notes(t, diag);
}

/* esbuild finds a file whose name is written in another case, then cannot read it, or warns: the
 * import leads nowhere on other machines. The one message about it is the import's. */
static bool tell_case(struct telling *t)
{
	const char *text = t->message->text;
	const struct module *module = t->place.file != NULL && !t->in_entry
					      ? app_module(t->bundler->app, t->place.file)
					      : NULL;

	if (!str_starts(text, "Cannot read file") && !str_starts(text, "Could not read") &&
	    (!str_starts(text, "Use \"") || strstr(text, "case-sensitive file systems") == NULL))
		return false;
	if (t->place.file == NULL && t->message->warning)
		return true;
	for (size_t i = 0; module != NULL && i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if (import->specifier_place.start != t->place.start)
			continue;
		tell_lost(t, import->specifier);
		return true;
	}
	return false;
}

static void tell_message(struct telling *t)
{
	const char *text = t->message->text;

	if (is_hidden(t, &t->message->location))
		tell_outside(t, t->place.file);
	else if (str_starts(text, MARK_OUTSIDE))
		tell_outside(t, arena_strdup(t->diags->arena, text + strlen(MARK_OUTSIDE)));
	else if (tell_case(t))
		return;
	else if (str_starts(text, "Could not resolve \"") && !t->message->warning)
		tell_unresolved(t);
	else if (str_starts(text, "No loader is configured for \""))
		tell_loader(t);
	else if (str_starts(text, "No matching export in \"") ||
		 (str_starts(text, "Import \"") &&
		  strstr(text, "no matching export in \"") != NULL))
		tell_export(t);
	else if (str_starts(text, MARK_CSS))
		tell_css(t);
	else if (str_starts(text, MARK_HANDLER))
		tell_handler(t);
	else if (str_starts(text, MARK_SERVER_ONLY))
		tell_server_only(t);
	else if (str_starts(text, "Top-level await is currently not supported"))
		help(tell(t, &finding_error,
			  "client code cannot use `await` outside of a function"),
		     "move it into the function that needs the value");
	else
		tell_rest(t);
}

void messages_tell(const struct bundler *bundler, const struct job *job, struct diags *diags)
{
	for (size_t i = 0; i < job->message_count; i++) {
		struct telling t = {.bundler = bundler,
				    .job = job,
				    .message = &job->messages[i],
				    .diags = diags};
		const struct location *location = &t.message->location;

		t.in_entry = is_file(location) && strcmp(location->file, job->source) == 0;
		t.place = place_of(&t, location);
		tell_message(&t);
	}
}
