/* Runs a fuzz target over the files of the folders given as arguments, without libFuzzer: so the
 * corpora are checked in every test run and with every compiler. With -v first, each input is named
 * before it runs: after a crash the last line tells which one it was. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/fs.h"
#include "sys/path.h"

enum { INPUT_LIMIT = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(struct arena *arena, const char *path, struct error *error)
{
	char *text;
	size_t len;
	if (fs_read(arena, path, INPUT_LIMIT, &text, &len, error) != 0)
		return -1;
	/* A copy of exactly that size, without the NUL: reading past the end is then seen. */
	uint8_t *data = mem_alloc(len);
	memcpy(data, text, len);
	LLVMFuzzerTestOneInput(data, len);
	mem_free(data);
	return 0;
}

static int replay_folder(struct arena *arena, const char *folder, bool verbose, size_t *done,
			 struct error *error)
{
	struct fs_entry *entries;
	size_t count;
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(arena, folder, entries[i].name);
		if (verbose)
			fprintf(stderr, "%s\n", path);
		if (replay_file(arena, path, error) != 0)
			return -1;
		++*done;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	size_t done = 0;
	int result = 0;
	bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	for (int i = verbose ? 2 : 1; i < argc && result == 0; i++)
		result = replay_folder(arena, argv[i], verbose, &done, &error);
	if (result != 0)
		fprintf(stderr, "replay: %s: %s\n", error.message, error.why);
	else if (done == 0)
		fprintf(stderr, "replay: no inputs given\n");
	else
		printf("replayed %zu inputs\n", done);
	arena_free(arena);
	return result == 0 && done > 0 ? 0 : 1;
}
