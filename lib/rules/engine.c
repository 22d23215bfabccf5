/* ATT9007: syntax that esbuild leaves in a bundle and that engines do not read, so that nothing of
 * the bundle runs. Tried on Node 20.20, 22.23 and 24.22: none reads decorators and `accessor`;
 * `using`, modifiers of regular expressions and group names that are used twice 24 reads alone.
 * What Attio's platform runs is not known, so the latter are warnings. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/visit.h"
#include "sys/path.h"

/* A bundle that cannot be read at all says so once; each form is told once a module. */
struct told {
	bool decorator, accessor, using, pattern;
};

static void tell(const struct visiting *v, struct place place, bool *told, const char *what,
		 enum severity severity, const char *help)
{
	struct diag *diag;

	if (*told)
		return;
	*told = true;
	diag = diag_add(v->diags, &v->rule->info, place,
			severity == SEVERITY_ERROR
				? "%s stays in the bundle, and no engine can read it"
				: "%s stays in the bundle, and many engines cannot read it",
			what);
	diag->severity = severity;
	diag->label = "nothing of the bundle would run";
	diag->help = help;
}

/* esbuild turns TypeScript's own decorators into calls. */
static bool has_own_decorators(const struct visiting *v)
{
	return v->app->tsconfig.experimental_decorators &&
	       strstr(path_ext(v->module->path), "ts") != NULL;
}

static bool see_decorator(const struct visiting *v, struct node node)
{
	struct told *told = v->own;

	if (!has_own_decorators(v))
		tell(v, node_place(&v->module->syntax, node), &told->decorator, "a decorator",
		     SEVERITY_ERROR,
		     "call the function yourself, or set `experimentalDecorators` in tsconfig.json "
		     "if these are TypeScript's own decorators");
	return true;
}

/* The word that ends before `at` in the same line; its start is in *start. */
static bool word_before(const struct syntax *syntax, size_t at, const char *word, size_t *start)
{
	size_t len = strlen(word);

	while (at > 0 && (syntax->bytes[at - 1] == ' ' || syntax->bytes[at - 1] == '\t'))
		at--;
	if (at < len || memcmp(syntax->bytes + at - len, word, len) != 0)
		return false;
	*start = at - len;
	return *start == 0 || strchr(" \t\r\n;{})", syntax->bytes[*start - 1]) != NULL;
}

/* `accessor x = 1`; the tree may have lost the word (source/guess.h). */
static bool see_field(const struct visiting *v, struct node node)
{
	const struct syntax *syntax = &v->module->syntax;
	struct told *told = v->own;
	size_t start, before, name = node_start(node_field(node, FIELD_NAME));
	struct place place;

	if (!word_before(syntax, name, "accessor", &start) || start + strlen("accessor") == name ||
	    word_before(syntax, start, "abstract", &before) ||
	    word_before(syntax, start, "declare", &before))
		return true;
	place = node_place(syntax, node);
	place.start = start;
	place.end = start + strlen("accessor");
	tell(v, place, &told->accessor, "an `accessor` field", SEVERITY_ERROR,
	     "write a field, or `get` and `set`");
	return true;
}

static void judge_using(const struct visiting *v, struct node kind)
{
	struct told *told = v->own;

	if (node_text_is(&v->module->syntax, kind, "using"))
		tell(v, node_place(&v->module->syntax, kind), &told->using, "`using`",
		     SEVERITY_WARNING,
		     "Node 24 has it, Node 20 and 22 have not, and what Attio runs is not known: "
		     "use `const` with `try` and `finally`");
}

static bool see_declaration(const struct visiting *v, struct node node)
{
	judge_using(v, node_field(node, FIELD_KIND));
	return true;
}

/* --- regular expressions ------------------------------------------------------------------------
 */

