/* ATT9xxx, and the boundary rules that the bundler enforces (lib/bundle/findings.c): explained here
 * so that `attio explain` knows every code. */
#include <stdlib.h>
#include <string.h>

#include "app/problems.h"
#include "app/remedies.h"
#include "app/server_only.h"
#include "rules/handler.h"
#include "rules/internal.h"
#include "rules/names.h"

/* What does not parse does not bundle. Files that end up in no bundle are left alone. */
static void check_syntax(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		/* One of a wrong ending is read in the wrong language: ATT1012. */
		if (app->modules[i]->runtimes != 0 && !app->modules[i]->odd_suffix &&
		    syntax_is_broken(&app->modules[i]->syntax))
			syntax_problem(app->arena, diags, app->modules[i]);
	}
	check_json_syntax(rule, app, diags);
}

const struct rule rule_client_no_node = {
	.info = {"ATT2006", "client-no-node", SEVERITY_ERROR},
	.summary = "Client code imports a Node built-in",
	.explanation = "Client code runs in a browser sandbox, where `fs`, `node:crypto` and the "
		       "like do not "
		       "exist. Found by `attio build`, in npm packages too.",
	.bad = "// src/app/extensions/hello/extension.ts\nimport {randomUUID} from \"node:crypto\"",
	.good = "// src/app/extensions/hello/extension.ts\nimport {nanoid} from \"nanoid\"",
	.check = check_client_node,
};

const struct rule rule_server_import_shape = {
	.info = {"ATT2007", "server-import-shape", SEVERITY_ERROR},
	.summary = "Client code imports more than the default export of a server function",
	.explanation = "In client code a `.server` module is a proxy: its default export calls the "
		       "function "
		       "on Attio's servers, and it has no other exports. Types may be imported.",
	.bad = "import {helper} from \"./send.server\"",
	.good = "import send from \"./send.server\"\nimport type {Result} from \"./send.server\"",
	.check = check_server_shape,
};

const struct rule rule_client_imports_handler = {
	.info = {"ATT2008", "client-imports-handler", SEVERITY_ERROR},
	.summary = "Client code imports a webhook or event file",
	.explanation =
		"Webhooks and events run on the server and are called by the platform. Imported by "
		"client code, their source would be shipped to the browser.",
	.bad = "// src/app/extensions/hello/extension.ts\n"
	       "import handler from \"../../webhooks/lead.webhook\"",
	.good = "// src/app/extensions/hello/extension.ts\nimport shared from "
		"\"../../../lib/lead\"",
	.check = check_client_handlers,
};

/* The import leads to a file whose suffix is misspelt, which is told there (ATT1012). */
static bool leads_to_misspelt(const struct app *app, const struct diag *diag)
{
	const struct module *module = app_module(app, diag->place.file);

	for (size_t i = 0; module != NULL && i < module->facts.import_count; i++)
		if (module->facts.imports[i].specifier_place.start == diag->place.start &&
		    module->edges[i].module != NULL)
			return misspelt_suffix(app, module->edges[i].module) != NULL;
	return false;
}

static void check_server_only(const struct rule *rule, const struct app *app, struct diags *diags)
{
	(void)rule;
	size_t kept = diags->count, before = kept;

	server_only_check(app, diags);
	for (size_t i = before; i < diags->count; i++)
		if (!leads_to_misspelt(app, &diags->items[i]))
			diags->items[kept++] = diags->items[i];
	diags->count = kept;
}

const struct rule rule_client_server_only = {
	.info = {"ATT2010", "client-server-only", SEVERITY_ERROR},
	.summary = "Client code imports what its name keeps on the server",
	.explanation = "A file `x.server.ts` is a server function: client code that imports it "
		       "gets a proxy. "
		       "Anything else that is called `.server` (a folder `x.server/`, data like "
		       "`keys.server.json`, a package or an alias `x.server` that leads to a file "
		       "of another "
		       "name) is none: its source would be shipped to the browser, and Attio's own "
		       "CLI makes "
		       "a call of it that nothing answers. `import type` is fine.",
	.bad = "// src/app/extensions/hello/extension.ts\n"
	       "import send from \"./send.server\" // there is send.server/index.ts",
	.good = "// src/app/extensions/hello/extension.ts\n"
		"import send from \"./send.server\" // there is send.server.ts",
	.check = check_server_only,
};

const struct rule rule_server_no_node = {
	.info = {"ATT3008", "server-no-node", SEVERITY_ERROR},
	.summary = "Server code imports a Node built-in",
	.explanation = "Server functions run in Attio's own sandbox with web APIs (`fetch`, `URL`, "
		       "`crypto`); "
		       "bundles cannot import `fs`, `node:crypto` and the like. Found by `attio "
		       "build`, in "
		       "npm packages too.",
	.bad = "// src/send.server.ts\nimport {readFile} from \"node:fs/promises\"",
	.good = "// src/send.server.ts\nimport data from \"./data.json\"",
	.check = check_server_node,
};

const struct rule rule_bundle_error = {
	.info = {"ATT9000", "bundle-error", SEVERITY_ERROR},
	.summary = "The bundler refuses the app",
	.explanation = "esbuild, which makes the bundles, reports an error that has no code of its "
		       "own here, for example about `await` outside of a function in client code.",
	.bad = "// src/app/extensions/hello/extension.ts\nconst leads = await loadLeads()",
	.good = "// src/app/extensions/hello/extension.ts\n"
		"onTrigger: async () => {\n  const leads = await loadLeads()\n}",
	.walk = &walk_client_await,
};

