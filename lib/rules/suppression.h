/* Findings about the comments `attio-ignore`; made by check/suppressions.c. */
#ifndef ATTIO_RULES_SUPPRESSION_H
#define ATTIO_RULES_SUPPRESSION_H

#include "rules/rules.h"

extern const struct rule rule_suppression_no_reason, rule_suppression_unused,
	rule_suppression_unknown;

#endif
