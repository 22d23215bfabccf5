/* ATT7003, ATT8001, ATT8002, ATT8003 and ATT8005: environment variables, in the .env files and
 * where server code reads them. The platform checks names and values when a version is made; here
 * it is told at once. */
#include <stdlib.h>
#include <string.h>

#include "app/dotenv.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"
#include "rules/environment.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"

typedef void (*entry_check)(const struct rule *rule, const struct app *app, struct diags *diags,
			    const struct env_file *file, const struct env_entry *entry);

static void each_entry(const struct rule *rule, const struct app *app, struct diags *diags,
		       entry_check check)
{
	const struct env_file *files = app->env_files;

	for (size_t i = 0; i < app->env_file_count; i++) {
		for (size_t k = 0; k < files[i].entry_count; k++)
			check(rule, app, diags, &files[i], &files[i].entries[k]);
	}
}

static bool is_reserved(const char *key)
{
	return str_starts(key, "ATTIO_") || str_starts(key, "__ATTIO");
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_valid(const char *key)
{
	if (!is_upper(key[0]))
		return false;
	for (size_t i = 1; key[i] != '\0'; i++) {
		if (!is_upper(key[i]) && !is_digit(key[i]) && key[i] != '_')
			return false;
	}
	return true;
}

/* The nearest valid name, or NULL. */
static const char *upper_case(struct arena *arena, const char *key)
{
	char *out = arena_alloc(arena, strlen(key) * 2 + 1);
	size_t n = 0;

	for (size_t i = 0; key[i] != '\0'; i++) {
		char c = key[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		else if (i > 0 && is_upper(c) && key[i - 1] >= 'a' && key[i - 1] <= 'z')
			out[n++] = '_';
		else if (c == '-' || c == '.' || c == ' ')
			c = '_';
		else if (!is_upper(c) && !is_digit(c) && c != '_')
			return NULL;
		out[n++] = c;
	}
	out[n] = '\0';
	return is_valid(out) && !is_reserved(out) ? out : NULL;
}

static void check_key(const struct rule *rule, const struct app *app, struct diags *diags,
		      const struct env_file *file, const struct env_entry *entry)
{
	const char *better, *first = file->entries[0].key;
	struct diag *diag;

	if (utf16_is(first, strlen(first))) {
		if (entry == &file->entries[0])
			diag_add(diags, &rule->info, (struct place){.file = file->path},
				 "`%s` is saved as UTF-16, so that no name in it can be read",
				 file->path)
				->help = HELP_UTF16;
		return;
	}
	if (is_valid(entry->key) || is_reserved(entry->key))
		return;
	if (entry->key[0] == '\0') {
		diag_add(diags, &rule->info, entry->key_place, "this value has no name")->help =
			"write a name before `=`, or remove the line";
		return;
	}
	diag = diag_add(diags, &rule->info, entry->key_place,
			"`%s` cannot be the name of an environment variable", entry->key);
	diag->label = "upper-case letters, digits and underscores, a letter first";
	/* `const NAME`, `set NAME`: written for something else. */
	better = strrchr(entry->key, ' ');
	better = upper_case(app->arena, better != NULL ? better + 1 : entry->key);
	diag->help = better == NULL
			     ? "rename it here and where the code reads it"
			     : arena_printf(app->arena,
					    "write `%s`, here and where the code reads it", better);
}

static void check_reserved(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct env_file *file, const struct env_entry *entry)
{
	struct diag *diag;

	(void)app;
	(void)file;
	if (!is_reserved(entry->key))
		return;
	diag = diag_add(diags, &rule->info, entry->key_place,
			"the name `%s` is reserved for the platform", entry->key);
	diag->label =
		str_starts(entry->key, "ATTIO_") ? "begins with `ATTIO_`" : "begins with `__ATTIO`";
	diag->help =
		"choose another name; the app's own token is `ATTIO_API_TOKEN` of `attio/server`";
}

static void check_empty(const struct rule *rule, const struct app *app, struct diags *diags,
			const struct env_file *file, const struct env_entry *entry)
{
	struct diag *diag;

	(void)app;
	if (!entry->empty || file->example)
		return;
	diag = diag_add(diags, &rule->info, entry->key_place, "`%s` has no value", entry->key);
	diag->help = "give it a value or remove the line; names alone belong in `.env.example`";
}

static void check_keys(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_entry(rule, app, diags, check_key);
}

static void check_reserved_keys(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_entry(rule, app, diags, check_reserved);
}

static void check_empty_values(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_entry(rule, app, diags, check_empty);
}

/* --- reads
 * ---------------------------------------------------------------------------------------- */

/* The declarator of a variable that stands here and is never anything else; null for other
 * names. */
static struct node constant_of(const struct visiting *r, struct node identifier)
{
	const char *name = node_text(&r->module->syntax, r->app->arena, identifier);
	const struct binding *binding = facts_binding(&r->module->facts, name);
	struct node none = {0}, declarator;
	struct declared declared;

	if (facts_local(&r->module->facts, name, node_start(identifier), &declared))
		declarator = declared.node;
	else if (binding != NULL && binding->import < 0)
		declarator = binding->node;
	else
		return none;
	return node_is(declarator, NODE_VARIABLE_DECLARATOR) &&
			       node_text_is(&r->module->syntax,
					    node_field(node_parent(declarator), FIELD_KIND),
					    "const")
		       ? declarator
		       : none;
}

/* The name of the member that `node` takes: `a.b`, `a["b"]`. */
static const char *member_name(const struct visiting *r, struct node node)
{
	if (node_is(node, NODE_MEMBER_EXPRESSION))
		return node_text(&r->module->syntax, r->app->arena,
				 node_field(node, FIELD_PROPERTY));
	return node_is(node, NODE_SUBSCRIPT_EXPRESSION)
		       ? value_text(r->app, r->module, node_field(node, FIELD_INDEX))
		       : NULL;
}

/* `process`, `globalThis.process` */
static bool is_process(const struct visiting *r, struct node node)
{
	node = node_unwrap(node);
	if (node_is(node, NODE_IDENTIFIER))
		return node_text_is(&r->module->syntax, node, "process") &&
		       is_global(r->app, r->module, node);
	return str_equal(member_name(r, node), "process") &&
	       node_text_is(&r->module->syntax, node_unwrap(node_field(node, FIELD_OBJECT)),
			    "globalThis");
}

/* Whether a pattern of one level takes the property `env` as `name`. */
static bool takes_env(const struct visiting *r, struct node pattern, const char *name)
{
	const struct syntax *syntax = &r->module->syntax;

	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) &&
		    node_text_is(syntax, item, "env") && str_is(name, "env"))
			return true;
		if (node_is(item, NODE_PAIR_PATTERN) &&
		    node_text_is(syntax, node_field(item, FIELD_KEY), "env") &&
		    node_text_is(syntax, node_field(item, FIELD_VALUE), name))
			return true;
	}
	return false;
}

