#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static socklen_t set_address(union address *address, bool six, int port)
{
	*address = (union address){0};
	if (six) {
		address->six = (struct sockaddr_in6){.sin6_family = AF_INET6,
						     .sin6_port = htons((uint16_t)port),
						     .sin6_addr = IN6ADDR_LOOPBACK_INIT};
		return sizeof(address->six);
	}
	address->four = (struct sockaddr_in){.sin_family = AF_INET,
					     .sin_port = htons((uint16_t)port),
					     .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	return sizeof(address->four);
}

int listen_on_loopback(bool six, int *port, const char *name, struct error *error)
{
	union address address;
	socklen_t size = set_address(&address, six, *port);
	int one = 1;
	int fd = socket(address.any.sa_family, SOCK_STREAM, 0);

	if (fd < 0)
		return error_system(error, errno, "cannot make a socket");
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (six)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	if (bind(fd, &address.any, size) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, &address.any, &size) != 0) {
		error_system(error, errno, "%s cannot use port %d", name, *port);
		error_fix(error, "give another port, or `--port 0` for any free one");
		close(fd);
		return -1;
	}
	*port = ntohs(six ? address.six.sin6_port : address.four.sin_port);
	return fd;
}
