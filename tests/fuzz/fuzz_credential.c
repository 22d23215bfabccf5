/* What is in a keychain, a file or a variable: what is taken can be sent, and is the same when it
 * was written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/credential.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *text = arena_strndup(arena, (const char *)data, size);
	struct credential credential, again;
	struct buf line = {0};
	struct error error;

	if (credential_read(arena, text, size, "it", &credential, &error) == 0) {
		if (!credential_token_is_sound(credential.access) || credential.expires_at < 0 ||
		    (credential.refresh != NULL && !credential_token_is_sound(credential.refresh)))
			abort();
		credential_put(&line, &credential);
		if (credential_read(arena, line.ptr, line.len, "it", &again, &error) != 0 ||
		    strcmp(credential.access, again.access) != 0 ||
		    !str_equal(credential.refresh, again.refresh) ||
		    !str_equal(credential.platform, again.platform) ||
		    credential.expires_at != again.expires_at)
			abort();
	}
	buf_dispose(&line);
	arena_free(arena);
	return 0;
}
