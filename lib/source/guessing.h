/* Steps of guess. Only lib/source includes this. */
#ifndef ATTIO_SOURCE_GUESSING_H
#define ATTIO_SOURCE_GUESSING_H

#include "source/syntax.h"
#include "source/tokens.h"

struct guess {
	char *text;           /* is changed */
	struct tokens tokens; /* of the text before */
	enum dialect dialect;
};

/* Tokens by number; past either end there is a LEX_END. */
static inline const struct token *token_at(const struct guess *g, uint32_t i)
{
	return &g->tokens.items[i < g->tokens.count ? i : g->tokens.count];
}

static inline uint8_t kind_at(const struct guess *g, uint32_t i)
{
	return token_at(g, i)->kind;
}

bool word_at(const struct guess *g, uint32_t i, const char *word);
/* Whether the word is one of `words`, which end with NULL. */
bool word_in(const struct guess *g, uint32_t i, const char *const *words);

/* Puts blanks in place of the tokens from `first` to `last` and what is between them; line ends
 * stay. */
void blank(struct guess *g, uint32_t first, uint32_t last);
/* Makes a word one that means nothing to the grammar. Names are read from the original text. */
void rename_word(struct guess *g, uint32_t i);

/* How many tokens type arguments may have. */
#define ANGLES 1000

/* What may be between the angles of type arguments. */
bool is_of_type(uint8_t kind);
/* The `<` of the type arguments that the `>` at `i` ends, and the other way round; 0: it is none.
 */
uint32_t angle_start(const struct guess *g, uint32_t i);
uint32_t angle_end(const struct guess *g, uint32_t i);

/* guess_members.c: what is in a class or an interface whose keyword is at `i`. */
void guess_members(struct guess *g, uint32_t i);

#endif
