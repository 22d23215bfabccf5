/* See build_report.h. The sizes of the last build are a file in the cache: without it there is
 * nothing to compare with, which is no error. */
#include "cli/build_report.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/sha256.h"
#include "bundle/gzip.h"
#include "bundle/treemap.h"
#include "cli/building.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "sys/cache.h"
#include "sys/fs.h"
#include "sys/path.h"

#define SIZES_LIMIT ((size_t)1 << 20)

/* --- the last build ----------------------------------------------------------------------------
 */

/* One file for each output folder: an app may be built into several. */
static const char *sizes_path(struct cli *cli, const struct build_report *report,
			      const struct app *app)
{
	const char *cache = project_cache(cli, app->root);

	return cache != NULL ? cache_file_of(cli->arena, cache, "sizes/", report->out) : NULL;
}

void build_report_recall(struct cli *cli, struct build_report *report, const struct app *app)
{
	const char *path = sizes_path(cli, report, app);
	struct error ignored;
	char *text;
	size_t len;

	report->past = (struct past_sizes){0};
	if (path != NULL && fs_type(path) == FS_FILE &&
	    fs_read(cli->arena, path, SIZES_LIMIT, &text, &len, &ignored) == 0)
		sizes_recall(cli->arena, text, len, &report->past);
}

static bool is_same(const struct past_sizes *past, const struct bundles *bundles)
{
	bool same = past->count == bundles->count;

	for (size_t i = 0; same && i < bundles->count; i++)
		same = past->items[i].bytes == bundles->items[i].len &&
		       strcmp(past->items[i].path, bundles->items[i].path) == 0;
	return same;
}

static void keep(struct cli *cli, const struct build_report *report, const struct app *app,
		 const struct built *built)
{
	const char *path = sizes_path(cli, report, app);
	struct buf text = {0};

	if (path == NULL || is_same(&report->past, &built->bundles))
		return;
	sizes_keep(&text, &built->bundles);
	fs_write_cache(path, buf_cstr(&text), text.len);
	buf_dispose(&text);
}

/* --- words -------------------------------------------------------------------------------------
 */

void build_report_line(struct buf *text, const struct built *built)
{
	size_t blocks = 0, block_bytes = 0;

	for (size_t i = 0; i < built->bundles.count; i++) {
		const struct bundle *bundle = &built->bundles.items[i];

		if (bundle->block != NULL) {
			blocks++;
			block_bytes += bundle->len;
			continue;
		}
		buf_puts(text, i > 0 ? ", server " : "client ");
		sizes_put(text, bundle->len);
	}
	if (blocks > 0) {
		buf_printf(text, ", %zu block%s ", blocks, blocks == 1 ? "" : "s");
		sizes_put(text, block_bytes);
	}
}

static void add_gzip(struct built *built)
{
	for (size_t i = 0; i < built->sizes.count; i++) {
		struct bundle_size *size = &built->sizes.items[i];

		if (size->gzip == 0)
			size->gzip = gzip_size(size->bundle->bytes, size->bundle->len);
	}
}

/* --- JSON --------------------------------------------------------------------------------------
 */

static void add_modules(cJSON *item, const struct bundle_size *size)
{
	cJSON *modules = cJSON_AddArrayToObject(item, "modules");

	for (size_t i = 0; i < size->count; i++) {
		cJSON *module = cJSON_CreateObject();

		cJSON_AddStringToObject(module, "path", size->modules[i].path);
		cJSON_AddNumberToObject(module, "bytes", (double)size->modules[i].bytes);
		cJSON_AddBoolToObject(module, "generated", size->modules[i].generated);
		cJSON_AddItemToArray(modules, module);
	}
}

static cJSON *output_json(const struct bundle *bundle)
{
	cJSON *item = cJSON_CreateObject();
	char sum[SHA256_TEXT_SIZE];

	cJSON_AddStringToObject(item, "path", bundle->path);
	if (bundle->block != NULL)
		cJSON_AddStringToObject(item, "block", bundle->block);
	cJSON_AddNumberToObject(item, "bytes", (double)bundle->len);
	cJSON_AddNumberToObject(item, "gzip", (double)gzip_size(bundle->bytes, bundle->len));
	sha256_text(bundle->bytes, bundle->len, sum);
	cJSON_AddStringToObject(item, "sha256", sum);
	return item;
}

