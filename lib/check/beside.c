/* See beside.h. The thread has a view of the app in which all that looking finds out is its own. */
#include "check/beside.h"

#include <pthread.h>
#include <signal.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "check/check.h"

/* Rules follow the nesting of the source: as much room as a first thread usually has, which others
 * get on no system but Linux. */
#define STACK ((size_t)8 << 20)

struct beside {
	struct app app;
	struct arena *arena;
	struct diags findings;
	struct error error;
	int result;
	pthread_t thread;
	bool running;
};

static void *work(void *data)
{
	struct beside *beside = data;

	beside->result =
		check_app(&beside->app, &beside->app.texts, &beside->findings, &beside->error);
	return NULL;
}

/* Signals are for the caller's thread. */
static bool start_thread(struct beside *beside)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int failure;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	pthread_attr_setstacksize(&attributes, STACK);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failure = pthread_create(&beside->thread, &attributes, work, beside);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return failure == 0;
}

static void wait_for(struct beside *beside)
{
	if (beside->running)
		pthread_join(beside->thread, NULL);
	beside->running = false;
}

struct beside *beside_start(const struct app *app)
{
	struct beside *beside = mem_zalloc(1, sizeof(*beside));

	beside->arena = arena_new();
	beside->findings.arena = beside->arena;
	app_apart(&beside->app, app, beside->arena);
	beside->running = start_thread(beside);
	if (!beside->running)
		work(beside);
	return beside;
}

int beside_finish(struct beside *beside, struct diags *findings, struct error *error)
{
	wait_for(beside);
	if (beside->result != 0) {
		*error = beside->error;
		return -1;
	}
	diags_append(findings, &beside->findings);
	return 0;
}

void beside_free(struct beside *beside)
{
	if (beside == NULL)
		return;
	wait_for(beside);
	app_apart_close(&beside->app);
	arena_free(beside->arena);
	mem_free(beside);
}
