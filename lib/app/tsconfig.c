/* tsconfig.json as far as resolution goes. `extends` chains are followed with a depth limit; the
 * nearer file wins per option, and `paths` belong to the folder of the file that declares them
 * (or to its baseUrl), as TypeScript and esbuild have it. */
#include "app/tsconfig.h"

#include <string.h>

#include "app/problems.h"
#include "app/tree.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/path.h"
#include "json/json.h"

#define EXTENDS_DEPTH 16

struct reader {
	struct tsconfig *tsconfig;
	struct texts *texts;
	struct diags *problems;
	struct map files; /* those read before; the value says whether we are inside */
	bool circular;
	bool has_paths;
	bool has_verbatim;
	bool has_include;
	bool names_attio;
	bool incomplete; /* a file of the chain could not be read */
};

static void read_file(struct reader *r, const char *path, int depth);

/* The file that `extends` names: relative to `folder`, or in a node_modules folder above. */
static const char *extended_file(struct reader *r, const char *folder, const char *name)
{
	struct arena *arena = r->problems->arena;
	static const char *const endings[] = {"", ".json", "/tsconfig.json"};
	bool relative = name[0] == '.' || path_is_absolute(name);

	for (const char *from = folder;; from = path_dir(arena, from)) {
		const char *base = relative ? from : path_join(arena, from, "node_modules");

		for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
			const char *candidate = path_join(
				arena, base, arena_printf(arena, "%s%s", name, endings[i]));
			if (files_type(&r->texts->files, candidate) == FS_FILE)
				return candidate;
		}
		if (relative || strcmp(from, "/") == 0)
			return NULL;
	}
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

static void read_extends(struct reader *r, const cJSON *extends, const char *folder, int depth)
{
	const cJSON *item;

	if (cJSON_IsArray(extends)) {
		/* The last one wins, and what is read first wins here. */
		for (int i = cJSON_GetArraySize(extends); i > 0; i--)
			read_extends(r, cJSON_GetArrayItem(extends, i - 1), folder, depth);
		return;
	}
	item = extends;
	if (cJSON_IsString(item) && depth < EXTENDS_DEPTH) {
		const char *file = extended_file(r, folder, item->valuestring);
		if (file != NULL)
			read_file(r, file, depth + 1);
		else
			r->incomplete = true;
	}
}

static void read_options(struct reader *r, const cJSON *options, const char *folder)
{
	struct arena *arena = r->problems->arena;
	const char *base_url = json_string_or_null(options, "baseUrl");
	const cJSON *paths = cJSON_GetObjectItemCaseSensitive(options, "paths");
	const cJSON *verbatim = cJSON_GetObjectItemCaseSensitive(options, "verbatimModuleSyntax");
	const char *base = folder;

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

/* A file read before says nothing new, as what is read first wins: reading each only once also
 * keeps a chain that forks again and again from growing without end. */
static bool is_known(struct reader *r, const char *path)
{
	const char *outer = path_join(r->problems->arena, r->texts->files.root, path);
	const bool *inside = map_get(&r->files, outer);

	r->circular |= inside != NULL && *inside;
	return inside != NULL;
}

static void read_file(struct reader *r, const char *path, int depth)
{
	struct arena *arena = r->problems->arena;
	struct place place = {.file = depth == 0 ? path : NULL};
	const char *folder = path_dir(arena, path_join(arena, r->texts->files.root, path));
	struct error error = {0};
	struct text *text;
	size_t offset = 0;
	cJSON *document;
	bool *inside;

	if (is_known(r, path))
		return;
	inside = arena_alloc(arena, sizeof(*inside));
	*inside = true;
	map_set(&r->files, path_join(arena, r->texts->files.root, path), inside);
	if (texts_read(r->texts, path, &text, &error) != 0) {
		r->incomplete = true;
		if (depth == 0)
			diag_add(r->problems, &problem_file_unreadable, place,
				 "`%s` cannot be read", path)
				->help =
				arena_strdup(arena, error.why[0] ? error.why : error.message);
		return;
	}
	document = json_parse_relaxed(text->bytes, text->len, path, &offset, &error);
	if (document == NULL) {
		r->incomplete = true;
		if (text->len > 0) { /* else the file as a whole */
			place.start = offset < text->len ? offset : text->len - 1;
			place.end = place.start + 1;
		}
		diag_add(r->problems, &problem_tsconfig, place, "`%s` is not valid JSON", path)
			->help =
			"comments and trailing commas are allowed; check quotes and brackets here";
		return;
	}
	if (cJSON_IsObject(document)) {
		read_include(r, cJSON_GetObjectItemCaseSensitive(document, "include"));
		read_options(r, cJSON_GetObjectItemCaseSensitive(document, "compilerOptions"),
			     folder);
		read_extends(r, cJSON_GetObjectItemCaseSensitive(document, "extends"), folder,
			     depth);
	}
	cJSON_Delete(document);
	*inside = false;
}

void tsconfig_read(struct tsconfig *tsconfig, struct texts *texts, struct diags *problems)
{
	struct reader r = {.tsconfig = tsconfig, .texts = texts, .problems = problems};

	*tsconfig = (struct tsconfig){0};
	if (!tree_has_entry(&texts->files, "tsconfig.json"))
		return;
	tsconfig->present = true;
	read_file(&r, "tsconfig.json", 0);
	if (r.circular) {
		struct diag *diag = diag_add(problems, &problem_tsconfig,
					     (struct place){.file = "tsconfig.json"},
					     "`extends` of `tsconfig.json` leads in a circle");
		diag->severity = SEVERITY_WARNING;
		diag->help = "let no file extend one that leads back to it";
	}
	map_dispose(&r.files);
	tsconfig->leaves_out_attio = !r.names_attio && (r.has_include || !r.incomplete);
}
