/* See file.h. */
#include "local/flow/file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/json.h"
#include "json/where.h"

#define TOKEN_MIN 20

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *text_of(const cJSON *object, const char *name)
{
	const char *text = json_string_or_null(object, name);

	return text != NULL ? text : "";
}

/* --- reading -----------------------------------------------------------------------------------
 */

struct reading {
	const char *text;
	size_t len;
	const char *name;
	struct error *error;
};

/* At the value of `path`, which ends with NULL; the place of what should be there is that of what
 * is around it. */
static int wrong(const struct reading *r, const char *const *path, const char *what)
{
	const char *shorter[8] = {NULL};
	struct json_where where = {0};
	size_t depth = 0, line = 1, start = 0;

	while (depth < ARRAY_LEN(shorter) - 1 && path[depth] != NULL) {
		shorter[depth] = path[depth];
		depth++;
	}
	while (depth > 0 && !json_where(r->text, r->len, shorter, &where))
		shorter[--depth] = NULL;
	for (size_t i = 0; i < where.start; i++) {
		if (r->text[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	error_set(r->error, ERROR_USAGE, "%s:%zu:%zu: %s", r->name, line,
		  utf8_utf16_len(r->text + start, where.start - start) + 1, what);
	error_why(r->error,
		  "it is no file of the form " FLOW_FILE_SCHEMA " (`attio help schema flow`)");
	return error_fix(r->error, "mend it there, or write it again with `attio flow save`");
}

/* What a member may be. */
enum form { TEXT, OBJECT, LIST, TEXTS, POINTERS };

struct rule {
	const char *name;
	enum form form;
	bool needed;
};

static const struct rule file_rules[] = {
	{"schema", TEXT, true},  {"start", OBJECT, true},      {"state", OBJECT, true},
	{"outside", LIST, true}, {"may_vary", POINTERS, true}, {"saw", TEXTS, true},
};

static const struct rule start_rules[] = {
	{"method", TEXT, false}, {"path", TEXT, true}, {"body", OBJECT, true}};

static const struct rule state_rules[] = {
	{"from", TEXT, true},        {"now", TEXT, true},          {"limits_off", TEXT, false},
	{"rows", OBJECT, false},     {"records", OBJECT, false},   {"kv", OBJECT, false},
	{"settings", OBJECT, false}, {"connections", LIST, false}, {"webhooks", LIST, false},
};

static const struct rule outside_rules[] = {{"method", TEXT, true},
					    {"url", TEXT, true},
					    {"body", TEXT, false},
					    {"answer", OBJECT, false},
					    {"failure", TEXT, false}};

static int check_items(const struct reading *r, const char **path, size_t depth, const cJSON *list,
		       enum form form)
{
	const cJSON *item;
	char index[24];
	int number = 0;

	cJSON_ArrayForEach(item, list)
	{
		snprintf(index, sizeof(index), "%d", number++);
		path[depth] = index;
		path[depth + 1] = NULL;
		if (form == LIST && !cJSON_IsObject(item))
			return wrong(r, path, "an object is expected here");
		if (form != LIST && !cJSON_IsString(item))
			return wrong(r, path, "a text is expected here");
		if (form == POINTERS && strstr(item->valuestring, "/") == NULL)
			return wrong(r, path,
				     "a pointer is expected here, like \"/output/toasts/0/title\"");
	}
	path[depth] = NULL;
	return 0;
}

static int check_form(const struct reading *r, const char **path, size_t depth, const cJSON *value,
		      enum form form)
{
	static const char *const words[] = {"must be a text", "must be an object", "must be a list",
					    "must be a list of texts",
					    "must be a list of pointers"};
	bool fits = form == TEXT     ? cJSON_IsString(value)
		    : form == OBJECT ? cJSON_IsObject(value)
				     : cJSON_IsArray(value);
	char what[120];

	if (fits)
		return form == TEXT || form == OBJECT ? 0
						      : check_items(r, path, depth, value, form);
	snprintf(what, sizeof(what), "`%.60s` %s", path[depth - 1], words[form]);
	return wrong(r, path, what);
}

static int check_object(const struct reading *r, const char **path, size_t depth,
			const cJSON *object, const struct rule *rules, size_t count)
{
	const cJSON *item;
	char what[120];

	cJSON_ArrayForEach(item, object)
	{
		size_t i = 0;

		while (i < count && !str_is(rules[i].name, item->string))
			i++;
		path[depth] = item->string;
		path[depth + 1] = NULL;
		snprintf(what, sizeof(what), "there is no member `%.60s` here", item->string);
		if (i == count)
			return wrong(r, path, what);
		if (check_form(r, path, depth + 1, item, rules[i].form) != 0)
			return -1;
	}
	path[depth] = NULL;
	for (size_t i = 0; i < count; i++) {
		if (!rules[i].needed || cJSON_HasObjectItem(object, rules[i].name))
			continue;
		snprintf(what, sizeof(what), "`%s` is missing", rules[i].name);
		return wrong(r, path, what);
	}
	return 0;
}

/* Routes that begin a flow: what a file could else do is none of its business. */
static bool is_start(const char *method, const char *path)
{
	static const char *const posts[] = {"/actions/run",   "/surfaces/show", "/server/call",
					    "/webhooks/send", "/events/send",   "/connections"};

	for (size_t i = 0; i < ARRAY_LEN(posts); i++)
		if (str_is(method, "POST") && str_is(path, posts[i]))
			return true;
	return (str_is(method, "POST") && str_starts(path, "/blocks/")) ||
	       (str_is(method, "DELETE") && str_starts(path, "/connections/"));
}

static int check_outside(const struct reading *r, const cJSON *outside)
{
	const char *path[8] = {"outside"};
	const cJSON *item;
	char index[24];
	int number = 0;

	cJSON_ArrayForEach(item, outside)
	{
		snprintf(index, sizeof(index), "%d", number++);
		path[1] = index;
		path[2] = NULL;
		if (check_object(r, path, 2, item, outside_rules, ARRAY_LEN(outside_rules)) != 0)
			return -1;
		path[1] = index;
		path[2] = NULL;
		if (cJSON_HasObjectItem(item, "answer") == cJSON_HasObjectItem(item, "failure"))
			return wrong(r, path, "either `answer` or `failure` is expected");
		if (cJSON_HasObjectItem(item, "answer") &&
		    !cJSON_IsNumber(member(member(item, "answer"), "status"))) {
			path[2] = "answer";
			return wrong(r, path, "an answer has a `status`");
		}
	}
	return 0;
}

static int check(const struct reading *r, const cJSON *file)
{
	const char *path[8] = {NULL};
	const cJSON *start = member(file, "start");
	const char *method = text_of(start, "method");

	if (!cJSON_IsObject(file))
		return wrong(r, path, "an object is expected");
	path[0] = "schema";
	if (cJSON_IsString(member(file, "schema")) &&
	    !str_is(text_of(file, "schema"), FLOW_FILE_SCHEMA))
		return wrong(r, path, "`schema` is not \"" FLOW_FILE_SCHEMA "\"");
	if (check_object(r, path, 0, file, file_rules, ARRAY_LEN(file_rules)) != 0)
		return -1;
	path[0] = "start";
	if (check_object(r, path, 1, start, start_rules, ARRAY_LEN(start_rules)) != 0)
		return -1;
	path[0] = "start";
	path[1] = "path";
	path[2] = NULL;
	if (!is_start(method[0] != '\0' ? method : "POST", text_of(start, "path")))
		return wrong(r, path, "no flow begins with this request");
	path[0] = "state";
	path[1] = NULL;
	if (check_object(r, path, 1, member(file, "state"), state_rules, ARRAY_LEN(state_rules)) !=
	    0)
		return -1;
	path[0] = "state";
	path[1] = "from";
	path[2] = NULL;
	if (!str_is(text_of(member(file, "state"), "from"), "seed"))
		return wrong(r, path, "a state is from \"seed\"");
	return check_outside(r, member(file, "outside"));
}

cJSON *flow_file_read(const char *text, size_t len, const char *name, struct error *error)
{
	struct reading r = {text, len, name, error};
	size_t offset = 0;
	cJSON *file = json_parse(text, len, name, &offset, error);

	if (file == NULL) {
		struct error cause = *error;
		size_t line = 1, start = 0;

		for (size_t i = 0; i < offset && i < len; i++) {
			if (text[i] == '\n') {
				line++;
				start = i + 1;
			}
		}
		error_set(error, ERROR_USAGE, "%s:%zu:%zu: this is not valid JSON", name, line,
			  utf8_utf16_len(text + start, offset - start) + 1);
		error_why(error, "%s", cause.why);
		error_fix(error, "mend it there, or write it again with `attio flow save`");
		return NULL;
	}
	if (check(&r, file) == 0)
		return file;
	cJSON_Delete(file);
	return NULL;
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

static bool has_user(const cJSON *flow)
{
	const cJSON *node;

	cJSON_ArrayForEach(
		node, member(flow, "nodes")) if (str_is(text_of(node, "kind"), "user")) return true;
	return false;
}

static void drop_empty(cJSON *body, const char *name)
{
	if (member(body, name) != NULL && member(body, name)->child == NULL)
		cJSON_DeleteItemFromObjectCaseSensitive(body, name);
}

/* By the kind of its first crossing; NULL: there is no request for it. */
static cJSON *begin(const cJSON *flow, const cJSON *root, const char *as)
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
	add_as(body, as);
	return request(str_is(kind, "action") ? "/actions/run" : "/surfaces/show", body);
}

cJSON *flow_file_start(const cJSON *flow, const char *as, struct error *error)
{
	const cJSON *root = cJSON_GetArrayItem(member(flow, "nodes"), 0);
	const cJSON *input = member(root, "input");
	cJSON *start = NULL;

	if (cJSON_HasObjectItem(input, "cut")) {
		error_set(
			error, ERROR_CONFLICT,
			"what this flow began with was too long to be kept, so it cannot be saved");
		error_fix(error, "save one that begins with less than 256 KB");
	} else if (has_user(flow)) {
		error_set(
			error, ERROR_CONFLICT,
			"in this flow a user did something on the page, which a file cannot hold");
		error_fix(error, "run it with what the user does as steps (`attio action run ID "
				 "--step ...`), then save that flow");
	} else if ((start = begin(flow, root, as)) == NULL) {
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
