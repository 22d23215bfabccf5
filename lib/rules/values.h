/* What an expression visibly is, as far as the app's own source tells. Where only the type checker
 * would know, the answer is VALUE_UNKNOWN and no rule complains. */
#ifndef ATTIO_RULES_VALUES_H
#define ATTIO_RULES_VALUES_H

#include <stdbool.h>

#include "app/app.h"

enum value_kind {
	VALUE_UNKNOWN, /* a call of something we cannot see, a package's export, ... */
	VALUE_FUNCTION,
	VALUE_CLASS,
	VALUE_OBJECT,    /* object or array literal */
	VALUE_LITERAL,   /* string, number, boolean, null, regex, template, JSX */
	VALUE_UNDEFINED, /* undefined, void 0 */
	VALUE_NEW,       /* new X(...) */
	VALUE_CALL,      /* a call or import() */
	VALUE_NAME,      /* an identifier that is not bound to one of the above */
	VALUE_COMPUTED,  /* arithmetic, comparison, negation, `typeof` */
	VALUE_OTHER      /* member access, a logical expression, ... */
};

struct value {
	enum value_kind kind;
	const struct module *module; /* where `node` stands */
	struct node node;            /* unwrapped; `await` looked through when asked */
	bool awaited;
};

/* Looks through parentheses, casts and names (constants and functions of the scopes around it and
 * of the top level, imports of the app's own modules). A variable that is never assigned again
 * counts as a constant. */
struct value value_of(const struct app *app, const struct module *module, struct node expression);
/* A few words for messages: "an object", "a class", ... NULL for kinds without a plain word. */
const char *value_words(const struct value *value);

/* The text of an expression, or of a shorthand property, when it is known: a literal, a constant, a
 * template literal or a `+` whose parts are known; NULL otherwise. */
const char *value_text(const struct app *app, const struct module *module, struct node expression);
/* The value of property `name` in an object literal, the item itself for a shorthand; null when it
 * is not there or a spread may hide it. */
struct node value_property(const struct app *app, const struct value *object, const char *name);

/* What the callee of a call refers to. */
struct value callee_of(const struct app *app, const struct value *call);
/* The method that a call names: of the class around `this`, of a class, of what `new` makes of one,
 * of an object literal. VALUE_OTHER when it cannot be seen. */
struct value method_of(const struct app *app, const struct value *call);
/* Whether an identifier is bound neither in the module nor around the place where it stands. */
bool is_global(const struct app *app, const struct module *module, struct node identifier);

/* What an expression refers to, when it comes from a package: the specifier and the names there
 * ("attio/server", "Workflows.defineWorkflowBlockExecute"), through local names, namespaces,
 * destructuring and re-exports in the app. */
bool package_path(const struct app *app, const struct module *module, struct node expression,
		  const char **package, const char **path);
/* The same for what the package itself exports: "createWebhookHandler". */
bool package_member(const struct app *app, const struct module *module, struct node callee,
		    const char **package, const char **name);

/* The property that `name` takes in a destructuring pattern of one level; NULL when there is none.
 */
const char *pattern_key(const struct app *app, const struct module *module, struct node pattern,
			const char *name);

#endif
