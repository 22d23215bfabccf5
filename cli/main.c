/* attio: starts in a millisecond or two, because it does not load curl, git, SQLite and the HTTP
 * server. What needs them is handed over to attio-net. */
#include <stddef.h>

#include "cli/dispatch.h"
#include "cli/table.h"

int main(int argc, char **argv)
{
	return dispatch(argc, argv, commands, NULL);
}
