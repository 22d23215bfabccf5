/* Base64 (RFC 4648, section 4, with padding), for bytes that travel in JSON. */
#ifndef ATTIO_BASE_BASE64_H
#define ATTIO_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

void base64_put(struct buf *out, const void *bytes, size_t len);
/* The form for addresses (section 5: "-" and "_"), without padding. */
void base64_put_url(struct buf *out, const void *bytes, size_t len);
/* Appends what `text` stands for; false when it is not base64, then *out is as it was. */
bool base64_read(const char *text, size_t len, struct buf *out);

#endif
