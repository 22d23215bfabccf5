/* Which findings are reported and how severe they are: `--select` and `--ignore`, then the rules in
 * package.json, then each rule's own default. */
#ifndef ATTIO_CHECK_SELECTION_H
#define ATTIO_CHECK_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct arena;
struct error;
struct texts;

/* What was said about one rule. */
struct selection_choice {
	size_t selected; /* how precise the best fitting word was; 0: none fitted */
	size_t ignored;
	bool configured; /* in package.json */
	enum severity severity;
};

struct selection {
	struct arena *arena;
	struct selection_choice *choices; /* parallel to rules[] */
	bool selecting;                   /* --select was given: nothing else is reported */
	bool ignoring;
};

void selection_init(struct selection *selection, struct arena *arena);
/* Takes one value of an option: codes, names of rules and beginnings of codes ("ATT2"), separated
 * by commas. `option` is "--select" or "--ignore", for errors. The more precise word counts, of
 * equals that to ignore. ERROR_USAGE about an unknown word. */
int selection_add(struct selection *selection, bool select, const char *option, const char *words,
		  struct error *error);
/* Reads "attio": {"validate": {"rules": {CODE-OR-NAME: "off" | "warning" | "error"}}} of the
 * package.json of `texts`; a file that is missing or no JSON object says nothing (that is a
 * finding). ERROR_USAGE begins with the place: "package.json:7:12: ...". */
int selection_read(struct selection *selection, struct texts *texts, struct error *error);
/* SEVERITY_OFF: not reported. */
enum severity selection_severity(const struct selection *selection, const struct diag *diag);

/* The code or rule name nearest to a wrong word, or NULL. */
const char *selection_nearest(struct arena *arena, const char *word);

#endif
