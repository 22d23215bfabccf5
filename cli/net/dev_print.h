/* What `attio dev` prints: with --json each event as it is, for people a line. */
#ifndef ATTIO_CLI_NET_DEV_PRINT_H
#define ATTIO_CLI_NET_DEV_PRINT_H

#include <stddef.h>

struct buf;
struct cli;
struct dev_build;

/* An event of the platform, an object's text. */
void dev_print_event(struct cli *cli, const char *json, size_t len);

/* The event of a step of building, for dev_print_event and those who follow the platform's.
 * `running` is the generation whose code runs; 0: none. */
void dev_build_event(struct buf *out, const struct dev_build *build, long long running);
/* The same for people, on standard error. */
void dev_print_build(struct cli *cli, const struct dev_build *build, long long running);

#endif
