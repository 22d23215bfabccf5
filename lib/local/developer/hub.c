/* See hub.h. Messages are built as cJSON and printed in the form that the client asked for. */
#include "local/developer/hub.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hmac.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "http/socket.h"
#include "http/websocket.h"
#include "local/clock.h"
#include "local/developer/hub_memory.h"
#include "local/developer/hub_token.h"
#include "local/developer/hub_wire.h"
#include "local/rest/query.h"
#include "json/json.h"

#define MESSAGE_LIMIT 65536u
#define CHANNELS 8u /* that one connection may attach to */

/* Numbers of the protocol. */
enum {
	HEARTBEAT = 0,
	ACK = 1,
	NACK = 2,
	CONNECTED = 4,
	DISCONNECTED = 6,
	CLOSE = 7,
	CLOSED = 8,
	ERROR = 9,
	ATTACH = 10,
	ATTACHED = 11,
	DETACH = 12,
	DETACHED = 13,
	PRESENCE = 14,
	MESSAGE = 15,
	AUTH = 17
};
enum { FLAG_RESUMED = 1 << 2, FLAG_PRESENCE = 1 << 16, FLAG_SUBSCRIBE = 1 << 18 };
enum {
	BAD_REQUEST = 40000,
	BAD_TOKEN = 40101,
	NO_CLIENT = 40012,
	TOKEN_OVER = 40142,
	NOT_ALLOWED = 40160,
	NOT_RESUMED = 80008
};

struct client {
	struct client *next;
	struct hub *hub;
	struct http_socket *socket; /* NULL: it is not there yet */
	struct arena *arena;        /* of the token */
	struct hub_token token;
	char id[17];
	int refusal; /* instead of a greeting */
	bool packed;
	bool resumed, not_resumed;
	bool beats;      /* it wants to hear the protocol's own signs of life */
	bool over;       /* it was told so */
	long long heard; /* ms on the machine's clock: when it was last told something */
	char *channels[CHANNELS];
	size_t channel_count;
};

struct hub {
	const struct clock *clock;
	const char *secret;
	struct hub_memory memory;
	struct client *clients;
};

struct hub *hub_new(const struct clock *clock, const char *secret, struct error *error)
{
	struct hub *hub = mem_zalloc(1, sizeof(*hub));
	char key[RANDOM_KEY_SIZE];

	hub->clock = clock;
	hub->secret = secret;
	if (random_key(key, error) != 0) {
		mem_free(hub);
		return NULL;
	}
	hub_memory_init(&hub->memory, key);
	return hub;
}

void hub_free(struct hub *hub)
{
	if (hub == NULL)
		return;
	hub_memory_dispose(&hub->memory);
	mem_free(hub);
}

/* ---- saying ---- */

/* Takes the message. */
static void put(struct client *client, cJSON *message)
{
	struct buf out = {0};

	if (client->packed)
		hub_pack(&out, message);
	else
		json_print(&out, message, false);
	cJSON_Delete(message);
	client->heard = clock_ms(&clock_machine);
	http_socket_send(client->socket, !client->packed, buf_cstr(&out), out.len);
	buf_dispose(&out);
}

static cJSON *message_new(int action, const char *channel)
{
	cJSON *message = cJSON_CreateObject();

	cJSON_AddNumberToObject(message, "action", action);
	if (channel != NULL)
		cJSON_AddStringToObject(message, "channel", channel);
	return message;
}

static const char *words_of(int code)
{
	switch (code) {
	case BAD_TOKEN:
		return "the token is not one of this run";
	case NO_CLIENT:
		return "clientId must be specified to enter a presence channel";
	case TOKEN_OVER:
		return "the token has expired";
	case NOT_ALLOWED:
		return "the token does not allow this";
	case NOT_RESUMED:
		return "the connection cannot be resumed: it is unknown";
	default:
		return "the message cannot be read";
	}
}

static void add_error(cJSON *message, int code)
{
	cJSON *error = cJSON_AddObjectToObject(message, "error");

	cJSON_AddNumberToObject(error, "code", code);
	cJSON_AddNumberToObject(error, "statusCode", code < 80000 ? code / 100 : 400);
	cJSON_AddStringToObject(error, "message", words_of(code));
}

static void put_error(struct client *client, int action, const char *channel, int code)
{
	cJSON *message = message_new(action, channel);

	add_error(message, code);
	put(client, message);
}

