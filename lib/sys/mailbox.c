/* A pipe of pointers: one is less than what a pipe takes as a whole. */
#include "sys/mailbox.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <unistd.h>

#include <uv.h>

#include "base/error.h"

int mailbox_open(struct mailbox *mailbox, struct loop *loop, struct error *error)
{
	int failure = uv_pipe(mailbox->pipe, UV_NONBLOCK_PIPE, 0);

	if (failure == 0)
		return loop_file_attach(&mailbox->news, loop, mailbox->pipe[0], error);
	mailbox->pipe[0] = mailbox->pipe[1] = -1;
	return error_system(error, -failure, "cannot start another thread");
}

void mailbox_put(struct mailbox *mailbox, void *thing)
{
	struct pollfd room = {.fd = mailbox->pipe[1], .events = POLLOUT};

	while (write(mailbox->pipe[1], &thing, sizeof(thing)) < 0)
		poll(&room, 1, -1);
}

void *mailbox_take(struct mailbox *mailbox)
{
	void *thing;
	ssize_t got;

	if (!mailbox->news.ready)
		return NULL;
	do
		got = read(mailbox->pipe[0], &thing, sizeof(thing));
	while (got < 0 && errno == EINTR);
	if (got == (ssize_t)sizeof(thing))
		return thing;
	mailbox->news.ready = false;
	return NULL;
}

void *mailbox_take_rest(struct mailbox *mailbox)
{
	mailbox->news.ready = mailbox->news.handle != NULL;
	return mailbox_take(mailbox);
}

void mailbox_close(struct mailbox *mailbox)
{
	/* Zeroed, both ends are standard input's number. */
	bool opened = mailbox->pipe[0] != mailbox->pipe[1];

	loop_file_detach(&mailbox->news);
	for (size_t i = 0; opened && i < 2; i++)
		close(mailbox->pipe[i]);
	mailbox->pipe[0] = mailbox->pipe[1] = -1;
}
