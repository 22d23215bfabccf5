/* The log of an app on Attio. The service keeps two minutes of the past at most, so following it is
 * all that can be done with it. */
#include "cli/net/logs_remote.h"

#include <signal.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/arguments.h"
#include "cli/net/duration.h"
#include "cli/net/log_lines.h"
#include "cli/net/logs.h"
#include "cli/net/remote.h"
#include "cli/project.h"
#include "local/clock.h"
#include "platform/log_stream.h"
#include "sys/loop.h"

#define KEPT_S 120 /* seconds of the past that the service has */

struct following {
	struct cli *cli;
	struct remote remote;
	const struct log_filter *filter;
	struct loop *loop;
	bool ready; /* entries came, or could have: from here on Ctrl-C is how it ends */
};

static void on_event(void *context, const struct log_event *event)
{
	struct following *following = context;

	following->ready = following->ready || event->news == LOG_READY;
	log_lines_print(following->cli, &following->remote, following->filter, "", event);
}

/* A second Ctrl-C ends us as if we had never caught the first. */
static bool on_stop(void *context)
{
	struct following *following = context;

	loop_look(following->loop);
	if (loop_ended(following->loop) != 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		return true;
	}
	/* Nobody reads any more. */
	return ferror(following->cli->out) != 0;
}

/* What --since asks of the service; *rewind is NULL without it. */
static int read_since(struct cli *cli, const char *since, const char **rewind)
{
	long long ms, moment;

	*rewind = NULL;
	if (since == NULL)
		return EXIT_OK;
	ms = duration_ms(since);
	if (ms < 0 && clock_read(since, &moment) == 0)
		ms = (long long)time(NULL) * 1000 - moment;
	else if (ms < 0)
		return argument_wrong(
			cli, arena_printf(cli->arena, "`%s` is no time and no span", since),
			"give how far back to begin, as 90s or 2m, or a time as "
			"2030-01-01T00:00:00Z; the log of Attio has no numbers");
	if (ms > KEPT_S * 1000LL) {
		cli_warn(cli,
			 "Attio keeps the last two minutes of a log; older lines are not there");
		ms = KEPT_S * 1000LL;
	}
	if (ms > 0)
		*rewind = arena_printf(cli->arena, "%llds", (ms + 999) / 1000);
	return EXIT_OK;
}

static int follow(struct following *following, const char *rewind, long timeout)
{
	const struct log_stream_options options = {
		.app_id = following->remote.app.id,
		.workspace_id = following->remote.workspace.id,
		.rewind = rewind,
		.timeout = timeout,
		.tell = on_event,
		.stop = on_stop,
		.context = following,
	};
	struct error error = {0};
	int result = log_stream_run(&following->remote.account.platform, &options, &error);

	if (result != 0 || (loop_ended(following->loop) != 0 && !following->ready))
		return remote_fail(&following->remote, &error);
	return exit_of_signal(loop_ended(following->loop));
}

int logs_remote(struct cli *cli, const struct logs_options *options,
		const struct log_filter *filter)
{
	const struct remote_options wanted = {
		.app = options->app,
		.workspace = options->workspace,
		.cacert = options->cacert,
		.timeout = options->timeout > 0 ? options->timeout : 30,
	};
	struct following following = {.cli = cli, .filter = filter};
	const struct http_watch watch = {.stop = on_stop, .context = &following};
	struct error error = {0};
	const char *root = project_root(cli, NULL, &error);
	const char *rewind;
	int code;

	if (root == NULL)
		return cli_fail(cli, &error);
	code = read_since(cli, options->since, &rewind);
	if (code == EXIT_OK) {
		following.loop = loop_open(&error);
		if (following.loop == NULL)
			code = cli_fail(cli, &error);
		following.remote.loop = following.loop;
		following.remote.watch = &watch;
	}
	if (code == EXIT_OK)
		code = remote_open(&following.remote, cli, &wanted, root);
	if (code == EXIT_OK)
		code = follow(&following, rewind, wanted.timeout);
	remote_close(&following.remote);
	loop_close(following.loop);
	return code;
}
