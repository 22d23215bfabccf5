/* The descriptor tells of all sockets at once; the timer is for connections that were silent for
 * too long. */
#include "http/attach.h"

#include <stddef.h>

#include "http/server.h"

int http_attach(struct http_attached *attached, struct http_server *server, struct loop *loop,
		struct error *error)
{
	int fd = http_server_fd(server);

	if (fd >= 0 && loop_file_attach(&attached->file, loop, fd, error) != 0)
		return -1;
	loop_timer_attach(&attached->timer, loop);
	attached->server = server;
	/* What has come before is served with the first turn. */
	loop_timer_start(&attached->timer, 0);
	return 0;
}

void http_attached_serve(struct http_attached *attached)
{
	int ms;

	if (attached->server == NULL || (!attached->file.ready && !attached->timer.over))
		return;
	attached->file.ready = false;
	attached->timer.over = false;
	http_server_run(attached->server);
	ms = http_server_timeout(attached->server);
	if (ms >= 0)
		loop_timer_start(&attached->timer, (unsigned)ms);
}

void http_attached_soon(struct http_attached *attached)
{
	if (attached->server != NULL)
		loop_timer_start(&attached->timer, 0);
}

void http_detach(struct http_attached *attached)
{
	loop_file_detach(&attached->file);
	loop_timer_detach(&attached->timer);
	attached->server = NULL;
}
