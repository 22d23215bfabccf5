/* See suppressions.h. Findings are matched before anything is selected or configured away, so that
 * a comment is of use or not whatever the options are. */
#include "check/suppressions.h"

#include <stdlib.h>
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

/* What is known of a comment, ours or not. */
struct cover {
	bool alone;                   /* nothing else is on its lines */
	size_t first_line, last_line; /* that it covers if it is ours */
	size_t codes;                 /* known or not */
	size_t first_item, items;     /* its suppressions */
};

/* A file; most have no comments of ours. */
struct source {
	const char *file;
	struct text *text;
	bool broken; /* does not parse: findings may be missing */
	bool secret; /* holds secrets: no edits, they would be shown in patches */
	struct comments comments;
	struct cover *covers;
	struct suppression *suppressions; /* in the order of the source */
	size_t count;
	/* By code, those for lines before those for the file, then in the order of the source:
	 * their last lines never decrease. */
	struct suppression **sorted;
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
	return text_line_number(s->texts, source->text, offset);
}

static bool is_blank(char c)
{
	return c != '\0' && strchr(" \t\r\f\v", c) != NULL;
}

/* The start of the white space before `at`, on its line. */
static size_t blank_before(const struct source *source, size_t at)
{
	while (at > 0 && is_blank(source->text->bytes[at - 1]))
		at--;
	return at;
}

static size_t blank_after(const struct source *source, size_t at)
{
	while (at < source->text->len && is_blank(source->text->bytes[at]))
		at++;
	return at;
}

static bool begins_line(const struct source *source, size_t at)
{
	at = blank_before(source, at);
	return at == 0 || source->text->bytes[at - 1] == '\n';
}

static bool ends_line(const struct source *source, size_t at)
{
	at = blank_after(source, at);
	return at >= source->text->len || source->text->bytes[at] == '\n';
}

