/* attio __errand: takes the lock, reads what to send, sends it once and keeps the answer before it
 * tells it. It is in a session of its own, so that neither a signal to the deploy's terminal nor
 * its end comes here; but for a deploy that is gone it waits for ERRAND_GRACE_S only. */
#include "cli/net/errand.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "platform/errand.h"
#include "sys/fs.h"
#include "sys/moment.h"

#define ERRAND_LIMIT ((size_t)4 << 20)

struct running {
	long long gone_at; /* by moment_ms; 0: who sent us is there */
	bool over;         /* it makes no sense to begin another try */
};

static void tell(const struct errand_news *news)
{
	struct buf line = {0};
	size_t sent = 0;
	ssize_t got = 0;

	errand_put_news(&line, news);
	while (sent < line.len && got >= 0) {
		got = write(STDOUT_FILENO, line.ptr + sent, line.len - sent);
		sent += got > 0 ? (size_t)got : 0;
	}
	buf_dispose(&line);
}

static bool is_gone(struct running *running)
{
	struct pollfd out = {.fd = STDOUT_FILENO};

	if (running->gone_at == 0 && poll(&out, 1, 0) > 0 &&
	    (out.revents & (POLLERR | POLLHUP)) != 0)
		running->gone_at = moment_ms();
	return running->gone_at != 0;
}

static bool on_stop(void *context)
{
	struct running *running = context;

	return running->over ||
	       (is_gone(running) && moment_ms() - running->gone_at >= ERRAND_GRACE_S * 1000);
}

static void on_notice(void *context, const char *text)
{
	struct running *running = context;

	running->over = is_gone(running);
	tell(&(struct errand_news){.notice = text});
}

static int send_it(const struct errand *errand, struct running *running,
		   struct http_response *response, struct error *error)
{
	const struct http_retry retry = {.tries = 5,
					 .base_ms = 250,
					 .max_ms = 5000,
					 .notice = on_notice,
					 .context = running};
	const struct http_watch watch = {.stop = on_stop, .context = running};
	struct http_client *client = http_client_new(errand->timeout, error);
	int result;

	if (client == NULL)
		return -1;
	http_client_set_retry(client, &retry);
	http_client_set_trust(client, errand->ca_file);
	http_client_set_proxy(client, errand->proxy);
	http_client_set_watch(client, &watch);
	result = http_send(client, &errand->request, response, error);
	http_client_free(client);
	return result;
}

/* An answer that cannot be kept is told all the same. */
static int serve(struct cli *cli, const struct errand_options *options)
{
	struct errand_news news = {0};
	struct running running = {0};
	struct error error = {0}, ignored = {0};
	struct errand errand;
	char *text;
	size_t len;

	tell(&(struct errand_news){.ready = true});
	if (fs_read_stream(cli->arena, STDIN_FILENO, "standard input", ERRAND_LIMIT, &text, &len,
			   &error) != 0 ||
	    errand_read(&errand, cli->arena, text, len, &error) != 0)
		return EXIT_USAGE;
	if (send_it(&errand, &running, &news.response, &news.error) == 0)
		errand_keep(options->path, errand.secret, &news.response, &ignored);
	tell(&news);
	http_response_dispose(&news.response);
	return EXIT_OK;
}

int errand_run(struct cli *cli, const void *opaque)
{
	const struct errand_options *options = opaque;
	int lock, code;

	/* What ends a deploy does not end this. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	lock = errand_lock(options->path);
	if (lock < 0)
		return EXIT_FINDINGS;
	code = serve(cli, options);
	close(lock);
	return code;
}
