/* Bundles on their way to the storage. */
#include "platform/upload.h"

#include "base/arena.h"
#include "base/error.h"
#include "platform/api.h"

int platform_upload(struct attio_api *platform, const struct platform_upload *uploads, size_t count,
		    struct error *error)
{
	static const char *const headers[] = {"Content-Type: text/javascript", NULL};
	struct http_request *requests = arena_alloc(platform->arena, count * sizeof(*requests));
	struct http_response *responses = arena_alloc(platform->arena, count * sizeof(*responses));
	int result = 0;

	for (size_t i = 0; i < count; i++)
		requests[i] = (struct http_request){
			.method = "PUT",
			.url = uploads[i].url,
			.headers = headers,
			.body = uploads[i].bytes,
			.body_len = uploads[i].len,
			.retry = true,
			.follow = true, /* new S3 buckets send elsewhere for their first hours */
			.broken_refuses = true,
		};
	if (http_send_all(platform->client, requests, responses, count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		/* The storage's own words may repeat the signed URL: only the status is told. */
		if (result == 0 && (responses[i].status < 200 || responses[i].status > 299))
			result = error_set(error, ERROR_SERVICE,
					   "the storage refused the bundle `%s` (status %ld)",
					   uploads[i].name, responses[i].status);
		http_response_dispose(&responses[i]);
	}
	return result;
}
