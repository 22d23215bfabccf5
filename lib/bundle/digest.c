/* Sizes and sums by the usual libraries: zlib, and libmd, which has nothing but such sums and loads
 * in no time (libcrypto takes milliseconds). */
#include "bundle/digest.h"

#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>
#include <zlib.h>

enum {
	PIECE = 1 << 14,
	WINDOW = 15 + 16 /* the largest, and a gzip header */
};

size_t digest_gzip(const char *bytes, size_t len)
{
	unsigned char piece[PIECE];
	z_stream stream = {.next_in = (z_const Bytef *)(uintptr_t)bytes};
	size_t size = 0;
	int status = Z_OK;

	if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW, MAX_MEM_LEVEL - 1,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return len;
	/* zlib counts in 32 bits. */
	while (status == Z_OK) {
		if (stream.avail_in == 0 && len > 0) {
			stream.avail_in = (uInt)(len > PIECE ? PIECE : len);
			len -= stream.avail_in;
		}
		stream.next_out = piece;
		stream.avail_out = PIECE;
		status = deflate(&stream, len > 0 ? Z_NO_FLUSH : Z_FINISH);
		size += PIECE - stream.avail_out;
	}
	deflateEnd(&stream);
	return size;
}

void digest_sha256(const char *bytes, size_t len, char text[DIGEST_SHA256])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)bytes, len);
	SHA256Final(sum, &context);
	for (size_t i = 0; i < sizeof(sum); i++) {
		text[2 * i] = digits[sum[i] >> 4];
		text[2 * i + 1] = digits[sum[i] & 15];
	}
	text[DIGEST_SHA256 - 1] = '\0';
}
