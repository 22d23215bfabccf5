/* Within the room: what was deployed and pushed to this platform, for people to look at. */
#ifndef ATTIO_LOCAL_DEVELOPER_VERSION_LIST_H
#define ATTIO_LOCAL_DEVELOPER_VERSION_LIST_H

struct buf;
struct error;
struct local_store;

/* `"items":[...],"dev":[...]`: versions and dev versions of the app with this slug, the newest
 * first; of the environment of a dev version the names alone. */
int version_list_put(struct local_store *store, const char *slug, struct buf *out,
		     struct error *error);

#endif
