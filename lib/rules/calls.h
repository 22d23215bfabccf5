/* What happens when a function runs: its own text and that of the app's functions that it calls, as
 * far as calls can be followed. Only lib/rules includes this. */
#ifndef ATTIO_RULES_CALLS_H
#define ATTIO_RULES_CALLS_H

#include "app/app.h"

/* A node on the way. */
struct called {
	const struct module *module; /* where `node` stands */
	struct node node;
	/* In the function asked about: the call that leads here, or the node itself. */
	struct node from;
	struct node function; /* around `node`: where the walk began, or what is called */
	size_t returned;      /* flow_first_return of that */
	bool certain; /* all calls on the way happen each time; `node` itself is not asked */
};

typedef void (*called_visitor)(const struct called *called, void *payload);

/* Shows every named node of `start` (a function, or an expression that holds some), then those of
 * each function that is called there, or given as an argument, each once. */
void calls_walk(const struct app *app, const struct module *module, struct node start,
		called_visitor visit, void *payload);

#endif
