/* An array: there are a handful at most. */
#include "local/developer/sign_ins.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"

void sign_ins_end(struct sign_ins *all, struct sign_in *one)
{
	size_t at = (size_t)(one - all->items);

	all->count--;
	memmove(one, one + 1, (all->count - at) * sizeof(*one));
}

static void drop_old(struct sign_ins *all, long long now)
{
	for (size_t i = all->count; i-- > 0;)
		if (all->items[i].until <= now)
			sign_ins_end(all, &all->items[i]);
}

struct sign_in *sign_ins_add(struct sign_ins *all, const struct sign_in *facts, long long now,
			     struct error *error)
{
	struct sign_in one = *facts;
	struct sign_in *place;
	uint32_t number;

	if (random_key(one.id, error) != 0 || random_bytes(&number, sizeof(number), error) != 0)
		return NULL;
	snprintf(one.digits, sizeof(one.digits), "%06u", (unsigned)(number % 1000000));
	one.until = now + SIGN_IN_MINUTES * 60 * 1000LL;
	one.wrong = 0;
	one.code[0] = '\0';
	drop_old(all, now);
	if (all->count == SIGN_IN_ROOM)
		sign_ins_end(all, &all->items[0]);
	place = &all->items[all->count++];
	*place = one;
	return place;
}

struct sign_in *sign_ins_find(struct sign_ins *all, const char *id, long long now)
{
	drop_old(all, now);
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].code[0] == '\0' && random_key_equal(all->items[i].id, id))
			return &all->items[i];
	return NULL;
}

int sign_in_approve(struct sign_in *one, const char *member_id, long long now, struct error *error)
{
	if (random_key(one->code, error) != 0)
		return -1;
	snprintf(one->member_id, sizeof(one->member_id), "%s", member_id);
	one->until = now + SIGN_IN_CODE_SECONDS * 1000LL;
	return 0;
}

bool sign_ins_take(struct sign_ins *all, const char *code, long long now, struct sign_in *taken)
{
	drop_old(all, now);
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].code[0] == '\0' || !random_key_equal(all->items[i].code, code))
			continue;
		*taken = all->items[i];
		sign_ins_end(all, &all->items[i]);
		return true;
	}
	return false;
}

bool sign_in_verify(const struct sign_in *one, const char *verifier)
{
	unsigned char sum[SHA256_SIZE];
	struct buf text = {0};
	bool same;

	sha256(verifier, strlen(verifier), sum);
	base64_put_url(&text, sum, sizeof(sum));
	same = random_key_equal(buf_cstr(&text), one->challenge);
	buf_dispose(&text);
	return same;
}

bool sign_in_may_redirect(const char *uri)
{
	static const char *const bases[] = {"http://localhost:", "http://127.0.0.1:"};
	const char *port = NULL;

	for (size_t i = 0; i < ARRAY_LEN(bases); i++)
		if (str_starts(uri, bases[i]))
			port = uri + strlen(bases[i]);
	return port != NULL && port[0] >= '1' && port[0] <= '9' && strlen(port) <= 5 &&
	       strspn(port, "0123456789") == strlen(port);
}
