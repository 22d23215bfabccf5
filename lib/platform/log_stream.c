/* The connection around platform/realtime.h: when to make one, how long to wait, when to give up.
 * Until entries came once every refusal is final, so that nobody waits for nothing; after that only
 * those are that another try cannot change. */
#include "platform/log_stream.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "http/websocket_client.h"
#include "platform/api.h"
#include "platform/log_order.h"
#include "platform/log_token.h"
#include "platform/words.h"
#include "platform/workspaces.h"
#include "sys/moment.h"

#define MESSAGE_LIMIT ((size_t)4 << 20) /* bytes */
#define STEP_MS 100
#define SORT_MS 40        /* while entries are held */
#define PATIENCE_MS 10000 /* for an answer, and beyond the longest silence */
#define LEAVE_MS 1500
#define POLL_MS 3000
#define REMIND_MS 60000
#define FIRST_TRIES 4u /* before entries came once */
#define RENEWALS 2u    /* in a row */
#define STEADY_MS 10000
#define PAUSE_MS 500
#define PAUSE_LIMIT_MS 15000
#define PAUSE_LATE_MS 30000

/* What became of a connection. */
enum outcome { OUTCOME_STOPPED, OUTCOME_AGAIN, OUTCOME_REFUSED };

struct stream {
	const struct attio_api *platform;
	const struct log_stream_options *options;
	struct realtime realtime;
	struct log_order order;
	struct websocket_client *client; /* while there is one */
	char *channel;
	char *token, *client_id; /* of the log service; or NULL */
	unsigned chance;
	unsigned failures;  /* to connect, one after the other */
	unsigned renewals;  /* of the token, the same */
	long long ready_at; /* of this connection; 0: not yet */
	long long lost_at;  /* 0: nothing is lost */
	char lost_time[32];
	bool ready; /* once */
	bool told_lost, told_late;
	struct error error; /* why the last connection ended */
};

/* --- time --------------------------------------------------------------------------------------
 */

static void put_time(char out[32])
{
	struct timespec now;
	struct tm parts;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	strftime(out, 24, "%Y-%m-%dT%H:%M:%S", &parts);
	snprintf(out + 19, 8, ".%03dZ", (int)(now.tv_nsec / 1000000) % 1000);
}

static bool is_stopped(const struct stream *stream)
{
	return stream->options->stop(stream->options->context);
}

/* How long one step of getting there may take, in ms. */
static long patience(const struct stream *stream)
{
	long limit = stream->options->timeout;

	return limit < PATIENCE_MS / 1000 ? limit * 1000 : PATIENCE_MS;
}

static void tell(const struct stream *stream, const struct log_event *event)
{
	stream->options->tell(stream->options->context, event);
}

static void tell_entries(struct stream *stream, long long now)
{
	struct log_entry entry;

	while (log_order_take(&stream->order, now, &entry)) {
		tell(stream, &(struct log_event){.news = LOG_ENTRY,
						 .time = entry.time,
						 .text = entry.text,
						 .level = entry.level});
		log_entry_dispose(&entry);
	}
}

/* False: we are to end. */
static bool pause_for(struct stream *stream, long ms)
{
	long long until = moment_ms() + ms;
	struct timespec step = {.tv_nsec = SORT_MS * 1000000L};

	while (moment_ms() < until && !is_stopped(stream)) {
		nanosleep(&step, NULL);
		tell_entries(stream, moment_ms());
	}
	return !is_stopped(stream);
}

/* --- the installation --------------------------------------------------------------------------
 */

