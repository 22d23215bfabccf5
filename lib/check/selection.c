/* See selection.h. The choices are kept for each rule, so that asking needs no words any more. */
#include "check/selection.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/text.h"
#include "rules/rules.h"
#include "json/json.h"
#include "json/where.h"

static const char manifest[] = "package.json";

static size_t rule_count(void)
{
	size_t count = 0;

	while (rules[count] != NULL)
		count++;
	return count;
}

void selection_init(struct selection *selection, struct arena *arena)
{
	*selection = (struct selection){
		.arena = arena,
		.choices = arena_alloc(arena, rule_count() * sizeof(*selection->choices)),
	};
}

const char *selection_nearest(struct arena *arena, const char *word)
{
	size_t count = rule_count();
	const char **words = arena_alloc(arena, (2 * count + 1) * sizeof(*words));
	char *upper = arena_strdup(arena, word);

	for (size_t i = 0; i < count; i++) {
		words[2 * i] = rules[i]->info.name;
		words[2 * i + 1] = rules[i]->info.code;
	}
	/* Codes are written in capitals; that is no typing mistake. */
	for (char *c = upper; *c != '\0'; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	const struct rule *same = rule_find(upper);
	if (same != NULL)
		return same->info.code;
	return str_nearest(word, words);
}

/* --- options -----------------------------------------------------------------------------------
 */

/* 0: the word does not mean the rule. */
static size_t precision(const char *word, const struct rule_info *info)
{
	if (strcmp(word, info->code) == 0 || strcmp(word, info->name) == 0)
		return SIZE_MAX;
	/* "ATT" and as many digits as one likes; not "A", which would fit names as well. */
	return str_starts(word, "ATT") && str_starts(info->code, word) ? strlen(word) : 0;
}

static int unknown_word(struct selection *selection, const char *option, const char *word,
			struct error *error)
{
	const char *near = selection_nearest(selection->arena, word);

	error_set(error, ERROR_USAGE, "`%s` knows no rule `%s`", option, word);
	if (near != NULL)
		return error_fix(error, "did you mean `%s`?", near);
	return error_fix(error, "`attio explain` lists all codes and names; a beginning such as "
				"`ATT2` means all codes that begin so");
}

static int add_word(struct selection *selection, bool select, const char *option, const char *word,
		    struct error *error)
{
	bool known = false;

	for (size_t i = 0; rules[i] != NULL; i++) {
		struct selection_choice *choice = &selection->choices[i];
		size_t *best = select ? &choice->selected : &choice->ignored;
		size_t now = precision(word, &rules[i]->info);

		if (now > *best)
			*best = now;
		known = known || now > 0;
	}
	return known ? 0 : unknown_word(selection, option, word, error);
}

int selection_add(struct selection *selection, bool select, const char *option, const char *words,
		  struct error *error)
{
	if (select)
		selection->selecting = true;
	else
		selection->ignoring = true;
	for (const char *at = words;;) {
		size_t len = strcspn(at, ",");
		size_t before = strspn(at, " ");
		size_t end = len;

		while (end > before && at[end - 1] == ' ')
			end--;
		if (before >= end) {
			error_set(error, ERROR_USAGE, "`%s` has an empty word in `%s`", option,
				  words);
			return error_fix(error, "write codes or names with one comma between two");
		}
		const char *word = arena_strndup(selection->arena, at + before, end - before);
		if (add_word(selection, select, option, word, error) != 0)
			return -1;
		if (at[len] == '\0')
			return 0;
		at += len + 1;
	}
}

/* --- package.json ------------------------------------------------------------------------------
 */

struct reading {
	struct selection *selection;
	struct texts *texts;
	struct text *text;
	const char *path[5]; /* of the value that is looked at; ends with NULL */
	struct error *error;
};

/* An ERROR_USAGE whose message begins with the place of the value, or of its name. */
static int complain(struct reading *r, bool at_key, const char *message)
{
	struct json_where where = {0};

	json_where(r->text->bytes, r->text->len, r->path, &where);
	struct position at =
		text_position(r->texts, r->text, at_key ? where.key_start : where.start);
	return error_set(r->error, ERROR_USAGE, "%s:%zu:%zu: %s", manifest, at.line, at.column,
			 message);
}

static int read_rule(struct reading *r, const cJSON *item)
{
	static const char *const words[] = {"off", "warning", "error", NULL};
	static const enum severity severities[] = {SEVERITY_OFF, SEVERITY_WARNING, SEVERITY_ERROR};
	struct arena *arena = r->selection->arena;
	const struct rule *rule = rule_find(item->string);

	if (rule == NULL) {
		const char *near = selection_nearest(arena, item->string);
		complain(r, true, arena_printf(arena, "there is no rule `%s`", item->string));
		return near != NULL
			       ? error_fix(r->error, "did you mean `%s`?", near)
			       : error_fix(r->error, "`attio explain` lists all codes and names");
	}
	for (size_t i = 0; cJSON_IsString(item) && words[i] != NULL; i++) {
		if (strcmp(item->valuestring, words[i]) != 0)
			continue;
		for (size_t j = 0; rules[j] != NULL; j++) {
			if (rules[j] == rule)
				r->selection->choices[j] = (struct selection_choice){
					.selected = r->selection->choices[j].selected,
					.ignored = r->selection->choices[j].ignored,
					.configured = true,
					.severity = severities[i]};
		}
		return 0;
	}
	const char *near = cJSON_IsString(item) ? str_nearest(item->valuestring, words) : NULL;
	complain(r, false,
		 arena_printf(arena, "`%s` must be `off`, `warning` or `error`", item->string));
	return near != NULL ? error_fix(r->error, "did you mean `%s`?", near) : -1;
}

/* Goes down to the object `name`; *found stays NULL when there is none. */
static int enter(struct reading *r, size_t depth, const cJSON *object, const cJSON **found)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, r->path[depth]);

	*found = item;
	if (item == NULL || cJSON_IsObject(item))
		return 0;
	const char *last = r->path[depth + 1];
	r->path[depth + 1] = NULL;
	complain(r, false,
		 arena_printf(r->selection->arena, "`%s` must be an object", r->path[depth]));
	r->path[depth + 1] = last;
	return -1;
}

