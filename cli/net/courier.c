#include "cli/net/courier.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "sys/child.h"
#include "sys/install.h"

#define LOOK_MS 100
#define LINE_LIMIT ((size_t)64 << 20)

struct talk {
	struct cli *cli;
	struct arena *arena;
	const struct http_watch
		*watch; /* whether to wait no longer: the process goes on for a while */
	struct child_launched child;
	struct buf heard; /* what was not read yet */
};

static bool is_over(const struct talk *talk)
{
	return talk->watch->stop != NULL && talk->watch->stop(talk->watch->context);
}

/* Waits until the descriptor can be used. -1: it is not waited for any longer. */
static int wait_for(const struct talk *talk, int fd, short what)
{
	struct pollfd one = {.fd = fd, .events = what};

	for (;;) {
		if (poll(&one, 1, LOOK_MS) > 0)
			return 0;
		if (is_over(talk))
			return -1;
	}
}

/* One line. 0: its end; -1: the process has ended, or we do not wait any longer. */
static int hear(struct talk *talk, struct errand_news *news)
{
	struct buf *heard = &talk->heard;
	char piece[4096], *end;
	int result;

	while ((end = heard->len > 0 ? memchr(heard->ptr, '\n', heard->len) : NULL) == NULL) {
		ssize_t got;

		if (heard->len > LINE_LIMIT || wait_for(talk, talk->child.out, POLLIN) != 0)
			return -1;
		got = read(talk->child.out, piece, sizeof(piece));
		if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
			return -1;
		if (got > 0)
			buf_add(heard, piece, (size_t)got);
	}
	result = errand_read_news(news, talk->arena, heard->ptr, (size_t)(end - heard->ptr));
	buf_drop(heard, (size_t)(end - heard->ptr) + 1);
	return result;
}

static int say(struct talk *talk, const struct errand *errand)
{
	struct buf text = {0};
	size_t sent = 0;
	int result = 0;

	errand_put(&text, errand);
	while (sent < text.len && result == 0) {
		ssize_t got = write(talk->child.in, text.ptr + sent, text.len - sent);

		if (got > 0)
			sent += (size_t)got;
		else if (errno == EAGAIN)
			result = wait_for(talk, talk->child.in, POLLOUT);
		else if (errno != EINTR)
			result = -1;
	}
	buf_dispose(&text);
	if (talk->child.in >= 0)
		close(talk->child.in);
	talk->child.in = -1;
	return result;
}

/* False: no process took the errand, and nothing was sent. `path`: of the answer, or NULL. */
static bool start(struct talk *talk, const char *path)
{
	struct child_command command = {.name = "attio", .input = true, .apart = true};
	struct errand_news news;
	struct error ignored = {0};
	char *program;

	if (install_net_program(talk->arena, &program, &ignored) != 0)
		return false;
	command.words = (const char *const[]){program, "__errand", path, NULL};
	if (child_launch(&talk->child, &command, &ignored) != 0)
		return false;
	if (hear(talk, &news) == 0 && news.ready)
		return true;
	child_end_launched(&talk->child);
	return false;
}

/* What is said at the end: from here on the request may have been made, and is not sent again. */
static int finish(struct talk *talk, const struct errand *errand, struct errand_news *news,
		  struct error *error)
{
	if (say(talk, errand) == 0)
		while (hear(talk, news) == 0) {
			if (news->notice != NULL)
				cli_say(talk->cli, "%s", news->notice);
			if (news->warning != NULL)
				cli_warn(talk->cli, "%s", news->warning);
			if (news->response.status != 0 || news->credential != NULL)
				return 0;
			if (news->error.kind == ERROR_NONE)
				continue;
			*error = news->error;
			return -1;
		}
	error_set(error, ERROR_NETWORK,
		  is_over(talk) ? "the answer was not waited for"
				: "the process that waited for the answer was ended");
	return error_fix(error, "run it again");
}

/* It has said all, or it goes on alone. */
static void leave(struct talk *talk)
{
	if (is_over(talk))
		child_let_go(&talk->child);
	else
		child_end_launched(&talk->child);
	buf_dispose(&talk->heard);
}

static int carry(void *context, const struct http_request *request, const char *path,
		 const char *secret, struct http_response *response, struct error *error)
{
	struct courier_work *work = context;
	struct talk talk = {.cli = work->cli, .arena = work->arena, .watch = &work->watch};
	struct errand errand = work->errand;
	struct errand_news news = {0};
	int result;

	if (!start(&talk, path)) {
		buf_dispose(&talk.heard);
		return http_send(work->client, request, response, error);
	}
	errand.request = *request;
	errand.secret = secret;
	errand.path = path;
	result = finish(&talk, &errand, &news, error);
	*response = news.response;
	leave(&talk);
	return result;
}

struct courier courier_of(struct courier_work *work)
{
	return (struct courier){.send = carry, .context = work};
}

static int renew(void *context, enum vault_place place, const struct credential *old,
		 const struct http_watch *watch, struct credential *credential, struct error *error)
{
	struct courier_work *work = context;
	struct talk talk = {.cli = work->cli, .arena = work->arena, .watch = watch};
	struct errand errand = work->errand;
	struct errand_news news = {0};
	struct buf line = {0};
	int result;

	if (!start(&talk, NULL)) {
		buf_dispose(&talk.heard);
		return 1;
	}
	credential_put(&line, old);
	errand.place = place;
	errand.secret = buf_cstr(&line);
	result = finish(&talk, &errand, &news, error);
	leave(&talk);
	buf_dispose(&line);
	if (result != 0)
		return -1;
	return credential_read(work->arena, news.credential, strlen(news.credential), "the answer",
			       credential, error);
}

struct renewer renewer_of(struct courier_work *work)
{
	return (struct renewer){.renew = renew, .context = work};
}
