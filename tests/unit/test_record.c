/* The bytes of a kept check: what is read is what was written, and nothing else is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/program.h"
#include "types/record.h"

static void fill(struct record *record, struct arena *arena)
{
	struct ts_diagnostic *item;
	struct record_entry *entry;

	*record = (struct record){.arena = arena, .key = "key\nof it", .version = "7.0.2"};
	record->own = true;
	record->output.arena = arena;
	for (uint64_t i = 0; i < 3; i++) {
		entry = arena_push(arena, &record->entries, &record->entry_count, sizeof(*entry));
		*entry = (struct record_entry){.path = "/app/src",
					       .folder = i == 0,
					       .missing = i == 1,
					       .size = UINT64_MAX - i,
					       .modified = 1,
					       .changed = UINT64_C(1) << (i * 31),
					       .hash = {i, UINT64_MAX}};
	}
	item = ts_output_add(&record->output);
	*item = (struct ts_diagnostic){
		.code = 2322, .message = "M\n  why", .span = {"a.ts", false, 1, 2, 3, 4}};
	*ts_output_relate(&record->output, item) =
		(struct ts_related){.message = "", .span = {"/b.ts", true, 0, 0, 9, 0}};
	*ts_output_add(&record->output) = (struct ts_diagnostic){.warning = true, .message = "W"};
}

static void what_is_written_is_read(void **state)
{
	struct arena *arena = arena_new();
	struct record record, again;
	struct buf bytes = {0}, second = {0};

	(void)state;
	fill(&record, arena);
	record_encode(&bytes, &record);
	assert_int_equal(record_decode(&again, arena, bytes.ptr, bytes.len), 0);
	assert_string_equal(again.key, record.key);
	assert_string_equal(again.version, "7.0.2");
	assert_true(again.own);
	assert_int_equal(again.entry_count, 3);
	assert_memory_equal(&again.entries[2].hash, &record.entries[2].hash, 16);
	assert_true(again.entries[0].folder && again.entries[1].missing);
	assert_int_equal(again.output.count, 2);
	assert_string_equal(again.output.items[0].related[0].span.file, "/b.ts");
	assert_null(again.output.items[1].span.file);
	record_encode(&second, &again);
	assert_int_equal(second.len, bytes.len);
	assert_memory_equal(second.ptr, bytes.ptr, bytes.len);
	buf_dispose(&second);
	buf_dispose(&bytes);
	arena_free(arena);
}

static void every_damage_is_seen(void **state)
{
	struct arena *arena = arena_new();
	struct record record, again;
	struct buf bytes = {0};

	(void)state;
	fill(&record, arena);
	record_encode(&bytes, &record);
	for (size_t i = 0; i < bytes.len; i++) {
		assert_int_equal(record_decode(&again, arena, bytes.ptr, i), -1);
		bytes.ptr[i] ^= 1;
		assert_int_equal(record_decode(&again, arena, bytes.ptr, bytes.len), -1);
		bytes.ptr[i] ^= 1;
	}
	assert_int_equal(record_decode(&again, arena, bytes.ptr, bytes.len), 0);
	buf_putc(&bytes, 'x');
	assert_int_equal(record_decode(&again, arena, bytes.ptr, bytes.len), -1);
	buf_dispose(&bytes);
	arena_free(arena);
}

/* All stamps are of after the start: what counts is what was seen then. */
static void a_late_stamp_is_no_change(void **state)
{
	struct arena *arena = arena_new();
	struct program program;
	struct record record = {.arena = arena}, again = {.arena = arena};
	struct record_changes changes = {.arena = arena};
	struct error error;
	char *root;
	const char *file;

	(void)state;
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-record-", &root, &error), 0);
	file = path_join(arena, root, "a.ts");
	assert_int_equal(fs_write_derived(file, "1", 1, &error), 0);
	assert_int_equal(fs_write_derived(path_join(arena, root, "tsconfig.json"), "{}", 2, &error),
			 0);
	assert_int_equal(program_read(&program, arena, root, &error), 0);
	struct record_input input = {.program = &program,
				     .project = program.configs[0],
				     .files = &file,
				     .file_count = 1,
				     .compiler = "/nowhere/tsc",
				     .start = UINT64_MAX};

	assert_int_equal(record_take(&record, &input), 0);
	input.start = 1;
	assert_int_equal(record_take(&again, &input), -1);
	input.former = &record; /* nobody looked whether it was so at the start */
	assert_int_equal(record_take(&again, &input), -1);
	assert_true(record_holds(&record, &changes));
	assert_int_equal(record_take(&again, &input), 0);
	assert_int_equal(fs_write_derived(file, "2", 1, &error), 0);
	assert_int_equal(record_take(&again, &input), -1);
	assert_int_equal(fs_remove_tree(root, &error), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(every_damage_is_seen),
		cmocka_unit_test(a_late_stamp_is_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
