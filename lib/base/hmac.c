#include "base/hmac.h"

#include <string.h>

#include "base/buf.h"

#define BLOCK 64

/* The sum of the key's block, with each byte changed by `pad`, and the bytes. */
static void sum_of(const unsigned char block[BLOCK], unsigned char pad, const void *bytes,
		   size_t len, struct buf *text)
{
	buf_clear(text);
	for (size_t i = 0; i < BLOCK; i++)
		buf_putc(text, (char)(block[i] ^ pad));
	buf_add(text, bytes, len);
}

void hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len,
		 unsigned char sum[SHA256_SIZE])
{
	unsigned char block[BLOCK] = {0};
	unsigned char inner[SHA256_SIZE];
	struct buf work = {0};

	if (key_len > BLOCK)
		sha256(key, key_len, block);
	else
		memcpy(block, key, key_len);
	sum_of(block, 0x36, bytes, len, &work);
	sha256(work.ptr, work.len, inner);
	sum_of(block, 0x5c, inner, sizeof(inner), &work);
	sha256(work.ptr, work.len, sum);
	buf_dispose(&work);
}

void hmac_sha256_text(const char *key, const void *bytes, size_t len, char text[SHA256_TEXT_SIZE])
{
	unsigned char sum[SHA256_SIZE];

	hmac_sha256(key, strlen(key), bytes, len, sum);
	sha256_print(sum, text);
}
