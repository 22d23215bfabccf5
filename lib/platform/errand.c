#include "platform/errand.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/seal.h"
#include "base/str.h"
#include "sys/fs.h"
#include "json/json.h"

#define FILE_LIMIT ((size_t)64 << 20)

/* ---- what is to be sent ---- */

static void add_text(cJSON *object, const char *key, const char *value)
{
	if (value != NULL)
		cJSON_AddStringToObject(object, key, value);
}

static void put_line(struct buf *out, cJSON *document)
{
	json_print(out, document, false);
	buf_putc(out, '\n');
	cJSON_Delete(document);
}

void errand_put(struct buf *out, const struct errand *errand)
{
	const struct http_request *request = &errand->request;
	cJSON *document = cJSON_CreateObject();
	cJSON *headers = cJSON_AddArrayToObject(document, "headers");

	if (errand->place != VAULT_NOWHERE)
		add_text(document, "renew", vault_place_name(errand->place));
	for (const char *const *one = request->headers; one != NULL && *one != NULL; one++)
		cJSON_AddItemToArray(headers, cJSON_CreateString(*one));
	add_text(document, "method", request->method);
	add_text(document, "url", request->url);
	add_text(document, "body", request->body);
	cJSON_AddNumberToObject(document, "timeout", (double)errand->timeout);
	add_text(document, "ca_file", errand->ca_file);
	add_text(document, "proxy", errand->proxy);
	add_text(document, "secret", errand->secret);
	add_text(document, "path", errand->path);
	put_line(out, document);
}

static const char *copy_text(struct arena *arena, const cJSON *object, const char *key)
{
	const char *text = json_string_or_null(object, key);

	return text != NULL ? arena_strdup(arena, text) : NULL;
}

static const char *const *copy_headers(struct arena *arena, const cJSON *document)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(document, "headers"), *item;
	const char **headers = NULL;
	size_t count = 0;

	cJSON_ArrayForEach(item, list) if (cJSON_IsString(item)) *
		(const char **)arena_push(arena, &headers, &count, sizeof(*headers)) =
		arena_strdup(arena, item->valuestring);
	*(const char **)arena_push(arena, &headers, &count, sizeof(*headers)) = NULL;
	return headers;
}

int errand_read(struct errand *errand, struct arena *arena, const char *text, size_t len,
		struct error *error)
{
	cJSON *document = json_parse(text, len, "the errand", NULL, error);
	long long timeout = 0;
	const char *body, *renew;
	bool whole;

	*errand = (struct errand){0};
	if (document == NULL)
		return -1;
	body = copy_text(arena, document, "body");
	renew = copy_text(arena, document, "renew");
	*errand = (struct errand){
		.place = renew != NULL ? vault_place_named(renew) : VAULT_NOWHERE,
		.request = {.method = copy_text(arena, document, "method"),
			    .url = copy_text(arena, document, "url"),
			    .headers = copy_headers(arena, document),
			    .body = body,
			    .body_len = body != NULL ? strlen(body) : 0},
		.ca_file = copy_text(arena, document, "ca_file"),
		.proxy = copy_text(arena, document, "proxy"),
		.secret = copy_text(arena, document, "secret"),
		.path = copy_text(arena, document, "path"),
	};
	if (json_get_int(document, "the errand", "timeout", &timeout, error) == 0)
		errand->timeout = (long)timeout;
	cJSON_Delete(document);
	whole = renew != NULL ? errand->place != VAULT_NOWHERE
			      : errand->request.method != NULL && errand->request.url != NULL &&
					errand->path != NULL;
	if (whole && errand->timeout > 0 && errand->secret != NULL)
		return 0;
	return error_set(error, ERROR_INTERNAL, "the errand lacks a member");
}

/* ---- what becomes of it ---- */

static cJSON *response_json(const struct http_response *response)
{
	cJSON *object = cJSON_CreateObject();
	struct buf body = {0};

	base64_put(&body, response->body.ptr, response->body.len);
	cJSON_AddNumberToObject(object, "status", (double)response->status);
	cJSON_AddNumberToObject(object, "retry_after", (double)response->retry_after);
	cJSON_AddNumberToObject(object, "date", (double)response->date);
	cJSON_AddStringToObject(object, "body", buf_cstr(&body));
	buf_dispose(&body);
	return object;
}

static bool read_response(struct http_response *response, const cJSON *object)
{
	const char *name = "the response";
	struct error ignored = {0};
	long long status, retry_after;
	const char *body;

	*response = (struct http_response){0};
	if (json_get_int(object, name, "status", &status, &ignored) != 0 ||
	    json_get_int(object, name, "retry_after", &retry_after, &ignored) != 0 ||
	    json_get_int(object, name, "date", &response->date, &ignored) != 0 ||
	    json_get_string(object, name, "body", &body, &ignored) != 0 ||
	    !base64_read(body, strlen(body), &response->body))
		return false;
	response->status = (long)status;
	response->retry_after = (long)retry_after;
	return true;
}

