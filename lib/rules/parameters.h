/* The parameters of a handler. */
#ifndef ATTIO_RULES_PARAMETERS_H
#define ATTIO_RULES_PARAMETERS_H

#include "rules/handler.h"

/* Further ones are not looked at. */
#define MAX_PARAMETERS 16

struct parameter {
	struct node node; /* required_parameter, optional_parameter, or the bare name of an arrow
			function */
	struct node pattern;
	bool required;
	bool rest;
	bool typed; /* has an annotation of its own, or one from what stands around the function */
	struct node annotation;
	const struct module *module; /* where the annotation stands */
};

/* Fills `list`, which has room for MAX_PARAMETERS; `this` is none. */
size_t read_parameters(const struct app *app, const struct value *function, struct parameter *list);
/* Where to point for a parameter's type: at the annotation when it is written there. */
struct place annotation_place(const struct handler *handler, const struct parameter *parameter);
/* Where to point for the declared result: at the signature when none is written there. */
struct place return_type_place(const struct handler *handler);

#endif