/* `process.env`, `process["env"]`, or a constant that is one of them. */
static bool is_environment(const struct visiting *r, struct node node)
{
	for (int steps = 0; steps < 16; steps++) {
		struct node declarator, pattern;

		node = node_unwrap(node);
		if (!node_is(node, NODE_IDENTIFIER))
			return str_equal(member_name(r, node), "env") &&
			       is_process(r, node_field(node, FIELD_OBJECT));
		declarator = constant_of(r, node);
		pattern = node_field(declarator, FIELD_NAME);
		if (node_is(pattern, NODE_OBJECT_PATTERN))
			return is_process(r, node_field(declarator, FIELD_VALUE)) &&
			       takes_env(r, pattern,
					 node_text(&r->module->syntax, r->app->arena, node));
		node = node_field(declarator, FIELD_VALUE);
	}
	return false;
}

/* The names that .env files declare. */
struct declared_names {
	bool all;           /* every read is wanted, not only those of other names */
	const char **names; /* as they are written; ends with NULL */
	const char **sorted;
	size_t count;
	size_t hints; /* how many names were looked for among others */
};

static int compare_names(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void read_name(const struct visiting *r, struct node node, const char *name)
{
	struct declared_names *declared = r->shared;
	const char *near;
	struct diag *diag;

	if (name == NULL || strcmp(name, "NODE_ENV") == 0)
		return;
	if (declared->all) {
		diag_add(r->diags, &r->rule->info, node_place(&r->module->syntax, node), "%s",
			 name);
		return;
	}
	if (bsearch(&name, declared->sorted, declared->count, sizeof(name), compare_names) != NULL)
		return;
	diag = diag_add(r->diags, &r->rule->info, node_place(&r->module->syntax, node),
			"`%s` is declared in no `.env` file", name);
	near = declared->hints++ < HINTS_MOST ? str_nearest(name, declared->names) : NULL;
	diag->help = near != NULL ? arena_printf(r->app->arena, "did you mean `%s`?", near)
				  : "add it to `.env`, or its name alone to `.env.example`, so "
				    "that whoever sets "
				    "up the app knows that it is needed";
}

static bool is_assigned(struct node node)
{
	struct node parent = node_parent(node);

	return (node_is(parent, NODE_ASSIGNMENT_EXPRESSION) &&
		node_same(node_field(parent, FIELD_LEFT), node)) ||
	       (node_is(parent, NODE_UNARY_EXPRESSION) && node_is(node_down(parent), TOKEN_DELETE));
}

/* `const {A, B: b, C = "x"} = process.env` */
static void read_pattern(const struct visiting *r, struct node pattern)
{
	const struct syntax *syntax = &r->module->syntax;

	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(key, NODE_STRING))
			read_name(r, key, node_string(syntax, r->app->arena, key));
		else if (node_is(key, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) ||
			 node_is(key, NODE_PROPERTY_IDENTIFIER))
			read_name(r, key, node_text(syntax, r->app->arena, key));
	}
}