const struct rule rule_bundle_unresolved = {
	.info = {"ATT9001", "bundle-unresolved", SEVERITY_ERROR},
	.summary = "An import leads nowhere",
	.explanation = "The file does not exist, or the package is not installed. A package must "
		       "be listed in `package.json` and installed; the finding names the command "
		       "of the package manager whose lock file the app has.",
	.bad = "import {z} from \"zod\"  // not installed",
	.good = "import {z} from \"zod\"  // listed in package.json, and installed",
	.check = check_unresolved,
};

const struct rule rule_bundle_loader = {
	.info = {"ATT9002", "bundle-loader", SEVERITY_ERROR},
	.summary = "A file of this kind cannot be imported",
	.explanation = "Client code can import `.png` images (as data URLs), `.graphql` queries "
		       "(as text), "
		       "`.json` and `.txt`; server code `.json` and `.txt`. For other files, "
		       "convert them or "
		       "keep their content in a source file.",
	.bad = "import logo from \"./logo.svg\"",
	.good = "import logo from \"./logo.png\"",
	.check = check_loaders,
};

const struct rule rule_syntax = {
	.info = {"ATT9003", "syntax", SEVERITY_ERROR},
	.summary = "A source file does not parse",
	.explanation = "A module that ends up in a bundle has a syntax error. So has one that "
		       "parses and still is no program: `await` in a function that is not "
		       "`async`, `return` outside of a function, `import` inside one, a name that "
		       "is declared twice, a constant that gets another value.",
	.bad = "export default async function send( {",
	.good = "export default async function send() {}",
	.check = check_syntax,
	.walk = &walk_early,
};

const struct rule rule_css_not_shipped = {
	.info = {"ATT9004", "css-not-shipped", SEVERITY_ERROR},
	.summary = "Imported CSS is never shipped",
	.explanation = "A bundle is one JavaScript file; style sheets that it imports are not "
		       "uploaded with "
		       "it. Use the SDK's components.",
	.bad = "import \"./styles.css\"",
	.good = "import {Section} from \"attio/client\"",
	.check = check_styles,
};

const struct rule rule_source_encoding = {
	.info = {"ATT9005", "source-encoding", SEVERITY_WARNING},
	.summary = "A source file is not valid UTF-8",
	.explanation = "The bundler replaces bytes that are not UTF-8 by U+FFFD, so texts of the "
		       "app can come "
		       "out wrong. Save the file as UTF-8.",
	.bad = "a file saved as Latin-1 or UTF-16",
	.good = "the same file saved as UTF-8",
};

const struct rule rule_bundle_export = {
	.info = {"ATT9006", "bundle-export", SEVERITY_ERROR},
	.summary = "A file does not export what is imported from it",
	.explanation =
		"The imported name is not among the file's exports, or is exported as a type only. "
		"Check the spelling, and whether it is a default or a named export.",
	.bad = "// util.ts: export const format = ...\nimport {formt} from \"./util\"",
	.good = "import {format} from \"./util\"",
	.check = check_exports,
	.walk = &walk_sdk_members,
};

const struct rule rule_package_unlisted = {
	.info = {"ATT9008", "package-unlisted", SEVERITY_WARNING},
	.summary = "An imported package is in no package.json",
	.explanation =
		"The package is in `node_modules` because another one brought it along. The next "
		"install may bring another version of it, or none. List what is imported in the "
		"app's package.json, or in that of the workspace. The SDK, which all files import, "
		"is told once, at `package.json`.",
	.bad = "import {graphql} from \"graphql\"  // only something else depends on it",
	.good = "import {graphql} from \"graphql\"  // package.json lists it",
	.check = check_unlisted,
};

/* What the engine warns of in a text alone; of what comes with other files the bundler does. */
static void check_remarks(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		const char *at = module->syntax.verdict.remarks;

		while (module->runtimes != 0 && at != NULL && *at != '\0') {
			struct place place = {.file = module->path};
			char *end;

			place.start = strtoul(at, &end, 10);
			place.end = strtoul(end, &end, 10);
			at = end + 1;
			if (place.end <= module->syntax.len) {
				struct diag *diag = diag_add(diags, &rule->info, place, "%.*s",
							     (int)strcspn(at, "\n"), at);

				diag->help = remark_remedy(diag->message);
			}
			at += strcspn(at, "\n") + 1;
		}
	}
}

const struct rule rule_bundle_warning = {
	.info = {"ATT9010", "bundle-warning", SEVERITY_WARNING},
	.summary = "The bundler warns about the app's code",
	.explanation = "esbuild found something that is probably a mistake, for example a "
		       "duplicate key or a "
		       "comparison that is always false, or a member that the imported file does "
		       "not have. The bundle is made all the same.",
	.bad = "const a = {x: 1, x: 2}",
	.good = "const a = {x: 1}",
	.check = check_remarks,
	.walk = &walk_empty,
};

const struct rule rule_bundle_budget = {
	.info = {"ATT9011", "bundle-budget", SEVERITY_ERROR},
	.summary = "A bundle is larger than its budget",
	.explanation = "`attio build --budget` names a limit that the bundle exceeds; the output "
		       "stays as it was. Look at what makes it large with `attio build --report "
		       "size`, which lists the modules, and leave out what is not needed, or raise "
		       "the budget.",
	.bad = "attio build --budget client=20k  // the client bundle has 34 KiB",
	.good = "attio build --budget client=40k",
};
