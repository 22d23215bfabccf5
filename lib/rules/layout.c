/* ATT1xxx: where files are and what they are called. Most of the family is found while the app
 * model is read (lib/app); the rules here are about files that the platform would ignore. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/handler.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "sys/path.h"

static struct place whole(const struct module *module)
{
	return (struct place){.file = module->path};
}

/* Base name without the extension. */
static char *stem_of(const struct app *app, const struct module *module)
{
	const char *base = path_base(module->path);

	return arena_strndup(app->arena, base, strlen(base) - strlen(path_ext(base)));
}

/* --- ATT1010, ATT1011: webhooks and events elsewhere
 * ---------------------------------------------- */

static const char *const platform_events[] = {"connection-added", "connection-removed", NULL};

bool is_platform_event(const char *id)
{
	for (size_t i = 0; platform_events[i] != NULL; i++) {
		if (strcmp(id, platform_events[i]) == 0)
			return true;
	}
	return false;
}

/* Where the file belongs, under a name that works there. */
static const char *place_for(const struct app *app, enum definition_kind kind,
			     const struct module *module)
{
	const struct home *home = &homes[kind];
	const char *folder = app->has_folder_layout ? home->folder : home->older;
	const char *base = path_base(module->path), *near;
	const char *name = arena_strndup(app->arena, base, strcspn(base, "."));

	if (kind != DEF_EVENT || is_platform_event(name))
		return arena_printf(app->arena, "move it to `%s/%s`", folder, base);
	near = str_nearest(name, platform_events);
	if (near == NULL)
		return "and the platform has no such event: the events are `connection-added` and "
		       "`connection-removed`";
	return arena_printf(app->arena, "move it to `%s/%s.event.ts`", folder, near);
}

static void check_location(const struct rule *rule, const struct app *app, struct diags *diags,
			   enum definition_kind kind)
{
	const struct home *home = &homes[kind];

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct diag *diag;

		if (module->role != home->role || module->odd_suffix ||
		    home_above(kind, module->path) != NULL ||
		    !path_is_under(module->path, FOLDER_SRC))
			continue;
		diag = diag_add(diags, &rule->info, whole(module),
				"this %s is outside `%s` and `%s`, so the platform never sees it",
				role_suffix(home->role), home->older, home->folder);
		diag->help = place_for(app, kind, module);
	}
}

static void check_webhook_location(const struct rule *rule, const struct app *app,
				   struct diags *diags)
{
	check_location(rule, app, diags, DEF_WEBHOOK);
}

static void check_event_location(const struct rule *rule, const struct app *app,
				 struct diags *diags)
{
	check_location(rule, app, diags, DEF_EVENT);
}

/* --- ATT5006: workflow blocks elsewhere
 * ------------------------------------------------------- */

static bool defines_block(const struct app *app, const struct module *module)
{
	const struct export *item = facts_export(&module->facts, "default");
	const char *package, *path, *name;
	struct value value;

	if (item == NULL || item->import >= 0 ||
	    strstr(module->text->bytes, "defineWorkflowBlock") == NULL)
		return false;
	if (node_is_null(item->value)) {
		struct resolved resolved = app_resolve_export(app, module, "default");

		if (!resolved.found || resolved.opaque || resolved.module != module)
			return false;
		value = value_of(app, module, resolved.node);
	} else {
		value = value_of(app, module, item->value);
	}
	if (value.kind != VALUE_CALL || value.module != module ||
	    !package_path(app, module, node_field(value.node, FIELD_FUNCTION), &package, &path))
		return false;
	name = strrchr(path, '.') == NULL ? path : strrchr(path, '.') + 1;
	return str_equal(name, "defineWorkflowBlock") && str_starts(package, "attio");
}