/* `const {env: {A}} = process` */
static void read_nested(const struct visiting *r, struct node pattern)
{
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node value = node_field(item, FIELD_VALUE);

		if (node_is(value, NODE_ASSIGNMENT_PATTERN))
			value = node_field(value, FIELD_LEFT);
		if (node_is(item, NODE_PAIR_PATTERN) && node_is(value, NODE_OBJECT_PATTERN) &&
		    node_text_is(&r->module->syntax, node_field(item, FIELD_KEY), "env"))
			read_pattern(r, value);
	}
}

static bool see_member(const struct visiting *v, struct node node)
{
	struct node property = node_field(node, FIELD_PROPERTY);

	if (is_environment(v, node_field(node, FIELD_OBJECT)) && !is_assigned(node))
		read_name(v, property, node_text(&v->module->syntax, v->app->arena, property));
	return true;
}

static bool see_subscript(const struct visiting *v, struct node node)
{
	struct node index = node_field(node, FIELD_INDEX);

	if (is_environment(v, node_field(node, FIELD_OBJECT)) && !is_assigned(node))
		read_name(v, index, value_text(v->app, v->module, index));
	return true;
}

static bool see_declarator(const struct visiting *v, struct node node)
{
	struct node name = node_field(node, FIELD_NAME), value = node_field(node, FIELD_VALUE);

	if (node_is(name, NODE_OBJECT_PATTERN) && is_environment(v, value))
		read_pattern(v, name);
	else if (is_process(v, value))
		read_nested(v, name);
	return true;
}

static void *declared_names(const struct app *app, struct arena *arena)
{
	struct declared_names *declared = arena_alloc(arena, sizeof(*declared));
	const struct env_file *files = app->env_files;
	size_t count = 0;

	if (app->env_file_count == 0)
		return NULL;
	for (size_t i = 0; i < app->env_file_count; i++) {
		for (size_t k = 0; k < files[i].entry_count; k++) {
			const char **slot =
				arena_push(arena, &declared->names, &count, sizeof(*slot));

			*slot = files[i].entries[k].key;
		}
	}
	declared->count = count;
	arena_push(arena, &declared->names, &count, sizeof(*declared->names));
	declared->sorted = arena_alloc(arena, count * sizeof(*declared->sorted));
	memcpy(declared->sorted, declared->names, declared->count * sizeof(*declared->sorted));
	qsort(declared->sorted, declared->count, sizeof(*declared->sorted), compare_names);
	return declared;
}

static bool may_read(struct visiting *v)
{
	return strstr(v->module->text->bytes, "env") != NULL;
}

static const struct visit seen[] = {
	{NODE_MEMBER_EXPRESSION, see_member},
	{NODE_SUBSCRIPT_EXPRESSION, see_subscript},
	{NODE_VARIABLE_DECLARATOR, see_declarator},
	{NODE_NONE, NULL},
};

static const struct walk reads = {
	.modules = WALK_SERVER,
	.prepare = declared_names,
	.wants = may_read,
	.visits = seen,
};

static void *every_name(const struct app *app, struct arena *arena)
{
	struct declared_names *declared = arena_alloc(arena, sizeof(*declared));

	(void)app;
	declared->all = true;
	return declared;
}

