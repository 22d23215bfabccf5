/* See treemap.h. The layout is the squarified one (Bruls, Huizing, van Wijk, 2000): rows are filled
 * along the shorter side as long as that makes the worst rectangle better.
 *
 * Modules are grouped by package or folder, so there are two levels: groups in the map, modules in
 * the group. All coordinates are percentages, so the page fits any width. Who cannot see the map
 * has the table below it, with the same numbers. */
#include "bundle/treemap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "bundle/sizes.h"
#include "sys/path.h"

/* Of a map, in units that are about pixels on a usual screen. */
enum { MAP_WIDTH = 1100, MAP_HEIGHT = 560, HEADER = 22 };

/* --- layout ------------------------------------------------------------------------------------
 */

/* How far from a square the worst of a row is: its areas sum up to `sum`, the extremes are given,
 * and it lies along a side of this length. */
static double worst(double sum, double largest, double smallest, double side)
{
	double a = side * side * largest / (sum * sum);
	double b = sum * sum / (side * side * smallest);

	return a > b ? a : b;
}

/* Puts sizes first..last-1 in a strip along the shorter side and cuts it off the area. */
static void put_strip(const size_t *sizes, size_t first, size_t last, double scale, double sum,
		      struct rect *area, struct rect *rects)
{
	bool upright = area->width >= area->height; /* a column at the left */
	double side = upright ? area->height : area->width;
	double thickness = side > 0 ? sum / side : 0;
	double at = upright ? area->y : area->x;

	for (size_t i = first; i < last; i++) {
		double length = thickness > 0 ? (double)sizes[i] * scale / thickness : 0;

		rects[i] = upright ? (struct rect){area->x, at, thickness, length}
				   : (struct rect){at, area->y, length, thickness};
		at += length;
	}
	if (upright) {
		area->x += thickness;
		area->width -= thickness;
	} else {
		area->y += thickness;
		area->height -= thickness;
	}
}

void treemap_layout(const size_t *sizes, size_t count, struct rect area, struct rect *rects)
{
	double total = 0, scale;

	for (size_t i = 0; i < count; i++)
		total += (double)sizes[i];
	scale = total > 0 ? area.width * area.height / total : 0;
	for (size_t first = 0, last; first < count; first = last) {
		double side = area.width < area.height ? area.width : area.height;
		double sum = (double)sizes[first] * scale;
		double largest = sum;

		for (last = first + 1; last < count; last++) {
			double next = (double)sizes[last] * scale;

			if (worst(sum + next, largest, next, side) >
			    worst(sum, largest, (double)sizes[last - 1] * scale, side))
				break;
			sum += next;
		}
		put_strip(sizes, first, last, scale, sum, &area, rects);
	}
}

/* --- groups ------------------------------------------------------------------------------------
 */

enum kind { KIND_APP, KIND_PACKAGE, KIND_GENERATED };

struct group {
	const char *name;
	enum kind kind;
	size_t bytes;
	const struct module_size **modules; /* the largest first */
	size_t count;
};

struct groups {
	struct arena *arena;
	struct group **items;
	size_t count;
	struct map by_name;
};

static const char *last_packages(const char *path)
{
	static const char folder[] = "node_modules/";
	const char *found = NULL;

	for (const char *at = path; (at = strstr(at, folder)) != NULL; at += sizeof(folder) - 1)
		found = at + sizeof(folder) - 1;
	return found;
}

static const char *group_name(struct arena *arena, const struct module_size *module,
			      enum kind *kind)
{
	const char *package = last_packages(module->path);

	*kind = KIND_GENERATED;
	if (module->generated)
		return "generated";
	*kind = KIND_APP;
	if (package == NULL)
		return path_dir(arena, module->path);
	*kind = KIND_PACKAGE;
	const char *end = strchr(package, '/');
	if (*package == '@' && end != NULL)
		end = strchr(end + 1, '/');
	return end != NULL ? arena_strndup(arena, package, (size_t)(end - package)) : package;
}

static void add_module(struct groups *groups, const struct module_size *module)
{
	enum kind kind;
	const char *name = group_name(groups->arena, module, &kind);
	const char *key = arena_printf(groups->arena, "%d %s", (int)kind, name);
	struct group *group = map_get(&groups->by_name, key);
	const struct module_size **slot;

	if (group == NULL) {
		struct group **item =
			arena_push(groups->arena, &groups->items, &groups->count, sizeof(*item));
		*item = group = arena_alloc(groups->arena, sizeof(*group));
		group->name = name;
		group->kind = kind;
		map_set(&groups->by_name, key, group);
	}
	group->bytes += module->bytes;
	slot = arena_push(groups->arena, &group->modules, &group->count, sizeof(*slot));
	*slot = module;
}