/* 0: it is there, or we are to end. */
static int wait_installed(struct stream *stream, struct error *error)
{
	const struct log_stream_options *options = stream->options;
	long long reminded = 0;
	bool unclear = false;

	for (bool installed = false; !installed;) {
		struct attio_api platform = *stream->platform;
		int result;

		platform.arena = arena_new();
		result = platform_installation(&platform, options->app_id, options->workspace_id,
					       &installed, error);
		arena_free(platform.arena);
		if (is_stopped(stream) || installed)
			return 0;
		if (result != 0 && (error->kind == ERROR_AUTH || error->lasting))
			return -1;
		if (result != 0 && !unclear)
			tell(stream, &(struct log_event){.news = LOG_UNCLEAR, .error = error});
		unclear = result != 0;
		if (result == 0 && (reminded == 0 || moment_ms() - reminded >= REMIND_MS)) {
			tell(stream, &(struct log_event){.news = LOG_NOT_INSTALLED});
			reminded = moment_ms();
		}
		if (!pause_for(stream, POLL_MS))
			return 0;
	}
	return 0;
}

/* --- the token ---------------------------------------------------------------------------------
 */

static void forget_token(struct stream *stream)
{
	mem_free(stream->token);
	stream->token = NULL;
}

static int get_token(struct stream *stream, struct error *error)
{
	struct attio_api platform = *stream->platform;
	struct platform_log_token token;
	int result;

	platform.arena = arena_new();
	result = platform_log_token(&platform, stream->channel, stream->client_id, &token, error);
	if (result == 0) {
		forget_token(stream);
		stream->token = mem_strdup(token.token);
		if (token.client_id != NULL) {
			mem_free(stream->client_id);
			stream->client_id = mem_strdup(token.client_id);
		}
	}
	arena_free(platform.arena);
	return result;
}

/* --- hosts -------------------------------------------------------------------------------------
 */

const char *log_stream_fallback(unsigned number, unsigned chance)
{
	static const char *const hosts[] = {
		"wss://main.a.fallback.ably-realtime.com",
		"wss://main.b.fallback.ably-realtime.com",
		"wss://main.c.fallback.ably-realtime.com",
		"wss://main.d.fallback.ably-realtime.com",
		"wss://main.e.fallback.ably-realtime.com",
	};

	if (number == 0)
		return PLATFORM_REALTIME_URL;
	if (number > ARRAY_LEN(hosts))
		return NULL;
	return hosts[(chance % ARRAY_LEN(hosts) + number) % ARRAY_LEN(hosts)];
}

/* Others are tried where the first one did not work, as the service wants it. */
static const char *choose_host(const struct stream *stream)
{
	const char *own = stream->platform->addresses.realtime.url;
	const char *other = NULL;

	if (strcmp(own, PLATFORM_REALTIME_URL) == 0)
		other = log_stream_fallback(stream->failures % FIRST_TRIES, stream->chance);
	return other != NULL ? other : own;
}

/* For the functions that show a server's words: the log service knows no token but its own, which
 * they hide, and the key to go on with the connection. In `arena`. */
static struct attio_api shown_as(const struct stream *stream, struct arena *arena)
{
	struct attio_api platform = *stream->platform;

	platform.arena = arena;
	platform.token = stream->token != NULL ? stream->token : "";
	if (stream->realtime.connection_key != NULL) {
		struct env_variable *key = arena_alloc(arena, sizeof(*key));

		*key = (struct env_variable){"key", stream->realtime.connection_key};
		platform.hidden = key;
		platform.hidden_count = 1;
	}
	return platform;
}

/* --- a connection ------------------------------------------------------------------------------
 */

static void on_message(void *context, bool text, const char *bytes, size_t len)
{
	struct stream *stream = context;

	(void)text;
	realtime_take(&stream->realtime, bytes, len);
}

static bool on_stop(void *context)
{
	return is_stopped(context);
}

/* The service answered, but not as it does to those whom it lets in. */
static enum outcome refused(struct stream *stream, struct http_response *response)
{
	const char *host = stream->platform->addresses.realtime.parts.host;
	struct error *error = &stream->error;
	struct arena *arena = arena_new();
	const struct attio_api platform = shown_as(stream, arena);
	const char *words;
	long status = response->status;
	bool auth = status == 401 || status == 403;