static void check_block_location(const struct rule *rule, const struct app *app,
				 struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		const char *folder = path_dir(app->arena, module->path);
		struct diag *diag;

		/* Handlers beside it do not make the platform see a block. */
		if (!path_is_under(module->path, FOLDER_SRC) ||
		    path_is_under(module->path, FOLDER_BLOCKS) ||
		    path_is_under(module->path, FOLDER_OLD_BLOCKS) || !defines_block(app, module) ||
		    module->runtimes != 0 || is_imported(app, module, folder))
			continue;
		diag = diag_add(diags, &rule->info, whole(module),
				"this workflow block is outside `%s` and `%s`, so the platform "
				"never sees it",
				FOLDER_OLD_BLOCKS, FOLDER_BLOCKS);
		diag->help =
			arena_printf(app->arena,
				     "move it and its handlers to `%s/%s/`, with the definition in "
				     "`block.ts`",
				     app->has_folder_layout ? FOLDER_BLOCKS : FOLDER_OLD_BLOCKS,
				     str_equal(folder, FOLDER_SRC) || str_equal(folder, FOLDER_APP)
					     ? stem_of(app, module)
					     : path_base(folder));
	}
}

/* --- ATT1012: suffixes
 * ------------------------------------------------------------------------------ */

/* The suffix that `word` was probably meant to be: another case, hyphens or a plural, or one slip.
 * `sender` or `service` are words of their own, hence no more than one slip. */
static const char *meant_suffix(struct arena *arena, const char *word)
{
	char *plain = arena_alloc(arena, strlen(word) + 1);
	size_t n = 0;

	for (size_t i = 0; word[i] != '\0'; i++) {
		if (word[i] >= 'A' && word[i] <= 'Z')
			plain[n++] = (char)(word[i] - 'A' + 'a');
		else if (word[i] != '-' && word[i] != '_')
			plain[n++] = word[i];
	}
	if (n > 1 && plain[n - 1] == 's')
		plain[--n] = '\0';
	for (size_t i = 0; role_suffixes[i] != NULL; i++) {
		if (strcmp(word, role_suffixes[i]) != 0 &&
		    str_distance(plain, role_suffixes[i], 1) <= 1)
			return role_suffixes[i];
	}
	return NULL;
}

/* Whether the module's default export is a function; a call or a package's export may be one. */
static bool exports_function(const struct app *app, const struct module *module, bool perhaps)
{
	struct resolved resolved = app_resolve_export(app, module, "default");
	struct value value;

	if (!resolved.found)
		return false;
	if (resolved.opaque || node_is_null(resolved.node))
		return perhaps;
	value = value_of(app, resolved.module, resolved.node);
	return value.kind == VALUE_FUNCTION ||
	       (perhaps && (value.kind == VALUE_CALL || value.kind == VALUE_UNKNOWN));
}

/* `export default withLogging(async (request) => ...)`: a call that is given a function. */
static bool exports_wrapped_function(const struct app *app, const struct module *module)
{
	struct resolved resolved = app_resolve_export(app, module, "default");
	struct node argument;
	struct value value;

	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return false;
	value = value_of(app, resolved.module, resolved.node);
	if (value.kind != VALUE_CALL)
		return false;
	argument = node_down_named(node_field(value.node, FIELD_ARGUMENTS));
	for (; !node_is_null(argument); argument = node_next_named(argument)) {
		if (value_of(app, value.module, argument).kind == VALUE_FUNCTION)
			return true;
	}
	return false;
}

const char *misspelt_suffix(const struct app *app, const struct module *module)
{
	const char *base = path_base(module->path), *meant;

	if (module->role != ROLE_PLAIN || strchr(base, '.') == path_ext(base))
		return NULL; /* as most */
	meant = meant_suffix(app->arena, strrchr(stem_of(app, module), '.') + 1);
	return meant != NULL && exports_function(app, module, true) ? meant : NULL;
}

