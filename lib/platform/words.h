/* A server's own words on their way to people: they can hold what a terminal obeys, and what nobody
 * shall read. */
#ifndef ATTIO_PLATFORM_WORDS_H
#define ATTIO_PLATFORM_WORDS_H

#include <stddef.h>

struct buf;
struct attio_api;

/* Bytes of a name, a title, a time, a word for a state. */
#define WORDS_LIMIT 200

/* A copy of `text` in the platform's arena: no control bytes, no invalid UTF-8, no marks that turn
 * the direction of writing; the token, hidden values and what follows the "?" of an address become
 * "***"; at most `limit` bytes, cut at a character. */
const char *words_shown(const struct attio_api *platform, const char *text, size_t limit);

/* What the body of a refusal says, likewise: `message` of a JSON object or what stands for it
 * (an OAuth `error_description`, the messages of `errors`), else the text itself without HTML's
 * marks; at most 300 bytes, "" when it says nothing. */
const char *words_of_answer(const struct attio_api *platform, const struct buf *body);

#endif
