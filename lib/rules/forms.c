/* ATT2011: a form has one button that submits it. What `useForm` returns is a set of components; a
 * name is taken for one of them when it can be followed to that call. The SDK's own lint goes by
 * names alone (`form-submit-button`); forms of settings pages save by themselves and have none. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/components.h"
#include "rules/visit.h"

#define FOLLOW_STEPS 8
/* How far a button is from its form, in nodes. */
#define UP_STEPS 512

/* --- which component of a form is it ------------------------------------------------------------
 */

static bool is_form(const struct visiting *v, struct node expression, int steps);

/* The declarator that binds an identifier in its own module; null when it is none. */
static struct node declarator_of(const struct visiting *v, struct node identifier)
{
	const char *name = node_text(&v->module->syntax, v->arena, identifier);
	const struct binding *binding;
	struct declared declared;
	struct node node = {0};

	if (facts_local(&v->module->facts, name, node_start(identifier), &declared)) {
		node = declared.node;
	} else {
		binding = facts_binding(&v->module->facts, name);
		if (binding != NULL && binding->import < 0)
			node = binding->node;
	}
	return node_is(node, NODE_VARIABLE_DECLARATOR) ? node : (struct node){0};
}

static bool is_form_call(const struct visiting *v, struct node call)
{
	const char *package, *name;

	return package_member(v->app, v->module, node_field(call, FIELD_FUNCTION), &package,
			      &name) &&
	       str_equal(package, "attio/client") && str_equal(name, "useForm");
}

/* Whether an expression is what `useForm` returned, or `...rest` of it. */
static bool is_form(const struct visiting *v, struct node expression, int steps)
{
	struct node declarator, pattern;

	expression = node_unwrap(expression);
	if (node_is(expression, NODE_CALL_EXPRESSION))
		return is_form_call(v, expression);
	if (steps <= 0 || !node_is(expression, NODE_IDENTIFIER))
		return false;
	declarator = declarator_of(v, expression);
	pattern = node_field(declarator, FIELD_NAME);
	if (node_is(pattern, NODE_OBJECT_PATTERN)) {
		struct node rest = node_last(pattern);
		const char *name = node_text(&v->module->syntax, v->arena, expression);

		if (!node_is(rest, NODE_REST_PATTERN) ||
		    !node_text_is(&v->module->syntax, node_first(rest), name))
			return false;
	}
	return !node_is_null(declarator) &&
	       is_form(v, node_field(declarator, FIELD_VALUE), steps - 1);
}

/* The component of a form that an expression is: "SubmitButton"; NULL when it is none, or when that
 * cannot be seen. */
static const char *part_of_form(const struct visiting *v, struct node expression, int steps)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node declarator, pattern, value;

	expression = node_unwrap(expression);
	if (node_is(expression, NODE_MEMBER_EXPRESSION))
		return is_form(v, node_field(expression, FIELD_OBJECT), steps)
			       ? node_text(syntax, v->arena, node_field(expression, FIELD_PROPERTY))
			       : NULL;
	if (steps <= 0 || !node_is(expression, NODE_IDENTIFIER))
		return NULL;
	declarator = declarator_of(v, expression);
	pattern = node_field(declarator, FIELD_NAME);
	value = node_field(declarator, FIELD_VALUE);
	if (node_is(pattern, NODE_IDENTIFIER))
		return part_of_form(v, value, steps - 1);
	if (!node_is(pattern, NODE_OBJECT_PATTERN) || !is_form(v, value, steps - 1))
		return NULL;
	return pattern_key(v->app, v->module, pattern, node_text(syntax, v->arena, expression));
}

static bool is_part(const struct visiting *v, struct node element, const char *part)
{
	return str_equal(part_of_form(v, element_name(element), FOLLOW_STEPS), part);
}

/* --- what a form holds --------------------------------------------------------------------------
 */

struct content {
	const struct visiting *v;
	struct node form;
	struct node buttons[2];   /* the first ones */
	size_t always, sometimes; /* how many are there in any case, and under a condition */
	bool hidden;              /* something that we cannot look into may hold one */
};

/* An element whose children, if any, are those that are written here. */
static bool is_seen_through(const struct visiting *v, struct node element)
{
	struct node name = element_name(element);
	const char *package, *path;
	char first;

	if (node_is_null(name) || part_of_form(v, name, FOLLOW_STEPS) != NULL)
		return true;
	first = v->module->syntax.bytes[node_start(name)];
	if (node_is(name, NODE_IDENTIFIER) && first >= 'a' && first <= 'z')
		return true;
	return package_path(v->app, v->module, name, &package, &path) &&
	       (str_equal(package, "attio/client") || str_equal(package, "react"));
}

/* Components that show text. */
static bool holds_text(const struct visiting *v, struct node element)
{
	static const char *const names[] = {"TextBlock", "Badge", "StatusBadge", "Link", "Banner"};
	struct node name = element_name(element);
	const char *package, *path;

	if (node_is_null(name) || !package_path(v->app, v->module, name, &package, &path))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_equal(path, names[i]))
			return true;
	return strncmp(path, "Typography.", strlen("Typography.")) == 0;
}

