/* See net.h. */
#include "cli/net/net.h"

#include <stddef.h>

#include "check/check.h"
#include "cli/net/action.h"
#include "cli/net/api.h"
#include "cli/net/block.h"
#include "cli/net/call.h"
#include "cli/net/clock.h"
#include "cli/net/connection.h"
#include "cli/net/deploy.h"
#include "cli/net/dev.h"
#include "cli/net/doctor.h"
#include "cli/net/event.h"
#include "cli/net/flow.h"
#include "cli/net/init.h"
#include "cli/net/kv.h"
#include "cli/net/link.h"
#include "cli/net/login.h"
#include "cli/net/logs.h"
#include "cli/net/migrate.h"
#include "cli/net/recording.h"
#include "cli/net/records.h"
#include "cli/net/settings.h"
#include "cli/net/state.h"
#include "cli/net/surface.h"
#include "cli/net/version_diff.h"
#include "cli/net/version_list.h"
#include "cli/net/version_show.h"
#include "cli/net/webhook.h"
#include "cli/table.h"
#include "git/changes.h"
#include "git/git.h"

static const struct net_run runs[] = {
	{&cmd_action_list, action_list_run},
	{&cmd_action_run, action_run_run},
	{&cmd_api, api_run},
	{&cmd_block_activate, block_activate_run},
	{&cmd_block_deactivate, block_deactivate_run},
	{&cmd_block_finish, block_finish_run},
	{&cmd_block_list, block_list_run},
	{&cmd_block_run, block_run_run},
	{&cmd_block_show, block_show_run},
	{&cmd_block_trigger, block_trigger_run},
	{&cmd_call, call_run},
	{&cmd_clock, clock_run},
	{&cmd_connection_add, connection_add_run},
	{&cmd_connection_expire, connection_expire_run},
	{&cmd_connection_list, connection_list_run},
	{&cmd_connection_rm, connection_rm_run},
	{&cmd_deploy, deploy_run},
	{&cmd_dev, dev_run},
	{&cmd_doctor, doctor_run},
	{&cmd_event_send, event_send_run},
	{&cmd_flow_list, flow_list_run},
	{&cmd_flow_show, flow_show_run},
	{&cmd_init, init_run},
	{&cmd_kv_delete, kv_delete_run},
	{&cmd_kv_get, kv_get_run},
	{&cmd_kv_list, kv_list_run},
	{&cmd_kv_put, kv_put_run},
	{&cmd_link, link_run},
	{&cmd_login, login_run},
	{&cmd_logout, logout_run},
	{&cmd_logs, logs_run},
	{&cmd_migrate_folder_structure, migrate_folder_structure_run},
	{&cmd_page_list, page_list_run},
	{&cmd_page_show, page_show_run},
	{&cmd_recording_export, recording_export_run},
	{&cmd_recording_import, recording_import_run},
	{&cmd_recording_list, recording_list_run},
	{&cmd_records_create, records_create_run},
	{&cmd_records_delete, records_delete_run},
	{&cmd_records_export, records_export_run},
	{&cmd_records_get, records_get_run},
	{&cmd_records_import, records_import_run},
	{&cmd_records_list, records_list_run},
	{&cmd_records_set, records_set_run},
	{&cmd_settings_get, settings_get_run},
	{&cmd_settings_set, settings_set_run},
	{&cmd_settings_show, settings_show_run},
	{&cmd_state_list, state_list_run},
	{&cmd_state_reset, state_reset_run},
	{&cmd_state_restore, state_restore_run},
	{&cmd_state_save, state_save_run},
	{&cmd_state_seed, state_seed_run},
	{&cmd_tab_list, tab_list_run},
	{&cmd_tab_show, tab_show_run},
	{&cmd_version_create, deploy_run},
	{&cmd_version_diff, version_diff_run},
	{&cmd_version_list, version_list_run},
	{&cmd_version_show, version_show_run},
	{&cmd_webhook_deliveries, webhook_deliveries_run},
	{&cmd_webhook_list, webhook_list_run},
	{&cmd_webhook_replay, webhook_replay_run},
	{&cmd_webhook_send, webhook_send_run},
	{&cmd_whoami, whoami_run},
	{&cmd_widget_list, widget_list_run},
	{&cmd_widget_show, widget_show_run},
	{NULL, NULL},
};

static const struct check_git git = {git_changed_files, git_tracked_files};

const struct net net_parts = {.runs = runs, .git = &git};