static int unknown_key(struct reading *r, const char *key)
{
	static const char *const known[] = {"rules", NULL};
	const char *near = str_nearest(key, known);

	r->path[2] = key;
	r->path[3] = NULL;
	complain(r, true,
		 arena_printf(r->selection->arena, "`attio.validate` has no setting `%s`", key));
	return near != NULL ? error_fix(r->error, "did you mean `%s`?", near)
			    : error_fix(r->error, "its settings are: `rules`");
}

static int read_document(struct reading *r, const cJSON *document)
{
	const cJSON *attio, *validate, *list, *item;

	r->path[0] = "attio";
	r->path[1] = "validate";
	r->path[2] = "rules";
	if (enter(r, 0, document, &attio) != 0 || enter(r, 1, attio, &validate) != 0)
		return -1;
	cJSON_ArrayForEach(item, validate)
	{
		if (strcmp(item->string, "rules") != 0)
			return unknown_key(r, item->string);
	}
	if (enter(r, 2, validate, &list) != 0)
		return -1;
	cJSON_ArrayForEach(item, list)
	{
		r->path[3] = item->string;
		if (read_rule(r, item) != 0)
			return -1;
	}
	return 0;
}

int selection_read(struct selection *selection, struct texts *texts, struct error *error)
{
	struct reading reading = {.selection = selection, .texts = texts, .error = error};
	struct error ignored = {0};
	cJSON *document;
	int result = 0;

	reading.text = texts_find(texts, manifest);
	if (reading.text == NULL)
		return 0;
	document = json_parse(reading.text->bytes, reading.text->len, manifest, NULL, &ignored);
	if (cJSON_IsObject(document))
		result = read_document(&reading, document);
	cJSON_Delete(document);
	return result;
}

enum severity selection_severity(const struct selection *selection, const struct diag *diag)
{
	for (size_t i = 0; rules[i] != NULL; i++) {
		const struct selection_choice *choice = &selection->choices[i];

		if (strcmp(rules[i]->info.code, diag->code) != 0)
			continue;
		if (choice->ignored > 0 && choice->ignored >= choice->selected)
			return SEVERITY_OFF;
		if (selection->selecting && choice->selected == 0)
			return SEVERITY_OFF;
		/* A flag that names a rule wins over a file that turns it off. */
		if (choice->configured &&
		    (choice->severity != SEVERITY_OFF || choice->selected == 0))
			return choice->severity;
		return diag->severity;
	}
	return selection->selecting ? SEVERITY_OFF : diag->severity;
}
