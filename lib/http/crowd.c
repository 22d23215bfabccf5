/* See crowd.h. The members stand in the order in which they said something last. */
#include "http/crowd.h"

#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "sys/moment.h"

struct crowd_member {
	struct crowd_member *older, *newer;
	int fd;          /* borrowed */
	long long since; /* it said something last, ms */
	bool busy;       /* with a request that has come as a whole */
	bool leaving;    /* was sent away */
};

static void cut_out(struct crowd *crowd, struct crowd_member *member)
{
	*(member->older != NULL ? &member->older->newer : &crowd->oldest) = member->newer;
	*(member->newer != NULL ? &member->newer->older : &crowd->newest) = member->older;
}

static void append(struct crowd *crowd, struct crowd_member *member)
{
	member->older = crowd->newest;
	member->newer = NULL;
	*(crowd->newest != NULL ? &crowd->newest->newer : &crowd->oldest) = member;
	crowd->newest = member;
}

/* What it said and nobody has read yet counts. */
static bool is_silent(const struct crowd_member *member, long long now)
{
	int unread = 0;

	return !member->busy && !member->leaving && now - member->since >= CROWD_PATIENCE &&
	       (ioctl(member->fd, FIONREAD, &unread) != 0 || unread == 0);
}

static bool is_full(const struct crowd *crowd)
{
	return crowd->count >= CROWD_LIMIT;
}

int crowd_wait(const struct crowd *crowd, int ms)
{
	return is_full(crowd) && (ms < 0 || ms > CROWD_PATIENCE) ? CROWD_PATIENCE : ms;
}

void crowd_thin(struct crowd *crowd)
{
	long long now;

	if (!is_full(crowd))
		return;
	now = moment_ms();
	for (struct crowd_member *m = crowd->oldest; m != NULL; m = m->newer) {
		if (crowd->count <= CROWD_LIMIT / 2)
			break;
		if (!is_silent(m, now))
			continue;
		/* What reads from its socket sees its end, and closes it. */
		m->leaving = true;
		crowd->count--;
		shutdown(m->fd, SHUT_RDWR);
	}
}

static struct crowd_member *join(struct crowd *crowd, int fd)
{
	struct crowd_member *member = mem_zalloc(1, sizeof(*member));

	member->fd = fd;
	member->since = moment_ms();
	append(crowd, member);
	crowd->count++;
	return member;
}

static void leave(struct crowd *crowd, struct crowd_member *member)
{
	cut_out(crowd, member);
	if (!member->leaving)
		crowd->count--;
	mem_free(member);
}

void crowd_on_connection(void *crowd, struct MHD_Connection *connection, void **member,
			 enum MHD_ConnectionNotificationCode what)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (what == MHD_CONNECTION_NOTIFY_STARTED && info != NULL) {
		*member = join(crowd, info->connect_fd);
	} else if (what == MHD_CONNECTION_NOTIFY_CLOSED && *member != NULL) {
		leave(crowd, *member);
		*member = NULL;
	}
}

void crowd_busy(struct crowd *crowd, struct MHD_Connection *connection, bool busy)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct crowd_member *member = info != NULL ? info->socket_context : NULL;

	if (member == NULL)
		return;
	member->busy = busy;
	member->since = moment_ms();
	cut_out(crowd, member);
	append(crowd, member);
}
