/* One line a code; see findings.h. */
#include "bundle/findings.h"

#define ERROR_OF(id, kebab)                                                                        \
	{                                                                                          \
		.code = id, .name = kebab, .severity = SEVERITY_ERROR                              \
	}
#define WARNING_OF(id, kebab)                                                                      \
	{                                                                                          \
		.code = id, .name = kebab, .severity = SEVERITY_WARNING                            \
	}

const struct rule_info finding_client_server_sdk = ERROR_OF("ATT2005", "client-no-server-sdk");
const struct rule_info finding_client_node = ERROR_OF("ATT2006", "client-no-node");
const struct rule_info finding_server_shape = ERROR_OF("ATT2007", "server-import-shape");
const struct rule_info finding_server_shape_warning = WARNING_OF("ATT2007", "server-import-shape");
const struct rule_info finding_client_handler = ERROR_OF("ATT2008", "client-imports-handler");
const struct rule_info finding_server_client_sdk = ERROR_OF("ATT3003", "server-no-client-sdk");
const struct rule_info finding_server_node = ERROR_OF("ATT3008", "server-no-node");
const struct rule_info finding_error = ERROR_OF("ATT9000", "bundle-error");
const struct rule_info finding_unresolved = ERROR_OF("ATT9001", "bundle-unresolved");
const struct rule_info finding_loader = ERROR_OF("ATT9002", "bundle-loader");
const struct rule_info finding_css = ERROR_OF("ATT9004", "css-not-shipped");
const struct rule_info finding_export = ERROR_OF("ATT9006", "bundle-export");
const struct rule_info finding_warning = WARNING_OF("ATT9010", "bundle-warning");
const struct rule_info finding_budget = ERROR_OF("ATT9011", "bundle-budget");
