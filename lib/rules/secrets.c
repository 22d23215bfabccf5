/* ATT7001: credentials in the source. What is found must not be printed again by our own reports,
 * whose frames show source lines: they show a copy of the text with the credential masked, of the
 * same length, so that lines and columns stay. That is so whichever findings are asked for, hence
 * apart from the rule. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/credentials.h"
#include "rules/internal.h"
#include "rules/visit.h"

/* What is done with a credential in a literal. */
typedef void (*literal_found)(void *payload, const struct module *module, struct node literal,
			      const struct credential *found);

struct secrets {
	const struct app *app;
	const struct module *module;
	bool test; /* a file of tests: invented keys are expected there */
	literal_found visit;
	void *payload;
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

/* The value of an operand is, or is part of, the value of the whole. */
static bool passes_value_on(struct node node)
{
	switch (node_kind(node)) {
	case NODE_PARENTHESIZED_EXPRESSION:
	case NODE_AS_EXPRESSION:
	case NODE_SATISFIES_EXPRESSION:
	case NODE_NON_NULL_EXPRESSION:
	case NODE_BINARY_EXPRESSION:
	case NODE_TERNARY_EXPRESSION:
	case NODE_AWAIT_EXPRESSION:
		return true;
	default:
		return false;
	}
}

/* The name that a literal's value is given to: of a variable, a property, a field, a parameter;
 * null when there is none. */
static struct node given_name(struct node literal)
{
	struct node node = literal, parent = node_parent(node);

