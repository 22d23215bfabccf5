/* Growing bytes for output and for texts of unknown length. Doubling keeps appending cheap; one
 * byte more than needed is always kept for the final NUL. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { FIRST_CAP = 64 };

char *buf_reserve(struct buf *buf, size_t extra)
{
	/* On overflow ask for the impossible: mem_realloc then stops the program. */
	size_t need = extra > SIZE_MAX - 1 - buf->len ? SIZE_MAX : buf->len + extra + 1;
	if (need > buf->cap) {
		size_t cap = buf->cap != 0 ? buf->cap : FIRST_CAP;
		while (cap < need)
			cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
		buf->ptr = mem_realloc(buf->ptr, cap);
		buf->cap = cap;
		buf->ptr[buf->len] = '\0';
	}
	return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
	char *end = buf_reserve(buf, len);
	if (len != 0)
		memcpy(end, data, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len >= 0) {
		char *end = buf_reserve(buf, (size_t)len);
		vsnprintf(end, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

static void put_code_unit(struct buf *buf, unsigned unit)
{
	buf_printf(buf, "\\u%04x", unit);
}

static void put_json_char(struct buf *buf, uint32_t c)
{
	static const char short_from[] = "\"\\\b\f\n\r\t";
	static const char short_to[] = "\"\\bfnrt";
	const char *found = c != 0 && c < 0x80 ? strchr(short_from, (int)c) : NULL;
	if (found != NULL) {
		buf_putc(buf, '\\');
		buf_putc(buf, short_to[found - short_from]);
	} else if (c >= 0x20 && c < 0x7f) {
		buf_putc(buf, (char)c);
	} else if (c < 0x10000) {
		put_code_unit(buf, c);
	} else {
		put_code_unit(buf, 0xd800 + ((c - 0x10000) >> 10));
		put_code_unit(buf, 0xdc00 + ((c - 0x10000) & 0x3ff));
	}
}

void buf_put_char(struct buf *buf, uint32_t code_point)
{
	char bytes[4];
	size_t len = utf8_encode(code_point, bytes);

	buf_add(buf, bytes, len);
}

void buf_put_utf8(struct buf *buf, const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t good = utf8_invalid_at(text + at, len - at);

		buf_add(buf, text + at, good);
		at += good;
		if (at < len) {
			buf_put_char(buf, 0xfffd);
			at++;
		}
	}
}

void buf_put_json_string(struct buf *buf, const char *text, size_t len)
{
	buf_putc(buf, '"');
	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		at += utf8_decode(text + at, len - at, &c, &valid);
		put_json_char(buf, c);
	}
	buf_putc(buf, '"');
}

void buf_put_json_member(struct buf *buf, const char *name, const char *text)
{
	char last = buf->len > 0 ? buf->ptr[buf->len - 1] : '\0';

	if (last != '{' && last != ',')
		buf_putc(buf, ',');
	buf_put_json_string(buf, name, strlen(name));
	buf_putc(buf, ':');
	if (text != NULL)
		buf_put_json_string(buf, text, strlen(text));
	else
		buf_puts(buf, "null");
}

const char *buf_cstr(struct buf *buf)
{
	*buf_reserve(buf, 0) = '\0'; /* the caller may have added to len by hand */
	return buf->ptr;
}

char *buf_take(struct buf *buf)
{
	*buf_reserve(buf, 0) = '\0';
	char *ptr = buf->ptr;
	*buf = (struct buf){0};
	return ptr;
}

void buf_drop(struct buf *buf, size_t len)
{
	if (len == 0)
		return;
	buf->len -= len;
	memmove(buf->ptr, buf->ptr + len, buf->len);
	buf->ptr[buf->len] = '\0';
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->ptr != NULL)
		buf->ptr[0] = '\0';
}

void buf_dispose(struct buf *buf)
{
	mem_free(buf->ptr);
	*buf = (struct buf){0};
}
