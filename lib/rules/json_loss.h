/* What JSON makes nothing of: what goes between client and server crosses as JSON. Only lib/rules
 * includes this. */
#ifndef ATTIO_RULES_JSON_LOSS_H
#define ATTIO_RULES_JSON_LOSS_H

#include "rules/values.h"

/* "a `Map`" for the global class or type of that name when it does not survive; else NULL. NULL has
 * none. */
const char *json_loss(const char *name);
/* The same for what a call of the language or the platform visibly gives: `Uint8Array.from(...)`,
 * `response.arrayBuffer()`. */
const char *json_loss_of_call(const struct app *app, const struct value *call);

#endif
