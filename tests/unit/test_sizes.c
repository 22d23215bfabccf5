/* Sizes of bundles: reading esbuild's account, the table, budgets, the treemap page, sums. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/budget.h"
#include "bundle/bundle.h"
#include "bundle/gzip.h"
#include "bundle/sizes.h"
#include "bundle/treemap.h"

#define META(name, inputs)                                                                         \
	"{\"inputs\":{\"src/a.ts\":{\"bytes\":1}},\"outputs\":{\"" name                            \
	".js.map\":{\"bytes\":9,\"inputs\":{}},\"" name                                            \
	".js\":{\"bytes\":3000,\"inputs\":{" inputs "}}}}"
#define IN(path, bytes) "\"" path "\":{\"bytesInOutput\":" #bytes "}"

static const char client_meta[] =
	META("attio:client",
	     IN("src/a.ts", 1200) "," IN("node_modules/p/i.js", 900) "," IN(
		     "global-externals:attio/client",
		     90) "," IN("src/gone.ts",
				0) "," IN("attio:client",
					  300) "," IN("src/b.ts",
						      200) "," IN("src/c.ts",
								  200) "," IN("src/d.ts", 110));
static const char block_meta[] = META("attio:block", IN("src/x.ts", 10));

static struct bundle items[] = {
	{.path = "index.js", .bytes = "cccccccc", .len = 3000, .meta = client_meta},
	{.path = "workflow/my-block.js",
	 .block = "my-block",
	 .bytes = "b",
	 .len = 12,
	 .meta = block_meta},
};
static const struct bundles bundles = {.items = items, .count = ARRAY_LEN(items)};

static int set_up(void **state)
{
	items[0].meta_len = strlen(client_meta);
	items[1].meta_len = strlen(block_meta);
	*state = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("missing: %s\nin:\n%s", part, text);
}

static struct sizes read_sizes(struct arena *arena)
{
	struct sizes sizes;
	struct error error = {0};

	if (sizes_read(arena, &bundles, false, &sizes, &error))
		fail_msg("%s %s", error.message, error.why);
	return sizes;
}

static void test_read(void **state)
{
	struct sizes sizes = read_sizes(*state);
	const struct bundle_size *client = &sizes.items[0];

	assert_int_equal(sizes.count, 2);
	assert_string_equal(client->name, "client");
	assert_int_equal(client->bytes, 3000);
	assert_int_equal(client->count, 7);
	assert_string_equal(client->modules[0].path, "src/a.ts");
	assert_int_equal(client->modules[0].bytes, 1200);
	assert_false(client->modules[0].generated);
	assert_string_equal(client->modules[1].path, "node_modules/p/i.js");
	assert_true(client->modules[2].generated);
	/* Equal sizes in the order of their names. */
	assert_string_equal(client->modules[3].path, "src/b.ts");
	assert_string_equal(client->modules[4].path, "src/c.ts");
	assert_string_equal(client->modules[6].path, "(attio/client, from the platform)");
	assert_string_equal(sizes.items[1].name, "block my-block");
}

static void test_read_broken(void **state)
{
	struct bundle item = {
		.path = "index.js", .bytes = "", .meta = "{\"outputs\":", .meta_len = 11};
	const struct bundles broken = {.items = &item, .count = 1};
	struct error error = {0};
	struct sizes sizes;

	assert_int_equal(sizes_read(*state, &broken, false, &sizes, &error), -1);
	assert_int_equal(error.kind, ERROR_TOOL);
	/* Without an account there are only bytes. */
	item.meta = NULL;
	assert_int_equal(sizes_read(*state, &broken, false, &sizes, &error), 0);
	assert_int_equal(sizes.items[0].count, 0);
	/* Valid JSON of another shape. */
	item.meta = "[1]";
	item.meta_len = 3;
	assert_int_equal(sizes_read(*state, &broken, false, &sizes, &error), 0);
	assert_int_equal(sizes.items[0].count, 0);
}

