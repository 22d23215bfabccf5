/* tsconfig.json is read here once more, with other questions than lib/app/tsconfig.c has. What it
 * says is used to ask the compiler the right thing, never to judge: complaints about tsconfig.json
 * are the compiler's.
 *
 * TypeScript 7 knows no ES5, no old module systems and no resolution from before package exports,
 * and its defaults for `strict` and `types` are others than those of version 5, which is what the
 * official CLI checks with. Measured with 7.0.2 and 5.9.3. */
#include "types/program.h"

#include <string.h>
#include <strings.h>

#include "app/extends.h"
#include "app/manifest.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define CONFIGS_MAX 64

/* A value, and the folder its paths are relative to. */
struct setting {
	const cJSON *value;
	const char *folder;
};

struct reader {
	struct arena *arena;
	struct program *program;
	struct map settings; /* "include", "compilerOptions.target" -> struct setting */
	struct extends chain;
	struct bounds bounds;
	struct error shortage; /* the first that was met */
	cJSON *documents[CONFIGS_MAX];
	size_t document_count;
};

/* What version 7 no longer has. */
static const struct {
	const char *option;
	const char *values[5]; /* none: any */
} removed[] = {
	{"target", {"es3", "es5"}},
	{"module", {"none", "amd", "umd", "system"}},
	{"moduleResolution", {"node", "node10", "classic"}},
	{"baseUrl", {NULL}},
	{"outFile", {NULL}},
	{"out", {NULL}},
	{"downlevelIteration", {NULL}},
	{"esModuleInterop", {"false"}},
	{"allowSyntheticDefaultImports", {"false"}},
	{"alwaysStrict", {"false"}},
	{"charset", {NULL}},
	{"importsNotUsedAsValues", {NULL}},
	{"keyofStringsOnly", {NULL}},
	{"noImplicitUseStrict", {NULL}},
	{"noStrictGenericChecks", {NULL}},
	{"preserveValueImports", {NULL}},
	{"suppressExcessPropertyErrors", {NULL}},
	{"suppressImplicitAnyIndexErrors", {NULL}},
};

const char *const program_flags[] = {"--noEmit", "--composite",
				     "false",    "--declaration",
				     "false",    "--declarationMap",
				     "false",    "--declarationDir",
				     "null",     "--emitDeclarationOnly",
				     "false",    "--traceResolution",
				     "false",    "--diagnostics",
				     "false",    "--extendedDiagnostics",
				     "false",    "--listEmittedFiles",
				     "false",    "--explainFiles",
				     "false",    "--outDir",
				     "null",     "--generateTrace",
				     "null",     "--generateCpuProfile",
				     "null",     "--isolatedDeclarations",
				     "false",    NULL};

/* The same in a project file. Whatever writes or prints anything but findings is switched off. */
static const char flags_in_json[] =
	"\"noEmit\": true, \"incremental\": false, \"tsBuildInfoFile\": null, \"composite\": "
	"false, "
	"\"declaration\": false, \"declarationMap\": false, \"declarationDir\": null, "
	"\"emitDeclarationOnly\": false, \"isolatedDeclarations\": false, "
	"\"traceResolution\": false, \"diagnostics\": false, \"extendedDiagnostics\": false, "
	"\"listEmittedFiles\": false, \"explainFiles\": false, \"outDir\": null, "
	"\"generateTrace\": null, "
	"\"generateCpuProfile\": null";

static const struct setting *find(const struct reader *r, const char *name)
{
	return map_get(&r->settings, name);
}

/* NULL when it is not set. */
static const cJSON *value_of(const struct setting *setting)
{
	return setting != NULL ? setting->value : NULL;
}

static const struct setting *find_option(const struct reader *r, const char *name)
{
	return find(r, arena_printf(r->arena, "compilerOptions.%s", name));
}

static const char *text_of(const struct setting *setting)
{
	if (setting == NULL)
		return NULL;
	if (cJSON_IsBool(setting->value))
		return cJSON_IsTrue(setting->value) ? "true" : "false";
	return cJSON_IsString(setting->value) ? setting->value->valuestring : "";
}

