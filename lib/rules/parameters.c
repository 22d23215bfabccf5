/* Reading parameters: their own annotations, or those that a typed variable, `satisfies` or `as`
 * gives. */
#include "rules/parameters.h"

#include "rules/types.h"

static void read_annotation(const struct app *app, const struct value *function, size_t n,
			    struct parameter *parameter)
{
	parameter->annotation = node_field(parameter->node, FIELD_TYPE);
	parameter->module = function->module;
	if (node_is_null(parameter->annotation))
		parameter->annotation = context_parameter(app, function->module, function->node, n,
							  &parameter->module);
	parameter->typed = !node_is_null(parameter->annotation);
}

size_t read_parameters(const struct app *app, const struct value *function, struct parameter *list)
{
	struct node single = node_field(function->node, FIELD_PARAMETER);
	struct node all = node_field(function->node, FIELD_PARAMETERS);
	size_t count = 0;

	if (!node_is_null(single)) {
		list[0] = (struct parameter){.node = single, .pattern = single, .required = true};
		list[0].annotation = context_parameter(app, function->module, function->node, 0,
						       &list[0].module);
		list[0].typed = !node_is_null(list[0].annotation);
		return 1;
	}
	for (struct node node = node_down_named(all); !node_is_null(node) && count < MAX_PARAMETERS;
	     node = node_next_named(node)) {
		struct node pattern = node_field(node, FIELD_PATTERN);
		struct parameter *parameter = &list[count];

		if (node_is_null(pattern) || node_is(pattern, NODE_THIS))
			continue;
		*parameter = (struct parameter){
			.node = node,
			.pattern = pattern,
			.rest = node_is(pattern, NODE_REST_PATTERN),
		};
		parameter->required = node_is(node, NODE_REQUIRED_PARAMETER) && !parameter->rest &&
				      node_is_null(node_field(node, FIELD_VALUE));
		read_annotation(app, function, count, parameter);
		count++;
	}
	return count;
}

struct place annotation_place(const struct handler *handler, const struct parameter *parameter)
{
	bool own = !node_is_null(node_field(parameter->node, FIELD_TYPE));

	/* Without the colon. */
	return function_place(handler, own ? node_first(parameter->annotation) : parameter->node);
}

struct place return_type_place(const struct handler *handler)
{
	struct node declared = node_field(handler->value.node, FIELD_RETURN_TYPE);

	return node_is_null(declared) ? signature_place(handler)
				      : function_place(handler, node_first(declared));
}
