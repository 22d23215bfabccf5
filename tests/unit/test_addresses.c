/* platform/addresses: which of the three follow from which, and where a token may not go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/addresses.h"

static void test_what_follows(void **state)
{
	static const struct {
		struct addresses_wanted wanted;
		const char *api, *app, *realtime;
		const char *at;
	} rows[] = {
		{{NULL, NULL, NULL},
		 PLATFORM_API_URL,
		 PLATFORM_APP_URL,
		 PLATFORM_REALTIME_URL,
		 NULL},
		{{"https://build.attio.com/api/", NULL, NULL},
		 PLATFORM_API_URL,
		 PLATFORM_APP_URL,
		 PLATFORM_REALTIME_URL,
		 NULL},
		{{"https://Build.Attio.com:443/x", NULL, "wss://c.example"},
		 "https://Build.Attio.com:443/x",
		 PLATFORM_APP_URL,
		 "wss://c.example",
		 NULL},
		{{"https://build.attio.com:444/api", "https://app.attio.com", NULL},
		 "https://build.attio.com:444/api",
		 "https://app.attio.com",
		 "wss://build.attio.com:444",
		 "https://build.attio.com:444,https://app.attio.com"},
		{{"https://build.attio.com.example/api", NULL, NULL},
		 "https://build.attio.com.example/api",
		 "https://build.attio.com.example",
		 "wss://build.attio.com.example",
		 "https://build.attio.com.example"},
		{{"https://a.example/x/api//", NULL, NULL},
		 "https://a.example/x/api",
		 "https://a.example",
		 "wss://a.example",
		 "https://a.example"},
		{{"http://127.0.0.1:81/api", NULL, NULL},
		 "http://127.0.0.1:81/api",
		 "http://127.0.0.1:81",
		 "ws://127.0.0.1:81",
		 "http://127.0.0.1:81"},
		{{"http://[::1]:81/api", NULL, NULL},
		 "http://[::1]:81/api",
		 "http://[::1]:81",
		 "ws://[::1]:81",
		 "http://[::1]:81"},
		{{"http://localhost/api", "https://b.example/", "wss://c.example/d/"},
		 "http://localhost/api",
		 "https://b.example",
		 "wss://c.example/d",
		 "http://localhost,https://b.example"},
		{{NULL, "http://localhost:1", NULL},
		 PLATFORM_API_URL,
		 "http://localhost:1",
		 PLATFORM_REALTIME_URL,
		 "https://build.attio.com,http://localhost:1"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct addresses addresses;
		struct error error = {0};

		assert_int_equal(addresses_choose(arena, &rows[i].wanted, &addresses, &error), 0);
		assert_string_equal(addresses.api.url, rows[i].api);
		assert_string_equal(addresses.app.url, rows[i].app);
		assert_string_equal(addresses.realtime.url, rows[i].realtime);
		assert_int_equal(addresses.at == NULL, rows[i].at == NULL);
		if (rows[i].at != NULL)
			assert_string_equal(addresses.at, rows[i].at);
	}
	arena_free(arena);
}

static void test_what_is_refused(void **state)
{
	static const char *const http[] = {
		"",
		"build.attio.com",
		"ftp://example.com/api",
		"ws://127.0.0.1",
		"http://example.com/api",
		"http://127.0.0.1.example.com/api",
		"http://localhost.example.com",
		"https://a:b@example.com/api",
		"https://example.com/api?x=1",
		"https://example.com/#x",
		"https://",
		" https://example.com",
	};
	static const char *const realtime[] = {
		"https://example.com",   "ws://example.com",       "wss://a@example.com", "wss://",
		"wss://example.com?x=1", "main.realtime.ably.net",
	};
	struct arena *arena = arena_new();
	struct addresses addresses;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(http); i++) {
		const struct addresses_wanted api = {.api = http[i]}, app = {.app = http[i]};
		struct error error = {0};

		assert_int_equal(addresses_choose(arena, &api, &addresses, &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_non_null(strstr(error.fix, "ATTIO_API_URL") != NULL
					? strstr(error.fix, "ATTIO_API_URL")
					: strstr(error.message, "ATTIO_API_URL"));
		assert_int_equal(addresses_choose(arena, &app, &addresses, &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
	}
	for (size_t i = 0; i < ARRAY_LEN(realtime); i++) {
		const struct addresses_wanted wanted = {.realtime = realtime[i]};
		struct error error = {0};

		assert_int_equal(addresses_choose(arena, &wanted, &addresses, &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_follows),
		cmocka_unit_test(test_what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