void errand_put_news(struct buf *out, const struct errand_news *news)
{
	cJSON *document = cJSON_CreateObject(), *error;

	if (news->ready)
		cJSON_AddTrueToObject(document, "ready");
	add_text(document, "notice", news->notice);
	add_text(document, "warning", news->warning);
	add_text(document, "credential", news->credential);
	if (news->response.status != 0)
		cJSON_AddItemToObject(document, "response", response_json(&news->response));
	if (news->error.kind != ERROR_NONE) {
		error = cJSON_AddObjectToObject(document, "error");
		cJSON_AddNumberToObject(error, "kind", (double)news->error.kind);
		cJSON_AddBoolToObject(error, "lasting", news->error.lasting);
		add_text(error, "message", news->error.message);
		add_text(error, "why", news->error.why);
		add_text(error, "fix", news->error.fix);
	}
	put_line(out, document);
}

static bool read_error(struct error *error, const cJSON *object)
{
	const char *name = "the error";
	struct error ignored = {0};
	const char *message, *why, *fix;
	long long kind;
	bool lasting;

	if (json_get_int(object, name, "kind", &kind, &ignored) != 0 || kind <= ERROR_NONE ||
	    kind > ERROR_INTERNAL ||
	    json_get_bool(object, name, "lasting", &lasting, &ignored) != 0 ||
	    json_get_string(object, name, "message", &message, &ignored) != 0 ||
	    json_get_string(object, name, "why", &why, &ignored) != 0 ||
	    json_get_string(object, name, "fix", &fix, &ignored) != 0)
		return false;
	error_set(error, (enum error_kind)kind, "%s", message);
	error_why(error, "%s", why);
	error_fix(error, "%s", fix);
	error->lasting = lasting;
	return true;
}

int errand_read_news(struct errand_news *news, struct arena *arena, const char *line, size_t len)
{
	struct error ignored = {0};
	cJSON *document = json_parse(line, len, "the news", NULL, &ignored);
	const cJSON *response, *error;
	bool whole;

	*news = (struct errand_news){0};
	if (document == NULL)
		return -1;
	response = cJSON_GetObjectItemCaseSensitive(document, "response");
	error = cJSON_GetObjectItemCaseSensitive(document, "error");
	news->ready = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(document, "ready"));
	news->notice = copy_text(arena, document, "notice");
	news->warning = copy_text(arena, document, "warning");
	news->credential = copy_text(arena, document, "credential");
	whole = (response == NULL || read_response(&news->response, response)) &&
		(error == NULL || read_error(&news->error, error)) &&
		(news->ready || news->notice != NULL || news->warning != NULL ||
		 news->credential != NULL || response != NULL || error != NULL);
	cJSON_Delete(document);
	if (!whole)
		http_response_dispose(&news->response);
	return whole ? 0 : -1;
}

/* ---- on the disk ---- */

int errand_lock(const char *path)
{
	struct buf name = {0};
	int fd;

	buf_printf(&name, "%s.lock", path);
	fd = open(buf_cstr(&name), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	buf_dispose(&name);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -1;
}

int errand_keep(const char *path, const char *secret, const struct http_response *response,
		struct error *error)
{
	cJSON *document = response_json(response);
	struct buf text = {0}, sealed = {0};
	int result;

	put_line(&text, document);
	result = seal_put(&sealed, secret, text.ptr, text.len, error);
	if (result == 0)
		result = fs_write_atomic(path, sealed.ptr, sealed.len, 0600, error);
	buf_dispose(&text);
	buf_dispose(&sealed);
	return result;
}

bool errand_kept(struct http_response *response, struct arena *arena, const char *path,
		 const char *secret)
{
	struct error ignored = {0};
	struct buf text = {0};
	cJSON *document = NULL;
	char *sealed;
	size_t len;
	bool whole;

	*response = (struct http_response){0};
	if (fs_read(arena, path, FILE_LIMIT, &sealed, &len, &ignored) == 0 &&
	    seal_read(&text, secret, sealed))
		document = json_parse(text.ptr, text.len, "the answer", NULL, &ignored);
	whole = document != NULL && read_response(response, document);
	cJSON_Delete(document);
	buf_dispose(&text);
	return whole;
}

void errand_forget(const char *path)
{
	struct error ignored = {0};
	struct buf name = {0};

	fs_remove_tree(path, &ignored);
	buf_printf(&name, "%s.lock", path);
	fs_remove_tree(buf_cstr(&name), &ignored);
	buf_dispose(&name);
}
