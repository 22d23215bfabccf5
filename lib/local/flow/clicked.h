/* What a user did on the page, as steps of a script (`attio action run --step`): read from the
 * flow's crossings of the kind "user". */
#ifndef ATTIO_LOCAL_FLOW_CLICKED_H
#define ATTIO_LOCAL_FLOW_CLICKED_H

#include <cjson/cJSON.h>

struct error;

/* The array of steps in the order in which they were done, for the member "steps" of POST
 * /actions/run; empty: nobody did anything on the page. `flow`: as flows_show gives it. NULL with
 * ERROR_CONFLICT when something of it has no step. The caller frees. */
cJSON *flow_clicked_steps(const cJSON *flow, struct error *error);

#endif
