/* SHA-1, for the one protocol that asks for it as a greeting (RFC 6455): it proves nothing. */
#ifndef ATTIO_BASE_SHA1_H
#define ATTIO_BASE_SHA1_H

#include <stddef.h>

#define SHA1_SIZE 20

void sha1(const void *bytes, size_t len, unsigned char sum[SHA1_SIZE]);

#endif
