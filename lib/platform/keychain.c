#include "platform/keychain.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/credential.h"
#include "sys/child.h"
#include "sys/loop.h"

/* A keyring's daemon that is only started by our question takes a second or two. */
enum { SERVICE_MS = 5000, PERSON_MS = 120000 };

/* What the program's exit codes mean; cli/keychain/keychain.h has them. */
static enum keychain_state state_of(int code)
{
	static const enum keychain_state states[] = {
		KEYCHAIN_DONE,   KEYCHAIN_NONE,   KEYCHAIN_FAILED,
		KEYCHAIN_LOCKED, KEYCHAIN_ABSENT, KEYCHAIN_FAILED,
	};

	return code >= 0 && code < (int)ARRAY_LEN(states) ? states[code] : KEYCHAIN_FAILED;
}

struct question {
	const char *word;
	bool unlock;
	const char *secret; /* to store, or NULL */
	size_t len;
	struct buf *answer;
};

/* Memory that a compiler does not forget to clear. */
static void forget(struct buf *bytes)
{
	volatile char *at = bytes->ptr;

	for (size_t i = 0; at != NULL && i < bytes->cap; i++)
		at[i] = '\0';
	buf_dispose(bytes);
}

/* The secret as a line: its end is what the program waits for, since closing the pipe would throw
 * away what is not sent yet. */
static char *line_of(const struct question *question)
{
	char *line = mem_alloc(question->len + 1);

	memcpy(line, question->secret, question->len);
	line[question->len] = '\n';
	return line;
}

static enum keychain_state take(struct child *child, const struct question *question,
				struct error *why)
{
	enum keychain_state state;
	char line[200], how[40];

	if (!child_finish(child)) {
		error_set(why, ERROR_SYSTEM, "the keychain does not answer");
		return KEYCHAIN_FAILED;
	}
	child_how(child, how, sizeof(how));
	child_complaint(child, line, sizeof(line));
	state = child_signal(child) != 0 ? KEYCHAIN_FAILED : state_of(child_code(child));
	if (state == KEYCHAIN_DONE && question->answer != NULL)
		buf_add(question->answer, child->output.ptr, child->output.len);
	if (state != KEYCHAIN_DONE && state != KEYCHAIN_NONE)
		error_set(why, ERROR_SYSTEM, "%s", line[0] != '\0' ? line : how);
	return state;
}

static enum keychain_state ask_in(struct loop *loop, const struct keychain *keychain,
				  const struct question *question, struct error *why)
{
	const char *words[6] = {keychain->program, question->word};
	size_t count = 2;
	const struct child_command command = {
		.name = "attio-keychain",
		.words = words,
		.descriptors = 16,
		.input = question->secret != NULL,
		.limit = CREDENTIAL_LIMIT,
	};
	enum keychain_state state;
	struct child child;

	if (question->unlock)
		words[count++] = "--unlock";
	if (keychain->at != NULL) {
		words[count++] = "--at";
		words[count++] = keychain->at;
	}
	if (child_start(&child, loop, &command, why) != 0)
		return KEYCHAIN_ABSENT;
	child_limit(&child, question->unlock ? PERSON_MS : SERVICE_MS);
	if (question->secret != NULL)
		child_write(&child, line_of(question), question->len + 1);
	state = take(&child, question, why);
	forget(&child.output);
	child_dispose(&child, 0);
	return state;
}

static enum keychain_state ask_once(const struct keychain *keychain,
				    const struct question *question, struct error *why)
{
	struct loop *loop = loop_open(why);
	enum keychain_state state;

	if (loop == NULL)
		return KEYCHAIN_FAILED;
	state = ask_in(loop, keychain, question, why);
	loop_close(loop);
	return state;
}

static enum keychain_state ask(const struct keychain *keychain, struct question *question,
			       struct error *why)
{
	enum keychain_state state;

	*why = (struct error){0};
	if (keychain->program == NULL) {
		error_set(why, ERROR_SYSTEM, "no keychain is used");
		return KEYCHAIN_ABSENT;
	}
	state = ask_once(keychain, question, why);
	if (state != KEYCHAIN_LOCKED || !keychain->may_ask)
		return state;
	if (keychain->notice != NULL)
		keychain->notice(keychain->context,
				 "the keychain is locked: unlock it in the window that opens");
	question->unlock = true;
	return ask_once(keychain, question, why);
}

enum keychain_state keychain_read(const struct keychain *keychain, struct buf *secret,
				  struct error *why)
{
	struct question question = {.word = "lookup", .answer = secret};

	return ask(keychain, &question, why);
}

enum keychain_state keychain_write(const struct keychain *keychain, const char *secret, size_t len,
				   struct error *why)
{
	struct question question = {.word = "store", .secret = secret, .len = len};

	return ask(keychain, &question, why);
}

enum keychain_state keychain_clear(const struct keychain *keychain, struct error *why)
{
	struct question question = {.word = "clear"};

	return ask(keychain, &question, why);
}