/* A comment that stands alone covers the line after it, and after other such comments. */
static void cover_lines(const struct search *s, struct source *source)
{
	const struct cover *next = NULL;

	source->covers =
		arena_alloc(s->app->arena, (source->comments.count + 1) * sizeof(struct cover));
	for (size_t i = source->comments.count; i-- > 0;) {
		const struct comment *comment = &source->comments.items[i];
		struct cover *cover = &source->covers[i];

		cover->alone = begins_line(source, comment->outer_start) &&
			       ends_line(source, comment->outer_end);
		cover->first_line = line_of(s, source, comment->outer_start);
		cover->last_line = line_of(s, source, comment->outer_end);
		if (cover->alone)
			cover->last_line = next != NULL && next->alone &&
							   next->first_line == cover->last_line + 1
						   ? next->last_line
						   : cover->last_line + 1;
		next = cover;
	}
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
		item->first_line = source->covers[comment].first_line;
		item->last_line = source->covers[comment].last_line;
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
	source->covers[index].first_item = source->count;
	for (size_t at = directive.codes_start;
	     directive_next_code(text, directive.codes_end, &at, &start, &end);) {
		add_code(s, source, index, &directive, place_in(source, base + start, base + end));
		source->covers[index].codes++;
	}
	source->covers[index].items = source->count - source->covers[index].first_item;
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
static struct source *new_source(struct search *s, const char *file)
{
	if (map_get(&s->by_file, file) != NULL)
		return NULL;
	struct source *source = arena_alloc(s->app->arena, sizeof(*source));
	source->file = file;
	source->text = texts_find(s->texts, file);
	map_set(&s->by_file, file, source);
	return source->text != NULL && mentions_us(source->text) ? source : NULL;
}

static int compare_suppressions(const void *a, const void *b)
{
	const struct suppression *const *x = a, *const *y = b;
	int order = strcmp((*x)->rule->info.code, (*y)->rule->info.code);

	if (order == 0)
		order = (int)(*x)->file_wide - (int)(*y)->file_wide;
	return order != 0 ? order : *x < *y ? -1 : 1;
}

static void read_comments(const struct search *s, struct source *source)
{
	cover_lines(s, source);
	for (size_t i = 0; i < source->comments.count; i++)
		read_comment(s, source, i);
	source->sorted = arena_alloc(s->app->arena, (source->count + 1) * sizeof(*source->sorted));
	for (size_t i = 0; i < source->count; i++)
		source->sorted[i] = &source->suppressions[i];
	qsort(source->sorted, source->count, sizeof(*source->sorted), compare_suppressions);
}

static void read_module(struct search *s, const struct module *module)
{
	struct source *source = new_source(s, module->path);

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
	struct source *source = new_source(s, file);
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

/* The first in sorted order that is not of a code before this one, nor for lines before the given
 * one; `wide`: that is not for lines. */
static size_t first_from(const struct source *source, const char *code, size_t line, bool wide)
{
	size_t low = 0, high = source->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct suppression *item = source->sorted[middle];
		int order = strcmp(item->rule->info.code, code);

		if (order < 0 ||
		    (order == 0 && !item->file_wide && (wide || item->last_line < line)))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct suppression *sorted_at(const struct source *source, size_t at, const char *code,
				     bool wide)
{
	struct suppression *item = at < source->count ? source->sorted[at] : NULL;

	return item != NULL && strcmp(item->rule->info.code, code) == 0 && item->file_wide == wide
		       ? item
		       : NULL;
}

/* A comment at the line is of use before one for the whole file. */
static bool suppress(const struct search *s, const struct diag *diag)
{
	struct source *source =
		diag->place.file != NULL ? map_get(&s->by_file, diag->place.file) : NULL;
	struct suppression *item;

	if (source == NULL || source->count == 0)
		return false;
	bool whole = diag->place.start == 0 && diag->place.end == 0;
	size_t line = whole ? 0 : line_of(s, source, diag->place.start);
	item = sorted_at(source, first_from(source, diag->code, line, false), diag->code, false);
	if (item == NULL || item->first_line > line)
		item = sorted_at(source, first_from(source, diag->code, 0, true), diag->code, true);
	if (item != NULL)
		item->used = true;
	return item != NULL;
}

/* --- comments of no use ------------------------------------------------------------------------
 */

/* What the comment becomes when all its codes go. */
static void edit_away(const struct search *s, const struct source *source, struct diag *diag,
		      size_t index)
{
	const struct comment *comment = &source->comments.items[index];
	size_t start = comment->outer_start, end = comment->outer_end;
	const char *text = "";

	if (source->covers[index].alone) {
		start = blank_before(source, start);
		end = blank_after(source, end);
		end += end < source->text->len;
	} else if (ends_line(source, end)) {
		start = blank_before(source, start);
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

/* Takes one code out of its list. */
static void edit_list(const struct search *s, const struct source *source, struct diag *diag,
		      const struct suppression *unused)
{
	const struct cover *cover = &source->covers[unused->comment];
	bool is_last = unused == &source->suppressions[cover->first_item + cover->items - 1];

	diag_edit(s->diags, diag,
		  is_last ? place_in(source, unused[-1].code.end, unused->code.end)
			  : place_in(source, unused->code.start, unused[1].code.start),
		  "");
	diag->fix_is_safe = true;
}

/* The fix waits while the comment also holds a code that nobody knows. */
static void report_unused(const struct search *s, const struct source *source,
			  const struct suppression *unused, bool any_used)
{
	const struct cover *cover = &source->covers[unused->comment];
	struct diag *diag =
		diag_add(s->diags, &rule_suppression_unused.info, unused->code,
			 "there is no finding `%s` here to suppress", unused->rule->info.name);

	diag->help = "remove the comment, or move it to the line it is for";
	if (source->secret || cover->items < cover->codes)
		return; /* an unknown code must be looked at first */
	if (any_used)
		edit_list(s, source, diag, unused);
	else
		edit_away(s, source, diag, unused->comment);
}

static void report_comment(const struct search *s, const struct source *source,
			   const struct cover *cover)
{
	const struct suppression *items = source->suppressions + cover->first_item;
	bool any_used = false;

	for (size_t i = 0; i < cover->items; i++)
		any_used = any_used || items[i].used;
	for (size_t i = 0; i < cover->items; i++)
		if (!items[i].used)
			report_unused(s, source, &items[i], any_used);
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

		for (size_t j = 0;
		     source->count > 0 && !source->broken && j < source->comments.count; j++)
			report_comment(&search, source, &source->covers[j]);
	}
	map_dispose(&search.by_file);
	if (kept.count > 0)
		secrets_hide(&job, texts, &kept);
	diags_sort(&kept);
	*diags = kept;
}
