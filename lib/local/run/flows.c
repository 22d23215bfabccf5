/* A node is a row from its beginning; what is needed to end it is kept here until then. */
#include "local/run/flows.h"

#include <string.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"
#include "local/flow/journal.h"
#include "local/run/flow_rows.h"
#include "local/run/redact.h"
#include "local/sql.h"

/* Longest text of an input or output that is kept, in bytes. */
#define TEXT_LIMIT ((size_t)256 << 10)
struct open_node {
	long long id, flow, cause;
	long long began; /* ns, on the machine's clock: moving the platform's is no work */
	char *kind, *name;
	struct buf notes; /* members of the JSON array */
};

/* What was warned of in one of the newest flows, for who asked for it. */
struct warned {
	long long flow;
	struct buf notes; /* members of the JSON array */
};

struct flows {
	struct local_store *store;
	const struct clock *clock;
	void (*event)(void *context, const char *json, size_t len);
	void *context;
	struct redactor redactor;
	struct open_node *open;
	size_t count, room;
	struct flow_rows rows;
	struct error failure;
	const char *limits_off;   /* borrowed, or NULL */
	struct warned warned[16]; /* a ring */
	size_t next_warned;
};

struct flows *flows_new(struct local_store *store, const struct clock *clock,
			const char *limits_off,
			void (*event)(void *context, const char *json, size_t len), void *context)
{
	struct flows *flows = mem_zalloc(1, sizeof(*flows));

	flows->store = store;
	flows->clock = clock;
	flows->limits_off = limits_off;
	flows->event = event;
	flows->context = context;
	flow_rows_open(&flows->rows, store, &flows->failure);
	return flows;
}

static void forget(struct open_node *node)
{
	mem_free(node->kind);
	mem_free(node->name);
	buf_dispose(&node->notes);
}

void flows_free(struct flows *flows)
{
	if (flows == NULL)
		return;
	for (size_t i = 0; i < flows->count; i++)
		forget(&flows->open[i]);
	for (size_t i = 0; i < ARRAY_LEN(flows->warned); i++)
		buf_dispose(&flows->warned[i].notes);
	mem_free(flows->open);
	flows_write(flows);
	flow_rows_dispose(&flows->rows);
	redact_dispose(&flows->redactor);
	mem_free(flows);
}

void flow_secret(struct flows *flows, const char *value, const char *name)
{
	redact_learn(&flows->redactor, value, name);
}

void flow_variable(struct flows *flows, const char *value, const char *name)
{
	redact_learn_variable(&flows->redactor, value, name);
}

const struct redactor *flow_redactor(const struct flows *flows)
{
	return &flows->redactor;
}

void flow_put_thrown(const struct flows *flows, const char *json, size_t len, struct buf *out)
{
	redact_json(&flows->redactor, REDACT_THROWN, json, len, out);
}

void flow_reveal(const struct flows *flows, cJSON *value)
{
	struct buf text = {0};

	if (cJSON_IsString(value) && strchr(value->valuestring, '{') != NULL) {
		redact_reveal(&flows->redactor, value->valuestring, strlen(value->valuestring),
			      &text);
		cJSON_SetValuestring(value, buf_cstr(&text));
		buf_dispose(&text);
	}
	for (cJSON *item = value != NULL ? value->child : NULL; item != NULL; item = item->next)
		flow_reveal(flows, item);
}

void flows_write(struct flows *flows)
{
	if (flows->failure.kind == ERROR_NONE)
		flow_rows_write(&flows->rows, &flows->failure);
}

long long flows_changes(const struct flows *flows)
{
	return sqlite3_total_changes(flows->store->db) - flows->rows.changes;
}

bool flows_failed(const struct flows *flows, struct error *error)
{
	if (flows->failure.kind == ERROR_NONE)
		return false;
	*error = flows->failure;
	return true;
}

void flows_forgive(struct flows *flows)
{
	flows->failure = (struct error){0};
}

/* ---- writing ---- */

/* A document without secrets, cut where it is too long; NULL stays so. */
static char *clean_json(const struct flows *flows, enum redact_document what, const char *text,
			size_t len)
{
	struct buf clean = {0}, json = {0};

	if (text == NULL)
		return NULL;
	redact_json(&flows->redactor, what, text, len, &clean);
	if (clean.len <= TEXT_LIMIT)
		return buf_take(&clean);
	buf_puts(&json, "{\"cut\":");
	buf_put_json_string(&json, clean.ptr, TEXT_LIMIT);
	buf_printf(&json, ",\"bytes\":%zu}", clean.len);
	buf_dispose(&clean);
	return buf_take(&json);
}