	while (passes_value_on(parent)) {
		node = parent;
		parent = node_parent(node);
	}
	if (node_is(parent, NODE_VARIABLE_DECLARATOR) ||
	    node_is(parent, NODE_PUBLIC_FIELD_DEFINITION) || node_is(parent, NODE_ENUM_ASSIGNMENT))
		return node_same(node_field(parent, FIELD_VALUE), node)
			       ? node_field(parent, FIELD_NAME)
			       : (struct node){0};
	if (node_is(parent, NODE_PAIR))
		return node_same(node_field(parent, FIELD_VALUE), node)
			       ? node_field(parent, FIELD_KEY)
			       : (struct node){0};
	if (node_is(parent, NODE_REQUIRED_PARAMETER) || node_is(parent, NODE_OPTIONAL_PARAMETER))
		return node_field(parent, FIELD_PATTERN);
	if (node_is(parent, NODE_JSX_ATTRIBUTE))
		return node_down_named(parent);
	if (node_is(parent, NODE_ASSIGNMENT_EXPRESSION) ||
	    node_is(parent, NODE_ASSIGNMENT_PATTERN) ||
	    node_is(parent, NODE_OBJECT_ASSIGNMENT_PATTERN)) {
		struct node left = node_unwrap(node_field(parent, FIELD_LEFT));

		if (node_is(left, NODE_MEMBER_EXPRESSION))
			return node_field(left, FIELD_PROPERTY);
		return node_is(left, NODE_SUBSCRIPT_EXPRESSION) ? node_field(left, FIELD_INDEX)
								: left;
	}
	return (struct node){0};
}

/* Comparisons and `+` build no credential out of one literal. */
static bool is_compared(const struct module *module, struct node literal)
{
	struct node parent = node_parent(literal), operator= node_field(parent, FIELD_OPERATOR);

	return node_is(parent, NODE_BINARY_EXPRESSION) &&
	       !node_text_is(&module->syntax, operator, "??") &&
	       !node_text_is(&module->syntax, operator, "||");
}

/* A credential in a literal's own text: what is between the braces of a template has literals of
 * its own. */
static bool find_own(const struct secrets *s, struct node literal, struct credential *found)
{
	size_t len, from = 1;
	const char *bytes = node_bytes(&s->module->syntax, literal, &len);

	if (node_is(literal, NODE_TEMPLATE_STRING)) {
		for (struct node part = node_down_named(literal); !node_is_null(part);
		     part = node_next_named(part)) {
			size_t to = node_start(part) - node_start(literal);

			if (!node_is(part, NODE_TEMPLATE_SUBSTITUTION))
				continue;
			if (credential_find(bytes + from, to - from, found)) {
				found->at += from - 1;
				return true;
			}
			from = node_end(part) - node_start(literal);
		}
	}
	if (from >= len || !credential_find(bytes + from, len - 1 - from, found))
		return false;
	found->at += from - 1;
	return true;
}

static void judge_literal(struct secrets *s, struct node literal)
{
	const struct syntax *syntax = &s->module->syntax;
	struct credential found;
	size_t name_len;
	const char *name_bytes, *text;
	struct node name;

	if (node_end(literal) - node_start(literal) < 12)
		return;
	if (find_own(s, literal, &found)) {
		s->visit(s->payload, s->module, literal, &found);
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
	found = (struct credential){"what looks like a credential", 0, 2, 0};
	s->visit(s->payload, s->module, literal, &found);
}

/* For hiding: the walk of the rule over one module. */
static bool visit_literal(struct node node, void *payload)
{
	if (node_is(node, NODE_STRING) || node_is(node, NODE_TEMPLATE_STRING))
		judge_literal(payload, node);
	return !node_is(node, NODE_IMPORT_STATEMENT) && !node_is(node, NODE_STRING);
}

static void each_literal(const struct app *app, const struct module *module, literal_found visit,
			 void *payload)
{
	struct secrets secrets = {app, module, is_test(module->path), visit, payload};

	node_walk(syntax_root(&module->syntax), visit_literal, &secrets);
}

/* --- the rule -----------------------------------------------------------------------------------
 */

static void tell(void *payload, const struct module *module, struct node literal,
		 const struct credential *found)
{
	const struct visiting *v = payload;
	struct place place = node_place(&module->syntax, literal);
	struct diag *diag;

	place.start += 1 + found->at;
	if (place.start + found->shown < place.end)
		place.end = place.start + found->shown;
	diag = diag_add(v->diags, &v->rule->info, place, "%s stands in the source", found->what);
	diag->label = "the rest is not shown";
	diag->help = "revoke it at its provider, then keep the new one in a connection "
		     "(`getWorkspaceConnection` of `attio/server`) or in an environment variable";
}

static bool wants_literals(struct visiting *v)
{
	struct secrets *secrets = arena_alloc(v->arena, sizeof(*secrets));

	*secrets = (struct secrets){v->app, v->module, is_test(v->module->path), tell, v};
	v->own = secrets;
	return true;
}

static bool see_literal(const struct visiting *v, struct node node)
{
	judge_literal(v->own, node);
	return true; /* there may be others between the braces of a template */
}

static const struct walk literals = {
	.wants = wants_literals,
	.visits =
		(const struct visit[]){
			{NODE_STRING, see_literal},
			{NODE_TEMPLATE_STRING, see_literal},
			{NODE_IMPORT_STATEMENT, NULL},
			{NODE_NONE, NULL},
		},
};

/* --- hiding -------------------------------------------------------------------------------------
 */

static void hide(char *masked, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		if (masked[i] != '\n' && masked[i] != '\r')
			masked[i] = '*';
	}
}

/* Shorter stretches would be found in ordinary words, and so would what is a word itself. */
enum { SECRET_LEAST = 6, WORD_MOST = 16, HEAD_MOST = 32 };

/* A value that is a word (`replace`) is hidden only behind the text that it follows in its file
 * (`PASSWORD=`): elsewhere it is the word, ours or the author's, and stars in its place would tell
 * which one is the secret. */
struct secret {
	const char *text; /* with that text */
	size_t shown;     /* the length of it; 0: the value is hidden wherever it stands */
	const struct secret *within; /* once they are sorted */
};

struct hiding {
	const struct app *app;
	struct texts *texts;
	struct arena *arena; /* of the messages */
	struct map done;     /* paths of texts whose secrets are known */
	struct secret *secrets;
	size_t secret_count;
};

struct masking {
	struct arena *arena;
	const struct text *text;
	char *masked; /* NULL: nothing is hidden yet */
};

static void mask(struct masking *masking, size_t start, size_t end)
{
	if (masking->masked == NULL)
		masking->masked = arena_strndup(masking->arena, text_shown(masking->text),
						masking->text->len);
	hide(masking->masked, start, end);
}

static void mask_literal(void *payload, const struct module *module, struct node literal,
			 const struct credential *found)
{
	(void)module;
	mask(payload, node_start(literal) + 1 + found->at + found->shown, node_end(literal) - 1);
}

/* Comments and texts that do not parse hold no literals: there the known forms are looked for. */
static void mask_text(const struct hiding *h, struct text *text, const char *path)
{
	struct masking masking = {.arena = h->texts->arena, .text = text};
	const struct module *module = app_module(h->app, path);
	struct credential found;

	if (module != NULL)
		each_literal(h->app, module, mask_literal, &masking);
	for (size_t at = 0; credential_next(text->bytes, text->len, at, &found);
	     at = found.at + found.shown + found.rest)
		mask(&masking, found.at + found.shown, found.at + found.shown + found.rest);
	if (masking.masked != NULL)
		text->shown = masking.masked;
	text->searched = true;
}

/* Whether people write it for something else than a secret. */
static bool is_word(const char *bytes, size_t len)
{
	bool letters = false, digits = false;

	for (size_t i = 0; i < len; i++) {
		letters = letters || isalpha((unsigned char)bytes[i]);
		digits = digits || isdigit((unsigned char)bytes[i]);
	}
	return len <= WORD_MOST && letters != digits;
}

/* The length of what stands before `at`, up to a blank. */
static size_t head_of(const struct text *text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < HEAD_MOST &&
	       !isspace((unsigned char)text->bytes[start - 1]))
		start--;
	return at - start;
}

