/* Two threads' parts of one sign-in, asked by hand. */
#include "cli/net/shared_signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"

struct fake {
	char token[16]; /* written over at each renewal, as a freed one would be */
	int number;
	int renewals;
	bool last; /* there is no other token */
};

static int fake_token(void *context, bool refused, const char **token, struct error *error)
{
	struct fake *fake = context;

	(void)error;
	if (refused && !fake->last) {
		fake->renewals++;
		fake->number++;
	}
	snprintf(fake->token, sizeof(fake->token), "token %d", fake->number);
	*token = fake->token;
	return 0;
}

static int fake_none(void *context, bool refused, const char **token, struct error *error)
{
	(void)context;
	(void)refused;
	(void)token;
	return error_set(error, ERROR_AUTH, "nobody is signed in");
}

struct two {
	struct fake fake;
	struct signer_lock lock;
	struct signer_share shares[2];
	struct attio_api platforms[2];
};

static void two_init(struct two *two)
{
	const struct signer inner = {fake_token, &two->fake};

	*two = (struct two){0};
	signer_lock_init(&two->lock, &inner);
	for (size_t i = 0; i < 2; i++)
		signer_share_use(&two->shares[i], &two->lock, &two->platforms[i]);
}

static void two_dispose(struct two *two)
{
	for (size_t i = 0; i < 2; i++)
		signer_share_dispose(&two->shares[i]);
	signer_lock_dispose(&two->lock);
}

static const char *ask(struct two *two, size_t who, bool refused)
{
	const struct signer *signer = &two->platforms[who].signer;
	const char *token = NULL;
	struct error error;

	assert_int_equal(signer->token(signer->context, refused, &token, &error), 0);
	return token;
}

/* What one got renewed serves the other, and one's token stays while the other asks. */
static void test_renewed_once(void **state)
{
	struct two two;
	const char *first, *second;

	(void)state;
	two_init(&two);
	first = ask(&two, 0, false);
	second = ask(&two, 1, false);
	assert_string_equal(first, "token 0");
	assert_string_equal(ask(&two, 0, true), "token 1");
	assert_string_equal(second, "token 0");
	assert_string_equal(ask(&two, 1, true), "token 1");
	assert_int_equal(two.fake.renewals, 1);
	assert_string_equal(ask(&two, 1, true), "token 2");
	two_dispose(&two);
}

/* The same pointer says that there is no other. */
static void test_no_other(void **state)
{
	struct two two;
	const char *first;

	(void)state;
	two_init(&two);
	two.fake.last = true;
	first = ask(&two, 0, false);
	assert_ptr_equal(ask(&two, 0, true), first);
	assert_ptr_equal(ask(&two, 0, false), first);
	two_dispose(&two);
}

static void test_nobody_to_ask(void **state)
{
	const struct signer none = {0}, failing = {fake_none, NULL};
	struct signer_lock lock;
	struct signer_share share = {0};
	struct attio_api platform = {.token = "fixed"};
	const char *token = NULL;
	struct error error;

	(void)state;
	signer_lock_init(&lock, &none);
	signer_share_use(&share, &lock, &platform);
	assert_null(platform.signer.token);
	signer_lock_dispose(&lock);
	signer_lock_init(&lock, &failing);
	signer_share_use(&share, &lock, &platform);
	assert_int_equal(platform.signer.token(platform.signer.context, false, &token, &error), -1);
	assert_int_equal(error.kind, ERROR_AUTH);
	signer_share_dispose(&share);
	signer_lock_dispose(&lock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_renewed_once),
		cmocka_unit_test(test_no_other),
		cmocka_unit_test(test_nobody_to_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
