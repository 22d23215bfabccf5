/* What esbuild answers to a bundle's build, taken into its job. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "bundle/job.h"
#include "bundle/service.h"
#include "sys/path.h"

bool result_has_errors(const struct wire_value *reply)
{
	const struct wire_value *errors = wire_get(reply, "errors");

	return errors != NULL && errors->tag == WIRE_ARRAY && errors->count > 0;
}

void result_read_messages(struct job *job, const struct wire_value *reply)
{
	struct arena *arena = job->bundler->arena;

	messages_read(arena, wire_get(reply, "errors"), false, &job->messages, &job->message_count);
	messages_read(arena, wire_get(reply, "warnings"), true, &job->messages,
		      &job->message_count);
}

/* A linked map is an external one whose name we add: towards esbuild the bundle has another. */
static void take_bytes(struct job *job, const struct wire_value *contents)
{
	struct arena *arena = job->bundler->bundles->arena;

	job->len = contents->text.len;
	if (job->bundler->options->map != BUNDLE_MAP_LINKED) {
		job->bytes = wire_copy(arena, contents);
		return;
	}
	job->bytes = arena_printf(arena, "%.*s//# sourceMappingURL=%s.map\n", (int)job->len,
				  contents->text.ptr, path_base(job->path));
	job->len = strlen(job->bytes);
}

static void take_files(struct job *job, const struct wire_value *files)
{
	struct bundler *bundler = job->bundler;

	for (size_t i = 0; files != NULL && files->tag == WIRE_ARRAY && i < files->count; i++) {
		const struct wire_value *contents = wire_get(&files->items[i], "contents");
		const char *path = wire_copy(bundler->arena, wire_get(&files->items[i], "path"));

		if (path == NULL || contents == NULL || contents->tag != WIRE_BYTES)
			continue;
		if (str_ends(path, ".map")) {
			job->map = wire_copy(bundler->bundles->arena, contents);
			job->map_len = contents->text.len;
		} else {
			take_bytes(job, contents);
		}
	}
}

void result_take(struct job *job, const struct wire_value *result)
{
	const struct wire_value *meta = wire_get(result, "metafile");

	result_read_messages(job, result);
	if (result_has_errors(result))
		return;
	take_files(job, wire_get(result, "outputFiles"));
	if (job->bytes == NULL) {
		service_unreadable(job->bundler->service, "a build without its result");
		return;
	}
	if (meta != NULL && (meta->tag == WIRE_BYTES || meta->tag == WIRE_STRING)) {
		job->meta = wire_copy(job->bundler->bundles->arena, meta);
		job->meta_len = meta->text.len;
	}
}
