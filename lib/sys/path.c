/* Paths as strings. Everything that is compared or used as a key goes through path_join first, so
 * the other functions may rely on normalised paths. */
#include "sys/path.h"

#include <string.h>

#include "base/arena.h"

/* Appends the components of `path` to the normalised path `out` of length `len`; returns the new
 * length. `floor` is the length that ".." must not cut: the root, or leading ".." components. */
static size_t append_components(char *out, size_t len, size_t *floor, const char *path)
{
	while (*path != '\0') {
		size_t part = strcspn(path, "/");
		if (part == 2 && path[0] == '.' && path[1] == '.') {
			bool absolute = out[0] == '/';
			if (len > *floor) {
				while (len > *floor && out[len - 1] != '/')
					len--;
				if (len > *floor)
					len--; /* the separator */
			} else if (!absolute) {
				if (len != 0)
					out[len++] = '/';
				memcpy(out + len, "..", 2);
				len += 2;
				*floor = len;
			}
		} else if (part != 0 && !(part == 1 && path[0] == '.')) {
			if (len != 0 && out[len - 1] != '/')
				out[len++] = '/';
			memcpy(out + len, path, part);
			len += part;
		}
		path += part;
		path += strspn(path, "/");
	}
	return len;
}

char *path_join(struct arena *arena, const char *base, const char *path)
{
	/* Room for both, a separator, the NUL and "." for an empty result. */
	char *out = arena_alloc(arena, strlen(base) + strlen(path) + 3);
	if (path_is_absolute(path))
		base = "";
	size_t len = 0, floor = 0;
	if (path_is_absolute(base) || path_is_absolute(path)) {
		out[0] = '/';
		len = floor = 1;
	}
	len = append_components(out, len, &floor, base);
	len = append_components(out, len, &floor, path);
	if (len == 0)
		out[len++] = '.';
	out[len] = '\0';
	return out;
}

char *path_dir(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL)
		return arena_strdup(arena, ".");
	if (slash == path)
		return arena_strdup(arena, "/");
	return arena_strndup(arena, path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

bool path_is_relative(const char *path)
{
	size_t dots = strspn(path, ".");

	return (dots == 1 || dots == 2) && (path[dots] == '\0' || path[dots] == '/');
}

bool path_is_hidden(const char *path)
{
	return path_base(path)[0] == '.';
}

const char *path_ext(const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');
	if (dot == NULL || dot == base || strcmp(base, "..") == 0)
		return path + strlen(path);
	return dot;
}

bool path_is_absolute(const char *path)
{
	return path[0] == '/';
}

/* Skips the first component and its separator. */
static const char *next_component(const char *path)
{
	path += strcspn(path, "/");
	return path + strspn(path, "/");
}

static size_t component_len(const char *path)
{
	return strcspn(path, "/");
}

char *path_relative(struct arena *arena, const char *from, const char *path)
{
	if (path_is_absolute(from) != path_is_absolute(path))
		return arena_strdup(arena, path);
	if (path_is_absolute(path)) {
		from++;
		path++;
	}
	if (strcmp(from, ".") == 0)
		from = "";
	if (strcmp(path, ".") == 0)
		path = "";
	while (*from != '\0' && *path != '\0') {
		size_t len = component_len(from);
		if (len != component_len(path) || memcmp(from, path, len) != 0)
			break;
		from = next_component(from);
		path = next_component(path);
	}
	size_t ups = 0;
	for (const char *rest = from; *rest != '\0'; rest = next_component(rest))
		ups++;
	char *out = arena_alloc(arena, ups * 3 + strlen(path) + 2);
	size_t len = 0;
	for (size_t i = 0; i < ups; i++) {
		memcpy(out + len, "../", 3);
		len += 3;
	}
	memcpy(out + len, path, strlen(path));
	len += strlen(path);
	if (len != 0 && out[len - 1] == '/')
		len--;
	if (len == 0)
		out[len++] = '.';
	out[len] = '\0';
	return out;
}

bool path_is_under(const char *path, const char *folder)
{
	if (path_is_absolute(path) != path_is_absolute(folder))
		return false;
	if (strcmp(folder, "/") == 0)
		return true;
	if (strcmp(folder, ".") == 0)
		return strncmp(path, "..", 2) != 0 || (path[2] != '\0' && path[2] != '/');
	size_t len = strlen(folder);
	return strncmp(path, folder, len) == 0 && (path[len] == '\0' || path[len] == '/');
}
