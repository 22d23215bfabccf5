/* One function for each kind of message that means something to a listener. */
#include "platform/realtime.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/http.h"
#include "platform/realtime_entry.h"
#include "json/json.h"

#define AGENT "attio/" ATTIO_VERSION

enum action {
	ACTION_ACK = 1,
	ACTION_NACK = 2,
	ACTION_CONNECTED = 4,
	ACTION_DISCONNECTED = 6,
	ACTION_CLOSED = 8,
	ACTION_ERROR = 9,
	ACTION_ATTACH = 10,
	ACTION_ATTACHED = 11,
	ACTION_DETACH = 12,
	ACTION_DETACHED = 13,
	ACTION_PRESENCE = 14,
	ACTION_MESSAGE = 15,
	ACTION_AUTH = 17
};

enum presence { PRESENCE_ENTER = 2, PRESENCE_LEAVE = 3 };

#define FLAG_RESUMED 4
#define FLAG_ATTACH_RESUME 32
#define DETACHES 3u /* of the channel before a new connection is due */

/* --- events ------------------------------------------------------------------------------------
 */

static struct realtime_event *add_event(struct realtime *realtime, enum realtime_kind kind)
{
	struct realtime_event *event;

	if (realtime->count == realtime->room) {
		realtime->room = realtime->room * 2 + 8;
		realtime->events =
			mem_realloc(realtime->events, realtime->room * sizeof(*realtime->events));
	}
	event = &realtime->events[realtime->count++];
	*event = (struct realtime_event){.kind = kind};
	return event;
}

static void drop_event(struct realtime_event *event)
{
	mem_free(event->text);
	mem_free(event->time);
	event->text = event->time = NULL;
}

bool realtime_next(struct realtime *realtime, struct realtime_event *event)
{
	if (realtime->taken > 0)
		drop_event(&realtime->events[realtime->taken - 1]);
	if (realtime->taken == realtime->count) {
		realtime->taken = realtime->count = 0;
		*event = (struct realtime_event){0};
		return false;
	}
	*event = realtime->events[realtime->taken++];
	return true;
}

static void drop_events(struct realtime *realtime)
{
	for (size_t i = 0; i < realtime->count; i++)
		drop_event(&realtime->events[i]);
	realtime->taken = realtime->count = 0;
}

/* --- what is sent ------------------------------------------------------------------------------
 */

static cJSON *message_new(enum action action)
{
	cJSON *message = cJSON_CreateObject();

	cJSON_AddNumberToObject(message, "action", action);
	return message;
}

static void send(struct realtime *realtime, cJSON *message)
{
	struct buf text = {0};

	json_print(&text, message, false);
	cJSON_Delete(message);
	add_event(realtime, REALTIME_SEND)->text = buf_take(&text);
}

static void send_attach(struct realtime *realtime)
{
	cJSON *message = message_new(ACTION_ATTACH);

	cJSON_AddStringToObject(message, "channel", realtime->channel);
	if (realtime->serial != NULL)
		cJSON_AddStringToObject(message, "channelSerial", realtime->serial);
	if (realtime->attached)
		cJSON_AddNumberToObject(message, "flags", FLAG_ATTACH_RESUME);
	/* What is asked for in addition once the channel is known would come twice. */
	if (realtime->rewind != NULL && !realtime->attached)
		cJSON_AddStringToObject(cJSON_AddObjectToObject(message, "params"), "rewind",
					realtime->rewind);
	realtime->state = REALTIME_ATTACHING;
	send(realtime, message);
}

static void send_presence(struct realtime *realtime, enum presence presence)
{
	cJSON *message = message_new(ACTION_PRESENCE);
	cJSON *item = cJSON_CreateObject();

	cJSON_AddStringToObject(message, "channel", realtime->channel);
	cJSON_AddNumberToObject(message, "msgSerial", (double)realtime->sent++);
	cJSON_AddNumberToObject(item, "action", presence);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(message, "presence"), item);
	send(realtime, message);
}

static void send_detach(struct realtime *realtime)
{
	cJSON *message = message_new(ACTION_DETACH);

	cJSON_AddStringToObject(message, "channel", realtime->channel);
	send(realtime, message);
}

/* --- ends of a connection ----------------------------------------------------------------------
 */

/* What is not sent yet has nobody to go to. */
static void end(struct realtime *realtime, enum realtime_kind kind, bool token)
{
	struct realtime_event *event;

	realtime->state = REALTIME_OUT;
	event = add_event(realtime, kind);
	event->token = token;
}

/* Whether the service's number of an error says that a new token helps. */
static bool is_token_error(long long code)
{
	return code >= 40140 && code < 40150;
}

struct complaint {
	long long code, status;
	const char *message; /* or NULL */
};

static struct complaint read_complaint(const cJSON *message)
{
	const cJSON *object = cJSON_GetObjectItemCaseSensitive(message, "error");
	struct complaint complaint = {0};
	struct error ignored;

	if (!cJSON_IsObject(object))
		return complaint;
	complaint.message = json_string_or_null(object, "message");
	json_get_int(object, "error", "code", &complaint.code, &ignored);
	json_get_int(object, "error", "statusCode", &complaint.status, &ignored);
	if (complaint.status == 0)
		complaint.status = complaint.code / 100;
	return complaint;
}