static char *clean_text(const struct flows *flows, enum redact_text what, const char *text)
{
	struct buf clean = {0};

	if (text == NULL)
		return NULL;
	redact(&flows->redactor, what, text, strlen(text), &clean);
	return buf_take(&clean);
}

/* The same of what people read whole. */
static char *clean_word(const struct flows *flows, const char *text)
{
	return clean_text(flows, REDACT_KEPT, text);
}

/* Where in what a crossing was given secrets are sent. */
static enum redact_document document_of(const char *kind)
{
	if (str_is(kind, "fetch") || str_is(kind, "rest-webhook"))
		return REDACT_FETCH;
	return str_is(kind, "webhook") || str_is(kind, "block") ? REDACT_REQUEST : REDACT_DATA;
}

/* Tells an event's text without secrets, and empties it. */
/* Ids are texts everywhere: `attio flow show` takes them. 0 is none. */
static void put_id(struct buf *out, const char *name, long long id)
{
	if (id != 0)
		buf_printf(out, ",\"%s\":\"%lld\"", name, id);
	else
		buf_printf(out, ",\"%s\":null", name);
}

void flow_tell(struct flows *flows, const char *json, size_t len)
{
	struct buf clean = {0};

	redact_json(&flows->redactor, REDACT_DATA, json, len, &clean);
	if (flows->event != NULL)
		flows->event(flows->context, buf_cstr(&clean), clean.len);
	buf_dispose(&clean);
}

static void tell(struct flows *flows, struct buf *event)
{
	flow_tell(flows, buf_cstr(event), event->len);
	buf_dispose(event);
}

static struct open_node *find_open(struct flows *flows, long long id)
{
	/* The one that was opened last is mostly the one that is asked for. */
	for (size_t i = flows->count; i-- > 0;)
		if (flows->open[i].id == id)
			return &flows->open[i];
	return NULL;
}

long long flow_of(struct flows *flows, long long node)
{
	const struct open_node *open = node != 0 ? find_open(flows, node) : NULL;
	sqlite3_stmt *statement;
	long long flow = 0;
	bool row = false;

	if (open != NULL || node == 0)
		return open != NULL ? open->flow : 0;
	flows_write(flows);
	statement =
		sql_keep(flows->store, "SELECT flow FROM flow_nodes WHERE id = ?", &flows->failure);
	if (statement == NULL)
		return 0;
	sqlite3_bind_int64(statement, 1, node);
	/* The node that begins a flow has 0 there: it is the flow. */
	if (sql_step(flows->store, statement, &row, &flows->failure) == 0 && row)
		flow = sqlite3_column_int64(statement, 0);
	sql_release(flows->store, statement);
	return row && flow == 0 ? node : flow;
}

static struct open_node *add_open(struct flows *flows)
{
	if (flows->count == flows->room) {
		flows->room = 2 * flows->room + 16;
		flows->open = mem_realloc(flows->open, flows->room * sizeof(*flows->open));
	}
	flows->open[flows->count] = (struct open_node){0};
	return &flows->open[flows->count++];
}

/* What a flow begins with: where the journal is, and what the platform does not limit. */
static char *began_with(struct flows *flows)
{
	struct buf text = {0};
	long long at = 0;

	journal_at(flows->store, &at, &flows->failure);
	buf_printf(&text, "{\"journal\":%lld", at);
	if (flows->limits_off != NULL)
		buf_put_json_member(&text, "limits_off", flows->limits_off);
	buf_putc(&text, '}');
	return buf_take(&text);
}

