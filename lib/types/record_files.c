/* What a check depends on. The compiler lists the files it read; but a file that is added can
 * change the answer as well, when a pattern of tsconfig.json takes it in or an import now finds it.
 * So the folders count too: all of the app, those of the program's files, and the node_modules
 * folders an import is looked up in with the packages there, of which those of a workspace, which
 * are links to where they are worked on, count like the app. A folder counts by the names in it
 * that a compiler can care about. What an installed package has further inside counts only where
 * the program has files of it: installing another version replaces its package.json.
 *
 * Stamps decide first, as in git: who has the same size and the same times has the same content,
 * unless it was so young when it was looked at that a later change could have the same stamp. */
#include "types/record.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/parallel.h"
#include "sys/path.h"
#include "types/program.h"

/* An app with more folders than this is no app; it would take longer to look than to check. */
#define MAX_FOLDERS 10000
#define MAX_DEPTH 64
#define PARTS 16 /* of the entries, which are looked into at the same time */
#define FILE_LIMIT ((size_t)64 << 20)

/* Coarser than any clock that file systems stamp with. */
#define YOUNG_NS UINT64_C(50000000)
#define SECOND_NS UINT64_C(1000000000)

struct taker {
	struct record *record;
	const struct record_input *input;
	struct map seen;
	struct map trees;  /* folders that add_tree was in */
	struct map former; /* entries of the former record */
	size_t folders;
	uint64_t now;
	bool changed; /* meanwhile, or too much */
};

static uint64_t nanoseconds(const struct timespec *time)
{
	return (uint64_t)time->tv_sec * SECOND_NS + (uint64_t)time->tv_nsec;
}

uint64_t record_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(&now);
}

static bool look(const char *path, struct record_entry *entry)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return false;
	if (entry->folder ? !S_ISDIR(st.st_mode) : !S_ISREG(st.st_mode))
		return false;
	entry->size = entry->folder ? 0 : (uint64_t)st.st_size;
#ifdef __APPLE__
	entry->modified = nanoseconds(&st.st_mtimespec);
	entry->changed = nanoseconds(&st.st_ctimespec);
#else
	entry->modified = nanoseconds(&st.st_mtim);
	entry->changed = nanoseconds(&st.st_ctim);
#endif
	return true;
}

bool record_in_packages(const char *path)
{
	return strstr(path, "/node_modules/") != NULL || str_ends(path, "/node_modules");
}

/* Whether the name of a file that comes or goes can change what a program is made of. */
static bool matters(const char *name)
{
	static const char *const endings[] = {".ts",  ".tsx",  ".mts", ".cts", ".js",
					      ".jsx", ".json", ".mjs", ".cjs"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (str_ends(name, endings[i]))
			return true;
	}
	return false;
}

static bool is_link(const char *path)
{
	char first;

	return readlink(path, &first, 1) >= 0;
}

static void put_link(struct buf *out, const char *path)
{
	char target[4096];
	ssize_t len = readlink(path, target, sizeof(target));

	buf_puts(out, " -> ");
	if (len > 0)
		buf_add(out, target, (size_t)len);
}

static bool is_output(const struct record *record, const char *path)
{
	return str_equal(record->outputs[0], path) || str_equal(record->outputs[1], path);
}

static bool hash_folder(struct arena *arena, struct record_entry *entry,
			const struct record *record)
{
	struct fs_entry *list;
	struct error ignored;
	struct buf names = {0};
	size_t count;
	bool packages = record_in_packages(entry->path);
	const char *real = NULL;

	if (packages && is_link(entry->path))
		real = fs_real_path(arena, entry->path, &ignored);
	if (fs_list(arena, entry->path, &list, &count, &ignored) != 0)
		return false;
	/* It may lead elsewhere tomorrow. */
	if (real != NULL)
		buf_puts(&names, real);
	for (size_t i = 0; i < count; i++) {
		const char *name = list[i].name;
		const char *path = path_join(arena, entry->path, name);
		bool folder = list[i].type == FS_DIR;

		if (packages ? name[0] == '.' : !folder && !list[i].link && !matters(name))
			continue;
		if (is_output(record, path))
			continue;
		buf_printf(&names, "\n%s%s", name, folder ? "/" : "");
		if (list[i].link)
			put_link(&names, path);
	}
	entry->hash = hash_content(0, buf_cstr(&names), names.len);
	buf_dispose(&names);
	return true;
}

