/* HMAC-SHA256 (RFC 2104): a sum that only who knows the key can make. */
#ifndef ATTIO_BASE_HMAC_H
#define ATTIO_BASE_HMAC_H

#include <stddef.h>

#include "base/sha256.h"

void hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len,
		 unsigned char sum[SHA256_SIZE]);
/* As 64 lower-case hexadecimal digits. */
void hmac_sha256_text(const char *key, const void *bytes, size_t len, char text[SHA256_TEXT_SIZE]);

#endif
