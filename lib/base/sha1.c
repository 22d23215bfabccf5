/* By libmd, as SHA-256. */
#include "base/sha1.h"

#include <stdint.h>
#include <sys/types.h>

#include <sha1.h>

_Static_assert(SHA1_SIZE == SHA1_DIGEST_LENGTH, "one size of the sum");

void sha1(const void *bytes, size_t len, unsigned char sum[SHA1_SIZE])
{
	SHA1_CTX context;

	SHA1Init(&context);
	SHA1Update(&context, bytes, len);
	SHA1Final(sum, &context);
}
