/* One line a code; see problems.h. */
#include "app/problems.h"

#define ERROR_OF(id, kebab)                                                                        \
	{                                                                                          \
		.code = id, .name = kebab, .severity = SEVERITY_ERROR                              \
	}
#define WARNING_OF(id, kebab)                                                                      \
	{                                                                                          \
		.code = id, .name = kebab, .severity = SEVERITY_WARNING                            \
	}

const struct rule_info problem_app_missing = ERROR_OF("ATT1001", "app-missing");
const struct rule_info problem_app_export = ERROR_OF("ATT1002", "app-export");
const struct rule_info problem_layout_conflict = ERROR_OF("ATT1003", "layout-conflict");
const struct rule_info problem_file_unreadable = ERROR_OF("ATT1004", "file-unreadable");
const struct rule_info problem_handler_duplicate = ERROR_OF("ATT1014", "handler-duplicate");
const struct rule_info problem_extension = ERROR_OF("ATT1020", "extension-definition");
const struct rule_info problem_id_invalid = ERROR_OF("ATT1021", "id-invalid");
const struct rule_info problem_id_duplicate = ERROR_OF("ATT1022", "id-duplicate");
const struct rule_info problem_page = ERROR_OF("ATT1030", "page-definition");
const struct rule_info problem_block_folder = ERROR_OF("ATT5001", "block-folder");
const struct rule_info problem_block_definition = ERROR_OF("ATT5002", "block-definition");
const struct rule_info problem_block_handler = ERROR_OF("ATT5003", "block-handler-missing");
const struct rule_info problem_block_handler_tsx = ERROR_OF("ATT5004", "block-handler-extension");
const struct rule_info problem_block_handler_legacy = WARNING_OF("ATT5005", "block-handler-legacy");
const struct rule_info problem_settings_duplicate = ERROR_OF("ATT6001", "settings-duplicate");
const struct rule_info problem_settings_schema = ERROR_OF("ATT6002", "settings-schema-missing");
const struct rule_info problem_manifest = ERROR_OF("ATT8004", "manifest-invalid");
const struct rule_info problem_manifest_missing = WARNING_OF("ATT8004", "manifest-invalid");
const struct rule_info problem_tsconfig = ERROR_OF("ATT8006", "tsconfig-invalid");
const struct rule_info problem_syntax = ERROR_OF("ATT9003", "syntax");
const struct rule_info problem_encoding = WARNING_OF("ATT9005", "source-encoding");
