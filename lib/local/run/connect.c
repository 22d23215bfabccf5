/* See connect.h. */
#include "local/run/connect.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "http/server.h"
#include "local/plain_page.h"
#include "local/run/calls.h"
#include "local/run/connections.h"
#include "local/run/consent.h"
#include "local/run/events.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"

/* A made-up token, in seconds: as long as services usually give. */
#define TOKEN_LASTS 3600

struct job {
	struct platform *platform;
	struct arena *arena;
	bool expires;
	connect_done *done;
	void *context;
};

int connect_begin(struct platform *platform, const char *owner_type, const char *owner_id,
		  const char *created_by, struct buf *url, struct error *error)
{
	struct consent facts = {0};
	char key[RANDOM_KEY_SIZE];

	snprintf(facts.owner_type, sizeof(facts.owner_type), "%s", owner_type);
	snprintf(facts.owner_id, sizeof(facts.owner_id), "%s", owner_id);
	snprintf(facts.created_by, sizeof(facts.created_by), "%s", created_by);
	if (consents_add(&platform->pieces->consents, &facts, clock_ms(&platform->clock), key,
			 error) != 0)
		return -1;
	buf_printf(url, "%s/__attio/consent/%s", platform->origin, key);
	return 0;
}

static const char *app_of(const struct platform *platform)
{
	return platform->pieces->app_title;
}

static void tell(struct job *job, unsigned status, const char *title, const char *text)
{
	struct connect_answer answer = {.status = status};
	struct buf html = {0};

	consent_told(&html, app_of(job->platform), title, text);
	answer.html = html.ptr;
	answer.len = html.len;
	job->done(job->context, &answer);
	buf_dispose(&html);
	arena_free(job->arena);
}

static void ask(struct job *job, const struct consent *consent)
{
	struct connect_answer answer = {.status = 200};
	struct buf html = {0};

	consent_page(&html, app_of(job->platform), consent);
	answer.html = html.ptr;
	answer.len = html.len;
	job->done(job->context, &answer);
	buf_dispose(&html);
	arena_free(job->arena);
}

static void added(void *context, const struct event_result *result)
{
	struct job *job = context;
	struct error error;

	if (!result->done) {
		tell(job, 200, "The app refused the connection",
		     result->thrown != NULL && result->thrown->message != NULL
			     ? result->thrown->message
			     : "the connection could not be kept");
	} else if (job->expires &&
		   connection_expire(job->platform->pieces, result->connection->id, &error) != 0) {
		tell(job, 200, "Connected", error.message);
	} else {
		tell(job, 200, "Connected",
		     job->expires ? "The connection is there, and has expired."
				  : "The connection is there.");
	}
}

static void approve(struct job *job, const struct consent *consent, const char *value)
{
	struct connection facts = {.owner_type = consent->owner_type,
				   .owner_id = consent->owner_id,
				   .created_by = consent->created_by,
				   .type = "oauth",
				   .value = value};
	char token[RANDOM_KEY_SIZE];
	struct error error;

	if (value[0] == '\0') {
		if (random_key(token, &error) != 0) {
			tell(job, 500, "Not connected", error.message);
			return;
		}
		facts.value = token;
	}
	if (event_add(job->platform, &facts, TOKEN_LASTS, false, added, job, &error) != 0)
		tell(job, 500, "Not connected", error.message);
}

static void choose(struct job *job, const struct consent *waiting, const char *form, size_t len)
{
	struct consent consent = *waiting;
	struct consent_choice choice;

	if (!consent_read(job->arena, form, len, &choice)) {
		tell(job, 400, "Nothing was chosen", "Go back and choose one of the buttons.");
		return;
	}
	consents_end(&job->platform->pieces->consents, consent.key);
	job->expires = choice.expires;
	if (choice.approve)
		approve(job, &consent, choice.value);
	else
		tell(job, 200, "Denied", "The app has no connection.");
}

void connect_serve(struct platform *platform, const char *key, const char *method, const char *form,
		   size_t len, connect_done *done, void *context)
{
	struct arena *arena = arena_new_small(1024);
	struct job *job = arena_alloc(arena, sizeof(*job));
	const struct consent *consent =
		consents_find(&platform->pieces->consents, key, clock_ms(&platform->clock));

	job->platform = platform;
	job->arena = arena;
	job->done = done;
	job->context = context;
	if (consent == NULL)
		tell(job, 404, "This request is over",
		     "It was answered, or it is too old. Ask the app to connect again.");
	else if (str_is(method, "GET") || str_is(method, "HEAD"))
		ask(job, consent);
	else if (str_is(method, "POST"))
		choose(job, consent, form, len);
	else
		tell(job, 405, "This method is not used here", "The page is read or answered.");
}

void connect_reply(const struct connect_answer *answer, struct http_reply *reply)
{
	reply->status = answer->status;
	page_headers(reply, NULL);
	buf_add(&reply->body, answer->html, answer->len);
}
