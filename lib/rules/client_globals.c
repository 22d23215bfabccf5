/* ATT2001, ATT2002 and ATT2003: names that browsers or Node supply and the client's sandbox does
 * not. One walk finds them all, that of ATT2001. Names that the app
 * declares itself are told apart by scope, so a parameter called `fetch` is just a parameter. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/unused.h"
#include "rules/visit.h"

#define ALIAS_STEPS 8
#define CHAIN_STEPS 64
#define NO_PLACE ((size_t)-1)

enum family { FAMILY_NONE, FAMILY_NETWORK, FAMILY_PROCESS, FAMILY_DOM };

static const char dom_help[] =
	"there is no page to work on: render components of `attio/client` and "
	"keep state in React";
static const char storage_help[] = "keep it in React state, or store it in a `.server.ts` function";
static const char frame_help[] =
	"components of `attio/client` bring their own layout and movement; for "
	"a delay there is `setTimeout`";
static const char way_help[] = "lead users on with `Link` of `attio/client`, or with `window.open`";
static const char window_help[] = "use what you need without `window`; of its members only "
				  "`window.open` is there";

static const struct {
	const char *name;
	enum family family;
	const char *help; /* FAMILY_DOM */
} names[] = {
	{"fetch", FAMILY_NETWORK, NULL},
	{"XMLHttpRequest", FAMILY_NETWORK, NULL},
	{"WebSocket", FAMILY_NETWORK, NULL},
	{"EventSource", FAMILY_NETWORK, NULL},
	{"process", FAMILY_PROCESS, NULL},
	{"document", FAMILY_DOM, dom_help},
	{"localStorage", FAMILY_DOM, storage_help},
	{"sessionStorage", FAMILY_DOM, storage_help},
	{"indexedDB", FAMILY_DOM, storage_help},
	{"navigator", FAMILY_DOM,
	 "ask for what you need in the app's interface; `platform` of `attio/client` tells web and "
	 "mobile apart"},
	{"location", FAMILY_DOM, way_help},
	{"history", FAMILY_DOM, way_help},
	{"matchMedia", FAMILY_DOM, frame_help},
	{"requestAnimationFrame", FAMILY_DOM, frame_help},
	{"alert", FAMILY_DOM, "import `alert` from `attio/client`, or use its `showToast`"},
	{"confirm", FAMILY_DOM, "import `confirm` from `attio/client`"},
	{"prompt", FAMILY_DOM, "ask with a form: `showDialog` and `useForm` of `attio/client`"},
};

/* What an expression is among the global objects. */
enum global_object { OBJECT_NONE, OBJECT_GLOBAL, OBJECT_WINDOW };

struct scan {
	const struct app *app;
	const struct module *module;
	struct diags *diags;
	size_t settled; /* start of an identifier that was dealt with as part of something larger */
	struct map aliases;    /* names that stand for a global object */
	bool alerts, confirms; /* whether a repair was offered */
	struct unused unused;
};

/* --- global objects -----------------------------------------------------------------------------
 */

static enum global_object object_named(const char *name)
{
	if (str_equal(name, "window"))
		return OBJECT_WINDOW;
	return str_equal(name, "globalThis") || str_equal(name, "self") || str_equal(name, "global")
		       ? OBJECT_GLOBAL
		       : OBJECT_NONE;
}

static enum global_object identifier_object(const struct app *app, const struct module *module,
					    struct node identifier, int steps);

/* `const w = window`, and no pattern. */
static enum global_object declarator_object(const struct app *app, const struct module *module,
					    struct node declarator, int steps)
{
	struct node value = node_unwrap(node_field(declarator, FIELD_VALUE));

	if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) || !node_is(value, NODE_IDENTIFIER) ||
	    !node_is(node_field(declarator, FIELD_NAME), NODE_IDENTIFIER) ||
	    !node_text_is(&module->syntax, node_field(node_parent(declarator), FIELD_KIND),
			  "const"))
		return OBJECT_NONE;
	return identifier_object(app, module, value, steps - 1);
}

