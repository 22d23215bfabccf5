/* Reading handlers and what their functions return. */
#include "rules/handler.h"

#include <string.h>

#include "base/mem.h"
#include "rules/flow.h"
#include "rules/types.h"

static const char *kind_words(enum definition_kind kind)
{
	return kind == DEF_SERVER    ? "server function"
	       : kind == DEF_WEBHOOK ? "webhook"
				     : "event handler";
}

static struct handler read_handler(const struct app *app, const struct definition *definition)
{
	const struct module *module = definition->module;
	struct handler handler = {.definition = definition, .what = kind_words(definition->kind)};

	handler.item = facts_export(&module->facts, "default");
	handler.resolved = app_resolve_export(app, module, "default");
	if (handler.resolved.found && !handler.resolved.opaque &&
	    !node_is_null(handler.resolved.node))
		handler.value = value_of(app, handler.resolved.module, handler.resolved.node);
	return handler;
}

void each_handler(const struct rule *rule, const struct app *app, struct diags *diags,
		  const enum definition_kind *kinds, size_t kind_count, handler_check check)
{
	for (size_t k = 0; k < kind_count; k++) {
		const struct definition *definition;

		for (size_t i = 0; (definition = app_definition(app, kinds[k], i)) != NULL; i++) {
			struct handler handler;

			if (syntax_is_broken(&definition->module->syntax))
				continue; /* what a broken file exports is anybody's guess */
			handler = read_handler(app, definition);
			check(rule, app, diags, &handler);
		}
	}
}

struct place export_place(const struct handler *handler)
{
	if (handler->item != NULL)
		return handler->item->place;
	return (struct place){.file = handler->definition->module->path};
}

/* Where to point: at the function itself when it is in the handler's own file. */
struct place function_place(const struct handler *handler, struct node node)
{
	if (handler->value.module == handler->definition->module && !node_is_null(node))
		return node_place(&handler->value.module->syntax, node);
	return export_place(handler);
}

/* From the start of the function to its body: the signature. */
struct place signature_place(const struct handler *handler)
{
	struct node function = handler->value.node, body = node_field(function, FIELD_BODY);
	struct place place = function_place(handler, function);

	if (handler->value.module == handler->definition->module && !node_is_null(body)) {
		place.end = node_start(body);
		while (place.end > place.start &&
		       strchr(" \t\r\n", handler->value.module->text->bytes[place.end - 1]) != NULL)
			place.end--;
	}
	return place;
}

/* --- returned values
 * -------------------------------------------------------------------------------- */

struct returned {
	const struct module *module;
	return_judge judge;
	void *payload;
};

/* Conditional expressions nested deeper than this are taken as they are. */
#define PARTS_DEPTH 64

static void judge_parts(const struct returned *r, struct node expression, int depth)
{
	struct node node = node_unwrap(expression);

	if (depth < PARTS_DEPTH && node_is(node, NODE_TERNARY_EXPRESSION)) {
		judge_parts(r, node_field(node, FIELD_CONSEQUENCE), depth + 1);
		judge_parts(r, node_field(node, FIELD_ALTERNATIVE), depth + 1);
		return;
	}
	if (depth < PARTS_DEPTH && node_is(node, NODE_BINARY_EXPRESSION)) {
		static const char *const logical[] = {"&&", "||", "??"};

		for (size_t i = 0; i < ARRAY_LEN(logical); i++) {
			if (node_text_is(&r->module->syntax, node_field(node, FIELD_OPERATOR),
					 logical[i])) {
				judge_parts(r, node_field(node, FIELD_RIGHT), depth + 1);
				return;
			}
		}
	}
	if (depth < PARTS_DEPTH && node_is(node, NODE_SEQUENCE_EXPRESSION)) {
		judge_parts(r, node_last(node), depth + 1);
		return;
	}
	r->judge(r->payload, expression, node);
}

static void visit_returned(struct node statement, struct node value, void *payload)
{
	const struct returned *r = payload;

	if (node_is_null(value))
		r->judge(r->payload, statement, value);
	else
		judge_parts(r, value, 0);
}

void each_returned(const struct module *module, struct node function, return_judge judge,
		   void *payload)
{
	struct returned r = {module, judge, payload};

	each_return(function, visit_returned, &r);
}

struct type called_type(const struct app *app, const struct value *call)
{
	struct value target = callee_of(app, call);

	if (target.kind != VALUE_FUNCTION)
		return (struct type){0};
	return return_type(app, target.module, target.node);
}

struct type unpromised(const struct app *app, struct type type)
{
	return type_is_promise(&type) ? type_argument(app, &type) : type;
}