/* What was refused by its end: nothing more comes. */
static void finish(struct client *client, int action, int code)
{
	if (client->over)
		return;
	client->over = true;
	if (code != 0)
		put_error(client, action, NULL, code);
	else
		put(client, message_new(action, NULL));
	http_socket_close(client->socket, WEBSOCKET_NORMAL, NULL);
}

/* ---- the greeting ---- */

/* "ID!SIGNATURE": who has it may go on as ID. */
static void key_of(const struct hub *hub, const char *id, char key[16 + 1 + SHA256_TEXT_SIZE])
{
	char signature[SHA256_TEXT_SIZE];
	char text[64];

	snprintf(text, sizeof(text), "log connection\n%s", id);
	hmac_sha256_text(hub->secret, text, strlen(text), signature);
	snprintf(key, 16 + 1 + SHA256_TEXT_SIZE, "%.16s!%s", id, signature);
}

static void greet(struct client *client)
{
	cJSON *message = message_new(CONNECTED, NULL), *details;
	char key[16 + 1 + SHA256_TEXT_SIZE];

	key_of(client->hub, client->id, key);
	cJSON_AddStringToObject(message, "connectionId", client->id);
	cJSON_AddStringToObject(message, "connectionKey", key);
	details = cJSON_AddObjectToObject(message, "connectionDetails");
	cJSON_AddStringToObject(details, "clientId", client->token.client_id);
	cJSON_AddStringToObject(details, "connectionKey", key);
	cJSON_AddStringToObject(details, "serverId", "local");
	cJSON_AddNumberToObject(details, "maxMessageSize", MESSAGE_LIMIT);
	cJSON_AddNumberToObject(details, "maxFrameSize", MESSAGE_LIMIT);
	cJSON_AddNumberToObject(details, "connectionStateTtl", HUB_TTL_MS);
	cJSON_AddNumberToObject(details, "maxIdleInterval", HUB_IDLE_MS);
	if (client->not_resumed)
		add_error(message, NOT_RESUMED);
	put(client, message);
}

static void opened(void *state, struct http_socket *socket)
{
	struct client *client = state;

	client->socket = socket;
	client->next = client->hub->clients;
	client->hub->clients = client;
	if (client->refusal != 0)
		finish(client, client->refusal == TOKEN_OVER ? DISCONNECTED : ERROR,
		       client->refusal);
	else
		greet(client);
}

static void gone(void *state)
{
	struct client *client = state;
	struct client **at = &client->hub->clients;

	while (*at != NULL && *at != client)
		at = &(*at)->next;
	if (*at != NULL)
		*at = client->next;
	for (size_t i = 0; i < client->channel_count; i++)
		mem_free(client->channels[i]);
	arena_free(client->arena);
	mem_free(client);
}

/* ---- channels ---- */

static bool is_allowed(const struct client *client, const char *channel)
{
	for (const char *const *one = client->token.channels; *one != NULL; one++)
		if (str_is(*one, channel))
			return true;
	return false;
}

static char **find_channel(struct client *client, const char *channel)
{
	for (size_t i = 0; i < client->channel_count; i++)
		if (str_is(client->channels[i], channel))
			return &client->channels[i];
	return NULL;
}

static void add_serial(cJSON *message, const struct hub *hub, long long number)
{
	char serial[HUB_SERIAL_SIZE];

	hub_memory_serial(&hub->memory, number, serial);
	cJSON_AddStringToObject(message, "channelSerial", serial);
}

static void put_said(struct client *client, const struct said *said)
{
	cJSON *message = message_new(MESSAGE, said->channel), *one;
	char id[64];
	long long ms = 0;

	clock_read(said->at, &ms);
	snprintf(id, sizeof(id), "%s:%lld:0", client->hub->memory.run, said->number);
	add_serial(message, client->hub, said->number);
	cJSON_AddStringToObject(message, "id", id);
	cJSON_AddNumberToObject(message, "timestamp", (double)ms);
	one = cJSON_CreateObject();
	cJSON_AddStringToObject(one, "id", id);
	cJSON_AddStringToObject(one, "name", "app-dev-log-emitted");
	cJSON_AddStringToObject(one, "data", said->data);
	cJSON_AddStringToObject(one, "encoding", "json");
	cJSON_AddNumberToObject(one, "timestamp", (double)ms);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(message, "messages"), one);
	put(client, message);
}