static bool hash_file(struct buf *room, struct record_entry *entry)
{
	struct error ignored;

	if (fs_read_again(room, entry->path, FILE_LIMIT, &ignored) != 0)
		return false;
	entry->hash = hash_content(0, buf_cstr(room), room->len);
	return true;
}

/* `room` is for bytes of files. */
static bool hash_entry(struct record_entry *entry, const struct record *record, struct buf *room)
{
	struct arena *scratch;
	bool done;

	if (!entry->folder)
		return hash_file(room, entry);
	scratch = arena_new();
	done = hash_folder(scratch, entry, record);
	arena_free(scratch);
	return done;
}

static bool is_young(const struct record_entry *entry, uint64_t now)
{
	return entry->modified + YOUNG_NS > now || entry->changed + YOUNG_NS > now;
}

static bool same_stamps(const struct record_entry *a, const struct record_entry *b)
{
	return a->modified == b->modified && a->changed == b->changed && a->size == b->size;
}

/* Takes over what the former record knows, if that has not changed since. */
static bool is_known(const struct taker *taker, struct record_entry *entry)
{
	const struct record_entry *former = map_get(&taker->former, entry->path);

	if (former == NULL || former->missing || former->folder != entry->folder ||
	    !look(entry->path, entry) || !same_stamps(former, entry))
		return false;
	entry->hash = former->hash;
	return true;
}

static bool is_root_as_before(const struct taker *taker, const struct record_entry *entry)
{
	const struct record_entry *root = &taker->input->root;

	return str_equal(root->path, entry->path) && entry->folder &&
	       hash_equal(root->hash, entry->hash);
}

static void add(struct taker *taker, const char *path, bool folder)
{
	struct record *record = taker->record;
	struct record_entry entry = {.folder = folder};

	if (taker->changed || map_get(&taker->seen, path) != NULL)
		return;
	entry.path = arena_strdup(record->arena, path);
	map_set(&taker->seen, entry.path, taker);
	if (folder && ++taker->folders > MAX_FOLDERS)
		taker->changed = true;
	*(struct record_entry *)arena_push(record->arena, &record->entries, &record->entry_count,
					   sizeof(entry)) = entry;
}

/* The content first: a change after that shows in the stamps. An entry that cannot be read, or was
 * there and is gone, loses its path. */
static void fill_in(const struct taker *taker, struct record_entry *entry, struct buf *room)
{
	bool readable;

	if (is_known(taker, entry))
		return;
	readable = hash_entry(entry, taker->record, room);
	entry->missing = !look(entry->path, entry);
	if (readable == entry->missing)
		entry->path = NULL;
}

/* One of the equal parts of the entries. */
static void fill_in_part(size_t part, void *payload)
{
	const struct taker *taker = payload;
	struct buf room = {0};

	for (size_t i = part; i < taker->record->entry_count; i += PARTS)
		fill_in(taker, &taker->record->entries[i], &room);
	buf_dispose(&room);
}

/* A stamp of after the start says little where many share what is installed: another name for a
 * file changes it, and in a folder a hidden file that comes and goes. */
static bool is_as_at_start(const struct taker *taker, const struct record_entry *entry)
{
	const struct record_entry *former = map_get(&taker->former, entry->path);

	return is_root_as_before(taker, entry) ||
	       (former != NULL && former->seen && former->folder == entry->folder &&
		former->missing == entry->missing && hash_equal(former->hash, entry->hash));
}

