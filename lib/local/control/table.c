/* See table.h. A file of rows is named here and nowhere else. */
#include "local/control/table.h"

extern const struct control_route status_routes[];
extern const struct control_route flow_routes[];
extern const struct control_route action_routes[];
extern const struct control_route server_routes[];
extern const struct control_route clock_routes[];

const struct control_route *const control_tables[] = {
	status_routes, action_routes, server_routes, flow_routes, clock_routes, NULL,
};
