/* See table.h. A file of rows is named here and nowhere else. */
#include "local/control/table.h"

extern const struct control_route status_routes[];
extern const struct control_route first_routes[];
extern const struct control_route session_routes[];
extern const struct control_route flow_routes[];
extern const struct control_route replay_routes[];
extern const struct control_route flow_file_routes[];
extern const struct control_route request_routes[];
extern const struct control_route action_routes[];
extern const struct control_route server_routes[];
extern const struct control_route clock_routes[];
extern const struct control_route connection_routes[];
extern const struct control_route webhook_routes[];
extern const struct control_route kv_routes[];
extern const struct control_route net_routes[];
extern const struct control_route recording_routes[];
extern const struct control_route setting_routes[];
extern const struct control_route block_routes[];
extern const struct control_route state_routes[];
extern const struct control_route record_routes[];
extern const struct control_route workspace_routes[];
extern const struct control_route graphql_routes[];
extern const struct control_route sign_in_routes[];
extern const struct control_route fault_routes[];
extern const struct control_route reference_routes[];
extern const struct control_route finding_routes[];
extern const struct control_route chaos_routes[];
extern const struct control_route limit_routes[];
extern const struct control_route version_routes[];

/* One a line. */
/* clang-format off */
const struct control_route *const control_tables[] = {
	status_routes,
	first_routes,
	action_routes,
	session_routes,
	server_routes,
	flow_file_routes,
	flow_routes,
	replay_routes,
	request_routes,
	clock_routes,
	connection_routes,
	webhook_routes,
	kv_routes,
	net_routes,
	recording_routes,
	setting_routes,
	block_routes,
	state_routes,
	record_routes,
	workspace_routes,
	graphql_routes,
	sign_in_routes,
	fault_routes,
	reference_routes,
	finding_routes,
	chaos_routes,
	limit_routes,
	version_routes,
	NULL,
};
/* clang-format on */
