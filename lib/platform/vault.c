#include "platform/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/addresses.h"
#include "sys/fs.h"
#include "sys/path.h"

/* Longer than one who renews waits for the platform. */
enum { LOOK_MS = 20, TURN_MS = 90000 };

/* What belongs to `at` as the name of a file: "http://host:1" is "http-host:1", and no other one
 * is.
 */
static const char *own_name(struct arena *arena, const char *at, const char *usual, const char *end)
{
	struct buf name = {0};
	const char *copy;

	if (at == NULL)
		return usual;
	for (; *at != '\0'; at++) {
		bool scheme = strncmp(at, "://", 3) == 0;

		buf_putc(&name, scheme ? '-' : *at);
		at += scheme ? 2 : 0;
	}
	copy = arena_printf(arena, "%s%s", buf_cstr(&name), end);
	buf_dispose(&name);
	return copy;
}

const char *vault_own_file(struct arena *arena, const char *xdg, const char *home, const char *at)
{
	const char *name = own_name(arena, at, "credential.json", ".json");

	if (xdg != NULL && path_is_absolute(xdg))
		return path_join(arena, path_join(arena, xdg, "attio"), name);
	if (home != NULL && path_is_absolute(home))
		return path_join(arena, path_join(arena, home, ".config/attio"), name);
	return NULL;
}

static const char *const place_names[] = {"nowhere", "ATTIO_TOKEN", "ATTIO_TOKEN_FILE", "keychain",
					  "file"};

const char *vault_place_name(enum vault_place place)
{
	return place_names[place];
}

enum vault_place vault_place_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(place_names); i++)
		if (strcmp(place_names[i], name) == 0)
			return (enum vault_place)i;
	return VAULT_NOWHERE;
}

void vault_warn(const struct vault *vault, const char *text)
{
	if (vault->warn != NULL)
		vault->warn(vault->context, text);
}

/* --- reading -----------------------------------------------------------------------------------
 */

const char *vault_platform(const struct vault *vault)
{
	return vault->at != NULL ? vault->at : PLATFORM_ORIGIN;
}

int vault_check(const struct vault *vault, const struct credential *credential, const char *where,
		struct error *error)
{
	const char *here = vault_platform(vault), *theirs = credential->platform;

	if (theirs == NULL || strcmp(theirs, here) == 0)
		return 0;
	error_set(error, ERROR_AUTH, "%s holds a credential for another address", where);
	error_why(error, "it is for `%.200s`, and `%.200s` is asked; nothing was sent", theirs,
		  here);
	return error_fix(error,
			 "%s, or get one for `%.200s`: `attio login --export FILE` there, without "
			 "`ATTIO_TOKEN` and `ATTIO_TOKEN_FILE`",
			 strcmp(theirs, PLATFORM_ORIGIN) == 0
				 ? "unset `ATTIO_API_URL` and `ATTIO_APP_URL`"
				 : "name its own address in `ATTIO_API_URL`",
			 here);
}

/* A credential as it stands in `text`, of this vault's platform. */
static int read_text(const struct vault *vault, const char *text, size_t len, const char *where,
		     struct credential *credential, struct error *error)
{
	if (credential_read(vault->arena, text, len, where, credential, error) != 0)
		return -1;
	return vault_check(vault, credential, where, error);
}

static int read_file(const struct vault *vault, const char *path, const char *where,
		     struct credential *credential, struct error *error)
{
	struct error cause = {0};
	struct stat info;
	char *text;
	size_t len;

