/* Reading templates. All of a template is read before anything is written, so that a damaged
 * installation is noticed while there is nothing to clean up. `dot-` names exist because a real
 * .gitignore or .npmrc would act on our own repository too. */
#include "scaffold/template.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

enum { MAX_DEPTH = 32 };
#define FILE_LIMIT ((size_t)4 << 20)

static const char description_file[] = "template.json";

struct reading {
	struct arena *arena;
	const struct template *from;
	const char *slug;
	const char *title;
	struct template_file *files;
	size_t count;
	struct error *error;
};

static int read_description(struct arena *arena, const char *folder, struct template *out,
			    struct error *error)
{
	const char *path = path_join(arena, folder, description_file);
	char *text;
	size_t len;
	if (fs_read(arena, path, FILE_LIMIT, &text, &len, error) != 0)
		return -1;
	cJSON *json = json_parse(text, len, path, NULL, error);
	if (json == NULL)
		return -1;
	const char *name, *description;
	int failed = json_get_string(json, path, "name", &name, error) != 0 ||
		     json_get_string(json, path, "description", &description, error) != 0;
	if (failed == 0) {
		out->name = arena_strdup(arena, name);
		out->description = arena_strdup(arena, description);
		out->folder = folder;
	}
	cJSON_Delete(json);
	return failed != 0 ? -1 : 0;
}

static int by_name(const void *a, const void *b)
{
	const struct template *x = a, *y = b;
	return strcmp(x->name, y->name);
}

int template_list(struct arena *arena, const char *folder, struct template **templates,
		  size_t *count, struct error *error)
{
	struct fs_entry *entries;
	size_t entry_count;
	*templates = NULL;
	*count = 0;
	if (fs_list(arena, folder, &entries, &entry_count, error) != 0)
		return -1;
	for (size_t i = 0; i < entry_count; i++) {
		const char *path = path_join(arena, folder, entries[i].name);
		if (entries[i].type != FS_DIR ||
		    fs_type(path_join(arena, path, description_file)) != FS_FILE)
			continue;
		struct template *one = arena_push(arena, templates, count, sizeof(*one));
		if (read_description(arena, path, one, error) != 0)
			return -1;
	}
	if (*count != 0)
		qsort(*templates, *count, sizeof(**templates), by_name);
	return 0;
}

static int unknown_template(struct arena *arena, const char *name, const struct template *templates,
			    size_t count, struct error *error)
{
	const char **names = arena_alloc(arena, (count + 1) * sizeof(*names));
	struct buf list = {0};
	for (size_t i = 0; i < count; i++) {
		names[i] = templates[i].name;
		buf_printf(&list, "%s`%s`", i != 0 ? ", " : "", names[i]);
	}
	error_set(error, ERROR_USAGE, "there is no template called `%.100s`", name);
	error_why(error, "the templates are %s", buf_cstr(&list));
	buf_dispose(&list);
	const char *near = str_nearest(name, names);
	if (near != NULL)
		error_fix(error, "did you mean `%s`?", near);
	return -1;
}

int template_find(struct arena *arena, const char *folder, const char *name, struct template *found,
		  struct error *error)
{
	struct template *templates;
	size_t count;
	if (template_list(arena, folder, &templates, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(templates[i].name, name) == 0) {
			*found = templates[i];
			return 0;
		}
	}
	if (count == 0) {
		error_set(error, ERROR_SYSTEM, "there are no templates in `%s`", folder);
		return error_fix(error, "install attio again");
	}
	return unknown_template(arena, name, templates, count, error);
}

/* Without a NUL byte and in UTF-8: anything else is copied as it is. */
static bool is_text(const char *bytes, size_t len)
{
	return memchr(bytes, '\0', len) == NULL && utf8_invalid_at(bytes, len) == len;
}

static void fill_in(const struct reading *reading, struct template_file *file)
{
	static const char slug[] = "{{slug}}", title[] = "{{title}}";
	struct buf out = {0};
	for (const char *c = file->bytes; *c != '\0';) {
		const char *mark = strstr(c, "{{");
		if (mark == NULL) {
			buf_puts(&out, c);
			break;
		}
		buf_add(&out, c, (size_t)(mark - c));
		if (str_starts(mark, slug)) {
			buf_puts(&out, reading->slug);
			c = mark + strlen(slug);
		} else if (str_starts(mark, title)) {
			buf_puts(&out, reading->title);
			c = mark + strlen(title);
		} else {
			buf_putc(&out, *mark);
			c = mark + 1;
		}
	}
	file->bytes = arena_strndup(reading->arena, buf_cstr(&out), out.len);
	file->len = out.len;
	buf_dispose(&out);
}

static const char *name_in_app(struct arena *arena, const char *name)
{
	static const char dot[] = "dot-";
	return str_starts(name, dot) ? arena_printf(arena, ".%s", name + strlen(dot)) : name;
}

static int read_folder(struct reading *reading, const char *folder, const char *in_app,
		       unsigned depth);

static int read_entry(struct reading *reading, const struct fs_entry *entry, const char *path,
		      const char *in_app, unsigned depth)
{
	if (entry->type == FS_DIR)
		return read_folder(reading, path, in_app, depth + 1);
	char *bytes;
	size_t len;
	if (fs_read(reading->arena, path, FILE_LIMIT, &bytes, &len, reading->error) != 0)
		return -1;
	struct template_file *file =
		arena_push(reading->arena, &reading->files, &reading->count, sizeof(*file));
	file->path = in_app;
	file->bytes = bytes;
	file->len = len;
	if (is_text(bytes, len))
		fill_in(reading, file);
	return 0;
}

static int read_folder(struct reading *reading, const char *folder, const char *in_app,
		       unsigned depth)
{
	struct arena *arena = reading->arena;
	struct fs_entry *entries;
	size_t count;
	if (depth > MAX_DEPTH)
		return error_set(reading->error, ERROR_SYSTEM,
				 "the template `%s` has too many levels of folders",
				 reading->from->name);
	if (fs_list(arena, folder, &entries, &count, reading->error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (depth == 0 && strcmp(entries[i].name, description_file) == 0)
			continue;
		const char *name = name_in_app(arena, entries[i].name);
		if (read_entry(reading, &entries[i], path_join(arena, folder, entries[i].name),
			       path_join(arena, in_app, name), depth) != 0)
			return -1;
	}
	return 0;
}

static int by_path(const void *a, const void *b)
{
	const struct template_file *x = a, *y = b;
	return strcmp(x->path, y->path);
}

int template_read(struct arena *arena, const struct template *from, const char *slug,
		  const char *title, struct template_file **files, size_t *count,
		  struct error *error)
{
	struct reading reading = {
		.arena = arena, .from = from, .slug = slug, .title = title, .error = error};
	if (read_folder(&reading, from->folder, "", 0) != 0)
		return -1;
	if (reading.count != 0)
		qsort(reading.files, reading.count, sizeof(*reading.files), by_path);
	*files = reading.files;
	*count = reading.count;
	return 0;
}
