/* The table of codes; see the header. */
#include "graphql/findings.h"

const struct rule_info finding_graphql_syntax = {"ATT4001", "graphql-syntax", SEVERITY_ERROR};
const struct rule_info finding_graphql_operation_kind = {"ATT4002", "graphql-operation-kind",
							 SEVERITY_ERROR};
const struct rule_info finding_graphql_no_query = {"ATT4003", "graphql-no-query", SEVERITY_ERROR};
const struct rule_info finding_graphql_several_queries = {"ATT4004", "graphql-several-queries",
							  SEVERITY_ERROR};
const struct rule_info finding_graphql_anonymous = {"ATT4005", "graphql-anonymous",
						    SEVERITY_WARNING};
const struct rule_info finding_graphql_name_untyped = {"ATT4006", "graphql-name-untyped",
						       SEVERITY_WARNING};
const struct rule_info finding_graphql_unknown_field = {"ATT4010", "graphql-unknown-field",
							SEVERITY_ERROR};
const struct rule_info finding_graphql_unknown_type = {"ATT4011", "graphql-unknown-type",
						       SEVERITY_ERROR};
const struct rule_info finding_graphql_unknown_argument = {"ATT4012", "graphql-unknown-argument",
							   SEVERITY_ERROR};
const struct rule_info finding_graphql_unknown_directive = {"ATT4013", "graphql-unknown-directive",
							    SEVERITY_WARNING};
const struct rule_info finding_graphql_unknown_fragment = {"ATT4014", "graphql-unknown-fragment",
							   SEVERITY_ERROR};
const struct rule_info finding_graphql_missing_argument = {"ATT4015", "graphql-missing-argument",
							   SEVERITY_ERROR};
const struct rule_info finding_graphql_wrong_value = {"ATT4016", "graphql-wrong-value",
						      SEVERITY_ERROR};
const struct rule_info finding_graphql_variable_type = {"ATT4017", "graphql-variable-type",
							SEVERITY_ERROR};
const struct rule_info finding_graphql_undefined_variable = {
	"ATT4018", "graphql-undefined-variable", SEVERITY_ERROR};
const struct rule_info finding_graphql_unused_variable = {"ATT4019", "graphql-unused-variable",
							  SEVERITY_WARNING};
const struct rule_info finding_graphql_unused_fragment = {"ATT4020", "graphql-unused-fragment",
							  SEVERITY_WARNING};
const struct rule_info finding_graphql_fragment_cycle = {"ATT4021", "graphql-fragment-cycle",
							 SEVERITY_ERROR};
const struct rule_info finding_graphql_fragment_type = {"ATT4022", "graphql-fragment-type",
							SEVERITY_ERROR};
const struct rule_info finding_graphql_leaf_selection = {"ATT4023", "graphql-leaf-selection",
							 SEVERITY_ERROR};
const struct rule_info finding_graphql_missing_selection = {"ATT4024", "graphql-missing-selection",
							    SEVERITY_ERROR};
const struct rule_info finding_graphql_field_conflict = {"ATT4025", "graphql-field-conflict",
							 SEVERITY_ERROR};
const struct rule_info finding_graphql_duplicate_name = {"ATT4026", "graphql-duplicate-name",
							 SEVERITY_ERROR};
const struct rule_info finding_graphql_duplicate_same = {"ATT4026", "graphql-duplicate-name",
							 SEVERITY_WARNING};
const struct rule_info finding_graphql_variable_not_input = {
	"ATT4027", "graphql-variable-not-input", SEVERITY_ERROR};
const struct rule_info finding_graphql_introspection_depth = {
	"ATT4028", "graphql-introspection-depth", SEVERITY_ERROR};
const struct rule_info finding_graphql_more = {"ATT4031", "graphql-more", SEVERITY_ERROR};
