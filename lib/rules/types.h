/* Type annotations read off the syntax, through the app's own aliases and imports. What comes from
 * a package, or needs inference, is TYPE_UNKNOWN and no rule complains. */
#ifndef ATTIO_RULES_TYPES_H
#define ATTIO_RULES_TYPES_H

#include "app/app.h"

struct type {
	const struct module *module; /* where `node` stands */
	struct node node;            /* null: unknown */
	const char *name;    /* of a type that is neither declared nor imported in the app (a global
			      * such    as Request), or NULL */
	const char *package; /* it is imported from here, or NULL */
	const char *imported; /* by this name */
};

/* The type itself from a type_annotation or a type node: parentheses, `readonly` and aliases
 * looked through. */
struct type type_of(const struct app *app, const struct module *module, struct node annotation);
/* The declared return type of a function, or the one that its typed variable, `satisfies` or `as`
 * gives it; null node when none is declared. */
struct type return_type(const struct app *app, const struct module *module, struct node function);
/* The type annotation of the n-th parameter in the function's typed variable, `satisfies` or `as`;
 * a null node when there is none. */
struct node context_parameter(const struct app *app, const struct module *module,
			      struct node function, size_t n, const struct module **where);
/* The declared type of a variable, a parameter, a property of one, or of `x as T`; null node when
 * it would take inference. */
struct type expression_type(const struct app *app, const struct module *module,
			    struct node expression);
/* The first type argument: T of Promise<T>, Array<T>. */
struct type type_argument(const struct app *app, const struct type *type);
bool type_is_promise(const struct type *type);
/* any, unknown or something we cannot look into. */
bool type_is_open(const struct type *type);
/* A word such as "void" or "string". */
bool type_is_word(const struct type *type, const char *word);
/* The members of a union, one after the other; a type that is none is its own single member. False
 * behind the last one. `at` is null before the first:
 * for (struct node at = {0}; type_next_member(app, &type, &at, &member);) */
bool type_next_member(const struct app *app, const struct type *type, struct node *at,
		      struct type *member);
/* Whether an object type or interface declares `property` (inherited ones make it unknown: true).
 */
bool type_has_property(const struct app *app, const struct type *type, const char *property);
/* An object type literal or an interface. */
bool type_is_object(const struct type *type);
/* An interface or class that extends another one. */
bool type_is_derived(const struct type *type);

#endif
