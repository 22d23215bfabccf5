/* What Node has compiled of the host's own JavaScript (lib/local/host/compiled.js), kept from one
 * start to the next in a file of the user's cache: it halves what the host does itself to get
 * ready.
 *
 * Code of this form is believed by Node, as a program is. So it never comes from a folder of the
 * app, which is somebody else's; it is made by a process in which no app runs; and it is used only
 * when nobody else can have written it, and it is whole, and of this Node and these texts. Without
 * it the host compiles the texts. */
#ifndef ATTIO_LOCAL_RUN_HOST_CODE_H
#define ATTIO_LOCAL_RUN_HOST_CODE_H

#include <stdbool.h>

#include "sys/child.h"

struct arena;
struct loop;
struct node;

struct host_code {
	const char *file; /* where it is, or will be; NULL: there is no place */
	bool there;       /* and can be used */
	bool making;
	char head[64]; /* what the file has to begin with */
	struct child child;
};

/* Looks for it in `folder` (NULL: there is none), for this Node and the host in the folder `host`.
 * What it gives is in the arena. */
void host_code_find(struct host_code *code, struct arena *arena, const char *folder,
		    const struct node *node, const char *host);
/* Starts the program that makes it, when it is not there and there is a place; `patient` lets all
 * others go first. A failure is of no interest. The struct must not move from then on. */
void host_code_make(struct host_code *code, struct loop *loop, const char *const *words,
		    bool patient);
/* Looks whether it is made, after a turn of the loop, and keeps it. */
void host_code_take(struct host_code *code);
/* The same, and waits up to `patience_ms` for it. */
void host_code_finish(struct host_code *code, unsigned patience_ms);
/* Ends what is being made, at once. A zeroed struct is fine. */
void host_code_dispose(struct host_code *code);

#endif