long long flow_begin(struct flows *flows, long long cause, const char *kind, const char *name,
		     const char *input, size_t len)
{
	long long flow = flow_of(flows, cause);
	char now[CLOCK_TEXT_SIZE];
	struct open_node *node;
	struct flow_row *row;
	struct buf event = {0};

	clock_text(flows->clock, now);
	node = add_open(flows);
	node->began = clock_ns(&clock_machine);
	node->kind = mem_strdup(kind);
	node->name = mem_strdup(name);
	node->cause = flow != 0 ? cause : 0;
	node->id = ++flows->rows.last;
	node->flow = flow != 0 ? flow : node->id;
	row = flow_rows_add(&flows->rows, FLOW_NODE);
	row->id = node->id;
	row->flow = flow;
	row->cause = node->cause;
	row->texts[FLOW_KIND] = mem_strdup(kind);
	row->texts[FLOW_NAME] = clean_word(flows, name);
	row->texts[FLOW_AT] = mem_strdup(now);
	row->texts[FLOW_INPUT] = clean_json(flows, document_of(kind), input, len);
	if (flow != 0)
		return node->id;
	row->texts[FLOW_BEGAN] = began_with(flows);
	buf_puts(&event, "{\"event\":\"flow\"");
	put_id(&event, "flow", node->id);
	buf_put_json_member(&event, "kind", kind);
	buf_put_json_member(&event, "name", name);
	buf_put_json_member(&event, "at", now);
	buf_putc(&event, '}');
	tell(flows, &event);
	return node->id;
}

void flow_acting(struct flows *flows, long long flow, const char *member_id)
{
	struct flow_row *row = flow_rows_find(&flows->rows, flow);
	struct buf text = {0};

	/* Where it is written already it is a flow that goes on: its user is known. */
	if (row == NULL || row->texts[FLOW_BEGAN] == NULL)
		return;
	buf_puts(&text, row->texts[FLOW_BEGAN]);
	text.len--; /* the brace */
	buf_put_json_member(&text, "as", member_id);
	buf_putc(&text, '}');
	mem_free(row->texts[FLOW_BEGAN]);
	row->texts[FLOW_BEGAN] = buf_take(&text);
}

void flow_beside(struct flows *flows, long long node)
{
	struct flow_row *row = flow_rows_find(&flows->rows, node);

	if (row != NULL && row->texts[FLOW_BEGAN] == NULL)
		row->texts[FLOW_BEGAN] = mem_strdup("true");
}

static void tell_end(struct flows *flows, const struct open_node *node, double ms,
		     const char *error)
{
	struct buf event = {0};

	buf_puts(&event, "{\"event\":\"node\"");
	put_id(&event, "flow", node->flow);
	put_id(&event, "id", node->id);
	put_id(&event, "cause", node->cause);
	buf_put_json_member(&event, "kind", node->kind);
	buf_put_json_member(&event, "name", node->name);
	buf_printf(&event, ",\"ms\":%.3f", ms);
	buf_put_json_member(&event, "error", error);
	buf_printf(&event, ",\"notes\":[%.*s]}", (int)node->notes.len,
		   node->notes.len > 0 ? node->notes.ptr : "");
	tell(flows, &event);
}

void flow_end(struct flows *flows, long long id, struct json_slice output, const char *error)
{
	struct open_node *node = find_open(flows, id);
	struct flow_row *row;
	double ms;

	if (node == NULL)
		return;
	ms = (double)(clock_ns(&clock_machine) - node->began) / 1e6;
	row = flow_rows_find(&flows->rows, id);
	if (row == NULL)
		row = flow_rows_add(&flows->rows, FLOW_END);
	row->id = id;
	row->ms = ms < 0 ? 0 : ms;
	row->texts[FLOW_OUTPUT] = clean_json(flows, REDACT_DATA, output.at, output.len);
	row->texts[FLOW_ERROR] = clean_word(flows, error);
	row->texts[FLOW_NOTES] = clean_json(flows, REDACT_DATA, node->notes.ptr, node->notes.len);
	tell_end(flows, node, ms, error);
	forget(node);
	*node = flows->open[--flows->count];
}

static void put_note(struct buf *note, const char *code, const char *text)
{
	buf_putc(note, '{');
	buf_put_json_member(note, "code", code);
	buf_put_json_member(note, "text", text);
	buf_putc(note, '}');
}

static void keep_note(struct open_node *node, const struct buf *note)
{
	if (node->notes.len > 0)
		buf_putc(&node->notes, ',');
	buf_add(&node->notes, note->ptr, note->len);
}

void flow_remark(struct flows *flows, long long id, const char *code, const char *text)
{
	struct open_node *node = find_open(flows, id);
	struct buf note = {0};

	put_note(&note, code, text);
	if (node != NULL)
		keep_note(node, &note);
	buf_dispose(&note);
}