/* What has a stamp of after the start may not be what the compiler saw. */
static void settle(struct taker *taker)
{
	uint64_t start = taker->input->start;

	for (size_t i = 0; i < taker->record->entry_count; i++) {
		struct record_entry *entry = &taker->record->entries[i];

		if (entry->path == NULL || ((entry->modified > start || entry->changed > start) &&
					    !is_as_at_start(taker, entry)))
			taker->changed = true;
		if (is_young(entry, taker->now))
			entry->size = entry->modified = entry->changed = 0;
	}
}

static void add_below(struct taker *taker, const char *folder, const char *name, bool is_folder)
{
	add(taker, path_join(taker->record->arena, folder, name), is_folder);
}

static void add_tree(struct taker *taker, const char *path, int depth);

/* A link to a folder: patterns of tsconfig.json look through it. What is in the app is looked at
 * where it is. */
static void add_linked(struct taker *taker, const char *link, int depth)
{
	struct error ignored;
	const char *real = fs_real_path(taker->record->arena, link, &ignored);

	if (real != NULL && !path_is_under(real, taker->input->program->root) &&
	    !record_in_packages(real))
		add_tree(taker, real, depth);
}

/* The folders below, but for packages and what other tools keep. */
static void add_tree(struct taker *taker, const char *path, int depth)
{
	struct arena *arena = taker->record->arena;
	struct fs_entry *list;
	struct error ignored;
	size_t count;

	if (map_get(&taker->trees, path) != NULL)
		return;
	if (depth > MAX_DEPTH || fs_list(arena, path, &list, &count, &ignored) != 0) {
		taker->changed = true;
		return;
	}
	path = arena_strdup(arena, path);
	map_set(&taker->trees, path, taker);
	add(taker, path, true);
	for (size_t i = 0; i < count && !taker->changed; i++) {
		const char *name = list[i].name;

		if (strcmp(name, "package.json") == 0)
			add_below(taker, path, name, false);
		if (list[i].type != FS_DIR || strcmp(name, "node_modules") == 0 ||
		    strcmp(name, ".git") == 0)
			continue;
		name = path_join(arena, path, name);
		if (list[i].link)
			add_linked(taker, name, depth + 1);
		else if (!is_output(taker->record, name))
			add_tree(taker, name, depth + 1);
	}
}

/* The packages in a node_modules folder or in one of a scope: which of their files an import finds
 * is up to package.json and to what lies beside it. */
