/* See file.h. */
#include "local/flow/file.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/flow/clicked.h"
#include "local/run/secret.h"
#include "json/json.h"

enum { TOKEN_MIN = 20, SHORT_NUMBER = 5 };

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *object, const char *name)
{
	const char *text = json_string_or_null(object, name);

	return text != NULL ? text : "";
}

void flow_file_print(struct buf *out, const cJSON *file)
{
	json_print(out, file, true);
	if (out->len == 0 || out->ptr[out->len - 1] != '\n')
		buf_putc(out, '\n');
}

/* --- what began it -----------------------------------------------------------------------------
 */

static cJSON *request(const char *path, cJSON *body)
{
	cJSON *start = cJSON_CreateObject();

	cJSON_AddStringToObject(start, "path", path);
	cJSON_AddItemToObject(start, "body", body);
	return start;
}

static cJSON *copy(const cJSON *value)
{
	return cJSON_IsObject(value) ? cJSON_Duplicate(value, true) : cJSON_CreateObject();
}

static void add_as(cJSON *body, const char *as)
{
	if (as != NULL && !cJSON_HasObjectItem(body, "as"))
		cJSON_AddStringToObject(body, "as", as);
}

static cJSON *start_connection(const cJSON *flow, const cJSON *root)
{
	const cJSON *input = member(root, "input"), *node;
	const char *id = text_of(input, "id"), *owner = text_of(member(input, "owned_by"), "type");
	cJSON *body = cJSON_CreateObject(), *start;
	struct buf text = {0};

	if (str_is(text_of(root, "name"), "add")) {
		buf_printf(&text, "placeholder-of-the-%s-connection", owner);
		cJSON_AddStringToObject(body, "owner", owner);
		cJSON_AddStringToObject(body, "type", text_of(input, "type"));
		cJSON_AddStringToObject(body, "value", buf_cstr(&text));
		add_as(body, json_string_or_null(member(input, "created_by"), "id"));
		start = request("/connections", body);
	} else if (str_is(text_of(root, "name"), "remove")) {
		buf_printf(&text, "/connections/%s", id);
		start = request(buf_cstr(&text), body);
		cJSON_AddStringToObject(start, "method", "DELETE");
	} else {
		cJSON_ArrayForEach(node, member(flow, "nodes"))
		{
			if (str_is(text_of(node, "kind"), "event") &&
			    !cJSON_HasObjectItem(body, "event"))
				cJSON_AddStringToObject(body, "event", text_of(node, "name"));
		}
		cJSON_AddStringToObject(body, "connection", id);
		start = request("/events/send", body);
	}
	buf_dispose(&text);
	return start;
}

/* Members of a request that came in, as the control API takes them. */
static void put_request(cJSON *body, const cJSON *input)
{
	static const char *const names[] = {"method", "headers", "body", "encoding"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (member(input, names[i]) != NULL)
			cJSON_AddItemToObject(body, names[i],
					      cJSON_Duplicate(member(input, names[i]), true));
}

/* What follows the workspace in BASE/a/WORKSPACE/HANDLER/more?query; NULL: it is no such address.
 * The base was that of another run. */
static const char *after_workspace(const char *url)
{
	for (const char *at = strstr(url, "/a/"); at != NULL; at = strstr(at + 1, "/a/")) {
		const char *end = strchr(at + 3, '/');

		if (end != NULL && end - at == 3 + 36)
			return end;
	}
	return NULL;
}

static cJSON *start_webhook(const cJSON *root)
{
	const cJSON *input = member(root, "input");
	const char *at = after_workspace(text_of(input, "url")), *question;
	struct buf text = {0};
	cJSON *body;
	size_t len;

	if (at == NULL)
		return NULL;
	body = cJSON_CreateObject();
	question = strchr(at, '?');
	len = strcspn(++at, "/?");
	buf_add(&text, at, len);
	cJSON_AddStringToObject(body, "handler", buf_cstr(&text));
	at += len;
	buf_clear(&text);
	buf_add(&text, at, strcspn(at, "?"));
	if (text.len > 0)
		cJSON_AddStringToObject(body, "path", buf_cstr(&text));
	if (question != NULL)
		cJSON_AddStringToObject(body, "query", question + 1);
	buf_dispose(&text);
	put_request(body, input);
	return request("/webhooks/send", body);
}

/* The request that the handler "ID/HANDLER" of a block was called with; NULL. */
static cJSON *handler_request(const cJSON *flow, const char *block, const char *handler)
{
	const cJSON *node;
	struct buf name = {0};
	cJSON *made = NULL;

	buf_printf(&name, "%s/%s", block, handler);
	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		if (made != NULL || !str_is(text_of(node, "kind"), "block") ||
		    !str_is(text_of(node, "name"), buf_cstr(&name)))
			continue;
		made = cJSON_CreateObject();
		put_request(made, member(node, "input"));
	}
	buf_dispose(&name);
	return made;
}

