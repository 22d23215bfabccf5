/* ATT2014 and ATT3011: names that Node or browsers have and Attio's runtimes have not, so that
 * reading them throws. The lists are the documents' and what Attio's own apps do without; names of
 * which nothing is known are on neither. ATT2001 to ATT2003 are about the client's other gaps. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/visit.h"

enum side { SIDE_CLIENT = 1, SIDE_SERVER = 2, SIDE_SERVER_ALONE = 4 };

static const char bytes_help[] = "use `Uint8Array`, `TextEncoder` and `TextDecoder`";
static const char polyfill_help[] =
	"import a polyfill before whatever needs it: `event-target-polyfill`, then "
	"`yet-another-abortcontroller-polyfill`";
static const char show_help[] = "return a value and let client code show it";
static const char page_help[] = "server code runs without a page: do it in client code";
static const char storage_help[] = "use `kv` of `attio/server`";
static const char file_help[] = "bundles have no files: import what you need";

static const struct {
	const char *name;
	unsigned sides;
	bool event; /* what polyfills of events and aborting bring */
	const char *help;
} names[] = {
	{"Buffer", SIDE_CLIENT | SIDE_SERVER, false, bytes_help},
	{"setImmediate", SIDE_CLIENT | SIDE_SERVER, false, "use `setTimeout(..., 0)`"},
	{"clearImmediate", SIDE_CLIENT | SIDE_SERVER, false, "use `clearTimeout`"},
	{"__dirname", SIDE_CLIENT | SIDE_SERVER, false, file_help},
	{"__filename", SIDE_CLIENT | SIDE_SERVER, false, file_help},
	{"AbortController", SIDE_CLIENT, true, polyfill_help},
	{"AbortSignal", SIDE_CLIENT, true, polyfill_help},
	{"Event", SIDE_CLIENT, true, polyfill_help},
	{"EventTarget", SIDE_CLIENT, true, polyfill_help},
	/* ATT2003 and ATT2001 are about these in what the client has, too. */
	{"XMLHttpRequest", SIDE_SERVER_ALONE, false, "use `fetch`"},
	{"window", SIDE_SERVER_ALONE, false, page_help},
	{"document", SIDE_SERVER_ALONE, false, page_help},
	{"localStorage", SIDE_SERVER_ALONE, false, storage_help},
	{"sessionStorage", SIDE_SERVER_ALONE, false, storage_help},
	{"indexedDB", SIDE_SERVER_ALONE, false, storage_help},
	{"alert", SIDE_SERVER_ALONE, false, show_help},
	{"confirm", SIDE_SERVER_ALONE, false, show_help},
	{"prompt", SIDE_SERVER_ALONE, false, show_help},
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$';
}

/* --- what the app brings along ------------------------------------------------------------------
 */

/* Which names the app supplies itself, by their place in the list above. */
struct supplied {
	bool names[ARRAY_LEN(names)];
};

/* `globalThis.NAME = ...`, with whatever way there is to write the object. */
static bool assigns(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strstr(text, name); at != NULL; at = strstr(at + len, name)) {
		const char *after = at + len;

		if (at == text || (at[-1] != '.' && at[-1] != '"' && at[-1] != '\''))
			continue;
		after += strspn(after, "\"'] \t\r\n");
		/* =, ??=, ||= */
		after += strspn(after, "?|");
		if (after[0] == '=' && after[1] != '=')
			return true;
		/* Object.defineProperty(globalThis, "NAME", ...) */
		if (at[-1] != '.' && after[0] == ',' && strstr(text, "defineProperty") != NULL)
			return true;
	}
	return false;
}

static bool is_polyfill(const char *specifier)
{
	return strstr(specifier, "polyfill") != NULL || strstr(specifier, "shim") != NULL ||
	       str_starts(specifier, "core-js");
}

static void look_for_supplies(struct supplied *supplied, const struct module *module)
{
	const char *text = module->text->bytes;
	bool polyfill = false, assigned = strstr(text, "Object.assign(globalThis") != NULL;

	for (size_t i = 0; i < module->facts.import_count; i++)
		polyfill = polyfill || (module->edges[i].kind == TARGET_PACKAGE &&
					is_polyfill(module->facts.imports[i].specifier));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (assigned || (polyfill && names[i].event) || assigns(text, names[i].name))
			supplied->names[i] = true;
	/* buffer-polyfill and such */
	for (size_t i = 0; polyfill && i < module->facts.import_count; i++)
		if (strstr(module->facts.imports[i].specifier, "buffer") != NULL)
			supplied->names[0] = true;
}