/* Never the name of an event that does not exist: it would be the next finding. */
static const char *suffix_remedy(struct arena *arena, const char *name, const char *suffix)
{
	const char *near = strcmp(suffix, "event") != 0 || is_platform_event(name)
				   ? name
				   : str_nearest(name, platform_events);

	if (near != NULL)
		return arena_printf(arena, "did you mean `%s.%s.ts`?", near, suffix);
	return "the suffix is `.event.ts`, and the platform has no such event: the events are "
	       "`connection-added` and `connection-removed`";
}

static void near_miss(const struct rule *rule, const struct app *app, struct diags *diags,
		      const struct module *module)
{
	const char *stem = stem_of(app, module), *dot = strrchr(stem, '.');
	const char *meant = misspelt_suffix(app, module);
	struct diag *diag;

	if (meant == NULL)
		return;
	diag = diag_add(diags, &rule->info, whole(module),
			"`.%s%s` is not a suffix that the platform knows", dot + 1,
			path_ext(module->path));
	diag->help = suffix_remedy(app->arena,
				   arena_strndup(app->arena, stem, (size_t)(dot - stem)), meant);
}

static void odd_extension(const struct rule *rule, const struct app *app, struct diags *diags,
			  const struct module *module)
{
	char *stem = stem_of(app, module);
	struct diag *diag = diag_add(
		diags, &rule->info, whole(module), "a file named `*%s%s` is not picked up as a %s",
		strrchr(stem, '.'), path_ext(module->path), role_words(module->role));
	diag->help = arena_printf(app->arena, "rename it to `%s.ts`", stem);
	if (module->role == ROLE_EVENT &&
	    !is_platform_event(arena_strndup(app->arena, stem, strcspn(stem, "."))))
		diag->help = suffix_remedy(
			app->arena, arena_strndup(app->arena, stem, strcspn(stem, ".")), "event");
}

/* `lead.webhook/index.ts`: elsewhere a folder can stand for a file, here the handler is one file.
 * What `x.server/index.ts` promises is ATT2010's. */
static bool folder_as_file(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct module *module)
{
	const char *folder = path_dir(app->arena, module->path);
	enum module_role role = naming_of(arena_printf(app->arena, "%s.ts", folder)).role;
	struct diag *diag;

	if (!str_is(stem_of(app, module), "index") ||
	    (role != ROLE_WEBHOOK && role != ROLE_EVENT) || !exports_function(app, module, true))
		return false;
	diag = diag_add(diags, &rule->info, whole(module),
			"the folder `%s` is not picked up: webhooks and event handlers are files",
			path_base(folder));
	diag->help = arena_printf(app->arena, "move this file to `%s.ts`", folder);
	return true;
}

/* A folder of handlers and the kind of them that it is for. */
struct handler_folder {
	const char *folder; /* NULL: none */
	enum definition_kind kind;
};

/* The folder of handlers in which the module is one without its suffix. What another module imports
 * is a helper and does its work. */
static struct handler_folder folder_of_nameless(const struct app *app, const struct module *module)
{
	static const enum definition_kind kinds[] = {DEF_WEBHOOK, DEF_EVENT};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *folder = home_above(kinds[i], module->path);

		if (module->role == ROLE_PLAIN && folder != NULL &&
		    (exports_function(app, module, false) ||
		     exports_wrapped_function(app, module)) &&
		    !is_imported(app, module, NULL))
			return (struct handler_folder){folder, kinds[i]};
	}
	return (struct handler_folder){NULL, DEF_KINDS};
}

/* `lead-processed/webhook.ts`, `lead-processed/index.ts`: the folder has the handler's name. NULL:
 * the file has one of its own. */
static const char *folder_name(const struct app *app, const struct module *module,
			       const struct handler_folder *in)
{
	static const char *const words[] = {"index", "handler",  "route", "webhook",
					    "event", "webhooks", "events"};
	const char *folder = path_dir(app->arena, module->path), *stem = stem_of(app, module);

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_is(stem, words[i]) && !str_equal(folder, in->folder))
			return folder;
	return NULL;
}

