/* Codes of what is wrong with a GraphQL document. Explanations: lib/rules/graphql.c. Severities
 * follow the official CLI 1.0.4: an error where it refuses to build. */
#ifndef ATTIO_GRAPHQL_FINDINGS_H
#define ATTIO_GRAPHQL_FINDINGS_H

#include "diag/diag.h"

extern const struct rule_info finding_graphql_syntax;             /* ATT4001 */
extern const struct rule_info finding_graphql_operation_kind;     /* ATT4002 */
extern const struct rule_info finding_graphql_no_query;           /* ATT4003 */
extern const struct rule_info finding_graphql_several_queries;    /* ATT4004 */
extern const struct rule_info finding_graphql_anonymous;          /* ATT4005, warning */
extern const struct rule_info finding_graphql_name_untyped;       /* ATT4006, warning */
extern const struct rule_info finding_graphql_unknown_field;      /* ATT4010 */
extern const struct rule_info finding_graphql_unknown_type;       /* ATT4011 */
extern const struct rule_info finding_graphql_unknown_argument;   /* ATT4012 */
extern const struct rule_info finding_graphql_unknown_directive;  /* ATT4013, warning */
extern const struct rule_info finding_graphql_unknown_fragment;   /* ATT4014 */
extern const struct rule_info finding_graphql_missing_argument;   /* ATT4015 */
extern const struct rule_info finding_graphql_wrong_value;        /* ATT4016 */
extern const struct rule_info finding_graphql_variable_type;      /* ATT4017 */
extern const struct rule_info finding_graphql_undefined_variable; /* ATT4018 */
extern const struct rule_info finding_graphql_unused_variable;    /* ATT4019, warning */
extern const struct rule_info finding_graphql_unused_fragment;    /* ATT4020, warning */
extern const struct rule_info finding_graphql_fragment_cycle;     /* ATT4021 */
extern const struct rule_info finding_graphql_fragment_type;      /* ATT4022 */
extern const struct rule_info finding_graphql_leaf_selection;     /* ATT4023 */
extern const struct rule_info finding_graphql_missing_selection;  /* ATT4024 */
extern const struct rule_info finding_graphql_field_conflict;     /* ATT4025 */
extern const struct rule_info finding_graphql_duplicate_name;     /* ATT4026 */
/* ATT4026, warning: fragments of one name that say the same. */
extern const struct rule_info finding_graphql_duplicate_same;
extern const struct rule_info finding_graphql_variable_not_input;  /* ATT4027 */
extern const struct rule_info finding_graphql_introspection_depth; /* ATT4028 */
/* ATT4031: for those of one document that are too many to be told; an error where one of them is.
 */
extern const struct rule_info finding_graphql_more;

#endif
