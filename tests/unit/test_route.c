/* local/route: which row a path leads to, what its captures take, and what is refused how; and that
 * the platform's own table is one that a matcher can work with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/route.h"
#include "local/routes.h"

static const struct route table[] = {
	{.method = "GET", .pattern = "/"},
	{.method = "GET", .pattern = "/things/first"},
	{.method = "GET", .pattern = "/things/{id}"},
	{.method = "DELETE", .pattern = "/things/{id}"},
	{.method = "HEAD", .pattern = "/heads"},
	{.method = "POST", .pattern = "/things/{id}/parts/{part}"},
	{.method = "PUT", .pattern = "/things/{id}/parts/{part}"},
	{.method = "GET", .pattern = "/things/{id}/parts/all/"},
	{.method = "GET", .pattern = "/files/{id}/{path...}"},
};

static void test_what_a_path_leads_to(void **state)
{
	static const struct {
		const char *method;
		const char *path;
		unsigned status;
		int row; /* or -1 */
		const char *values[2];
		const char *allow;
	} rows[] = {
		{"GET", "/", 0, 0, {NULL}, NULL},
		{"HEAD", "/", 0, 0, {NULL}, NULL},
		{"GET", "", 404, -1, {NULL}, NULL},
		{"GET", "*", 404, -1, {NULL}, NULL},
		{"GET", "things/x", 404, -1, {NULL}, NULL},
		{"GET", "http://127.0.0.1/things/x", 404, -1, {NULL}, NULL},
		{"GET", "//", 404, -1, {NULL}, NULL},
		{"GET", "/things", 404, -1, {NULL}, NULL},
		{"GET", "/things/", 0, 2, {""}, NULL},
		{"GET", "/things/x", 0, 2, {"x"}, NULL},
		{"GET", "/thing%73/%78", 0, 2, {"x"}, NULL},
		{"GET", "/Things/x", 404, -1, {NULL}, NULL},
		{"GET", "/things/x/", 404, -1, {NULL}, NULL},
		{"GET", "//things/x", 404, -1, {NULL}, NULL},
		/* A slash that was encoded is one of the segment; what is decoded once stays. */
		{"GET", "/things/a%2Fb", 0, 2, {"a/b"}, NULL},
		{"GET", "/things%2Fx", 404, -1, {NULL}, NULL},
		{"GET", "/things/%252F", 0, 2, {"%2F"}, NULL},
		{"GET", "/things/..", 0, 2, {".."}, NULL},
		{"GET", "/things/a+b", 0, 2, {"a+b"}, NULL},
		{"GET", "/things/%F0%9F%99%82", 0, 2, {"\xf0\x9f\x99\x82"}, NULL},
		{"GET", "/things/{id}", 0, 2, {"{id}"}, NULL},
		{"GET", "/things/%7Bid%7D", 0, 2, {"{id}"}, NULL},
		{"GET", "/things/%", 400, -1, {NULL}, NULL},
		{"GET", "/things/%4", 400, -1, {NULL}, NULL},
		{"GET", "/things/%4/1", 400, -1, {NULL}, NULL},
		{"GET", "/things/%zz", 400, -1, {NULL}, NULL},
		{"GET", "/things/%00", 400, -1, {NULL}, NULL},
		{"GET", "/things/%ff", 400, -1, {NULL}, NULL},
		{"GET", "/things/%C0%80", 400, -1, {NULL}, NULL},
		{"GET", "/things/\xff", 400, -1, {NULL}, NULL},
		/* The first row that fits is the resource, and its methods are all there are. */
		{"GET", "/things/first", 0, 1, {NULL}, NULL},
		{"DELETE", "/things/first", 405, 1, {NULL}, "GET, HEAD"},
		{"DELETE", "/things/x", 0, 3, {"x"}, NULL},
		{"POST", "/things/x", 405, 2, {"x"}, "GET, HEAD, DELETE"},
		{"get", "/things/x", 405, 2, {"x"}, "GET, HEAD, DELETE"},
		{"HEAD", "/heads", 0, 4, {NULL}, NULL},
		{"GET", "/heads", 405, 4, {NULL}, "HEAD"},
		{"POST", "/things/a/parts/b", 0, 5, {"a", "b"}, NULL},
		{"PUT", "/things//parts/", 0, 6, {"", ""}, NULL},
		{"HEAD", "/things/a/parts/b", 405, 5, {"a", "b"}, "POST, PUT"},
		{"GET", "/things/a/parts/all/", 0, 7, {"a"}, NULL},
		{"GET", "/things/a/parts/all", 405, 5, {"a", "all"}, "POST, PUT"},
		{"GET", "/files/a/b", 0, 8, {"a", "b"}, NULL},
		{"GET", "/files/a/", 0, 8, {"a", ""}, NULL},
		{"GET", "/files/a/@b/c%20d//", 0, 8, {"a", "@b/c d//"}, NULL},
		{"GET", "/files/a/b%2Fc", 0, 8, {"a", "b/c"}, NULL},
		{"PUT", "/files/a/b/c", 405, 8, {"a", "b/c"}, "GET, HEAD"},
		{"GET", "/files/a", 404, -1, {NULL}, NULL},
		{"POST", "/things/a/parts/b/c", 404, -1, {NULL}, NULL},
		{"POST", "/things/a/other/b", 404, -1, {NULL}, NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct route_match match;
		int row;

		route_find(table, ARRAY_LEN(table), arena, rows[i].method, rows[i].path, &match);
		row = match.route != NULL ? (int)(match.route - table) : -1;
		if (match.status != rows[i].status || row != rows[i].row ||
		    !str_equal(match.allow, rows[i].allow))
			fail_msg("%s %s: status %u, row %d, allow %s", rows[i].method, rows[i].path,
				 match.status, row, match.allow != NULL ? match.allow : "-");
		for (size_t v = 0; v < 2 && rows[i].values[v] != NULL; v++)
			assert_string_equal(match.values[v], rows[i].values[v]);
	}
	arena_free(arena);
}

