/* ATT2012 and ATT2013: components of the SDK where they are not drawn. Its own lint has the same
 * two rules (`widget-text-children`, `settings-page-components`); names are followed to
 * `attio/client` here, so that components of the app's own are left alone. */
#include "rules/components.h"

#include <string.h>

#include "base/str.h"
#include "rules/values.h"
#include "rules/visit.h"

bool is_element(struct node node)
{
	return node_is(node, NODE_JSX_ELEMENT) || node_is(node, NODE_JSX_SELF_CLOSING_ELEMENT);
}

struct node element_name(struct node element)
{
	if (node_is(element, NODE_JSX_ELEMENT))
		element = node_field(element, FIELD_OPEN_TAG);
	return node_field(element, FIELD_NAME);
}

/* What an element is called in `attio/client`: "Typography.Body"; NULL when it is not from there.
 */
static const char *client_name(const struct visiting *v, struct node element)
{
	struct node name = element_name(element);
	const char *package, *path;

	if (node_is_null(name) || !package_path(v->app, v->module, name, &package, &path) ||
	    !str_equal(package, "attio/client"))
		return NULL;
	return path;
}

static bool wants_client(struct visiting *v)
{
	return strstr(v->module->text->bytes, "attio/client") != NULL &&
	       !syntax_is_broken(&v->module->syntax);
}

/* --- the text widget ----------------------------------------------------------------------------
 */

/* A name without a dot passes, as in the SDK's lint: what it brings along is not known. */
static bool is_widget_part(const char *name)
{
	return strncmp(name, "Widget.", strlen("Widget.")) == 0 || strchr(name, '.') == NULL;
}

static bool see_element(const struct visiting *v, struct node node)
{
	if (!str_equal(client_name(v, node), "Widget.TextWidget"))
		return true;
	for (struct node child = node_down_named(node); !node_is_null(child);
	     child = node_next_named(child)) {
		const char *name = is_element(child) ? client_name(v, child) : NULL;

		if (name == NULL || is_widget_part(name))
			continue;
		diag_add(v->diags, &v->rule->info,
			 node_place(&v->module->syntax, element_name(child)),
			 "`%s` is not drawn in `Widget.TextWidget`", name)
			->help = "use `Widget.Title`, `Widget.Text.Primary`, "
				 "`Widget.Text.Secondary` or `Badge` there";
	}
	return true;
}

static const struct walk widgets = {
	.wants = wants_client,
	.visits = (const struct visit[]){{NODE_JSX_ELEMENT, see_element}, {NODE_NONE, NULL}},
};

const struct rule rule_widget_text_children = {
	.info = {"ATT2012", "widget-text-children", SEVERITY_ERROR},
	.summary = "A component that a text widget does not draw",
	.explanation =
		"`Widget.TextWidget` is a card of a fixed form: it draws `Widget.Title`, "
		"`Widget.Text.Primary`, `Widget.Text.Secondary`, `Widget.Decoration` and `Badge`, "
		"and no other component of the SDK. Components of your own that hold such parts "
		"are "
		"fine.",
	.bad = "<Widget.TextWidget>\n  <Typography.Body>3 leads</Typography.Body>\n"
	       "</Widget.TextWidget>",
	.good = "<Widget.TextWidget>\n  <Widget.Text.Primary>3 leads</Widget.Text.Primary>\n"
		"</Widget.TextWidget>",
	.walk = &widgets,
};

/* --- settings pages -----------------------------------------------------------------------------
 */

static bool visit_page(struct node node, void *payload)
{
	const struct visiting *v = *(const struct visiting **)payload;
	const char *name = is_element(node) ? client_name(v, node) : NULL;

	if (name != NULL)
		diag_add(v->diags, &v->rule->info,
			 node_place(&v->module->syntax, element_name(node)),
			 "`%s` of `attio/client` is not drawn on a settings page", name)
			->help = "use the components that `Settings.useForm(schema)` returns";
	return true;
}

/* `Settings.defineWorkspacePage(schema, () => ...)` */
static bool see_call(const struct visiting *v, struct node node)
{
	struct node page = node_down_named(node_field(node, FIELD_ARGUMENTS));
	const char *package, *path;

	if (!package_path(v->app, v->module, node_field(node, FIELD_FUNCTION), &package, &path) ||
	    !str_equal(package, "attio/client") ||
	    (!str_equal(path, "Settings.defineWorkspacePage") &&
	     !str_equal(path, "defineWorkspacePage")))
		return true;
	while (node_is(page, NODE_COMMENT))
		page = node_next_named(page);
	page = node_next_named(page);
	while (node_is(page, NODE_COMMENT))
		page = node_next_named(page);
	page = node_unwrap(page);
	if (node_is_function(page))
		node_walk(node_field(page, FIELD_BODY), visit_page, &v);
	return true;
}

static const struct walk pages = {
	.wants = wants_client,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_settings_page_components = {
	.info = {"ATT2013", "settings-page-components", SEVERITY_ERROR},
	.summary = "A component that a settings page does not draw",
	.explanation =
		"On a settings page Attio draws the components that `Settings.useForm(schema)` "
		"returns (`Form`, `Section`, `TextInput`, `Toggle` and more), not those of "
		"`attio/client`. This looks at the function that `Settings.defineWorkspacePage` is "
		"given.",
	.bad = "Settings.defineWorkspacePage(schema, () => <Typography.Body>Hi</Typography.Body>)",
	.good = "Settings.defineWorkspacePage(schema, () => {\n"
		"  const {Form, Section} = Settings.useForm(schema)\n"
		"  return <Form><Section title=\"Hi\" /></Form>\n})",
	.walk = &pages,
};
