/* The one list of rules, sorted by code. Everything that lists, explains or runs rules reads it. */
#include "rules/rules.h"

#include <string.h>

#include "app/app.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/components.h"
#include "rules/internal.h"
#include "rules/suppression.h"
#include "rules/visit.h"

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
	&rule_surface_unregistered,
	&rule_object_slug,
	&rule_page_definition,
	&rule_client_no_network,
	&rule_client_no_process,
	&rule_client_no_dom,
	&rule_client_no_html,
	&rule_client_no_server_sdk,
	&rule_client_no_node,
	&rule_server_import_shape,
	&rule_client_imports_handler,
	&rule_server_call_argument,
	&rule_client_server_only,
	&rule_form_submit_button,
	&rule_widget_text_children,
	&rule_settings_page_components,
	&rule_client_absent_name,
	&rule_hook_order,
	&rule_async_component,
	&rule_directive_unread,
	&rule_handler_default_export,
	&rule_handler_async,
	&rule_server_no_client_sdk,
	&rule_boundary_type,
	&rule_webhook_signature,
	&rule_event_signature,
	&rule_webhook_file_missing,
	&rule_server_no_node,
	&rule_floating_promise,
	&rule_webhook_unused,
	&rule_server_absent_name,
	&rule_server_hook,
	&rule_connection_unsaved,
	&rule_graphql_syntax,
	&rule_graphql_operation_kind,
	&rule_graphql_no_query,
	&rule_graphql_several_queries,
	&rule_graphql_anonymous,
	&rule_graphql_name_untyped,
	&rule_graphql_unknown_field,
	&rule_graphql_unknown_type,
	&rule_graphql_unknown_argument,
	&rule_graphql_unknown_directive,
	&rule_graphql_unknown_fragment,
	&rule_graphql_missing_argument,
	&rule_graphql_wrong_value,
	&rule_graphql_variable_type,
	&rule_graphql_undefined_variable,
	&rule_graphql_unused_variable,
	&rule_graphql_unused_fragment,
	&rule_graphql_fragment_cycle,
	&rule_graphql_fragment_type,
	&rule_graphql_leaf_selection,
	&rule_graphql_missing_selection,
	&rule_graphql_field_conflict,
	&rule_graphql_duplicate_name,
	&rule_graphql_variable_not_input,
	&rule_graphql_introspection_depth,
	&rule_graphql_types_by_hand,
	&rule_graphql_variables_given,
	&rule_graphql_more,
	&rule_block_folder,
	&rule_block_definition,
	&rule_block_handler_missing,
	&rule_block_handler_extension,
	&rule_block_handler_legacy,
	&rule_block_location,
	&rule_block_handler_default,
	&rule_block_handler_plain,
	&rule_block_handler_kind,
	&rule_block_handler_block,
	&rule_block_handler_origin,
	&rule_block_configurator_file,
	&rule_block_configurator_default,
	&rule_block_handler_unused,
	&rule_block_outcome_unknown,
	&rule_block_defer_finish,
	&rule_settings_duplicate,
	&rule_settings_schema_missing,
	&rule_settings_ignored,
	&rule_settings_key_unknown,
	&rule_secret_in_source,
	&rule_experimental_api,
	&rule_env_file_tracked,
	&rule_token_logged,
	&rule_env_key_invalid,
	&rule_env_key_reserved,
	&rule_env_undeclared,
	&rule_manifest_invalid,
	&rule_env_value_empty,
	&rule_tsconfig_invalid,
	&rule_packages_missing,
	&rule_env_line,
	&rule_suppression_no_reason,
	&rule_suppression_unused,
	&rule_suppression_unknown,
	&rule_bundle_error,
	&rule_bundle_unresolved,
	&rule_bundle_loader,
	&rule_syntax,
	&rule_css_not_shipped,
	&rule_source_encoding,
	&rule_bundle_export,
	&rule_engine_syntax,
	&rule_package_unlisted,
	&rule_bundle_warning,
	&rule_bundle_budget,
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

void rules_run(const struct app *app, struct texts *texts, struct diags *diags)
{
	const struct app job = app_in(app, diags->arena);

	diags_append(diags, &app->problems);
	if (app->exists) {
		for (size_t i = 0; rules[i] != NULL; i++) {
			if (rules[i]->check != NULL)
				rules[i]->check(rules[i], &job, diags);
		}
		visit_modules(rules, &job, diags);
	}
	secrets_hide(&job, texts, diags);
	diags_sort(diags);
}
