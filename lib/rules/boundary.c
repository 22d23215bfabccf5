/* ATT2005 and ATT3003: an SDK that belongs to the other runtime. Neither exists as a package that
 * could be bundled: the host supplies them, each in its own runtime only. */
#include <string.h>

#include "base/arena.h"
#include "rules/names.h"
#include "sys/path.h"

/* Where the name is right and only the part of the SDK is wrong. */
static void offer_part(const struct app *app, const struct module *module,
		       const struct import *import, struct diags *diags, struct diag *diag)
{
	const char *part = sdk_right_part(app, module, import);
	char quote = module->text->bytes[import->specifier_place.start];

	if (part == NULL || strcmp(part, import->specifier) == 0)
		return;
	diag->help = arena_printf(app->arena, "import it from `%s`", part);
	diag_edit(diags, diag, import->specifier_place,
		  arena_printf(app->arena, "%c%s%c", quote, part, quote));
}

static void check_sdk(const struct rule *rule, const struct app *app, struct diags *diags,
		      const char *package, unsigned runtimes, const char *where, const char *help)
{
	struct map client = client_reach(app);

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		/* What lies behind a webhook or event file is told with ATT2008. */
		if ((module->runtimes & runtimes) == 0 ||
		    (runtimes == RUNTIME_CLIENT && map_get(&client, module->path) == NULL))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct import *import = &module->facts.imports[k];
			unsigned hit = module->runtimes & runtimes;
			struct diag *diag;

			if (module->edges[k].type_only || strcmp(import->specifier, package) != 0 ||
			    module->edges[k].kind != TARGET_PACKAGE)
				continue;
			diag = diag_add(diags, &rule->info, import->specifier_place,
					"%s code cannot import `%s`", where, package);
			diag->help = help;
			offer_part(app, module, import, diags, diag);
			app_chain_notes(app, diags, diag, module,
					(hit & RUNTIME_CLIENT) != 0   ? RUNTIME_CLIENT
					: (hit & RUNTIME_SERVER) != 0 ? RUNTIME_SERVER
								      : RUNTIME_BLOCK);
		}
	}
	map_dispose(&client);
}

static void check_client(const struct rule *rule, const struct app *app, struct diags *diags)
{
	check_sdk(rule, app, diags, "attio/server", RUNTIME_CLIENT, "client",
		  "move what needs it into a `.server.ts` file and call its default export from "
		  "here");
}

static void check_server(const struct rule *rule, const struct app *app, struct diags *diags)
{
	check_sdk(rule, app, diags, "attio/client", RUNTIME_SERVER_SIDE, "server",
		  "keep dialogs, toasts and queries in client code; return a value and let the "
		  "caller "
		  "show it");
}

const struct rule rule_client_no_server_sdk = {
	.info = {"ATT2005", "client-no-server-sdk", SEVERITY_ERROR},
	.summary = "Client code imports attio/server",
	.explanation =
		"`attio/server` (connections, tokens, the key-value store, webhook handlers) "
		"exists "
		"on Attio's servers only. A module that ends up in the client bundle cannot import "
		"it, not even through a helper that both sides share. Type imports are fine.",
	.bad = "// src/app/extensions/hello/extension.ts\nimport {kv} from \"attio/server\"",
	.good = "// src/app/extensions/hello/extension.ts\nimport readSetting from "
		"\"./read-setting.server\"",
	.check = check_client,
};

const struct rule rule_server_no_client_sdk = {
	.info = {"ATT3003", "server-no-client-sdk", SEVERITY_ERROR},
	.summary = "Server code imports attio/client",
	.explanation =
		"`attio/client` (toasts, dialogs, queries, components) exists in Attio's browser "
		"sandbox only. Server functions, webhooks, events and block handlers cannot import "
		"it, not even through a helper that both sides share. Type imports are fine.",
	.bad = "// src/send.server.ts\nimport {showToast} from \"attio/client\"",
	.good = "// src/app/extensions/send/extension.ts\nimport {showToast} from "
		"\"attio/client\"\n"
		"import send from \"../../../send.server\"",
	.check = check_server,
};
