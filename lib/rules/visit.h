/* One walk over each module serves all rules: a rule says which kinds of nodes it wants to see, in
 * which modules, and is shown them in source order. Only lib/rules includes this. */
#ifndef ATTIO_RULES_VISIT_H
#define ATTIO_RULES_VISIT_H

#include "app/app.h"
#include "rules/rules.h"

/* What a rule is given with a node. */
struct visiting {
	const struct rule *rule;
	const struct app *app;
	const struct module *module;
	struct diags *diags;
	struct arena *arena; /* for what is needed until all modules are walked */
	void *shared;        /* what `prepare` made */
	void *own;           /* the rule's, about this module; NULL before `wants` sets it */
};

struct visit {
	enum node_kind kind;
	/* True to be shown what lies below the node, too. NULL: nothing that lies below nodes of
	 * this kind is shown. */
	bool (*visit)(const struct visiting *visiting, struct node node);
};

enum walked_modules {
	WALK_ALL,
	WALK_SERVER, /* what ends up on the server's side */
	WALK_CLIENT  /* those of client_reach that parse; findings get the way from the entry point
		      */
};

struct walk {
	enum walked_modules modules;
	/* Once, before the modules; NULL when there is nothing to look for in the app. Optional. */
	void *(*prepare)(const struct app *app, struct arena *arena);
	/* Whether anything can be found in the module. Optional. */
	bool (*wants)(struct visiting *visiting);
	/* After the last node of a module that was wanted. Optional. */
	void (*done)(const struct visiting *visiting);
	/* After the last module, for findings about the app as a whole; `module` is NULL. Optional.
	 */
	void (*finish)(const struct visiting *visiting);
	const struct visit *visits; /* one for a kind; ends with NODE_NONE */
};

/* For a rule about names: below these they are no values. */
#define VISITS_NO_VALUES                                                                           \
	{NODE_IMPORT_STATEMENT, NULL}, {NODE_TYPE_QUERY, NULL},                                    \
		{NODE_NESTED_TYPE_IDENTIFIER, NULL}, {NODE_COMMENT, NULL},                         \
		{NODE_TYPE_PREDICATE, NULL}, {NODE_TYPE_ANNOTATION, NULL},                         \
		{NODE_TYPE_ARGUMENTS, NULL}, {NODE_TYPE_PARAMETERS, NULL},                         \
		{NODE_FUNCTION_SIGNATURE, NULL}, {NODE_METHOD_SIGNATURE, NULL},                    \
		{NODE_ABSTRACT_METHOD_SIGNATURE, NULL}, {NODE_INTERFACE_DECLARATION, NULL},        \
		{NODE_TYPE_ALIAS_DECLARATION, NULL}, {NODE_AMBIENT_DECLARATION, NULL},             \
		{NODE_IMPLEMENTS_CLAUSE, NULL}, {NODE_OBJECT_TYPE, NULL},                          \
		{NODE_FUNCTION_TYPE, NULL}, {NODE_CONSTRUCTOR_TYPE, NULL},                         \
		{NODE_INDEX_SIGNATURE, NULL}, {NODE_ASSERTS, NULL}, {NODE_GENERIC_TYPE, NULL},     \
	{                                                                                          \
		NODE_EXPORT_SPECIFIER, NULL                                                        \
	}

/* Walks over every module once for those of the rules (ends with NULL) that have a walk. */
void visit_modules(const struct rule *const *all, const struct app *app, struct diags *diags);

/* The walk of one rule over one module, whichever modules it asks for, without the way from an
 * entry point. */
void visit_module(const struct rule *rule, const struct app *app, const struct module *module,
		  struct diags *diags);

#endif
