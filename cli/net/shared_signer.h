/* One sign-in for several threads: each has a platform of its own, and asks for its token here. */
#ifndef ATTIO_CLI_NET_SHARED_SIGNER_H
#define ATTIO_CLI_NET_SHARED_SIGNER_H

#include <pthread.h>

#include "platform/api.h"

struct signer_lock {
	pthread_mutex_t mutex;
	struct signer inner; /* asked by one thread at a time */
};

/* One thread's part of it; zeroed before its first use. */
struct signer_share {
	struct signer_lock *lock;
	char *token; /* a copy, so that another thread's asking does not take it away; or NULL */
};

void signer_lock_init(struct signer_lock *lock, const struct signer *inner);
void signer_lock_dispose(struct signer_lock *lock);

/* Lets `platform` ask through the share, where there is somebody to ask. */
void signer_share_use(struct signer_share *share, struct signer_lock *lock,
		      struct attio_api *platform);
void signer_share_dispose(struct signer_share *share);

#endif
