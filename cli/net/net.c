/* See net.h. */
#include "cli/net/net.h"

#include <stddef.h>

#include "check/check.h"
#include "cli/net/deploy.h"
#include "cli/net/init.h"
#include "cli/net/version_list.h"
#include "cli/table.h"
#include "git/changes.h"
#include "git/git.h"

static const struct net_run runs[] = {
	{&cmd_deploy, deploy_run},
	{&cmd_init, init_run},
	{&cmd_version_create, deploy_run},
	{&cmd_version_list, version_list_run},
	{NULL, NULL},
};

static const struct check_git git = {git_changed_files, git_tracked_files};

const struct net net_parts = {.runs = runs, .git = &git};
