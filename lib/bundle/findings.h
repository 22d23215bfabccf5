/* Codes of what is found while bundling. Explanations: lib/rules. ATT9003 (syntax) is the app
 * model's (app/problems.h). */
#ifndef ATTIO_BUNDLE_FINDINGS_H
#define ATTIO_BUNDLE_FINDINGS_H

#include "diag/diag.h"

extern const struct rule_info finding_client_server_sdk;    /* ATT2005 */
extern const struct rule_info finding_client_node;          /* ATT2006 */
extern const struct rule_info finding_server_shape;         /* ATT2007 */
extern const struct rule_info finding_server_shape_warning; /* ATT2007, import * */
extern const struct rule_info finding_client_handler;       /* ATT2008 */
extern const struct rule_info finding_server_client_sdk;    /* ATT3003 */
extern const struct rule_info finding_server_node;          /* ATT3008 */
extern const struct rule_info finding_error;                /* ATT9000 */
extern const struct rule_info finding_unresolved;           /* ATT9001 */
extern const struct rule_info finding_loader;               /* ATT9002 */
extern const struct rule_info finding_css;                  /* ATT9004 */
extern const struct rule_info finding_export;               /* ATT9006 */
extern const struct rule_info finding_warning;              /* ATT9010, warning */
extern const struct rule_info finding_budget;               /* ATT9011 */

#endif
