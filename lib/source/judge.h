/* The engine's word about a text: the grammar of tree-sitter is not the language, what esbuild
 * accepts is what gets built. Our parser knows less than the language, and reads more than it is.
 */
#ifndef ATTIO_SOURCE_JUDGE_H
#define ATTIO_SOURCE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct syntax;

enum verdict_kind {
	VERDICT_NONE, /* nobody was asked */
	VERDICT_ACCEPTED,
	VERDICT_REFUSED,
	VERDICT_UNKNOWN /* the engine could not be asked */
};

struct verdict {
	enum verdict_kind kind;
	uint64_t judge;      /* who gave it: another engine may say something else */
	size_t start, end;   /* bytes that a refusal is about */
	const char *cause;   /* of a refusal, or why nobody could be asked */
	const char *remarks; /* what it warns of in a text that it accepts: "START END WORDS\n"
			      * each, START and END in bytes; NULL: of nothing */
	const char *remedy;  /* for an engine that could not be asked, or NULL */
	bool shortage;       /* nobody could be asked as something of the machine is used up */
};

/* Whoever opens an app gives it one (app/app.h). */
struct syntax_judge {
	/* Sets the verdicts of syntaxes, and returns how many are new: one that
	 * this judge gave before stays. Never fails: what cannot be asked is unknown. Texts of
	 * verdicts are in the arena. */
	size_t (*judge)(struct syntax *const *syntaxes, size_t count, struct arena *arena,
			const void *payload);
	const void *payload;
};

#endif
