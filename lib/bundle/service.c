/* The conversation with esbuild: ids, open requests, and everything that can go wrong with the
 * other side told as one sentence. The child runs as another program with its own bugs and may be
 * killed at any time, so nothing here believes that an answer will come.
 *
 * The version must be named when the service is started. Asking for it first would start the
 * program twice, so the pinned one is tried, and the question is asked only when that is refused
 * (an app may bring its own esbuild). */
#include "bundle/service.h"

#include <ctype.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/wire.h"
#include "sys/child.h"

#define PINNED_VERSION "0.27.7"
#define OLDEST_MINOR 25 /* of 0.x: what the protocol was measured on */

enum {
	GRACE_MS = 1000, /* between one sign of the child's end and the others; for ending it */
	VERSION_MAX = 32
};

struct call {
	service_reply reply;
	void *payload;
	bool open;
};

struct service {
	struct service_options options;
	struct child *child;
	char version[VERSION_MAX];
	bool ready; /* the child has said its version */
	bool failed;
	struct error error;
	struct call *calls; /* by id */
	uint32_t call_count;
	uint32_t open;
	size_t seen; /* bytes of its output that are no whole packet yet */
};

static void fix_esbuild(struct error *error)
{
	error_fix(error,
		  "name an esbuild from 0.%d on in ESBUILD_BINARY_PATH, or unset it to use "
		  "the one that comes with attio",
		  OLDEST_MINOR);
}

static void fail(struct service *service, const char *message, const char *why)
{
	if (service->failed)
		return;
	service->failed = true;
	error_set(&service->error, ERROR_TOOL, "%s", message);
	error_why(&service->error, "%s", why);
}

void service_unreadable(struct service *service, const char *what)
{
	if (service->failed)
		return;
	fail(service, "esbuild gave an answer that cannot be understood", what);
	fix_esbuild(&service->error);
}

/* Sends a packet, whatever it is. */
static void send_packet(struct service *service, const struct wire_packet *packet)
{
	struct buf buf = {0};
	size_t len;

	if (wire_encode(&buf, packet) != 0) {
		buf_dispose(&buf);
		fail(service, "the app is too large to be bundled",
		     "a single file or answer is over 1 GiB");
		return;
	}
	len = buf.len;
	child_write(service->child, buf_take(&buf), len);
}

void service_request(struct service *service, const struct wire_value *value, service_reply reply,
		     void *payload)
{
	uint32_t id = service->call_count;

	if (service->failed)
		return;
	/* Ids are never used twice; doubling at powers of two needs no room field. */
	if ((id & (id - 1)) == 0)
		service->calls = mem_realloc(service->calls, (id != 0 ? (size_t)id * 2 : 1) *
								     sizeof(*service->calls));
	service->calls[id] = (struct call){reply, payload, true};
	service->call_count++;
	service->open++;
	send_packet(service, &(struct wire_packet){.id = id, .value = *value});
}

void service_answer(struct service *service, uint32_t id, const struct wire_value *value)
{
	if (!service->failed)
		send_packet(service,
			    &(struct wire_packet){.id = id, .response = true, .value = *value});
}

static void take_version(struct service *service, struct wire_text frame)
{
	size_t len = strlen(service->version);

	if (frame.len != len || memcmp(frame.ptr, service->version, len) != 0) {
		service_unreadable(service, "it did not begin with its version");
		return;
	}
	service->ready = true;
}

static void take_packet(struct service *service, struct wire_text frame)
{
	struct arena *arena = arena_new();
	struct wire_packet packet;
	struct call *call;

	if (wire_decode(arena, frame.ptr, frame.len, &packet) != 0) {
		service_unreadable(service, "a packet is damaged");
	} else if (!packet.response) {
		struct wire_value nothing = wire_map();

		if (wire_text_is(wire_get(&packet.value, "command"), "ping"))
			service_answer(service, packet.id, &nothing);
		else
			service->options.handler(packet.id, &packet.value,
						 service->options.payload);
	} else if (packet.id >= service->call_count || !service->calls[packet.id].open) {
		service_unreadable(service, "it answers what was not asked");
	} else {
		call = &service->calls[packet.id];
		call->open = false;
		service->open--;
		/* The callback may ask more, which moves the table. */
		call->reply(&packet.value, call->payload);
	}
	arena_free(arena);
}

/* At least one of the signs of its end was seen. */
static bool is_going(const struct child *child)
{
	return child->exited || child->out_closed;
}

/* Ended, and all of its output was seen. */
static bool is_gone(const struct child *child)
{
	return child->exited && child->out_closed && child->err_closed;
}

