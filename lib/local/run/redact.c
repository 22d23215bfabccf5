/* See redact.h. */
#include "local/run/redact.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/secret.h"

/* A spelling in base64 of fewer characters is found by chance. */
#define BASE64_MIN 8u
/* So often is a text put into JSON: a body in a member of a body, in the log. */
enum { NESTED_MAX = 4 };

static int longest_first(const void *a, const void *b)
{
	const struct redaction *x = a, *y = b;

	return x->len > y->len ? -1 : x->len < y->len;
}

/* How a value is learned. */
struct learning {
	struct redactor *redactor;
	const char *name;
	bool common;
};

/* Takes the spelling over, unless it is known. */
static void add_as(const struct learning *learning, struct buf *spelling, bool base64, bool shares)
{
	struct redactor *redactor = learning->redactor;
	struct redaction *item;

	for (size_t i = 0; i < redactor->count; i++) {
		item = &redactor->items[i];
		if (item->len == spelling->len &&
		    memcmp(item->text, buf_cstr(spelling), spelling->len) == 0) {
			item->common = item->common && learning->common;
			buf_dispose(spelling);
			return;
		}
	}
	redactor->items =
		mem_realloc(redactor->items, (redactor->count + 1) * sizeof(*redactor->items));
	item = &redactor->items[redactor->count++];
	item->len = spelling->len;
	item->text = buf_take(spelling);
	item->name = learning->name;
	item->base64 = base64;
	item->shares = shares;
	item->common = learning->common;
}

static void add(const struct learning *learning, struct buf *spelling)
{
	add_as(learning, spelling, false, false);
}

/* With `ascii` all that is not is written as \uXXXX. */
static void spell_json(const char *value, bool ascii, struct buf *out)
{
	for (const char *c = value; *c != '\0';) {
		uint32_t point = (unsigned char)*c;
		size_t len = 1;
		bool valid;

		if (ascii)
			len = utf8_decode(c, strlen(c), &point, &valid);

		if (*c == '"' || *c == '\\')
			buf_printf(out, "\\%c", *c);
		else if (*c == '\n')
			buf_puts(out, "\\n");
		else if (*c == '\t')
			buf_puts(out, "\\t");
		else if (*c == '\r')
			buf_puts(out, "\\r");
		else if ((unsigned char)*c < 0x20 || (ascii && point >= 0x80 && point < 0x10000))
			buf_printf(out, "\\u%04x", (unsigned)point);
		else if (ascii && point >= 0x10000)
			buf_printf(out, "\\u%04x\\u%04x", 0xd800 + ((point - 0x10000) >> 10),
				   0xdc00 + ((point - 0x10000) & 0x3ff));
		else
			buf_add(out, c, len);
		c += len;
	}
}

/* `blank`: how a form writes one, or NULL. */
static void spell_percent(const char *value, const char *keep, const char *blank, struct buf *out)
{
	for (const char *c = value; *c != '\0'; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			     (*c >= '0' && *c <= '9') || strchr(keep, *c) != NULL;

		if (plain)
			buf_putc(out, *c);
		else if (*c == ' ' && blank != NULL)
			buf_puts(out, blank);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*c);
	}
}

/* What every text that holds the value `before` bytes behind a multiple of three has in base64:
 * without the characters in which the bytes around it take part. */
static void spell_base64(const char *value, size_t before, const char *digits, struct buf *out)
{
	size_t bits = 8 * (before + strlen(value));

	for (size_t at = (8 * before + 5) / 6; 6 * (at + 1) <= bits; at++) {
		unsigned digit = 0;

		for (size_t bit = 6 * at; bit < 6 * (at + 1); bit++) {
			unsigned byte = (unsigned char)value[bit / 8 - before];

			digit = digit << 1 | (byte >> (7 - bit % 8) & 1u);
		}
		buf_putc(out, digits[digit]);
	}
}

static void learn_base64(const struct learning *learning, const char *value)
{
	static const char *const alphabets[] = {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};

	for (size_t i = 0; i < 2 * 3; i++) {
		struct buf spelling = {0};

		spell_base64(value, i % 3, alphabets[i / 3], &spelling);
		if (spelling.len >= BASE64_MIN) {
			struct buf escaped = {0};

			spell_percent(buf_cstr(&spelling), "-_", NULL, &escaped);
			add_as(learning, &spelling, true, i % 3 > 0);
			add_as(learning, &escaped, true, i % 3 > 0);
		} else {
			buf_dispose(&spelling);
		}
	}
}

