/* ATT2004: HTML elements. Client code is rendered by Attio itself, from the SDK's components; an
 * element such as <div> has nothing behind it. Names in lower case are elements whatever is bound
 * to them: that is how JSX works. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/visit.h"

static const struct {
	const char *elements; /* between spaces */
	const char *help;
} ways[] = {
	{" section article aside ", "use `Section` of `attio/client`"},
	{" div main header footer nav center figure ",
	 "use `Section`, `Column` or `Row` of `attio/client`"},
	{" p pre blockquote ", "use `TextBlock` or `Typography.Body` of `attio/client`"},
	{" span b strong i em u s code small mark label sub sup abbr cite q time ",
	 "use `Typography.Body` or `Typography.Caption` of `attio/client`"},
	{" h1 h2 h3 h4 h5 h6 ", "use `Typography.Title` of `attio/client`"},
	{" button ", "use `Button` of `attio/client`"},
	{" a ", "use `Link` of `attio/client`"},
	{" img picture ", "use `Avatar` of `attio/client` for a person's or company's picture"},
	{" table thead tbody tfoot tr th td caption ", "use `Table` of `attio/client`"},
	{" ul ol li dl dt dd menu ", "use `DescriptionList` or `DialogList` of `attio/client`"},
	{" hr ", "use `Divider` of `attio/client`"},
	{" form input select textarea option fieldset ",
	 "make the form with `useForm` of `attio/client`, which brings its fields"},
	{" iframe ", "use `showIframe` of `attio/client`"},
	{" dialog ", "use `showDialog` of `attio/client`"},
	{" progress ", "use `LoadingState` of `attio/client`"},
	{" br ",
	 "put each line into a component of its own, such as `TextBlock` of `attio/client`"},
};

static void tell(const struct visiting *scan, struct node node, const char *element)
{
	const char *word = arena_printf(scan->app->arena, " %s ", element);
	struct diag *diag =
		diag_add(scan->diags, &scan->rule->info, node_place(&scan->module->syntax, node),
			 "client code cannot render the HTML element `<%s>`", element);

	diag->help = "render components of `attio/client`: nothing else is shown";
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (strstr(ways[i].elements, word) != NULL)
			diag->help = ways[i].help;
	}
}

/* The first text that an expression may be; NULL when it is none that can be seen. */
static const char *some_text(const struct app *app, const struct module *module,
			     struct node expression)
{
	struct value value = value_of(app, module, expression);
	const char *text = value_text(app, module, expression);

	if (text != NULL || !node_is(value.node, NODE_TERNARY_EXPRESSION))
		return text;
	text = value_text(app, value.module, node_field(value.node, FIELD_CONSEQUENCE));
	return text != NULL
		       ? text
		       : value_text(app, value.module, node_field(value.node, FIELD_ALTERNATIVE));
}

/* React has no other elements than those whose name begins like this. */
static bool is_element(const char *text)
{
	return text[0] >= 'a' && text[0] <= 'z';
}

static void visit_tag(const struct visiting *scan, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);
	const char *text;

	if (node_is_null(name)) /* a fragment */
		return;
	text = node_text(&scan->module->syntax, scan->app->arena, name);
	if (node_is(name, NODE_JSX_NAMESPACE_NAME) ||
	    (node_is(name, NODE_IDENTIFIER) && is_element(text))) {
		tell(scan, name, text);
		return;
	}
	text = some_text(scan->app, scan->module, name);
	if (text != NULL && is_element(text))
		tell(scan, name, text);
}

/* createElement of React, imported or taken from the global that the host supplies. */
static bool is_create_element(const struct visiting *scan, struct node callee)
{
	const struct syntax *syntax = &scan->module->syntax;
	const char *package, *name;
	struct node object;

	callee = node_unwrap(callee);
	if (package_member(scan->app, scan->module, callee, &package, &name))
		return strcmp(package, "react") == 0 && str_equal(name, "createElement");
	object = node_unwrap(node_field(callee, FIELD_OBJECT));
	return node_is(callee, NODE_MEMBER_EXPRESSION) && node_text_is(syntax, object, "React") &&
	       node_text_is(syntax, node_field(callee, FIELD_PROPERTY), "createElement") &&
	       is_global(scan->app, scan->module, object);
}

static void visit_call(const struct visiting *scan, struct node call)
{
	struct node callee = node_unwrap(node_field(call, FIELD_FUNCTION));
	struct node first = node_first(node_field(call, FIELD_ARGUMENTS));
	const char *text;

	if (node_is_null(first) ||
	    (!node_is(callee, NODE_IDENTIFIER) && !node_is(callee, NODE_MEMBER_EXPRESSION)))
		return;
	if (!is_create_element(scan, callee))
		return;
	text = some_text(scan->app, scan->module, first);
	if (text != NULL && is_element(text))
		tell(scan, first, text);
}

static bool see_tag(const struct visiting *v, struct node node)
{
	visit_tag(v, node);
	return true;
}

static bool see_call(const struct visiting *v, struct node node)
{
	visit_call(v, node);
	return true;
}

static const struct walk elements = {
	.modules = WALK_CLIENT,
	.visits =
		(const struct visit[]){
			{NODE_JSX_OPENING_ELEMENT, see_tag},
			{NODE_JSX_SELF_CLOSING_ELEMENT, see_tag},
			{NODE_CALL_EXPRESSION, see_call},
			{NODE_TYPE_ANNOTATION, NULL},
			{NODE_INTERFACE_DECLARATION, NULL},
			{NODE_TYPE_ALIAS_DECLARATION, NULL},
			{NODE_NONE, NULL},
		},
};

const struct rule rule_client_no_html = {
	.info = {"ATT2004", "client-no-html", SEVERITY_ERROR},
	.summary = "Client code renders an HTML element",
	.explanation = "Attio draws what an app renders, and it knows the components of "
		       "`attio/client` only: "
		       "`Section`, `Row`, `Column`, `Typography`, `TextBlock`, `Button`, `Link`, "
		       "`Table`, forms "
		       "of `useForm` and more. An element such as `<div>` is an error when it is "
		       "rendered.\n\n"
		       "Fragments (`<>...</>`) and components of your own are fine.",
	.bad = "// src/app/extensions/hello/dialog.tsx\n"
	       "export const Dialog = () => <div>Hello</div>",
	.good = "// src/app/extensions/hello/dialog.tsx\nimport {TextBlock} from \"attio/client\"\n"
		"export const Dialog = () => <TextBlock>Hello</TextBlock>",
	.walk = &elements,
};
