/* From what the compiler says to findings: places in bytes, reasons and related places as notes.
 * The texts of the messages are TypeScript's own; only their final full stops go. */
#include <ctype.h>
#include <string.h>

#include "app/config_shape.h"
#include "app/installer.h"
#include "base/arena.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/text.h"
#include "sys/bounds.h"
#include "sys/path.h"
#include "types/config_place.h"
#include "types/diagnostics.h"

#define BOM "\xef\xbb\xbf"

/* More reasons than this say nothing more. */
#define MAX_REASONS 12

/* Bytes of the line end at `at`, 0 for none. */
static size_t line_end(const char *at, const char *end)
{
	if (*at == '\n')
		return 1;
	if (*at == '\r')
		return at + 1 < end && at[1] == '\n' ? 2 : 1;
	if (end - at >= 3 && memcmp(at, "\xe2\x80", 2) == 0 && (at[2] == '\xa8' || at[2] == '\xa9'))
		return 3;
	return 0;
}

static const char *first_byte(const struct text *text)
{
	return text->bytes + (str_starts(text->bytes, BOM) ? strlen(BOM) : 0);
}

/* Goes `units` UTF-16 units on; with `in_line` not past the line's end. */
static const char *go_on(const char *at, const char *end, size_t units, bool in_line)
{
	while (units != 0 && at < end && !(in_line && line_end(at, end) != 0)) {
		uint32_t code_point;
		bool valid;
		size_t len = utf8_decode(at, (size_t)(end - at), &code_point, &valid);
		size_t width = code_point > 0xffff ? 2 : 1;

		at += len;
		units -= width < units ? width : units;
	}
	return at;
}

static const char *go_to_line(const char *at, const char *end, size_t line)
{
	while (line > 1 && at < end) {
		size_t len = line_end(at, end);

		at += len != 0 ? len : 1;
		line -= len != 0 ? 1 : 0;
	}
	return at;
}

static struct place find_place(const struct ts_telling *telling, const struct ts_span *span,
			       struct texts *texts, struct arena *arena)
{
	struct place place = {0};
	const struct text *text;
	const char *start, *stop, *end;

	if (span->file == NULL)
		return place;
	place.file =
		path_relative(arena, telling->root, path_join(arena, telling->root, span->file));
	text = texts_find(texts, place.file);
	if (text == NULL)
		return place;
	end = text->bytes + text->len;
	if (span->offsets) {
		start = go_on(first_byte(text), end, span->line, false);
		stop = span->end_line > span->line
			       ? go_on(start, end, span->end_line - span->line, false)
			       : start;
	} else {
		start = go_to_line(first_byte(text), end, span->line);
		stop = span->end_line > span->line
			       ? go_to_line(start, end, span->end_line - span->line + 1)
			       : start;
		start = go_on(start, end, span->column - 1, true);
		stop = go_on(stop, end, span->end_column != 0 ? span->end_column - 1 : 0, true);
	}
	/* Something that is missing has a place without width: its next character stands for it. */
	if (stop <= start)
		stop = go_on(start, end, 1, true);
	place.start = (size_t)(start - text->bytes);
	place.end = (size_t)(stop - text->bytes);
	return place;
}

/* A line of a message without its indentation and its full stop. */
static const char *tidy(struct arena *arena, const char *line, size_t len)
{
	while (len != 0 && *line == ' ') {
		line++;
		len--;
	}
	while (len != 0 && (line[len - 1] == '\r' || line[len - 1] == ' '))
		len--;
	if (len > 1 && line[len - 1] == '.' && line[len - 2] != '.')
		len--;
	return arena_strndup(arena, line, len);
}

/* A line that begins with an indentation is a reason. Others go on with the text of a type that has
 * line ends in it. */
static size_t first_part(const char *message)
{
	size_t len = strcspn(message, "\n");

	while (message[len] == '\n' && !str_starts(message + len + 1, "  "))
		len += 1 + strcspn(message + len + 1, "\n");
	return len;
}

static void add_reasons(struct diags *diags, struct diag *diag, const char *message)
{
	for (size_t i = 0; *message == '\n' && i < MAX_REASONS; i++) {
		size_t len = first_part(++message);

		diag_note(diags, diag, (struct place){0}, "%s", tidy(diags->arena, message, len));
		message += len;
	}
}

/* `import x from "y" assert {...}` */
#define ASSERT_CODE 2880

/* Complaints that the official CLI never hears of, because it drops what reading the options gave:
 * they cannot be the reason to refuse an app. */
