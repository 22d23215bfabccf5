/* SHA-256, where somebody else must find the same sum or must not be able to forge one. For cache
 * keys and checksums of our own: hash.h, which is many times faster. */
#ifndef ATTIO_BASE_SHA256_H
#define ATTIO_BASE_SHA256_H

#include <stddef.h>

#define SHA256_SIZE 32
#define SHA256_TEXT_SIZE 65

void sha256(const void *bytes, size_t len, unsigned char sum[SHA256_SIZE]);
/* A sum as 64 lower-case hexadecimal digits. */
void sha256_print(const unsigned char sum[SHA256_SIZE], char text[SHA256_TEXT_SIZE]);
/* The one, then the other. */
void sha256_text(const void *bytes, size_t len, char text[SHA256_TEXT_SIZE]);

#endif
