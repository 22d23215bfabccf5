/* Comments that suppress findings:
 *
 *     // attio-ignore CODE[, CODE] -- reason         on the line, or alone on the line above
 *     // attio-ignore-file CODE[, CODE] -- reason    anywhere in the file
 *
 * also as block comments, in JSX as {/ * ... * /}, in .graphql and .env files after `#`. */
#ifndef ATTIO_CHECK_SUPPRESSIONS_H
#define ATTIO_CHECK_SUPPRESSIONS_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct diags;
struct texts;

/* What one comment says; offsets within the text that was parsed. */
struct directive {
	bool file_wide;
	bool has_reason;
	size_t word_end;               /* behind `attio-ignore` and what is joined to it */
	bool word_known;               /* `attio-ignore` or `attio-ignore-file`, nothing else */
	size_t codes_start, codes_end; /* the list of codes, empty when there is none */
};

/* Reads a comment without its marks. False when it is no directive. */
bool directive_parse(const char *text, size_t len, struct directive *directive);
/* The next code or name of the list between *at and `end`; false at its end. *at moves on. */
bool directive_next_code(const char *text, size_t end, size_t *at, size_t *code_start,
			 size_t *code_end);

/* Moves what comments of the app suppress from `diags` to `suppressed` and adds the findings about
 * the comments themselves (ATT8010 to ATT8012). `diags` are all findings of the app, whatever is
 * selected: only so can be told which comments are of no use. */
void suppressions_apply(const struct app *app, struct texts *texts, struct diags *diags,
			struct diags *suppressed);

#endif