static void attach(struct client *client, const char *channel, const cJSON *asked)
{
	const struct hub *hub = client->hub;
	const cJSON *params = cJSON_GetObjectItemCaseSensitive(asked, "params");
	const char *rewind = params != NULL ? json_string_or_null(params, "rewind") : NULL;
	const struct hub_memory *memory = &hub->memory;
	long long from = hub_memory_number(memory, json_string_or_null(asked, "channelSerial"));
	int flags = FLAG_PRESENCE | FLAG_SUBSCRIBE | (from >= 0 ? FLAG_RESUMED : 0);
	cJSON *message;

	if (!is_allowed(client, channel) ||
	    (find_channel(client, channel) == NULL && client->channel_count == CHANNELS)) {
		put_error(client, ERROR, channel, NOT_ALLOWED);
		return;
	}
	if (find_channel(client, channel) == NULL)
		client->channels[client->channel_count++] = mem_strdup(channel);
	if (from < 0)
		from = rewind == NULL
			       ? memory->last
			       : hub_memory_rewound(memory, channel, rewind, clock_ms(hub->clock));
	message = message_new(ATTACHED, channel);
	add_serial(message, hub, from);
	cJSON_AddNumberToObject(message, "flags", flags);
	if (params != NULL)
		cJSON_AddItemToObject(message, "params", cJSON_Duplicate(params, true));
	put(client, message);
	for (long long number = from + 1; number <= memory->last; number++)
		if (str_is(hub_memory_get(memory, number)->channel, channel))
			put_said(client, hub_memory_get(memory, number));
}

static void detach(struct client *client, const char *channel)
{
	char **at = find_channel(client, channel);

	if (at != NULL) {
		mem_free(*at);
		*at = client->channels[--client->channel_count];
	}
	put(client, message_new(DETACHED, channel));
}

/* ---- what a client says ---- */

/* Answers what has a number: `code` 0 is yes. */
static void acknowledge(struct client *client, const cJSON *asked, int code)
{
	const cJSON *serial = cJSON_GetObjectItemCaseSensitive(asked, "msgSerial");
	cJSON *message = message_new(code == 0 ? ACK : NACK, NULL);

	cJSON_AddNumberToObject(message, "msgSerial",
				cJSON_IsNumber(serial) ? serial->valuedouble : 0);
	cJSON_AddNumberToObject(message, "count", 1);
	if (code != 0)
		add_error(message, code);
	put(client, message);
}

static void beat(struct client *client, const cJSON *asked)
{
	const char *id = json_string_or_null(asked, "id");
	cJSON *message = message_new(HEARTBEAT, NULL);

	if (id != NULL)
		cJSON_AddStringToObject(message, "id", id);
	put(client, message);
}

static void renew(struct client *client, const cJSON *asked)
{
	const cJSON *auth = cJSON_GetObjectItemCaseSensitive(asked, "auth");
	const char *text = auth != NULL ? json_string_or_null(auth, "accessToken") : NULL;
	struct arena *fresh = arena_new_small(1024);
	struct hub_token token;

	if (text == NULL || !hub_token_read(fresh, client->hub->secret, text, &token)) {
		arena_free(fresh);
		finish(client, ERROR, BAD_TOKEN);
		return;
	}
	arena_free(client->arena);
	client->arena = fresh;
	client->token = token;
	greet(client);
}

static void take(struct client *client, const cJSON *asked)
{
	const cJSON *action = cJSON_GetObjectItemCaseSensitive(asked, "action");
	const char *channel = json_string_or_null(asked, "channel");
	int number = cJSON_IsNumber(action) ? action->valueint : -1;

	if (number == HEARTBEAT)
		beat(client, asked);
	else if (number == CLOSE)
		finish(client, CLOSED, 0);
	else if (number == AUTH)
		renew(client, asked);
	else if (channel == NULL)
		finish(client, ERROR, BAD_REQUEST);
	else if (number == ATTACH)
		attach(client, channel, asked);
	else if (number == DETACH)
		detach(client, channel);
	else if (number == PRESENCE)
		acknowledge(client, asked,
			    find_channel(client, channel) == NULL ? NOT_ALLOWED
			    : client->token.client_id[0] == '\0'  ? NO_CLIENT
								  : 0);
	else if (number == MESSAGE)
		acknowledge(client, asked, NOT_ALLOWED);
	else
		finish(client, ERROR, BAD_REQUEST);
}