static enum global_object identifier_object(const struct app *app, const struct module *module,
					    struct node identifier, int steps)
{
	char name[64];
	size_t len, offset = node_start(identifier);
	const char *bytes = node_bytes(&module->syntax, identifier, &len);
	struct declared declared;
	struct resolved resolved;

	if (steps <= 0 || len >= sizeof(name))
		return OBJECT_NONE;
	memcpy(name, bytes, len);
	name[len] = '\0';
	if (object_named(name) != OBJECT_NONE && is_runtime_global(module, name, offset))
		return object_named(name);
	if (facts_local(&module->facts, name, offset, &declared))
		return declared.as == DECLARED_VARIABLE
			       ? declarator_object(app, module, declared.node, steps)
			       : OBJECT_NONE;
	if (facts_binding(&module->facts, name) == NULL)
		return OBJECT_NONE;
	resolved = app_resolve_name(app, module, name);
	if (node_is_null(resolved.node) || !resolved.found || resolved.opaque)
		return OBJECT_NONE;
	if (node_is(resolved.node, NODE_IDENTIFIER))
		return identifier_object(app, resolved.module, resolved.node, steps - 1);
	return declarator_object(app, resolved.module, resolved.node, steps);
}

static bool is_member(struct node node)
{
	return node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_SUBSCRIPT_EXPRESSION);
}

/* The property that a member expression names; NULL when it is computed. */
static const char *member_name(const struct scan *scan, struct node member)
{
	if (node_is(member, NODE_MEMBER_EXPRESSION))
		return node_text(&scan->module->syntax, scan->app->arena,
				 node_field(member, FIELD_PROPERTY));
	return value_text(scan->app, scan->module, node_field(member, FIELD_INDEX));
}

/* The identifier at the left end of a chain of members; null when there is none. */
static struct node chain_root(struct node node)
{
	node = node_unwrap(node);
	for (int i = 0; i < CHAIN_STEPS && is_member(node); i++)
		node = node_unwrap(node_field(node, FIELD_OBJECT));
	return node_is(node, NODE_IDENTIFIER) ? node : (struct node){0};
}

static enum global_object object_of(const struct scan *scan, struct node node)
{
	enum global_object object, inner = OBJECT_NONE;
	struct node members[ALIAS_STEPS];
	size_t count = 0;

	node = node_unwrap(node);
	while (is_member(node) && count < ARRAY_LEN(members)) {
		members[count++] = node;
		node = node_unwrap(node_field(node, FIELD_OBJECT));
	}
	if (!node_is(node, NODE_IDENTIFIER))
		return OBJECT_NONE;
	object = identifier_object(scan->app, scan->module, node, ALIAS_STEPS);
	while (object != OBJECT_NONE && count > 0) {
		inner = object_named(member_name(scan, members[--count]));
		if (inner == OBJECT_NONE)
			return OBJECT_NONE;
		object = object == OBJECT_WINDOW ? OBJECT_WINDOW : inner;
	}
	return object;
}

/* --- telling ------------------------------------------------------------------------------------
 */

static void tell(struct scan *scan, enum family family, struct node node, const char *what,
		 const char *help)
{
	struct place place = node_place(&scan->module->syntax, node);
	struct diag *diag;

	if (is_left_out(&scan->unused, scan->app, scan->module, node))
		return;
	if (family == FAMILY_NETWORK) {
		diag = diag_add(scan->diags, &rule_client_no_network.info, place,
				"client code cannot reach the network with `%s`", what);
		help = "do it in a `.server.ts` function and call that from here; `useAsyncCache` "
		       "of "
		       "`attio/client` loads its result for a component";
	} else if (family == FAMILY_PROCESS) {
		diag = diag_add(scan->diags, &rule_client_no_process.info, place,
				"client code has no `%s`", what);
		help = "read it in a `.server.ts` function and return what the client may see; of "
		       "`process` only `process.env.NODE_ENV` works here";
	} else {
		diag = diag_add(scan->diags, &rule_client_no_dom.info, place,
				"client code has no `%s`", what);
	}
	diag->help = help;
}