/* Whoever shows the text cleans it: it is the service's. */
static void put_complaint(struct realtime *realtime, const struct complaint *complaint,
			  const char *what)
{
	struct error *error = &realtime->error;
	bool auth = complaint->status == 401 || complaint->status == 403;

	error_set(error, auth ? ERROR_AUTH : ERROR_SERVICE, "%s", what);
	if (complaint->code != 0)
		error_set(error, auth ? ERROR_AUTH : ERROR_SERVICE, "%s (code %lld)", what,
			  complaint->code);
	if (complaint->message != NULL)
		error_why(error, "%s", complaint->message);
}

/* --- what comes --------------------------------------------------------------------------------
 */

static void keep_text(char **place, const cJSON *object, const char *key)
{
	const char *text = json_string_or_null(object, key);

	if (text == NULL)
		return;
	mem_free(*place);
	*place = mem_strdup(text);
}

static void keep_span(long *place, const cJSON *object, const char *key)
{
	const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);

	/* A day is longer than anybody waits. */
	if (cJSON_IsNumber(number) && number->valuedouble >= 0 && number->valuedouble < 86400000.0)
		*place = (long)number->valuedouble;
}

static void take_connected(struct realtime *realtime, const cJSON *message)
{
	const cJSON *details = cJSON_GetObjectItemCaseSensitive(message, "connectionDetails");
	const char *id = json_string_or_null(message, "connectionId");
	bool same = id != NULL && realtime->connection_id != NULL &&
		    strcmp(id, realtime->connection_id) == 0;

	keep_text(&realtime->connection_key, message, "connectionKey");
	keep_text(&realtime->connection_key, details, "connectionKey");
	keep_span(&realtime->ttl, details, "connectionStateTtl");
	keep_span(&realtime->idle, details, "maxIdleInterval");
	/* Said again in the middle: only the details are new. */
	if (realtime->state != REALTIME_GREETING)
		return;
	keep_text(&realtime->connection_id, message, "connectionId");
	if (!same) {
		realtime->entered = false;
		realtime->sent = 0;
	}
	send_attach(realtime);
}

static void get_ready(struct realtime *realtime)
{
	realtime->state = REALTIME_LISTENING;
	add_event(realtime, REALTIME_READY)->gap = realtime->listened && !realtime->resumed;
	realtime->listened = true;
}

/* It comes also unasked, when the service could not keep the channel going. */
static void take_attached(struct realtime *realtime, const cJSON *message)
{
	const cJSON *flags = cJSON_GetObjectItemCaseSensitive(message, "flags");

	if (realtime->state != REALTIME_ATTACHING && realtime->state != REALTIME_LISTENING)
		return;
	realtime->attached = true;
	realtime->resumed = cJSON_IsNumber(flags) && (flags->valueint & FLAG_RESUMED) != 0;
	if (realtime->entered && realtime->resumed) {
		if (realtime->state == REALTIME_ATTACHING)
			get_ready(realtime);
		return;
	}
	realtime->state = REALTIME_ENTERING;
	send_presence(realtime, PRESENCE_ENTER);
}

static void take_ack(struct realtime *realtime)
{
	if (realtime->state == REALTIME_LEAVING)
		send_detach(realtime);
	if (realtime->state != REALTIME_ENTERING)
		return;
	realtime->entered = true;
	get_ready(realtime);
}

static void take_nack(struct realtime *realtime, const cJSON *message)
{
	const struct complaint complaint = read_complaint(message);

	if (realtime->state == REALTIME_LEAVING)
		send_detach(realtime);
	if (realtime->state != REALTIME_ENTERING)
		return;
	put_complaint(realtime, &complaint, "the log service does not let us listen");
	end(realtime, REALTIME_REFUSED, false);
}

static void take_detached(struct realtime *realtime, const cJSON *message)
{
	const struct complaint complaint = read_complaint(message);

	if (realtime->state == REALTIME_LEAVING) {
		end(realtime, REALTIME_LEFT, false);
	} else if (realtime->state == REALTIME_LISTENING && realtime->detached++ < DETACHES) {
		realtime->entered = false;
		send_attach(realtime);
	} else {
		put_complaint(realtime, &complaint,
			      "the log service refuses the logs of this app and workspace");
		end(realtime,
		    realtime->state == REALTIME_LISTENING ? REALTIME_AGAIN : REALTIME_REFUSED,
		    false);
	}
}

static void take_disconnected(struct realtime *realtime, const cJSON *message)
{
	const struct complaint complaint = read_complaint(message);

	put_complaint(realtime, &complaint, "the log service ended the connection");
	end(realtime, REALTIME_AGAIN, is_token_error(complaint.code));
}

