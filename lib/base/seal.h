/* A text that lies on the disk for a while and that nobody shall read there who does not hold the
 * secret it was sealed with. HMAC-SHA256 makes both the key stream (RFC 5869 names the keys, a
 * counter the blocks) and the sum that tells whether it was changed; each seal has a new nonce. */
#ifndef ATTIO_BASE_SEAL_H
#define ATTIO_BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;

/* Appends the sealed `text` in base64. Fails only with ERROR_SYSTEM, without random bytes. */
int seal_put(struct buf *out, const char *secret, const char *text, size_t len,
	     struct error *error);
/* Appends the text that was sealed; false when it is no seal, was changed, or the secret is another
 * one: then *out is as it was. */
bool seal_read(struct buf *out, const char *secret, const char *sealed);

#endif
