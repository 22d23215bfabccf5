/* The program that runs app code (lib/local/host): which Node, with which words. */
#ifndef ATTIO_CLI_APP_HOST_H
#define ATTIO_CLI_APP_HOST_H

struct cli;
struct error;
struct host_code;
struct host_early;
struct loop;

/* The words that start it for the app in `root`, and what is kept of its code. `make` (may be NULL)
 * gets the words that start what makes that. The loop as in node_find. NULL with ERROR_TOOL;
 * everything is in the cli's arena. */
const char *const *app_host_words(struct cli *cli, const char *root, struct loop *loop,
				  struct host_code *code, const char *const **make,
				  struct error *error);

/* Starts it for a command that will run app code, before this process becomes attio-net
 * (host_early.h), unless an `attio dev` has it. Tells nobody anything: without success attio-net
 * finds out why. */
void app_host_start(struct cli *cli, const void *options, struct host_early *early);

#endif