static void *prepare(const struct app *app, struct arena *arena, unsigned runtimes)
{
	struct supplied *supplied = arena_alloc(arena, sizeof(*supplied));

	memset(supplied, 0, sizeof(*supplied));
	for (size_t i = 0; i < app->module_count; i++)
		if ((app->modules[i]->runtimes & runtimes) != 0)
			look_for_supplies(supplied, app->modules[i]);
	return supplied;
}

static void *prepare_client(const struct app *app, struct arena *arena)
{
	return prepare(app, arena, RUNTIME_CLIENT);
}

static void *prepare_server(const struct app *app, struct arena *arena)
{
	return prepare(app, arena, RUNTIME_SERVER_SIDE);
}

/* --- one module ---------------------------------------------------------------------------------
 */

/* Which names to look for in a module. */
struct wanted {
	bool names[ARRAY_LEN(names)];
};

/* `typeof NAME`: who asks first knows that it may not be there. */
static bool asks_first(const char *text, const char *name)
{
	static const char word[] = "typeof";
	size_t len = strlen(name);

	for (const char *at = strstr(text, word); at != NULL; at = strstr(at, word)) {
		at += strlen(word);
		at += strspn(at, " \t(");
		if (str_starts(at, "globalThis."))
			at += strlen("globalThis.");
		if (strncmp(at, name, len) == 0 && !is_name_byte(at[len]))
			return true;
	}
	return false;
}

/* What neither side has is told about the server, where the module is on both. */
static bool wants(struct visiting *v, enum side side)
{
	bool shared = side == SIDE_CLIENT && (v->module->runtimes & RUNTIME_SERVER_SIDE) != 0;
	bool alone = side == SIDE_SERVER && (v->module->runtimes & RUNTIME_CLIENT) == 0;
	unsigned sides = side | (alone ? SIDE_SERVER_ALONE : 0);
	const struct supplied *supplied = v->shared;
	const char *text = v->module->text->bytes;
	struct wanted *wanted = arena_alloc(v->arena, sizeof(*wanted));
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		wanted->names[i] = (names[i].sides & sides) != 0 && !supplied->names[i] &&
				   !(shared && (names[i].sides & SIDE_SERVER) != 0) &&
				   strstr(text, names[i].name) != NULL &&
				   !asks_first(text, names[i].name);
		any = any || wanted->names[i];
	}
	v->own = wanted;
	return any || (side == SIDE_SERVER && strstr(text, "process") != NULL);
}

static bool wants_client(struct visiting *v)
{
	return wants(v, SIDE_CLIENT);
}

static bool wants_server(struct visiting *v)
{
	return !syntax_is_broken(&v->module->syntax) && wants(v, SIDE_SERVER);
}

static void tell(const struct visiting *v, struct node node, const char *what, const char *help)
{
	const char *side = v->rule == &rule_server_absent_name ? "server" : "client";

	diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, node),
		 "%s code has no `%s`", side, what)
		->help = help;
}

static bool see_name(const struct visiting *v, struct node node)
{
	const struct wanted *wanted = v->own;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (wanted->names[i] && node_text_is(&v->module->syntax, node, names[i].name) &&
		    is_runtime_global(v->module, names[i].name, node_start(node)))
			tell(v, node, names[i].name, names[i].help);
	}
	return false;
}

/* --- process ------------------------------------------------------------------------------------
 */

static void judge_property(const struct visiting *v, struct node place, const char *name)
{
	const char *what, *help = "of `process` only `process.env` is there";

	if (name == NULL || str_equal(name, "env"))
		return;
	what = arena_printf(v->app->arena, "process.%s", name);
	if (str_equal(name, "nextTick"))
		help = "use `queueMicrotask`, or `await`";
	else if (str_equal(name, "exit") || str_equal(name, "abort"))
		help = "throw an error, or return";
	tell(v, place, what, help);
}

