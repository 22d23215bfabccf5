#include "platform/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "platform/artifact.h"
#include "platform/inventory.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define FOLDER ".attio/deploy"
#define ARTIFACTS "artifacts"
#define VERSIONS "versions.json"
#define ARTIFACT_LIMIT ((size_t)256 << 20)
#define FILE_LIMIT ((size_t)16 << 20)
/* Not JavaScript to anybody who looks for it: no compiler and no bundler reads what is kept. */
#define SUFFIX ".artifact"
#define BESIDE ".inventory"

void keep_look(struct keep *keep, struct arena *arena, const char *root)
{
	*keep = (struct keep){arena, path_join(arena, root, FOLDER), -1};
}

static int take_lock(struct keep *keep, struct error *error)
{
	const char *path = path_join(keep->arena, keep->folder, "lock");

	keep->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (keep->lock < 0)
		return error_system(error, errno, "cannot write `%s`", path);
	if (flock(keep->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno != EWOULDBLOCK)
		return error_system(error, errno, "cannot lock `%s`", path);
	error_set(error, ERROR_CONFLICT, "another deploy of this app is running");
	return error_fix(error, "wait until it has ended");
}

int keep_open(struct keep *keep, struct arena *arena, const char *root, struct error *error)
{
	const char *ignore;

	keep_look(keep, arena, root);
	ignore = path_join(arena, keep->folder, ".gitignore");
	if (fs_make_dirs(path_join(arena, keep->folder, ARTIFACTS), error) != 0)
		return -1;
	if (fs_type(ignore) == FS_NONE && fs_write_atomic(ignore, "*\n", 2, 0666, error) != 0)
		return -1;
	return take_lock(keep, error);
}

void keep_close(struct keep *keep)
{
	if (keep->lock >= 0)
		close(keep->lock);
	keep->lock = -1;
}

static const char *artifact_path(const struct keep *keep, const char *sum, const char *suffix)
{
	return arena_printf(keep->arena, "%s/" ARTIFACTS "/%s%s", keep->folder, sum, suffix);
}

/* Sums come out of files: they are names of files only as 64 digits. */
static bool is_sum(const char *sum)
{
	return sum != NULL && strlen(sum) == SHA256_TEXT_SIZE - 1 &&
	       sum[strspn(sum, "0123456789abcdef")] == '\0';
}

static int write_json(const char *path, unsigned mode, cJSON *document, struct error *error)
{
	struct buf text = {0};
	int result;

	json_print(&text, document, true);
	buf_putc(&text, '\n');
	cJSON_Delete(document);
	result = fs_write_atomic(path, text.ptr, text.len, mode, error);
	buf_dispose(&text);
	return result;
}

int keep_artifact(const struct keep *keep, const char *sum, const struct bundles *bundles,
		  const struct inventory *inventory, struct error *error)
{
	struct buf packed = {0};
	int result;

	artifact_pack(bundles, &packed);
	result = fs_write_atomic(artifact_path(keep, sum, SUFFIX), packed.ptr, packed.len, 0666,
				 error);
	buf_dispose(&packed);
	if (result != 0)
		return -1;
	return write_json(artifact_path(keep, sum, BESIDE), 0666, inventory_json(inventory), error);
}

static int not_kept(const char *sum, struct error *error)
{
	return error_set(error, ERROR_NOT_FOUND, "the artifact %.12s is not kept here", sum);
}

int keep_bundles(const struct keep *keep, const char *sum, struct bundles *bundles,
		 struct error *error)
{
	char found[SHA256_TEXT_SIZE];
	struct error ignored = {0};
	char *bytes;
	size_t len;

	if (!is_sum(sum) || fs_read(keep->arena, artifact_path(keep, sum, SUFFIX), ARTIFACT_LIMIT,
				    &bytes, &len, &ignored) != 0)
		return not_kept(is_sum(sum) ? sum : "", error);
	sha256_text(bytes, len, found);
	if (!str_is(found, sum) || artifact_unpack(bundles, keep->arena, bytes, len, &ignored) != 0)
		return not_kept(sum, error);
	return 0;
}

static cJSON *read_json(const struct keep *keep, const char *path)
{
	struct error ignored = {0};
	char *text;
	size_t len;

	if (fs_read(keep->arena, path, FILE_LIMIT, &text, &len, &ignored) != 0)
		return NULL;
	return json_parse(text, len, path_base(path), NULL, &ignored);
}

int keep_inventory(const struct keep *keep, const char *sum, struct inventory *inventory,
		   struct error *error)
{
	struct error ignored = {0};
	cJSON *document;
	int result;

	if (!is_sum(sum))
		return not_kept("", error);
	document = read_json(keep, artifact_path(keep, sum, BESIDE));
	if (document == NULL)
		return not_kept(sum, error);
	result = inventory_read(inventory, keep->arena, document, &ignored);
	cJSON_Delete(document);
	return result == 0 ? 0 : not_kept(sum, error);
}

static bool read_version(const struct keep *keep, const cJSON *item, struct deployed *out)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {{"target", &out->target},
		     {"app_id", &out->app_id},
		     {"app", &out->slug},
		     {"artifact", &out->artifact},
		     {"at", &out->at}};
	struct error ignored = {0};
	const char *commit = json_string_or_null(item, "commit");

	*out = (struct deployed){0};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text;

		if (json_get_string(item, "a version", texts[i].name, &text, &ignored) != 0)
			return false;
		*texts[i].text = arena_strdup(keep->arena, text);
	}
	out->commit = commit != NULL ? arena_strdup(keep->arena, commit) : NULL;
	return json_get_int(item, "a version", "major", &out->major, &ignored) == 0 &&
	       json_get_int(item, "a version", "minor", &out->minor, &ignored) == 0 &&
	       json_get_bool(item, "a version", "dirty", &out->dirty, &ignored) == 0 &&
	       is_sum(out->artifact);
}