static void test_put(void **state)
{
	static const struct {
		size_t bytes;
		const char *text;
	} rows[] = {{0, "0 B"},           {1023, "1023 B"},     {1024, "1.0 KiB"},
		    {100045, "97.7 KiB"}, {1048576, "1.0 MiB"}, {(size_t)5 << 30, "5120.0 MiB"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf buf = {0};

		sizes_put(&buf, rows[i].bytes);
		assert_string_equal(buf_cstr(&buf), rows[i].text);
		buf_dispose(&buf);
	}
}

static void test_table(void **state)
{
	struct past_size before[] = {{"index.js", 2900}, {"workflow/gone.js", 4}};
	struct past_sizes past = {.items = before, .count = ARRAY_LEN(before)};
	const struct past_sizes none = {0};
	struct sizes sizes = read_sizes(*state);
	struct buf out = {0};

	sizes.items[0].gzip = 1024;
	sizes_table(&out, &sizes, &past);
	assert_string_equal(buf_cstr(&out), "bundle             size     gzip  change\n"
					    "client          2.9 KiB  1.0 KiB  +100 B\n"
					    "block my-block     12 B      0 B     new\n"
					    "\nclient\n"
					    "  src/a.ts                          1.2 KiB  40%\n"
					    "  node_modules/p/i.js                 900 B  30%\n"
					    "  (what ties the modules together)    300 B  10%\n"
					    "  src/b.ts                            200 B   7%\n"
					    "  src/c.ts                            200 B   7%\n"
					    "  2 more                              200 B   7%\n"
					    "\nblock my-block\n"
					    "  src/x.ts                10 B  83%\n"
					    "  (added by the bundler)   2 B  17%\n");
	buf_clear(&out);
	sizes_table(&out, &sizes, &none);
	assert_true(strncmp(buf_cstr(&out), "bundle             size     gzip\nclient ", 40) == 0);
	buf_clear(&out);
	before[0].bytes = 3000;
	before[1].path = "workflow/my-block.js";
	sizes_table(&out, &sizes, &past);
	assert_has(buf_cstr(&out), "1.0 KiB    same\n");
	assert_has(buf_cstr(&out), "0 B    +8 B\n");
	buf_dispose(&out);
}

static void test_past(void **state)
{
	static const char *const broken[] = {"",     "\n",          "x",
					     "12",   "12 index.js", "12\n",
					     " a\n", "-1 a\n",      "99999999999999999999999 a\n"};
	struct past_sizes past;
	struct buf out = {0};

	sizes_keep(&out, &bundles);
	sizes_recall(*state, buf_cstr(&out), out.len, &past);
	assert_int_equal(past.count, 2);
	assert_int_equal(past_size_of(&past, "index.js")->bytes, 3000);
	assert_int_equal(past_size_of(&past, "workflow/my-block.js")->bytes, 12);
	assert_null(past_size_of(&past, "server.js"));
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		sizes_recall(*state, broken[i], strlen(broken[i]), &past);
		if (past.count != 0)
			fail_msg("taken: %s", broken[i]);
	}
	/* One bad line does not spoil the others. */
	sizes_recall(*state, "x\n5 a b\n", 8, &past);
	assert_int_equal(past.count, 1);
	assert_string_equal(past.items[0].path, "a b");
	buf_dispose(&out);
}

static void test_metafile(void **state)
{
	struct buf out = {0};
	struct error error = {0};

	(void)state;
	assert_int_equal(sizes_metafile(&out, &bundles, "dist", &error), 0);
	assert_has(buf_cstr(&out), "\"dist/index.js\":{");
	assert_has(buf_cstr(&out), "\"dist/index.js.map\":{");
	assert_has(buf_cstr(&out), "\"dist/workflow/my-block.js\":{");
	assert_has(buf_cstr(&out), "{\"inputs\":{\"src/a.ts\":{\"bytes\":1}},\"outputs\":{");
	buf_dispose(&out);
}