/* Whether an expression among the children of an element can be a button that is not written in it.
 */
static bool may_hide(struct node expression)
{
	for (;;) {
		expression = node_unwrap(expression);
		switch (node_kind(expression)) {
		case NODE_BINARY_EXPRESSION: /* a && <b/>, a || b */
			if (may_hide(node_field(expression, FIELD_RIGHT)))
				return true;
			if (node_is(node_field(expression, FIELD_OPERATOR), TOKEN_AND))
				return false;
			expression = node_field(expression, FIELD_LEFT);
			break;
		case NODE_TERNARY_EXPRESSION:
			if (may_hide(node_field(expression, FIELD_CONSEQUENCE)))
				return true;
			expression = node_field(expression, FIELD_ALTERNATIVE);
			break;
		case NODE_CALL_EXPRESSION: /* list.map((item) => ...) */
			expression = node_first(node_field(expression, FIELD_ARGUMENTS));
			if (!node_is_function(node_unwrap(expression)))
				return true;
			break;
		case NODE_IDENTIFIER:
		case NODE_MEMBER_EXPRESSION:
		case NODE_SUBSCRIPT_EXPRESSION:
		case NODE_AWAIT_EXPRESSION:
		case NODE_NEW_EXPRESSION:
		case NODE_SPREAD_ELEMENT:
			return true;
		case NODE_ARROW_FUNCTION:
			expression = node_field(expression, FIELD_BODY);
			break;
		default: /* JSX, literals, function bodies: what is in them is seen */
			return false;
		}
	}
}

/* Whether the button stands under something that may leave it out. */
static bool is_conditional(const struct content *content, struct node node)
{
	struct node inner = node;

	for (node = node_parent(node); !node_same(node, content->form); node = node_parent(node)) {
		if (node_is(node, NODE_TERNARY_EXPRESSION) || node_is(node, NODE_IF_STATEMENT) ||
		    node_is(node, NODE_SWITCH_STATEMENT) || node_is(node, NODE_RETURN_STATEMENT) ||
		    (node_is(node, NODE_BINARY_EXPRESSION) &&
		     node_same(node_field(node, FIELD_RIGHT), inner)))
			return true;
		if (node_same(node_parent(node), node))
			return true;
		inner = node;
	}
	return false;
}

static void add_button(struct content *content, struct node button)
{
	size_t count = content->always + content->sometimes;

	if (count < ARRAY_LEN(content->buttons))
		content->buttons[count] = button;
	if (is_conditional(content, button))
		content->sometimes++;
	else
		content->always++;
}

static bool visit_content(struct node node, void *payload)
{
	struct content *content = payload;
	const struct visiting *v = content->v;
	struct node parent = node_parent(node);

	if (is_element(node)) {
		if (is_part(v, node, "SubmitButton"))
			add_button(content, node);
		else if (is_part(v, node, "Form"))
			return false;
		else if (!is_seen_through(v, node))
			content->hidden = true;
	} else if (node_is(node, NODE_JSX_EXPRESSION) && node_is(parent, NODE_JSX_ELEMENT)) {
		if (!holds_text(v, parent) && may_hide(node_first(node)))
			content->hidden = true;
	} else if (node_is(node, NODE_SPREAD_ELEMENT) && node_is(parent, NODE_JSX_EXPRESSION)) {
		content->hidden = true; /* children may be among the properties */
	} else if (node_is(node, NODE_JSX_ATTRIBUTE)) {
		if (node_text_is(&v->module->syntax, node_first(node), "children"))
			content->hidden = true;
	}
	return true;
}

/* `const {Form, TextInput} = useForm(...)`: nobody can have this form's button. */
static bool takes_no_button(const struct visiting *v, struct node name)
{
	struct node declarator =
		node_is(name, NODE_IDENTIFIER) ? declarator_of(v, name) : (struct node){0};
	struct node pattern = node_field(declarator, FIELD_NAME);

	if (!node_is(pattern, NODE_OBJECT_PATTERN) ||
	    !node_is(node_unwrap(node_field(declarator, FIELD_VALUE)), NODE_CALL_EXPRESSION))
		return false;
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(item, NODE_REST_PATTERN) || node_is(key, NODE_COMPUTED_PROPERTY_NAME) ||
		    node_is(key, NODE_STRING) ||
		    node_text_is(&v->module->syntax, key, "SubmitButton"))
			return false;
	}
	return true;
}

