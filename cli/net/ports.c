#include "cli/net/ports.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

bool port_is_free(int port)
{
	const struct sockaddr_in address = {.sin_family = AF_INET,
					    .sin_port = htons((uint16_t)port),
					    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	bool is_free;

	if (fd < 0)
		return true;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	is_free = bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
		  listen(fd, 1) == 0;
	close(fd);
	return is_free;
}
