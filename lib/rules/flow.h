/* Control flow inside one function, read off its statements. */
#ifndef ATTIO_RULES_FLOW_H
#define ATTIO_RULES_FLOW_H

#include <stdbool.h>

#include "app/app.h"

/* Calls `visit` for each `return` of `function` itself (not of functions inside it), and for the
 * expression body of an arrow function; `value` is null for a bare `return`. */
typedef void (*return_visitor)(struct node statement, struct node value, void *payload);
void each_return(struct node function, return_visitor visit, void *payload);

/* Whether control can run off the end of the function's body without `return` or `throw`. Calls of
 * the app's functions that are declared to return `never` end a path; a `switch` over a declared
 * union of literals is complete when every member has its case. */
bool falls_off_end(const struct app *app, const struct module *module, struct node function);

/* What stands between a function and a call in it that makes the call happen sometimes only ("in a
 * loop"); NULL: nothing does. Returns before it are not looked at. */
const char *flow_obstacle(const struct syntax *syntax, struct node call, struct node function);
/* Where the first `return` of the function itself ends; SIZE_MAX: it has none. Costs a walk. */
size_t flow_first_return(struct node function);
/* Whether what is in the function happens each time that the function is called: under no
 * condition, no default of a parameter, behind no `return`. `returned`: flow_first_return of the
 * function. */
bool flow_is_certain(const struct syntax *syntax, struct node node, struct node function,
		     size_t returned);

#endif
