/* Credentials by their form, in a literal and anywhere in a text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/credentials.h"

/* No key was ever issued as any of these. */
static const char token[] = "ghp_tpYlSXpfKtHF4vUCsMehGAkWvj7FAc9QeWJK";

static void in_a_literal(void **state)
{
	struct credential found;

	(void)state;
	assert_true(credential_find(token, strlen(token), &found));
	assert_int_equal(found.at, 0);
	assert_int_equal(found.shown + found.rest, strlen(token));
	assert_false(credential_find("ghp_short", 9, &found));
	assert_false(
		credential_find("data:x;ghp_tpYlSXpfKtHF4vUCsMehGAkWvj7FAc9QeWJK", 48, &found));
}

static void in_a_text(void **state)
{
	static const char text[] =
		"// ghp_tpYlSXpfKtHF4vUCsMehGAkWvj7FAc9QeWJK, and\nAKIALGMXG9EDN581U33X end";
	struct credential found;

	(void)state;
	assert_true(credential_next(text, strlen(text), 0, &found));
	assert_int_equal(found.at, 3);
	assert_int_equal(found.shown + found.rest, strlen(token));
	assert_true(
		credential_next(text, strlen(text), found.at + found.shown + found.rest, &found));
	assert_memory_equal(text + found.at, "AKIA", 4);
	assert_int_equal(found.shown + found.rest, 20);
	assert_false(credential_next(text, strlen(text), found.at + 20, &found));
	assert_false(credential_next(text, 0, 0, &found));
}

static void private_key_ends(void **state)
{
	static const char text[] =
		"-----BEGIN PRIVATE KEY-----\n"
		"0fzK4xDXkiadJjPZ6zfKN7xVGkjwskHk7egyFWZY9Zmti18c6EudM7Oyf5TNS05k\n"
		"-----END PRIVATE KEY-----\nyour own ...\n";
	struct credential found;

	(void)state;
	assert_true(credential_next(text, strlen(text), 0, &found));
	assert_int_equal(found.at, 0);
	assert_memory_equal(text + found.shown + found.rest, "-----END", 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_a_literal),
		cmocka_unit_test(in_a_text),
		cmocka_unit_test(private_key_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
