/* See host_code.h. The file: a line of ours, which says what the rest is of and what it hashes to,
 * and then what the program wrote. */
#include "local/run/host_code.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "sys/cache.h"
#include "sys/fs.h"
#include "sys/node.h"
#include "sys/path.h"

#define CODE_LIMIT ((size_t)16 << 20) /* bytes; it has half a million */
#define ID_LIMIT 256
#define HASH_LEN 33 /* with the end of the line */
#define DESCRIPTORS 40u

/* Nobody but the user, or root, can have put it there. */
static bool is_ours(const struct stat *info)
{
	return (info->st_uid == geteuid() || info->st_uid == 0) &&
	       (info->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* A folder where only we write. */
static bool make_ours(const char *folder)
{
	struct error ignored;
	struct stat info;

	return fs_make_private_dir(folder, &ignored) == 0 && lstat(folder, &info) == 0 &&
	       S_ISDIR(info.st_mode) && is_ours(&info) && access(folder, W_OK) == 0;
}

static bool read_ours(struct arena *arena, const char *file, char **bytes, size_t *len)
{
	int fd = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct error ignored;
	struct stat info;
	bool read;

	if (fd < 0)
		return false;
	read = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && is_ours(&info) &&
	       fs_read_stream(arena, fd, file, CODE_LIMIT, bytes, len, &ignored) == 0;
	close(fd);
	return read;
}

static void write_hash(char text[HASH_LEN + 1], const char *bytes, size_t len)
{
	struct hash128 hash = hash_content(0, bytes, len);

	snprintf(text, HASH_LEN + 1, "%016llx%016llx\n", (unsigned long long)hash.high,
		 (unsigned long long)hash.low);
}

static bool can_be_used(const struct host_code *code)
{
	struct arena *arena = arena_new();
	size_t head = strlen(code->head), len = 0;
	char hash[HASH_LEN + 1], *bytes;
	bool good = false;

	if (read_ours(arena, code->file, &bytes, &len) && len > head + HASH_LEN &&
	    memcmp(bytes, code->head, head) == 0) {
		write_hash(hash, bytes + head + HASH_LEN, len - head - HASH_LEN);
		good = memcmp(bytes + head, hash, HASH_LEN) == 0;
	}
	arena_free(arena);
	return good;
}

void host_code_find(struct host_code *code, struct arena *arena, const char *folder,
		    const struct node *node, const char *host)
{
	struct error ignored;
	const char *own, *of;
	size_t len;
	char *id;

	*code = (struct host_code){0};
	if (folder == NULL ||
	    fs_read(arena, path_join(arena, host, "id"), ID_LIMIT, &id, &len, &ignored) != 0)
		return;
	own = path_join(arena, folder, "host");
	if (!make_ours(own))
		return;
	of = arena_printf(arena, "%s\n%s", node->path, host);
	code->file = cache_file_of(arena, own, "code-", of);
	of = arena_printf(arena, "%s\n%s\n%d.%d\n%llx", of, id, node->major, node->minor,
			  (unsigned long long)fs_stamp(node->path));
	snprintf(code->head, sizeof(code->head), "attio host code %016llx ",
		 (unsigned long long)hash_bytes(0, of, strlen(of)));
	code->there = can_be_used(code);
}

void host_code_make(struct host_code *code, struct loop *loop, const char *const *words,
		    bool patient)
{
	const struct child_command command = {.name = "node",
					      .words = words,
					      .descriptors = DESCRIPTORS,
					      .patient = patient,
					      .bare = true,
					      .settings = node_host_settings,
					      .limit = CODE_LIMIT};
	struct error ignored;

	if (code->file == NULL || code->there || code->making)
		return;
	code->making = child_start(&code->child, loop, &command, &ignored) == 0;
}

/* The program has ended by itself. One that fails will do so each time: then there is nothing, but
 * it is known. */
static void keep(struct host_code *code)
{
	struct buf *made = &code->child.output;
	char hash[HASH_LEN + 1];
	struct error ignored;
	struct buf file = {0};

	if (child_signal(&code->child) != 0)
		return;
	if (child_code(&code->child) != 0) {
		buf_clear(made);
		buf_puts(made, "{}\n");
	}
	write_hash(hash, buf_cstr(made), made->len);
	buf_printf(&file, "%s%s", code->head, hash);
	buf_add(&file, buf_cstr(made), made->len);
	code->there = fs_write_atomic(code->file, file.ptr, file.len, 0600, &ignored) == 0;
	buf_dispose(&file);
}

void host_code_take(struct host_code *code)
{
	if (!code->making || !code->child.out_closed || !code->child.exited)
		return;
	keep(code);
	host_code_dispose(code);
}

void host_code_finish(struct host_code *code, unsigned patience_ms)
{
	if (!code->making)
		return;
	child_limit(&code->child, patience_ms);
	if (child_finish(&code->child))
		keep(code);
	host_code_dispose(code);
}

void host_code_dispose(struct host_code *code)
{
	if (code->making)
		child_dispose(&code->child, 0);
	code->making = false;
}
