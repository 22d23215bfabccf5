/* What a server answers to a client that wants a WebSocket. */
#include <stdint.h>
#include <stdlib.h>

#include "http/websocket_greeting.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct websocket_answer answer;
	int result = websocket_answer_read((const char *)data, size,
					   "dGhlIHNhbXBsZSBub25jZQ==", &answer);

	if (result == 1 && (answer.head_len > size || answer.status < 0 || answer.status > 999))
		abort();
	if (answer.accepted && (result != 1 || answer.status != 101))
		abort();
	return 0;
}