	words = words_of_answer(&platform, &response->body);
	error_set(error, auth ? ERROR_AUTH : ERROR_SERVICE,
		  "the log service `%s` refuses the connection (status %ld)", host, status);
	if (*words != '\0')
		error_why(error, "the server says: %s", words);
	arena_free(arena);
	http_response_dispose(response);
	if (status == 401 && ++stream->renewals <= RENEWALS) {
		forget_token(stream);
		return OUTCOME_AGAIN;
	}
	return status >= 500 || status == 429 || status == 408 ? OUTCOME_AGAIN : OUTCOME_REFUSED;
}

static enum outcome open_connection(struct stream *stream)
{
	struct buf url = {0};
	struct websocket_client_options options = {.timeout = patience(stream) / 1000,
						   .limit = MESSAGE_LIMIT,
						   .sink = on_message,
						   .context = stream,
						   .stop = on_stop};
	struct http_response response;

	buf_puts(&url, choose_host(stream));
	realtime_put_target(&stream->realtime, stream->token, &url);
	options.url = buf_cstr(&url);
	stream->error = (struct error){0};
	stream->client = websocket_client_open(stream->platform->client, &options, &response,
					       &stream->error);
	buf_dispose(&url);
	if (stream->client != NULL || stream->error.kind != ERROR_NONE)
		return stream->error.lasting ? OUTCOME_REFUSED : OUTCOME_AGAIN;
	return refused(stream, &response);
}

static void get_ready(struct stream *stream, bool gap)
{
	struct log_event event = {.news = LOG_BACK};
	char now[32];

	put_time(now);
	if (stream->lost_at == 0)
		put_time(stream->lost_time);
	/* What came before the gap stands before it. */
	if (gap)
		tell_entries(stream, moment_ms() + LOG_ORDER_HOLD);
	event.from = gap ? stream->lost_time : NULL;
	event.until = now;
	if (!stream->ready)
		event = (struct log_event){.news = LOG_READY};
	/* A connection that nobody missed is no news. */
	if (!stream->ready || stream->told_lost || gap)
		tell(stream, &event);
	stream->ready = true;
	stream->ready_at = moment_ms();
	stream->renewals = 0;
	stream->lost_at = 0;
	stream->told_lost = stream->told_late = false;
}

/* The service's words are cleaned here, where its token is known. */
static void take_error(struct stream *stream)
{
	struct arena *arena = arena_new();
	const struct attio_api platform = shown_as(stream, arena);

	stream->error = stream->realtime.error;
	if (stream->error.why[0] != '\0')
		error_why(&stream->error, "the server says: %s",
			  words_shown(&platform, stream->realtime.error.why, WORDS_LIMIT));
	arena_free(arena);
}

/* A new token over this connection. Where there is none now, the service ends it in a while. */
static enum outcome renew(struct stream *stream)
{
	struct error error = {0};

	if (get_token(stream, &error) == 0) {
		realtime_renewed(&stream->realtime, stream->token);
		return OUTCOME_AGAIN;
	}
	stream->error = error;
	return error.kind == ERROR_AUTH ? OUTCOME_REFUSED : OUTCOME_AGAIN;
}

/* Does what the protocol wants. False: the connection is over, with *outcome. */
static bool take_events(struct stream *stream, enum outcome *outcome)
{
	struct realtime_event event;

	while (realtime_next(&stream->realtime, &event)) {
		switch (event.kind) {
		case REALTIME_SEND:
			websocket_send(websocket_client_end(stream->client), event.text,
				       strlen(event.text));
			break;
		case REALTIME_ENTRY:
			log_order_add(&stream->order, event.time, event.text, event.level,
				      moment_ms());
			break;
		case REALTIME_READY:
			get_ready(stream, event.gap);
			break;
		case REALTIME_RENEW:
			*outcome = renew(stream);
			if (*outcome == OUTCOME_REFUSED)
				return false;
			break;
		case REALTIME_AGAIN:
			take_error(stream);
			*outcome = OUTCOME_AGAIN;
			if (event.token && ++stream->renewals > RENEWALS)
				*outcome = OUTCOME_REFUSED;
			if (event.token)
				forget_token(stream);
			return false;
		case REALTIME_REFUSED:
			take_error(stream);
			*outcome = OUTCOME_REFUSED;
			return false;
		case REALTIME_LEFT:
			*outcome = OUTCOME_STOPPED;
			return false;
		case REALTIME_NOTHING:
			break;
		}
	}
	return true;
}

