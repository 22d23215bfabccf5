/* Within the room: one call of the API, from path and body to a checked JSON document. */
#ifndef ATTIO_PLATFORM_CALL_H
#define ATTIO_PLATFORM_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;
struct error;
struct http_response;
struct attio_api;

struct call {
	const char *method;
	const char *path; /* below the base URL, starts with "/" */
	const char *body; /* JSON, or NULL */
	const char
		*not_found; /* what a 404 means: message of ERROR_NOT_FOUND; NULL: ERROR_SERVICE */
	const char *doing;  /* for messages: "list the versions" */
	bool kept;          /* its answer comes once: it goes by the platform's courier */
	/* Whether it knows more of a refusal, and has filled the error; or NULL. */
	bool (*explain)(const struct attio_api *platform, const struct http_response *response,
			struct error *error);
};

/* Sends the call (GET is repeated as http_retry says) and gives the answer's JSON, to be freed
 * with cJSON_Delete. */
int call_send(struct attio_api *platform, const struct call *call, cJSON **answer,
	      struct error *error);

/* The answer that `response` is to the call, as call_send gives it. */
int call_take(const struct attio_api *platform, const struct call *call,
	      const struct http_response *response, cJSON **answer, struct error *error);

/* What an answer means whose status is not 2xx. -1. */
int call_refused(const struct attio_api *platform, const struct call *call,
		 const struct http_response *response, struct error *error);
/* The document of an answer with status 2xx: an object. */
int call_parse(const struct attio_api *platform, const struct http_response *response,
	       cJSON **answer, struct error *error);

/* Turns the complaint of a json_get_ function into one about this platform's answer. -1. */
int call_bad_answer(const struct attio_api *platform, struct error *error);

/* An id of an answer, made fit to be one segment of a path; in the platform's arena. `document` and
 * errors as for json_get_string. */
int call_get_id(struct attio_api *platform, const cJSON *object, const char *document,
		const char *key, const char **id, struct error *error);
/* An address to upload to. It gets the app's code: only over TLS, or within this machine when the
 * API itself is here. */
int call_get_upload_url(struct attio_api *platform, const cJSON *object, const char *document,
			const char *key, const char **url, struct error *error);
/* The member `workflow_block_bundle_upload_urls`: an address for each of these blocks, in their
 * order. A block without one is an error; without blocks the member is not looked at. */
int call_get_block_urls(struct attio_api *platform, const cJSON *object, const char *document,
			const char *const *block_ids, size_t block_count, const char ***urls,
			struct error *error);
/* Appends the member `workflow_block_ids`, without a comma. */
void call_put_block_ids(struct buf *body, const char *const *block_ids, size_t block_count);
/* Sends `call`, a *complete*, whose answer has to be `{success: true}`. `what` was completed, for
 * messages: "the build". */
int call_complete(struct attio_api *platform, const struct call *call, const char *what,
		  struct error *error);
/* A "." or ".." between slashes: it would be resolved on the way and lead to another endpoint. */
bool call_has_dots(const char *path);

#endif
