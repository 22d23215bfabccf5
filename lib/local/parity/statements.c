/* The table of statements; see the header. tests/unit/test_parity.c holds it against the SDK's
 * declarations: each of its values has a row, and each row is about one. */
#include "local/parity/statements.h"

#include "base/mem.h"

#define ROOT "attio"
#define CLIENT "attio/client"
#define SERVER "attio/server"

static const char own_texts[] =
	"the rule holds as documented; but for URLs the texts of its messages are ours";
static const char rich_text[] = "its format is not documented: the text is kept as it was typed";
static const char settings_writes[] =
	"a value of the wrong type or for an unknown key is refused; what the service does is not "
	"known";
static const char settings_form[] =
	"a value that is not valid is shown with its error and not saved, and members who are no "
	"admins see it disabled; the first is a choice";
static const char query_error[] =
	"a query that is refused rejects with an `Error` that has the first message, and all of "
	"them in `errors`; the service's form is not known";
static const char handler_throw[] =
	"what a handler throws counts as an error that is not retried; the service's rule is not "
	"known";
static const char connection_key[] =
	"the key of a connection is the app's slug; how keys are defined at the service is not "
	"documented";
static const char kv_limits[] =
	"no limit for the length of keys and the size of values is known, so there is none here";

static const char bare_class[] =
	"a class behind the settings' builders that no app is known to use by itself: naming it "
	"throws an error";

