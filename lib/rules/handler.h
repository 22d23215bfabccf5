/* The default export of a server function, webhook or event file: what the rules of server.c and
 * signature.c look at. */
#ifndef ATTIO_RULES_HANDLER_H
#define ATTIO_RULES_HANDLER_H

#include "rules/internal.h"
#include "rules/values.h"

struct handler {
	const struct definition *definition;
	const char *what;          /* "server function", "webhook", "event handler" */
	const struct export *item; /* of the definition's own module; NULL when there is none */
	struct resolved resolved;
	struct value value; /* what the default export turned out to be */
};

/* Calls `check` for every handler of the kinds whose file parses. */
typedef void (*handler_check)(const struct rule *rule, const struct app *app, struct diags *diags,
			      const struct handler *handler);
void each_handler(const struct rule *rule, const struct app *app, struct diags *diags,
		  const enum definition_kind *kinds, size_t kind_count, handler_check check);

/* Where the default export is written; the file as a whole when it has none. */
struct place export_place(const struct handler *handler);
/* Where to point for a node of the function: at the node when it is in the handler's own file, else
 * at the export. */
struct place function_place(const struct handler *handler, struct node node);
/* From the start of the function to its body: the signature. */
struct place signature_place(const struct handler *handler);

/* Calls `judge` with each expression that the function may return: the branches of conditional and
 * the right sides of logical expressions one by one. `expression` is null for a bare `return`,
 * whose statement is `place`. */
typedef void (*return_judge)(void *payload, struct node place, struct node expression);
void each_returned(const struct module *module, struct node function, return_judge judge,
		   void *payload);

/* The declared return type of a call of one of the app's own functions; null node when unknown. */
struct type called_type(const struct app *app, const struct value *call);
/* T of a declared Promise<T>, or the type itself. */
struct type unpromised(const struct app *app, struct type type);

/* promises.c: whether the call is known to start asynchronous work: fetch, functions of the SDK,
 * functions of the app that are async or declare a promise. */
bool is_async_call(const struct app *app, const struct module *module, struct node call);
/* promises.c: whether `await` may stand where the expression is. */
bool may_await(struct node node);
/* layout.c: whether the platform fires an event of this name. */
bool is_platform_event(const char *id);
/* "server", "webhook" or "event" when the module is a handler whose suffix is spelled wrongly
 * (ATT1012), else NULL. */
const char *misspelt_suffix(const struct app *app, const struct module *module);
/* Whether the module is a webhook in a place or under a name where nobody sees it (ATT1010,
 * ATT1012). */
bool is_stray_webhook(const struct app *app, const struct module *module);
/* What such a webhook's name begins with; a mark follows. */
const char *stray_webhook_name(const struct app *app, const struct module *module);

#endif