static void set(struct reader *r, const char *prefix, const cJSON *value, const char *folder)
{
	const char *name = arena_printf(r->arena, "%s%s", prefix, value->string);
	struct setting *setting;

	if (find(r, name) != NULL)
		return;
	setting = arena_alloc(r->arena, sizeof(*setting));
	*setting = (struct setting){value, folder};
	map_set(&r->settings, name, setting);
}

static bool is_file(const char *path, void *payload)
{
	(void)payload;
	return fs_type(path) == FS_FILE;
}

static cJSON *read_manifest(const char *path, void *payload)
{
	const struct reader *r = payload;
	struct error error = {0};
	size_t len;
	char *text;

	if (fs_type(path) != FS_FILE ||
	    fs_read(r->arena, path, MANIFEST_LIMIT, &text, &len, &error) != 0)
		return NULL;
	return json_parse(text, len, path, NULL, &error);
}

/* The folder in which the file really lies: a configuration package may be a link. */
static const char *folder_of(struct reader *r, const char *path)
{
	struct error error = {0};
	const char *real = fs_real_path(r->arena, path, &error);

	error_keep_shortage(&r->shortage, &error);
	return path_dir(r->arena, real != NULL ? real : path);
}

static void read_file(const char *path, int depth, void *payload)
{
	struct reader *r = payload;
	struct program *program = r->program;
	const char *folder = folder_of(r, path);
	struct error error = {0};
	const cJSON *item;
	cJSON *document;
	const char **slot;
	size_t len, bom;
	char *text;

	if (!extends_enter(&r->chain, path))
		return;
	slot = arena_push(r->arena, &program->configs, &program->config_count, sizeof(*slot));
	*slot = path;
	if (r->document_count == ARRAY_LEN(r->documents) ||
	    bounds_read(&r->bounds, path, &error) != 0 ||
	    fs_read(r->arena, path, MANIFEST_LIMIT, &text, &len, &error) != 0) {
		error_keep_shortage(&r->shortage, &error);
		r->chain.incomplete = true;
		return;
	}
	bom = str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
	document = json_parse_relaxed(text + bom, len - bom, path, NULL, &error);
	if (document == NULL) {
		program->malformed |= depth == 0 && len > bom;
		return;
	}
	r->documents[r->document_count++] = document;
	cJSON_ArrayForEach(item, document)
	{
		if (item->string != NULL && strcmp(item->string, "extends") != 0)
			set(r, "", item, folder);
	}
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(document, "compilerOptions"))
	{
		if (item->string != NULL)
			set(r, "compilerOptions.", item, folder);
	}
	extends_follow(&r->chain, document, folder, depth);
	extends_leave(&r->chain, path);
}

/* `${configDir}` stands for the folder of the outermost tsconfig.json. */
static const char *absolute(const struct reader *r, const char *folder, const char *path)
{
	static const char variable[] = "${configDir}";

	if (!str_starts(path, variable))
		return path_join(r->arena, folder, path);
	path = arena_printf(r->arena, ".%s", path + strlen(variable));
	return path_join(r->arena, r->program->root, path);
}

static const char *find_removed(const struct reader *r)
{
	for (size_t i = 0; i < ARRAY_LEN(removed); i++) {
		const char *value = text_of(find_option(r, removed[i].option));

		if (value == NULL)
			continue;
		if (removed[i].values[0] == NULL)
			return arena_printf(r->arena, "`%s`", removed[i].option);
		for (size_t j = 0; j < ARRAY_LEN(removed[i].values) && removed[i].values[j] != NULL;
		     j++) {
			if (strcasecmp(value, removed[i].values[j]) == 0)
				return arena_printf(r->arena, "`%s` = `%s`", removed[i].option,
						    value);
		}
	}
	return NULL;
}

/* Some options, when left out, mean what version 7 no longer has. */
static const char *find_old(const struct reader *r)
{
	static const char *const with_resolution[] = {"node16", "node18", "node20", "nodenext",
						      "preserve"};
	const char *old = find_removed(r), *module = text_of(find_option(r, "module"));

	if (old != NULL)
		return old;
	if (find_option(r, "target") == NULL)
		return "no `target`, which stands for ES5";
	if (find_option(r, "moduleResolution") != NULL)
		return NULL;
	for (size_t i = 0; module != NULL && i < ARRAY_LEN(with_resolution); i++) {
		if (strcasecmp(module, with_resolution[i]) == 0)
			return NULL;
	}
	return "no `moduleResolution`, which stands for an old one";
}

