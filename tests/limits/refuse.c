/* Put before a program with LD_PRELOAD: as if no more threads could be started than the first
 * $REFUSE_THREADS. `ulimit -u` does not hold for root. */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static atomic_int started;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		   void *data)
{
	const char *limit = getenv("REFUSE_THREADS");
	void *found = dlsym(RTLD_NEXT, "pthread_create");
	create *next;

	memcpy(&next, &found, sizeof(next));
	if (limit != NULL && atomic_fetch_add(&started, 1) >= strtol(limit, NULL, 10))
		return EAGAIN;
	return next(thread, attributes, run, data);
}