static int by_bytes(const void *a, const void *b)
{
	const struct group *x = *(struct group *const *)a, *y = *(struct group *const *)b;

	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void make_groups(struct groups *groups, struct arena *arena, const struct bundle_size *size)
{
	*groups = (struct groups){.arena = arena};
	for (size_t i = 0; i < size->count; i++)
		add_module(groups, &size->modules[i]);
	if (groups->count > 1)
		qsort(groups->items, groups->count, sizeof(struct group *), by_bytes);
	map_dispose(&groups->by_name);
}

/* --- the page ----------------------------------------------------------------------------------
 */

/* Text and attribute values alike. */
static void put_text(struct buf *out, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len;) {
		uint32_t code_point;
		bool valid;
		size_t bytes = utf8_decode(text + i, len - i, &code_point, &valid);

		if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0))
			buf_put_char(out, 0xfffd);
		else if (code_point == '<' || code_point == '>' || code_point == '&' ||
			 code_point == '"' || code_point == '\'')
			buf_printf(out, "&#%u;", (unsigned)code_point);
		else
			buf_put_char(out, code_point);
		i += bytes;
	}
}

static const char style[] =
	":root{color-scheme:light dark;--app:#cfe3ff;--app-ink:#0b2545;--package:#ffe0b8;"
	"--package-ink:#4a2a00;--generated:#e4e4e4;--generated-ink:#2b2b2b;--line:#00000040}\n"
	"@media (prefers-color-scheme:dark){:root{--app:#173a66;--app-ink:#e3efff;"
	"--package:#5c3a0c;--package-ink:#fff0da;--generated:#3d3d3d;--generated-ink:#f0f0f0;"
	"--line:#ffffff40}}\n"
	"body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;"
	"max-width:1100px}\n"
	"h1{font-size:1.5rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}\n"
	"h2 small{font-weight:normal;font-size:1rem}\n"
	".map{position:relative;width:100%;aspect-ratio:1100/560}\n"
	".map div{position:absolute;box-sizing:border-box;overflow:hidden;white-space:nowrap;"
	"text-overflow:ellipsis;font-size:12px;line-height:16px;border:1px solid var(--line)}\n"
	".map .g{padding:2px 4px;border-radius:3px}.map .in{inset:20px 2px 2px;border:0}\n"
	".map .bare .in{inset:0}.map .m{padding:1px 3px}\n"
	".app{background:var(--app);color:var(--app-ink)}\n"
	".package{background:var(--package);color:var(--package-ink)}\n"
	".generated{background:var(--generated);color:var(--generated-ink)}\n"
	".key{display:inline-block;padding:0 .5em;margin-right:.5em;border-radius:3px}\n"
	"summary{cursor:pointer;margin:.75rem 0}table{border-collapse:collapse;width:100%}\n"
	"caption{text-align:left;padding:.25rem 0}"
	"th,td{text-align:left;padding:.2rem .75rem .2rem 0;border-bottom:1px solid var(--line);"
	"overflow-wrap:anywhere}\n"
	".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n";

static const char *const kinds[] = {"app", "package", "generated"};

static void put_box(struct buf *out, const struct rect *rect, double width, double height)
{
	buf_printf(out, " style=\"left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%\"",
		   100 * rect->x / width, 100 * rect->y / height, 100 * rect->width / width,
		   100 * rect->height / height);
}

static void put_amount(struct buf *out, size_t bytes, size_t whole)
{
	sizes_put(out, bytes);
	buf_printf(out, ", %.1f%%", whole > 0 ? 100 * (double)bytes / (double)whole : 0.0);
}

/* What is smaller than about a pixel would only cost bytes. */
static bool is_visible(const struct rect *rect)
{
	return rect->width >= 0.8 && rect->height >= 0.8;
}

