/* attio doctor; its row is in cli/cmd_doctor.c. */
#ifndef ATTIO_CLI_NET_DOCTOR_H
#define ATTIO_CLI_NET_DOCTOR_H

#include <stdbool.h>

struct cli;

struct doctor_options {
	const char *path; /* NULL: the current folder */
	bool fix;
	bool online;
	long timeout;       /* seconds for one request, never 0 */
	const char *cacert; /* PEM file, or NULL */
};

/* `options`: struct doctor_options. Returns an exit code. */
int doctor_run(struct cli *cli, const void *options);

#endif
