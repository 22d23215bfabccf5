/* The lines of the schema of what `attio test` answers, as in schema_publish.h. */
#ifndef ATTIO_CLI_SCHEMA_TEST_H
#define ATTIO_CLI_SCHEMA_TEST_H

extern const char *const schema_test_lines[], *const schema_test_own[];

#endif