void flow_note(struct flows *flows, long long id, const char *code, const char *text)
{
	struct open_node *node = find_open(flows, id);
	struct buf note = {0};

	put_note(&note, code, text);
	if (node == NULL) {
		/* It is over: its row gets the note. */
		struct flow_row *row = flow_rows_add(&flows->rows, FLOW_NOTE);

		row->id = id;
		row->texts[FLOW_NOTES] = clean_json(flows, REDACT_DATA, note.ptr, note.len);
	} else {
		keep_note(node, &note);
	}
	buf_dispose(&note);
	note = (struct buf){0};
	buf_puts(&note, "{\"event\":\"warning\"");
	put_id(&note, "flow", flow_of(flows, id));
	put_id(&note, "node", id);
	buf_put_json_member(&note, "code", code);
	buf_put_json_member(&note, "text", text);
	buf_putc(&note, '}');
	tell(flows, &note);
}

static struct warned *find_warned(struct flows *flows, long long flow)
{
	for (size_t i = 0; i < ARRAY_LEN(flows->warned); i++)
		if (flows->warned[i].flow == flow)
			return &flows->warned[i];
	return NULL;
}

void flow_warning(struct flows *flows, long long id, const char *code, const char *text)
{
	long long flow = flow_of(flows, id);
	struct warned *warned = find_warned(flows, flow);
	struct buf note = {0};
	char *clean;

	flow_note(flows, id, code, text);
	if (flow == 0)
		return;
	if (warned == NULL) {
		warned = &flows->warned[flows->next_warned++ % ARRAY_LEN(flows->warned)];
		buf_clear(&warned->notes);
		warned->flow = flow;
	}
	put_note(&note, code, text);
	clean = clean_json(flows, REDACT_DATA, note.ptr, note.len);
	buf_printf(&warned->notes, "%s%s", warned->notes.len > 0 ? "," : "", clean);
	mem_free(clean);
	buf_dispose(&note);
}

void flow_put_warnings(struct flows *flows, long long flow, struct buf *out)
{
	const struct warned *warned = flow != 0 ? find_warned(flows, flow) : NULL;

	buf_puts(out, ",\"warnings\":[");
	if (warned != NULL)
		buf_add(out, warned->notes.ptr, warned->notes.len);
	buf_putc(out, ']');
}

void flow_log(struct flows *flows, long long node, const char *realm, const char *level,
	      const char *text)
{
	struct flow_row *row;
	long long flow = flow_of(flows, node);
	char now[CLOCK_TEXT_SIZE];
	struct buf event = {0};

	clock_text(flows->clock, now);
	row = flow_rows_add(&flows->rows, FLOW_LOG);
	row->id = node;
	row->flow = flow;
	row->texts[FLOW_KIND] = mem_strdup(realm);
	row->texts[FLOW_NAME] = mem_strdup(level);
	row->texts[FLOW_AT] = mem_strdup(now);
	row->texts[FLOW_INPUT] = clean_text(flows, REDACT_SAID, text);
	buf_puts(&event, "{\"event\":\"log\"");
	put_id(&event, "flow", flow);
	put_id(&event, "node", node);
	buf_put_json_member(&event, "at", now);
	buf_put_json_member(&event, "realm", realm);
	buf_put_json_member(&event, "level", level);
	buf_put_json_member(&event, "text", row->texts[FLOW_INPUT]);
	buf_putc(&event, '}');
	tell(flows, &event);
}

void flow_request(struct flows *flows, const struct flow_request *request)
{
	long long ns = clock_ns(&clock_machine) - request->began;
	struct flow_row *row = flow_rows_add(&flows->rows, FLOW_REQUEST);
	char at[CLOCK_TEXT_SIZE];

	ns = ns < 0 ? 0 : ns;
	clock_write(clock_ns(flows->clock) - ns, at);
	row->id = request->node;
	row->flow = flow_of(flows, request->node);
	row->cause = request->status;
	row->ms = (double)ns / 1e6;
	row->texts[FLOW_KIND] = mem_strdup(request->kind);
	row->texts[FLOW_NAME] = clean_word(flows, request->method);
	row->texts[FLOW_AT] = mem_strdup(at);
	row->texts[FLOW_INPUT] = clean_text(flows, REDACT_SENT, request->url);
	row->texts[FLOW_ERROR] = clean_word(flows, request->error);
}

long long flows_last(struct flows *flows)
{
	long long flow = 0;

	flows_write(flows);
	sql_number(flows->store, "SELECT max(id) FROM flow_nodes WHERE cause IS NULL", &flow,
		   &flows->failure);
	return flow;
}

struct local_store *flows_written(struct flows *flows)
{
	flows_write(flows);
	return flows->store;
}
