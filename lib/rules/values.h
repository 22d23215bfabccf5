/* What an expression visibly is, as far as the app's own source tells. Where only the type checker
 * would know, the answer is VALUE_UNKNOWN and no rule complains. */
#ifndef ATTIO_RULES_VALUES_H
#define ATTIO_RULES_VALUES_H

#include <stdbool.h>

#include "app/app.h"

enum value_kind {
	VALUE_UNKNOWN,   /* a call of something we cannot see, a package's export, ... */
	VALUE_FUNCTION,
	VALUE_CLASS,
	VALUE_OBJECT,    /* object or array literal */
	VALUE_LITERAL,   /* string, number, boolean, null, regex, template, JSX */
	VALUE_UNDEFINED, /* undefined, void 0 */
	VALUE_NEW,       /* new X(...) */
	VALUE_CALL,      /* a call or import() */
	VALUE_NAME,      /* an identifier that is not bound to one of the above */
	VALUE_OTHER      /* arithmetic, comparison, member access, ... */
};

struct value {
	enum value_kind kind;
	const struct module *module; /* where `node` stands */
	TSNode node;                 /* unwrapped; `await` looked through when asked */
	bool awaited;
};

/* Looks through parentheses, casts and local names (constants inside `function`, which may be null,
 * and at the top level, imports of the app's own modules). */
struct value value_of(const struct app *app, const struct module *module, TSNode function,
		      TSNode expression);
/* A few words for messages: "an object", "a class", ... NULL for kinds without a plain word. */
const char *value_words(const struct value *value);

/* The declarator of the one local variable called `name` inside `function`; null when there is none
 * or more than one. */
TSNode local_variable(const struct module *module, TSNode function, const char *name);
/* Whether `name` is a parameter of `function` or of a function inside it. */
bool is_parameter(const struct module *module, TSNode function, const char *name);

/* Calls `visit` for each `return` of `function` itself (not of functions inside it), and for the
 * expression body of an arrow function; `value` is null for a bare `return`. */
typedef void (*return_visitor)(TSNode statement, TSNode value, void *payload);
void each_return(TSNode function, return_visitor visit, void *payload);
/* Whether control can run off the end of the function's body without `return` or `throw`. */
bool falls_off_end(TSNode function);

/* What the name of a callee refers to: the specifier of the package it is imported from and the
 * name there ("attio/server", "createWebhookHandler"), through local names, namespace members and
 * re-exports in the app; false when it is not a package's export. */
bool package_member(const struct app *app, const struct module *module, TSNode callee,
		    const char **package, const char **name);

#endif
