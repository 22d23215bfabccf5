/* ATT3012: hooks of React in server code, where nothing is rendered: they throw when they are
 * called. What the client has, too, may be a component beside something that both need. */
#include <string.h>

#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"

static bool is_hook(const char *name)
{
	return str_is(name, "use") || (str_starts(name, "use") && name[3] >= 'A' && name[3] <= 'Z');
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node callee = node_field(node, FIELD_FUNCTION);
	const char *package, *name;

	if (package_member(v->app, v->module, callee, &package, &name) &&
	    str_equal(package, "react") && is_hook(name))
		diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, callee),
			 "server code cannot call the hook `%s` of React", name)
			->help = "nothing is rendered on the server: use a plain variable, or move "
				 "this into a component of the client";
	return true;
}

static bool wants(struct visiting *v)
{
	return (v->module->runtimes & RUNTIME_CLIENT) == 0 &&
	       strstr(v->module->text->bytes, "react") != NULL;
}

static const struct walk calls = {
	.modules = WALK_SERVER,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_server_hook = {
	.info = {"ATT3012", "server-hook", SEVERITY_ERROR},
	.summary = "Server code calls a hook of React",
	.explanation =
		"Hooks such as `useState` work while React renders a component, and the server "
		"renders nothing: the call throws. Keep what lasts in `kv` of `attio/server`, and "
		"what is shown in the client's components.",
	.bad = "// src/count.server.ts\nimport {useState} from \"react\"\n"
	       "export default async function count() {\n  const [n] = useState(0)\n  return n\n}",
	.good = "// src/count.server.ts\nexport default async function count() {\n"
		"  let n = 0\n  return n\n}",
	.walk = &calls,
};