static const struct walk every_read = {
	.modules = WALK_SERVER,
	.prepare = every_name,
	.wants = may_read,
	.visits = seen,
};

void environment_reads(const struct app *app, struct diags *found)
{
	static const struct rule rule = {.info = {"", "environment-read", SEVERITY_WARNING},
					 .walk = &every_read};
	const struct rule *const all[] = {&rule, NULL};

	visit_modules(all, app, found);
}

/* --- what git tracks
 * ---------------------------------------------------------------------------------------- */

static void check_tracked(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (const char *const *name = app->tracked; name != NULL && *name != NULL; name++) {
		if (files_type(&app->texts.files, *name) != FS_FILE)
			continue;
		diag_add(diags, &rule->info, (struct place){.file = *name}, "git tracks `%s`",
			 *name)
			->help = arena_printf(app->arena,
					      "run `git rm --cached %s`, add it to .gitignore, and "
					      "replace the secrets that it holds: older commits "
					      "keep them",
					      *name);
	}
}

const struct rule rule_env_file_tracked = {
	.info = {"ATT7003", "env-file-tracked", SEVERITY_ERROR},
	.summary = "A file of environment variables is in git",
	.explanation =
		"`.env` holds the secrets of an app, and everyone who can read a repository has "
		"what was ever committed to it. Meant are `.env`, `.env.local`, `.env.production` "
		"and `.env.*.local` in the app's folder.\n\n"
		"`git rm --cached .env` takes the file out of the next commit and leaves it on the "
		"disk; .gitignore keeps it out. Secrets that were pushed have to be replaced where "
		"they were made. Names without values belong in `.env.example`, which is meant to "
		"be committed.",
	.bad = "# .env, committed\nBILLING_TOKEN=...",
	.good = "# .gitignore\n.env\n.env.*\n!.env.example\n\n# .env.example, "
		"committed\nBILLING_TOKEN=",
	.check = check_tracked,
};

const struct rule rule_env_key_invalid = {
	.info = {"ATT8001", "env-key-invalid", SEVERITY_ERROR},
	.summary = "An environment variable has a name that the platform refuses",
	.explanation = "Names of environment variables begin with an upper-case letter and hold "
		       "upper-case "
		       "letters, digits and underscores. The platform refuses a whole version for "
		       "one wrong "
		       "name.",
	.bad = "# .env\nbilling-url=https://billing.example.com",
	.good = "# .env\nBILLING_URL=https://billing.example.com",
	.check = check_keys,
};

const struct rule rule_env_key_reserved = {
	.info = {"ATT8002", "env-key-reserved", SEVERITY_ERROR},
	.summary = "An environment variable has a name that the platform keeps for itself",
	.explanation =
		"Names that begin with `ATTIO_` or `__ATTIO` belong to the platform and are "
		"refused in "
		"an app. The token for Attio's API needs no variable: `attio/server` exports "
		"`ATTIO_API_TOKEN`.",
	.bad = "# .env\nATTIO_REGION=eu",
	.good = "# .env\nREGION=eu",
	.check = check_reserved_keys,
};

const struct rule rule_env_undeclared = {
	.info = {"ATT8003", "env-undeclared", SEVERITY_WARNING},
	.summary = "Server code reads an environment variable that no .env file declares",
	.explanation = "A variable that nobody has set is `undefined` when the code runs. All "
		       "names that server "
		       "code reads should stand in one of the `.env` files; `.env.example` counts "
		       "and is made "
		       "to be committed. Apps without any such file are left alone.",
	.bad = "// src/send.server.ts\nconst url = process.env.BILING_URL\n\n# "
	       ".env.example\nBILLING_URL=",
	.good = "// src/send.server.ts\nconst url = process.env.BILLING_URL\n\n# "
		".env.example\nBILLING_URL=",
	.walk = &reads,
};

const struct rule rule_env_value_empty = {
	.info = {"ATT8005", "env-value-empty", SEVERITY_WARNING},
	.summary = "An environment variable has no value",
	.explanation = "The platform refuses variables whose value is empty or blank, and Attio's "
		       "`dev` command "
		       "leaves them out without a word, so the code finds `undefined` instead of "
		       "an empty text. "
		       "Files that only list names, such as `.env.example`, are not concerned.",
	.bad = "# .env\nBILLING_URL=",
	.good = "# .env\nBILLING_URL=https://billing.example.com",
	.check = check_empty_values,
};