void keep_versions(const struct keep *keep, struct deployed **versions, size_t *count)
{
	cJSON *document;
	const cJSON *item;

	*versions = NULL;
	*count = 0;
	document = read_json(keep, path_join(keep->arena, keep->folder, VERSIONS));
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(document, "versions"))
	{
		struct deployed one;

		if (read_version(keep, item, &one))
			*(struct deployed *)arena_push(keep->arena, versions, count, sizeof(one)) =
				one;
	}
	cJSON_Delete(document);
}

const struct deployed *keep_version(const struct deployed *versions, size_t count,
				    const char *target, const char *slug, long long major,
				    long long minor)
{
	for (size_t i = count; i-- > 0;)
		if (versions[i].major == major && versions[i].minor == minor &&
		    str_is(versions[i].target, target) && str_is(versions[i].slug, slug))
			return &versions[i];
	return NULL;
}

const char *keep_now(struct arena *arena)
{
	time_t now = time(NULL);
	char text[32] = "";
	struct tm parts;

	if (gmtime_r(&now, &parts) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	return arena_strdup(arena, text);
}

static cJSON *version_json(const struct deployed *one)
{
	cJSON *item = cJSON_CreateObject();

	cJSON_AddStringToObject(item, "target", one->target);
	cJSON_AddStringToObject(item, "app", one->slug);
	cJSON_AddStringToObject(item, "app_id", one->app_id);
	cJSON_AddNumberToObject(item, "major", (double)one->major);
	cJSON_AddNumberToObject(item, "minor", (double)one->minor);
	cJSON_AddStringToObject(item, "artifact", one->artifact);
	if (one->commit != NULL)
		cJSON_AddStringToObject(item, "commit", one->commit);
	cJSON_AddBoolToObject(item, "dirty", one->dirty);
	cJSON_AddStringToObject(item, "at", one->at);
	return item;
}

/* Whether a version names the artifact whose file this is. */
static bool is_wanted(const struct deployed *versions, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(name, versions[i].artifact))
			return true;
	return false;
}

static void forget_artifacts(const struct keep *keep, const struct deployed *versions, size_t count)
{
	const char *folder = path_join(keep->arena, keep->folder, ARTIFACTS);
	struct fs_entry *entries;
	struct error ignored = {0};
	size_t entry_count;

	if (fs_list(keep->arena, folder, &entries, &entry_count, &ignored) != 0)
		return;
	for (size_t i = 0; i < entry_count; i++)
		if (!is_wanted(versions, count, entries[i].name))
			fs_remove_tree(path_join(keep->arena, folder, entries[i].name), &ignored);
}

int keep_add(const struct keep *keep, const struct deployed *deployed, struct error *error)
{
	struct deployed *versions;
	cJSON *document = cJSON_CreateObject();
	cJSON *list;
	size_t count;
	size_t from;

	keep_versions(keep, &versions, &count);
	*(struct deployed *)arena_push(keep->arena, &versions, &count, sizeof(*versions)) =
		*deployed;
	versions[count - 1].at = keep_now(keep->arena);
	from = count > KEEP_VERSIONS ? count - KEEP_VERSIONS : 0;
	cJSON_AddStringToObject(document, "schema", "attio.deployed/1");
	list = cJSON_AddArrayToObject(document, "versions");
	for (size_t i = from; i < count; i++)
		cJSON_AddItemToArray(list, version_json(&versions[i]));
	if (write_json(path_join(keep->arena, keep->folder, VERSIONS), 0666, document, error) != 0)
		return -1;
	forget_artifacts(keep, versions + from, count - from);
	return 0;
}
