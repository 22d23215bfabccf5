/* Members of classes and interfaces: modifiers in orders and numbers that the grammar does not
 * know, and members that are called like modifiers. A modifier is left out, as no question about a
 * module asks for it; `static`, `async`, `get` and `set` stay. */
#include <string.h>

#include "source/guessing.h"

static const char *const modifiers[] = {
	"public", "private", "protected", "override", "readonly", "declare", "abstract", "accessor",
	"in",     "out",     "const",     "static",   "async",    "get",     "set",      NULL};
static const char *const kept[] = {"static", "async", "get", "set", NULL};

/* How far the head of a class may reach. */
#define HEAD 400

/* The `{` of the body; 0 when there is none. */
static uint32_t body_of(const struct guess *g, uint32_t at)
{
	uint32_t angles = 0;

	for (uint32_t i = at + 1; i < g->tokens.count && i < at + HEAD; i++) {
		switch (kind_at(g, i)) {
		case '(':
		case '[':
			i = token_at(g, i)->mate;
			break;
		case '<':
			angles++;
			break;
		case '>':
			angles -= angles > 0;
			break;
		case '{':
			if (angles == 0 && !word_at(g, i - 1, "extends"))
				return i;
			i = token_at(g, i)->mate;
			break;
		case ')':
		case ']':
		case '}':
		case ';':
			return 0;
		case ':':
		case '=':
			if (angles == 0)
				return 0;
			break;
		default:
			break;
		}
	}
	return 0;
}

/* Whether the word at `i` is what the member is called. */
static bool is_name(const struct guess *g, uint32_t i)
{
	const struct token *next = token_at(g, i + 1);

	switch (next->kind) {
	case '(':
	case '<':
	case '=':
	case ';':
	case ':':
	case '?':
	case '!':
	case '}':
	case ',':
	case LEX_END:
		return true;
	case '*':
		return next->fresh;
	default:
		return next->fresh && !word_in(g, i, kept);
	}
}

static bool is_index_signature(const struct guess *g, uint32_t i)
{
	return kind_at(g, i) == '[' && kind_at(g, i + 1) == LEX_WORD && kind_at(g, i + 2) == ':';
}

/* A line end after a member that ends there, and that the grammar would read on from. */
static void end_member(struct guess *g, uint32_t i)
{
	const struct token *token = token_at(g, i), *next = token_at(g, i + 1);
	char *end;

	if (!next->fresh || next->kind == LEX_END)
		return;
	end = memchr(g->text + token->end, '\n', next->start - token->end);
	if (end != NULL && end == g->text + token->end)
		*end = ';';
	else if (g->text[token->end] == ' ' || g->text[token->end] == '\r')
		g->text[token->end] = ';';
}

/* From the first token of a member to its name, or what stands for one. */
static void read_modifiers(struct guess *g, uint32_t i)
{
	for (uint32_t first = i; word_in(g, i, modifiers); i++) {
		if (is_name(g, i)) {
			rename_word(g, i);
			if (kind_at(g, i + 1) == '*' || kind_at(g, i + 1) == LEX_WORD ||
			    kind_at(g, i + 1) == '[')
				end_member(g, i);
			return;
		}
		if (word_at(g, i, "static") && kind_at(g, i + 1) == '{')
			return;
		if (!word_in(g, i, kept))
			blank(g, i, i);
		/* `static [key: string]: T` */
		for (uint32_t k = first; is_index_signature(g, i + 1) && k <= i; k++)
			blank(g, k, k);
	}
}

/* Whether a member ends with the token at `i`, which is at the body's level. */
static bool ends_member(const struct guess *g, uint32_t i)
{
	static const char *const joins[] = {"extends", "as", "satisfies",  "in",
					    "is",      "of", "instanceof", NULL};
	const struct token *token = token_at(g, i), *next = token_at(g, i + 1);
	bool begins = next->kind == LEX_WORD || next->kind == LEX_STRING || next->kind == '[' ||
		      next->kind == '#' || next->kind == '@' || next->kind == '*';

	if (token->kind == ';' || token->kind == ',')
		return true;
	if (!begins || word_in(g, i + 1, joins))
		return false;
	if (token->kind == '}')
		return next->kind != '[' || next->fresh;
	return next->fresh &&
	       (token->kind == LEX_WORD || token->kind == LEX_STRING || token->kind == ')' ||
		token->kind == ']' || token->kind == '>' || token->kind == LEX_TEMPLATE);
}

/* The first token after the decorators at `i`; their type arguments go. */
static uint32_t skip_decorators(struct guess *g, uint32_t i)
{
	while (kind_at(g, i) == '@' && i < g->tokens.count) {
		i++;
		while (kind_at(g, i) == LEX_WORD && kind_at(g, i + 1) == '.')
			i += 2;
		if (kind_at(g, i) == LEX_WORD)
			i++;
		if (kind_at(g, i) == '(')
			i = token_at(g, i)->mate + 1;
	}
	return i;
}

void guess_members(struct guess *g, uint32_t at)
{
	uint32_t open = body_of(g, at), end = open != 0 ? token_at(g, open)->mate : 0;

	if (end <= open)
		return;
	for (uint32_t i = open + 1; i < end; i++) {
		bool first = i == open + 1;

		if (first || ends_member(g, i - 1)) {
			i = skip_decorators(g, i);
			read_modifiers(g, i);
		}
		/* Past what is in brackets. */
		if (i < end && token_at(g, i)->mate > i)
			i = token_at(g, i)->mate;
	}
}