/* `process.X`, `process["X"]`, `const {X} = process` */
static void see_process(const struct visiting *v, struct node process)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node outer = node_outermost(process), parent = node_parent(outer), pattern;

	if (node_is(parent, NODE_MEMBER_EXPRESSION)) {
		judge_property(v, parent,
			       node_text(syntax, v->arena, node_field(parent, FIELD_PROPERTY)));
	} else if (node_is(parent, NODE_SUBSCRIPT_EXPRESSION) &&
		   node_same(node_field(parent, FIELD_OBJECT), outer)) {
		judge_property(v, parent,
			       value_text(v->app, v->module, node_field(parent, FIELD_INDEX)));
	} else if (node_is(parent, NODE_VARIABLE_DECLARATOR)) {
		pattern = node_field(parent, FIELD_NAME);
		for (struct node item = node_down_named(pattern);
		     node_is(pattern, NODE_OBJECT_PATTERN) && !node_is_null(item);
		     item = node_next_named(item)) {
			struct node key = node_pattern_key(item);

			if (!node_is(item, NODE_COMMENT) && !node_is(item, NODE_REST_PATTERN) &&
			    !node_is(key, NODE_COMPUTED_PROPERTY_NAME))
				judge_property(v, key,
					       node_is(key, NODE_STRING)
						       ? node_string(syntax, v->arena, key)
						       : node_text(syntax, v->arena, key));
		}
	}
}

static bool see_server_name(const struct visiting *v, struct node node)
{
	/* ATT2002 tells of it where the client has the module, too. */
	if (node_text_is(&v->module->syntax, node, "process") &&
	    (v->module->runtimes & RUNTIME_CLIENT) == 0 &&
	    is_runtime_global(v->module, "process", node_start(node)))
		see_process(v, node);
	return see_name(v, node);
}

/* --- the rules ----------------------------------------------------------------------------------
 */

static const struct walk client_names = {
	.modules = WALK_CLIENT,
	.prepare = prepare_client,
	.wants = wants_client,
	.visits = (const struct visit[]){{NODE_IDENTIFIER, see_name},
					 {NODE_SHORTHAND_PROPERTY_IDENTIFIER, see_name},
					 VISITS_NO_VALUES,
					 {NODE_NONE, NULL}},
};

static const struct walk server_names = {
	.modules = WALK_SERVER,
	.prepare = prepare_server,
	.wants = wants_server,
	.visits = (const struct visit[]){{NODE_IDENTIFIER, see_server_name},
					 {NODE_SHORTHAND_PROPERTY_IDENTIFIER, see_server_name},
					 VISITS_NO_VALUES,
					 {NODE_NONE, NULL}},
};

const struct rule rule_client_absent_name = {
	.info = {"ATT2014", "client-absent-name", SEVERITY_ERROR},
	.summary = "Client code uses a name that its runtime does not have",
	.explanation =
		"The client's sandbox has what belongs to JavaScript itself, `console`, timers, "
		"`TextEncoder` and `TextDecoder`; `Buffer`, `setImmediate`, `AbortController`, "
		"`AbortSignal`, `Event` and `EventTarget` are not there, and reading them "
		"throws.\n\n"
		"Nothing is said where the app imports a polyfill, gives the name to `globalThis` "
		"itself, or asks with `typeof` first.",
	.bad = "// src/app/extensions/hello/load.ts\nconst abort = new AbortController()",
	.good = "// src/app/extensions/hello/load.ts\nimport \"event-target-polyfill\"\n"
		"import \"yet-another-abortcontroller-polyfill\"\n"
		"const abort = new AbortController()",
	.walk = &client_names,
};

const struct rule rule_server_absent_name = {
	.info = {"ATT3011", "server-absent-name", SEVERITY_ERROR},
	.summary = "Server code uses a name that its runtime does not have",
	.explanation =
		"Attio runs server code in a sandbox of its own, not in Node: there is no "
		"`Buffer`, `setImmediate`, `__dirname` or `__filename`, and `process` has nothing "
		"but `env`. Nor is it a browser: there is no `window`, `document`, `localStorage` "
		"or `alert`. Reading anything else throws.\n\n"
		"Nothing is said where the app gives the name to `globalThis` itself or asks with "
		"`typeof` first.",
	.bad = "// src/sign.server.ts\nconst key = Buffer.from(process.env.KEY ?? \"\")",
	.good = "// src/sign.server.ts\nconst key = new TextEncoder().encode(process.env.KEY ?? "
		"\"\")",
	.walk = &server_names,
};
