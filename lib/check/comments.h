/* The comments of a source text, by its syntax: what only looks like one inside a string or a
 * template is none. */
#ifndef ATTIO_CHECK_COMMENTS_H
#define ATTIO_CHECK_COMMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct syntax;

/* In bytes from the start of the text. */
struct comment {
	size_t start, end;             /* with its marks */
	size_t text_start, text_end;   /* without them */
	size_t outer_start, outer_end; /* with the braces of {/ * * /} in JSX; else start and end */
};

/* In the order of the source. */
struct comments {
	struct comment *items;
	size_t count;
};

void comments_of_module(struct comments *comments, struct arena *arena,
			const struct syntax *syntax);
/* From `#` to the end of the line, outside strings. */
void comments_of_graphql(struct comments *comments, struct arena *arena, const char *bytes,
			 size_t len);
/* The same in a file of variables, where a value may be quoted and a `#` within a word is part of
 * it. */
void comments_of_env(struct comments *comments, struct arena *arena, const char *bytes, size_t len);

#endif
