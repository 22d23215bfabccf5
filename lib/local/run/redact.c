/* See redact.h. */
#include "local/run/redact.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

/* A spelling in base64 of fewer characters is found by chance. */
#define BASE64_MIN 8u
/* So often is a text put into JSON: a body in a member of a body, in the log. */
enum { NESTED_MAX = 4 };

static int longest_first(const void *a, const void *b)
{
	const struct redaction *x = a, *y = b;

	return x->len > y->len ? -1 : x->len < y->len;
}

/* Takes the spelling over, unless it is known. */
static void add_as(struct redactor *redactor, struct buf *spelling, const char *name, bool base64,
		   bool shares)
{
	for (size_t i = 0; i < redactor->count; i++) {
		if (redactor->items[i].len == spelling->len &&
		    memcmp(redactor->items[i].text, buf_cstr(spelling), spelling->len) == 0) {
			buf_dispose(spelling);
			return;
		}
	}
	redactor->items =
		mem_realloc(redactor->items, (redactor->count + 1) * sizeof(*redactor->items));
	redactor->items[redactor->count].len = spelling->len;
	redactor->items[redactor->count].text = buf_take(spelling);
	redactor->items[redactor->count].base64 = base64;
	redactor->items[redactor->count].shares = shares;
	redactor->items[redactor->count++].name = name;
}

static void add(struct redactor *redactor, struct buf *spelling, const char *name)
{
	add_as(redactor, spelling, name, false, false);
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

static void learn_base64(struct redactor *redactor, const char *value, const char *name)
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
			add_as(redactor, &spelling, name, true, i % 3 > 0);
			add_as(redactor, &escaped, name, true, i % 3 > 0);
		} else {
			buf_dispose(&spelling);
		}
	}
}

static void learn_hex(struct redactor *redactor, const char *value, const char *name)
{
	for (size_t i = 0; i < 2; i++) {
		struct buf spelling = {0};

		for (const char *c = value; *c != '\0'; c++) {
			char digits[4];

			snprintf(digits, sizeof(digits), i == 0 ? "%02x" : "%02X",
				 (unsigned)(unsigned char)*c);
			buf_puts(&spelling, digits);
		}
		add(redactor, &spelling, name);
	}
}

static void learn_percent(struct redactor *redactor, const char *value, const char *name)
{
	static const struct {
		const char *keep, *blank;
	} forms[] = {{"-._~", NULL}, {"-._~!*'()", NULL}, {"-._*", "+"}};

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct buf spelling = {0};

		spell_percent(value, forms[i].keep, forms[i].blank, &spelling);
		add(redactor, &spelling, name);
	}
}

/* As it is, and as a text in JSON, which may itself be one in JSON. */
static void learn_nested(struct redactor *redactor, const char *value, bool ascii, const char *name)
{
	char *text = mem_strdup(value);

	for (int level = 0; level <= NESTED_MAX; level++) {
		struct buf spelling = {0}, next = {0};

		buf_puts(&spelling, text);
		add(redactor, &spelling, name);
		if (level <= 1) {
			learn_percent(redactor, text, name);
			learn_base64(redactor, text, name);
		}
		spell_json(text, ascii, &next);
		mem_free(text);
		text = buf_take(&next);
	}
	mem_free(text);
}

void redact_learn(struct redactor *redactor, const char *value, const char *name)
{
	char *owned;

	if (strlen(value) < REDACT_MIN)
		return;
	owned = mem_strdup(name);
	redactor->names =
		mem_realloc(redactor->names, (redactor->name_count + 1) * sizeof(*redactor->names));
	redactor->values = mem_realloc(redactor->values,
				       (redactor->name_count + 1) * sizeof(*redactor->values));
	redactor->values[redactor->name_count] = mem_strdup(value);
	redactor->names[redactor->name_count++] = owned;
	for (int ascii = 0; ascii < 2; ascii++)
		learn_nested(redactor, value, ascii != 0, owned);
	learn_hex(redactor, value, owned);
	qsort(redactor->items, redactor->count, sizeof(*redactor->items), longest_first);
	for (size_t i = 0; i < redactor->count; i++)
		redactor->first[(unsigned char)redactor->items[i].text[0]] = true;
}

static const struct redaction *find(const struct redactor *redactor, const char *text, size_t len)
{
	for (size_t i = 0; i < redactor->count; i++) {
		const struct redaction *item = &redactor->items[i];

		if (item->len <= len && memcmp(item->text, text, item->len) == 0)
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

void redact(const struct redactor *redactor, const char *text, size_t len, struct buf *out)
{
	size_t kept = 0;

	for (size_t at = 0; at < len;) {
		const struct redaction *item = redactor->first[(unsigned char)text[at]]
						       ? find(redactor, text + at, len - at)
						       : NULL;

		if (item == NULL) {
			at++;
			continue;
		}
		/* The character before has some bits of it. */
		buf_add(out, text + kept,
			at - kept - (item->shares && at > kept && is_base64(text[at - 1])));
		buf_printf(out, "{%s}", item->name);
		at += item->len;
		if (item->base64)
			at += rest_of_base64(text + at, len - at);
		kept = at;
	}
	buf_add(out, text + kept, len - kept);
}

void redact_reveal(const struct redactor *redactor, const char *text, size_t len, struct buf *out)
{
	for (size_t at = 0; at < len;) {
		size_t name = redactor->name_count, size = 0;

		while (text[at] == '{' && name-- > 0) {
			size = strlen(redactor->names[name]);
			if (size + 2 <= len - at && text[at + 1 + size] == '}' &&
			    memcmp(text + at + 1, redactor->names[name], size) == 0)
				break;
		}
		if (text[at] != '{' || name == (size_t)-1) {
			buf_putc(out, text[at++]);
			continue;
		}
		buf_puts(out, redactor->values[name]);
		at += size + 2;
	}
}

void redact_dispose(struct redactor *redactor)
{
	for (size_t i = 0; i < redactor->count; i++)
		mem_free(redactor->items[i].text);
	for (size_t i = 0; i < redactor->name_count; i++) {
		mem_free(redactor->names[i]);
		mem_free(redactor->values[i]);
	}
	mem_free(redactor->values);
	mem_free(redactor->items);
	mem_free(redactor->names);
	*redactor = (struct redactor){0};
}