static void learn_hex(const struct learning *learning, const char *value)
{
	for (size_t i = 0; i < 2; i++) {
		struct buf spelling = {0};

		for (const char *c = value; *c != '\0'; c++) {
			char digits[4];

			snprintf(digits, sizeof(digits), i == 0 ? "%02x" : "%02X",
				 (unsigned)(unsigned char)*c);
			buf_puts(&spelling, digits);
		}
		add(learning, &spelling);
	}
}

static void learn_percent(const struct learning *learning, const char *value)
{
	static const struct {
		const char *keep, *blank;
	} forms[] = {{"-._~", NULL}, {"-._~!*'()", NULL}, {"-._*", "+"}};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct buf spelling = {0};

		spell_percent(value, forms[i].keep, forms[i].blank, &spelling);
		add(learning, &spelling);
	}
}

/* As it is, and as a text in JSON, which may itself be one in JSON. */
static void learn_nested(const struct learning *learning, const char *value, bool ascii)
{
	char *text = mem_strdup(value);

	for (int level = 0; level <= NESTED_MAX; level++) {
		struct buf spelling = {0}, next = {0};

		buf_puts(&spelling, text);
		add(learning, &spelling);
		if (level <= 1) {
			learn_percent(learning, text);
			if (!learning->common)
				learn_base64(learning, text);
		}
		spell_json(text, ascii, &next);
		mem_free(text);
		text = buf_take(&next);
	}
	mem_free(text);
}

static void learn(struct redactor *redactor, const char *value, const char *name,
		  enum secret secret)
{
	struct learning learning = {redactor, NULL, secret == SECRET_COMMON};
	struct redact_value *one;

	if (secret == SECRET_NOT)
		return;
	redactor->values = mem_realloc(redactor->values,
				       (redactor->value_count + 1) * sizeof(*redactor->values));
	one = &redactor->values[redactor->value_count++];
	*one = (struct redact_value){mem_strdup(name), mem_strdup(value), learning.common};
	learning.name = one->name;
	for (int ascii = 0; ascii < 2; ascii++)
		learn_nested(&learning, value, ascii != 0);
	if (!learning.common)
		learn_hex(&learning, value);
	qsort(redactor->items, redactor->count, sizeof(*redactor->items), longest_first);
	for (size_t i = 0; i < redactor->count; i++)
		redactor->first[(unsigned char)redactor->items[i].text[0]] = true;
}

void redact_learn(struct redactor *redactor, const char *value, const char *name)
{
	learn(redactor, value, name, secret_value(value));
}

void redact_learn_variable(struct redactor *redactor, const char *value, const char *name)
{
	const char *address = strstr(value, "://");
	size_t from, until;

	learn(redactor, value, name, secret_variable(name, value));
	if (address == NULL || !secret_in_address(address, strlen(address), &from, &until))
		return;
	/* As it stands alone when an app has taken the address apart. */
	struct buf password = {0}, of = {0};

	buf_add(&password, address + from, until - from);
	buf_printf(&of, "password of %s", name);
	redact_learn(redactor, buf_cstr(&password), buf_cstr(&of));
	buf_dispose(&password);
	buf_dispose(&of);
}

/* ---- where a common value is a secret ---- */

/* The text that is cleaned. */
struct place {
	const char *text;
	size_t len;
	enum redact_text what;
	bool json; /* it looks like a document */
};

static bool is_one(char c, const char *of)
{
	return c != '\0' && strchr(of, c) != NULL;
}

/* Behind `Bearer ` and its like, NAME= and "name": */
static bool is_named(const struct place *place, size_t at)
{
	static const char *const before[] = {"Bearer ", "bearer ", "Basic ", "Token ",
					     "token ",  "ApiKey ", "=",      ": "};

	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		size_t len = strlen(before[i]);

		if (at >= len && memcmp(place->text + at - len, before[i], len) == 0)
			return true;
	}
	return false;
}

