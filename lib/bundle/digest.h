/* What is said about a bundle's bytes beside their number. */
#ifndef ATTIO_BUNDLE_DIGEST_H
#define ATTIO_BUNDLE_DIGEST_H

#include <stddef.h>

#define DIGEST_SHA256 65 /* room for the text */

/* How many bytes gzip would send instead, at its default level. */
size_t digest_gzip(const char *bytes, size_t len);
/* SHA-256 in hexadecimal. */
void digest_sha256(const char *bytes, size_t len, char text[DIGEST_SHA256]);

#endif
