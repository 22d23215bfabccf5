#include "platform/draft.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/seal.h"
#include "base/sha256.h"
#include "base/str.h"
#include "platform/errand.h"
#include "platform/keep.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define FILE_LIMIT ((size_t)16 << 20)
#define SCHEMA "attio.unfinished/1"

static const char *const stages[] = {
	[DRAFT_NONE] = "",
	[DRAFT_CREATING] = "creating",
	[DRAFT_UPLOADING] = "uploading",
	[DRAFT_COMPLETING] = "completing",
};

const char *draft_stage_name(enum draft_stage stage)
{
	return stages[stage];
}

static const char *file_for(const struct keep *keep, const char *target, const char *app_id,
			    const char *suffix)
{
	char sum[SHA256_TEXT_SIZE];
	const char *name = arena_printf(keep->arena, "%s %s", target, app_id);

	sha256_text(name, strlen(name), sum);
	return arena_printf(keep->arena, "%s/unfinished-%.16s%s", keep->folder, sum, suffix);
}

static const char *path_for(const struct keep *keep, const char *target, const char *app_id)
{
	return file_for(keep, target, app_id, ".json");
}

const char *draft_answer_path(const struct keep *keep, const char *target, const char *app_id)
{
	return file_for(keep, target, app_id, ".answer");
}

/* As one segment of a path, as platform_version_create made it. */
static bool is_segment(const char *id)
{
	return *id != '\0' && strcmp(id, ".") != 0 && strcmp(id, "..") != 0 &&
	       id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "0123456789-._~%")] == '\0';
}

static bool read_strings(struct arena *arena, const cJSON *list, const char ***out, size_t *count)
{
	const cJSON *item;

	*out = NULL;
	*count = 0;
	if (!cJSON_IsArray(list))
		return false;
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item))
			return false;
		*(const char **)arena_push(arena, out, count, sizeof(**out)) =
			arena_strdup(arena, item->valuestring);
	}
	return true;
}

static bool read_urls(struct draft *draft, const struct keep *keep, const char *sealed,
		      const char *token)
{
	struct error ignored = {0};
	struct buf text = {0};
	const char **urls;
	cJSON *list = NULL;
	size_t count = 0;
	bool whole;

	if (seal_read(&text, token, sealed))
		list = json_parse(text.ptr, text.len, "the seal", NULL, &ignored);
	whole = read_strings(keep->arena, list, &urls, &count) && count == draft->block_count + 2;
	if (whole) {
		draft->version.client_url = urls[0];
		draft->version.server_url = urls[1];
		draft->version.block_urls = urls + 2;
	}
	cJSON_Delete(list);
	buf_dispose(&text);
	return whole;
}

/* False when it is no record of ours. */
static bool read_record(struct draft *draft, const struct keep *keep, const cJSON *document,
			const char *token)
{
	const char *name = "the record";
	struct error ignored = {0};
	const char *stage, *artifact, *at, *bundle_id, *app_id, *sealed;
	const cJSON *blocks;

	if (json_get_string(document, name, "stage", &stage, &ignored) != 0 ||
	    json_get_string(document, name, "artifact", &artifact, &ignored) != 0 ||
	    json_get_string(document, name, "at", &at, &ignored) != 0 ||
	    json_get_int(document, name, "newest_major", &draft->newest_major, &ignored) != 0 ||
	    json_get_int(document, name, "newest_minor", &draft->newest_minor, &ignored) != 0 ||
	    json_get_array(document, name, "blocks", &blocks, &ignored) != 0 ||
	    !read_strings(keep->arena, blocks, &draft->blocks, &draft->block_count))
		return false;
	for (size_t i = DRAFT_CREATING; i <= DRAFT_COMPLETING; i++)
		if (str_is(stages[i], stage))
			draft->stage = (enum draft_stage)i;
	draft->artifact = arena_strdup(keep->arena, artifact);
	draft->at = arena_strdup(keep->arena, at);
	if (draft->stage <= DRAFT_CREATING)
		return draft->stage == DRAFT_CREATING;
	if (json_get_int(document, name, "major", &draft->version.major, &ignored) != 0 ||
	    json_get_int(document, name, "minor", &draft->version.minor, &ignored) != 0 ||
	    json_get_string(document, name, "bundle_id", &bundle_id, &ignored) != 0 ||
	    json_get_string(document, name, "app_id", &app_id, &ignored) != 0 ||
	    json_get_string(document, name, "sealed", &sealed, &ignored) != 0 ||
	    !is_segment(bundle_id) || !is_segment(app_id))
		return false;
	draft->version.bundle_id = arena_strdup(keep->arena, bundle_id);
	draft->version.app_id = arena_strdup(keep->arena, app_id);
	draft->sealed = !read_urls(draft, keep, sealed, token);
	return true;
}

