/* Linux: the Secret Service over D-Bus, by libsecret. Its calls for a whole service are used and
 * not the short ones for a password, since only they tell what is locked before anybody is asked.
 */
#include "cli/keychain/keychain.h"

#include <libsecret/secret.h>

/* As the keytar library has it, by which the official CLI stores its entry. */
static const SecretSchema schema = {
	"org.freedesktop.Secret.Generic",
	SECRET_SCHEMA_NONE,
	{{"service", SECRET_SCHEMA_ATTRIBUTE_STRING},
	 {"account", SECRET_SCHEMA_ATTRIBUTE_STRING},
	 {NULL, 0}},
	0,
	NULL,
	NULL,
	NULL,
	NULL,
	NULL,
	NULL,
	NULL,
};

static GHashTable *attributes_of(const struct keychain_entry *entry)
{
	return secret_attributes_build(&schema, "service", entry->service, "account",
				       entry->account, NULL);
}

/* What GLib says, as an exit code. Its texts hold no secret: they are about the bus. */
static int failed(GError *error)
{
	bool absent = error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR ||
		      (error->domain == G_DBUS_ERROR && error->code != G_DBUS_ERROR_ACCESS_DENIED);
	bool locked = g_error_matches(error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);

	g_dbus_error_strip_remote_error(error);
	g_strdelimit(error->message, "\r\n", ' ');
	return keychain_say(locked   ? KEYCHAIN_EXIT_LOCKED
			    : absent ? KEYCHAIN_EXIT_ABSENT
				     : KEYCHAIN_EXIT_FAILED,
			    error->message);
}

/* NULL, with the exit code. */
static SecretService *reach(int *code)
{
	GError *error = NULL;
	SecretService *service = secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, NULL, &error);

	if (service == NULL)
		*code = failed(error);
	return service;
}

/* The entry's items; NULL with the exit code. */
static GList *find(SecretService *service, const struct keychain_entry *entry,
		   SecretSearchFlags flags, int *code)
{
	GError *error = NULL;
	GHashTable *attributes = attributes_of(entry);
	GList *items =
		secret_service_search_sync(service, &schema, attributes, flags, NULL, &error);

	g_hash_table_unref(attributes);
	if (error != NULL)
		*code = failed(error);
	else if (items == NULL)
		*code = KEYCHAIN_EXIT_NONE;
	return items;
}

static bool one_is_locked(GList *items)
{
	for (GList *at = items; at != NULL; at = at->next)
		if (secret_item_get_locked(at->data))
			return true;
	return false;
}

int keychain_lookup(const struct keychain_entry *entry, bool unlock)
{
	const SecretSearchFlags flags =
		SECRET_SEARCH_LOAD_SECRETS | (unlock ? SECRET_SEARCH_UNLOCK : SECRET_SEARCH_NONE);
	int code = KEYCHAIN_EXIT_FAILED;
	SecretService *service = reach(&code);
	GList *items = service != NULL ? find(service, entry, flags, &code) : NULL;
	SecretValue *value = NULL;
	const char *secret;
	gsize len;

	if (items == NULL)
		return code;
	value = secret_item_get_secret(items->data);
	if (secret_item_get_locked(items->data))
		return keychain_say(KEYCHAIN_EXIT_LOCKED, "the keyring is locked");
	if (value == NULL)
		return keychain_say(KEYCHAIN_EXIT_FAILED, "the entry cannot be read");
	secret = secret_value_get(value, &len);
	return keychain_answer(secret, len);
}

/* Whether storing would open a window: to unlock the default keyring, or to make one. */
static bool needs_somebody(SecretService *service)
{
	GError *error = NULL;
	SecretCollection *collection = secret_collection_for_alias_sync(
		service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);

	return error == NULL && (collection == NULL || secret_collection_get_locked(collection));
}

int keychain_store(const struct keychain_entry *entry, const char *secret, size_t len, bool unlock)
{
	int code = KEYCHAIN_EXIT_FAILED;
	SecretService *service = reach(&code);
	GHashTable *attributes;
	GError *error = NULL;
	SecretValue *value;

	if (service == NULL)
		return code;
	if (!unlock && needs_somebody(service))
		return keychain_say(KEYCHAIN_EXIT_LOCKED,
				    "the keyring is locked, or there is none");
	attributes = attributes_of(entry);
	value = secret_value_new(secret, (gssize)len, "text/plain");
	if (!secret_service_store_sync(service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
				       entry->label, value, NULL, &error))
		code = error != NULL ? failed(error)
				     : keychain_say(KEYCHAIN_EXIT_LOCKED, "nobody unlocked it");
	else
		code = KEYCHAIN_EXIT_DONE;
	secret_value_unref(value);
	g_hash_table_unref(attributes);
	return code;
}

int keychain_clear(const struct keychain_entry *entry, bool unlock)
{
	int code = KEYCHAIN_EXIT_FAILED;
	SecretService *service = reach(&code);
	GHashTable *attributes;
	GError *error = NULL;
	GList *items;

	items = service != NULL ? find(service, entry, SECRET_SEARCH_ALL, &code) : NULL;
	if (items == NULL)
		return code;
	if (!unlock && one_is_locked(items))
		return keychain_say(KEYCHAIN_EXIT_LOCKED, "the keyring is locked");
	attributes = attributes_of(entry);
	if (secret_service_clear_sync(service, &schema, attributes, NULL, &error))
		code = KEYCHAIN_EXIT_DONE;
	else
		code = error != NULL ? failed(error)
				     : keychain_say(KEYCHAIN_EXIT_LOCKED, "nobody unlocked it");
	g_hash_table_unref(attributes);
	return code;
}
