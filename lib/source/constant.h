/* What the bundler knows of a value without running the code, as far as it leaves code out for it:
 * `if (process.env.NODE_ENV !== "production") require("./debug")` takes no ./debug into what is
 * shipped. */
#ifndef ATTIO_SOURCE_CONSTANT_H
#define ATTIO_SOURCE_CONSTANT_H

#include "source/syntax.h"

/* Whether the expression or statement can never be run: it is in the branch of an `if`, of `?:`,
 * `&&`, `||` or `??` that a constant rules out. */
bool is_dead(const struct syntax *syntax, struct node node);

#endif
