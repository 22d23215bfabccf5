/* See base64.h. */
#include "base/base64.h"

#include <stdint.h>

#include "base/buf.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct buf *out, const void *bytes, size_t len)
{
	const unsigned char *in = bytes;
	char *at = buf_reserve(out, (len + 2) / 3 * 4 + 1);
	char *start = at;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t triple = (uint32_t)in[i] << 16;

		if (i + 1 < len)
			triple |= (uint32_t)in[i + 1] << 8;
		if (i + 2 < len)
			triple |= in[i + 2];
		*at++ = digits[triple >> 18];
		*at++ = digits[triple >> 12 & 63];
		*at++ = i + 1 < len ? digits[triple >> 6 & 63] : '=';
		*at++ = i + 2 < len ? digits[triple & 63] : '=';
	}
	*at = '\0';
	out->len += (size_t)(at - start);
}

void base64_put_url(struct buf *out, const void *bytes, size_t len)
{
	size_t start = out->len;

	base64_put(out, bytes, len);
	while (out->len > start && out->ptr[out->len - 1] == '=')
		out->ptr[--out->len] = '\0';
	for (size_t i = start; i < out->len; i++)
		if (out->ptr[i] == '+' || out->ptr[i] == '/')
			out->ptr[i] = out->ptr[i] == '+' ? '-' : '_';
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_read(const char *text, size_t len, struct buf *out)
{
	size_t before = out->len;
	size_t padding = 0;

	while (padding < 2 && len > padding && text[len - padding - 1] == '=')
		padding++;
	if (len % 4 != 0)
		return false;
	for (size_t i = 0; i < len; i += 4) {
		size_t count = i + 4 == len ? 4 - padding : 4;
		uint32_t quad = 0;

		for (size_t j = 0; j < 4; j++) {
			int value = j < count ? value_of(text[i + j]) : 0;

			if (value < 0) {
				out->len = before;
				return false;
			}
			quad = quad << 6 | (uint32_t)value;
		}
		for (size_t j = 0; j + 1 < count; j++)
			buf_putc(out, (char)(quad >> (16 - 8 * j) & 255));
	}
	return true;
}
