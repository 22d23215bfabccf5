/* What `attio validate` checks: one table, one function a rule, one file a family. */
#ifndef ATTIO_RULES_RULES_H
#define ATTIO_RULES_RULES_H

#include <stddef.h>

#include "diag/diag.h"

struct app;
struct module;
struct texts;
struct walk;

struct rule {
	struct rule_info info;
	const char *summary;     /* one line */
	const char *explanation; /* why it matters and what to do, paragraphs split by "\n\n" */
	const char *bad;         /* a failing example, with its file name in a first-line comment */
	const char *good;        /* the corrected one */
	/* Adds findings of this rule that the app as a whole shows; and what it looks for in each
	 * module (rules/visit.h). Neither: found while the app model is read (app.problems), while
	 * bundling, or by the walk of a rule that is its neighbour. */
	void (*check)(const struct rule *rule, const struct app *app, struct diags *diags);
	const struct walk *walk;
};

/* All rules, sorted by code; ends with NULL. */
extern const struct rule *const rules[];

const struct rule *rule_find(const char *code_or_name);

/* Runs every rule on the app and adds the model's own problems; the result is sorted. All memory is
 * that of `diags`; `texts`, the app's or a store on top of it, is what reports will read:
 * secrets_hide. */
void rules_run(const struct app *app, struct texts *texts, struct diags *diags);

/* The part of the SDK from which a module of its kind takes the name ("attio/client"); NULL: it is
 * not the SDK's, or not for such a module. */
const char *rules_home_of(const struct app *app, const struct module *module, const char *name);

/* From here on the store shows the texts that the findings point into with their credentials
 * masked, whatever rules were run, and the findings' messages quote none of these: no report can
 * print one. */
void secrets_hide(const struct app *app, struct texts *texts, const struct diags *diags);

#endif