/* Tells of a global name, or the property of a global object; true when it is one of ours. */
static bool tell_name(struct scan *scan, struct node node, const char *name, const char *what)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_equal(names[i].name, name)) {
			tell(scan, names[i].family, node, what, names[i].help);
			return true;
		}
	}
	return false;
}

/* A property of a global object: `name` NULL when it is not known. */
static void judge_property(struct scan *scan, enum global_object object, struct node node,
			   const char *name)
{
	const char *base = object == OBJECT_WINDOW ? "window" : "globalThis";
	const char *what =
		name == NULL ? base : arena_printf(scan->app->arena, "%s.%s", base, name);

	if (tell_name(scan, node, name, name) || object_named(name) == OBJECT_GLOBAL)
		return;
	if (object_named(name) == OBJECT_WINDOW)
		tell(scan, FAMILY_DOM, node, "window", window_help);
	else if (object == OBJECT_WINDOW && !str_equal(name, "open"))
		tell(scan, FAMILY_DOM, node, what, window_help);
}

/* --- the scan -----------------------------------------------------------------------------------
 */

static bool is_node_env(const struct scan *scan, struct node member)
{
	struct node env = node_unwrap(node_field(member, FIELD_OBJECT));
	struct node process =
		is_member(env) ? node_unwrap(node_field(env, FIELD_OBJECT)) : (struct node){0};

	return node_text_is(&scan->module->syntax, process, "process") &&
	       str_equal(member_name(scan, member), "NODE_ENV") &&
	       str_equal(member_name(scan, env), "env");
}

static void settle(struct scan *scan, struct node identifier)
{
	if (!node_is_null(identifier))
		scan->settled = node_start(identifier);
}

static void visit_member(struct scan *scan, struct node node)
{
	struct node root = chain_root(node), outer, parent;
	enum global_object object;

	if (node_is_null(root) || node_start(root) == scan->settled)
		return;
	if (is_node_env(scan, node)) {
		settle(scan, root);
		return;
	}
	object = object_of(scan, node_field(node, FIELD_OBJECT));
	if (object == OBJECT_NONE)
		return;
	settle(scan, root);
	/* `(window as any).self.fetch` is judged by the outer member, which comes first. */
	outer = node_outermost(node);
	parent = node_parent(outer);
	if (!is_member(parent) || object_of(scan, node) == OBJECT_NONE ||
	    !node_same(node_field(parent, FIELD_OBJECT), outer))
		judge_property(scan, object, node, member_name(scan, node));
}

/* `const {fetch, document: page} = window` */
static void visit_pattern(struct scan *scan, enum global_object object, struct node pattern)
{
	const struct syntax *syntax = &scan->module->syntax;

	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(item, NODE_REST_PATTERN))
			judge_property(scan, object, item, NULL);
		else if (node_is(key, NODE_STRING))
			judge_property(scan, object, key,
				       node_string(syntax, scan->app->arena, key));
		else if (!node_is(key, NODE_COMPUTED_PROPERTY_NAME) && !node_is(key, NODE_COMMENT))
			judge_property(scan, object, key, node_text(syntax, scan->app->arena, key));
	}
}

