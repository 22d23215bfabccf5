/* See progress.h. The work itself does not know that it is watched: a thread waits beside it. One
 * that cannot be started is no failure. */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define MILLISECOND UINT64_C(1000000)
enum { FIRST_MS = 300, NEXT_MS = 1000, BAR_MS = 100, WIDTH = 60, BAR = 30 };

static void put(const struct progress *progress, const char *line, int len)
{
	/* A terminal that takes nothing shows nothing. */
	ssize_t ignored = write(fileno(progress->cli->err), line, (size_t)len);

	(void)ignored;
}

static void put_bar(const struct progress *progress, char *line, size_t size)
{
	size_t done = progress->done < progress->total ? progress->done : progress->total;
	int full = (int)(BAR * (done / 1024 + 1) / (progress->total / 1024 + 1));
	char bar[BAR + 1] = "";

	for (int i = 0; i < BAR; i++)
		bar[i] = i < full ? '#' : '.';
	bar[BAR] = '\0';
	snprintf(line, size, "\r\x1b[K%.*s [%s] %zu of %zu KiB", WIDTH, progress->text, bar,
		 done / 1024, (progress->total + 1023) / 1024);
}

static void show(struct progress *progress, uint64_t from)
{
	unsigned seconds = (unsigned)((uv_hrtime() - from) / (1000 * MILLISECOND));
	char line[WIDTH + BAR + 80];

	if (progress->total > 0)
		put_bar(progress, line, sizeof(line));
	else if (seconds == 0)
		snprintf(line, sizeof(line), "\r\x1b[K%.*s ...", WIDTH, progress->text);
	else
		snprintf(line, sizeof(line), "\r\x1b[K%.*s ... %u s", WIDTH, progress->text,
			 seconds);
	put(progress, line, (int)strlen(line));
	progress->shown = true;
}

static void wait_beside(void *data)
{
	struct progress *progress = data;
	uint64_t from = uv_hrtime(), wait = FIRST_MS;

	uv_mutex_lock(&progress->lock);
	while (!progress->over) {
		if (uv_cond_timedwait(&progress->wake, &progress->lock, wait * MILLISECOND) == 0)
			continue;
		show(progress, from);
		wait = progress->total > 0 ? BAR_MS : NEXT_MS;
	}
	if (progress->shown)
		put(progress, "\r\x1b[K", 4);
	uv_mutex_unlock(&progress->lock);
}

void progress_begin(struct progress *progress, struct cli *cli, const char *text)
{
	sigset_t all, before;

	*progress = (struct progress){.cli = cli, .text = text};
	if (!cli->shows_progress || uv_mutex_init(&progress->lock) != 0)
		return;
	if (uv_cond_init(&progress->wake) != 0) {
		uv_mutex_destroy(&progress->lock);
		return;
	}
	/* Signals are the work's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	progress->started = uv_thread_create(&progress->thread, wait_beside, progress) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (progress->started) {
		cli->progress = progress;
		return;
	}
	uv_cond_destroy(&progress->wake);
	uv_mutex_destroy(&progress->lock);
}

void progress_amount(struct progress *progress, size_t done, size_t total)
{
	if (!progress->started)
		return;
	uv_mutex_lock(&progress->lock);
	progress->done = done;
	progress->total = total;
	uv_mutex_unlock(&progress->lock);
}

void progress_end(struct progress *progress)
{
	if (!progress->started)
		return;
	uv_mutex_lock(&progress->lock);
	progress->over = true;
	uv_cond_signal(&progress->wake);
	uv_mutex_unlock(&progress->lock);
	uv_thread_join(&progress->thread);
	progress->cli->progress = NULL;
	uv_cond_destroy(&progress->wake);
	uv_mutex_destroy(&progress->lock);
	*progress = (struct progress){.cli = progress->cli};
}
