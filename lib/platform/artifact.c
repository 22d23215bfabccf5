#include "platform/artifact.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bundle/bundle.h"
#include "json/json.h"

#define HEAD "attio artifact 1 "

void artifact_pack(const struct bundles *bundles, struct buf *out)
{
	buf_puts(out, HEAD "[");
	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];

		buf_puts(out, i > 0 ? ",{" : "{");
		buf_put_json_member(out, "path", bundle->path);
		if (bundle->block != NULL)
			buf_put_json_member(out, "block", bundle->block);
		buf_printf(out, ",\"bytes\":%zu}", bundle->len);
	}
	buf_puts(out, "]\n");
	for (size_t i = 0; i < bundles->count; i++)
		buf_add(out, bundles->items[i].bytes, bundles->items[i].len);
}

void artifact_sum(const struct bundles *bundles, char sum[SHA256_TEXT_SIZE])
{
	struct buf packed = {0};

	artifact_pack(bundles, &packed);
	sha256_text(packed.ptr, packed.len, sum);
	buf_dispose(&packed);
}

static int read_bundle(struct bundle *bundle, struct arena *arena, const cJSON *item,
		       const char **at, const char *end, struct error *error)
{
	const char *path;
	const char *block = json_string_or_null(item, "block");
	long long len;

	if (json_get_string(item, "a bundle", "path", &path, error) != 0 ||
	    json_get_int(item, "a bundle", "bytes", &len, error) != 0)
		return -1;
	if (len < 0 || len > end - *at)
		return error_set(error, ERROR_SERVICE, "the artifact is cut short");
	bundle->path = arena_strdup(arena, path);
	bundle->block = block != NULL ? arena_strdup(arena, block) : NULL;
	bundle->len = (size_t)len;
	bundle->bytes = arena_strndup(arena, *at, bundle->len);
	*at += len;
	return 0;
}

int artifact_unpack(struct bundles *bundles, struct arena *arena, const char *bytes, size_t len,
		    struct error *error)
{
	const char *line_end = memchr(bytes, '\n', len);
	const char *at;
	const cJSON *item;
	cJSON *list;
	int result = 0;

	*bundles = (struct bundles){0};
	if (line_end == NULL || len < strlen(HEAD) || memcmp(bytes, HEAD, strlen(HEAD)) != 0)
		return error_set(error, ERROR_SERVICE, "the file is no artifact");
	at = line_end + 1;
	list = json_parse(bytes + strlen(HEAD), (size_t)(line_end - bytes) - strlen(HEAD),
			  "the artifact", NULL, error);
	if (list == NULL)
		return -1;
	cJSON_ArrayForEach(item, list)
	{
		struct bundle *bundle = arena_push(arena, &bundles->items, &bundles->count,
						   sizeof(*bundles->items));

		result = read_bundle(bundle, arena, item, &at, bytes + len, error);
		if (result != 0)
			break;
	}
	if (result == 0 && at != bytes + len)
		result = error_set(error, ERROR_SERVICE, "the artifact is longer than its bundles");
	cJSON_Delete(list);
	return result;
}
