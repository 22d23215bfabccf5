/* BASE64.SIGNATURE, where the first part holds lines: the moment, the client, a channel each. */
#include "local/developer/hub_token.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/hmac.h"

static void sign(const char *secret, const char *text, size_t len, char signature[SHA256_TEXT_SIZE])
{
	struct buf named = {0};

	/* So that no signature of another kind of thing fits. */
	buf_puts(&named, "log token\n");
	buf_add(&named, text, len);
	hmac_sha256_text(secret, named.ptr, named.len, signature);
	buf_dispose(&named);
}

void hub_token_put(struct buf *out, const char *secret, const struct hub_token *token)
{
	char signature[SHA256_TEXT_SIZE];
	struct buf text = {0};

	buf_printf(&text, "%lld\n%s", token->until, token->client_id);
	for (const char *const *channel = token->channels; *channel != NULL; channel++)
		buf_printf(&text, "\n%s", *channel);
	sign(secret, text.ptr, text.len, signature);
	base64_put(out, text.ptr, text.len);
	buf_printf(out, ".%s", signature);
	buf_dispose(&text);
}

/* The line at `*at`, which then is behind it; NULL at the end. */
static char *next_line(char **at)
{
	char *line = *at, *end;

	if (line == NULL)
		return NULL;
	end = strchr(line, '\n');
	*at = end != NULL ? end + 1 : NULL;
	if (end != NULL)
		*end = '\0';
	return line;
}

static void read_lines(struct arena *arena, char *text, struct hub_token *token)
{
	const char **channels = NULL;
	size_t count = 0;
	char *at = text, *line;

	token->until = strtoll(next_line(&at), NULL, 10);
	token->client_id = next_line(&at);
	while ((line = next_line(&at)) != NULL)
		*(const char **)arena_push(arena, &channels, &count, sizeof(*channels)) = line;
	*(const char **)arena_push(arena, &channels, &count, sizeof(*channels)) = NULL;
	token->channels = channels;
}

bool hub_token_read(struct arena *arena, const char *secret, const char *text,
		    struct hub_token *token)
{
	char signature[SHA256_TEXT_SIZE];
	const char *dot = strchr(text, '.');
	struct buf plain = {0};
	bool ours = dot != NULL && base64_read(text, (size_t)(dot - text), &plain);

	*token = (struct hub_token){0};
	if (ours) {
		sign(secret, buf_cstr(&plain), plain.len, signature);
		ours = random_key_equal(dot + 1, signature);
	}
	if (ours)
		read_lines(arena, arena_strndup(arena, plain.ptr, plain.len), token);
	buf_dispose(&plain);
	return ours;
}
