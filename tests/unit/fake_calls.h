/* App code and the flow log for tests of what calls them: each call of app code waits here until
 * the test answers it. In place of calls.c and flows.c, which are not linked then. */
#ifndef ATTIO_TESTS_FAKE_CALLS_H
#define ATTIO_TESTS_FAKE_CALLS_H

#include "base/buf.h"
#include "base/mem.h"
#include "local/run/acting.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/platform.h"
#include "pieces_box.h"

struct fake_call {
	char *name; /* of the flow node, or the method */
	char *members;
	char *input;
	bool no_connections;
	bool as_user;
	run_done *done;
	void *context;
};

/* What app code was asked, in order; the first that is not answered is at `next`. */
static struct fake {
	struct fake_call *calls;
	size_t count, next;
	long long nodes;
	struct buf notes, secrets, shown; /* all that the flow log was given */
} fake;

static inline void fake_add(const char *name, const char *members, const char *input,
			    bool no_connections, run_done *done, void *context)
{
	struct fake_call *call;

	fake.calls = mem_realloc(fake.calls, (fake.count + 1) * sizeof(*fake.calls));
	call = &fake.calls[fake.count++];
	call->name = mem_strdup(name);
	call->members = mem_strdup(members);
	call->input = input != NULL ? mem_strdup(input) : NULL;
	call->no_connections = no_connections;
	call->as_user = false;
	call->done = done;
	call->context = context;
	buf_puts(&fake.shown, input != NULL ? input : "");
}

long long run_server(struct platform *platform, const struct server_run *run, run_done *done,
		     void *context)
{
	(void)platform;
	fake_add(run->name, run->members, run->input, run->no_connections, done, context);
	fake.calls[fake.count - 1].as_user = run->member_id != NULL;
	return ++fake.nodes;
}

long long run_client(struct platform *platform, const char *method, const char *members,
		     long long cause, const char *kind, const char *name, const char *input,
		     run_done *done, void *context)
{
	(void)platform;
	(void)cause;
	(void)kind;
	(void)name;
	fake_add(method, members, input, false, done, context);
	return ++fake.nodes;
}

long long flow_begin(struct flows *flows, long long cause, const char *kind, const char *name,
		     const char *input, size_t len)
{
	(void)flows;
	(void)cause;
	(void)kind;
	(void)name;
	buf_add(&fake.shown, input != NULL ? input : "", input != NULL ? len : 0);
	return ++fake.nodes;
}

void flow_end(struct flows *flows, long long node, struct json_slice output, const char *error)
{
	(void)flows;
	(void)node;
	(void)error;
	if (output.at != NULL)
		buf_add(&fake.shown, output.at, output.len);
}

void flow_note(struct flows *flows, long long node, const char *code, const char *text)
{
	(void)flows;
	(void)node;
	buf_printf(&fake.notes, "%s: %s\n", code, text);
}

void flow_warning(struct flows *flows, long long node, const char *code, const char *text)
{
	flow_note(flows, node, code, text);
}

void flow_secret(struct flows *flows, const char *value, const char *name)
{
	(void)flows;
	buf_printf(&fake.secrets, "%s=%s\n", name, value);
}

void flow_put_thrown(const struct flows *flows, const char *json, size_t len, struct buf *out)
{
	(void)flows;
	buf_add(out, json, len);
}

const char *acting_member(const struct platform *platform, long long flow)
{
	(void)platform;
	(void)flow;
	return "the-member";
}

long long flow_of(struct flows *flows, long long node)
{
	(void)flows;
	return node > 0 ? 1000 + node : 0;
}

/* Answers the next call; `error` is a message, or NULL. */
static inline void fake_answer(const char *result, const char *error)
{
	struct fake_call *call;
	struct run_error thrown = {.name = "Error", .message = error};

	assert_true(fake.next < fake.count);
	call = &fake.calls[fake.next++];
	call->done(call->context, json_slice_of(result, error == NULL ? strlen(result) : 0),
		   error != NULL ? &thrown : NULL);
}

static inline const struct fake_call *fake_next(void)
{
	assert_true(fake.next < fake.count);
	return &fake.calls[fake.next];
}

static inline void fake_clear(void)
{
	for (size_t i = 0; i < fake.count; i++) {
		mem_free(fake.calls[i].name);
		mem_free(fake.calls[i].members);
		mem_free(fake.calls[i].input);
	}
	mem_free(fake.calls);
	buf_dispose(&fake.notes);
	buf_dispose(&fake.secrets);
	buf_dispose(&fake.shown);
	memset(&fake, 0, sizeof(fake));
}

/* The parts of a platform that these need. */
static inline void fake_platform(struct box *box, struct platform *platform)
{
	memset(platform, 0, sizeof(*platform));
	platform->store = box->store;
	platform->pieces = &box->pieces;
	memcpy(platform->origin, "http://127.0.0.1:8700", 22);
}

#endif