static void test_values_by_name(void **state)
{
	struct arena *arena = arena_new();
	struct route_match match;

	(void)state;
	route_find(table, ARRAY_LEN(table), arena, "PUT", "/things/a%20b/parts/c", &match);
	assert_string_equal(route_value(&match, "id"), "a b");
	assert_string_equal(route_value(&match, "part"), "c");
	assert_null(route_value(&match, "par"));
	assert_null(route_value(&match, "parts"));
	assert_null(route_value(&match, ""));
	route_find(table, ARRAY_LEN(table), arena, "GET", "/files/a/b/c", &match);
	assert_string_equal(route_value(&match, "id"), "a");
	assert_string_equal(route_value(&match, "path"), "b/c");
	assert_null(route_value(&match, "pat"));
	arena_free(arena);
}

static double seconds_for(size_t segments)
{
	struct arena *arena = arena_new();
	struct buf path = {0};
	struct route_match match;
	struct timespec from, to;

	for (size_t i = 0; i < segments; i++)
		buf_puts(&path, "/%41");
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	route_find(table, ARRAY_LEN(table), arena, "GET", buf_cstr(&path), &match);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	assert_int_equal(match.status, 404);
	buf_dispose(&path);
	arena_free(arena);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Ten times the path, ten times the work; a hundred times would be a quadratic matcher. */
static void test_a_long_path_costs_what_it_is_long(void **state)
{
	double small = 1;
	double large = 1;

	(void)state;
	for (int i = 0; i < 5; i++) {
		double once = seconds_for(20000);
		double ten = seconds_for(200000);

		small = once < small ? once : small;
		large = ten < large ? ten : large;
	}
	if (large > 40 * small)
		fail_msg("20,000 segments: %.4f s, 200,000: %.4f s", small, large);
}

/* ---- the platform's table ---- */

static void test_the_table_is_well_formed(void **state)
{
	size_t count;
	const struct route *rows = routes_table(&count);

	(void)state;
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		const struct route *row = &rows[i];
		bool keyed = str_starts(row->pattern, "/upload/");

		assert_int_equal(row->pattern[0], '/');
		assert_true(row->method[0] != '\0' &&
			    row->method[strspn(row->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0');
		assert_non_null(row->answer);
		assert_true(row->body_limit > 0);
		assert_true(strlen(row->summary) > 3);
		assert_int_equal(row->access == ROUTE_SIGNED, keyed);
		for (const char *c = row->pattern; *c != '\0'; c++) {
			/* A capture is a whole segment. */
			if (*c == '{')
				assert_true(c[-1] == '/' && strcspn(c, "}") < strcspn(c, "/"));
			if (*c == '}')
				assert_true(c[1] == '/' || c[1] == '\0');
			if (*c == '.')
				assert_true(strspn(c, ".") <= 3 && str_ends(c, ".}"));
		}
		for (size_t j = 0; j < i; j++)
			assert_false(strcmp(row->method, rows[j].method) == 0 &&
				     strcmp(row->pattern, rows[j].pattern) == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_path_leads_to),
		cmocka_unit_test(test_values_by_name),
		cmocka_unit_test(test_a_long_path_costs_what_it_is_long),
		cmocka_unit_test(test_the_table_is_well_formed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
