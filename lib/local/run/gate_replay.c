/* See gate_replay.h. */
#include "local/run/gate_replay.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/flow/replaying.h"
#include "local/run/flows.h"
#include "local/run/platform.h"
#include "local/run/recordings.h"
#include "local/run/redact.h"

/* Without secrets: what is kept can be passed on, and is found with other secrets too. */
struct clean {
	struct buf url, body;
};

static struct clean clean_of(const struct platform *platform, const struct gate_asked *asked)
{
	const struct redactor *redactor = flow_redactor(platform->flows);
	struct clean clean = {{0}, {0}};

	redact(redactor, REDACT_SENT, asked->url, strlen(asked->url), &clean.url);
	if (asked->body != NULL)
		redact(redactor, REDACT_SENT, asked->body, asked->body_len, &clean.body);
	return clean;
}

static void dispose(struct clean *clean)
{
	buf_dispose(&clean->url);
	buf_dispose(&clean->body);
}

static struct recording_key key_of(const struct platform *platform, struct arena *arena,
				   const struct gate_asked *asked)
{
	struct clean clean = clean_of(platform, asked);
	struct recording_key key = {.method = asked->method};

	key.url = arena_strndup(arena, buf_cstr(&clean.url), clean.url.len);
	sha256_text(buf_cstr(&clean.body), clean.body.len, key.body);
	dispose(&clean);
	return key;
}

/* As it was in the flow. */
static int replay_flow(struct platform *platform, const struct gate_asked *asked,
		       struct buf *answer, struct error *error)
{
	struct clean clean = clean_of(platform, asked);
	const struct replaying_request request = {asked->method, buf_cstr(&clean.url),
						  buf_cstr(&clean.body)};
	int result = replaying_answer(platform->replaying, &request, answer, error);

	dispose(&clean);
	return result;
}

int gate_replay(struct platform *platform, struct arena *arena, const struct gate_asked *asked,
		struct buf *answer, struct error *error)
{
	struct recording_key key;
	struct error reason;
	const char *kept;

	if (platform->replaying != NULL)
		return replay_flow(platform, asked, answer, error);
	key = key_of(platform, arena, asked);
	if (recording_find(platform->store, arena, &key, &kept, &reason) != 0)
		return error_set(error, reason.kind, "fetch failed: %s", reason.message);
	buf_puts(answer, kept);
	return 0;
}

int gate_record(struct platform *platform, struct arena *arena, const struct gate_asked *asked,
		const struct buf *answer)
{
	struct recording_key key = key_of(platform, arena, asked);
	struct buf clean = {0};
	int result;

	redact_json(flow_redactor(platform->flows), REDACT_DATA, answer->ptr, answer->len, &clean);
	result = recording_keep(platform->store, &platform->clock, &key, buf_cstr(&clean),
				&platform->failure);
	buf_dispose(&clean);
	return result;
}