/* Takes the packets that came since the last time. */
static void take_output(struct service *service)
{
	struct child *child = service->child;
	struct wire_text frame;
	enum wire_status status;
	size_t taken = 0;

	if (child->output.len == service->seen)
		return;
	if (!is_going(child))
		child_limit(child, service->options.silence_ms);
	while (!service->failed &&
	       (status = wire_next(&child->output, &taken, &frame)) != WIRE_MORE) {
		if (status == WIRE_BAD)
			service_unreadable(service, "a packet is damaged");
		else if (service->ready)
			take_packet(service, frame);
		else
			take_version(service, frame);
	}
	buf_drop(&child->output, taken);
	service->seen = child->output.len;
	if (!service->failed && service->options.drained != NULL)
		service->options.drained(service->options.payload);
}

/* The child ended, or closed its output, while we wanted something. */
static void tell_death(struct service *service, const char *message)
{
	char how[64], complaint[400];

	if (!service->child->exited) {
		fail(service, message, "it closed its output");
		return;
	}
	child_how(service->child, how, sizeof(how));
	child_complaint(service->child, complaint, sizeof(complaint));
	fail(service, message, "");
	if (child_signal(service->child) != 0)
		error_why(&service->error, "it was killed by %s%s%s", how,
			  *complaint != '\0' ? ": " : "", complaint);
	else
		error_why(&service->error, "it ended with %s%s%s", how,
			  *complaint != '\0' ? ": " : "", complaint);
	if (child_signal(service->child) == SIGKILL)
		error_fix(&service->error, "try again; if it happens again, look whether the "
					   "machine runs out of memory");
}

/* Somebody wants us to end: the caller knows. */
static void tell_end(struct service *service)
{
	fail(service, "esbuild was not waited for", "attio was asked to end");
}

static void tell_silence(struct service *service)
{
	fail(service, "esbuild does not answer", "");
	error_why(&service->error, "nothing came from it for %g s, so it was stopped",
		  service->options.silence_ms / 1000.0);
	error_fix(&service->error, "try again; if it happens again, the machine may be overloaded "
				   "or the executable broken");
}

/* Turns the loop until `*until` is zero or something failed. */
static void wait_while(struct service *service, bool (*waiting)(const struct service *),
		       const char *death)
{
	struct child *child = service->child;
	bool going = is_going(child);

	/* What came while the loop was turned for somebody else. */
	take_output(service);
	child_limit(child, going ? GRACE_MS : service->options.silence_ms);
	while (!service->failed && waiting(service)) {
		if (is_gone(child) || (going && child->time.over)) {
			tell_death(service, death);
			return;
		}
		if (child->time.over) {
			tell_silence(service);
			return;
		}
		if (loop_ended(child->loop) != 0) {
			tell_end(service);
			return;
		}
		loop_turn(child->loop);
		take_output(service);
		if (!going && is_going(child)) {
			going = true;
			child_limit(child, GRACE_MS);
		}
	}
}

static bool is_starting(const struct service *service)
{
	return !service->ready;
}

static bool is_asking(const struct service *service)
{
	return service->open > 0;
}

static void drop_child(struct service *service, unsigned patience_ms)
{
	if (service->child == NULL)
		return;
	/* Who is asked to end does not wait for others. */
	if (service->child->loop != NULL && loop_ended(service->child->loop) != 0)
		patience_ms = 0;
	child_dispose(service->child, patience_ms);
	mem_free(service->child);
	service->child = NULL;
}

static int start_child(struct child *child, struct service *service, const char *argument,
		       struct error *error)
{
	/* Memory is cheaper than collecting it: a fifth of its time. */
	static const char *const lasting[] = {"GOGC=400", NULL};
	static const char *const once[] = {"GOGC=off", "GOMEMLIMIT=1GiB", NULL};
	const char *words[] = {service->options.path, argument, NULL};
	struct child_command command = {.name = "esbuild",
					.words = words,
					.settings = service->options.lasting ? lasting : once,
					.descriptors = CHILD_ENGINE_DESCRIPTORS,
					.input = true};

	if (child_start(child, service->options.loop, &command, error) == 0)
		return 0;
	if (error->kind != ERROR_TOOL)
		return -1;
	return error_fix(error, "install attio again, or name another esbuild in "
				"ESBUILD_BINARY_PATH");
}

