/* The protocol of the log service: messages in, what is to be done out. */
#include "platform/realtime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"

#define ENTER                                                                                      \
	"send {\"action\":14,\"channel\":\"ch\",\"msgSerial\":0,\"presence\":[{\"action\":2}]}\n"

/* All that is to be done, a line each. */
static const char *done(struct realtime *realtime, struct buf *out)
{
	struct realtime_event event;

	buf_clear(out);
	while (realtime_next(realtime, &event))
		switch (event.kind) {
		case REALTIME_SEND:
			buf_printf(out, "send %s\n", event.text);
			break;
		case REALTIME_ENTRY:
			buf_printf(out, "entry %d %s %s\n", event.level, event.time, event.text);
			break;
		case REALTIME_READY:
			buf_puts(out, event.gap ? "ready gap\n" : "ready\n");
			break;
		case REALTIME_RENEW:
			buf_puts(out, "renew\n");
			break;
		case REALTIME_AGAIN:
			buf_printf(out, "again%s %d %s\n", event.token ? " token" : "",
				   realtime->error.kind, realtime->error.message);
			break;
		case REALTIME_REFUSED:
			buf_printf(out, "refused %d %s: %s\n", realtime->error.kind,
				   realtime->error.message, realtime->error.why);
			break;
		case REALTIME_LEFT:
			buf_puts(out, "left\n");
			break;
		case REALTIME_NOTHING:
			buf_puts(out, "nothing\n");
			break;
		}
	return buf_cstr(out);
}

struct box {
	struct realtime realtime;
	struct buf out;
};

static const char *take(struct box *box, const char *text)
{
	realtime_take(&box->realtime, text, strlen(text));
	return done(&box->realtime, &box->out);
}

static void box_init(struct box *box)
{
	*box = (struct box){0};
	realtime_init(&box->realtime, "ch", NULL);
	realtime_begin(&box->realtime);
}

static void box_dispose(struct box *box)
{
	realtime_dispose(&box->realtime);
	buf_dispose(&box->out);
}

static void box_listen(struct box *box)
{
	box_init(box);
	assert_string_equal(take(box,
				 "{\"action\":4,\"connectionId\":\"c1\",\"connectionDetails\":{"
				 "\"connectionKey\":\"k/1\",\"connectionStateTtl\":4000,"
				 "\"maxIdleInterval\":2500}}"),
			    "send {\"action\":10,\"channel\":\"ch\"}\n");
	assert_string_equal(
		take(box, "{\"action\":11,\"channel\":\"ch\",\"channelSerial\":\"s0\"}"), ENTER);
	assert_string_equal(take(box, "{\"action\":1,\"msgSerial\":0,\"count\":1}"), "ready\n");
	assert_int_equal(box->realtime.ttl, 4000);
	assert_int_equal(box->realtime.idle, 2500);
}

static const char *target(const struct box *box, const char *token, struct buf *out)
{
	buf_clear(out);
	realtime_put_target(&box->realtime, token, out);
	return buf_cstr(out);
}

static void test_target(void **state)
{
	struct box box;
	struct buf out = {0};

	(void)state;
	box_init(&box);
	assert_string_equal(target(&box, "a.b+c/d", &out),
			    "/?access_token=a.b%2Bc%2Fd&echo=false&format=json&heartbeats=false"
			    "&v=6&agent=attio%2F" ATTIO_VERSION);
	box_dispose(&box);
	box_listen(&box);
	realtime_lost(&box.realtime);
	assert_non_null(strstr(target(&box, "t", &out), "&resume=k%2F1"));
	realtime_forget(&box.realtime);
	assert_null(strstr(target(&box, "t", &out), "resume"));
	box_dispose(&box);
	buf_dispose(&out);
}

static void test_listen_and_leave(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	realtime_leave(&box.realtime);
	realtime_leave(&box.realtime);
	assert_string_equal(done(&box.realtime, &box.out),
			    "send {\"action\":14,\"channel\":\"ch\",\"msgSerial\":1,\"presence\":[{"
			    "\"action\":3}]}\n");
	assert_string_equal(take(&box, "{\"action\":1,\"msgSerial\":1}"),
			    "send {\"action\":12,\"channel\":\"ch\"}\n");
	assert_string_equal(take(&box, "{\"action\":13,\"channel\":\"ch\"}"), "left\n");
	box_dispose(&box);
	/* Where there is nothing to leave. */
	box_init(&box);
	realtime_leave(&box.realtime);
	assert_string_equal(done(&box.realtime, &box.out), "left\n");
	box_dispose(&box);
}