static void add_packages(struct taker *taker, const char *folder)
{
	struct arena *arena = taker->record->arena;
	struct fs_entry *list;
	struct error ignored;
	size_t count;

	if (fs_type(folder) != FS_DIR || fs_list(arena, folder, &list, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count && !taker->changed; i++) {
		const char *path = path_join(arena, folder, list[i].name);

		if (list[i].type != FS_DIR || list[i].name[0] == '.')
			continue;
		add(taker, path, true);
		if (list[i].name[0] == '@') {
			add_packages(taker, path);
			continue;
		}
		add_below(taker, path, "package.json", false);
		if (list[i].link)
			add_linked(taker, path, 0);
	}
}

/* Where an import is looked up that names a package, from the app's folder to the root. */
static void add_lookups(struct taker *taker, const char *root)
{
	struct arena *arena = taker->record->arena;

	for (const char *at = root;; at = path_dir(arena, at)) {
		const char *modules = path_join(arena, at, "node_modules");

		add_below(taker, at, "package.json", false);
		add(taker, modules, true);
		add_below(taker, modules, "@types", true);
		add_packages(taker, modules);
		if (strcmp(at, "/") == 0)
			return;
	}
}

/* A file of the program with what decided that it is this one: its folder, and in a package the
 * package.json files on the way to it. */
static void add_program_file(struct taker *taker, const char *file)
{
	struct arena *arena = taker->record->arena;
	const char *folder = path_dir(arena, file);

	add(taker, file, false);
	/* Seen with the way to it, when another file of it was. */
	if (map_get(&taker->seen, folder) != NULL ||
	    (path_is_under(folder, taker->input->program->root) && !record_in_packages(folder)))
		return;
	add(taker, folder, true);
	for (; record_in_packages(folder) && !str_ends(folder, "/node_modules");
	     folder = path_dir(arena, folder)) {
		const char *parent = path_dir(arena, folder);

		add_below(taker, folder, "package.json", false);
		if (str_ends(parent, "/node_modules") || path_base(parent)[0] == '@')
			add(taker, folder, true);
	}
}

struct hash128 record_files(const char *const *files, size_t count, const char *compiler)
{
	struct arena *scratch = arena_new();
	const char *library = path_dir(scratch, compiler);
	struct hash128 all = {0};

	for (size_t i = 0; i < count; i++) {
		struct hash128 one = hash_content(0, files[i], strlen(files[i]));

		if (path_is_under(files[i], library))
			continue;
		all.low += one.low;
		all.high += one.high;
	}
	arena_free(scratch);
	return all;
}

int record_take(struct record *record, const struct record_input *input)
{
	struct taker taker = {.record = record, .input = input, .now = record_now()};
	const struct program *program = input->program;
	const char *library = path_dir(record->arena, input->compiler);

	record->entries = NULL;
	record->entry_count = 0;
	record->files = record_files(input->files, input->file_count, input->compiler);
	if (program->incomplete || program->config_count == 0)
		return -1;
	for (size_t i = 0; input->former != NULL && i < input->former->entry_count; i++)
		map_set(&taker.former, input->former->entries[i].path, &input->former->entries[i]);
	for (size_t i = 0; i < program->config_count; i++)
		add(&taker, program->configs[i], false);
	add(&taker, input->project, false);
	for (size_t i = 0; i < input->file_count; i++) {
		if (!path_is_under(input->files[i], library))
			add_program_file(&taker, input->files[i]);
	}
	add_tree(&taker, program->root, 0);
	for (size_t i = 0; i < program->outside_count && !taker.changed; i++)
		add_tree(&taker, program->outside[i], 0);
	add_lookups(&taker, program->root);
	map_dispose(&taker.seen);
	map_dispose(&taker.trees);
	if (!taker.changed) {
		parallel_run(PARTS, fill_in_part, &taker);
		settle(&taker);
	}
	map_dispose(&taker.former);
	return taker.changed ? -1 : 0;
}

struct record_entry record_folder(const char *path, const char *const outputs[2])
{
	struct record record = {.outputs = {outputs[0], outputs[1]}};
	struct record_entry entry = {.path = path, .folder = true};

	if (!look(path, &entry) || !hash_entry(&entry, &record, NULL))
		entry.path = NULL;
	return entry;
}

/* Whether the entry is as it was; if only its stamps differ they are taken over. */
static bool is_same(const struct record *record, struct record_entry *entry,
		    struct record_changes *changes, struct buf *room, uint64_t now)
{
	struct record_entry fresh = {.path = entry->path, .folder = entry->folder};
	bool there = look(entry->path, &fresh), same;

	if (!there || entry->missing)
		return !there && entry->missing;
	if (same_stamps(entry, &fresh))
		return true;
	same = hash_entry(&fresh, record, room) && hash_equal(fresh.hash, entry->hash);
	if (same && !is_young(&fresh, now)) {
		*entry = fresh;
		changes->stale++;
	}
	return same;
}

bool record_holds(struct record *record, struct record_changes *changes)
{
	uint64_t now = record_now();
	struct buf room = {0};
	bool holds = true;

	for (size_t i = 0; i < record->entry_count; i++) {
		struct record_entry *entry = &record->entries[i];
		const char **slot;

		entry->seen = is_same(record, entry, changes, &room, now);
		if (entry->seen)
			continue;
		holds = false;
		/* A change of tsconfig.json or package.json can mean anything. */
		if (entry->folder || entry->missing || str_ends(entry->path, ".json") ||
		    fs_type(entry->path) != FS_FILE) {
			changes->more = true;
			continue;
		}
		slot = arena_push(changes->arena, &changes->files, &changes->count, sizeof(*slot));
		*slot = entry->path;
	}
	buf_dispose(&room);
	return holds;
}
