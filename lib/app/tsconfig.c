/* tsconfig.json as far as resolution goes, with what it extends (extends.h): the nearer file wins
 * per option, and `paths` belong to the folder of the file that declares them (or to its baseUrl),
 * as TypeScript and esbuild have it. */
#include "app/tsconfig.h"

#include <string.h>

#include "app/extends.h"
#include "app/problems.h"
#include "app/tree.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/bounds.h"
#include "sys/path.h"
#include "json/json.h"

#define TSCONFIG "tsconfig.json"

struct reader {
	struct tsconfig *tsconfig;
	struct texts *texts;
	struct diags *problems;
	struct extends chain;
	bool has_paths;
	bool has_verbatim;
	bool has_decorators;
	bool has_include;
	bool names_attio;
};

static bool is_file(const char *path, void *payload)
{
	const struct reader *r = payload;

	return files_type(&r->texts->files, path) == FS_FILE;
}

/* `${configDir}` stands for the folder of the outermost tsconfig.json. */
static const char *from_config_dir(struct reader *r, const char *path)
{
	static const char variable[] = "${configDir}";

	if (!str_starts(path, variable))
		return path;
	return arena_printf(r->problems->arena, "%s%s", r->texts->files.root,
			    path + strlen(variable));
}

static void read_paths(struct reader *r, const cJSON *paths, const char *base)
{
	struct arena *arena = r->problems->arena;
	const cJSON *item, *target;

	r->has_paths = true;
	cJSON_ArrayForEach(item, paths)
	{
		struct tsconfig_path *path = arena_push(arena, &r->tsconfig->paths,
							&r->tsconfig->path_count, sizeof(*path));
		path->pattern = arena_strdup(arena, item->string);
		cJSON_ArrayForEach(target, item)
		{
			if (!cJSON_IsString(target))
				continue;
			const char **slot = arena_push(arena, &path->targets, &path->target_count,
						       sizeof(*path->targets));
			*slot = path_join(arena, base, from_config_dir(r, target->valuestring));
		}
	}
}

static void read_options(struct reader *r, const cJSON *options, const char *folder)
{
	struct arena *arena = r->problems->arena;
	const char *base_url = json_string_or_null(options, "baseUrl");
	const cJSON *paths = cJSON_GetObjectItemCaseSensitive(options, "paths");
	const cJSON *verbatim = cJSON_GetObjectItemCaseSensitive(options, "verbatimModuleSyntax");
	const cJSON *decorators =
		cJSON_GetObjectItemCaseSensitive(options, "experimentalDecorators");
	const char *base = folder;

	if (cJSON_IsBool(decorators) && !r->has_decorators) {
		r->has_decorators = true;
		r->tsconfig->experimental_decorators = cJSON_IsTrue(decorators);
	}
	if (cJSON_IsBool(verbatim) && !r->has_verbatim) {
		r->has_verbatim = true;
		r->tsconfig->verbatim_modules = cJSON_IsTrue(verbatim);
	}
	if (base_url != NULL) {
		base = path_join(arena, folder, from_config_dir(r, base_url));
		if (r->tsconfig->base_url == NULL)
			r->tsconfig->base_url = base;
	}
	if (cJSON_IsObject(paths) && !r->has_paths)
		read_paths(r, paths, base);
}

/* Without `include` everything is read but hidden folders: .attio/ must be named. */
static void read_include(struct reader *r, const cJSON *include)
{
	const cJSON *item;

	if (!cJSON_IsArray(include) || r->has_include)
		return;
	r->has_include = true;
	cJSON_ArrayForEach(item, include)
	{
		if (cJSON_IsString(item) && strstr(item->valuestring, ".attio") != NULL)
			r->names_attio = true;
	}
}

static void read_file(const char *path, int depth, void *payload)
{
	struct reader *r = payload;
	struct arena *arena = r->problems->arena;
	const char *name = depth == 0 ? TSCONFIG : path;
	struct place place = {.file = depth == 0 ? name : NULL};
	const char *folder = path_dir(arena, path);
	struct error error = {0};
	struct text *text;
	size_t offset = 0;
	cJSON *document;

	if (!extends_enter(&r->chain, path))
		return;
	if (texts_read(r->texts, name, &text, &error) != 0) {
		r->chain.incomplete = true;
		/* A link that leaves the app is told at any depth: the compiler would follow it. */
		if (depth > 0 && bounds_hides(r->texts->files.bounds, path))
			place.file = path_relative(arena, r->texts->files.root, path);
		if (place.file != NULL)
			diag_add(r->problems, &problem_file_unreadable, place,
				 "`%s` cannot be read", place.file)
				->help = arena_strdup(arena, error.why[0] != '\0' ? error.why
										  : error.message);
		return;
	}
	document = json_parse_relaxed(text->bytes, text->len, name, &offset, &error);
	if (document == NULL) {
		r->chain.incomplete = true;
		if (text->len > 0) { /* else the file as a whole */
			place.start = offset < text->len ? offset : text->len - 1;
			place.end = place.start + 1;
		}
		diag_add(r->problems, &problem_tsconfig, place, "`%s` is not valid JSON", name)
			->help =
			"comments and trailing commas are allowed; check quotes and brackets here";
		return;
	}
	if (cJSON_IsObject(document)) {
		read_include(r, cJSON_GetObjectItemCaseSensitive(document, "include"));
		read_options(r, cJSON_GetObjectItemCaseSensitive(document, "compilerOptions"),
			     folder);
		extends_follow(&r->chain, document, folder, depth);
	}
	cJSON_Delete(document);
	extends_leave(&r->chain, path);
}

void tsconfig_read(struct tsconfig *tsconfig, struct texts *texts, struct diags *problems)
{
	struct reader r = {.tsconfig = tsconfig,
			   .texts = texts,
			   .problems = problems,
			   .chain = {.arena = problems->arena,
				     .is_file = is_file,
				     .read = read_file,
				     .payload = &r}};

	*tsconfig = (struct tsconfig){0};
	if (!tree_has_entry(&texts->files, TSCONFIG))
		return;
	tsconfig->present = true;
	read_file(path_join(problems->arena, texts->files.root, TSCONFIG), 0, &r);
	if (r.chain.circular) {
		struct diag *diag =
			diag_add(problems, &problem_tsconfig, (struct place){.file = TSCONFIG},
				 "`extends` of `tsconfig.json` leads in a circle");
		diag->severity = SEVERITY_WARNING;
		diag->help = "let no file extend one that leads back to it";
	}
	extends_dispose(&r.chain);
	tsconfig->leaves_out_attio = !r.names_attio && (r.has_include || !r.chain.incomplete);
}
