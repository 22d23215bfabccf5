/* By libmd, which has nothing but such sums and loads in no time (libcrypto takes milliseconds). */
#include "base/sha256.h"

#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>

_Static_assert(SHA256_SIZE == SHA256_DIGEST_LENGTH, "one size of the sum");

void sha256(const void *bytes, size_t len, unsigned char sum[SHA256_SIZE])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, bytes, len);
	SHA256Final(sum, &context);
}

void sha256_print(const unsigned char sum[SHA256_SIZE], char text[SHA256_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		text[2 * i] = digits[sum[i] >> 4];
		text[2 * i + 1] = digits[sum[i] & 15];
	}
	text[SHA256_TEXT_SIZE - 1] = '\0';
}

void sha256_text(const void *bytes, size_t len, char text[SHA256_TEXT_SIZE])
{
	unsigned char sum[SHA256_SIZE];

	sha256(bytes, len, sum);
	sha256_print(sum, text);
}
