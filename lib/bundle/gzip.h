/* How large a bundle is on its way. */
#ifndef ATTIO_BUNDLE_GZIP_H
#define ATTIO_BUNDLE_GZIP_H

#include <stddef.h>

/* How many bytes gzip would send instead, at its default level. */
size_t gzip_size(const char *bytes, size_t len);

#endif