static void heard(void *state, bool text, const char *bytes, size_t len)
{
	struct client *client = state;
	struct error ignored;
	cJSON *message;

	if (client->over)
		return;
	message = text ? json_parse(bytes, len, "the message", NULL, &ignored)
		       : hub_unpack(bytes, len);
	if (cJSON_IsObject(message))
		take(client, message);
	else
		finish(client, ERROR, BAD_REQUEST);
	cJSON_Delete(message);
}

/* ---- connections ---- */

static const struct http_socket_events events = {
	.limit = MESSAGE_LIMIT, .opened = opened, .message = heard, .gone = gone};

static void set_id(struct client *client, const char *resume)
{
	char key[16 + 1 + SHA256_TEXT_SIZE];
	char fresh[RANDOM_KEY_SIZE];
	struct error ignored;

	if (resume != NULL && strlen(resume) > 16) {
		snprintf(client->id, sizeof(client->id), "%.16s", resume);
		key_of(client->hub, client->id, key);
		client->resumed = random_key_equal(key, resume);
	}
	client->not_resumed = resume != NULL && !client->resumed;
	if (!client->resumed && random_key(fresh, &ignored) == 0)
		memcpy(client->id, fresh, sizeof(client->id) - 1);
}

void hub_answer(struct hub *hub, struct arena *arena, const char *query, struct http_reply *reply)
{
	struct client *client = mem_zalloc(1, sizeof(*client));
	struct query fields = {0};
	const char *token, *format, *beats;

	query_read(&fields, query, arena);
	token = query_text(&fields, "access_token");
	if (token == NULL)
		token = query_text(&fields, "accessToken");
	format = query_text(&fields, "format");
	beats = query_text(&fields, "heartbeats");
	client->hub = hub;
	client->arena = arena_new_small(1024);
	client->packed = format != NULL && strcmp(format, "msgpack") == 0;
	client->beats = beats != NULL && strcmp(beats, "true") == 0;
	set_id(client, query_text(&fields, "resume"));
	if (token == NULL || !hub_token_read(client->arena, hub->secret, token, &client->token))
		client->refusal = BAD_TOKEN;
	else if (client->token.until <= clock_ms(hub->clock))
		client->refusal = TOKEN_OVER;
	reply->events = &events;
	reply->socket_state = client;
}

void hub_say(struct hub *hub, const char *workspace_id, const char *app_id, const char *severity,
	     const char *at, const char *message)
{
	const struct said *said;
	struct buf channel = {0}, data = {0}, when = {0};

	/* Listeners sort by it: within a millisecond too. */
	buf_printf(&when, "%.26sZ", at);
	buf_printf(&channel, HUB_CHANNEL "%s:%s", workspace_id, app_id);
	buf_puts(&data, "{\"data\":{");
	buf_put_json_member(&data, "message", message);
	buf_put_json_member(&data, "severity", severity);
	buf_put_json_member(&data, "timestamp", buf_cstr(&when));
	buf_puts(&data, "}}");
	said = hub_memory_add(&hub->memory, buf_take(&channel), buf_take(&when), buf_take(&data));
	for (struct client *client = hub->clients; client != NULL; client = client->next)
		if (!client->over && find_channel(client, said->channel) != NULL)
			put_said(client, said);
}

/* ---- time ---- */

void hub_serve(struct hub *hub)
{
	long long now = clock_ms(&clock_machine);

	for (struct client *client = hub->clients; client != NULL; client = client->next) {
		if (client->over)
			continue;
		if (client->token.until <= clock_ms(hub->clock)) {
			finish(client, DISCONNECTED, TOKEN_OVER);
		} else if (now - client->heard >= HUB_PING_MS && client->beats) {
			put(client, message_new(HEARTBEAT, NULL));
		} else if (now - client->heard >= HUB_PING_MS) {
			client->heard = now;
			http_socket_ping(client->socket);
		}
	}
}

long long hub_wait(const struct hub *hub)
{
	long long now = clock_ms(&clock_machine), least = -1;

	for (const struct client *client = hub->clients; client != NULL; client = client->next) {
		long long beat_in = client->heard + HUB_PING_MS - now;
		long long over_in = client->token.until - clock_ms(hub->clock);
		long long wait = beat_in < over_in ? beat_in : over_in;

		wait = wait < 0 ? 0 : wait;
		if (!client->over && (least < 0 || wait < least))
			least = wait;
	}
	return least;
}

unsigned hub_cut(struct hub *hub)
{
	unsigned count = 0;

	for (struct client *client = hub->clients; client != NULL; client = client->next, count++) {
		client->over = true;
		http_socket_cut(client->socket);
	}
	return count;
}
