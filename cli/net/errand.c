/* attio __errand: takes the lock, reads what to send, sends it once and keeps the answer before it
 * tells it. It is in a session of its own, so that neither a signal to the terminal of who sent us
 * nor its end comes here; but for somebody who is gone it waits for ERRAND_GRACE_S only. */
#include "cli/net/errand.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/account.h"
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

static void on_warning(void *context, const char *text)
{
	(void)context;
	tell(&(struct errand_news){.warning = text});
}

static struct http_client *make_client(const struct errand *errand, struct running *running,
				       struct error *error)
{
	const struct http_retry retry = {.tries = 5,
					 .base_ms = 250,
					 .max_ms = 5000,
					 .notice = on_notice,
					 .context = running};
	const struct http_watch watch = {.stop = on_stop, .context = running};
	struct http_client *client = http_client_new(errand->timeout, error);

	if (client == NULL)
		return NULL;
	http_client_set_retry(client, &retry);
	http_client_set_trust(client, errand->ca_file);
	http_client_set_proxy(client, errand->proxy);
	http_client_set_watch(client, &watch);
	return client;
}

static void send_it(const char *path, const struct errand *errand, struct http_client *client,
		    struct errand_news *news)
{
	struct error ignored = {0};

	if (http_send(client, &errand->request, &news->response, &news->error) == 0)
		errand_keep(path, errand->secret, &news->response, &ignored);
}

/* The places are found as who sent us did, by the environment, but for the folder it was in. */
static void renew(struct cli *cli, const struct errand *errand, struct http_client *client,
		  struct errand_news *news)
{
	struct addresses addresses;
	struct session session = {
		.identity = {cli->arena, client, &addresses, {0}},
		.place = errand->place,
	};
	struct buf line = {0};

	if (account_addresses(cli, &addresses, &news->error) != 0)
		return;
	session.vault = account_vault(cli, &addresses);
	session.vault->token_file = errand->path;
	session.vault->warn = on_warning;
	if (credential_read(cli->arena, errand->secret, strlen(errand->secret), "the errand",
			    &session.credential, &news->error) != 0 ||
	    session.credential.refresh == NULL || session_renew(&session, &news->error) != 0)
		return;
	credential_put(&line, &session.credential);
	news->credential = arena_strdup(cli->arena, buf_cstr(&line));
	buf_dispose(&line);
}

/* An answer that cannot be kept is told all the same. */
static int serve(struct cli *cli, const struct errand_options *options)
{
	struct errand_news news = {0};
	struct running running = {0};
	struct error error = {0};
	struct http_client *client;
	struct errand errand;
	char *text;
	size_t len;

	tell(&(struct errand_news){.ready = true});
	if (fs_read_stream(cli->arena, STDIN_FILENO, "standard input", ERRAND_LIMIT, &text, &len,
			   &error) != 0 ||
	    errand_read(&errand, cli->arena, text, len, &error) != 0 ||
	    (options->path == NULL) != (errand.place != VAULT_NOWHERE))
		return EXIT_USAGE;
	client = make_client(&errand, &running, &news.error);
	if (client != NULL && errand.place != VAULT_NOWHERE)
		renew(cli, &errand, client, &news);
	else if (client != NULL)
		send_it(options->path, &errand, client, &news);
	http_client_free(client);
	tell(&news);
	http_response_dispose(&news.response);
	return EXIT_OK;
}

int errand_run(struct cli *cli, const void *opaque)
{
	const struct errand_options *options = opaque;
	int lock = -1, code;

	/* What ends who sent us does not end this. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	if (options->path != NULL && (lock = errand_lock(options->path)) < 0)
		return EXIT_FINDINGS;
	code = serve(cli, options);
	if (lock >= 0)
		close(lock);
	return code;
}
