/* See running.h. Two bytes of the lock file are locked: the first by whoever runs the platform, the
 * second by `attio dev` too. The system knows which process holds such a lock, and lets go of it
 * however the process ends, so nothing that is written there can be stale. */
#include "cli/running.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "local/run/page_files.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

enum { BYTE_PLATFORM, BYTE_DEV };
enum { LOOK_MS = 20, WAIT_MS = 30000 };
#define RUN_LIMIT ((size_t)64 << 10)

const char *running_folder(struct cli *cli, const char *named, const char *root)
{
	if (named == NULL)
		named = cli_env(cli, "ATTIO_STATE_DIR");
	return named != NULL ? path_join(cli->arena, cli->cwd, named)
			     : path_join(cli->arena, root, ".attio/local");
}

static const char *file_in(struct arena *arena, const char *folder, const char *name)
{
	return path_join(arena, folder, name);
}

/* --- the lock ----------------------------------------------------------------------------------
 */

static struct flock lock_of(int byte, short type)
{
	struct flock lock = {0};

	lock.l_type = type;
	lock.l_whence = SEEK_SET;
	lock.l_start = byte;
	lock.l_len = 1;
	return lock;
}

/* 0: nobody. */
static pid_t holder_of(int fd, int byte)
{
	struct flock lock = lock_of(byte, F_WRLCK);

	return fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
}

static enum running_holder look(int fd, pid_t *pid)
{
	if ((*pid = holder_of(fd, BYTE_DEV)) != 0)
		return RUNNING_DEV;
	return (*pid = holder_of(fd, BYTE_PLATFORM)) != 0 ? RUNNING_COMMAND : RUNNING_NOBODY;
}

enum running_holder running_look(const char *folder, pid_t *pid)
{
	struct arena *arena = arena_new();
	int fd = open(file_in(arena, folder, "lock"), O_RDWR | O_CLOEXEC);
	enum running_holder holder = RUNNING_NOBODY;

	*pid = 0;
	if (fd >= 0) {
		holder = look(fd, pid);
		close(fd);
	}
	arena_free(arena);
	return holder;
}

static bool take(int fd, int byte)
{
	struct flock lock = lock_of(byte, F_WRLCK);

	return fcntl(fd, F_SETLK, &lock) == 0;
}

static int refuse(struct cli *cli, const char *folder, enum running_holder holder, pid_t pid,
		  struct error *error)
{
	struct running running;

	if (holder != RUNNING_DEV) {
		error_set(error, ERROR_CONFLICT,
			  "another attio command holds the local platform and does not end");
		error_why(error, "it is process %ld", (long)pid);
		return error_fix(error, "end it, then try again");
	}
	error_set(error, ERROR_CONFLICT, "the local platform of this app runs already");
	if (running_read(cli->arena, folder, &running))
		error_why(error, "`attio dev` is process %ld, at %s", (long)pid, running.url);
	else
		error_why(error, "`attio dev` is process %ld", (long)pid);
	return error_fix(error, "use that one, end it, or give another folder with `--state DIR`");
}

static void pause_ms(long ms)
{
	struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&left, NULL);
}

int running_take(struct cli *cli, struct running_lock *lock, const char *folder, bool dev,
		 struct error *error)
{
	enum running_holder holder = RUNNING_NOBODY;
	pid_t pid = 0;

	lock->fd = -1;
	/* Connections with their values will be in there. */
	if (fs_make_private_dir(folder, error) != 0)
		return -1;
	lock->fd = open(file_in(cli->arena, folder, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock->fd < 0)
		return error_system(error, errno, "cannot lock `%s`", folder);
	for (int waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
		holder = RUNNING_DEV;
		if (!dev || take(lock->fd, BYTE_DEV)) {
			if (take(lock->fd, BYTE_PLATFORM)) {
				running_remove(cli->arena, folder);
				return 0;
			}
			holder = RUNNING_COMMAND;
		}
		/* It may have ended since. */
		if (look(lock->fd, &pid) == RUNNING_DEV || holder == RUNNING_DEV) {
			holder = RUNNING_DEV;
			break;
		}
		pause_ms(LOOK_MS);
	}
	running_release(lock);
	return refuse(cli, folder, holder, pid, error);
}

void running_release(struct running_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}

/* --- the file ----------------------------------------------------------------------------------
 */

static const char *copy_of(struct arena *arena, const cJSON *object, const char *key)
{
	const char *text = json_string_or_null(object, key);

	return text != NULL ? arena_strdup(arena, text) : NULL;
}

bool running_read(struct arena *arena, const char *folder, struct running *running)
{
	struct error ignored;
	cJSON *object;
	long long pid = 0;
	char *text;
	size_t len;
	pid_t holder;

	*running = (struct running){0};
	if (running_look(folder, &holder) != RUNNING_DEV ||
	    fs_read(arena, file_in(arena, folder, "run.json"), RUN_LIMIT, &text, &len, &ignored) !=
		    0)
		return false;
	object = json_parse(text, len, "run.json", NULL, &ignored);
	if (object == NULL)
		return false;
	running->url = copy_of(arena, object, "url");
	running->secret = copy_of(arena, object, "secret");
	running->api_token = copy_of(arena, object, "api_token");
	if (json_get_int(object, "run.json", "pid", &pid, &ignored) != 0)
		pid = 0;
	cJSON_Delete(object);
	return running->url != NULL && running->secret != NULL && pid == (long long)holder;
}

int running_write(struct arena *arena, const char *folder, const struct running *running,
		  struct error *error)
{
	cJSON *object = cJSON_CreateObject();
	struct buf text = {0};
	int result;

	cJSON_AddStringToObject(object, "url", running->url);
	cJSON_AddStringToObject(object, "secret", running->secret);
	cJSON_AddStringToObject(object, "api_token", running->api_token);
	cJSON_AddNumberToObject(object, "pid", (double)getpid());
	json_print(&text, object, true);
	buf_putc(&text, '\n');
	cJSON_Delete(object);
	result = fs_write_atomic(file_in(arena, folder, "run.json"), text.ptr, text.len, 0600,
				 error);
	buf_dispose(&text);
	return result;
}

void running_remove(struct arena *arena, const char *folder)
{
	unlink(file_in(arena, folder, "run.json"));
	unlink(file_in(arena, folder, PAGE_LINK_FILE));
}
