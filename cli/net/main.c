/* attio-net: the same words, the same commands, and all libraries. */
#include "cli/dispatch.h"
#include "cli/net/net.h"
#include "cli/table.h"
#include "local/sql_mem.h"

int main(int argc, char **argv)
{
	sql_use_mem();
	return dispatch(argc, argv, commands, &net_parts);
}
