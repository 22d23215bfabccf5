/* platform/errand: what is said to the process that sends a request, and what it leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/errand.h"
#include "sys/fs.h"

static const char body[] = "{\"client_bundle_upload_url\":\"https://a.example/?sig=hush\"}";

static void put_body(struct http_response *response)
{
	buf_puts(&response->body, body);
	buf_putc(&response->body, '\0');
}

static void an_errand_reads_as_it_was_put(void **state)
{
	const char *const headers[] = {"A: b", "Authorization: Bearer \"q\"", NULL};
	const struct errand put = {
		.request = {.method = "POST",
			    .url = "https://a/b",
			    .headers = headers,
			    .body = "{}"},
		.timeout = 30,
		.proxy = "http://p:1",
		.secret = "token",
		.path = "/tmp/x",
	};
	struct arena *arena = arena_new();
	struct errand read;
	struct error error = {0};
	struct buf text = {0};

	(void)state;
	errand_put(&text, &put);
	assert_int_equal(errand_read(&read, arena, text.ptr, text.len, &error), 0);
	assert_string_equal(read.request.method, "POST");
	assert_string_equal(read.request.url, "https://a/b");
	assert_string_equal(read.request.headers[1], headers[1]);
	assert_null(read.request.headers[2]);
	assert_int_equal(read.request.body_len, 2);
	assert_false(read.request.retry);
	assert_int_equal(read.timeout, 30);
	assert_null(read.ca_file);
	assert_string_equal(read.proxy, "http://p:1");
	/* Whoever was killed while it wrote has asked for nothing. */
	for (size_t len = 0; len < text.len - 1; len++)
		assert_int_equal(errand_read(&read, arena, text.ptr, len, &error), -1);
	buf_dispose(&text);
	arena_free(arena);
}

static void a_renewal_needs_a_place_and_no_request(void **state)
{
	const struct errand put = {
		.place = VAULT_KEYCHAIN, .timeout = 30, .secret = "{}", .path = NULL};
	static const char *const bad[] = {
		"{\"renew\":\"cellar\",\"timeout\":1,\"secret\":\"s\"}",
		"{\"renew\":\"nowhere\",\"timeout\":1,\"secret\":\"s\"}",
		"{\"renew\":\"file\",\"timeout\":1}",
		"{\"renew\":\"file\",\"timeout\":0,\"secret\":\"s\"}",
	};
	struct arena *arena = arena_new();
	struct errand read;
	struct error error = {0};
	struct buf text = {0};

	(void)state;
	errand_put(&text, &put);
	assert_int_equal(errand_read(&read, arena, text.ptr, text.len, &error), 0);
	assert_int_equal(read.place, VAULT_KEYCHAIN);
	assert_string_equal(read.secret, "{}");
	assert_null(read.path);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(errand_read(&read, arena, bad[i], strlen(bad[i]), &error), -1);
	buf_dispose(&text);
	arena_free(arena);
}

static void news_read_as_they_were_put(void **state)
{
	struct arena *arena = arena_new();
	struct errand_news put[6] = {{.ready = true}, {.notice = "again"}}, read;
	struct buf text = {0};

	(void)state;
	put[2].response = (struct http_response){.status = 201, .retry_after = 3, .date = 5};
	put_body(&put[2].response);
	error_set(&put[3].error, ERROR_NETWORK, "no");
	put[3].error.lasting = true;
	put[4].warning = "mind";
	put[5].credential = "{}";
	for (size_t i = 0; i < 6; i++) {
		buf_clear(&text);
		errand_put_news(&text, &put[i]);
		assert_int_equal(text.ptr[text.len - 1], '\n');
		assert_int_equal(errand_read_news(&read, arena, text.ptr, text.len - 1), 0);
		assert_int_equal(read.ready, put[i].ready);
		assert_int_equal(read.response.status, put[i].response.status);
		assert_int_equal(read.response.retry_after, put[i].response.retry_after);
		assert_int_equal(read.response.body.len, put[i].response.body.len);
		assert_int_equal(read.error.kind, put[i].error.kind);
		assert_int_equal(read.error.lasting, put[i].error.lasting);
		assert_string_equal(read.error.message, put[i].error.message);
		assert_true(str_equal(read.notice, put[i].notice));
		assert_true(str_equal(read.warning, put[i].warning));
		assert_true(str_equal(read.credential, put[i].credential));
		http_response_dispose(&read.response);
	}
	assert_int_equal(errand_read_news(&read, arena, "{}", 2), -1);
	assert_int_equal(errand_read_news(&read, arena, "{\"response\":{\"status\":200}}", 27), -1);
	http_response_dispose(&put[2].response);
	buf_dispose(&text);
	arena_free(arena);
}

static void an_answer_is_read_with_its_secret_alone(void **state)
{
	struct arena *arena = arena_new();
	struct http_response put = {.status = 200}, read;
	struct error error = {0};
	const char *path;
	char *folder, *text;
	struct stat facts;
	size_t len;

	(void)state;
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-test-errand-", &folder, &error), 0);
	path = arena_printf(arena, "%s/answer", folder);
	assert_false(errand_kept(&read, arena, path, "token"));
	put_body(&put);
	assert_int_equal(errand_keep(path, "token", &put, &error), 0);
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0600);
	assert_int_equal(fs_read(arena, path, 1 << 20, &text, &len, &error), 0);
	assert_null(strstr(text, "hush"));
	assert_false(errand_kept(&read, arena, path, "another"));
	assert_true(errand_kept(&read, arena, path, "token"));
	assert_int_equal(read.body.len, put.body.len);
	assert_memory_equal(read.body.ptr, put.body.ptr, put.body.len);
	http_response_dispose(&read);
	errand_forget(path);
	assert_false(errand_kept(&read, arena, path, "token"));
	http_response_dispose(&put);
	assert_int_equal(fs_remove_tree(folder, &error), 0);
	arena_free(arena);
}

static void one_holds_the_lock(void **state)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	const char *path;
	char *folder;
	int first, second;

	(void)state;
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-test-errand-", &folder, &error), 0);
	path = arena_printf(arena, "%s/answer", folder);
	first = errand_lock(path);
	assert_true(first >= 0);
	assert_int_equal(errand_lock(path), -1);
	close(first);
	second = errand_lock(path);
	assert_true(second >= 0);
	close(second);
	assert_int_equal(errand_lock("/nowhere/at/all"), -1);
	assert_int_equal(fs_remove_tree(folder, &error), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_errand_reads_as_it_was_put),
		cmocka_unit_test(a_renewal_needs_a_place_and_no_request),
		cmocka_unit_test(news_read_as_they_were_put),
		cmocka_unit_test(an_answer_is_read_with_its_secret_alone),
		cmocka_unit_test(one_holds_the_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