/* A whole string of a document inside of the text, and no name of a member. What no string can hold
 * ends one there, or begins one. */
static bool is_quoted(const struct place *place, size_t at, size_t end)
{
	if (at == 0 || place->text[at - 1] != '"')
		return false;
	for (size_t i = at; i < end; i++) {
		if (place->text[i] == '"')
			return false;
		i += place->text[i] == '\\';
		if (i >= end)
			return false;
	}
	while (end < place->len && place->text[end] == '\\')
		end++;
	if (end >= place->len || place->text[end] != '"')
		return false;
	for (end++; end < place->len && is_one(place->text[end], " \t\r\n");)
		end++;
	return end >= place->len || place->text[end] != ':';
}

static bool is_secret_there(const struct place *place, size_t at, size_t size)
{
	size_t end = at + size;
	char before = at > 0 ? place->text[at - 1] : ' ';
	char after = end < place->len ? place->text[end] : ' ';

	if (place->what == REDACT_KEPT)
		return false;
	if (place->json)
		return is_quoted(place, at, end);
	if (!is_one(after, " \t\r\n&\"'<>,;@#\\"))
		return false;
	if (before == ':' && (after == '@' || end == place->len))
		return true;
	if (place->what == REDACT_SAID)
		return (at == 0 && end == place->len) || is_named(place, at);
	return is_one(before, " \t\r\n=\"'<>,;");
}

static const struct redaction *find(const struct redactor *redactor, const struct place *place,
				    size_t at)
{
	for (size_t i = 0; i < redactor->count; i++) {
		const struct redaction *item = &redactor->items[i];

		if (item->len <= place->len - at &&
		    memcmp(item->text, place->text + at, item->len) == 0 &&
		    (!item->common || is_secret_there(place, at, item->len)))
			return item;
	}
	return NULL;
}

static bool is_base64(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("+/-_=", c) != NULL);
}

/* What of base64 follows depends on the secret too: on its last bits and on its length. */
static size_t rest_of_base64(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		if (is_base64(text[at]))
			at++;
		else if (len - at >= 3 && text[at] == '%' && text[at + 1] == '2' &&
			 (text[at + 2] == 'B' || text[at + 2] == 'F'))
			at += 3;
		else if (len - at >= 3 && memcmp(text + at, "%3D", 3) == 0)
			at += 3;
		else
			break;
	}
	return at;
}

static size_t decode_base64(const char *text, size_t len, struct buf *out)
{
	unsigned bits = 0, count = 0;
	size_t at = 0;

	for (; at < len && is_base64(text[at]) && text[at] != '='; at++) {
		char c = text[at];
		unsigned digit = c >= 'a'   ? (unsigned)(c - 'a' + 26)
				 : c == '_' ? 63
				 : c >= 'A' ? (unsigned)(c - 'A')
				 : c >= '0' ? (unsigned)(c - '0' + 52)
				 : c == '/' ? 63
					    : 62;

		bits = (bits << 6 | digit) & 0xffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_putc(out, (char)(bits >> count & 0xff));
		}
	}
	return at;
}

/* A common value, or one behind a user's name and a colon, in base64: as `Basic` has it. How much
 * of the text stays before it; NULL: there is none. */
static const struct redact_value *in_base64(const struct redactor *redactor,
					    const struct place *place, size_t at, size_t *before)
{
	const struct redact_value *found = NULL;
	struct buf bytes = {0};
	size_t run;
	bool whole;

	if (place->what == REDACT_KEPT || !is_base64(place->text[at]) ||
	    (at > 0 && is_base64(place->text[at - 1]) && place->text[at - 1] != '='))
		return NULL;
	run = decode_base64(place->text + at, place->len - at, &bytes);
	whole = run % 4 == 0 || (at + run < place->len && place->text[at + run] == '=');
	for (size_t i = redactor->value_count; i-- > 0 && run >= 2 && found == NULL;) {
		const struct redact_value *one = &redactor->values[i];
		size_t size = strlen(one->value);

		if (!one->common || size > bytes.len ||
		    memcmp(bytes.ptr + bytes.len - size, one->value, size) != 0)
			continue;
		*before = (bytes.len - size) * 8 / 6;
		if (size == bytes.len ? whole : bytes.ptr[bytes.len - size - 1] == ':')
			found = one;
	}
	buf_dispose(&bytes);
	return found;
}

