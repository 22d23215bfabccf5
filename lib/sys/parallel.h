/* The same work on many things, on all processors. */
#ifndef ATTIO_SYS_PARALLEL_H
#define ATTIO_SYS_PARALLEL_H

#include <stddef.h>

/* Calls work(i, payload) for each i below `count`, in no certain order and in several threads;
 * returns when all are done. */
void parallel_run(size_t count, void (*work)(size_t i, void *payload), void *payload);

#endif
