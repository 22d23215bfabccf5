/* Puts right what the grammar groups wrongly. Only lib/source includes this. */
#ifndef ATTIO_SOURCE_REGROUP_H
#define ATTIO_SOURCE_REGROUP_H

#include "source/syntax.h"

/* `await f<T>(x)` is `await (f<T>(x))`, and `a + b!` is `a + (b!)`. */
void syntax_regroup(struct syntax *syntax);

#endif
