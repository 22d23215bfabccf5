/* See remote.h. */
#include "cli/net/remote.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/ask.h"
#include "cli/net/target.h"
#include "platform/words.h"
#include "sys/loop.h"

#define SLUG_LIMIT 100 /* bytes of one that is shown */

int remote_fail(struct remote *remote, const struct error *error)
{
	int number = remote->loop != NULL ? loop_ended(remote->loop) : 0;

	if (number == 0)
		return cli_fail(remote->cli, error);
	return cli_stopped(remote->cli, number, "stopped by a signal, before all was found", NULL);
}

/* --- the workspace -----------------------------------------------------------------------------
 */

static const char *list_slugs(const struct remote *remote, const struct platform_workspace *items,
			      size_t count)
{
	struct buf text = {0};
	const char *list;

	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s", i > 0 ? ", " : "",
			   words_shown(&remote->account.platform, items[i].slug, SLUG_LIMIT));
	list = arena_strdup(remote->cli->arena, buf_cstr(&text));
	buf_dispose(&text);
	return list;
}

static int no_workspace(struct remote *remote, const char *wanted, const char *list)
{
	struct error error;

	if (*list == '\0') {
		error_set(&error, ERROR_NOT_FOUND, "you are the admin of no workspace");
		error_fix(&error, "make one at %s/welcome/workspace-details, or ask for the role",
			  remote->account.platform.addresses.app.url);
	} else {
		error_set(&error, ERROR_NOT_FOUND, "you are the admin of no workspace `%s`",
			  wanted);
		error_why(&error, "there are: %s", list);
		error_fix(&error, "name one of them with `--workspace SLUG`");
	}
	return cli_fail(remote->cli, &error);
}

static int needs_workspace(struct remote *remote, const char *list)
{
	const struct cli_refusal refusal = {
		.kind = "needs-input",
		.exit_code = EXIT_NEEDS_INPUT,
		.message = "a workspace has to be chosen, and nobody can be asked",
		.why = arena_printf(remote->cli->arena, "there are: %s", list),
		.fix = "name one of them with `--workspace SLUG`",
	};

	return cli_refuse(remote->cli, &refusal, NULL);
}

static int choose_workspace(struct remote *remote, const char *wanted)
{
	struct platform_workspace *items;
	struct error error = {0};
	const char *list;
	size_t count;

	if (platform_workspaces(&remote->account.platform, &items, &count, &error) != 0)
		return remote_fail(remote, &error);
	list = list_slugs(remote, items, count);
	if (count > 1 && wanted == NULL && !remote->cli->interactive)
		return needs_workspace(remote, list);
	if (count > 1 && wanted == NULL) {
		cli_say(remote->cli, "your workspaces: %s", list);
		wanted = ask_line(remote->cli, "Workspace", items[0].slug);
		/* The end of the input is no choice. */
		if (wanted == NULL)
			return needs_workspace(remote, list);
	}
	for (size_t i = 0; i < count; i++)
		if (wanted == NULL || strcmp(items[i].slug, wanted) == 0) {
			remote->workspace = items[i];
			return EXIT_OK;
		}
	return no_workspace(remote, wanted, list);
}

/* --- the door ----------------------------------------------------------------------------------
 */

int remote_open(struct remote *remote, struct cli *cli, const struct remote_options *options,
		const char *root)
{
	const struct account_options account = {.timeout = options->timeout,
						.cacert = options->cacert};
	struct error error = {0};
	int code;

	remote->cli = cli;
	remote->slug = target_slug_at(cli, options->app, root, &error);
	if (remote->slug == NULL || account_open(&remote->account, cli, &account, &error) != 0 ||
	    (remote->loop != NULL && loop_catch_end(remote->loop, &error) != 0))
		return cli_fail(cli, &error);
	if (remote->watch != NULL)
		http_client_set_watch(remote->account.client, remote->watch);
	if (platform_app_by_slug(&remote->account.platform, remote->slug, &remote->app, &error) !=
	    0)
		return remote_fail(remote, &error);
	code = choose_workspace(remote, options->workspace);
	if (code == EXIT_OK)
		cli_say(cli, "workspace: %s", remote->workspace.name);
	return code;
}

void remote_close(struct remote *remote)
{
	account_close(&remote->account);
}

const char *remote_install_page(const struct remote *remote)
{
	struct buf url = {0};
	const char *page;

	buf_puts(&url, remote->account.platform.addresses.app.url);
	buf_putc(&url, '/');
	http_put_encoded(&url, remote->workspace.slug, "");
	buf_puts(&url, "/settings/apps/");
	http_put_encoded(&url, remote->slug, "@/");
	page = arena_strdup(remote->cli->arena, buf_cstr(&url));
	buf_dispose(&url);
	return page;
}
