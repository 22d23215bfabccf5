/* MessagePack that is read is written so that it reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "local/developer/hub_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	cJSON *value = hub_unpack((const char *)data, size), *again;
	struct buf first = {0}, second = {0};

	if (value == NULL)
		return 0;
	hub_pack(&first, value);
	again = hub_unpack(first.ptr, first.len);
	if (again == NULL)
		abort();
	hub_pack(&second, again);
	if (first.len != second.len || memcmp(first.ptr, second.ptr, first.len) != 0)
		abort();
	cJSON_Delete(value);
	cJSON_Delete(again);
	buf_dispose(&first);
	buf_dispose(&second);
	return 0;
}
