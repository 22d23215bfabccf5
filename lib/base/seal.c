#include "base/seal.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/hmac.h"
#include "base/random.h"

enum { NONCE = 16, KEY = SHA256_SIZE, TAG = SHA256_SIZE };

struct keys {
	unsigned char stream[KEY];
	unsigned char tag[KEY];
};

static void derive(struct keys *keys, const char *secret, const unsigned char nonce[NONCE])
{
	unsigned char root[SHA256_SIZE];

	hmac_sha256(nonce, NONCE, secret, strlen(secret), root);
	hmac_sha256(root, sizeof(root), "attio seal stream\x01", 18, keys->stream);
	hmac_sha256(root, sizeof(root), "attio seal tag\x01", 15, keys->tag);
}

/* The same both ways. */
static void mix(const struct keys *keys, char *bytes, size_t len)
{
	unsigned char block[SHA256_SIZE];
	unsigned char number[8];

	for (size_t at = 0; at < len; at++) {
		if (at % SHA256_SIZE == 0) {
			for (size_t i = 0; i < sizeof(number); i++)
				number[i] = (unsigned char)((at / SHA256_SIZE) >> (8 * i));
			hmac_sha256(keys->stream, KEY, number, sizeof(number), block);
		}
		bytes[at] = (char)(bytes[at] ^ block[at % SHA256_SIZE]);
	}
}

int seal_put(struct buf *out, const char *secret, const char *text, size_t len, struct error *error)
{
	unsigned char nonce[NONCE];
	unsigned char tag[TAG];
	struct keys keys;
	struct buf sealed = {0};

	if (random_bytes(nonce, sizeof(nonce), error) != 0)
		return -1;
	derive(&keys, secret, nonce);
	buf_add(&sealed, nonce, sizeof(nonce));
	buf_add(&sealed, text, len);
	mix(&keys, sealed.ptr + NONCE, len);
	hmac_sha256(keys.tag, KEY, sealed.ptr, sealed.len, tag);
	buf_add(&sealed, tag, sizeof(tag));
	base64_put(out, sealed.ptr, sealed.len);
	buf_dispose(&sealed);
	return 0;
}

static bool same(const unsigned char *a, const char *b, size_t len)
{
	unsigned char difference = 0;

	for (size_t i = 0; i < len; i++)
		difference |= (unsigned char)(a[i] ^ (unsigned char)b[i]);
	return difference == 0;
}

bool seal_read(struct buf *out, const char *secret, const char *sealed)
{
	struct buf bytes = {0};
	unsigned char tag[TAG];
	struct keys keys;
	bool whole = base64_read(sealed, strlen(sealed), &bytes) && bytes.len >= NONCE + TAG;

	if (whole) {
		size_t len = bytes.len - TAG;

		derive(&keys, secret, (const unsigned char *)bytes.ptr);
		hmac_sha256(keys.tag, KEY, bytes.ptr, len, tag);
		whole = same(tag, bytes.ptr + len, TAG);
		if (whole) {
			mix(&keys, bytes.ptr + NONCE, len - NONCE);
			buf_add(out, bytes.ptr + NONCE, len - NONCE);
		}
	}
	buf_dispose(&bytes);
	return whole;
}