const struct statement statements[] = {
	{ROOT, "ActorType", PARITY_EXACT, NULL},
	{ROOT, "CurrencyISO4217Code", PARITY_EXACT, NULL},
	{ROOT, "Settings*", PARITY_EXACT, NULL},
	{ROOT, "Workflows.ConfigSchema.*", PARITY_EXACT, NULL},
	{ROOT, "Workflows.defineWorkflowBlock", PARITY_EXACT, NULL},

	{CLIENT, "alert", PARITY_APPROXIMATE,
	 "Esc and a click outside count as the button; the service's rule is not known"},
	{CLIENT, "confirm", PARITY_APPROXIMATE,
	 "Esc and a click outside count as cancel; the service's rule is not known"},
	{CLIENT, "showToast", PARITY_APPROXIMATE,
	 "`upsertToast` shows a toast again that is gone, and a changed duration starts anew: both "
	 "are choices"},
	{CLIENT, "showDialog", PARITY_EXACT, NULL},
	{CLIENT, "showIframe", PARITY_APPROXIMATE,
	 "messages are posted as they are; the service's envelope is not known. Without a page a "
	 "frame shows nothing, and its messages are scripted"},
	{CLIENT, "experimental_navigate", PARITY_APPROXIMATE,
	 "where it leads is recorded; there is no other page to go to"},
	{CLIENT, "experimental_Destinations*", PARITY_EXACT, NULL},
	{CLIENT, "Experimental_AttioLink", PARITY_APPROXIMATE,
	 "it is one text with its destination, without the preview that the service draws"},
	{CLIENT, "platform", PARITY_EXACT, NULL},
	{CLIENT, "runQuery", PARITY_APPROXIMATE, query_error},
	{CLIENT, "useQuery", PARITY_APPROXIMATE, query_error},
	{CLIENT, "useAsyncCache", PARITY_APPROXIMATE,
	 "all keys start at once, what was loaded belongs to the surface that is mounted, and a "
	 "loader that rejects throws while rendering: three choices"},
	{CLIENT, "Extensions.*", PARITY_EXACT, NULL},

	{CLIENT, "Forms.array", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.string", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.number", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.dateTime", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.plainDate", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.attioRecord", PARITY_APPROXIMATE, own_texts},
	{CLIENT, "Forms.boolean", PARITY_EXACT, NULL},
	{CLIENT, "useForm", PARITY_APPROXIMATE,
	 "only fields that are mounted are validated, and after a failed submit `validate` runs on "
	 "each change: the first is what shipped apps need, the second a choice"},
	{CLIENT, "useForm().Form", PARITY_APPROXIMATE,
	 "when `onSubmit` rejects the form shows the error and stays; the service's rule is not "
	 "known"},
	{CLIENT, "useForm().RichTextInput", PARITY_APPROXIMATE, rich_text},
	{CLIENT, "useForm().Combobox", PARITY_APPROXIMATE,
	 "options are matched by label and keywords in either case; the service's matching is not "
	 "documented"},
	{CLIENT, "useForm().AttioUserCombobox", PARITY_APPROXIMATE,
	 "its options are the members of the local workspace, matched as a Combobox does"},
	{CLIENT, "useForm().AttioRecordCombobox", PARITY_APPROXIMATE,
	 "its options come from the local search, which ranks in its own way"},
	{CLIENT, "useForm().*", PARITY_EXACT, NULL},

	{CLIENT, "useWorkspaceSettingsForm*", PARITY_APPROXIMATE, settings_form},
	{CLIENT, "Settings.defineWorkspacePage*", PARITY_EXACT, NULL},
	{CLIENT, "Settings.getSettings", PARITY_EXACT, NULL},
	{CLIENT, "Settings.setSettings", PARITY_APPROXIMATE, settings_writes},
	{CLIENT, "Settings.useForm*", PARITY_APPROXIMATE, settings_form},
	{CLIENT, "Settings.useSettings", PARITY_APPROXIMATE,
	 "it does not suspend: values are there when the bundle is loaded, which is a choice"},
	{CLIENT, "getWorkspaceSettings", PARITY_EXACT, NULL},
	{CLIENT, "setWorkspaceSetting", PARITY_APPROXIMATE, settings_writes},
	{CLIENT, "useWorkspaceSettings", PARITY_APPROXIMATE,
	 "it does not suspend: values are there when the bundle is loaded, which is a choice"},

	{CLIENT, "Workflows.defineConfigurator", PARITY_EXACT, NULL},
	{CLIENT, "Workflows.OutcomeSchema.*", PARITY_EXACT, NULL},
	{CLIENT, "Workflows.OutcomeValue.*", PARITY_EXACT, NULL},
	{CLIENT, "Workflows.useConfigurator().RichTextInput", PARITY_APPROXIMATE,
	 "what it disables is shown and not enforced; its text has a plain and a Markdown form"},
	{CLIENT, "Workflows.useConfigurator().AttioSequenceInput", PARITY_APPROXIMATE,
	 "the local workspace has no sequences: any id is taken"},
	{CLIENT, "Workflows.useConfigurator*", PARITY_EXACT, NULL},

	{CLIENT, "Row", PARITY_APPROXIMATE,
	 "it is declared as not to be used; shipped apps use it, and it puts its children side by "
	 "side"},
	{CLIENT, "Column", PARITY_APPROXIMATE,
	 "it is declared as not to be used; it puts its children one below the other"},
	{CLIENT, "DescriptionList.Item", PARITY_APPROXIMATE,
	 "`Item.Tag` of its documentation is not declared, and is taken as a Badge"},
	{CLIENT, "DescriptionList.Menu.Item", PARITY_APPROXIMATE,
	 "`onTrigger` of its documentation is taken where `onSelect` of its declaration is not "
	 "given"},
	{CLIENT, "Experimental_Chart*", PARITY_APPROXIMATE,
	 "its data are shown as a table, with numbers as in American English; the service draws a "
	 "chart in the viewer's language"},
	{CLIENT, "Widget", PARITY_APPROXIMATE,
	 "it can be used as an element too, as its documentation shows and its declaration does "
	 "not "
	 "allow"},
	{CLIENT, "Widget.*", PARITY_EXACT, NULL},
	{CLIENT, "Avatar", PARITY_EXACT, NULL},
	{CLIENT, "Badge", PARITY_EXACT, NULL},
	{CLIENT, "Banner", PARITY_EXACT, NULL},
	{CLIENT, "Button", PARITY_EXACT, NULL},
	{CLIENT, "Experimental_Card", PARITY_EXACT, NULL},
	{CLIENT, "DescriptionList*", PARITY_EXACT, NULL},
	{CLIENT, "DialogList*", PARITY_EXACT, NULL},
	{CLIENT, "Divider", PARITY_EXACT, NULL},
	{CLIENT, "Experimental_EmptyState", PARITY_EXACT, NULL},
	{CLIENT, "Experimental_Grid", PARITY_EXACT, NULL},
	{CLIENT, "Json", PARITY_EXACT, NULL},
	{CLIENT, "Link", PARITY_EXACT, NULL},
	{CLIENT, "LoadingState", PARITY_EXACT, NULL},
	{CLIENT, "Section", PARITY_EXACT, NULL},
	{CLIENT, "Experimental_Stack", PARITY_EXACT, NULL},
	{CLIENT, "StatusBadge", PARITY_EXACT, NULL},
	{CLIENT, "Table*", PARITY_EXACT, NULL},
	{CLIENT, "TextBlock", PARITY_EXACT, NULL},
	{CLIENT, "Typography*", PARITY_EXACT, NULL},

	{SERVER, "SettingsBooleanNode", PARITY_UNSUPPORTED, bare_class},
	{SERVER, "SettingsNumberNode", PARITY_UNSUPPORTED, bare_class},
	{SERVER, "SettingsStringNode", PARITY_UNSUPPORTED, bare_class},
	{SERVER, "ATTIO_API_TOKEN", PARITY_APPROXIMATE,
	 "it is the same for a whole run and may do everything; at the service it has the app's "
	 "scopes, and whether it changes from call to call is not known"},
	{SERVER, "attioFetch", PARITY_APPROXIMATE,
	 "it is declared as not to be used; shipped apps use it. An answer that is not 2xx rejects "
	 "with the service's message, which is a choice"},
	{SERVER, "getUserConnection", PARITY_APPROXIMATE, connection_key},
	{SERVER, "getWorkspaceConnection", PARITY_APPROXIMATE, connection_key},
	{SERVER, "getCurrentUser", PARITY_APPROXIMATE,
	 "its id is that of the workspace member, as in REST and GraphQL; that they are one is not "
	 "documented"},
	{SERVER, "kv*", PARITY_APPROXIMATE, kv_limits},
	{SERVER, "Settings.getSettings", PARITY_EXACT, NULL},
	{SERVER, "Settings.setSettings", PARITY_APPROXIMATE, settings_writes},
	{SERVER, "getWorkspaceSetting", PARITY_EXACT, NULL},
	{SERVER, "getWorkspaceSettings", PARITY_EXACT, NULL},
	{SERVER, "setWorkspaceSetting", PARITY_APPROXIMATE, settings_writes},
	{SERVER, "createWebhookHandler", PARITY_APPROXIMATE,
	 "an unknown file is refused, and a handler stays until it is deleted, also when what made "
	 "it fails: the service's rules are not known"},
	{SERVER, "listWebhookHandlers", PARITY_EXACT, NULL},
	{SERVER, "getWebhookHandler", PARITY_APPROXIMATE,
	 "an unknown id rejects; what the service does is not known"},
	{SERVER, "updateWebhookHandler", PARITY_APPROXIMATE,
	 "an unknown id rejects; what the service does is not known"},
	{SERVER, "deleteWebhookHandler", PARITY_APPROXIMATE,
	 "an unknown id rejects; what the service does is not known"},
	{SERVER, "Workflows.defineWorkflowBlockTrigger", PARITY_APPROXIMATE,
	 "the address of a trigger has the form that is known of the address of a finish"},
	{SERVER, "Workflows.defineWorkflowBlockDeactivate", PARITY_APPROXIMATE,
	 "a deactivation that fails can be repeated by hand; whether the service repeats it is not "
	 "known"},
	{SERVER, "Workflows.defineWorkflowBlock*", PARITY_APPROXIMATE, handler_throw},
	{SERVER, "Workflows.OutcomeValue.*", PARITY_EXACT, NULL},
};

const size_t statement_count = ARRAY_LEN(statements);
