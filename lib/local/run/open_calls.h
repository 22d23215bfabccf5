/* Within the room: the calls of app code that are under way (calls.c), for whoever serves them. */
#ifndef ATTIO_LOCAL_RUN_OPEN_CALLS_H
#define ATTIO_LOCAL_RUN_OPEN_CALLS_H

struct call;
struct platform;

struct open_calls {
	struct call *first;
};

/* The next moment (ms on the platform's clock) at which one is out of time; 0: none. */
long long calls_deadline(const struct platform *platform);
/* Sends those that waited, ends those that are out of time. */
void calls_serve(struct platform *platform);
/* Answers all that are open with an error; the host must be gone. */
void calls_dispose(struct platform *platform);

#endif
