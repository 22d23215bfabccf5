/* See faults.h. */
#include "local/developer/faults.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/route.h"
#include "json/json.h"

#define TIMES_MOST 1000000
#define SLOW_MOST 600000

/* As they are ordered, and told. */
static const char *const kinds[] = {[FAULT_STATUS] = "status",
				    [FAULT_RESET] = "reset",
				    [FAULT_CUT] = "cut",
				    [FAULT_SLOW] = "slow"};

/* An answer whose second half is late. */
struct slow {
	struct slow *next;
	struct faults *faults;
	struct http_call *call;
	struct buf rest;
	long long due; /* ms on the machine's clock */
	bool sent;
	void *state; /* of the call's own handler */
	void (*ended)(void *state, bool whole);
};

void fault_dispose(struct fault *fault)
{
	mem_free(fault->endpoint);
	mem_free(fault->body);
	cJSON_Delete(fault->headers);
}

void faults_clear(struct faults *faults)
{
	for (size_t i = 0; i < faults->count; i++)
		fault_dispose(&faults->items[i]);
	mem_free(faults->items);
	faults->items = NULL;
	faults->count = 0;
}

bool faults_remove(struct faults *faults, size_t at)
{
	if (at >= faults->count)
		return false;
	fault_dispose(&faults->items[at]);
	faults->count--;
	memmove(&faults->items[at], &faults->items[at + 1],
		(faults->count - at) * sizeof(*faults->items));
	return true;
}

void faults_dispose(struct faults *faults)
{
	faults_clear(faults);
}

/* ---- orders ---- */

/* "POST /api/apps/{app_id}/prod-versions", with or without the method; "*" is all. */
static bool is_for(const struct route *row, const char *endpoint)
{
	size_t len = strlen(row->method);
	const char *pattern = row->pattern;

	if (str_is(endpoint, "*"))
		return true;
	if (endpoint[0] != '/') {
		if (strncmp(endpoint, row->method, len) != 0 || endpoint[len] != ' ')
			return false;
		endpoint += len + 1;
	}
	/* "{slug...}" is described as "{slug}". */
	while (*pattern != '\0' && *endpoint != '\0') {
		if (str_starts(pattern, "...}") && *endpoint == '}')
			pattern += 3;
		if (*pattern != *endpoint)
			return false;
		pattern++;
		endpoint++;
	}
	return *pattern == *endpoint;
}

static int read_kind(const cJSON *order, enum fault_kind *kind, struct error *error)
{
	const char *name = json_string_or_null(order, "failure");

	for (size_t i = 0; name != NULL && i < ARRAY_LEN(kinds); i++) {
		if (str_is(name, kinds[i])) {
			*kind = (enum fault_kind)i;
			return 0;
		}
	}
	error_set(error, ERROR_USAGE, "`failure` is none that can be made");
	return error_fix(error, "give status, reset, cut or slow");
}

static int read_number(const cJSON *order, const char *name, long long least, long long most,
		       long long otherwise, long long *number, struct error *error)
{
	*number = otherwise;
	if (cJSON_GetObjectItemCaseSensitive(order, name) == NULL)
		return 0;
	if (json_get_int(order, "the body", name, number, error) == 0 && *number >= least &&
	    *number <= most)
		return 0;
	return error_set(error, ERROR_USAGE, "`%s` must be a whole number from %lld to %lld", name,
			 least, most);
}

static int read_headers(const cJSON *order, cJSON **headers, struct error *error)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(order, "headers"), *item;

	cJSON_ArrayForEach(item, given)
	{
		if (!cJSON_IsString(item) || strpbrk(item->valuestring, "\r\n") != NULL)
			return error_set(error, ERROR_USAGE,
					 "`headers` must be texts without line breaks");
	}
	*headers = given != NULL ? cJSON_Duplicate(given, true) : NULL;
	return 0;
}

static int read_endpoint(const cJSON *order, const struct route *rows, size_t count,
			 const char **endpoint, struct error *error)
{
	*endpoint = json_string_or_null(order, "endpoint");
	for (size_t i = 0; *endpoint != NULL && i < count; i++)
		if (is_for(&rows[i], *endpoint))
			return 0;
	error_set(error, ERROR_USAGE, "there is no such endpoint");
	return error_fix(error, "give it as `GET /developer/openapi.json` names it, like "
				"\"POST /oidc/token\", or \"*\"");
}

int faults_add(struct faults *faults, const cJSON *order, const struct route *rows, size_t count,
	       struct error *error)
{
	const char *body = json_string_or_null(order, "body"), *endpoint;
	long long status, ms;
	struct fault fault = {0};

