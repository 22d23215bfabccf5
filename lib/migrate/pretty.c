/* See pretty.h. */
#include "migrate/pretty.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "migrate/migrate.h"
#include "sys/child.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define PATIENCE_MS 60000u
#define ANSWER_LIMIT ((size_t)256 << 20)

static void put_string(struct buf *out, const char *text, size_t len)
{
	buf_put_json_string(out, text, len);
}

/* The SDK's own prettier first: it is the one that the official tool formats with. */
static void put_folders(struct buf *out, struct arena *arena, const char *root)
{
	const char *above = fs_find_up(arena, root, "node_modules/attio", FS_DIR), *sdk = NULL;
	struct error ignored;

	if (above != NULL)
		sdk = fs_real_path(arena, path_join(arena, above, "node_modules/attio"), &ignored);
	buf_puts(out, "{\"from\":[");
	if (sdk != NULL) {
		put_string(out, sdk, strlen(sdk));
		buf_putc(out, ',');
		put_string(out, path_join(arena, above, "."), strlen(path_join(arena, above, ".")));
		buf_putc(out, ',');
	}
	put_string(out, root, strlen(root));
	buf_puts(out, "],\"files\":[");
}

static char *request_text(const struct migration *plan, const char *root, size_t *count,
			  size_t *len)
{
	struct buf out = {0};

	*count = 0;
	put_folders(&out, plan->arena, root);
	for (size_t i = 0; i < plan->file_count; i++) {
		const struct migrate_file *file = &plan->files[i];
		const char *path;

		if (!file->format || file->bytes == NULL)
			continue;
		path = path_join(plan->arena, root, file->to);
		buf_puts(&out, (*count)++ > 0 ? ",{\"path\":" : "{\"path\":");
		put_string(&out, path, strlen(path));
		buf_puts(&out, ",\"text\":");
		put_string(&out, file->bytes, file->len);
		buf_putc(&out, '}');
	}
	buf_puts(&out, "]}\n");
	*len = out.len;
	return buf_take(&out);
}

/* How many texts stay as they are. */
static size_t take_texts(struct migration *plan, const cJSON *texts, size_t count)
{
	const cJSON *text = cJSON_IsArray(texts) ? texts->child : NULL;
	size_t left = count;

	for (size_t i = 0; i < plan->file_count && text != NULL; i++) {
		struct migrate_file *file = &plan->files[i];

		if (!file->format || file->bytes == NULL)
			continue;
		if (cJSON_IsString(text)) {
			file->bytes = arena_strdup(plan->arena, text->valuestring);
			file->len = strlen(file->bytes);
			left--;
		}
		text = text->next;
	}
	return left;
}

static size_t read_answer(struct migration *plan, const struct buf *output, size_t count,
			  const char **why)
{
	struct error ignored;
	cJSON *answer = json_parse(output->ptr, output->len, "prettier", NULL, &ignored);
	const cJSON *texts = cJSON_GetObjectItemCaseSensitive(answer, "texts");
	size_t left = take_texts(plan, texts, count);

	*why = texts == NULL ? "prettier is not installed" : "prettier refuses them";
	cJSON_Delete(answer);
	return left;
}

size_t migrate_format(struct migration *plan, const char *root, const char *host, const char *node,
		      struct loop *loop, const char **why)
{
	const char *words[] = {node, path_join(plan->arena, host, "pretty.cjs"), NULL};
	const struct child_command command = {.name = "Node",
					      .words = words,
					      .folder = root,
					      .input = true,
					      .limit = ANSWER_LIMIT};
	struct child child;
	struct error error;
	size_t count, len, left;
	char *request = request_text(plan, root, &count, &len);

	left = count;
	*why = "Node could not be run";
	if (count == 0 || child_start(&child, loop, &command, &error) != 0) {
		mem_free(request);
		return left;
	}
	child_limit(&child, PATIENCE_MS);
	child_write(&child, request, len);
	if (child_finish(&child) && child_code(&child) == 0)
		left = read_answer(plan, &child.output, count, why);
	child_dispose(&child, 0);
	return left;
}