/* `(?i:...)`, `(?i-s:...)` at the `?`. */
static bool is_modifier(const char *text, size_t len)
{
	size_t at = 1;

	while (at < len && strchr("ims-", text[at]) != NULL && text[at] != '\0')
		at++;
	return at > 1 && at < len && text[at] == ':';
}

/* Whether a group of this name comes before `at`, outside of classes and escapes. */
static bool is_named_before(const char *text, size_t at, const char *name, size_t len)
{
	for (size_t i = 0; i + len < at; i++) {
		if (text[i] == '\\')
			i++;
		else if (text[i] == '(' && text[i + 1] == '?' && text[i + 2] == '<' &&
			 strncmp(text + i + 3, name, len) == 0 && text[i + 3 + len] == '>')
			return true;
	}
	return false;
}

enum { PATTERN_LIMIT = 4000, GROUP_LIMIT = 32 }; /* nobody writes more by hand */

static bool is_new_pattern(const char *text, size_t len)
{
	bool class = false;
	int groups = 0;

	for (size_t i = 0; i + 2 < len && len < PATTERN_LIMIT && groups < GROUP_LIMIT; i++) {
		const char *end;

		if (text[i] == '\\') {
			i++;
			continue;
		}
		if (text[i] == '[' || text[i] == ']')
			class = text[i] == '[';
		if (class || text[i] != '(' || text[i + 1] != '?')
			continue;
		if (is_modifier(text + i + 1, len - i - 1))
			return true;
		groups++;
		end = memchr(text + i, '>', len - i);
		if (text[i + 2] == '<' && text[i + 3] != '=' && text[i + 3] != '!' && end != NULL &&
		    is_named_before(text, i, text + i + 3, (size_t)(end - text) - i - 3))
			return true;
	}
	return false;
}

static bool see_pattern(const struct visiting *v, struct node node)
{
	struct told *told = v->own;
	size_t len;
	const char *text = node_bytes(&v->module->syntax, node, &len);

	if (is_new_pattern(text, len))
		tell(v, node_place(&v->module->syntax, node), &told->pattern,
		     "a new kind of group in a regular expression", SEVERITY_WARNING,
		     "Node 24 has modifiers like `(?i:...)` and names that are used twice, Node 20 "
		     "and 22 have not, and what Attio runs is not known: write it without");
	return true;
}

static bool wants(struct visiting *v)
{
	if (v->module->runtimes == 0 || syntax_is_broken(&v->module->syntax))
		return false;
	v->own = arena_alloc(v->arena, sizeof(struct told));
	memset(v->own, 0, sizeof(struct told));
	return true;
}

static const struct walk forms = {
	.wants = wants,
	.visits = (const struct visit[]){{NODE_DECORATOR, see_decorator},
					 {NODE_PUBLIC_FIELD_DEFINITION, see_field},
					 {NODE_LEXICAL_DECLARATION, see_declaration},
					 {NODE_FOR_IN_STATEMENT, see_declaration},
					 {NODE_REGEX_PATTERN, see_pattern},
					 {NODE_AMBIENT_DECLARATION, NULL},
					 {NODE_NONE, NULL}},
};

const struct rule rule_engine_syntax = {
	.info = {"ATT9007", "engine-syntax", SEVERITY_ERROR},
	.summary = "Syntax that engines cannot read stays in the bundle",
	.explanation =
		"Bundles are written in the syntax of the source, without types. Decorators and "
		"`accessor` fields are read by no engine, so nothing of a bundle with them runs; "
		"decorators of TypeScript's own kind become calls when `experimentalDecorators` is "
		"set in tsconfig.json. `using`, modifiers in regular expressions (`(?i:...)`) and "
		"group names that are used twice are read by Node 24, but not by Node 20 and 22: "
		"since it is not known what Attio runs, these are warnings.",
	.bad = "// src/lib/cache.ts\nexport class Cache {\n  @logged size = 1\n}",
	.good = "// src/lib/cache.ts\nexport class Cache {\n  size = logged(1)\n}",
	.walk = &forms,
};
