/* Signals that end the program, held back while something half done would stay behind on the disk.
 * What is held must be short. */
#ifndef ATTIO_SYS_SIGNALS_H
#define ATTIO_SYS_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* Holds SIGINT, SIGTERM and SIGHUP back; *before is for signals_release. Holds may be nested. */
void signals_hold(sigset_t *before);
/* What came meanwhile comes now, unless an outer hold goes on. */
void signals_release(const sigset_t *before);
/* Whether one is held back now. */
bool signals_waiting(void);

#endif
