/* Things that change hands between threads: any thread puts, and the loop of the one who opened it
 * tells that something has come. Who has taken a thing owns it. */
#ifndef ATTIO_SYS_MAILBOX_H
#define ATTIO_SYS_MAILBOX_H

#include "sys/loop.h"

struct error;

struct mailbox {
	int pipe[2];           /* -1: closed */
	struct loop_file news; /* its first end, on the loop */
};

/* The struct must not move until it is closed. -1 with ERROR_SYSTEM; it can be closed then. */
int mailbox_open(struct mailbox *mailbox, struct loop *loop, struct error *error);
/* From any thread. Waits while the pipe is full, which is when nobody takes. */
void mailbox_put(struct mailbox *mailbox, void *thing);
/* The next one; NULL: none has come. */
void *mailbox_take(struct mailbox *mailbox);
/* The same after the last turn of the loop: nobody puts any more, but something may be left. */
void *mailbox_take_rest(struct mailbox *mailbox);
/* Things that are in it are lost. Fine for a zeroed struct that was never opened. */
void mailbox_close(struct mailbox *mailbox);

#endif
