/* ATT1024: the objects whose records an action, widget or tab is shown on, by a name that is none.
 * Objects of a workspace's own can have any name, so only a slip in one of Attio's is told. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"

static const struct {
	const char *slug;
	const char *one;
} objects[] = {
	{"people", "person"},        {"companies", "company"}, {"deals", "deal"},
	{"workspaces", "workspace"}, {"users", "user"},
};

/* The object that is meant; NULL: the slug may well be right. */
static const char *meant(struct arena *arena, const char *slug)
{
	char *lower = arena_strndup(arena, slug, strlen(slug));

	for (char *at = lower; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		if (str_equal(slug, objects[i].slug))
			return NULL;
	for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
		const char *right = objects[i].slug, *one = objects[i].one;
		size_t most = strlen(right) < 8 ? 1 : 2;

		if (str_equal(lower, right) || str_equal(lower, one) ||
		    str_equal(lower, arena_printf(arena, "%ss", one)) ||
		    (lower[0] == right[0] && str_distance(lower, right, most) <= most))
			return right;
	}
	return NULL;
}

static void judge(const struct visiting *v, const struct module *module, struct node node)
{
	const char *slug = value_text(v->app, module, node), *right;
	struct diag *diag;

	if (slug == NULL || (right = meant(v->app->arena, slug)) == NULL)
		return;
	diag = diag_add(v->diags, &v->rule->info, node_place(&module->syntax, node),
			"`%s` is not an object", slug);
	diag->help = arena_printf(v->app->arena, "did you mean `%s`?", right);
	if (node_is(node, NODE_STRING))
		diag_edit(v->diags, diag, node_place(&module->syntax, node),
			  arena_printf(v->app->arena, "\"%s\"", right));
}

/* One slug, a list of them, or a function that compares them. */
static void judge_value(const struct visiting *v, struct node node);

struct comparing {
	const struct visiting *v;
	const struct module *module;
};

static bool is_object_name(const struct syntax *syntax, struct node node)
{
	node = node_unwrap(node);
	if (node_is(node, NODE_MEMBER_EXPRESSION))
		node = node_field(node, FIELD_PROPERTY);
	return node_text_is(syntax, node, "object");
}

/* `object === "person"` */
static bool see_comparison(struct node node, void *payload)
{
	const struct comparing *c = payload;
	const struct syntax *syntax = &c->module->syntax;
	struct node operator= node_field(node, FIELD_OPERATOR);
	struct node left = node_field(node, FIELD_LEFT), right = node_field(node, FIELD_RIGHT);

	if (!node_is(node, NODE_BINARY_EXPRESSION) ||
	    (!node_text_is(syntax, operator, "===") && !node_text_is(syntax, operator, "!==") &&
	     !node_text_is(syntax, operator, "==") && !node_text_is(syntax, operator, "!=")))
		return true;
	if (is_object_name(syntax, left))
		judge(c->v, c->module, node_unwrap(right));
	else if (is_object_name(syntax, right))
		judge(c->v, c->module, node_unwrap(left));
	return true;
}

static void judge_value(const struct visiting *v, struct node node)
{
	struct value value = value_of(v->app, v->module, node);
	struct comparing comparing = {v, value.module};

	if (value.kind == VALUE_LITERAL)
		judge(v, value.module, value.node);
	else if (value.kind == VALUE_FUNCTION)
		node_walk(value.node, see_comparison, &comparing);
	else if (node_is(value.node, NODE_ARRAY))
		for (struct node at = node_down_named(value.node); !node_is_null(at);
		     at = node_next_named(at)) {
			struct value item = value_of(v->app, value.module, at);

			if (item.kind == VALUE_LITERAL)
				judge(v, item.module, item.node);
		}
}

/* What the SDK takes, or an object of the form that lists of `app` hold. */
static bool is_surface(const struct visiting *v, struct node object)
{
	static const char *const faces[] = {"onTrigger", "Widget", "Tab"};
	struct value value = {VALUE_OBJECT, v->module, object, false};
	struct node call = node_parent(node_parent(object));
	const char *package, *path;

	if (node_is(call, NODE_CALL_EXPRESSION) &&
	    package_path(v->app, v->module, node_field(call, FIELD_FUNCTION), &package, &path))
		return str_starts(package, "attio");
	for (size_t i = 0; i < ARRAY_LEN(faces); i++)
		if (!node_is_null(value_property(v->app, &value, faces[i])))
			return !node_is_null(value_property(v->app, &value, "id"));
	return false;
}

static bool see_pair(const struct visiting *v, struct node node)
{
	if (node_text_is(&v->module->syntax, node_field(node, FIELD_KEY), "objects") &&
	    is_surface(v, node_parent(node)))
		judge_value(v, node_field(node, FIELD_VALUE));
	return true;
}

/* `<AttioRecordCombobox object="person" />`, whose name the form gives. */
static bool see_element(const struct visiting *v, struct node node)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node name = node_field(node, FIELD_NAME);
	size_t len;
	const char *bytes = node_bytes(syntax, name, &len);

	if (memmem(bytes, len, "AttioRecord", strlen("AttioRecord")) == NULL)
		return true;
	for (struct node at = node_down_named(node); !node_is_null(at); at = node_next_named(at)) {
		struct node value = node_last(at);

		if (!node_is(at, NODE_JSX_ATTRIBUTE) ||
		    !node_text_is(syntax, node_first(at), "object"))
			continue;
		judge_value(v, node_is(value, NODE_JSX_EXPRESSION) ? node_first(value) : value);
	}
	return true;
}

static bool wants(struct visiting *v)
{
	return strstr(v->module->text->bytes, "object") != NULL;
}

static const struct walk walk = {
	.modules = WALK_CLIENT,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_PAIR, see_pair},
					 {NODE_JSX_OPENING_ELEMENT, see_element},
					 {NODE_JSX_SELF_CLOSING_ELEMENT, see_element},
					 {NODE_NONE, NULL}},
};

const struct rule rule_object_slug = {
	.info = {"ATT1024", "object-slug", SEVERITY_WARNING},
	.summary = "An object by a name that it does not have",
	.explanation =
		"`objects` names the objects whose records an action, widget or tab is shown on, "
		"by their slugs: `people`, `companies`, `deals`, `workspaces`, `users`, or one of "
		"the workspace's own. By its type another name is shown nowhere. What Attio makes "
		"of "
		"`person`, `company`, `deal`, `workspace` and `user`, which its own example uses, "
		"is "
		"not documented: the local platform takes them for the objects that are meant, on "
		"the "
		"page and in `attio action run`, and says so each time.\n\n"
		"The type of a slug is any text, so that only names that are nearly one of "
		"Attio's are told.",
	.bad = "// src/app/extensions/hello/extension.ts\nobjects: \"person\",",
	.good = "// src/app/extensions/hello/extension.ts\nobjects: \"people\",",
	.walk = &walk,
};