static cJSON *start_block(const cJSON *flow, const cJSON *root)
{
	const char *name = text_of(root, "name"), *space = strchr(name, ' ');
	cJSON *body = cJSON_CreateObject(), *sent, *start;
	const char *block = space != NULL ? space + 1 : "";
	struct buf verb = {0}, path = {0};
	bool run;

	buf_add(&verb, name, strcspn(name, " "));
	run = str_is(buf_cstr(&verb), "run");
	buf_printf(&path, "/blocks/%s/%s", block, buf_cstr(&verb));
	if (run || str_is(buf_cstr(&verb), "activate"))
		cJSON_AddItemToObject(body, "config", copy(member(root, "input")));
	sent = handler_request(flow, block, run ? "finish" : buf_cstr(&verb));
	if (sent != NULL &&
	    (run || str_is(buf_cstr(&verb), "trigger") || str_is(buf_cstr(&verb), "finish")))
		cJSON_AddItemToObject(body, run ? "finish" : "request", sent);
	else
		cJSON_Delete(sent);
	start = request(buf_cstr(&path), body);
	buf_dispose(&verb);
	buf_dispose(&path);
	return start;
}

static cJSON *start_server(const cJSON *root, const char *as)
{
	const cJSON *args = member(root, "input");
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "module", text_of(root, "name"));
	cJSON_AddItemToObject(body, "args",
			      cJSON_IsArray(args) ? cJSON_Duplicate(args, true)
						  : cJSON_CreateArray());
	add_as(body, as);
	return request("/server/call", body);
}

static void drop_empty(cJSON *body, const char *name)
{
	if (member(body, name) != NULL && member(body, name)->child == NULL)
		cJSON_DeleteItemFromObjectCaseSensitive(body, name);
}

/* By the kind of its first crossing; NULL: there is no request for it. */
static cJSON *begin(const cJSON *flow, const cJSON *root, const cJSON *steps, const char *as)
{
	const char *kind = text_of(root, "kind");
	cJSON *body;

	if (str_is(kind, "server"))
		return start_server(root, as);
	if (str_is(kind, "webhook"))
		return start_webhook(root);
	if (str_is(kind, "connection"))
		return start_connection(flow, root);
	if (str_is(kind, "block"))
		return start_block(flow, root);
	if (!str_is(kind, "action") && !str_is(kind, "surface"))
		return NULL;
	body = copy(member(root, "input"));
	drop_empty(body, "steps");
	drop_empty(body, "answers");
	if (cJSON_GetArraySize(steps) > 0)
		cJSON_AddItemToObject(body, "steps", cJSON_Duplicate(steps, true));
	add_as(body, as);
	return request(str_is(kind, "action") ? "/actions/run" : "/surfaces/show", body);
}

cJSON *flow_file_start(const cJSON *flow, const char *as, struct error *error)
{
	const cJSON *root = cJSON_GetArrayItem(member(flow, "nodes"), 0);
	const cJSON *input = member(root, "input");
	cJSON *start = NULL, *steps;

	if (cJSON_HasObjectItem(input, "cut")) {
		error_set(
			error, ERROR_CONFLICT,
			"what this flow began with was too long to be kept, so it cannot be saved");
		error_fix(error, "save one that begins with less than 256 KB");
		return NULL;
	}
	steps = flow_clicked_steps(flow, error);
	if (steps == NULL)
		return NULL;
	start = begin(flow, root, steps, as);
	cJSON_Delete(steps);
	if (start == NULL) {
		error_set(error, ERROR_CONFLICT,
			  "a flow that begins with `%.40s %.100s` cannot be "
			  "saved",
			  text_of(root, "kind"), text_of(root, "name"));
		error_fix(error, "name one of an action, a surface, a server call, a webhook, an "
				 "event or a workflow block (`attio flow list`)");
	}
	return start;
}

/* --- the outside -------------------------------------------------------------------------------
 */