void draft_read(struct draft *draft, const struct keep *keep, const char *target,
		const char *app_id, const char *token)
{
	struct error ignored = {0};
	cJSON *document = NULL;
	char *text;
	size_t len;

	*draft = (struct draft){0};
	if (fs_read(keep->arena, path_for(keep, target, app_id), FILE_LIMIT, &text, &len,
		    &ignored) == 0)
		document = json_parse(text, len, "the record", NULL, &ignored);
	if (document == NULL || !read_record(draft, keep, document, token))
		*draft = (struct draft){0};
	cJSON_Delete(document);
}

static int seal_urls(const struct draft *draft, const char *token, struct buf *sealed,
		     struct error *error)
{
	const struct platform_draft *version = &draft->version;
	struct buf text = {0};
	int result;

	buf_putc(&text, '[');
	buf_put_json_string(&text, version->client_url, strlen(version->client_url));
	buf_putc(&text, ',');
	buf_put_json_string(&text, version->server_url, strlen(version->server_url));
	for (size_t i = 0; i < draft->block_count; i++) {
		buf_putc(&text, ',');
		buf_put_json_string(&text, version->block_urls[i], strlen(version->block_urls[i]));
	}
	buf_putc(&text, ']');
	result = seal_put(sealed, token, text.ptr, text.len, error);
	buf_dispose(&text);
	return result;
}

static int add_version(cJSON *document, const struct draft *draft, const char *token,
		       struct error *error)
{
	struct buf sealed = {0};

	if (draft->version.client_url != NULL && seal_urls(draft, token, &sealed, error) != 0)
		return -1;
	cJSON_AddNumberToObject(document, "major", (double)draft->version.major);
	cJSON_AddNumberToObject(document, "minor", (double)draft->version.minor);
	cJSON_AddStringToObject(document, "app_id", draft->version.app_id);
	cJSON_AddStringToObject(document, "bundle_id", draft->version.bundle_id);
	cJSON_AddStringToObject(document, "sealed", buf_cstr(&sealed));
	buf_dispose(&sealed);
	return 0;
}

int draft_write(const struct draft *draft, const struct keep *keep, const char *target,
		const char *app_id, const char *token, struct error *error)
{
	cJSON *document = cJSON_CreateObject();
	struct buf text = {0};
	cJSON *blocks;
	int result = 0;

	cJSON_AddStringToObject(document, "schema", SCHEMA);
	cJSON_AddStringToObject(document, "stage", draft_stage_name(draft->stage));
	cJSON_AddStringToObject(document, "target", target);
	cJSON_AddStringToObject(document, "artifact", draft->artifact);
	cJSON_AddStringToObject(document, "at", draft->at);
	cJSON_AddNumberToObject(document, "newest_major", (double)draft->newest_major);
	cJSON_AddNumberToObject(document, "newest_minor", (double)draft->newest_minor);
	blocks = cJSON_AddArrayToObject(document, "blocks");
	for (size_t i = 0; i < draft->block_count; i++)
		cJSON_AddItemToArray(blocks, cJSON_CreateString(draft->blocks[i]));
	if (draft->stage > DRAFT_CREATING)
		result = add_version(document, draft, token, error);
	if (result == 0) {
		json_print(&text, document, true);
		buf_putc(&text, '\n');
		result = fs_write_atomic(path_for(keep, target, app_id), text.ptr, text.len, 0600,
					 error);
	}
	cJSON_Delete(document);
	buf_dispose(&text);
	return result;
}

void draft_remove(const struct keep *keep, const char *target, const char *app_id)
{
	struct error ignored = {0};

	fs_remove_tree(path_for(keep, target, app_id), &ignored);
	errand_forget(draft_answer_path(keep, target, app_id));
}