/* How long the service may be silent now, in ms; 0: for ever. */
static long silence(const struct stream *stream)
{
	if (stream->realtime.state != REALTIME_LISTENING)
		return patience(stream);
	return stream->realtime.idle > 0 ? stream->realtime.idle + PATIENCE_MS : 0;
}

static enum outcome silent(struct stream *stream)
{
	error_set(&stream->error, ERROR_NETWORK, "the log service `%s` says nothing any more",
		  stream->platform->addresses.realtime.parts.host);
	return OUTCOME_AGAIN;
}

/* From the greeting to the end. */
static enum outcome converse(struct stream *stream)
{
	enum outcome outcome = OUTCOME_AGAIN;
	enum realtime_state state = REALTIME_OUT;
	long long heard = moment_ms(), leave_by = 0;

	realtime_begin(&stream->realtime);
	for (;;) {
		int ms = log_order_is_empty(&stream->order) ? STEP_MS : SORT_MS;
		int got = websocket_client_wait(stream->client, ms, &stream->error);
		long long now = moment_ms();

		/* What came before the end is taken first. */
		if (!take_events(stream, &outcome))
			return outcome;
		tell_entries(stream, now);
		if (got < 0)
			return leave_by != 0 ? OUTCOME_STOPPED : OUTCOME_AGAIN;
		/* Outside of the log's own life each step has its own patience. */
		if ((got > 0 && stream->realtime.state == REALTIME_LISTENING) ||
		    stream->realtime.state != state)
			heard = now;
		state = stream->realtime.state;
		if (leave_by == 0 && is_stopped(stream)) {
			leave_by = now + LEAVE_MS;
			realtime_leave(&stream->realtime);
			if (!take_events(stream, &outcome))
				return outcome;
		}
		if (leave_by != 0 && now >= leave_by)
			return OUTCOME_STOPPED;
		if (leave_by == 0 && silence(stream) > 0 && now - heard >= silence(stream))
			return silent(stream);
	}
}

static void close_connection(struct stream *stream)
{
	struct error ignored;

	if (stream->client == NULL)
		return;
	websocket_close(websocket_client_end(stream->client), WEBSOCKET_NORMAL, NULL);
	websocket_client_wait(stream->client, STEP_MS, &ignored);
	websocket_client_free(stream->client);
	stream->client = NULL;
	realtime_lost(&stream->realtime);
}

/* One connection from the token to its end; or none. */
static enum outcome connect_once(struct stream *stream)
{
	enum outcome outcome;

	stream->ready_at = 0;
	if (stream->token == NULL && get_token(stream, &stream->error) != 0) {
		/* Who may not read logs is told so; a platform that is down comes back. */
		if (!stream->error.lasting &&
		    (stream->error.kind == ERROR_NETWORK ||
		     (stream->error.kind == ERROR_SERVICE && stream->ready)))
			return OUTCOME_AGAIN;
		return OUTCOME_REFUSED;
	}
	outcome = open_connection(stream);
	if (stream->client == NULL)
		return outcome;
	outcome = converse(stream);
	close_connection(stream);
	return outcome;
}

/* --- the stream --------------------------------------------------------------------------------
 */