static bool about_options(unsigned code)
{
	static const unsigned codes[] = {5023, 5024, 5025, 5083, 6046, 18000, 18001, 18002, 18003};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (codes[i] == code)
			return true;
	}
	return false;
}

static bool is_config(const struct ts_telling *telling, struct arena *arena, const char *file)
{
	const char *path = path_join(arena, telling->root, file);

	for (size_t i = 0; i < telling->config_count; i++) {
		if (strcmp(telling->configs[i], path) == 0)
			return true;
	}
	return false;
}

static enum severity severity_of(const struct ts_telling *telling, struct arena *arena,
				 const struct ts_diagnostic *item)
{
	if (item->warning || about_options(item->code))
		return SEVERITY_WARNING;
	/* TypeScript 5.9, which the official CLI checks with, and esbuild read it as `with`. */
	if (item->code == ASSERT_CODE)
		return SEVERITY_WARNING;
	/* A file that is extended: not found, or not JSON. */
	if (item->span.file != NULL && (item->code == 6053 || item->code < 2000) &&
	    is_config(telling, arena, item->span.file))
		return SEVERITY_WARNING;
	return SEVERITY_ERROR;
}

/* Not findings: what an incremental check keeps could not be written (5033); composite projects
 * want each imported JSON file to be listed (6307), which is about builds by parts and none of
 * ours; TypeScript 7 looks for the types of `import "./x.css"` unless it is told not to (2882); and
 * where Node's types are installed `process` is declared before our own file does (2403). */
static bool is_left_out(const struct ts_telling *telling, const struct ts_diagnostic *item)
{
	return item->code == 5033 || item->code == 6307 ||
	       (item->code == 2882 && !telling->side_effects) ||
	       (item->code == 2403 && item->span.file != NULL &&
		str_ends(item->span.file, ".attio/env.d.ts"));
}

/* The SDK has no types for what else is loaded. */
static const char *help_for_file(const char *message)
{
	if (strstr(message, ".png'") != NULL)
		return "say what such files are in a `.d.ts` file below `src`: `declare module "
		       "\"*.png\" { const url: string; export default url }`";
	if (strstr(message, ".txt'") != NULL)
		return "say what such files are in a `.d.ts` file below `src`: `declare module "
		       "\"*.txt\" { const text: string; export default text }`";
	return NULL;
}

/* "Unknown compiler option 'stict'." */
static const char *nearest_option(struct arena *arena, const char *message)
{
	const char *start = strchr(message, '\''),
		   *end = start != NULL ? strchr(start + 1, '\'') : NULL;
	const char *near =
		end != NULL
			? str_nearest(arena_strndup(arena, start + 1, (size_t)(end - start) - 1),
				      compiler_options)
			: NULL;

	return near != NULL ? arena_printf(arena, "did you mean `%s`?", near) : NULL;
}

static const char *help_for(const struct ts_telling *telling, struct arena *arena,
			    const struct ts_diagnostic *item)
{
	if (item->code == 5108 && strstr(item->message, "moduleResolution=") != NULL)
		return "write `\"moduleResolution\": \"bundler\"`";
	if (item->code == 2688 && strstr(item->message, "'attio") != NULL)
		return arena_printf(arena, "install the app's packages: `%s`",
				    installer_command(arena, telling->root, NULL));
	if (item->code == 7016 && strstr(item->message, "'react") != NULL)
		return arena_printf(arena, "run `%s`",
				    installer_command(arena, telling->root, "-D @types/react"));
	if (item->code == 2307 && strchr(item->message, '?') != NULL)
		return "write the path without `?` and what follows: what the file's ending loads "
		       "as "
		       "is all there is";
	if ((item->code == 5101 || item->code == 5102) &&
	    strstr(item->message, "'baseUrl'") != NULL)
		return "remove it, and write `\"paths\": {\"*\": [\"./FOLDER/*\"]}` with its "
		       "folder "
		       "instead";
	if (item->code == 2688)
		return "take it out of `types` in tsconfig.json, or install the package that has "
		       "it";
	if (item->code == 6053 && item->span.file == NULL)
		return "take it out of `files` in tsconfig.json, or correct its path";
	if (item->code == 5102 || item->code == 5108)
		return "change `tsconfig.json`, or check with the TypeScript of the app's "
		       "node_modules, which runs code of it: `--tsc=app`";
	if (item->code == 5023)
		return nearest_option(arena, item->message);
	if (item->code == ASSERT_CODE)
		return "write `with` instead of `assert`";
	if (item->code == 2307 && strstr(item->message, "'attio") != NULL)
		return arena_printf(arena, "install the app's packages: `%s`",
				    installer_command(arena, telling->root, NULL));
	if (item->code == 2307)
		return help_for_file(item->message);
	return NULL;
}

