/* The rules of each family, gathered by table.c. Only lib/rules includes this. */
#ifndef ATTIO_RULES_INTERNAL_H
#define ATTIO_RULES_INTERNAL_H

#include "app/app.h"
#include "rules/rules.h"

/* layout.c */
extern const struct rule rule_app_missing, rule_app_export, rule_layout_conflict,
	rule_file_unreadable, rule_webhook_location, rule_event_location, rule_handler_suffix,
	rule_event_unknown, rule_handler_duplicate, rule_extension_definition, rule_id_invalid,
	rule_id_duplicate, rule_page_definition, rule_block_location;
/* surfaces.c: the parts of rule_id_invalid and rule_id_duplicate that concern src/app.ts */
void check_surface_ids(const struct rule *rule, const struct app *app, struct diags *diags);
void check_surface_duplicates(const struct rule *rule, const struct app *app, struct diags *diags);
/* boundary.c */
extern const struct rule rule_client_no_server_sdk, rule_server_no_client_sdk;
/* server.c, signature.c, events.c, webhooks.c */
extern const struct rule rule_handler_default_export, rule_handler_async, rule_webhook_signature,
	rule_event_signature, rule_webhook_file_missing;
/* graphql.c */
extern const struct rule rule_graphql_syntax, rule_graphql_operation_kind, rule_graphql_no_query,
	rule_graphql_several_queries, rule_graphql_anonymous, rule_graphql_name_untyped,
	rule_graphql_unknown_field, rule_graphql_unknown_type, rule_graphql_unknown_argument,
	rule_graphql_unknown_directive, rule_graphql_unknown_fragment,
	rule_graphql_missing_argument, rule_graphql_wrong_value, rule_graphql_variable_type,
	rule_graphql_undefined_variable, rule_graphql_unused_variable, rule_graphql_unused_fragment,
	rule_graphql_fragment_cycle, rule_graphql_fragment_type, rule_graphql_leaf_selection,
	rule_graphql_missing_selection, rule_graphql_field_conflict, rule_graphql_duplicate_name,
	rule_graphql_variable_not_input, rule_graphql_introspection_depth,
	rule_graphql_types_by_hand, rule_graphql_more;
/* variables.c */
extern const struct rule rule_graphql_variables_given;
/* blocks.c */
extern const struct rule rule_block_folder, rule_block_definition, rule_block_handler_missing,
	rule_block_handler_extension, rule_block_handler_legacy;
/* config.c */
extern const struct rule rule_settings_duplicate, rule_settings_schema_missing,
	rule_manifest_invalid, rule_tsconfig_invalid, rule_packages_missing;
/* settings.c, settings_keys.c */
extern const struct rule rule_settings_ignored, rule_settings_key_unknown;
/* unseen.c: definitions where the platform does not look for them */
void check_extension_unseen(const struct rule *rule, const struct app *app, struct diags *diags);
void check_entry_unseen(const struct rule *rule, const struct app *app, struct diags *diags);
void check_page_unseen(const struct rule *rule, const struct app *app, struct diags *diags);
/* Whether some module takes a value from `module`; those of the folder `but` (NULL: none) do not
 * count. */
bool is_imported(const struct app *app, const struct module *module, const char *but);
/* bundling.c */
extern const struct rule rule_client_no_node, rule_server_import_shape, rule_client_imports_handler,
	rule_client_server_only, rule_server_no_node, rule_bundle_error, rule_bundle_unresolved,
	rule_bundle_loader, rule_syntax, rule_css_not_shipped, rule_source_encoding,
	rule_bundle_export, rule_package_unlisted, rule_bundle_warning, rule_bundle_budget;
/* early.c: the part of rule_syntax that concerns what parses */
extern const struct walk walk_early;
/* empty.c: rule_bundle_warning */
extern const struct walk walk_empty;
/* outcomes.c, deferred.c, hooks.c, hook_order.c, async_components.c */
extern const struct rule rule_block_outcome_unknown, rule_block_defer_finish, rule_server_hook,
	rule_hook_order, rule_async_component;
/* unsaved.c, object_slugs.c */
extern const struct rule rule_connection_unsaved, rule_object_slug;
/* engine.c */
extern const struct rule rule_engine_syntax;
/* unregistered.c, crossing.c, promises.c, webhook_use.c */
extern const struct rule rule_surface_unregistered, rule_boundary_type, rule_floating_promise,
	rule_webhook_unused;
/* block_handlers.c */
extern const struct rule rule_block_handler_default, rule_block_handler_plain,
	rule_block_handler_kind, rule_block_handler_block, rule_block_handler_origin,
	rule_block_configurator_file, rule_block_configurator_default, rule_block_handler_unused;
/* secrets.c, review.c */
extern const struct rule rule_secret_in_source, rule_experimental_api, rule_token_logged;
/* environment.c */
extern const struct rule rule_env_file_tracked, rule_env_key_invalid, rule_env_key_reserved,
	rule_env_undeclared, rule_env_value_empty;
/* env_lines.c, directives.c */
extern const struct rule rule_env_line, rule_directive_unread;

#endif
