/* tsconfig.json as far as resolution goes, with what it extends (extends.h): the nearer file wins
 * per option. `paths` belong to baseUrl, whichever file sets it, else to the real folder of the
 * file that declares them, as TypeScript and esbuild have it. */
#include "app/tsconfig.h"

#include <string.h>
#include <strings.h>

#include "app/config_shape.h"
#include "app/extends.h"
#include "app/manifest.h"
#include "app/package.h"
#include "app/problems.h"
#include "app/tree.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define TSCONFIG "tsconfig.json"

struct reader {
	struct tsconfig *tsconfig;
	struct texts *texts;
	struct diags *problems; /* NULL: nobody hears them */
	struct arena *arena;
	const char *path; /* of the outermost file, absolute */
	struct extends chain;
	const char *paths_base; /* NULL: no `paths` yet */
	bool has_verbatim, verbatim;
	bool has_endings, endings;   /* allowImportingTsExtensions */
	bool has_rewrites, rewrites; /* rewriteRelativeImportExtensions */
	bool has_values, values;     /* preserveValueImports */
	bool has_imports, imports;   /* importsNotUsedAsValues */
	bool has_decorators;
	bool has_include;
	bool names_attio;
	bool has_lib;
};

static bool is_file(const char *path, void *payload)
{
	const struct reader *r = payload;

	enum fs_type type = files_type(&r->texts->files, path);

	/* A pipe counts: the engines would open it. */
	return type == FS_FILE || type == FS_OTHER;
}

static cJSON *read_manifest(const char *path, void *payload)
{
	const struct reader *r = payload;

	return package_read(&r->texts->files, path);
}

/* `${configDir}` stands for the folder of the outermost tsconfig.json. */
static const char *from_config_dir(const struct reader *r, const char *path)
{
	static const char variable[] = "${configDir}";

	if (!str_starts(path, variable))
		return path;
	return arena_printf(r->arena, "%s%s", path_dir(r->arena, r->path), path + strlen(variable));
}

static bool is_pattern(const char *text)
{
	const char *star = strchr(text, '*');

	return star == NULL || strchr(star + 1, '*') == NULL;
}

