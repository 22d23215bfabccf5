#include "cli/net/shared_signer.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

void signer_lock_init(struct signer_lock *lock, const struct signer *inner)
{
	pthread_mutex_init(&lock->mutex, NULL);
	lock->inner = *inner;
}

void signer_lock_dispose(struct signer_lock *lock)
{
	pthread_mutex_destroy(&lock->mutex);
}

/* Another thread may have got a new token meanwhile: then that one is tried before yet another is
 * asked for. */
static int ask(struct signer_share *share, bool refused, const char **given, struct error *error)
{
	const struct signer *inner = &share->lock->inner;

	if (inner->token(inner->context, false, given, error) != 0)
		return -1;
	if (!refused || share->token == NULL || strcmp(*given, share->token) != 0)
		return 0;
	return inner->token(inner->context, true, given, error);
}

/* The same token is the same pointer, as a signer's answer has to be. */
static int get_token(void *context, bool refused, const char **token, struct error *error)
{
	struct signer_share *share = context;
	const char *given;
	int result;

	pthread_mutex_lock(&share->lock->mutex);
	result = ask(share, refused, &given, error);
	if (result == 0 && (share->token == NULL || strcmp(given, share->token) != 0)) {
		mem_free(share->token);
		share->token = mem_strdup(given);
	}
	pthread_mutex_unlock(&share->lock->mutex);
	if (result == 0)
		*token = share->token;
	return result;
}

void signer_share_use(struct signer_share *share, struct signer_lock *lock,
		      struct attio_api *platform)
{
	share->lock = lock;
	if (lock->inner.token != NULL)
		platform->signer = (struct signer){get_token, share};
}

void signer_share_dispose(struct signer_share *share)
{
	mem_free(share->token);
	share->token = NULL;
}
