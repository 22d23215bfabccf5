/* Messages of the log service, a line each, and now and then a loss of the connection. Whatever is
 * to be sent is JSON. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "platform/realtime.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void drain(struct realtime *realtime)
{
	struct realtime_event event;

	while (realtime_next(realtime, &event)) {
		struct error error;
		cJSON *sent;

		if (event.kind != REALTIME_SEND)
			continue;
		sent = json_parse(event.text, strlen(event.text), "sent", NULL, &error);
		if (sent == NULL)
			abort();
		cJSON_Delete(sent);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct realtime realtime;

	realtime_init(&realtime, "ch", "1s");
	realtime_begin(&realtime);
	for (size_t at = 0; at < size;) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t len = end != NULL ? (size_t)(end - text) - at : size - at;

		if (len == 1 && text[at] == '!') {
			realtime_lost(&realtime);
			realtime_begin(&realtime);
		} else {
			realtime_take(&realtime, text + at, len);
		}
		if (len % 3 != 0)
			drain(&realtime);
		at += len + 1;
	}
	realtime_leave(&realtime);
	drain(&realtime);
	realtime_dispose(&realtime);
	return 0;
}
