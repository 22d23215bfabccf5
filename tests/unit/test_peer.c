/* Whose the other end of a connection is, from the kernel's tables. */
#include "sys/peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD                                                                                       \
	"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "      \
	"timeout inode\n"
#define REST " 01 00000000:00000000 00:00000000 00000000 "
#define FOUR(local, remote, uid)                                                                   \
	"   1: 0100007F:" local " 0100007F:" remote REST " " uid "        0 12345 1 0\n"

static void test_finds_the_client_s_end(void **state)
{
	const char *table = HEAD FOUR("21FC", "C001", "0") FOUR("C001", "21FC", "1000");

	(void)state;
	assert_int_equal(peer_find(table, 0xC001, 0x21FC, 1000), 1);
	assert_int_equal(peer_find(table, 0xC001, 0x21FC, 1001), 0);
	/* Our own end is another line. */
	assert_int_equal(peer_find(table, 0x21FC, 0xC001, 0), 1);
	assert_int_equal(peer_find(table, 0xC002, 0x21FC, 1000), -1);
}

static void test_takes_mapped_addresses(void **state)
{
	const char *table = HEAD "   0: 0000000000000000FFFF00000100007F:C001 "
				 "0000000000000000FFFF00000100007F:21FC" REST " 7 0 1\n";

	(void)state;
	assert_int_equal(peer_find(table, 0xC001, 0x21FC, 7), 1);
}

static void test_believes_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(peer_find("", 1, 2, 0), -1);
	assert_int_equal(peer_find(HEAD, 1, 2, 0), -1);
	assert_int_equal(peer_find(HEAD "\n\nnonsense: 1 2 3\n   1: 0100007F:C001\n", 0xC001, 2, 0),
			 -1);
	/* The same ports at another address. */
	assert_int_equal(peer_find(HEAD "   1: 0200A8C0:C001 0100007F:21FC" REST " 7 0 1\n", 0xC001,
				   0x21FC, 7),
			 -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finds_the_client_s_end),
		cmocka_unit_test(test_takes_mapped_addresses),
		cmocka_unit_test(test_believes_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
