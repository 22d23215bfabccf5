/* The one table of exit codes: help, man pages and the JSON of `attio help` print it. */
#include "cli/exit.h"

#include <signal.h>
#include <stddef.h>

const struct exit_info exit_infos[] = {
	{EXIT_OK, "ok", "Done; warnings alone do not change this"},
	{EXIT_FINDINGS, "findings", "The command worked and found errors in the app"},
	{EXIT_USAGE, "usage", "Unknown command or option, bad value, unreadable configuration"},
	{EXIT_AUTH, "auth", "No token, an expired one, or not allowed"},
	{EXIT_NOT_FOUND, "not-found", "No such app or version, or it exists already (conflict)"},
	{EXIT_SERVICE, "service", "The platform answered with an error"},
	{EXIT_NETWORK, "network", "No connection, a TLS problem, or out of time"},
	{EXIT_NEEDS_INPUT, "needs-input", "A question would be needed, but nobody can answer it"},
	{EXIT_SYSTEM, "system", "This machine: files, disk, ports, a missing or crashed engine"},
	{EXIT_INTERNAL, "internal", "A defect in attio itself; please report it"},
	{EXIT_INTERRUPTED, "interrupted", "Stopped by Ctrl-C (SIGINT)"},
	{EXIT_TERMINATED, "terminated",
	 "Stopped by SIGTERM; another signal gives 128 and its number"},
	{0, NULL, NULL},
};

int exit_of_signal(int number)
{
	return number == 0 || number == SIGINT ? EXIT_OK : 128 + number;
}
