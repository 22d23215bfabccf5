/* base/sha256: the sums of the standard's own examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"

static void test_known_sums(void **state)
{
	static const struct {
		const char *text;
		const char *sum;
	} rows[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	};
	char text[SHA256_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		sha256_text(rows[i].text, strlen(rows[i].text), text);
		assert_string_equal(text, rows[i].sum);
	}
}

static void test_a_million_bytes(void **state)
{
	static const unsigned char known[SHA256_SIZE] = {
		0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92, 0x81, 0xa1, 0xc7,
		0xe2, 0x84, 0xd7, 0x3e, 0x67, 0xf1, 0x80, 0x9a, 0x48, 0xa4, 0x97,
		0x20, 0x0e, 0x04, 0x6d, 0x39, 0xcc, 0xc7, 0x11, 0x2c, 0xd0};
	unsigned char sum[SHA256_SIZE];
	char *bytes = mem_alloc(1000000);

	(void)state;
	memset(bytes, 'a', 1000000);
	sha256(bytes, 1000000, sum);
	assert_memory_equal(sum, known, sizeof(known));
	mem_free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_sums),
		cmocka_unit_test(test_a_million_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