/* Runs the program with one argument until it ends, for what it prints. */
static int ask_version(struct service *service, char *version, size_t size, struct error *error)
{
	struct child *child = mem_zalloc(1, sizeof(*child));
	size_t len = 0;
	int result = start_child(child, service, "--version", error);

	if (result == 0) {
		child_limit(child, service->options.silence_ms);
		child_finish(child);
		len = child->output.len;
		if (len >= size)
			len = 0;
		if (len != 0)
			memcpy(version, child->output.ptr, len);
	}
	while (len != 0 && isspace((unsigned char)version[len - 1]))
		len--;
	version[len] = '\0';
	child_dispose(child, 0);
	mem_free(child);
	return result;
}

/* "0.27.7": zero when the text is no such thing or older than we know. */
static bool version_is_usable(const char *version, bool *is_version)
{
	char *end;
	unsigned long major = strtoul(version, &end, 10), minor;

	*is_version = false;
	if (end == version || *end != '.')
		return false;
	version = end + 1;
	minor = strtoul(version, &end, 10);
	if (end == version || *end != '.' || !isdigit((unsigned char)end[1]))
		return false;
	if (end[1 + strspn(end + 1, "0123456789abcdefghijklmnopqrstuvwxyz.-")] != '\0')
		return false;
	*is_version = true;
	return major > 0 || minor >= OLDEST_MINOR;
}

/* Starts the child with the version that it should be, without waiting for it. */
static int launch(struct service *service)
{
	char argument[VERSION_MAX + 16];

	snprintf(argument, sizeof(argument), "--service=%s", service->version);
	service->failed = false;
	service->seen = 0;
	service->child = mem_zalloc(1, sizeof(*service->child));
	if (start_child(service->child, service, argument, &service->error) == 0)
		return 0;
	service->failed = true;
	return -1;
}

static int wait_ready(struct service *service)
{
	if (!service->failed)
		wait_while(service, is_starting, "esbuild stopped before it was ready");
	return service->failed ? -1 : 0;
}

/* Whether the first try ended as esbuild ends when its version is another one. */
static bool was_refused(const struct service *service)
{
	const struct child *child = service->child;

	return child->exited && child_signal(child) == 0 && child_code(child) == 1 &&
	       child->output.len == 0;
}

/* Asks the program for its version and starts it again under that one. */
static int start_as_it_is(struct service *service, struct error *error)
{
	char version[VERSION_MAX];
	bool is_version;

	if (!was_refused(service) || ask_version(service, version, sizeof(version), error) != 0)
		return -1;
	if (!version_is_usable(version, &is_version)) {
		if (!is_version)
			return -1;
		error_set(error, ERROR_TOOL, "this esbuild is too old");
		error_why(error, "`%s` is version %s", service->options.path, version);
		fix_esbuild(error);
		return -1;
	}
	if (strcmp(version, PINNED_VERSION) == 0)
		return -1;
	drop_child(service, 0);
	snprintf(service->version, sizeof(service->version), "%s", version);
	if (launch(service) == 0 && wait_ready(service) == 0)
		return 0;
	*error = service->error;
	return -1;
}

static int not_started(struct service *service, struct error *error)
{
	if (*error->fix == '\0')
		fix_esbuild(error);
	service->failed = true;
	return -1;
}

struct service *service_begin(const struct service_options *options, struct error *error)
{
	struct service *service = mem_zalloc(1, sizeof(*service));

	service->options = *options;
	if (service->options.silence_ms == 0)
		service->options.silence_ms = SERVICE_SILENCE_MS;
	snprintf(service->version, sizeof(service->version), "%s", PINNED_VERSION);
	if (launch(service) == 0)
		return service;
	*error = service->error;
	not_started(service, error);
	service_stop(service);
	return NULL;
}

int service_ready(struct service *service, struct error *error)
{
	if (wait_ready(service) == 0)
		return 0;
	*error = service->error;
	if (service->ready || start_as_it_is(service, error) == 0)
		return service->ready && !service->failed ? 0 : -1;
	return not_started(service, error);
}

int service_run(struct service *service, struct error *error)
{
	wait_while(service, is_asking, "esbuild stopped in the middle of its work");
	if (!service->failed)
		return 0;
	*error = service->error;
	return -1;
}

void service_leave(struct service *service)
{
	child_close_input(service->child);
}

void service_stop(struct service *service)
{
	if (service == NULL)
		return;
	drop_child(service, service->failed || service->open != 0 ? 0 : GRACE_MS);
	mem_free(service->calls);
	mem_free(service);
}

int service_pid(const struct service *service)
{
	return (int)service->child->pid;
}

const char *service_version(const struct service *service)
{
	return service->version;
}