static void visit_declarator(struct scan *scan, struct node node)
{
	struct node value = node_unwrap(node_field(node, FIELD_VALUE)),
		    name = node_field(node, FIELD_NAME);
	enum global_object object;

	if (!node_is(value, NODE_IDENTIFIER))
		return;
	object = identifier_object(scan->app, scan->module, value, ALIAS_STEPS);
	if (object == OBJECT_NONE)
		return;
	if (node_is(name, NODE_OBJECT_PATTERN)) {
		settle(scan, value);
		visit_pattern(scan, object, name);
	} else if (node_is(name, NODE_IDENTIFIER) &&
		   node_text_is(&scan->module->syntax, node_field(node_parent(node), FIELD_KIND),
				"const")) {
		/* What is done with the new name counts, as long as all of it can be seen. */
		if (!node_is(node_parent(node_parent(node)), NODE_EXPORT_STATEMENT))
			settle(scan, value);
		map_set(&scan->aliases, node_text(&scan->module->syntax, scan->app->arena, name),
			scan);
	}
}

/* `process.env.KEY` as far as it is written with plain names. */
static const char *process_text(const struct scan *scan, struct node node)
{
	for (int i = 0; i < 2; i++) {
		struct node parent = node_parent(node);

		if (!node_is(parent, NODE_MEMBER_EXPRESSION) ||
		    !node_same(node_field(parent, FIELD_OBJECT), node) ||
		    node_count(parent) != 2) /* `?.` is a child, too */
			break;
		node = parent;
	}
	return node_text(&scan->module->syntax, scan->app->arena, node);
}

/* The first finding about a name has the repair for all. */
static void offer(struct scan *scan, const char *name)
{
	bool *offered = strcmp(name, "alert") == 0     ? &scan->alerts
			: strcmp(name, "confirm") == 0 ? &scan->confirms
						       : NULL;

	if (offered == NULL || *offered)
		return;
	*offered = true;
	offer_dialog(scan->app, scan->module, arena_strdup(scan->app->arena, name), scan->diags,
		     &scan->diags->items[scan->diags->count - 1]);
}

static void visit_identifier(struct scan *scan, struct node node)
{
	size_t offset = node_start(node), len;
	const char *bytes = node_bytes(&scan->module->syntax, node, &len);
	char name[64];

	if (offset == scan->settled || len >= sizeof(name))
		return;
	memcpy(name, bytes, len);
	name[len] = '\0';
	if (map_get(&scan->aliases, name) != NULL) {
		if (!node_is(node_parent(node), NODE_VARIABLE_DECLARATOR) &&
		    identifier_object(scan->app, scan->module, node, ALIAS_STEPS) == OBJECT_WINDOW)
			tell(scan, FAMILY_DOM, node, "window", window_help);
		return;
	}
	if (strcmp(name, "window") != 0) {
		size_t i = 0;

		while (i < ARRAY_LEN(names) && strcmp(names[i].name, name) != 0)
			i++;
		if (i == ARRAY_LEN(names))
			return;
	}
	if (!is_runtime_global(scan->module, name, offset))
		return;
	if (strcmp(name, "window") == 0)
		tell(scan, FAMILY_DOM, node, "window", window_help);
	else if (tell_name(scan, node, name,
			   strcmp(name, "process") == 0 ? process_text(scan, node)
							: arena_strdup(scan->app->arena, name)))
		offer(scan, name);
}

static bool see_identifier(const struct visiting *v, struct node node)
{
	visit_identifier(v->own, node);
	return false;
}

static bool see_member(const struct visiting *v, struct node node)
{
	visit_member(v->own, node);
	return true;
}

static bool see_declarator(const struct visiting *v, struct node node)
{
	visit_declarator(v->own, node);
	return true;
}

static bool see_operator(const struct visiting *v, struct node node)
{
	if (node_is(node_field(node, FIELD_OPERATOR), TOKEN_TYPEOF))
		settle(v->own, chain_root(node_field(node, FIELD_ARGUMENT)));
	return true;
}

/* An element, or a component that is bound anyway. */
static bool see_element(const struct visiting *v, struct node node)
{
	struct node name = node_field(node, FIELD_NAME);

	if (node_is(name, NODE_IDENTIFIER))
		settle(v->own, name);
	return true;
}

static bool see_export(const struct visiting *v, struct node node)
{
	(void)v;
	return node_is_null(node_field(node, FIELD_SOURCE));
}