	if (fs_read(vault->arena, path, CREDENTIAL_LIMIT, &text, &len, &cause) != 0) {
		error_set(error, ERROR_AUTH, "%s cannot be used", where);
		error_why(error, "%s%s%s", cause.message, cause.why[0] != '\0' ? ": " : "",
			  cause.why);
		return error_fix(error, "put the token in this file, readable by you alone");
	}
	if (stat(path, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		vault_warn(vault,
			   arena_printf(vault->arena,
					"other users may read the token in `%s`; run `chmod 600` "
					"on it",
					path));
	return read_text(vault, text, len, where, credential, error);
}

static int read_token_file(const struct vault *vault, struct credential *credential,
			   struct error *error)
{
	return read_file(vault, vault->token_file, "the file named by `ATTIO_TOKEN_FILE`",
			 credential, error);
}

static int read_own_file(const struct vault *vault, struct credential *credential,
			 struct error *error)
{
	if (read_file(vault, vault->own_file,
		      arena_printf(vault->arena, "the file `%s`", vault->own_file), credential,
		      error) == 0)
		return 0;
	return error_fix(error, "run `attio login`");
}

/* KEYCHAIN_FAILED with `why` also for an entry that is no credential. */
static enum keychain_state read_keychain(const struct vault *vault, struct credential *credential,
					 struct error *why)
{
	struct buf secret = {0};
	enum keychain_state state = keychain_read(&vault->keychain, &secret, why);

	if (state == KEYCHAIN_DONE && read_text(vault, buf_cstr(&secret), secret.len,
						"the keychain's entry", credential, why) != 0)
		state = KEYCHAIN_FAILED;
	buf_dispose(&secret);
	return state;
}

static int nobody(const struct vault *vault, enum keychain_state state, const struct error *why,
		  struct error *error)
{
	if (vault->at != NULL)
		error_set(error, ERROR_AUTH, "you are not signed in at `%s`", vault->at);
	else
		error_set(error, ERROR_AUTH, "you are not signed in to Attio");
	if (state == KEYCHAIN_LOCKED)
		error_why(error, "the keychain is locked");
	else if (state == KEYCHAIN_FAILED)
		error_why(error, "%s", why->message);
	else
		error_why(error,
			  "nothing is stored%s, and neither `ATTIO_TOKEN` nor `ATTIO_TOKEN_FILE` "
			  "is set",
			  vault->at != NULL ? " for this address" : "");
	error_fix(error,
		  state == KEYCHAIN_LOCKED
			  ? "unlock it, or run `attio login`; in CI set `ATTIO_TOKEN` or "
			    "`ATTIO_TOKEN_FILE` to a developer's access token or credential"
			  : "run `attio login`; in CI set `ATTIO_TOKEN` or `ATTIO_TOKEN_FILE` to a "
			    "developer's access token or credential");
	return 0;
}

/* Both may be there: a sign-in while the keychain was locked went into the file, one of the
 * official CLI's into the keychain. The one that ends later is the later one. */
int vault_read_stored(const struct vault *vault, enum vault_place *place,
		      struct credential *credential, struct error *error)
{
	struct error why;
	struct credential file;
	enum keychain_state state = read_keychain(vault, credential, &why);
	bool beside = vault->own_file != NULL && fs_type(vault->own_file) != FS_NONE;

	*place = VAULT_KEYCHAIN;
	if (state == KEYCHAIN_DONE && (!beside || !vault_reread(vault, VAULT_OWN_FILE, &file) ||
				       credential_left(&file, 0) <= credential_left(credential, 0)))
		return 0;
	*place = VAULT_OWN_FILE;
	if (beside)
		return read_own_file(vault, credential, error);
	*place = VAULT_NOWHERE;
	return nobody(vault, state, &why, error);
}

int vault_read(const struct vault *vault, enum vault_place *place, struct credential *credential,
	       struct error *error)
{
	*place = VAULT_GIVEN;
	if (vault->given != NULL)
		return read_text(vault, vault->given, strlen(vault->given), "`ATTIO_TOKEN`",
				 credential, error);
	*place = VAULT_TOKEN_FILE;
	if (vault->token_file != NULL)
		return read_token_file(vault, credential, error);
	return vault_read_stored(vault, place, credential, error);
}

bool vault_reread(const struct vault *vault, enum vault_place place, struct credential *credential)
{
	struct vault quiet = *vault;
	struct error ignored;

	quiet.warn = NULL;
	quiet.keychain.may_ask = false;
	switch (place) {
	case VAULT_TOKEN_FILE:
		return read_token_file(&quiet, credential, &ignored) == 0;
	case VAULT_KEYCHAIN:
		return read_keychain(&quiet, credential, &ignored) == KEYCHAIN_DONE;
	case VAULT_OWN_FILE:
		return read_own_file(&quiet, credential, &ignored) == 0;
	default:
		return false;
	}
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* The official CLI's form: whose it is, the keychain's entry or the own file says by its name. */
static void put_own(struct buf *line, const struct credential *credential)
{
	struct credential own = *credential;

	own.platform = NULL;
	credential_put(line, &own);
}

static int write_keychain(const struct vault *vault, const struct buf *line, struct error *error)
{
	struct error why;
	enum keychain_state state = keychain_write(&vault->keychain, line->ptr, line->len, &why);

	if (state == KEYCHAIN_DONE)
		return 0;
	error_set(error, ERROR_SYSTEM, "the keychain does not take the credential");
	return error_why(error, "%s", why.message);
}

static int write_own_file(const struct vault *vault, struct buf *line, struct error *error)
{
	const char *folder;

	if (vault->own_file == NULL) {
		error_set(error, ERROR_SYSTEM, "there is no place for the credential");
		error_why(error, "no keychain answers, and `HOME` is not set");
		return error_fix(error, "set `HOME`, or use `ATTIO_TOKEN` or `ATTIO_TOKEN_FILE`");
	}
	folder = path_dir(vault->arena, vault->own_file);
	if (fs_make_private_dir(folder, error) != 0)
		return error_fix(error, "use `ATTIO_TOKEN` or `ATTIO_TOKEN_FILE`");
	buf_putc(line, '\n');
	return fs_write_atomic(vault->own_file, line->ptr, line->len, S_IRUSR | S_IWUSR, error);
}

int vault_replace(const struct vault *vault, enum vault_place place,
		  const struct credential *credential, struct error *error)
{
	struct buf line = {0};
	int result;

	if (place == VAULT_TOKEN_FILE)
		credential_put(&line, credential);
	else
		put_own(&line, credential);
	switch (place) {
	case VAULT_TOKEN_FILE:
		buf_putc(&line, '\n');
		/* Before, since the new file takes over the mode; one of somebody else stays. */
		chmod(vault->token_file, S_IRUSR | S_IWUSR);
		result = fs_rewrite(vault->token_file, line.ptr, line.len, error);
		break;
	case VAULT_KEYCHAIN:
		result = write_keychain(vault, &line, error);
		break;
	case VAULT_OWN_FILE:
		result = write_own_file(vault, &line, error);
		break;
	default:
		result = error_set(error, ERROR_SYSTEM, "`ATTIO_TOKEN` cannot be written back");
	}
	buf_dispose(&line);
	return result;
}

static const char *why_no_keychain(enum keychain_state state, const struct error *why)
{
	return state == KEYCHAIN_LOCKED ? "the keychain is locked" : why->message;
}

int vault_keep(const struct vault *vault, const struct credential *credential,
	       enum vault_place *place, struct error *error)
{
	struct buf line = {0};
	struct error why;
	enum keychain_state state;
	int result = 0;

	put_own(&line, credential);
	state = keychain_write(&vault->keychain, line.ptr, line.len, &why);
	*place = state == KEYCHAIN_DONE ? VAULT_KEYCHAIN : VAULT_OWN_FILE;
	if (state != KEYCHAIN_DONE)
		result = write_own_file(vault, &line, error);
	else if (vault->own_file != NULL)
		unlink(vault->own_file); /* of an earlier login; the keychain's comes first */
	if (state != KEYCHAIN_DONE && result == 0)
		vault_warn(vault,
			   arena_printf(vault->arena,
					"no keychain answers (%s): the credential is in `%s`, "
					"readable by you alone",
					why_no_keychain(state, &why), vault->own_file));
	buf_dispose(&line);
	return result;
}

int vault_forget(const struct vault *vault, bool *found, struct error *error)
{
	struct error why;
	enum keychain_state state = keychain_clear(&vault->keychain, &why);

	*found = state == KEYCHAIN_DONE;
	if (vault->own_file != NULL) {
		if (unlink(vault->own_file) == 0)
			*found = true;
		else if (errno != ENOENT && errno != ENOTDIR)
			return error_system(error, errno, "cannot remove `%s`", vault->own_file);
	}
	if (state != KEYCHAIN_LOCKED && state != KEYCHAIN_FAILED)
		return 0;
	error_set(error, ERROR_SYSTEM, "the credential in the keychain may still be there");
	error_why(error, "%s", why_no_keychain(state, &why));
	return error_fix(error, "unlock the keychain, then run `attio logout` again");
}

/* --- one at a time -----------------------------------------------------------------------------
 */

/* The token file itself, so that nothing is left beside it; else a file of our own. */
static int open_turn(const struct vault *vault, enum vault_place place)
{
	const char *folder;
	struct error ignored;

	if (place == VAULT_TOKEN_FILE)
		return open(vault->token_file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (place == VAULT_GIVEN || vault->own_file == NULL)
		return -1;
	folder = path_dir(vault->arena, vault->own_file);
	(void)fs_make_private_dir(folder, &ignored);
	return open(
		path_join(vault->arena, folder, own_name(vault->arena, vault->at, "lock", ".lock")),
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/* Whoever had the turn before may have put another file in its place. */
static bool is_still_there(const struct vault *vault, enum vault_place place, int fd)
{
	struct stat held, there;

	return place != VAULT_TOKEN_FILE ||
	       (fstat(fd, &held) == 0 && stat(vault->token_file, &there) == 0 &&
		held.st_dev == there.st_dev && held.st_ino == there.st_ino);
}

int vault_turn(const struct vault *vault, enum vault_place place)
{
	const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000L};

	for (int waited = 0; waited < TURN_MS; waited += LOOK_MS) {
		int fd = open_turn(vault, place);
		int failure = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 ? errno : 0;

		if (fd < 0)
			return -1;
		if (failure == 0 && is_still_there(vault, place, fd))
			return fd;
		close(fd);
		if (failure != 0 && failure != EWOULDBLOCK && failure != EINTR)
			return -1;
		if (failure != 0)
			nanosleep(&pause, NULL);
	}
	return -1;
}
