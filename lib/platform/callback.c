#include "platform/callback.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/random.h"
#include "base/str.h"
#include "platform/credential.h"

/* What is read of the query; NULL: not there. */
struct members {
	const char *state, *code, *error, *description;
};

/* False: nobody honest sends this. */
static bool take(struct arena *arena, const char *text, size_t len, struct members *members)
{
	const struct {
		const char *name;
		const char **value;
	} known[] = {
		{"state", &members->state},
		{"code", &members->code},
		{"error", &members->error},
		{"error_description", &members->description},
	};
	const char *equals = memchr(text, '=', len);
	size_t name = equals != NULL ? (size_t)(equals - text) : len;

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (strlen(known[i].name) != name || strncmp(known[i].name, text, name) != 0)
			continue;
		if (*known[i].value != NULL || equals == NULL)
			return false;
		*known[i].value =
			percent_decode(arena, equals + 1, len - name - 1, PERCENT_PLUS_IS_BLANK);
		return *known[i].value != NULL;
	}
	return true;
}

enum callback_kind callback_read(struct arena *arena, const char *query, const char *state,
				 struct callback *callback)
{
	struct members members = {0};

	*callback = (struct callback){0};
	for (const char *at = query;; at++) {
		size_t len = strcspn(at, "&");

		if (!take(arena, at, len, &members))
			return CALLBACK_STRAY;
		at += len;
		if (*at == '\0')
			break;
	}
	if (members.state == NULL || !random_key_equal(members.state, state))
		return CALLBACK_STRAY;
	if (members.error != NULL) {
		callback->error = members.error;
		callback->description = members.description != NULL ? members.description : "";
		return CALLBACK_REFUSED;
	}
	if (members.code == NULL || !credential_token_is_sound(members.code))
		return CALLBACK_STRAY;
	callback->code = members.code;
	return CALLBACK_CODE;
}

enum callback_kind callback_read_line(struct arena *arena, const char *line, const char *state,
				      struct callback *callback)
{
	const char *query = strchr(line, '?');

	query = query != NULL ? query + 1 : line + strspn(line, " \t");
	return callback_read(arena, arena_strndup(arena, query, strcspn(query, "# \t\r\n")), state,
			     callback);
}
