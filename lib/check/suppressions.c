/* See suppressions.h. Findings are matched before anything is selected or configured away, so that
 * a comment is of use or not whatever the options are. */
#include "check/suppressions.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/str.h"
#include "check/comments.h"
#include "check/selection.h"
#include "rules/rules.h"
#include "rules/suppression.h"
#include "sys/path.h"

/* One code of one comment. */
struct suppression {
	const struct rule *rule;
	struct place code; /* in its file */
	size_t comment;    /* index into the source's comments */
	bool file_wide;
	size_t first_line, last_line; /* covered, when it does not cover the file */
	bool used;
};

/* A file with comments of ours. */
struct source {
	const char *file;
	struct text *text;
	bool broken; /* does not parse: findings may be missing */
	bool secret; /* holds secrets: no edits, they would be shown in patches */
	struct comments comments;
	struct suppression *suppressions;
	size_t count;
};

struct search {
	const struct app *app;
	struct texts *texts;
	struct diags *diags;
	struct map by_file; /* -> struct source */
};

/* --- which lines a comment covers --------------------------------------------------------------
 */

static size_t line_of(const struct search *s, const struct source *source, size_t offset)
{
	return text_position(s->texts, source->text, offset).line;
}

/* Only white space between the offsets. */
static bool is_blank(const struct source *source, size_t start, size_t end)
{
	for (; start < end; start++) {
		if (strchr(" \t\r\f\v", source->text->bytes[start]) == NULL)
			return false;
	}
	return true;
}

static size_t line_start(const struct source *source, size_t at)
{
	while (at > 0 && source->text->bytes[at - 1] != '\n')
		at--;
	return at;
}

/* The offset of the line's LF, or the end of the text. */
static size_t line_end(const struct source *source, size_t at)
{
	const char *lf = memchr(source->text->bytes + at, '\n', source->text->len - at);

	return lf != NULL ? (size_t)(lf - source->text->bytes) : source->text->len;
}

static bool is_alone(const struct source *source, const struct comment *comment)
{
	return is_blank(source, line_start(source, comment->outer_start), comment->outer_start) &&
	       is_blank(source, comment->outer_end, line_end(source, comment->outer_end));
}

/* A comment that stands alone covers the line after it, and after other such comments. */
static size_t last_covered(const struct search *s, const struct source *source, size_t comment)
{
	const struct comment *items = source->comments.items;
	size_t line = line_of(s, source, items[comment].outer_end);

	if (!is_alone(source, &items[comment]))
		return line;
	for (size_t i = comment + 1; i < source->comments.count; i++) {
		if (line_of(s, source, items[i].outer_start) != line + 1 ||
		    !is_alone(source, &items[i]))
			break;
		line = line_of(s, source, items[i].outer_end);
	}
	return line + 1;
}

/* --- reading comments --------------------------------------------------------------------------
 */

static struct place place_in(const struct source *source, size_t start, size_t end)
{
	return (struct place){.file = source->file, .start = start, .end = end};
}

/* TS2322 and the like. */
static bool is_typescript(const char *code)
{
	size_t digits = strncmp(code, "TS", 2) == 0 ? strspn(code + 2, "0123456789") : 0;

	return digits > 0 && code[2 + digits] == '\0';
}

static void unknown_code(const struct search *s, const struct source *source, struct place place)
{
	const char *code = arena_strndup(s->app->arena, source->text->bytes + place.start,
					 place.end - place.start);
	const char *near = selection_nearest(s->app->arena, code);
	struct diag *diag = diag_add(s->diags, &rule_suppression_unknown.info, place,
				     "there is no finding `%s` to suppress", code);

	if (is_typescript(code)) {
		diag->help = "TypeScript's own findings are suppressed with a comment "
			     "`// @ts-expect-error` in the line above";
		return;
	}
	diag->help = near != NULL ? arena_printf(s->app->arena, "did you mean `%s`?", near)
				  : "`attio explain` lists all codes and names";
}

static void add_code(const struct search *s, struct source *source, size_t comment,
		     const struct directive *directive, struct place place)
{
	const char *code = arena_strndup(s->app->arena, source->text->bytes + place.start,
					 place.end - place.start);
	const struct rule *rule = rule_find(code);

	if (rule == NULL) {
		unknown_code(s, source, place);
		return;
	}
	if (!directive->has_reason)
		return;
	struct suppression *item =
		arena_push(s->app->arena, &source->suppressions, &source->count, sizeof(*item));
	*item = (struct suppression){
		.rule = rule, .code = place, .comment = comment, .file_wide = directive->file_wide};
	if (!directive->file_wide) {
		item->first_line = line_of(s, source, source->comments.items[comment].outer_start);
		item->last_line = last_covered(s, source, comment);
	}
}

