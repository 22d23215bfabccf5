/* ATT2016: components that are `async`. React waits for such a component, draws it again when it is
 * done and so begins it anew; only a server renders them, and Attio's client is none. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/components.h"
#include "rules/visit.h"

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* From `async` to the body. */
static struct place signature(const struct module *module, struct node function)
{
	struct place place = node_place(&module->syntax, function);
	struct node body = node_field(function, FIELD_BODY);

	if (node_is_null(body))
		return place;
	place.end = node_start(body);
	while (place.end > place.start &&
	       strchr(" \t\r\n", module->text->bytes[place.end - 1]) != NULL)
		place.end--;
	return place;
}

static const char *quoted(const struct visiting *v, const struct module *module, struct node node)
{
	return arena_printf(v->app->arena, "the component `%s`",
			    node_text(&module->syntax, v->app->arena, node));
}

void tell_async_component(const struct visiting *v, const struct module *module,
			  struct node function, const char *otherwise)
{
	struct node name = node_field(function, FIELD_NAME), parent = node_parent(function);

	if (node_is_null(name) && node_is(parent, NODE_VARIABLE_DECLARATOR))
		name = node_field(parent, FIELD_NAME);
	diag_add(v->diags, &rule_async_component.info, signature(module, function),
		 "%s is `async`, and the client cannot draw that",
		 node_is_null(name) ? otherwise : quoted(v, module, name))
		->help = "take `async` away: load data with `useAsyncCache` or `useQuery` of "
			 "`attio/client`, which wait by themselves";
}

/* `node` is used as a component; `otherwise`: what to call it, if it has no name. */
static void judge(const struct visiting *v, struct node node, const char *otherwise)
{
	struct value value = value_of(v->app, v->module, node);

	if (value.kind == VALUE_FUNCTION && node_is_async(value.node))
		tell_async_component(v, value.module, value.node, otherwise);
}

/* `<Dialog />` */
static bool see_element(const struct visiting *v, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);
	size_t len;
	const char *bytes = node_bytes(&v->module->syntax, name, &len);

	if (len > 0 && node_is(name, NODE_IDENTIFIER) && is_capital(bytes[0]))
		judge(v, name, quoted(v, v->module, name));
	return true;
}

/* What the SDK draws: `defineConfigurator(block, render)`, `defineWorkspacePage(schema, render)`;
 * React: memo(render). */
static bool see_call(const struct visiting *v, struct node node)
{
	static const struct {
		const char *path, *what;
	} draws[] = {
		{"Workflows.defineConfigurator", "the configurator"},
		{"Settings.defineWorkspacePage", "the settings page"},
	};
	struct node arguments = node_field(node, FIELD_ARGUMENTS), first = node_first(arguments);
	const char *package, *path;

	if (!package_path(v->app, v->module, node_field(node, FIELD_FUNCTION), &package, &path))
		return true;
	if (str_equal(package, "react") &&
	    (str_equal(path, "memo") || str_equal(path, "default.memo")))
		judge(v, first, "the component");
	for (size_t i = 0; i < ARRAY_LEN(draws); i++) {
		struct node render = first;

		if (!str_equal(package, "attio/client") || !str_equal(path, draws[i].path))
			continue;
		do
			render = node_next_named(render);
		while (node_is(render, NODE_COMMENT));
		judge(v, render, draws[i].what);
	}
	return true;
}

/* `{Widget: NextStep}`, `Dialog: async () => ...`: what the SDK takes under a capital name. */
static bool see_pair(const struct visiting *v, struct node node)
{
	static const char *const names[] = {"Widget", "Tab", "Page", "Dialog"};
	struct node key = node_field(node, FIELD_KEY);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (node_text_is(&v->module->syntax, key, names[i]))
			judge(v, node_field(node, FIELD_VALUE), quoted(v, v->module, key));
	return true;
}

/* `async Dialog() { ... }` */
static bool see_method(const struct visiting *v, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);

	if (node_is_async(node) && node_is(node_parent(node), NODE_OBJECT) &&
	    (node_text_is(&v->module->syntax, name, "Dialog") ||
	     node_text_is(&v->module->syntax, name, "Widget") ||
	     node_text_is(&v->module->syntax, name, "Tab") ||
	     node_text_is(&v->module->syntax, name, "Page")))
		judge(v, node, quoted(v, v->module, name));
	return true;
}

static bool wants(struct visiting *v)
{
	return !syntax_is_broken(&v->module->syntax);
}

static const struct walk walk = {
	.modules = WALK_CLIENT,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_JSX_OPENING_ELEMENT, see_element},
					 {NODE_JSX_SELF_CLOSING_ELEMENT, see_element},
					 {NODE_CALL_EXPRESSION, see_call},
					 {NODE_PAIR, see_pair},
					 {NODE_METHOD_DEFINITION, see_method},
					 {NODE_NONE, NULL}},
};

const struct rule rule_async_component = {
	.info = {"ATT2016", "async-component", SEVERITY_ERROR},
	.summary = "A component of the client is async",
	.explanation =
		"A configurator, a settings page, a widget, a dialog and every component that "
		"they draw gives what to draw at once. An `async` one gives a promise. React "
		"draws nothing while it waits, then starts the component again, which makes the "
		"next promise; hooks in it fail. Components that are `async` exist on servers "
		"that render, and Attio's client is none.\n\n"
		"Load data with `useAsyncCache` or `useQuery`: the component suspends until it is "
		"there.",
	.bad = "// src/app/blocks/score/configurator.tsx\nexport default "
	       "Workflows.defineConfigurator(block, async (block) => {\n"
	       "  const options = await loadOptions()\n  return <ComboboxInput "
	       "options={options} />\n})",
	.good = "// src/app/blocks/score/configurator.tsx\nexport default "
		"Workflows.defineConfigurator(block, (block) => {\n"
		"  const {values} = useAsyncCache({options: loadOptions})\n"
		"  return <ComboboxInput options={values.options} />\n})",
	.walk = &walk,
};