/* What the compiler read behind a link that leaves the app is not to be seen in its words either.
 */
static bool is_hidden(const struct texts *texts, struct arena *arena, const char *root,
		      const char *file)
{
	return file != NULL && texts->files.bounds != NULL &&
	       bounds_hides(texts->files.bounds, path_join(arena, root, file));
}

/* One finding for such a file, however many the compiler has. */
static void tell_hidden(struct diags *found, const struct rule_info *rule, const char *file)
{
	for (size_t i = 0; i < found->count; i++) {
		if (str_equal(found->items[i].place.file, file))
			return;
	}
	diag_add(found, rule, (struct place){.file = file},
		 "a file that lies outside of the app's repository does not type-check");
}

/* What is wrong with the last of several signatures says more than that none fits. */
static const char *message_of(struct arena *arena, const struct ts_diagnostic *item, size_t len)
{
	const char *first = tidy(arena, item->message, len), *last = strrchr(item->message, '\n');

	if (item->code != 2769 || last == NULL || strchr(first, '\n') != NULL)
		return first;
	return arena_printf(arena, "%s: %s", first, tidy(arena, last + 1, strlen(last + 1)));
}

/* All values that an option can have are too many to read. */
enum { VALUES_TOLD = 160 };

static void shorten_values(struct diag *diag, struct texts *texts, struct arena *arena)
{
	const struct text *text =
		diag->place.file != NULL ? texts_find(texts, diag->place.file) : NULL;
	const char **values = NULL, **slot, *near;
	size_t count = 0;
	char *word;

	for (const char *at = strstr(diag->message, "must be"); at != NULL;) {
		const char *start = strchr(at, '\''),
			   *end = start != NULL ? strchr(start + 1, '\'') : NULL;

		slot = arena_push(arena, &values, &count, sizeof(*slot));
		*slot = end != NULL ? arena_strndup(arena, start + 1, (size_t)(end - start) - 1)
				    : NULL;
		at = end != NULL ? end + 1 : NULL;
	}
	if (count == 0 || text == NULL || diag->place.end > text->len ||
	    diag->place.end < diag->place.start + 2)
		return;
	word = arena_strndup(arena, text->bytes + diag->place.start + 1,
			     diag->place.end - diag->place.start - 2);
	for (char *at = word; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	near = str_nearest(word, values);
	if (near != NULL)
		diag->help = arena_printf(arena, "did you mean `%s`?", near);
	if (strlen(diag->message) > VALUES_TOLD)
		diag->message = arena_printf(arena, "%.*s ...",
					     (int)(strstr(diag->message, "must be") +
						   strlen("must be:") - diag->message),
					     diag->message);
}

void ts_output_tell(const struct ts_output *output, const struct ts_telling *telling,
		    struct texts *texts, struct diags *diags)
{
	struct arena *arena = diags->arena;
	struct diags found = {.arena = arena};

	for (size_t i = 0; i < output->count; i++) {
		const struct ts_diagnostic *item = &output->items[i];
		struct rule_info rule = {.name = "typescript"};
		size_t len = first_part(item->message);
		struct diag *diag;

		if (is_left_out(telling, item))
			continue;
		rule.code = arena_printf(arena, "TS%u", item->code);
		rule.severity = severity_of(telling, arena, item);
		if (is_hidden(texts, arena, telling->root, item->span.file)) {
			tell_hidden(&found, &rule,
				    find_place(telling, &item->span, texts, arena).file);
			continue;
		}
		diag = diag_add(&found, &rule,
				item->span.file != NULL
					? find_place(telling, &item->span, texts, arena)
					: config_place(telling, item, texts, arena),
				"%s", message_of(arena, item, len));
		diag->help = help_for(telling, arena, item);
		if (item->code == 6046)
			shorten_values(diag, texts, arena);
		add_reasons(&found, diag, item->message + len);
		for (size_t j = 0; j < item->related_count; j++) {
			const struct ts_related *related = &item->related[j];

			if (is_hidden(texts, arena, telling->root, related->span.file))
				continue;
			diag_note(&found, diag, find_place(telling, &related->span, texts, arena),
				  "%s", tidy(arena, related->message, strlen(related->message)));
		}
	}
	diags_sort(&found);
	diags_append(diags, &found);
}