const char *stray_webhook_name(const struct app *app, const struct module *module)
{
	struct handler_folder in = folder_of_nameless(app, module);
	const char *folder = in.folder != NULL ? folder_name(app, module, &in) : NULL;

	return folder != NULL ? arena_printf(app->arena, "%s.", path_base(folder))
			      : path_base(module->path);
}

bool is_stray_webhook(const struct app *app, const struct module *module)
{
	if (module->role == ROLE_WEBHOOK)
		return module->odd_suffix || home_above(DEF_WEBHOOK, module->path) == NULL;
	return folder_of_nameless(app, module).kind == DEF_WEBHOOK ||
	       str_equal(misspelt_suffix(app, module), role_suffix(ROLE_WEBHOOK));
}

static void check_handler_suffix(const struct rule *rule, const struct app *app,
				 struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct handler_folder in;
		const char *suffix, *folder;
		size_t before = diags->count;

		if (module->role != ROLE_PLAIN) {
			if (module->odd_suffix)
				odd_extension(rule, app, diags, module);
			continue;
		}
		if (folder_as_file(rule, app, diags, module))
			continue;
		near_miss(rule, app, diags, module);
		if (diags->count > before || (in = folder_of_nameless(app, module)).folder == NULL)
			continue;
		suffix = role_suffix(homes[in.kind].role);
		folder = folder_name(app, module, &in);
		diag_add(diags, &rule->info, whole(module),
			 "this file is in `%s` but its name lacks the suffix `.%s.ts`, so it is "
			 "ignored",
			 in.folder, suffix)
			->help =
			arena_printf(app->arena,
				     "%s it to `%s.%s.ts`, or move it out of this "
				     "folder if it is a helper",
				     folder != NULL ? "move" : "rename",
				     folder != NULL ? folder : stem_of(app, module), suffix);
	}
}

/* --- ATT1013: events of the platform
 * ------------------------------------------------------------------ */

static void check_event_unknown(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const struct definition *event;

	for (size_t i = 0; (event = app_definition(app, DEF_EVENT, i)) != NULL; i++) {
		const char *base = path_base(event->id);
		const char *near = str_nearest(base, platform_events);
		struct diag *diag;

		if (is_platform_event(event->id))
			continue;
		diag = diag_add(diags, &rule->info, whole(event->module),
				"`%s` is not an event of the platform", event->id);
		if (near != NULL && strcmp(near, base) == 0)
			diag->help = "event files stand directly in the events folder: move it up";
		else if (near != NULL)
			diag->help = arena_printf(app->arena, "did you mean `%s.event.ts`?", near);
		else
			diag->help = "the events are `connection-added` and `connection-removed`";
	}
}

const struct rule rule_app_missing = {
	.info = {"ATT1001", "app-missing", SEVERITY_ERROR},
	.summary = "The folder holds no Attio app",
	.explanation =
		"An app is recognised by the folder `src/app/` or, in the older layout, by the "
		"file "
		"`src/app.ts` (or `app.tsx`). Nothing else counts, `src/app.js` included.\n\n"
		"Run the command in the app's folder, name that folder, or start an app with "
		"`attio init DIR`.",
	.bad = "my-app/package.json\nmy-app/source/extension.ts",
	.good = "my-app/package.json\nmy-app/src/app/extensions/hello/extension.ts",
};

const struct rule rule_app_export = {
	.info = {"ATT1002", "app-export", SEVERITY_ERROR},
	.summary = "`src/app.ts` does not export `app`",
	.explanation = "The older entry file must have a value export named `app` that can be seen "
		       "in this "
		       "file alone: a declaration, an export list, or a re-export by name. `export "
		       "default` "
		       "and `export * from` are not enough.",
	.bad = "// src/app.ts\nexport default {record: {actions: []}}",
	.good = "// src/app.ts\nexport const app = {record: {actions: []}}",
};