static void put_group(struct buf *out, struct arena *arena, const struct group *group,
		      const struct rect *rect, size_t whole)
{
	bool named = rect->width >= 48 && rect->height >= 44;
	double width = rect->width - (named ? 4 : 0);
	double height = rect->height - (named ? HEADER : 0);
	size_t *sizes = arena_alloc(arena, group->count * sizeof(*sizes));
	struct rect *rects = arena_alloc(arena, group->count * sizeof(*rects));

	buf_printf(out, "<div class=\"g %s%s\"", kinds[group->kind], named ? "" : " bare");
	put_box(out, rect, MAP_WIDTH, MAP_HEIGHT);
	buf_puts(out, " title=\"");
	put_text(out, group->name);
	buf_puts(out, ": ");
	put_amount(out, group->bytes, whole);
	buf_puts(out, "\">");
	/* Folders of one kind differ in their last part. */
	if (named)
		put_text(out, group->kind == KIND_APP ? path_base(group->name) : group->name);
	buf_puts(out, "<div class=\"in\">");
	for (size_t i = 0; i < group->count; i++)
		sizes[i] = group->modules[i]->bytes;
	treemap_layout(sizes, group->count, (struct rect){0, 0, width, height}, rects);
	for (size_t i = 0; i < group->count; i++) {
		if (!is_visible(&rects[i]))
			continue;
		buf_puts(out, "<div class=\"m\"");
		put_box(out, &rects[i], width, height);
		buf_puts(out, " title=\"");
		put_text(out, group->modules[i]->path);
		buf_puts(out, ": ");
		put_amount(out, group->modules[i]->bytes, whole);
		buf_puts(out, "\">");
		if (rects[i].width >= 30 && rects[i].height >= 16)
			put_text(out, group->modules[i]->generated
					      ? group->modules[i]->path
					      : path_base(group->modules[i]->path));
		buf_puts(out, "</div>");
	}
	buf_puts(out, "</div></div>\n");
}

static void put_map(struct buf *out, struct arena *arena, const struct bundle_size *size)
{
	struct groups groups;
	size_t *sizes;
	struct rect *rects;

	make_groups(&groups, arena, size);
	sizes = arena_alloc(arena, groups.count * sizeof(*sizes));
	rects = arena_alloc(arena, groups.count * sizeof(*rects));
	for (size_t i = 0; i < groups.count; i++)
		sizes[i] = groups.items[i]->bytes;
	treemap_layout(sizes, groups.count, (struct rect){0, 0, MAP_WIDTH, MAP_HEIGHT}, rects);
	buf_puts(out, "<div class=\"map\" role=\"img\" aria-label=\"Treemap of the ");
	put_text(out, size->name);
	buf_puts(out, " bundle; the table below has the same numbers\">\n");
	for (size_t i = 0; i < groups.count; i++) {
		if (is_visible(&rects[i]))
			put_group(out, arena, groups.items[i], &rects[i], size->bytes);
	}
	buf_puts(out, "</div>\n");
}

static void put_table(struct buf *out, const struct bundle_size *size)
{
	buf_printf(out, "<details><summary>%zu module%s as a table</summary>\n<table>\n<caption>",
		   size->count, size->count == 1 ? "" : "s");
	buf_puts(out, "Modules of the ");
	put_text(out, size->name);
	buf_puts(out, " bundle, the largest first</caption>\n"
		      "<thead><tr><th scope=\"col\">Module</th><th scope=\"col\" class=\"n\">"
		      "Bytes</th><th scope=\"col\" class=\"n\">Share</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < size->count; i++) {
		const struct module_size *module = &size->modules[i];

		buf_puts(out, "<tr><th scope=\"row\">");
		put_text(out, module->path);
		buf_printf(out, "</th><td class=\"n\">%zu</td><td class=\"n\">%.1f%%</td></tr>\n",
			   module->bytes,
			   size->bytes > 0 ? 100 * (double)module->bytes / (double)size->bytes : 0);
	}
	buf_puts(out, "</tbody></table></details>\n");
}

void treemap_page(struct buf *out, const struct sizes *sizes, const char *title)
{
	struct arena *arena = arena_new();

	buf_puts(out,
		 "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Bundles of ");
	put_text(out, title);
	buf_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>Bundles of ",
		   style);
	put_text(out, title);
	buf_puts(out, "</h1>\n<p><span class=\"key app\">code of the app</span>"
		      "<span class=\"key package\">packages</span>"
		      "<span class=\"key generated\">generated</span>"
		      "Areas are in proportion to the bytes in the bundle.</p>\n");
	for (size_t i = 0; i < sizes->count; i++) {
		const struct bundle_size *size = &sizes->items[i];

		buf_puts(out, "<section>\n<h2>");
		put_text(out, size->name);
		buf_puts(out, " <small>");
		sizes_put(out, size->bytes);
		if (size->gzip > 0) {
			buf_puts(out, ", gzip ");
			sizes_put(out, size->gzip);
		}
		buf_puts(out, "</small></h2>\n");
		put_map(out, arena, size);
		put_table(out, size);
		buf_puts(out, "</section>\n");
	}
	buf_puts(out, "</main>\n</body>\n</html>\n");
	arena_free(arena);
}
