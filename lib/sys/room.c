/* See room.h. */
#include "sys/room.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

#define ROOM_CLAIMED 1024u /* what most systems give at once */

void room_claim(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= ROOM_CLAIMED)
		return;
	limit.rlim_cur = limit.rlim_max < ROOM_CLAIMED ? limit.rlim_max : ROOM_CLAIMED;
	/* Without success there is the former limit. */
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

unsigned room_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > UINT_MAX)
		return UINT_MAX;
	return (unsigned)limit.rlim_cur;
}

int room_look(unsigned count)
{
	int *taken = mem_zalloc(count, sizeof(*taken));
	unsigned have = 0;
	int why = 0;

	while (have < count && why == 0) {
		int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (fd >= 0)
			taken[have++] = fd;
		else
			why = errno;
	}
	while (have > 0)
		close(taken[--have]);
	mem_free(taken);
	return why;
}

int room_need(unsigned count, const char *what, struct error *error)
{
	int why = room_look(count);

	return why == 0 ? 0 : error_system(error, why, "%s", what);
}