static void take_error(struct realtime *realtime, const cJSON *message)
{
	const struct complaint complaint = read_complaint(message);
	bool token = is_token_error(complaint.code);

	if (json_string_or_null(message, "channel") != NULL) {
		put_complaint(realtime, &complaint,
			      "the log service refuses the logs of this app and workspace");
		end(realtime, REALTIME_REFUSED, false);
		return;
	}
	put_complaint(realtime, &complaint, "the log service refuses the connection");
	if (token || complaint.status >= 500 || complaint.status == 0)
		end(realtime, REALTIME_AGAIN, token);
	else
		end(realtime, REALTIME_REFUSED, false);
}

static void take_messages(struct realtime *realtime, const cJSON *message)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(message, "messages"))
	{
		struct realtime_event entry = {.kind = REALTIME_ENTRY};

		if (realtime_read_entry(item, &entry))
			*add_event(realtime, REALTIME_ENTRY) = entry;
	}
}

/* --- the door ----------------------------------------------------------------------------------
 */

static void take_action(struct realtime *realtime, long long action, const cJSON *message)
{
	switch (action) {
	case ACTION_CONNECTED:
		take_connected(realtime, message);
		break;
	case ACTION_ATTACHED:
		take_attached(realtime, message);
		break;
	case ACTION_ACK:
		take_ack(realtime);
		break;
	case ACTION_NACK:
		take_nack(realtime, message);
		break;
	case ACTION_DETACHED:
		take_detached(realtime, message);
		break;
	case ACTION_DISCONNECTED:
	case ACTION_CLOSED:
		take_disconnected(realtime, message);
		break;
	case ACTION_ERROR:
		take_error(realtime, message);
		break;
	case ACTION_MESSAGE:
		take_messages(realtime, message);
		break;
	case ACTION_AUTH:
		add_event(realtime, REALTIME_RENEW);
		break;
	default: /* signs of life, others who listen, what is new */
		break;
	}
}

void realtime_take(struct realtime *realtime, const char *text, size_t len)
{
	struct error ignored;
	cJSON *message = realtime_parse(text, len);
	const char *channel;
	long long action;

	if (realtime->state == REALTIME_OUT) {
		cJSON_Delete(message);
		return;
	}
	if (!cJSON_IsObject(message) ||
	    json_get_int(message, "message", "action", &action, &ignored) != 0) {
		error_set(&realtime->error, ERROR_SERVICE,
			  "the log service sends what is no message of its protocol");
		end(realtime, REALTIME_AGAIN, false);
		cJSON_Delete(message);
		return;
	}
	channel = json_string_or_null(message, "channel");
	if (channel == NULL || strcmp(channel, realtime->channel) == 0) {
		if (channel != NULL)
			keep_text(&realtime->serial, message, "channelSerial");
		take_action(realtime, action, message);
	}
	cJSON_Delete(message);
}

/* --- from outside ------------------------------------------------------------------------------
 */

void realtime_init(struct realtime *realtime, const char *channel, const char *rewind)
{
	*realtime = (struct realtime){.channel = mem_strdup(channel),
				      .rewind = rewind != NULL ? mem_strdup(rewind) : NULL,
				      .ttl = REALTIME_TTL,
				      .idle = REALTIME_IDLE};
}

void realtime_dispose(struct realtime *realtime)
{
	drop_events(realtime);
	mem_free(realtime->events);
	mem_free(realtime->channel);
	mem_free(realtime->rewind);
	mem_free(realtime->connection_id);
	mem_free(realtime->connection_key);
	mem_free(realtime->serial);
	*realtime = (struct realtime){0};
}

void realtime_put_target(const struct realtime *realtime, const char *token, struct buf *out)
{
	buf_puts(out, "/?access_token=");
	http_put_encoded(out, token, "");
	buf_puts(out, "&echo=false&format=json&heartbeats=false&v=6&agent=");
	http_put_encoded(out, AGENT, "");
	if (realtime->connection_key != NULL) {
		buf_puts(out, "&resume=");
		http_put_encoded(out, realtime->connection_key, "");
	}
}

void realtime_begin(struct realtime *realtime)
{
	drop_events(realtime);
	realtime->detached = 0;
	realtime->state = REALTIME_GREETING;
}

void realtime_renewed(struct realtime *realtime, const char *token)
{
	cJSON *message;

	if (realtime->state == REALTIME_OUT)
		return;
	message = message_new(ACTION_AUTH);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(message, "auth"), "accessToken", token);
	send(realtime, message);
}

void realtime_lost(struct realtime *realtime)
{
	drop_events(realtime);
	realtime->state = REALTIME_OUT;
}

void realtime_forget(struct realtime *realtime)
{
	mem_free(realtime->connection_id);
	mem_free(realtime->connection_key);
	realtime->connection_id = realtime->connection_key = NULL;
	realtime->entered = false;
}

void realtime_leave(struct realtime *realtime)
{
	switch (realtime->state) {
	case REALTIME_LISTENING:
	case REALTIME_ENTERING:
		realtime->state = REALTIME_LEAVING;
		send_presence(realtime, PRESENCE_LEAVE);
		break;
	case REALTIME_ATTACHING:
		realtime->state = REALTIME_LEAVING;
		send_detach(realtime);
		break;
	case REALTIME_LEAVING:
		break;
	default:
		end(realtime, REALTIME_LEFT, false);
		break;
	}
}
