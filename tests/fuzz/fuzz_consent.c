/* The form of the consent page: whatever is sent, a choice is one of three and its token is a text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "local/run/consent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new_small(256);
	char *form = arena_strndup(arena, (const char *)data, size);
	struct consent_choice choice;

	if (!consent_read(arena, form, size, &choice) && choice.approve)
		abort();
	if (choice.value == NULL || strlen(choice.value) > size ||
	    (choice.expires && !choice.approve))
		abort();
	arena_free(arena);
	return 0;
}