static void judge_form(const struct visiting *v, struct node form)
{
	struct content content = {.v = v, .form = form};
	struct place place = node_place(&v->module->syntax, element_name(form));
	struct diag *diag;

	/* The form itself is visited first: its attributes may bring children. */
	for (struct node child = node_down_named(form); !node_is_null(child);
	     child = node_next_named(child))
		node_walk(child, visit_content, &content);
	if (content.always + content.sometimes == 0 &&
	    (!content.hidden || takes_no_button(v, element_name(form)))) {
		diag = diag_add(v->diags, &v->rule->info, place, "this form has no `SubmitButton`");
		diag->help =
			"put one `<SubmitButton label=\"...\" />` of the same `useForm` into it";
		return;
	}
	if (content.always + content.sometimes < 2)
		return;
	place = node_place(&v->module->syntax, element_name(content.buttons[1]));
	diag = diag_add(v->diags, &v->rule->info, place, "this form has a second `SubmitButton`");
	diag_note(v->diags, diag, node_place(&v->module->syntax, element_name(content.buttons[0])),
		  "the first one is here");
	diag->help = "keep one; other ways to go on are a `Button` each";
	if (content.always < 2) {
		diag->severity = SEVERITY_WARNING;
		diag->label = "perhaps never both, but the SDK's lint counts each";
		diag->help = "keep one, and choose its properties by the condition";
	}
}

/* --- where a button stands ----------------------------------------------------------------------
 */

/* Whether the components of the form are made in this very function. */
static bool is_made_in(const struct visiting *v, struct node name, struct node function)
{
	struct node root = name, declarator;

	while (node_is(root, NODE_MEMBER_EXPRESSION))
		root = node_unwrap(node_field(root, FIELD_OBJECT));
	declarator = node_is(root, NODE_IDENTIFIER) ? declarator_of(v, root) : (struct node){0};
	while (!node_is_null(declarator) && !node_is_function(declarator) &&
	       !node_is(declarator, NODE_PROGRAM))
		declarator = node_parent(declarator);
	return node_same(declarator, function);
}

/* A function whose result is rendered where it stands: `list.map((item) => ...)`, a child. */
static bool is_rendered_in_place(struct node function)
{
	struct node parent = node_parent(function);

	return node_is(parent, NODE_ARGUMENTS) || node_is(parent, NODE_JSX_EXPRESSION);
}

static void tell_outside(const struct visiting *v, struct node button)
{
	diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, element_name(button)),
		 "this `SubmitButton` is in no form")
		->help = "put it into the `<Form>` of the same `useForm`";
}

static void judge_button(const struct visiting *v, struct node button)
{
	struct node node = node_parent(button);

	for (int i = 0; i < UP_STEPS && !node_is_null(node); i++, node = node_parent(node)) {
		if (node_is(node, NODE_JSX_ELEMENT)) {
			const char *part = part_of_form(v, element_name(node), FOLLOW_STEPS);

			if (str_equal(part, "Fieldset") || str_equal(part, "InputGroup")) {
				diag_add(v->diags, &v->rule->info,
					 node_place(&v->module->syntax, element_name(button)),
					 "a `SubmitButton` cannot stand in `%s`", part)
					->help = "put it into the form, beside the group of fields";
				return;
			}
			if (str_equal(part, "Form") || !is_seen_through(v, node))
				return;
		} else if (node_is_function(node)) {
			if (is_rendered_in_place(node))
				continue;
			if (is_made_in(v, element_name(button), node))
				tell_outside(v, button);
			return;
		} else if (node_is(node, NODE_JSX_ATTRIBUTE) || node_is(node, NODE_PAIR) ||
			   node_is(node, NODE_VARIABLE_DECLARATOR) || node_is(node, NODE_ARRAY) ||
			   node_is(node, NODE_ASSIGNMENT_EXPRESSION)) {
			return;
		}
	}
}

static bool see_element(const struct visiting *v, struct node node)
{
	const char *part = part_of_form(v, element_name(node), FOLLOW_STEPS);

	if (str_equal(part, "Form"))
		judge_form(v, node);
	else if (str_equal(part, "SubmitButton"))
		judge_button(v, node);
	return true;
}

static bool wants(struct visiting *v)
{
	return strstr(v->module->text->bytes, "useForm") != NULL &&
	       !syntax_is_broken(&v->module->syntax);
}

static const struct walk forms = {
	.wants = wants,
	.visits = (const struct visit[]){{NODE_JSX_ELEMENT, see_element},
					 {NODE_JSX_SELF_CLOSING_ELEMENT, see_element},
					 {NODE_NONE, NULL}},
};

const struct rule rule_form_submit_button = {
	.info = {"ATT2011", "form-submit-button", SEVERITY_ERROR},
	.summary = "A form without a submit button of its own, or with more than one",
	.explanation =
		"The `Form` that `useForm` returns needs one `SubmitButton` of the same `useForm` "
		"and takes no second one; in a dialog it becomes the button at the bottom. It "
		"stands "
		"inside of the form, but not in a `Fieldset` or `InputGroup`. The SDK's own lint "
		"asks for the same, and counts buttons in both branches of a condition, too: that "
		"is a warning here.\n\n"
		"Components of your own inside of a form may hold the button: then nothing is "
		"said. Forms of settings pages (`Settings.useForm`) save by themselves.",
	.bad = "const {Form, TextInput} = useForm(schema, {})\n"
	       "return <Form onSubmit={save}><TextInput name=\"n\" label=\"Name\" /></Form>",
	.good = "const {Form, TextInput, SubmitButton} = useForm(schema, {})\n"
		"return <Form onSubmit={save}><TextInput name=\"n\" label=\"Name\" />"
		"<SubmitButton label=\"Save\" /></Form>",
	.walk = &forms,
};