/* --- budgets ---------------------------------------------------------------------------------- */

static void test_budget_parse(void **state)
{
	static const struct {
		const char *words;
		size_t limits[BUDGET_KINDS];
	} rows[] = {
		{"client=1", {1, 0, 0}},
		{"client=300k,server=1m,block=0.5K", {307200, 1048576, 512}},
		{"server=1.5M", {0, 1572864, 0}},
		{"client=1k,client=2k", {2048, 0, 0}},
	};
	static const char *const wrong[] = {"",
					    "client",
					    "client=",
					    "client=k",
					    "client=0",
					    "client=-1",
					    "client=1g",
					    "client=1kb",
					    "client=1.k",
					    "client=.5k",
					    "client=1,",
					    ",client=1",
					    "clients=1",
					    "Client=1",
					    "client =1",
					    "client= 1",
					    "client=1 k",
					    "client=1e3",
					    "client=0x10",
					    "client=inf",
					    "client=0.1",
					    "=1",
					    "block:x=1",
					    "client=1=1",
					    "client=9999999999999m",
					    "client=1..5k"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct budget budget = {0};
		struct error error = {0};

		assert_int_equal(budget_parse(&budget, rows[i].words, &error), 0);
		assert_memory_equal(budget.limits, rows[i].limits, sizeof(budget.limits));
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct budget budget = {0};
		struct error error = {0};

		if (budget_parse(&budget, wrong[i], &error) == 0)
			fail_msg("taken: %s", wrong[i]);
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_true(*error.why && *error.fix);
	}
}

static void test_budget_check(void **state)
{
	struct sizes sizes = read_sizes(*state);
	struct diags diags = {.arena = *state};
	struct budget budget = {0};

	budget.limits[BUDGET_CLIENT] = 3000;
	budget.limits[BUDGET_BLOCK] = 12;
	budget_check(&budget, &sizes, &diags);
	assert_int_equal(diags.count, 0);
	budget.limits[BUDGET_CLIENT] = 2048;
	budget_check(&budget, &sizes, &diags);
	assert_int_equal(diags.count, 1);
	assert_string_equal(diags.items[0].code, "ATT9011");
	assert_int_equal(diags.items[0].severity, SEVERITY_ERROR);
	assert_string_equal(diags.items[0].message,
			    "the client bundle has 2.9 KiB, its budget is 2.0 KiB");
	assert_has(diags.items[0].help, "`src/a.ts` (1.2 KiB), `node_modules/p/i.js` (900 B), "
					"`src/b.ts` (200 B);");
}

/* --- the treemap ------------------------------------------------------------------------------ */

static void check_layout(const size_t *sizes, size_t count)
{
	const struct rect area = {10, 20, 300, 200};
	struct rect rects[64];
	double total = 0;

	for (size_t i = 0; i < count; i++)
		total += (double)sizes[i];
	treemap_layout(sizes, count, area, rects);
	for (size_t i = 0; i < count; i++) {
		const struct rect *r = &rects[i];
		double wanted = (double)sizes[i] / total * area.width * area.height;

		assert_true(fabs(r->width * r->height - wanted) < 0.01);
		assert_true(r->x >= area.x - 1e-6 && r->y >= area.y - 1e-6);
		assert_true(r->x + r->width <= area.x + area.width + 1e-6);
		assert_true(r->y + r->height <= area.y + area.height + 1e-6);
		for (size_t k = 0; k < i; k++) {
			const struct rect *o = &rects[k];

			assert_true(
				r->x >= o->x + o->width - 1e-6 || o->x >= r->x + r->width - 1e-6 ||
				r->y >= o->y + o->height - 1e-6 || o->y >= r->y + r->height - 1e-6);
		}
	}
}

