/* Threads live as long as one call: starting one costs less than parsing one module. Where none can
 * be started the calling thread does the work. */
#include "sys/parallel.h"

#include <stdatomic.h>

#include <uv.h>

#include "sys/room.h"

/* More do not help: reading memory becomes the limit. */
#define THREADS_MAX 8
/* Where few files may be open at a time, threads that read must not take them from each other. */
#define DESCRIPTORS_EACH 8

struct job {
	atomic_size_t next;
	size_t count;
	void (*work)(size_t i, void *payload);
	void *payload;
};

static void work(void *data)
{
	struct job *job = data;

	for (size_t i = atomic_fetch_add(&job->next, 1); i < job->count;
	     i = atomic_fetch_add(&job->next, 1))
		job->work(i, job->payload);
}

void parallel_run(size_t count, void (*each)(size_t i, void *payload), void *payload)
{
	struct job job = {.count = count, .work = each, .payload = payload};
	uv_thread_t threads[THREADS_MAX - 1];
	unsigned wanted = uv_available_parallelism();
	unsigned started = 0;

	if (wanted > THREADS_MAX)
		wanted = THREADS_MAX;
	if (wanted > room_limit() / DESCRIPTORS_EACH)
		wanted = room_limit() / DESCRIPTORS_EACH;
	while (started + 1 < wanted && started + 1 < count &&
	       uv_thread_create(&threads[started], work, &job) == 0)
		started++;
	work(&job);
	while (started > 0)
		uv_thread_join(&threads[--started]);
}