static void read_comment(const struct search *s, struct source *source, size_t index)
{
	const struct comment *comment = &source->comments.items[index];
	const char *text = source->text->bytes + comment->text_start;
	size_t base = comment->text_start;
	struct directive directive;
	size_t start, end;

	if (!directive_parse(text, comment->text_end - base, &directive))
		return;
	struct place place = place_in(source, comment->start, comment->end);
	if (!directive.word_known) {
		diag_add(s->diags, &rule_suppression_unknown.info, place,
			 "there is no comment of this name")
			->help =
			"`attio-ignore` covers its own line, or the next one when it stands "
			"alone; `attio-ignore-file` covers the file";
		return;
	}
	if (directive.codes_end == directive.codes_start) {
		diag_add(s->diags, &rule_suppression_unknown.info, place,
			 "this comment does not say which finding it suppresses")
			->help = "write a code behind it, and the reason behind two dashes";
		return;
	}
	if (!directive.has_reason)
		diag_add(s->diags, &rule_suppression_no_reason.info, place,
			 "this comment suppresses nothing, because it gives no reason")
			->help = "add the reason behind two dashes: ` -- because ...`";
	for (size_t at = directive.codes_start;
	     directive_next_code(text, directive.codes_end, &at, &start, &end);)
		add_code(s, source, index, &directive, place_in(source, base + start, base + end));
}