static void add_outside(struct reader *r, const char *folder, const cJSON *value)
{
	struct program *program = r->program;
	const cJSON *item;
	const char *path, **slot;
	size_t star;

	cJSON_ArrayForEach(item, value) add_outside(r, folder, item);
	if (!cJSON_IsString(value))
		return;
	star = strcspn(value->valuestring, "*?");
	path = absolute(r, folder, arena_strndup(r->arena, value->valuestring, star));
	while (fs_type(path) != FS_DIR)
		path = path_dir(r->arena, path);
	if (path_is_under(path, program->root) || path_is_under(program->root, path))
		return;
	slot = arena_push(r->arena, &program->outside, &program->outside_count, sizeof(*slot));
	*slot = path;
}

static void find_outside(struct reader *r)
{
	static const char *const names[] = {"include",
					    "files",
					    "compilerOptions.paths",
					    "compilerOptions.typeRoots",
					    "compilerOptions.baseUrl",
					    "compilerOptions.rootDirs"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct setting *setting = find(r, names[i]);

		if (setting != NULL)
			add_outside(r, setting->folder, setting->value);
	}
	r->program->mapped = find_option(r, "paths") != NULL || find_option(r, "baseUrl") != NULL ||
			     find_option(r, "rootDirs") != NULL ||
			     find_option(r, "moduleSuffixes") != NULL;
}

/* Whether a pattern takes in the generated declarations, or there are none. */
static bool has_generated(const struct reader *r)
{
	const char *folder = path_join(r->arena, r->program->root, PROGRAM_GENERATED);
	const struct setting *include = find(r, "include");
	const cJSON *item;

	if (fs_type(folder) != FS_DIR)
		return true;
	cJSON_ArrayForEach(item, value_of(include))
	{
		if (cJSON_IsString(item) &&
		    path_is_under(absolute(r, include->folder, item->valuestring), folder))
			return true;
	}
	return false;
}

static void put_patterns(const struct reader *r, struct buf *out, const char *name,
			 const char *usual, const char *more)
{
	const struct setting *setting = find(r, name);
	const char *before = "";
	const cJSON *item;

	if (setting == NULL && usual == NULL && more == NULL)
		return;
	buf_printf(out, ",\n  \"%s\": [", name);
	cJSON_ArrayForEach(item, value_of(setting))
	{
		const char *path;

		if (!cJSON_IsString(item))
			continue;
		path = absolute(r, setting->folder, item->valuestring);
		buf_puts(out, before);
		buf_put_json_string(out, path, strlen(path));
		before = ", ";
	}
	for (int i = 0; i < 2; i++) {
		const char *pattern = i != 0 ? more : setting != NULL ? NULL : usual;

		if (pattern == NULL)
			continue;
		pattern = path_join(r->arena, r->program->root, pattern);
		buf_puts(out, before);
		buf_put_json_string(out, pattern, strlen(pattern));
		before = ", ";
	}
	buf_puts(out, "]");
}

static bool names_config_dir(const cJSON *value)
{
	const cJSON *item;

	if (cJSON_IsString(value))
		return str_starts(value->valuestring, "${configDir}");
	cJSON_ArrayForEach(item, value)
	{
		if (names_config_dir(item))
			return true;
	}
	return false;
}

static void spell_out(const struct reader *r, const char *folder, cJSON *value)
{
	cJSON *item;

	if (cJSON_IsString(value))
		cJSON_SetValuestring(value, absolute(r, folder, value->valuestring));
	cJSON_ArrayForEach(item, value) spell_out(r, folder, item);
}