#define MESSAGE(item)                                                                              \
	"{\"action\":15,\"channel\":\"ch\",\"channelSerial\":\"s9\",\"messages\":[" item "]}"
#define NAMED(rest) "{\"name\":\"app-dev-log-emitted\"," rest "}"
#define DATA(text) NAMED("\"encoding\":\"json\",\"data\":\"{\\\"data\\\":" text "}\"")
#define AT "\\\"timestamp\\\":\\\"2026-11-29T00:00:01.5Z\\\""

static void test_entries(void **state)
{
	static const struct {
		const char *message, *want;
	} rows[] = {
		{MESSAGE(DATA("{\\\"message\\\":\\\"a\\\",\\\"severity\\\":\\\"INFO\\\"," AT "}")),
		 "entry 0 2026-11-29T00:00:01.5Z a\n"},
		{MESSAGE(DATA("{\\\"message\\\":\\\"a\\\",\\\"severity\\\":\\\"ERROR\\\",\\\"x\\\":"
			      "1," AT "}") "," DATA("{\\\"message\\\":\\\"\\\",\\\"severity\\\":"
						    "\\\"WARNING\\\"," AT "}")),
		 "entry 2 2026-11-29T00:00:01.5Z a\nentry 1 2026-11-29T00:00:01.5Z \n"},
		/* as it is, without an encoding */
		{MESSAGE(NAMED("\"data\":{\"data\":{\"message\":\"b\",\"severity\":\"INFO\","
			       "\"timestamp\":\"2026-11-29T00:00Z\"}}")),
		 "entry 0 2026-11-29T00:00Z b\n"},
		/* {"data":{"message":"c","severity":"INFO","timestamp":"2026-11-29T00:00:00Z"}} */
		{MESSAGE(NAMED(
			 "\"encoding\":\"json/utf-8/"
			 "base64\",\"data\":\"eyJkYXRhIjp7Im1lc3NhZ2UiOiJjIiwic2V2"
			 "ZXJpdHkiOiJJTkZPIiwidGltZXN0YW1wIjoiMjAyNi0xMS0yOVQwMDowMDowMFoifX0=\"")),
		 "entry 0 2026-11-29T00:00:00Z c\n"},
		/* NUL, within the text and within a text of it; and what only looks like it */
		{MESSAGE(NAMED(
			 "\"data\":{\"data\":{\"message\":\"a\\u0000b\\\\u0000\",\"severity\":"
			 "\"INFO\",\"timestamp\":\"2026-11-29T00:00Z\"}}")),
		 "entry 0 2026-11-29T00:00Z a\xef\xbf\xbd"
		 "b\\u0000\n"},
		{MESSAGE(DATA(
			 "{\\\"message\\\":\\\"a\\\\u0000\\\",\\\"severity\\\":\\\"INFO\\\"," AT
			 "}")),
		 "entry 0 2026-11-29T00:00:01.5Z a\xef\xbf\xbd\n"},
		/* left out: another name, level, time, shape, encoding */
		{MESSAGE("{\"name\":\"other\",\"data\":1}"), ""},
		{MESSAGE(DATA("{\\\"message\\\":\\\"a\\\",\\\"severity\\\":\\\"DEBUG\\\"," AT "}")),
		 ""},
		{MESSAGE(DATA("{\\\"message\\\":\\\"a\\\",\\\"severity\\\":\\\"INFO\\\","
			      "\\\"timestamp\\\":"
			      "\\\"2026-11-29T00:00:01+01:00\\\"}")),
		 ""},
		{MESSAGE(DATA("{\\\"message\\\":1,\\\"severity\\\":\\\"INFO\\\"," AT "}")), ""},
		{MESSAGE(NAMED("\"encoding\":\"json/cipher+aes-128-cbc\",\"data\":\"AAAA\"")), ""},
		{MESSAGE(NAMED("\"encoding\":\"json/base64\",\"data\":\"???\"")), ""},
		{MESSAGE(NAMED("\"encoding\":\"\",\"data\":\"x\"")), ""},
		{MESSAGE(NAMED("\"encoding\":\"utf-8/\",\"data\":\"x\"")), ""},
		{MESSAGE("1,null,{}"), ""},
		{"{\"action\":15,\"channel\":\"another\",\"messages\":[" NAMED(
			 "\"data\":{\"data\":{\"message\":\"b\",\"severity\":\"INFO\","
			 "\"timestamp\":\"2026-11-29T00:00Z\"}}") "]}",
		 ""},
		{"{\"action\":0}", ""},
		{"{\"action\":99,\"channel\":\"ch\"}", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct box box;

		box_listen(&box);
		assert_string_equal(take(&box, rows[i].message), rows[i].want);
		assert_int_equal(box.realtime.state, REALTIME_LISTENING);
		box_dispose(&box);
	}
}

/* What each message of refusal means, in each state. */
static void test_refusals(void **state)
{
	static const struct {
		const char *message;
		const char *greeting, *listening; /* begins with; "" nothing */
	} rows[] = {
		{"{\"action\":9,\"error\":{\"code\":40400,\"statusCode\":404,\"message\":\"no "
		 "app\"}}",
		 "refused 5 the log service refuses the connection (code 40400): no app\n",
		 "refused 5 the log service refuses the connection (code 40400): no app\n"},
		{"{\"action\":9,\"error\":{\"code\":40101,\"statusCode\":401,\"message\":\"bad\"}}",
		 "refused 2 the log service refuses the connection (code 40101): bad\n",
		 "refused 2 the log service refuses the connection (code 40101): bad\n"},
		{"{\"action\":9,\"error\":{\"code\":40142,\"statusCode\":401}}", "again token 2 ",
		 "again token 2 "},
		{"{\"action\":9,\"error\":{\"code\":50003,\"statusCode\":504}}", "again 5 ",
		 "again 5 "},
		{"{\"action\":9}", "again 5 ", "again 5 "},
		{"{\"action\":9,\"channel\":\"ch\",\"error\":{\"code\":40160,\"statusCode\":401,"
		 "\"message\":\"denied\"}}",
		 "refused 2 ", "refused 2 "},
		{"{\"action\":9,\"channel\":\"other\"}", "", ""},
		{"{\"action\":6,\"error\":{\"code\":40142,\"statusCode\":401}}", "again token 2 ",
		 "again token 2 "},
		{"{\"action\":6}", "again 5 ", "again 5 "},
		{"{\"action\":8}", "again 5 ", "again 5 "},
		{"{\"action\":17}", "renew\n", "renew\n"},
		{"{\"action\":2,\"error\":{\"code\":1}}", "", ""},
		{"{\"action\":1}", "", ""},
		{"no json", "again 5 ", "again 5 "},
		{"[]", "again 5 ", "again 5 "},
		{"{}", "again 5 ", "again 5 "},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t ready = 0; ready < 2; ready++) {
			const char *want = ready != 0 ? rows[i].listening : rows[i].greeting;
			struct box box;
			const char *got;

			if (ready != 0)
				box_listen(&box);
			else
				box_init(&box);
			got = take(&box, rows[i].message);
			if (want[0] == '\0')
				assert_string_equal(got, "");
			else if (strncmp(got, want, strlen(want)) != 0)
				assert_string_equal(got, want);
			box_dispose(&box);
		}
}

static void test_attach_and_presence_refused(void **state)
{
	struct box box;

	(void)state;
	box_init(&box);
	take(&box, "{\"action\":4,\"connectionId\":\"c1\"}");
	assert_string_equal(take(&box,
				 "{\"action\":13,\"channel\":\"ch\",\"error\":{\"code\":50000,"
				 "\"statusCode\":500,\"message\":\"no\"}}"),
			    "refused 5 the log service refuses the logs of this app and workspace "
			    "(code 50000): no\n");
	box_dispose(&box);
	box_init(&box);
	take(&box, "{\"action\":4,\"connectionId\":\"c1\"}");
	take(&box, "{\"action\":11,\"channel\":\"ch\"}");
	assert_string_equal(take(&box, "{\"action\":2,\"msgSerial\":0,\"error\":{\"code\":40160,"
				       "\"statusCode\":401,\"message\":\"no\"}}"),
			    "refused 2 the log service does not let us listen (code 40160): no\n");
	box_dispose(&box);
}

static void lose(struct box *box)
{
	realtime_lost(&box->realtime);
	realtime_begin(&box->realtime);
}

#define AGAIN_ATTACH(serial)                                                                       \
	"send {\"action\":10,\"channel\":\"ch\",\"channelSerial\":\"" serial "\",\"flags\":32}\n"

/* The same connection: nothing is missing, and we are still known. */
static void test_resumed(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	take(&box, MESSAGE("{}"));
	lose(&box);
	assert_string_equal(take(&box, "{\"action\":4,\"connectionId\":\"c1\"}"),
			    AGAIN_ATTACH("s9"));
	assert_string_equal(take(&box, "{\"action\":11,\"channel\":\"ch\",\"flags\":5}"),
			    "ready\n");
	box_dispose(&box);
}

/* A new one: we enter again, with a new count, and messages may be missing. */
static void test_not_resumed(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	lose(&box);
	assert_string_equal(
		take(&box, "{\"action\":4,\"connectionId\":\"c2\",\"error\":{\"code\":80008}}"),
		AGAIN_ATTACH("s0"));
	assert_string_equal(take(&box, "{\"action\":11,\"channel\":\"ch\"}"), ENTER);
	assert_string_equal(take(&box, "{\"action\":1}"), "ready gap\n");
	box_dispose(&box);
}

/* The channel alone could not be kept going. */
static void test_attached_unasked(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	assert_string_equal(take(&box, "{\"action\":11,\"channel\":\"ch\",\"flags\":4}"), "");
	assert_string_equal(take(&box, "{\"action\":11,\"channel\":\"ch\"}"),
			    "send {\"action\":14,\"channel\":\"ch\",\"msgSerial\":1,\"presence\":[{"
			    "\"action\":2}]}\n");
	assert_string_equal(take(&box, "{\"action\":1}"), "ready gap\n");
	box_dispose(&box);
	box_listen(&box);
	assert_string_equal(take(&box, "{\"action\":13,\"channel\":\"ch\"}"), AGAIN_ATTACH("s0"));
	box_dispose(&box);
}

/* A service that takes the channel away again and again is not asked without a pause. */
static void test_detached_again_and_again(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	for (unsigned i = 1; i <= 3; i++) {
		assert_non_null(strstr(take(&box, "{\"action\":13,\"channel\":\"ch\"}"),
				       "send {\"action\":10,"));
		take(&box, "{\"action\":11,\"channel\":\"ch\"}");
		assert_string_equal(take(&box, "{\"action\":1}"), "ready gap\n");
	}
	assert_string_equal(take(&box, "{\"action\":13,\"channel\":\"ch\"}"),
			    "again 5 the log service refuses the logs of this app and workspace\n");
	box_dispose(&box);
}

static void test_renewal(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	realtime_renewed(&box.realtime, "t2");
	assert_string_equal(done(&box.realtime, &box.out),
			    "send {\"action\":17,\"auth\":{\"accessToken\":\"t2\"}}\n");
	/* The greeting comes again, and changes nothing but the details. */
	assert_string_equal(take(&box,
				 "{\"action\":4,\"connectionId\":\"c1\",\"connectionDetails\":{"
				 "\"maxIdleInterval\":0,\"connectionStateTtl\":-1}}"),
			    "");
	assert_int_equal(box.realtime.idle, 0);
	assert_int_equal(box.realtime.ttl, 4000);
	box_dispose(&box);
}

/* The past is asked for once. */
static void test_rewind(void **state)
{
	struct box box = {0};

	(void)state;
	realtime_init(&box.realtime, "ch", "90s");
	realtime_begin(&box.realtime);
	assert_string_equal(
		take(&box, "{\"action\":4,\"connectionId\":\"c1\"}"),
		"send {\"action\":10,\"channel\":\"ch\",\"params\":{\"rewind\":\"90s\"}}\n");
	take(&box, "{\"action\":11,\"channel\":\"ch\",\"channelSerial\":\"s\"}");
	lose(&box);
	assert_string_equal(take(&box, "{\"action\":4,\"connectionId\":\"c1\"}"),
			    AGAIN_ATTACH("s"));
	box_dispose(&box);
}

/* What comes on no connection, or for one that is over, is nothing. */
static void test_nothing_while_out(void **state)
{
	struct box box;

	(void)state;
	box_listen(&box);
	take(&box, "{\"action\":6}");
	assert_string_equal(take(&box, "{\"action\":4,\"connectionId\":\"c1\"}"), "");
	realtime_renewed(&box.realtime, "t");
	assert_string_equal(done(&box.realtime, &box.out), "");
	box_dispose(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_target),
		cmocka_unit_test(test_listen_and_leave),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_attach_and_presence_refused),
		cmocka_unit_test(test_resumed),
		cmocka_unit_test(test_not_resumed),
		cmocka_unit_test(test_attached_unasked),
		cmocka_unit_test(test_detached_again_and_again),
		cmocka_unit_test(test_renewal),
		cmocka_unit_test(test_rewind),
		cmocka_unit_test(test_nothing_while_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
