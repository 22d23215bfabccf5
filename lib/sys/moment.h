/* The machine's clock that nobody sets: for how long something takes, and until when to wait. */
#ifndef ATTIO_SYS_MOMENT_H
#define ATTIO_SYS_MOMENT_H

/* Milliseconds since some moment that is the same for the whole run. */
long long moment_ms(void);

#endif