/* What the mask covers, for the messages that quote it. */
static void remember(struct hiding *h, const struct text *text)
{
	for (size_t at = 0, end; at < text->len; at = end + 1) {
		for (end = at; end < text->len && text->bytes[end] != text->shown[end];)
			end++;
		if (end - at >= SECRET_LEAST) {
			bool word = is_word(text->bytes + at, end - at);
			size_t head = word ? head_of(text, at) : 0;
			struct secret *slot;

			if (word && head == 0)
				continue;
			slot = arena_push(h->arena, &h->secrets, &h->secret_count, sizeof(*slot));
			*slot = (struct secret){.text = arena_strndup(h->arena,
								      text->bytes + at - head,
								      head + end - at),
						.shown = head};
		}
	}
}

static void hide_in_text(struct hiding *h, const char *path)
{
	struct text *text;

	if (path == NULL || map_get(&h->done, path) != NULL)
		return;
	map_set(&h->done, path, h);
	text = texts_find(h->texts, path);
	if (text == NULL)
		return;
	if (!text->searched)
		mask_text(h, text, path);
	if (text->shown != NULL)
		remember(h, text);
}

static int compare_secrets(const void *a, const void *b)
{
	const struct secret *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Sorts them, and finds of each the longest other one that it begins with. */
static void sort_secrets(struct hiding *h)
{
	if (h->secret_count > 1)
		qsort(h->secrets, h->secret_count, sizeof(*h->secrets), compare_secrets);
	for (size_t i = 1; i < h->secret_count; i++) {
		struct secret *secret = &h->secrets[i];

		secret->within =
			strcmp(secret->text, secret[-1].text) == 0 ? secret[-1].within : secret - 1;
		while (secret->within != NULL && !str_starts(secret->text, secret->within->text))
			secret->within = secret->within->within;
		if (secret[-1].shown < secret->shown && strcmp(secret->text, secret[-1].text) == 0)
			secret->shown = secret[-1].shown;
		if (secret->within != NULL && secret->within->shown == 0)
			secret->shown = 0;
	}
}

/* The longest one that the text begins with; NULL for none. */
static const struct secret *secret_at(const struct hiding *h, const char *text)
{
	const struct secret *found;
	size_t low = 0, high = h->secret_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(h->secrets[middle].text, text) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	/* What begins the text also begins all that is sorted between it and the text. */
	found = low > 0 ? &h->secrets[low - 1] : NULL;
	while (found != NULL && !str_starts(text, found->text))
		found = found->within;
	return found;
}

static void hide_in_message(const struct hiding *h, const char **message)
{
	size_t len = *message != NULL ? strlen(*message) : 0, hidden = 0;
	char *masked = NULL;

	for (size_t at = 0; at < len; at++) {
		const struct secret *secret = secret_at(h, *message + at);
		size_t start = secret != NULL ? at + secret->shown : 0;
		size_t end = secret != NULL ? at + strlen(secret->text) : 0;

		if (end <= hidden)
			continue;
		if (masked == NULL)
			masked = arena_strdup(h->arena, *message);
		hide(masked, start > hidden ? start : hidden, end);
		hidden = end;
	}
	if (masked != NULL)
		*message = masked;
}

void secrets_hide(const struct app *app, struct texts *texts, const struct diags *diags)
{
	struct hiding h = {.app = app, .texts = texts, .arena = diags->arena};
	bool compiler = false;

	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		hide_in_text(&h, diag->place.file);
		for (size_t n = 0; n < diag->note_count; n++)
			hide_in_text(&h, diag->notes[n].place.file);
		compiler = compiler || str_starts(diag->code, "TS");
	}
	/* The compiler quotes literals, also those of other files than the one it complains about.
	 */
	for (size_t i = 0; compiler && i < app->module_count; i++)
		hide_in_text(&h, app->modules[i]->path);
	sort_secrets(&h);
	for (size_t i = 0; h.secret_count > 0 && i < diags->count; i++) {
		struct diag *diag = &diags->items[i];

		hide_in_message(&h, &diag->message);
		hide_in_message(&h, &diag->label);
		hide_in_message(&h, &diag->help);
		for (size_t n = 0; n < diag->note_count; n++)
			hide_in_message(&h, &diag->notes[n].message);
	}
	map_dispose(&h.done);
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
	.walk = &literals,
};