/* Options with `${configDir}` mean another folder in the project file: they are spelled out. */
static void put_options(const struct reader *r, struct buf *out, bool defaults)
{
	buf_puts(out, ",\n  \"compilerOptions\": {");
	buf_puts(out, defaults ? flags_in_json : "\"noEmit\": true");
	for (size_t i = 0; i < r->settings.count; i++) {
		const char *name = r->settings.entries[i].key;
		const struct setting *setting = r->settings.entries[i].value;
		cJSON *value;

		if (!str_starts(name, "compilerOptions.") || !names_config_dir(setting->value))
			continue;
		name += strlen("compilerOptions.");
		value = cJSON_Duplicate(setting->value, true);
		spell_out(r, setting->folder, value);
		buf_puts(out, ", ");
		buf_put_json_string(out, name, strlen(name));
		buf_puts(out, ": ");
		json_print(out, value, false);
		cJSON_Delete(value);
	}
	if (defaults && find_option(r, "strict") == NULL)
		buf_puts(out, ", \"strict\": false");
	if (defaults && find_option(r, "types") == NULL)
		buf_puts(out, ", \"types\": [\"*\"]");
	buf_puts(out, "}");
}

static const char *make_project(const struct reader *r, bool defaults)
{
	const char *base = path_join(r->arena, r->program->root, "tsconfig.json"), *text;
	const char *more = has_generated(r) ? NULL : PROGRAM_GENERATED "/**/*";
	struct buf out = {0};

	buf_puts(&out, "{\n  \"extends\": ");
	buf_put_json_string(&out, base, strlen(base));
	put_options(r, &out, defaults);
	put_patterns(r, &out, "files", NULL, NULL);
	put_patterns(r, &out, "include", find(r, "files") != NULL ? NULL : "**/*", more);
	put_patterns(r, &out, "exclude", NULL, NULL);
	buf_puts(&out, "\n}\n");
	text = arena_strdup(r->arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

int program_read(struct program *program, struct arena *arena, const char *root,
		 struct error *error)
{
	struct reader r = {.arena = arena,
			   .program = program,
			   .chain = {.arena = arena,
				     .is_file = is_file,
				     .manifest = read_manifest,
				     .read = read_file,
				     .payload = &r}};
	const char *path = path_join(arena, root, "tsconfig.json");
	const char *side_effects;

	*program = (struct program){.root = root};
	if (fs_type(path) != FS_FILE)
		return 0;
	program->present = true;
	bounds_find(&r.bounds, arena, root);
	read_file(path, 0, &r);
	program->circular = r.chain.circular;
	program->incomplete = r.chain.incomplete;
	if (!program->malformed) {
		program->old = find_old(&r);
		side_effects = text_of(find_option(&r, "noUncheckedSideEffectImports"));
		program->side_effects = side_effects != NULL && strcmp(side_effects, "true") == 0;
		find_outside(&r);
		/* References are not inherited: the files of other projects are checked as the
		 * app's imports have them, without outputs of theirs, as in the official CLI. */
		program->old_needed = !has_generated(&r) || find(&r, "references") != NULL;
		program->new_needed = program->old_needed || find_option(&r, "strict") == NULL ||
				      find_option(&r, "types") == NULL;
		program->for_old = make_project(&r, false);
		program->for_new = make_project(&r, true);
	}
	for (size_t i = 0; i < r.document_count; i++)
		cJSON_Delete(r.documents[i]);
	bounds_dispose(&r.bounds);
	map_dispose(&r.settings);
	extends_dispose(&r.chain);
	if (!r.shortage.shortage)
		return 0;
	*error = r.shortage;
	return -1;
}

int program_write(const struct program *program, struct arena *arena, enum program_use use,
		  const char *path, const char **project, struct error *error)
{
	const char *text = use == PROGRAM_OLD ? program->for_old : program->for_new;
	struct error ignored;
	size_t len;
	char *old;

	*project = path_join(arena, program->root, "tsconfig.json");
	if ((use == PROGRAM_OLD && !program->old_needed) ||
	    (use == PROGRAM_NEW && !program->new_needed))
		return 0;
	*project = path;
	if (fs_type(path) == FS_FILE &&
	    fs_read(arena, path, MANIFEST_LIMIT, &old, &len, &ignored) == 0 &&
	    strcmp(old, text) == 0)
		return 0;
	if (bounds_may_write(program->root, path, error) != 0 ||
	    fs_make_dirs(path_dir(arena, path), error) != 0)
		return -1;
	return fs_write_derived(path, text, strlen(text), error);
}