/* A place in the text that is left out, and what stands for it. */
struct gap {
	size_t from, until;
	const char *name;
};

static bool find_gap(const struct redactor *redactor, const struct place *place, size_t at,
		     bool common, struct gap *gap)
{
	const char *text = place->text;
	const struct redaction *item =
		redactor->first[(unsigned char)text[at]] ? find(redactor, place, at) : NULL;
	const struct redact_value *value;
	size_t before, from, until;

	if (item != NULL) {
		/* The character before has some bits of it. */
		gap->from = at - (item->shares && at > 0 && is_base64(text[at - 1]));
		gap->until = at + item->len;
		gap->name = item->name;
		if (item->base64)
			gap->until += rest_of_base64(text + gap->until, place->len - gap->until);
		return true;
	}
	if (common && (value = in_base64(redactor, place, at, &before)) != NULL) {
		gap->from = at + before;
		gap->until = at + before;
		gap->until += rest_of_base64(text + gap->until, place->len - gap->until);
		gap->name = value->name;
		return true;
	}
	if (text[at] != ':' || !secret_in_address(text + at, place->len - at, &from, &until) ||
	    text[at + from] == '{' ||
	    (redactor->first[(unsigned char)text[at + from]] &&
	     find(redactor, place, at + from) != NULL))
		return false;
	*gap = (struct gap){at + from, at + until, "password"};
	return true;
}

static bool looks_like_json(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && is_one(text[at], " \t\r\n"))
		at++;
	return at < len && (text[at] == '{' || text[at] == '[');
}

static bool has_common(const struct redactor *redactor)
{
	for (size_t i = 0; i < redactor->value_count; i++)
		if (redactor->values[i].common)
			return true;
	return false;
}

void redact(const struct redactor *redactor, enum redact_text what, const char *text, size_t len,
	    struct buf *out)
{
	const struct place place = {text, len, what, looks_like_json(text, len)};
	bool common = what != REDACT_KEPT && has_common(redactor);
	size_t kept = 0;

	for (size_t at = 0; at < len;) {
		struct gap gap;

		if (!find_gap(redactor, &place, at, common, &gap)) {
			at++;
			continue;
		}
		if (gap.from > kept)
			buf_add(out, text + kept, gap.from - kept);
		buf_printf(out, "{%s}", gap.name);
		at = gap.until;
		kept = at;
	}
	buf_add(out, text + kept, len - kept);
}

/* ---- the way back ---- */

/* "{name}" at the text; its length, 0: there is none. */
static size_t named_at(const struct redactor *redactor, const char *text, size_t len,
		       const char **value)
{
	for (size_t i = redactor->value_count; i-- > 0 && text[0] == '{';) {
		const char *name = redactor->values[i].name;
		size_t size = strlen(name);

		*value = redactor->values[i].value;
		if (size + 2 <= len && text[1 + size] == '}' && memcmp(text + 1, name, size) == 0)
			return size + 2;
	}
	return 0;
}

void redact_reveal(const struct redactor *redactor, const char *text, size_t len, struct buf *out)
{
	bool json = looks_like_json(text, len), in_query = false;
	bool address =
		len > 8 && (memcmp(text, "http://", 7) == 0 || memcmp(text, "https://", 8) == 0);

	for (size_t at = 0; at < len;) {
		const char *value;
		size_t size = named_at(redactor, text + at, len - at, &value);

		in_query = in_query || (address && text[at] == '?');
		if (size == 0)
			buf_putc(out, text[at]);
		else if (json && at > 0)
			spell_json(value, false, out);
		else if (in_query)
			spell_percent(value, "-._~", NULL, out);
		else
			buf_puts(out, value);
		at += size > 0 ? size : 1;
	}
}

void redact_dispose(struct redactor *redactor)
{
	for (size_t i = 0; i < redactor->count; i++)
		mem_free(redactor->items[i].text);
	for (size_t i = 0; i < redactor->value_count; i++) {
		mem_free(redactor->values[i].name);
		mem_free(redactor->values[i].value);
	}
	mem_free(redactor->values);
	mem_free(redactor->items);
	*redactor = (struct redactor){0};
}
