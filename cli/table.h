/* All commands. Each is one file, cmd_NAME.c: its row, what it takes and its run function. A
 * command that lives in attio-net has its run function in cli/net/NAME.c, so that the light program
 * knows the row without the libraries. */
#ifndef ATTIO_CLI_TABLE_H
#define ATTIO_CLI_TABLE_H

#include "cli/command.h"

extern const struct command cmd_action_list, cmd_api, cmd_block_show, cmd_settings_show,
	cmd_action_run, cmd_block_activate, cmd_block_deactivate, cmd_block_finish, cmd_block_list,
	cmd_block_run, cmd_block_trigger, cmd_build, cmd_call, cmd_check, cmd_clean, cmd_clock,
	cmd_completion, cmd_connection_add, cmd_connection_expire, cmd_connection_list,
	cmd_connection_rm, cmd_deploy, cmd_dev, cmd_errand, cmd_event_send, cmd_explain,
	cmd_flow_again, cmd_flow_list, cmd_flow_replay, cmd_flow_save, cmd_flow_show, cmd_help,
	cmd_init, cmd_kv_delete, cmd_kv_get, cmd_kv_list, cmd_kv_put, cmd_login, cmd_logout,
	cmd_logs, cmd_manual, cmd_page_list, cmd_page_show, cmd_recording_export,
	cmd_recording_import, cmd_recording_list, cmd_records_create, cmd_records_delete,
	cmd_records_export, cmd_records_get, cmd_records_import, cmd_records_list, cmd_records_set,
	cmd_settings_get, cmd_settings_set, cmd_state_list, cmd_state_reset, cmd_state_restore,
	cmd_state_save, cmd_state_seed, cmd_tab_list, cmd_tab_show, cmd_types, cmd_validate,
	cmd_version_create, cmd_version_diff, cmd_version_list, cmd_version_show,
	cmd_webhook_deliveries, cmd_webhook_list, cmd_webhook_replay, cmd_webhook_send, cmd_whoami,
	cmd_widget_list, cmd_widget_show;

extern const struct command cmd_doctor, cmd_link, cmd_migrate_folder_structure, cmd_open,
	cmd_platform, cmd_replay, cmd_test;

/* Sorted by name; ends with NULL. Given to whom it concerns by main. */
extern const struct command *const commands[];

#endif
