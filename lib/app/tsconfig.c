/* tsconfig.json as far as resolution goes, with what it extends (extends.h): the nearer file wins
 * per option, and `paths` belong to the folder of the file that declares them (or to its baseUrl),
 * as TypeScript and esbuild have it. */
#include "app/tsconfig.h"

#include <string.h>
#include <strings.h>

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
	bool has_include;
	bool names_attio;
	bool has_lib;
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

static void read_word(struct arena *arena, const cJSON *options, const char *name,
		      const char **value)
{
	const char *word = json_string_or_null(options, name);

	if (*value == NULL && word != NULL)
		*value = arena_strdup(arena, word);
}

/* What says how JSX, imports and the names of the runtime are understood. */
static void read_language(struct reader *r, const cJSON *options)
{
	const cJSON *lib = cJSON_GetObjectItemCaseSensitive(options, "lib"), *item;
	struct tsconfig *tsconfig = r->tsconfig;

	read_word(r->problems->arena, options, "jsx", &tsconfig->jsx);
	read_word(r->problems->arena, options, "module", &tsconfig->module);
	read_word(r->problems->arena, options, "moduleResolution", &tsconfig->module_resolution);
	if (!cJSON_IsArray(lib) || r->has_lib)
		return;
	r->has_lib = tsconfig->lib_without_dom = true;
	cJSON_ArrayForEach(item, lib)
	{
		if (cJSON_IsString(item) && (strncasecmp(item->valuestring, "dom", 3) == 0 ||
					     strncasecmp(item->valuestring, "webworker", 9) == 0))
			tsconfig->lib_without_dom = false;
	}
}

static void read_options(struct reader *r, const cJSON *options, const char *folder)
{
	struct arena *arena = r->problems->arena;
	const char *base_url = json_string_or_null(options, "baseUrl");
	const cJSON *paths = cJSON_GetObjectItemCaseSensitive(options, "paths");
	const cJSON *verbatim = cJSON_GetObjectItemCaseSensitive(options, "verbatimModuleSyntax");
	const char *base = folder;

	read_language(r, options);
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

/* The official tool passes over it, with all options that are then missing. */
static void tell_base(struct reader *r, const struct text *text, const cJSON *value)
{
	const char *key = strstr(text->bytes, "\"extends\"");
	struct place place = {.file = TSCONFIG};
	struct diag *diag;

	if (key != NULL) {
		place.start = (size_t)(key - text->bytes);
		place.end = place.start + strlen("\"extends\"");
	}
	diag = diag_add(r->problems, &problem_tsconfig, place,
			cJSON_IsString(value)
				? "`tsconfig.json` extends `%s`, which is not there"
				: "`tsconfig.json` extends a file that is not there%s",
			cJSON_IsString(value) ? value->valuestring : "");
	diag->severity = SEVERITY_WARNING;
	diag->help = "correct the name, or install the package that it is in";
	r->tsconfig->lacks_base = true;
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
	size_t offset = 0, told;
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
		told = r->problems->count;
		extends_follow(&r->chain, document, folder, depth);
		if (depth == 0 && r->chain.incomplete && r->problems->count == told)
			tell_base(r, text, cJSON_GetObjectItemCaseSensitive(document, "extends"));
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
	tsconfig->incomplete = r.chain.incomplete || r.chain.circular;
	extends_dispose(&r.chain);
	tsconfig->leaves_out_attio = !r.names_attio && (r.has_include || !r.chain.incomplete);
}