/* The targets as they are written: what they are relative to is known at the end. */
static void read_paths(struct reader *r, const cJSON *paths)
{
	const cJSON *item, *target;

	cJSON_ArrayForEach(item, paths)
	{
		struct tsconfig_path *path;

		if (!is_pattern(item->string))
			continue;
		path = arena_push(r->arena, &r->tsconfig->paths, &r->tsconfig->path_count,
				  sizeof(*path));
		path->pattern = arena_strdup(r->arena, item->string);
		cJSON_ArrayForEach(target, item)
		{
			if (!cJSON_IsString(target) || !is_pattern(target->valuestring))
				continue;
			const char **slot = arena_push(r->arena, &path->targets,
						       &path->target_count, sizeof(*slot));
			*slot = arena_strdup(r->arena, from_config_dir(r, target->valuestring));
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

	read_word(r->arena, options, "jsx", &tsconfig->jsx);
	read_word(r->arena, options, "jsxImportSource", &tsconfig->jsx_source);
	read_word(r->arena, options, "module", &tsconfig->module);
	read_word(r->arena, options, "moduleResolution", &tsconfig->module_resolution);
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

/* Without baseUrl a target must say that it is a path. Declaration files are for the compiler. */
static bool is_target(const struct reader *r, const char *target)
{
	size_t len = strlen(target);

	if (len >= 5 && strcasecmp(target + len - 5, ".d.ts") == 0)
		return false;
	return r->tsconfig->base_url != NULL || target[0] == '/' || str_is(target, ".") ||
	       str_is(target, "..") || str_starts(target, "./") || str_starts(target, "../");
}

static void settle_paths(struct reader *r)
{
	const char *base = r->tsconfig->base_url != NULL ? r->tsconfig->base_url : r->paths_base;

	for (size_t i = 0; i < r->tsconfig->path_count; i++) {
		struct tsconfig_path *path = &r->tsconfig->paths[i];
		size_t kept = 0;

		for (size_t k = 0; k < path->target_count; k++) {
			if (is_target(r, path->targets[k]))
				path->targets[kept++] = path_join(r->arena, base, path->targets[k]);
		}
		path->target_count = kept;
		patterns_add(&r->tsconfig->by_pattern, r->arena, path->pattern, false, path);
	}
	patterns_settle(&r->tsconfig->by_pattern, r->arena);
}

/* The first that is read counts. */
static void read_switch(const cJSON *options, const char *name, bool *known, bool *value)
{
	const cJSON *option = cJSON_GetObjectItemCaseSensitive(options, name);

	if (*known || !cJSON_IsBool(option))
		return;
	*known = true;
	*value = cJSON_IsTrue(option);
}

static void read_options(struct reader *r, const cJSON *options, const char *folder)
{
	const char *base_url = json_string_or_null(options, "baseUrl");
	const char *unused = json_string_or_null(options, "importsNotUsedAsValues");
	const cJSON *paths = cJSON_GetObjectItemCaseSensitive(options, "paths");

	read_language(r, options);
	read_switch(options, "experimentalDecorators", &r->has_decorators,
		    &r->tsconfig->experimental_decorators);
	read_switch(options, "verbatimModuleSyntax", &r->has_verbatim, &r->verbatim);
	read_switch(options, "allowImportingTsExtensions", &r->has_endings, &r->endings);
	read_switch(options, "rewriteRelativeImportExtensions", &r->has_rewrites, &r->rewrites);
	read_switch(options, "preserveValueImports", &r->has_values, &r->values);
	if (unused != NULL && !r->has_imports) {
		r->has_imports = true;
		r->imports = str_is(unused, "preserve") || str_is(unused, "error");
	}
	if (base_url != NULL && r->tsconfig->base_url == NULL)
		r->tsconfig->base_url = path_join(r->arena, folder, from_config_dir(r, base_url));
	if (cJSON_IsObject(paths) && r->paths_base == NULL) {
		r->paths_base = folder;
		read_paths(r, paths);
	}
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

/* Whether files below `src` can be among those that a pattern of the app's folder means. */
static bool may_mean_sources(const struct reader *r, const char *pattern, const char *folder)
{
	const char *src = path_join(r->arena, folder, "src"), *path;
	size_t len = strcspn(pattern, "*?");

	while (pattern[len] != '\0' && len > 0 && pattern[len - 1] != '/')
		len--;
	path = path_join(r->arena, folder,
			 from_config_dir(r, len > 0 ? arena_strndup(r->arena, pattern, len) : "."));
	return path_is_under(src, path) || path_is_under(path, src) || strcmp(path, src) == 0;
}

/* Nothing is wrong for the compiler, which then checks other files. Projects that are made of
 * others are their authors' business. */
static void tell_include(struct reader *r, const struct text *text, const cJSON *document,
			 const char *folder)
{
	const cJSON *include = cJSON_GetObjectItemCaseSensitive(document, "include"), *item;
	const char *key = strstr(text->bytes, "\"include\"");
	struct place place = {.file = TSCONFIG};
	struct diag *diag;

	if (r->problems == NULL || key == NULL || cJSON_GetArraySize(include) == 0 ||
	    cJSON_GetObjectItemCaseSensitive(document, "files") != NULL ||
	    cJSON_GetObjectItemCaseSensitive(document, "references") != NULL)
		return;
	cJSON_ArrayForEach(item, include)
	{
		if (!cJSON_IsString(item) || may_mean_sources(r, item->valuestring, folder))
			return;
	}
	place.start = (size_t)(key - text->bytes);
	place.end = place.start + strlen("\"include\"");
	diag = diag_add(r->problems, &problem_tsconfig, place,
			"`include` leaves out `src`, so that the app's types are not checked");
	diag->severity = SEVERITY_WARNING;
	diag->help = "write `[\"src\", \".attio/**/*\"]`";
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

/* The folder in which the file really lies: a configuration package may be a link. */
static const char *folder_of(const struct reader *r, const char *path)
{
	struct error error = {0};
	const char *real = fs_real_path(r->arena, path, &error);

	error_keep_shortage(r->texts->files.shortage, &error);
	return path_dir(r->arena, real != NULL ? real : path);
}

static void tell_unreadable(struct reader *r, const char *path, struct place place,
			    const struct error *error)
{
	/* Told at any depth: the engines would follow a link that leaves the app, and wait at a
	 * pipe. */
	if (place.file == NULL)
		place.file = path_relative(r->arena, r->texts->files.root, path);
	if (r->problems != NULL)
		diag_add(r->problems, &problem_file_unreadable, place, "`%s` cannot be read",
			 place.file)
			->help =
			arena_strdup(r->arena, error->why[0] != '\0' ? error->why : error->message);
}

static void tell_malformed(struct reader *r, struct place place, const char *name,
			   const struct text *text, size_t offset)
{
	if (r->problems == NULL)
		return;
	bool utf16 = utf16_is(text->bytes, text->len);

	if (text_is_blank(text)) { /* the file as a whole, as below */
		diag_add(r->problems, &problem_tsconfig, place, "`%s` is empty", name)->help =
			"write `{}`, or remove it";
		return;
	}
	if (!utf16) {
		place.start = offset < text->len ? offset : text->len - 1;
		place.end = place.start + 1;
	}
	if (!utf16 && place.file != NULL && merge_marks(text->bytes, name, &place)) {
		diag_add(r->problems, &problem_tsconfig, place, MESSAGE_MERGE)->help = HELP_MERGE;
		return;
	}
	diag_add(r->problems, &problem_tsconfig, place, "`%s` is %s", name,
		 utf16 ? "saved as UTF-16" : "not valid JSON")
		->help = utf16 ? HELP_UTF16
			       : "comments and trailing commas are allowed; check quotes and "
				 "brackets here";
}

static void read_file(const char *path, int depth, void *payload)
{
	struct reader *r = payload;
	const char *name = depth == 0 ? path_relative(r->arena, r->texts->files.root, path) : path;
	struct place place = {.file = depth == 0 ? name : NULL};
	const char *folder = folder_of(r, path);
	struct error error = {0};
	struct text *text;
	size_t offset = 0, told;
	cJSON *document;

	if (!extends_enter(&r->chain, path))
		return;
	if (texts_read(r->texts, name, &text, &error) != 0 || manifest_limit(text, &error) != 0) {
		r->chain.incomplete = true;
		tell_unreadable(r, path, place, &error);
		return;
	}
	document = json_parse_relaxed(text->bytes, text->len, name, &offset, &error);
	if (document == NULL) {
		r->chain.incomplete = true;
		tell_malformed(r, place, name, text, offset);
		return;
	}
	if (cJSON_IsObject(document)) {
		read_include(r, cJSON_GetObjectItemCaseSensitive(document, "include"));
		read_options(r, cJSON_GetObjectItemCaseSensitive(document, "compilerOptions"),
			     folder);
		told = r->problems != NULL ? r->problems->count : 0;
		extends_follow(&r->chain, document, folder, depth);
		if (depth == 0 && r->chain.incomplete && r->problems != NULL &&
		    r->problems->count == told)
			tell_base(r, text, cJSON_GetObjectItemCaseSensitive(document, "extends"));
		if (depth == 0)
			tell_include(r, text, document, folder);
	}
	if (depth == 0 && r->problems != NULL)
		config_shape_tell(r->tsconfig, text, document, r->problems);
	cJSON_Delete(document);
	extends_leave(&r->chain, path);
}

static void read_all(struct tsconfig *tsconfig, struct texts *texts, const char *path,
		     struct diags *problems)
{
	struct reader r = {.tsconfig = tsconfig,
			   .texts = texts,
			   .problems = problems,
			   .arena = texts->arena,
			   .path = path,
			   .chain = {.arena = texts->arena,
				     .is_file = is_file,
				     .manifest = read_manifest,
				     .read = read_file,
				     .payload = &r}};

	*tsconfig = (struct tsconfig){.present = true};
	read_file(path, 0, &r);
	settle_paths(&r);
	tsconfig->keeps_imports = r.verbatim || r.imports;
	tsconfig->spells_endings = r.endings || r.rewrites;
	tsconfig->keeps_values = r.verbatim || r.values;
	if (r.chain.circular && problems != NULL) {
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

void tsconfig_read(struct tsconfig *tsconfig, struct texts *texts, struct diags *problems)
{
	*tsconfig = (struct tsconfig){0};
	if (tree_has_entry(&texts->files, TSCONFIG))
		read_all(tsconfig, texts, path_join(texts->arena, texts->files.root, TSCONFIG),
			 problems);
}

void tsconfig_read_other(struct tsconfig *tsconfig, struct texts *texts, const char *path)
{
	read_all(tsconfig, texts, path, NULL);
}