	if (read_endpoint(order, rows, count, &endpoint, error) != 0 ||
	    read_kind(order, &fault.kind, error) != 0 ||
	    read_number(order, "times", 1, TIMES_MOST, 1, &fault.times, error) != 0 ||
	    read_number(order, "status", 200, 599, 500, &status, error) != 0 ||
	    read_number(order, "ms", 0, SLOW_MOST, 1000, &ms, error) != 0 ||
	    read_headers(order, &fault.headers, error) != 0)
		return -1;
	fault.endpoint = mem_strdup(endpoint);
	fault.body = body != NULL ? mem_strdup(body) : NULL;
	fault.status = (unsigned)status;
	fault.ms = (unsigned)ms;
	fault.done = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(order, "done"));
	faults->items = mem_realloc(faults->items, (faults->count + 1) * sizeof(fault));
	faults->items[faults->count++] = fault;
	return 0;
}

void faults_print(const struct faults *faults, struct buf *out)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < faults->count; i++) {
		buf_puts(out, i > 0 ? ",{" : "{");
		buf_put_json_member(out, "endpoint", faults->items[i].endpoint);
		buf_put_json_member(out, "failure", kinds[faults->items[i].kind]);
		buf_printf(out, ",\"times\":%lld}", faults->items[i].times);
	}
	buf_putc(out, ']');
}

/* ---- trouble ---- */

bool faults_take(struct faults *faults, const struct route *row, struct fault *fault)
{
	for (size_t i = 0; i < faults->count; i++) {
		struct fault *one = &faults->items[i];

		if (!is_for(row, one->endpoint))
			continue;
		if (--one->times > 0) {
			*fault = *one;
			fault->endpoint = mem_strdup(one->endpoint);
			fault->body = one->body != NULL ? mem_strdup(one->body) : NULL;
			fault->headers = cJSON_Duplicate(one->headers, true);
		} else {
			*fault = *one;
			faults->count--;
			memmove(one, one + 1, (faults->count - i) * sizeof(*one));
		}
		return true;
	}
	return false;
}

static void answer_status(const struct fault *fault, struct http_reply *reply)
{
	const cJSON *item;

	if (fault->body != NULL) {
		reply->status = fault->status;
		buf_clear(&reply->body);
		buf_puts(&reply->body, fault->body);
	} else {
		http_reply_refuse(reply, fault->status, "this failure was ordered");
	}
	cJSON_ArrayForEach(item, fault->headers)
		http_reply_header(reply, item->string, item->valuestring);
}

static enum http_more cut_off(struct http_call *call, struct buf *out)
{
	(void)call;
	(void)out;
	return HTTP_CUT;
}

static enum http_more go_on(struct http_call *call, struct buf *out)
{
	struct slow *slow = call->state;

	if (slow->sent)
		return HTTP_END;
	if (clock_ms(&clock_machine) < slow->due)
		return HTTP_WAIT;
	slow->sent = true;
	buf_add(out, slow->rest.ptr, slow->rest.len);
	return HTTP_MORE;
}

static void slow_ended(void *state, bool whole)
{
	struct slow *slow = state;
	struct slow **at = &slow->faults->slow;

	while (*at != slow)
		at = &(*at)->next;
	*at = slow->next;
	if (slow->ended != NULL)
		slow->ended(slow->state, whole);
	buf_dispose(&slow->rest);
	mem_free(slow);
}

static void slow_down(struct faults *faults, const struct fault *fault, struct http_call *call,
		      struct http_reply *reply)
{
	struct slow *slow = mem_zalloc(1, sizeof(*slow));
	size_t half = reply->body.len / 2;

	buf_add(&slow->rest, reply->body.ptr + half, reply->body.len - half);
	reply->body.len = half;
	slow->faults = faults;
	slow->call = call;
	slow->due = clock_ms(&clock_machine) + fault->ms;
	slow->state = call->state;
	slow->ended = call->ended;
	slow->next = faults->slow;
	faults->slow = slow;
	call->state = slow;
	call->ended = slow_ended;
	reply->more = go_on;
}

void fault_apply(struct faults *faults, const struct fault *fault, struct http_call *call,
		 struct http_reply *reply)
{
	buf_cstr(&reply->body);
	if (fault->kind == FAULT_STATUS) {
		answer_status(fault, reply);
	} else if (fault->kind == FAULT_RESET) {
		reply->status = 500;
		reply->reset = true;
	} else if (fault->kind == FAULT_CUT) {
		reply->body.len /= 2;
		reply->more = cut_off;
	} else {
		slow_down(faults, fault, call, reply);
	}
}

void faults_serve(struct faults *faults)
{
	long long now = clock_ms(&clock_machine);

	for (struct slow *slow = faults->slow; slow != NULL; slow = slow->next)
		if (!slow->sent && slow->due <= now)
			http_server_wake(slow->call);
}

long long faults_wait(const struct faults *faults)
{
	long long now = clock_ms(&clock_machine), least = -1;

	for (const struct slow *slow = faults->slow; slow != NULL; slow = slow->next) {
		long long wait = slow->due > now ? slow->due - now : 0;

		if (!slow->sent && (least < 0 || wait < least))
			least = wait;
	}
	return least;
}