static void test_layout(void **state)
{
	static const size_t paper[] = {6, 6, 4, 3, 2, 2, 1};
	struct rect rects[ARRAY_LEN(paper)];
	size_t many[64];

	(void)state;
	check_layout(paper, ARRAY_LEN(paper));
	check_layout(paper, 1);
	/* The example of the paper: 6 x 4. */
	treemap_layout(paper, ARRAY_LEN(paper), (struct rect){0, 0, 6, 4}, rects);
	assert_true(fabs(rects[0].width - 3) < 1e-9 && fabs(rects[0].height - 2) < 1e-9);
	assert_true(fabs(rects[2].x - 3) < 1e-9 && fabs(rects[2].height - 7.0 / 3) < 1e-9);
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = i < 3 ? (size_t)1000000 >> i : 64 - i;
	check_layout(many, ARRAY_LEN(many));
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = 1;
	check_layout(many, ARRAY_LEN(many));
	treemap_layout(NULL, 0, (struct rect){0, 0, 6, 4}, NULL);
}

static void test_page(void **state)
{
	struct module_size modules[] = {
		{.path = "src/<script>alert(1)</script>.ts", .bytes = 900},
		{.path = "node_modules/@s/n/node_modules/p/\"i\"&'.js", .bytes = 50},
		{.path = "src/\x1b[2J\xff.ts", .bytes = 40},
		{.path = "(x)", .bytes = 5, .generated = true},
	};
	struct bundle_size item = {.bundle = &items[0],
				   .name = "client",
				   .bytes = 1000,
				   .gzip = 300,
				   .modules = modules,
				   .count = ARRAY_LEN(modules)};
	const struct sizes sizes = {.items = &item, .count = 1};
	struct buf page = {0};

	(void)state;
	treemap_page(&page, &sizes, "my <b>app</b>");
	assert_has(buf_cstr(&page), "<title>Bundles of my &#60;b&#62;app&#60;/b&#62;</title>");
	assert_has(buf_cstr(&page), "src/&#60;script&#62;alert(1)&#60;/script&#62;.ts</th>");
	assert_has(buf_cstr(&page), "/&#34;i&#34;&#38;&#39;.js");
	assert_has(buf_cstr(&page), "class=\"g package");
	assert_has(buf_cstr(&page), "title=\"p: 50 B, 5.0%\"");
	assert_has(buf_cstr(&page), "class=\"g generated");
	assert_has(buf_cstr(&page), "role=\"img\" aria-label=\"Treemap of the client bundle");
	assert_has(buf_cstr(&page), "<th scope=\"col\">Module</th>");
	assert_has(buf_cstr(&page), "</html>\n");
	/* Nothing that runs, nothing from elsewhere, nothing that steers a terminal. */
	assert_null(strstr(buf_cstr(&page), "<script"));
	assert_null(strstr(buf_cstr(&page), "http"));
	assert_null(strstr(buf_cstr(&page), "url("));
	assert_null(strchr(buf_cstr(&page), '\x1b'));
	assert_null(strchr(buf_cstr(&page), '\xff'));
	buf_dispose(&page);
}

static void test_gzip(void **state)
{
	size_t len = 300000;
	char *bytes = mem_alloc(len);
	unsigned long bound;
	unsigned char *packed;

	(void)state;
	/* zlib in one piece needs 18 - 6 bytes less around the data than gzip. */
	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)("abcdefgh"[i * i % 7] + (char)(i / 1000 % 3));
	bound = compressBound(len);
	packed = mem_alloc(bound);
	assert_int_equal(compress(packed, &bound, (const unsigned char *)bytes, len), Z_OK);
	assert_int_equal(gzip_size(bytes, len), bound + 12);
	assert_int_equal(gzip_size("", 0), 20);
	mem_free(packed);
	mem_free(bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_read),         TEST(test_read_broken),  TEST(test_put),
		TEST(test_table),        TEST(test_past),         TEST(test_metafile),
		TEST(test_budget_parse), TEST(test_budget_check), TEST(test_layout),
		TEST(test_page),         TEST(test_gzip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
