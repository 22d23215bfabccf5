/* The file is "LENGTH PATH\n" and the text, for each. It needs no sum of its own: a text counts
 * only when it hashes to what the record says. */
#include "types/checked.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/narrow.h"
#include "types/program.h"
#include "types/record.h"

/* Of a program with more or with a larger file nothing is kept; nor are more changes looked at. */
#define TEXTS_LIMIT ((size_t)32 << 20)
#define TEXT_LIMIT ((size_t)1 << 20)
#define CHANGES_MAX 16

struct looking {
	struct arena *arena;
	const struct record *record;
	struct map texts; /* path -> struct narrow_text, as checked */
};

/* Whether other files can take something of it, or it of them. */
static bool is_own_code(const struct record_entry *entry)
{
	static const char *const endings[] = {".ts", ".tsx", ".mts", ".cts",
					      ".js", ".jsx", ".mjs", ".cjs"};

	if (entry->folder || entry->missing || record_in_packages(entry->path))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(entry->path, endings[i]))
			return true;
	return false;
}

static bool is_text_of(const struct record_entry *entry, const char *bytes, size_t len)
{
	return hash_equal(hash_content(0, bytes, len), entry->hash);
}

/* Not somewhere else by a link in the app, as a repository of somebody else's may have: what only
 * lies outside is not copied into it. */
static bool is_in(struct arena *arena, const char *root, const char *path)
{
	struct error ignored;
	const char *real = fs_real_path(arena, path, &ignored);

	return real != NULL && path_is_under(real, root);
}

void checked_write(const char *path, const struct record *record, const char *root)
{
	struct arena *arena = arena_new();
	struct buf all = {0}, text = {0};
	struct error ignored;
	const char *folder = fs_real_path(arena, root, &ignored);

	if (folder == NULL)
		folder = root;
	for (size_t i = 0; i < record->entry_count && all.len <= TEXTS_LIMIT; i++) {
		const struct record_entry *entry = &record->entries[i];

		if (!is_own_code(entry) || !is_in(arena, folder, entry->path) ||
		    fs_read_again(&text, entry->path, TEXT_LIMIT, &ignored) != 0 ||
		    !is_text_of(entry, buf_cstr(&text), text.len))
			continue;
		buf_printf(&all, "%zu %s\n", text.len, entry->path);
		buf_add(&all, buf_cstr(&text), text.len);
	}
	if (all.len > 0 && all.len <= TEXTS_LIMIT)
		fs_write_cache(path, all.ptr, all.len);
	buf_dispose(&text);
	buf_dispose(&all);
	arena_free(arena);
}

/* What cannot be read is not there. */
static void read_texts(struct looking *looking, const char *path)
{
	struct error ignored;
	const char *at, *end;
	char *bytes;
	size_t len;

	if (fs_type(path) != FS_FILE ||
	    fs_read(looking->arena, path, 2 * TEXTS_LIMIT, &bytes, &len, &ignored) != 0)
		return;
	for (at = bytes, end = bytes + len; at < end;) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		struct narrow_text *text = arena_alloc(looking->arena, sizeof(*text));
		char *after;
		unsigned long long size = strtoull(at, &after, 10);

		if (line == NULL || after == at || *after != ' ' || after > line ||
		    size > (unsigned long long)(end - line - 1))
			return;
		after++;
		*text = (struct narrow_text){
			.path = arena_strndup(looking->arena, after, (size_t)(line - after)),
			.bytes = line + 1,
			.len = (size_t)size};
		map_set(&looking->texts, text->path, text);
		at = text->bytes + text->len;
	}
}

static const struct narrow_text *text_of(const struct looking *looking,
					 const struct record_entry *entry)
{
	const struct narrow_text *text = map_get(&looking->texts, entry->path);

	return text != NULL && is_text_of(entry, text->bytes, text->len) ? text : NULL;
}

static bool is_changed(const struct record_changes *changes, const char *path)
{
	for (size_t i = 0; i < changes->count; i++)
		if (strcmp(changes->files[i], path) == 0)
			return true;
	return false;
}

/* A package of a workspace is a link to what is worked on like the app. */
static bool is_package(const char *name, void *data)
{
	const struct looking *looking = data;
	const char *ending = arena_printf(looking->arena, "/node_modules/%s", name), *real;
	struct error ignored;

	for (size_t i = 0; i < looking->record->entry_count; i++) {
		const struct record_entry *entry = &looking->record->entries[i];

		if (!entry->folder || entry->missing || !str_ends(entry->path, ending))
			continue;
		real = fs_real_path(looking->arena, entry->path, &ignored);
		return real != NULL && record_in_packages(real);
	}
	return false;
}

/* The question, and whether all of it is known. */
static bool make_question(struct looking *looking, const struct record_changes *changes,
			  struct narrow_question *question)
{
	const struct record *record = looking->record;
	struct narrow_change *changed =
		arena_alloc(looking->arena, changes->count * sizeof(*changed));
	struct narrow_text *others =
		arena_alloc(looking->arena, (record->entry_count + 1) * sizeof(*others));
	struct error ignored;
	char *bytes;

	*question = (struct narrow_question){.arena = looking->arena,
					     .changes = changed,
					     .others = others,
					     .is_package = is_package,
					     .data = looking};
	for (size_t i = 0; i < record->entry_count; i++) {
		const struct record_entry *entry = &record->entries[i];
		const struct narrow_text *text;

		if (!is_own_code(entry))
			continue;
		text = text_of(looking, entry);
		if (text == NULL)
			return false;
		if (!is_changed(changes, entry->path)) {
			others[question->other_count++] = *text;
			continue;
		}
		struct narrow_change *change = &changed[question->change_count++];

		*change = (struct narrow_change){.before = *text, .now = {.path = entry->path}};
		if (fs_read(looking->arena, entry->path, TEXT_LIMIT, &bytes, &change->now.len,
			    &ignored) != 0)
			return false;
		change->now.bytes = bytes;
	}
	return question->change_count == changes->count;
}

bool checked_stays_inside(const char *path, const struct record *record,
			  const struct program *program, const struct record_changes *changes)
{
	struct looking looking = {.record = record};
	struct narrow_question question;
	bool stays;

	if (path == NULL || changes->more || changes->count == 0 || changes->count > CHANGES_MAX)
		return false;
	looking.arena = arena_new();
	read_texts(&looking, path);
	stays = make_question(&looking, changes, &question);
	question.mapped = program->mapped;
	stays = stays && narrow_stays_inside(&question);
	map_dispose(&looking.texts);
	arena_free(looking.arena);
	return stays;
}
