/* See consent.h. */
#include "local/run/consent.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/str.h"
#include "local/plain_page.h"

/* ---- who waits ---- */

void consents_dispose(struct consents *consents)
{
	mem_free(consents->items);
	consents->items = NULL;
	consents->count = 0;
}

static void remove_at(struct consents *consents, size_t at)
{
	consents->count--;
	memmove(&consents->items[at], &consents->items[at + 1],
		(consents->count - at) * sizeof(consents->items[0]));
}

int consents_add(struct consents *consents, const struct consent *facts, long long now,
		 char key[RANDOM_KEY_SIZE], struct error *error)
{
	struct consent *fresh;

	if (random_key(key, error) != 0)
		return -1;
	for (size_t i = consents->count; i > 0; i--) {
		const struct consent *item = &consents->items[i - 1];

		if (item->until <= now || (str_is(item->owner_type, facts->owner_type) &&
					   str_is(item->owner_id, facts->owner_id)))
			remove_at(consents, i - 1);
	}
	consents->items =
		mem_realloc(consents->items, (consents->count + 1) * sizeof(consents->items[0]));
	fresh = &consents->items[consents->count++];
	*fresh = *facts;
	memcpy(fresh->key, key, RANDOM_KEY_SIZE);
	fresh->until = now + CONSENT_MINUTES * 60 * 1000;
	return 0;
}

const struct consent *consents_find(struct consents *consents, const char *key, long long now)
{
	for (size_t i = 0; i < consents->count; i++)
		if (random_key_equal(consents->items[i].key, key) && consents->items[i].until > now)
			return &consents->items[i];
	return NULL;
}

void consents_end(struct consents *consents, const char *key)
{
	for (size_t i = 0; i < consents->count; i++) {
		if (random_key_equal(consents->items[i].key, key)) {
			remove_at(consents, i);
			return;
		}
	}
}

/* ---- the form ---- */

/* The value of a field, decoded, in the arena; NULL without one, or when it does not decode. */
static const char *field(struct arena *arena, const char *form, size_t len, const char *name)
{
	size_t name_len = strlen(name);
	size_t at = 0;

	while (at < len) {
		const char *amp = memchr(form + at, '&', len - at);
		size_t end = amp != NULL ? (size_t)(amp - form) : len;

		if (end - at > name_len && memcmp(form + at, name, name_len) == 0 &&
		    form[at + name_len] == '=') {
			at += name_len + 1;
			return percent_decode(arena, form + at, end - at, PERCENT_PLUS_IS_BLANK);
		}
		at = end + 1;
	}
	return NULL;
}

bool consent_read(struct arena *arena, const char *form, size_t len, struct consent_choice *choice)
{
	const char *chosen = field(arena, form, len, "choice");
	const char *value = field(arena, form, len, "value");

	memset(choice, 0, sizeof(*choice));
	choice->value = value != NULL ? value : "";
	if (chosen == NULL)
		return false;
	choice->expires = str_is(chosen, "expire");
	choice->approve = choice->expires || str_is(chosen, "approve");
	return choice->approve || str_is(chosen, "deny");
}

/* ---- the pages ---- */

void consent_page(struct buf *out, const char *app, const struct consent *consent)
{
	page_begin(out, "Connect the app to its service");
	buf_puts(out, "<p><b>");
	page_put(out, app);
	buf_puts(out, "</b> asks for a connection of ");
	buf_puts(out, str_is(consent->owner_type, "user") ? "one user" : "the whole workspace");
	buf_puts(
		out,
		".</p>\n<p><small>This page of the local platform stands in for the service's own. "
		"Nothing leaves this machine.</small></p>\n<form method=\"post\">\n"
		"<label for=\"value\">Access token that the app gets (empty: one is made up)"
		"</label>\n<input id=\"value\" name=\"value\" type=\"password\" "
		"autocomplete=\"off\">\n"
		"<button class=\"main\" name=\"choice\" value=\"approve\">Approve</button>\n"
		"<button name=\"choice\" value=\"deny\">Deny</button>\n"
		"<button name=\"choice\" value=\"expire\">Approve, but expired</button>\n"
		"</form>\n");
	page_end(out);
}

void consent_told(struct buf *out, const char *app, const char *title, const char *text)
{
	page_begin(out, title);
	buf_puts(out, "<p>");
	page_put(out, text);
	buf_puts(out, "</p>\n<p><small>");
	page_put(out, app);
	buf_puts(out, " on the local platform. You may close this page.</small></p>\n");
	page_end(out);
}
