/* The one list of rules, sorted by code. Everything that lists, explains or runs rules reads it. */
#include "rules/rules.h"

#include <string.h>

#include "app/app.h"
#include "base/str.h"
#include "rules/internal.h"

const struct rule *const rules[] = {
	&rule_app_missing,
	&rule_app_export,
	&rule_layout_conflict,
	&rule_file_unreadable,
	&rule_webhook_location,
	&rule_event_location,
	&rule_handler_suffix,
	&rule_event_unknown,
	&rule_handler_duplicate,
	&rule_extension_definition,
	&rule_id_invalid,
	&rule_id_duplicate,
	&rule_page_definition,
	&rule_client_no_server_sdk,
	&rule_client_no_node,
	&rule_server_import_shape,
	&rule_client_imports_handler,
	&rule_handler_default_export,
	&rule_handler_async,
	&rule_server_no_client_sdk,
	&rule_webhook_signature,
	&rule_event_signature,
	&rule_webhook_file_missing,
	&rule_server_no_node,
	&rule_block_folder,
	&rule_block_definition,
	&rule_block_handler_missing,
	&rule_block_handler_extension,
	&rule_block_handler_legacy,
	&rule_settings_duplicate,
	&rule_settings_schema_missing,
	&rule_manifest_invalid,
	&rule_tsconfig_invalid,
	&rule_bundle_error,
	&rule_bundle_unresolved,
	&rule_bundle_loader,
	&rule_syntax,
	&rule_css_not_shipped,
	&rule_source_encoding,
	&rule_bundle_export,
	&rule_bundle_warning,
	NULL,
};

const struct rule *rule_find(const char *code_or_name)
{
	for (size_t i = 0; rules[i] != NULL; i++) {
		if (str_equal(rules[i]->info.code, code_or_name) ||
		    str_equal(rules[i]->info.name, code_or_name))
			return rules[i];
	}
	return NULL;
}

void rules_run(const struct app *app, struct diags *diags)
{
	diags_append(diags, &app->problems);
	if (app->exists) {
		for (size_t i = 0; rules[i] != NULL; i++) {
			if (rules[i]->check != NULL)
				rules[i]->check(rules[i], app, diags);
		}
	}
	diags_sort(diags);
}