/* A connection that stood for a while begins a new count of failures. */
static long next_pause(struct stream *stream)
{
	long pause = PAUSE_MS;
	long limit = stream->told_late ? PAUSE_LATE_MS : PAUSE_LIMIT_MS;

	if (stream->ready_at != 0 && moment_ms() - stream->ready_at >= STEADY_MS)
		stream->failures = 0;
	for (unsigned i = 0; i < stream->failures && pause < limit; i++)
		pause *= 2;
	if (pause > limit)
		pause = limit;
	stream->chance = stream->chance * 1664525U + 1013904223U;
	/* At once, the first time. */
	if (stream->failures++ == 0 && stream->ready)
		return 0;
	return pause - (long)(stream->chance % (unsigned)(pause / 2 + 1));
}

/* A token that ran out is no loss, and what follows it needs no pause. */
static bool is_renewal(const struct stream *stream)
{
	return stream->token == NULL && stream->renewals > 0 &&
	       (stream->ready_at == 0 || moment_ms() - stream->ready_at >= STEADY_MS);
}

static void note_loss(struct stream *stream)
{
	if (stream->lost_at == 0) {
		stream->lost_at = moment_ms();
		put_time(stream->lost_time);
	}
	if (!stream->told_lost && !is_renewal(stream)) {
		stream->told_lost = true;
		tell(stream, &(struct log_event){.news = LOG_LOST, .error = &stream->error});
	}
	if (!stream->told_late && moment_ms() - stream->lost_at >= stream->realtime.ttl) {
		stream->told_late = true;
		realtime_forget(&stream->realtime);
		tell(stream, &(struct log_event){.news = LOG_LATE});
	}
}

/* Until entries came once there are a few tries, for no longer than one call may take. */
static bool is_hopeless(const struct stream *stream, long long began)
{
	return !stream->ready && (stream->failures + 1 >= FIRST_TRIES ||
				  moment_ms() - began >= stream->options->timeout * 1000);
}

static int advise(struct error *error)
{
	if (error->fix[0] != '\0')
		return -1;
	if (error->kind == ERROR_AUTH)
		return error_fix(error, "run `attio login`, as a developer who has access to the "
					"app and is an admin of the workspace");
	return error_fix(error, "check the connection, and run it again in a few minutes");
}

static int follow(struct stream *stream, struct error *error)
{
	long long began = moment_ms();

	for (;;) {
		enum outcome outcome = connect_once(stream);

		if (outcome == OUTCOME_STOPPED || is_stopped(stream))
			return 0;
		if (outcome == OUTCOME_REFUSED || is_hopeless(stream, began)) {
			*error = stream->error;
			return advise(error);
		}
		if (stream->ready)
			note_loss(stream);
		else if (!is_renewal(stream))
			tell(stream,
			     &(struct log_event){.news = LOG_AGAIN, .error = &stream->error});
		if (!is_renewal(stream) && !pause_for(stream, next_pause(stream)))
			return 0;
	}
}

int log_stream_run(const struct attio_api *platform, const struct log_stream_options *options,
		   struct error *error)
{
	struct stream stream = {.platform = platform, .options = options};
	struct buf channel = {0};
	struct error ignored;
	int result;

	buf_printf(&channel, "ecosystem-app-logs:%s:%s", options->workspace_id, options->app_id);
	stream.channel = buf_take(&channel);
	/* Without it the hosts are tried in their usual order. */
	random_bytes(&stream.chance, sizeof(stream.chance), &ignored);
	realtime_init(&stream.realtime, stream.channel, options->rewind);
	result = wait_installed(&stream, error);
	if (result == 0 && !is_stopped(&stream))
		result = follow(&stream, error);
	tell_entries(&stream, moment_ms() + LOG_ORDER_HOLD);
	close_connection(&stream);
	realtime_dispose(&stream.realtime);
	log_order_dispose(&stream.order);
	mem_free(stream.channel);
	mem_free(stream.token);
	mem_free(stream.client_id);
	return result;
}