static bool mentions_us(const struct text *text)
{
	static const char word[] = "attio-ignore";
	size_t len = sizeof(word) - 1;
	const char *at = text->bytes, *end = text->bytes + text->len;

	while ((size_t)(end - at) >= len && (at = memchr(at, 'a', (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) >= len && memcmp(at, word, len) == 0)
			return true;
		at++;
	}
	return false;
}

/* The source of a file that mentions us, not yet read; NULL for others. */
static struct source *new_source(struct search *s, const char *file, struct text *text)
{
	if (text == NULL || map_get(&s->by_file, file) != NULL || !mentions_us(text))
		return NULL;
	struct source *source = arena_alloc(s->app->arena, sizeof(*source));
	source->file = file;
	source->text = text;
	map_set(&s->by_file, file, source);
	return source;
}

static void read_comments(const struct search *s, struct source *source)
{
	for (size_t i = 0; i < source->comments.count; i++)
		read_comment(s, source, i);
}

static void read_module(struct search *s, const struct module *module)
{
	struct source *source = new_source(s, module->path, texts_find(s->texts, module->path));

	if (source == NULL)
		return;
	source->broken = syntax_is_broken(&module->syntax);
	comments_of_module(&source->comments, s->app->arena, &module->syntax);
	read_comments(s, source);
}

/* A file that is no module: by its name. */
static void read_other(struct search *s, const char *file)
{
	const char *base = path_base(file), *ext = path_ext(file);
	bool env = str_equal(base, ".env") || str_starts(base, ".env.");

	if (!env && strcmp(ext, ".graphql") != 0 && strcmp(ext, ".gql") != 0)
		return;
	struct source *source = new_source(s, file, texts_find(s->texts, file));
	if (source == NULL)
		return;
	source->secret = env;
	if (env)
		comments_of_env(&source->comments, s->app->arena, source->text->bytes,
				source->text->len);
	else
		comments_of_graphql(&source->comments, s->app->arena, source->text->bytes,
				    source->text->len);
	read_comments(s, source);
}

static void read_app(struct search *s)
{
	size_t findings = s->diags->count;

	for (size_t i = 0; i < s->app->module_count; i++)
		read_module(s, s->app->modules[i]);
	for (size_t i = 0; i < s->app->module_count; i++) {
		const struct module *module = s->app->modules[i];

		for (size_t j = 0; j < module->facts.import_count; j++) {
			if (module->edges[j].kind == TARGET_FILE)
				read_other(s, module->edges[j].file);
		}
	}
	read_other(s, ".env");
	for (size_t i = 0; i < findings; i++) {
		if (s->diags->items[i].place.file != NULL)
			read_other(s, s->diags->items[i].place.file);
	}
}

/* --- matching ----------------------------------------------------------------------------------
 */

static bool covers(const struct suppression *item, const struct diag *diag, size_t line)
{
	if (strcmp(item->rule->info.code, diag->code) != 0)
		return false;
	return item->file_wide || (line >= item->first_line && line <= item->last_line);
}

/* A comment at the line is of use before one for the whole file. */
static bool suppress(const struct search *s, const struct diag *diag)
{
	struct source *source =
		diag->place.file != NULL ? map_get(&s->by_file, diag->place.file) : NULL;
	struct suppression *best = NULL;

	if (source == NULL)
		return false;
	bool whole = diag->place.start == 0 && diag->place.end == 0;
	size_t line = whole ? 0 : line_of(s, source, diag->place.start);
	for (size_t i = 0; i < source->count; i++) {
		struct suppression *item = &source->suppressions[i];

		if (covers(item, diag, line) && (best == NULL || best->file_wide))
			best = item;
	}
	if (best != NULL)
		best->used = true;
	return best != NULL;
}

/* --- comments of no use ------------------------------------------------------------------------
 */

/* What the comment becomes when all its codes go. */
static void edit_away(const struct search *s, const struct source *source, struct diag *diag,
		      const struct comment *comment)
{
	size_t start = comment->outer_start, end = comment->outer_end;
	size_t first = line_start(source, start), last = line_end(source, end);
	const char *text = "";

	if (is_alone(source, comment)) {
		start = first;
		end = last < source->text->len ? last + 1 : last;
	} else if (is_blank(source, end, last)) {
		while (start > first && is_blank(source, start - 1, start))
			start--;
	} else {
		/* In the middle of code a comment parts words, and one over lines ends statements.
		 */
		if (memchr(source->text->bytes + start, '\n', end - start) != NULL)
			return;
		text = " ";
	}
	diag_edit(s->diags, diag, place_in(source, start, end), text);
	diag->fix_is_safe = true;
}

/* The list of codes without those of no use. */
static void edit_list(const struct search *s, const struct source *source, struct diag *diag,
		      size_t comment)
{
	const char *list = "";
	struct place place = {0};

	for (size_t i = 0; i < source->count; i++) {
		const struct suppression *item = &source->suppressions[i];

		if (item->comment != comment)
			continue;
		if (place.file == NULL)
			place = item->code;
		place.end = item->code.end;
		if (item->used)
			list = arena_printf(s->app->arena, "%s%s%.*s", list,
					    list[0] == '\0' ? "" : ", ",
					    (int)(item->code.end - item->code.start),
					    source->text->bytes + item->code.start);
	}
	diag_edit(s->diags, diag, place, list);
	diag->fix_is_safe = true;
}

/* The fix waits while the comment also holds a code that nobody knows. */
static void report_unused(const struct search *s, const struct source *source,
			  const struct suppression *unused)
{
	const struct comment *comment = &source->comments.items[unused->comment];
	size_t used = 0, known = 0, codes = 0, start, end;
	struct directive directive;
	const char *text = source->text->bytes + comment->text_start;
	struct diag *diag =
		diag_add(s->diags, &rule_suppression_unused.info, unused->code,
			 "there is no finding `%s` here to suppress", unused->rule->info.name);

	diag->help = "remove the comment, or move it to the line it is for";
	if (source->secret)
		return;
	for (size_t i = 0; i < source->count; i++) {
		known += source->suppressions[i].comment == unused->comment;
		used += source->suppressions[i].comment == unused->comment &&
			source->suppressions[i].used;
	}
	directive_parse(text, comment->text_end - comment->text_start, &directive);
	for (size_t at = directive.codes_start;
	     directive_next_code(text, directive.codes_end, &at, &start, &end);)
		codes++;
	if (known < codes)
		return; /* an unknown code must be looked at first */
	if (used == 0)
		edit_away(s, source, diag, comment);
	else
		edit_list(s, source, diag, unused->comment);
}

void suppressions_apply(const struct app *app, struct texts *texts, struct diags *diags,
			struct diags *suppressed)
{
	const struct app job = app_in(app, diags->arena);
	struct diags kept = {.arena = diags->arena};
	struct search search = {.app = &job, .texts = texts, .diags = diags};
	size_t findings = diags->count;

	read_app(&search);
	search.diags = &kept;
	for (size_t i = 0; i < diags->count; i++) {
		struct diags one = {.items = &diags->items[i], .count = 1};
		/* Those about comments stand behind the app's own and cannot be suppressed. */
		bool hidden = i < findings && suppress(&search, &diags->items[i]);

		diags_append(hidden ? suppressed : &kept, &one);
	}
	for (size_t i = 0; i < search.by_file.count; i++) {
		const struct source *source = search.by_file.entries[i].value;

		for (size_t j = 0; j < source->count && !source->broken; j++) {
			if (!source->suppressions[j].used)
				report_unused(&search, source, &source->suppressions[j]);
		}
	}
	map_dispose(&search.by_file);
	if (kept.count > 0)
		secrets_hide(&job, texts, &kept);
	diags_sort(&kept);
	*diags = kept;
}