static void add_map(cJSON *item, const struct bundle *bundle, struct cli *cli)
{
	cJSON *map;

	if (bundle->map == NULL)
		return;
	map = cJSON_AddObjectToObject(item, "map");
	cJSON_AddStringToObject(map, "path", arena_printf(cli->arena, "%s.map", bundle->path));
	cJSON_AddNumberToObject(map, "bytes", (double)bundle->map_len);
}

void build_report_types(struct cJSON *document, const struct built *built)
{
	const struct typecheck_result *checked = &built->checked;
	cJSON *types = cJSON_AddObjectToObject(document, "types");

	cJSON_AddBoolToObject(types, "checked", checked->checked);
	cJSON_AddBoolToObject(types, "kept", checked->kept);
	if (checked->version == NULL)
		return;
	cJSON_AddStringToObject(types, "compiler", checked->own_compiler ? "app" : "shipped");
	cJSON_AddStringToObject(types, "version", checked->version);
}

void build_report_json(struct cli *cli, struct cJSON *document, const struct build_report *report,
		       const struct built *built)
{
	/* What a budget refused is what who asks for sizes wants to see. */
	size_t shown = built->bundles.count + (report->table ? built->over_budget : 0);
	cJSON *outputs;

	cJSON_AddStringToObject(document, "out", report->out);
	build_report_types(document, built);
	outputs = cJSON_AddArrayToObject(document, "outputs");
	for (size_t i = 0; i < shown; i++) {
		const struct bundle *bundle = &built->bundles.items[i];
		const struct past_size *before = past_size_of(&report->past, bundle->path);
		cJSON *item = output_json(bundle);

		add_map(item, bundle, cli);
		if (report->table && before != NULL)
			cJSON_AddNumberToObject(item, "previous", (double)before->bytes);
		if (report->table && i < built->sizes.count)
			add_modules(item, &built->sizes.items[i]);
		if (i >= built->bundles.count)
			cJSON_AddFalseToObject(item, "written");
		cJSON_AddItemToArray(outputs, item);
	}
}

/* --- giving ------------------------------------------------------------------------------------
 */

static int write_treemap(const struct build_report *report, const struct app *app,
			 struct built *built, struct error *error)
{
	const char *name = app->manifest.name != NULL ? app->manifest.name : path_base(app->root);
	struct buf page = {0};

	add_gzip(built);
	treemap_page(&page, &built->sizes, name);
	int result = fs_write_atomic(report->treemap, buf_cstr(&page), page.len, 0666, error);
	buf_dispose(&page);
	return result;
}

static int write_metafile(struct cli *cli, const struct build_report *report, const struct app *app,
			  const struct built *built, struct error *error)
{
	struct bundles bundles = built->bundles;
	struct buf text = {0};

	bundles.count += built->over_budget;
	int result = sizes_metafile(&text, &bundles,
				    path_relative(cli->arena, app->root, report->out), error);

	if (result == 0)
		result = fs_write_atomic(report->metafile, buf_cstr(&text), text.len, 0666, error);
	buf_dispose(&text);
	return result;
}

int build_report_write(struct cli *cli, const struct build_report *report, const struct app *app,
		       struct built *built, struct error *error)
{
	if (built->over_budget == 0)
		keep(cli, report, app, built);
	if (report->treemap != NULL && write_treemap(report, app, built, error) != 0)
		return -1;
	if (report->metafile != NULL && write_metafile(cli, report, app, built, error) != 0)
		return -1;
	return 0;
}

void build_report_table(struct cli *cli, const struct build_report *report, struct built *built)
{
	struct buf table = {0};

	add_gzip(built);
	sizes_table(&table, &built->sizes, &report->past);
	fwrite(buf_cstr(&table), 1, table.len, cli->out);
	buf_dispose(&table);
}
