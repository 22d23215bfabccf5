/* What the rules about the client's runtime share. */
#ifndef ATTIO_RULES_CLIENT_H
#define ATTIO_RULES_CLIENT_H

#include "base/map.h"
#include "rules/internal.h"
#include "rules/values.h"

/* client_globals.c, client_html.c, client_arguments.c */
extern const struct rule rule_client_no_network, rule_client_no_process, rule_client_no_dom,
	rule_client_no_html, rule_server_call_argument;

/* client_dialogs.c: adds to the finding about `alert` or `confirm` a repair of all its uses in the
 * module, if there is one. */
void offer_dialog(const struct app *app, const struct module *module, const char *name,
		  struct diags *diags, struct diag *diag);

/* absent.c */
extern const struct rule rule_client_absent_name, rule_server_absent_name;

/* The checks of rules that the bundler enforces too; the rules themselves are in bundling.c. */
/* client_servers.c */
void check_server_shape(const struct rule *rule, const struct app *app, struct diags *diags);
/* client_handlers.c */
void check_client_handlers(const struct rule *rule, const struct app *app, struct diags *diags);
/* client_targets.c */
void check_client_node(const struct rule *rule, const struct app *app, struct diags *diags);
void check_server_node(const struct rule *rule, const struct app *app, struct diags *diags);
void check_unresolved(const struct rule *rule, const struct app *app, struct diags *diags);
void check_unlisted(const struct rule *rule, const struct app *app, struct diags *diags);
void check_loaders(const struct rule *rule, const struct app *app, struct diags *diags);
void check_styles(const struct rule *rule, const struct app *app, struct diags *diags);
/* exports.c */
void check_exports(const struct rule *rule, const struct app *app, struct diags *diags);
extern const struct walk walk_client_await;

/* The modules that the client reaches without going through a webhook or event file, by path: what
 * lies behind such a file is told as notes of ATT2008 only. The caller disposes the map. */
struct map client_reach(const struct app *app);

/* Adds the findings of a rule in one module. */
typedef void (*module_check)(const struct module *module, void *payload);
/* Runs the check in the modules of client_reach that parse, and adds to each finding the way from
 * the entry point. */
void each_client_module(const struct app *app, struct diags *diags, module_check check,
			void *payload);

/* The node that encloses parentheses, casts and `!` around `node`: the outermost of them. */
struct node node_outermost(struct node node);
/* The call, import() or statement that an import was read from. */
struct node import_node(const struct module *module, const struct import *import);

/* Whether `name` at `offset` means what the host supplies by that name: the app declares nothing of
 * it, or says only with `declare` that it exists. */
bool is_runtime_global(const struct module *module, const char *name, size_t offset);

#endif
