/* The rules of each family, gathered by table.c. Only lib/rules includes this. */
#ifndef ATTIO_RULES_INTERNAL_H
#define ATTIO_RULES_INTERNAL_H

#include "app/app.h"
#include "rules/rules.h"

/* layout.c */
extern const struct rule rule_app_missing, rule_app_export, rule_layout_conflict,
	rule_file_unreadable, rule_webhook_location, rule_event_location, rule_handler_suffix,
	rule_event_unknown, rule_handler_duplicate, rule_extension_definition, rule_id_invalid,
	rule_id_duplicate, rule_page_definition;
/* surfaces.c: the parts of rule_id_invalid and rule_id_duplicate that concern src/app.ts */
void check_surface_ids(const struct rule *rule, const struct app *app, struct diags *diags);
void check_surface_duplicates(const struct rule *rule, const struct app *app, struct diags *diags);
/* boundary.c */
extern const struct rule rule_client_no_server_sdk, rule_server_no_client_sdk;
/* server.c, signature.c, webhooks.c */
extern const struct rule rule_handler_default_export, rule_handler_async,
	rule_webhook_signature, rule_event_signature, rule_webhook_file_missing;
/* blocks.c */
extern const struct rule rule_block_folder, rule_block_definition, rule_block_handler_missing,
	rule_block_handler_extension, rule_block_handler_legacy;
/* config.c */
extern const struct rule rule_settings_duplicate, rule_settings_schema_missing, rule_manifest_invalid,
	rule_tsconfig_invalid;
/* bundling.c */
extern const struct rule rule_client_no_node, rule_server_import_shape, rule_client_imports_handler,
	rule_server_no_node, rule_bundle_error, rule_bundle_unresolved, rule_bundle_loader, rule_syntax,
	rule_css_not_shipped, rule_source_encoding, rule_bundle_export, rule_bundle_warning;

#endif