static bool wants(struct visiting *v)
{
	struct scan *scan = arena_alloc(v->arena, sizeof(*scan));

	*scan = (struct scan){
		.app = v->app, .module = v->module, .diags = v->diags, .settled = NO_PLACE};
	v->own = scan;
	return true;
}

static void done(const struct visiting *v)
{
	struct scan *scan = v->own;

	map_dispose(&scan->aliases);
	unused_dispose(&scan->unused);
}

static const struct walk globals = {
	.modules = WALK_CLIENT,
	.wants = wants,
	.done = done,
	.visits =
		(const struct visit[]){
			{NODE_IDENTIFIER, see_identifier},
			{NODE_SHORTHAND_PROPERTY_IDENTIFIER, see_identifier},
			{NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN, see_identifier},
			{NODE_MEMBER_EXPRESSION, see_member},
			{NODE_SUBSCRIPT_EXPRESSION, see_member},
			{NODE_VARIABLE_DECLARATOR, see_declarator},
			{NODE_UNARY_EXPRESSION, see_operator},
			{NODE_JSX_OPENING_ELEMENT, see_element},
			{NODE_JSX_CLOSING_ELEMENT, see_element},
			{NODE_JSX_SELF_CLOSING_ELEMENT, see_element},
			{NODE_EXPORT_STATEMENT, see_export},
			VISITS_NO_VALUES,
			{NODE_NONE, NULL},
		},
};

const struct rule rule_client_no_network = {
	.info = {"ATT2001", "client-no-network", SEVERITY_ERROR},
	.summary = "Client code reaches for the network",
	.explanation =
		"Client code runs in a sandbox without `fetch`, `XMLHttpRequest`, `WebSocket` and "
		"`EventSource`. Requests belong in a server function: a `.server.ts` file whose "
		"default "
		"export is an async function. Client code imports and calls it like any other.\n\n"
		"This looks at every module that the client bundle holds, so a helper that both "
		"sides "
		"share counts, too: move its network part into a file of the server's own. A "
		"function that nobody uses is in no bundle and does not count.",
	.bad = "// src/app/extensions/rates/load.ts\n"
	       "export const load = () => fetch(\"https://example.com/rates\")",
	.good = "// src/app/extensions/rates/load.server.ts\n"
		"export default async function load() {\n"
		"  const response = await fetch(\"https://example.com/rates\")\n"
		"  return response.json()\n}",
	.walk = &globals,
};

const struct rule rule_client_no_process = {
	.info = {"ATT2002", "client-no-process", SEVERITY_ERROR},
	.summary = "Client code uses process",
	.explanation = "`process` and the environment variables of the app exist on Attio's "
		       "servers only. Read "
		       "them in a server function. `process.env.NODE_ENV` is the exception: it is "
		       "replaced by a "
		       "text when the bundle is made.",
	.bad = "// src/app/extensions/rates/url.ts\nexport const url = process.env.RATES_URL",
	.good = "// src/app/extensions/rates/url.server.ts\n"
		"export default async function url() {\n  return process.env.RATES_URL\n}",
};

const struct rule rule_client_no_dom = {
	.info = {"ATT2003", "client-no-dom", SEVERITY_ERROR},
	.summary = "Client code uses the browser's page or storage",
	.explanation = "Client code has no page of its own: `document`, `localStorage`, "
		       "`navigator`, `location` "
		       "and the like are not there, and of `window` only `window.open`. Dialogs "
		       "come from the "
		       "SDK: `alert`, `confirm`, `showDialog`, `showToast` of `attio/client`.",
	.bad = "// src/app/extensions/hello/greet.ts\nexport const greet = () => alert(\"Hello\")",
	.good = "// src/app/extensions/hello/greet.ts\nimport {alert} from \"attio/client\"\n"
		"export const greet = () => alert({title: \"Hello\"})",
};
