/* What any program of this machine may send to the port of a sign-in, or somebody pastes: without
 * the state nothing is an answer, and a code can be put into a request. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "platform/callback.h"
#include "platform/credential.h"

#define STATE "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(enum callback_kind kind, const struct callback *callback)
{
	if ((kind == CALLBACK_CODE) != (callback->code != NULL) ||
	    (kind == CALLBACK_REFUSED) != (callback->error != NULL) ||
	    (callback->code != NULL && !credential_token_is_sound(callback->code)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	struct callback callback;
	enum callback_kind kind = callback_read(arena, text, STATE, &callback);

	check(kind, &callback);
	check(callback_read_line(arena, text, STATE, &callback), &callback);
	if (kind != CALLBACK_STRAY && strlen(text) < sizeof(STATE))
		abort();
	/* The same with the right state. */
	text = arena_printf(arena, "%s&state=" STATE, text);
	check(callback_read(arena, text, STATE, &callback), &callback);
	check(callback_read(arena, text, "other", &callback), &callback);
	arena_free(arena);
	return 0;
}
