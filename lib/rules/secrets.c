/* ATT7001: credentials in the source. What is found must not be printed again by our own reports,
 * whose frames show source lines: they show a copy of the text with the credential masked, of the
 * same length, so that lines and columns stay. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/credentials.h"
#include "rules/internal.h"

struct secrets {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct module *module;
	bool test;    /* a file of tests: invented keys are expected there */
	char *masked; /* the module's text, copied when the first credential is found */
};

static bool is_test(const char *path)
{
	static const char *const parts[] = {".test.",     ".spec.",    "__tests__/",
					    "__mocks__/", "fixtures/", "__fixtures__/",
					    "/test/",     "/tests/"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strstr(path, parts[i]) != NULL)
			return true;
	}
	return false;
}

/* Hides the literal's bytes past the first `shown` of the credential at `at`. */
static void hide(struct secrets *s, struct node literal, size_t at, size_t shown)
{
	size_t start = node_start(literal) + 1 + at + shown;
	size_t end = node_end(literal) - 1;

	if (s->masked == NULL)
		s->masked =
			arena_strndup(s->app->arena, s->module->text->bytes, s->module->text->len);
	for (size_t i = start; i < end; i++) {
		if (s->masked[i] != '\n' && s->masked[i] != '\r')
			s->masked[i] = '*';
	}
}

static void report(struct secrets *s, struct node literal, const struct credential *found)
{
	struct place place = node_place(&s->module->syntax, literal);
	struct diag *diag;

	place.start += 1 + found->at;
	if (place.start + found->shown < place.end)
		place.end = place.start + found->shown;
	diag = diag_add(s->diags, &s->rule->info, place, "%s stands in the source", found->what);
	diag->label = "the rest is not shown";
	diag->help = "revoke it at its provider, then keep the new one in a connection "
		     "(`getWorkspaceConnection` of `attio/server`) or in an environment variable";
	hide(s, literal, found->at, found->shown);
}

/* The name that a literal's value is given to: of a variable, a property, a field, a parameter;
 * null when there is none. */
static struct node given_name(struct node literal)
{
	static const char *const through[] = {"parenthesized_expression", "as_expression",
					      "satisfies_expression",     "non_null_expression",
					      "binary_expression",        "ternary_expression",
					      "await_expression"};
	struct node node = literal, parent = node_parent(node);

	for (size_t i = 0; i < sizeof(through) / sizeof(through[0]);) {
		if (!node_is(parent, through[i])) {
			i++;
			continue;
		}
		node = parent;
		parent = node_parent(node);
		i = 0;
	}
	if (node_is(parent, "variable_declarator") || node_is(parent, "public_field_definition") ||
	    node_is(parent, "enum_assignment"))
		return node_same(node_field(parent, "value"), node) ? node_field(parent, "name")
								    : (struct node){0};
	if (node_is(parent, "pair"))
		return node_same(node_field(parent, "value"), node) ? node_field(parent, "key")
								    : (struct node){0};
	if (node_is(parent, "required_parameter") || node_is(parent, "optional_parameter"))
		return node_field(parent, "pattern");
	if (node_is(parent, "jsx_attribute"))
		return node_child(parent, 0);
	if (node_is(parent, "assignment_expression") || node_is(parent, "assignment_pattern") ||
	    node_is(parent, "object_assignment_pattern")) {
		struct node left = node_unwrap(node_field(parent, "left"));

		if (node_is(left, "member_expression"))
			return node_field(left, "property");
		return node_is(left, "subscript_expression") ? node_field(left, "index") : left;
	}
	return (struct node){0};
}

/* Comparisons and `+` build no credential out of one literal. */
static bool is_compared(const struct module *module, struct node literal)
{
	struct node parent = node_parent(literal), operator= node_field(parent, "operator");

	return node_is(parent, "binary_expression") &&
	       !node_text_is(&module->syntax, operator, "??") &&
	       !node_text_is(&module->syntax, operator, "||");
}

static void judge_literal(struct secrets *s, struct node literal)
{
	const struct syntax *syntax = &s->module->syntax;
	struct credential found;
	size_t len, name_len;
	const char *bytes = node_bytes(syntax, literal, &len), *name_bytes, *text;
	struct node name;

	if (len < 12)
		return;
	if (credential_find(bytes + 1, len - 2, &found)) {
		report(s, literal, &found);
		return;
	}
	text = node_string(syntax, s->app->arena, literal);
	if (text == NULL || s->test || is_compared(s->module, literal))
		return;
	name = given_name(literal);
	if (node_is_null(name))
		return;
	name_bytes = node_bytes(syntax, name, &name_len);
	if (!credential_name(name_bytes, name_len) || !credential_is_random(text, strlen(text)))
		return;
	found = (struct credential){"what looks like a credential", 0, 2};
	report(s, literal, &found);
}

static bool visit_literal(struct node node, void *payload)
{
	struct secrets *s = payload;

	if (node_is(node, "import_statement"))
		return false;
	if (node_is(node, "string") || node_is(node, "template_string")) {
		judge_literal(s, node);
		return node_is(node, "template_string");
	}
	return true;
}

static void check_secrets(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		struct secrets secrets = {
			.rule = rule, .app = app, .diags = diags, .module = app->modules[i]};

		secrets.test = is_test(secrets.module->path);
		node_walk(syntax_root(&secrets.module->syntax), visit_literal, &secrets);
		if (secrets.masked != NULL)
			secrets.module->text->shown = secrets.masked;
	}
}

const struct rule rule_secret_in_source = {
	.info = {"ATT7001", "secret-in-source", SEVERITY_ERROR},
	.summary = "A credential stands in the source",
	.explanation =
		"A key that was ever committed or shipped must be taken as known to others: "
		"everyone who "
		"can read the repository or the bundle has it. Client code is sent to every user's "
		"browser.\n\n"
		"Found are keys by the form that their providers give them, private keys, signed "
		"tokens, "
		"and random-looking text given to names such as `apiKey`, `token` or `password`. "
		"Placeholders, hashes and ids are not meant. Revoke the key first, then keep the "
		"new one "
		"in a connection or an environment variable. Reports show its first letters only.",
	.bad = "// src/send.server.ts\nconst apiKey = \"q8Zt...\"  // the real key, all of it",
	.good = "// src/send.server.ts\nimport {getWorkspaceConnection} from \"attio/server\"\n"
		"const apiKey = getWorkspaceConnection().value",
	.check = check_secrets,
};
