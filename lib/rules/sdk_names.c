/* The SDK has three parts, and each value is in some of them. Types are left to the compiler: here
 * are values that would be undefined when the app runs. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/names.h"

enum { ROOT = SDK_ROOT, CLIENT = SDK_CLIENT, SERVER = SDK_SERVER };

static const char *const parts[] = {"attio", "attio/client", "attio/server"};

/* What its declarations export as values, but for what all three have. */
static const struct {
	const char *name;
	unsigned in; /* a bit a part, in their order */
} values[] = {
	{"ATTIO_API_TOKEN", SERVER},
	{"ActorType", ROOT},
	{"AttioConnectionExpiredError", ROOT},
	{"AttioError", ROOT},
	{"AttioNoUserConnectionError", ROOT},
	{"AttioNoWorkspaceConnectionError", ROOT},
	{"AttioUnexpectedTransportError", ROOT},
	{"Avatar", CLIENT},
	{"Badge", CLIENT},
	{"Banner", CLIENT},
	{"Button", CLIENT},
	{"Column", CLIENT},
	{"CurrencyISO4217Code", ROOT},
	{"DescriptionList", CLIENT},
	{"DialogList", CLIENT},
	{"Divider", CLIENT},
	{"Experimental_AttioLink", CLIENT},
	{"Experimental_Card", CLIENT},
	{"Experimental_Chart", CLIENT},
	{"Experimental_EmptyState", CLIENT},
	{"Experimental_Grid", CLIENT},
	{"Experimental_Stack", CLIENT},
	{"Extensions", CLIENT},
	{"Forms", CLIENT},
	{"Json", CLIENT},
	{"Link", CLIENT},
	{"LoadingState", CLIENT},
	{"Row", CLIENT},
	{"Section", CLIENT},
	{"StatusBadge", CLIENT},
	{"Table", CLIENT},
	{"TextBlock", CLIENT},
	{"Typography", CLIENT},
	{"Widget", CLIENT},
	{"alert", CLIENT},
	{"attioFetch", SERVER},
	{"confirm", CLIENT},
	{"createWebhookHandler", SERVER},
	{"deleteWebhookHandler", SERVER},
	{"experimental_Destinations", CLIENT},
	{"experimental_navigate", CLIENT},
	{"getCurrentUser", SERVER},
	{"getUserConnection", SERVER},
	{"getWebhookHandler", SERVER},
	{"getWorkspaceConnection", SERVER},
	{"getWorkspaceSetting", SERVER},
	{"getWorkspaceSettings", CLIENT | SERVER},
	{"kv", SERVER},
	{"listWebhookHandlers", SERVER},
	{"platform", CLIENT},
	{"runQuery", CLIENT},
	{"setWorkspaceSetting", CLIENT | SERVER},
	{"showDialog", CLIENT},
	{"showIframe", CLIENT},
	{"showToast", CLIENT},
	{"updateWebhookHandler", SERVER},
	{"useAsyncCache", CLIENT},
	{"useForm", CLIENT},
	{"useQuery", CLIENT},
	{"useWorkspaceSettings", CLIENT},
	{"useWorkspaceSettingsForm", CLIENT},
};

unsigned sdk_part_of(const char *specifier)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i], specifier) == 0)
			return 1U << i;
	return 0;
}

const char *sdk_part_name(unsigned part)
{
	return part == ROOT ? parts[0] : part == CLIENT ? parts[1] : parts[2];
}

/* Parts that have a value of the name; 0: nothing is known. */
static unsigned parts_with(const char *name)
{
	if (strcmp(name, "Settings") == 0 || strcmp(name, "Workflows") == 0)
		return ROOT | CLIENT | SERVER;
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return values[i].in;
	return 0;
}

/* The part that code of the module's kind takes things from: definitions, which both sides read,
 * have theirs in `attio` itself. */
static unsigned part_for(const struct app *app, const struct module *module)
{
	const struct definition *schema = app_definition(app, DEF_SETTINGS_SCHEMA, 0);

	if (schema != NULL && schema->module == module)
		return ROOT;
	for (size_t i = 0; i < app->kind_count[DEF_BLOCK]; i++)
		if (app->by_kind[DEF_BLOCK][i]->module == module)
			return ROOT;
	if ((module->runtimes & RUNTIME_CLIENT) == 0)
		return SERVER;
	return (module->runtimes & RUNTIME_SERVER_SIDE) == 0 ? CLIENT : ROOT;
}

const char *rules_home_of(const struct app *app, const struct module *module, const char *name)
{
	unsigned in = parts_with(name), part = part_for(app, module);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if ((in & part) == 1U << i)
			return parts[i];
	/* Errors and the like are in `attio` itself, for both sides. */
	return in == ROOT ? parts[0] : NULL;
}

const char *sdk_right_part(const struct app *app, const struct module *module,
			   const struct import *import)
{
	unsigned part = part_for(app, module);
	int i = 0;

	if (import->name_count == 0)
		return NULL;
	for (size_t k = 0; k < import->name_count; k++)
		if (import->names[k].imported == NULL ||
		    (parts_with(import->names[k].imported) & part) == 0)
			return NULL;
	while ((1U << i) != part)
		i++;
	return parts[i];
}

/* The part that has it where `here` has not; -1: nothing is known. */
static int part_of(const struct module *module, const char *name, int here)
{
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		unsigned in = values[i].in;

		if (strcmp(values[i].name, name) != 0)
			continue;
		if ((in & (1U << here)) != 0)
			return -1;
		if (in == (CLIENT | SERVER))
			return (module->runtimes & RUNTIME_CLIENT) != 0 ? 1 : 2;
		return in == ROOT ? 0 : in == CLIENT ? 1 : 2;
	}
	return -1;
}

/* The part that all the names are in; -1: there is none. */
static int part_of_all(const struct module *module, const struct import *import, int here)
{
	int all = -1;

	for (size_t i = 0; i < import->name_count; i++) {
		int part = part_of(module, import->names[i].imported, here);

		if (part < 0 || (all >= 0 && part != all))
			return -1;
		all = part;
	}
	return all;
}

/* Another rule has the import for what it is: server names in the client, and the other way. */
bool sdk_is_other_side(const struct module *module, unsigned part)
{
	return part == CLIENT ? (module->runtimes & RUNTIME_SERVER_SIDE) != 0
			      : part == SERVER && (module->runtimes & RUNTIME_CLIENT) != 0;
}

void check_sdk_names(const struct rule *rule, const struct app *app, const struct module *module,
		     const struct import *import, struct diags *diags)
{
	struct diag *diag = NULL; /* one for the import */
	int here = 0, all;

	while (here < (int)ARRAY_LEN(parts) && strcmp(parts[here], import->specifier) != 0)
		here++;
	if (here == (int)ARRAY_LEN(parts) || sdk_is_other_side(module, 1U << here))
		return;
	all = part_of_all(module, import, here);
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];
		int part = name->type_only ? -1 : part_of(module, name->imported, here);
		char quote = module->text->bytes[import->specifier_place.start];

		if (part < 0)
			continue;
		if (diag != NULL) {
			diag_note(diags, diag, name->place, "nor `%s`, which `%s` has",
				  name->imported, parts[part]);
			continue;
		}
		diag = diag_add(diags, &rule->info, name->place, "`%s` does not export `%s`",
				parts[here], name->imported);
		diag->help = arena_printf(app->arena, "import it from `%s`", parts[part]);
		if (all >= 0)
			diag_edit(diags, diag, import->specifier_place,
				  arena_printf(app->arena, "%c%s%c", quote, parts[all], quote));
	}
}
