/* getentropy and not a generator of our own: tokens and upload keys of a server on
 * this machine are what keeps other programs and web pages out of it. */
#include "base/random.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/error.h"

/* The most that one call of getentropy gives. */
enum { PIECE = 256 };

int random_bytes(void *bytes, size_t len, struct error *error)
{
	unsigned char *at = bytes;

	while (len > 0) {
		size_t piece = len < PIECE ? len : PIECE;

		if (getentropy(at, piece) != 0)
			return error_system(error, errno, "the system gives no random bytes");
		at += piece;
		len -= piece;
	}
	return 0;
}

int random_key(char key[RANDOM_KEY_SIZE], struct error *error)
{
	unsigned char bytes[16];

	if (random_bytes(bytes, sizeof(bytes), error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(key + 2 * i, 3, "%02x", (unsigned)bytes[i]);
	return 0;
}

int random_uuid(char uuid[RANDOM_UUID_SIZE], struct error *error)
{
	unsigned char b[16];

	if (random_bytes(b, sizeof(b), error) != 0)
		return -1;
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(uuid, RANDOM_UUID_SIZE,
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		 b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
		 b[15]);
	return 0;
}

bool random_key_equal(const char *a, const char *b)
{
	size_t len = strlen(a);
	unsigned difference = 0;

	if (strlen(b) != len)
		return false;
	for (size_t i = 0; i < len; i++)
		difference |= (unsigned)(a[i] ^ b[i]);
	return difference == 0;
}