const struct rule rule_layout_conflict = {
	.info = {"ATT1003", "layout-conflict", SEVERITY_ERROR},
	.summary = "The same thing is defined in both layouts",
	.explanation =
		"Settings come either from `src/app/settings/` or from the older places "
		"(`src/app.settings.ts`, the property `settings` of `app`), never from both. "
		"`src/app.tsx` beside `src/app.ts` is never read; nor is an entry file of another "
		"ending or place, such as `src/app.js`, beside the extensions in `src/app/`.",
	.bad = "src/app.settings.ts\nsrc/app/settings/schema.ts",
	.good = "src/app/settings/schema.ts",
	.check = check_entry_unseen,
};

const struct rule rule_file_unreadable = {
	.info = {"ATT1004", "file-unreadable", SEVERITY_ERROR},
	.summary = "A file or folder of the app cannot be read",
	.explanation =
		"A source file, `package.json`, `tsconfig.json` or a folder below `src/` "
		"exists but "
		"cannot be read: a folder stands where a file is expected, permissions are "
		"missing, "
		"or a symbolic link leads out of the repository (without one: out of the "
		"app's "
		"folder). What lies behind such a link is never read, shown or bundled; "
		"packages that are linked into `node_modules` are. A link that leads nowhere "
		"or in a circle is no part of the app: a warning, until something imports "
		"it. Names that begin with a dot are overlooked.",
	.bad = "src/app/extensions/hello/extension.ts/ (a folder)",
	.good = "src/app/extensions/hello/extension.ts (a file)",
};

const struct rule rule_webhook_location = {
	.info = {"ATT1010", "webhook-location", SEVERITY_ERROR},
	.summary = "A webhook file is outside the webhooks folder",
	.explanation =
		"Webhook handlers are found in `src/webhooks` and `src/app/webhooks` only. A "
		"`*.webhook.ts` file elsewhere is left out of the server bundle without a word, "
		"and "
		"calls to its URL fail.",
	.bad = "src/lead-processed.webhook.ts",
	.good = "src/app/webhooks/lead-processed.webhook.ts",
	.check = check_webhook_location,
};

const struct rule rule_event_location = {
	.info = {"ATT1011", "event-location", SEVERITY_ERROR},
	.summary = "An event file is outside the events folder",
	.explanation =
		"Event handlers are found in `src/events` and `src/app/events` only. A "
		"`*.event.ts` "
		"file elsewhere is left out of the server bundle, and the event passes unseen.",
	.bad = "src/app/connection-added.event.ts",
	.good = "src/app/events/connection-added.event.ts",
	.check = check_event_location,
};

const struct rule rule_handler_suffix = {
	.info = {"ATT1012", "handler-suffix", SEVERITY_ERROR},
	.summary = "A file's name misses the suffix that makes it run on the server",
	.explanation =
		"Server functions end in `.server.ts`, webhooks in `.webhook.ts`, events in "
		"`.event.ts`. A slip in the suffix, or an extension such as `.tsx` or `.mts`, "
		"makes "
		"the platform's tools ignore the file or, worse, ship its source to the browser. "
		"A folder of such a name with an index file is no webhook or event handler "
		"either.",
	.bad = "src/app/webhooks/lead-processed.ts\nsrc/send.servers.ts\nsrc/send.server.tsx\n"
	       "src/app/webhooks/lead.webhook/index.ts",
	.good = "src/app/webhooks/lead-processed.webhook.ts\nsrc/send.server.ts",
	.check = check_handler_suffix,
};

const struct rule rule_event_unknown = {
	.info = {"ATT1013", "event-unknown", SEVERITY_ERROR},
	.summary = "An event file is named after no event of the platform",
	.explanation =
		"The path below the events folder, without `.event.ts`, is the event's name. The "
		"platform fires `connection-added` and `connection-removed`; a handler of any "
		"other "
		"name is never called.",
	.bad = "src/app/events/connection-aded.event.ts",
	.good = "src/app/events/connection-added.event.ts",
	.check = check_event_unknown,
};

