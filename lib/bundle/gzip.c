/* By zlib, of which nothing is kept but the number of bytes. */
#include "bundle/gzip.h"

#include <stdint.h>

#include <zlib.h>

#include "base/mem.h"

enum {
	PIECE = 1 << 14,
	WINDOW = 15 + 16 /* the largest, and a gzip header */
};

static void *take(void *opaque, unsigned count, unsigned size)
{
	(void)opaque;
	return mem_zalloc(count, size);
}

static void give_back(void *opaque, void *ptr)
{
	(void)opaque;
	mem_free(ptr);
}

size_t gzip_size(const char *bytes, size_t len)
{
	unsigned char piece[PIECE];
	z_stream stream = {
		.next_in = (z_const Bytef *)(uintptr_t)bytes, .zalloc = take, .zfree = give_back};
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
