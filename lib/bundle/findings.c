/* One line a code; see findings.h. */
#include "bundle/findings.h"

const struct rule_info finding_client_server_sdk = {"ATT2005", "client-no-server-sdk",
						    SEVERITY_ERROR};
const struct rule_info finding_client_node = {"ATT2006", "client-no-node", SEVERITY_ERROR};
const struct rule_info finding_server_shape = {"ATT2007", "server-import-shape", SEVERITY_ERROR};
const struct rule_info finding_server_shape_warning = {"ATT2007", "server-import-shape",
						       SEVERITY_WARNING};
const struct rule_info finding_client_handler = {"ATT2008", "client-imports-handler",
						 SEVERITY_ERROR};
const struct rule_info finding_server_client_sdk = {"ATT3003", "server-no-client-sdk",
						    SEVERITY_ERROR};
const struct rule_info finding_server_node = {"ATT3008", "server-no-node", SEVERITY_ERROR};
const struct rule_info finding_error = {"ATT9000", "bundle-error", SEVERITY_ERROR};
const struct rule_info finding_unresolved = {"ATT9001", "bundle-unresolved", SEVERITY_ERROR};
const struct rule_info finding_loader = {"ATT9002", "bundle-loader", SEVERITY_ERROR};
const struct rule_info finding_css = {"ATT9004", "css-not-shipped", SEVERITY_ERROR};
const struct rule_info finding_export = {"ATT9006", "bundle-export", SEVERITY_ERROR};
const struct rule_info finding_warning = {"ATT9010", "bundle-warning", SEVERITY_WARNING};
const struct rule_info finding_budget = {"ATT9011", "bundle-budget", SEVERITY_ERROR};
