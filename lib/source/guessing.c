/* See guessing.h. */
#include "source/guessing.h"

#include <string.h>

bool word_at(const struct guess *g, uint32_t i, const char *word)
{
	const struct token *token = token_at(g, i);
	size_t len = strlen(word);

	return token->kind == LEX_WORD && token->end - token->start == len &&
	       memcmp(g->tokens.bytes + token->start, word, len) == 0;
}

bool word_in(const struct guess *g, uint32_t i, const char *const *words)
{
	for (; *words != NULL; words++)
		if (word_at(g, i, *words))
			return true;
	return false;
}

void blank(struct guess *g, uint32_t first, uint32_t last)
{
	for (uint32_t at = token_at(g, first)->start; at < token_at(g, last)->end; at++)
		if (g->text[at] != '\n' && g->text[at] != '\r')
			g->text[at] = ' ';
}

void rename_word(struct guess *g, uint32_t i)
{
	const struct token *token = token_at(g, i);

	if (token->kind == LEX_WORD && token->end > token->start)
		g->text[token->start] = '_';
}

bool is_of_type(uint8_t kind)
{
	return kind != ';' && kind != LEX_END && kind != LEX_OPERATOR && kind != LEX_REGEX &&
	       kind != '+' && kind != '*' && kind != '/' && kind != '%' && kind != '!';
}

uint32_t angle_start(const struct guess *g, uint32_t end)
{
	uint32_t depth = 0;

	for (uint32_t i = end; i > 0 && end - i < ANGLES; i--) {
		uint8_t kind = kind_at(g, i);

		if (kind == '>')
			depth++;
		else if (kind == '<' && --depth == 0)
			return i;
		else if (!is_of_type(kind) || kind == '(' || kind == '[' || kind == '{')
			return 0;
		if (token_at(g, i)->mate < i)
			i = token_at(g, i)->mate;
	}
	return 0;
}

uint32_t angle_end(const struct guess *g, uint32_t start)
{
	uint32_t depth = 0;

	for (uint32_t i = start; i < g->tokens.count && i - start < ANGLES; i++) {
		uint8_t kind = kind_at(g, i);

		if (kind == '<')
			depth++;
		else if (kind == '>' && --depth == 0)
			return i;
		else if (!is_of_type(kind) || kind == ')' || kind == ']' || kind == '}')
			return 0;
		if (token_at(g, i)->mate > i)
			i = token_at(g, i)->mate;
	}
	return 0;
}