const struct rule rule_handler_duplicate = {
	.info = {"ATT1014", "handler-duplicate", SEVERITY_ERROR},
	.summary = "Two files define the same webhook, event or server function",
	.explanation =
		"Webhooks and events are named by their path below their folder, server functions "
		"by "
		"their path below `src/`, both without the extension. Two files of one name (in "
		"`src/webhooks` and `src/app/webhooks`, or `.ts` beside `.js`) cannot both be "
		"called.",
	.bad = "src/webhooks/a.webhook.ts\nsrc/app/webhooks/a.webhook.ts",
	.good = "src/app/webhooks/a.webhook.ts",
};

const struct rule rule_extension_definition = {
	.info = {"ATT1020", "extension-definition", SEVERITY_ERROR},
	.summary = "An extension file does not define an extension in a form that can be read",
	.explanation =
		"`extension.ts` (or `.tsx`) must default-export a call of `defineExtension` "
		"directly, "
		"with literal `id` and `type` in the object given to it: the platform reads both "
		"without running the code. One definition a folder. A definition in a file of "
		"another "
		"name below an `extensions` folder is never seen.",
	.bad = "// src/app/extensions/hello/extension.ts\n"
	       "const hello = Extensions.defineExtension({id: ID, type: \"record-action\"})\n"
	       "export default hello",
	.good = "// src/app/extensions/hello/extension.ts\n"
		"export default Extensions.defineExtension({id: \"hello\", type: "
		"\"record-action\"})",
	.check = check_extension_unseen,
};

const struct rule rule_id_invalid = {
	.info = {"ATT1021", "id-invalid", SEVERITY_ERROR},
	.summary = "An id is not of the allowed form",
	.explanation =
		"Ids of extensions, workflow blocks and pages are 1 to 64 characters: lower-case "
		"letters and digits in groups joined by single hyphens, beginning with a letter. A "
		"record tab cannot take the name of a tab that record pages have already. In the "
		"lists of "
		"`src/app.ts`, where other ids still work, such an id is a warning.",
	.bad = "id: \"Send_To_ALC\"",
	.good = "id: \"send-to-alc\"",
	.check = check_surface_ids,
};

const struct rule rule_id_duplicate = {
	.info = {"ATT1022", "id-duplicate", SEVERITY_ERROR},
	.summary = "Two extensions, two workflow blocks or two outcomes of a block share an id",
	.explanation =
		"Each extension has an id of its own whatever its type, and so has each workflow "
		"block. An extension and a block may share one. In the older layout an id may be "
		"only once in each list of `app`. `Outcome`s beside each other in a block's "
		"configurator have ids of their own, too.",
	.bad = "extensions/a/extension.ts: id: \"hello\"\nextensions/b/extension.ts: id: \"hello\"",
	.good = "extensions/a/extension.ts: id: \"hello\"\nextensions/b/extension.ts: id: \"bye\"",
	.check = check_surface_duplicates,
};

const struct rule rule_page_definition = {
	.info = {"ATT1030", "page-definition", SEVERITY_ERROR},
	.summary = "A page is in the wrong place or does not define a page",
	.explanation =
		"A page is `src/app/pages/SLUG/page.tsx`: one folder deep, the folder's name being "
		"its slug, default-exporting a call of `experimental_definePage` directly.",
	.bad = "src/app/pages/reports/weekly/page.tsx",
	.good = "src/app/pages/weekly-reports/page.tsx",
	.check = check_page_unseen,
};

const struct rule rule_block_location = {
	.info = {"ATT5006", "block-location", SEVERITY_ERROR},
	.summary = "A workflow block that the platform does not see",
	.explanation = "Workflow blocks are looked for in `src/app/blocks/NAME/block.ts`, and in "
		       "`src/blocks/NAME/block.ts`; nowhere else, and no deeper.",
	.bad = "src/app/workflows/send-sms/block.ts",
	.good = "src/app/blocks/send-sms/block.ts",
	.check = check_block_location,
};