/* Adds the text without the tokens of callbacks: they are secret, and other ones in each run. */
static void add_text(cJSON *object, const char *name, const char *text)
{
	static const char *const before[] = {"/trigger/", "/defer/"};
	struct buf clean = {0};

	while (*text != '\0') {
		size_t len = 0, token = 0;

		for (size_t i = 0; i < ARRAY_LEN(before) && len == 0; i++)
			len = str_starts(text, before[i]) ? strlen(before[i]) : 0;
		if (len > 0)
			token = strspn(text + len, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
						   "VWXYZ0123456789-_");
		buf_add(&clean, text, len > 0 ? len : 1);
		if (token >= TOKEN_MIN)
			buf_puts(&clean, FLOW_FILE_TOKEN);
		else
			buf_add(&clean, text + len, token);
		text += (len > 0 ? len : 1) + token;
	}
	cJSON_AddStringToObject(object, name, buf_cstr(&clean));
	buf_dispose(&clean);
}

/* Of the connection that it came over, not of the answer. */
static bool is_of_connection(const char *name)
{
	static const char *const names[] = {"connection", "keep-alive", "content-length",
					    "transfer-encoding", "date"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

static cJSON *copy_answer(const cJSON *output)
{
	const char *body = json_string_or_null(output, "body");
	cJSON *answer = cJSON_Duplicate(output, true);
	cJSON *headers = cJSON_GetObjectItemCaseSensitive(answer, "headers"), *next;

	for (cJSON *pair = headers != NULL ? headers->child : NULL; pair != NULL; pair = next) {
		const cJSON *name = cJSON_GetArrayItem(pair, 0);

		next = pair->next;
		if (cJSON_IsString(name) && is_of_connection(name->valuestring))
			cJSON_Delete(cJSON_DetachItemViaPointer(headers, pair));
	}
	if (body != NULL &&
	    (strstr(body, "/trigger/") != NULL || strstr(body, "/defer/") != NULL)) {
		cJSON_DeleteItemFromObjectCaseSensitive(answer, "body");
		add_text(answer, "body", body);
	}
	return answer;
}

static int add_answer(cJSON *outside, const cJSON *node, struct error *error)
{
	const cJSON *input = member(node, "input"), *output = member(node, "output");
	cJSON *one;

	if (cJSON_HasObjectItem(output, "cut") || cJSON_HasObjectItem(input, "cut")) {
		error_set(error, ERROR_CONFLICT,
			  "%.10s %.200s cannot be answered again: the request or its answer was "
			  "longer than the 256 KB that the log of flows keeps",
			  text_of(input, "method"), text_of(node, "name"));
		return error_fix(error, "let the third party answer with less (a page of a list, a "
					"smaller file), and run it again");
	}
	one = cJSON_CreateObject();
	cJSON_AddStringToObject(
		one, "method",
		json_string_or_null(input, "method") != NULL ? text_of(input, "method") : "GET");
	add_text(one, "url", text_of(input, "url"));
	if (json_string_or_null(input, "body") != NULL)
		add_text(one, "body", text_of(input, "body"));
	if (cJSON_IsNumber(member(output, "status")))
		cJSON_AddItemToObject(one, "answer", copy_answer(output));
	else
		cJSON_AddStringToObject(one, "failure", text_of(node, "error"));
	cJSON_AddItemToArray(outside, one);
	return 0;
}

cJSON *flow_file_outside(const cJSON *flow, struct error *error)
{
	cJSON *outside = cJSON_CreateArray();
	const cJSON *node;

	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		if (!str_is(text_of(node, "kind"), "fetch") ||
		    add_answer(outside, node, error) == 0)
			continue;
		cJSON_Delete(outside);
		return NULL;
	}
	return outside;
}

/* --- the environment ---------------------------------------------------------------------------
 */

static bool is_plain(const char *value)
{
	size_t len = strlen(value);

	return str_is(value, "true") || str_is(value, "false") ||
	       (len < SHORT_NUMBER && strspn(value, "0123456789") == len);
}

cJSON *flow_file_environment(const cJSON *env)
{
	cJSON *values = cJSON_CreateObject();
	const cJSON *one;

	cJSON_ArrayForEach(one, env)
	{
		const char *value = cJSON_GetStringValue(one);
		struct buf text = {0};

		if (value == NULL || is_plain(value) ||
		    secret_variable(one->string, value) == SECRET_NOT) {
			buf_puts(&text, value != NULL ? value : "");
		} else if (str_starts(value, "https://") || str_starts(value, "http://")) {
			buf_printf(&text, "%.*s", (int)(strchr(value, '/') - value), value);
			buf_puts(&text, "//");
			for (const char *c = one->string; *c != '\0'; c++)
				buf_putc(&text, *c == '_' ? '-' : (char)tolower((unsigned char)*c));
			buf_puts(&text, ".placeholder.example");
		} else {
			buf_printf(&text, "placeholder-of-%s", one->string);
		}
		cJSON_AddStringToObject(values, one->string, buf_cstr(&text));
		buf_dispose(&text);
	}
	return values;
}
