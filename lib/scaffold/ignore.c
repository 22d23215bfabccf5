/* See ignore.h. */
#include "scaffold/ignore.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"

#define IGNORE_LIMIT ((size_t)1 << 20)

const char *const ignore_names[] = {"node_modules", ".attio", ".env", ".env.local", NULL};

char *ignore_text(struct arena *arena, const char *text, const char *const *names)
{
	const char *end = strstr(text, "\r\n") != NULL ? "\r\n" : "\n";
	size_t len = strlen(text);
	struct buf out = {0};
	char *result;

	buf_puts(&out, text);
	if (len > 0 && text[len - 1] != '\n')
		buf_puts(&out, end);
	for (; *names != NULL; names++)
		buf_printf(&out, "%s%s", *names, end);
	result = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return result;
}

int ignore_add(struct arena *arena, const char *root, const char *const *names, struct error *error)
{
	const char *path = path_join(arena, root, ".gitignore");
	bool fresh = fs_type(path) == FS_NONE;
	char *text;
	size_t len;

	if (fresh)
		text = arena_strdup(arena, "");
	else if (fs_read(arena, path, IGNORE_LIMIT, &text, &len, error) != 0)
		return -1;
	text = ignore_text(arena, text, names);
	return fresh ? fs_write_atomic(path, text, strlen(text), 0666, error)
		     : fs_rewrite(path, text, strlen(text), error);
}
