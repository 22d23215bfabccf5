/* macOS: a generic password in the default keychain, by the Security framework. Written from
 * Apple's documentation; nobody has run it yet. An entry that another program made may be read
 * after the system has asked the user once. */
#include "cli/keychain/keychain.h"

#include <Security/Security.h>

/* Whether the system may ask somebody is only told by a call that Apple calls old. */
#pragma clang diagnostic ignored "-Wdeprecated-declarations"

static int failed(OSStatus status)
{
	switch (status) {
	case errSecSuccess:
		return KEYCHAIN_EXIT_DONE;
	case errSecItemNotFound:
		return KEYCHAIN_EXIT_NONE;
	case errSecInteractionNotAllowed:
	case errSecAuthFailed:
	case errSecUserCanceled:
		return keychain_say(KEYCHAIN_EXIT_LOCKED, "the keychain is locked");
	case errSecNoDefaultKeychain:
	case errSecNoSuchKeychain:
	case errSecNotAvailable:
		return keychain_say(KEYCHAIN_EXIT_ABSENT, "there is no default keychain");
	default:
		return keychain_say(KEYCHAIN_EXIT_FAILED, "the keychain refuses");
	}
}

static void set_text(CFMutableDictionaryRef query, CFStringRef key, const char *text)
{
	CFStringRef value = CFStringCreateWithCString(NULL, text, kCFStringEncodingUTF8);

	CFDictionarySetValue(query, key, value);
	CFRelease(value);
}

/* A query for the entry, to be released. */
static CFMutableDictionaryRef query_for(const struct keychain_entry *entry, bool unlock)
{
	CFMutableDictionaryRef query = CFDictionaryCreateMutable(
		NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);

	SecKeychainSetUserInteractionAllowed(unlock);
	CFDictionarySetValue(query, kSecClass, kSecClassGenericPassword);
	set_text(query, kSecAttrService, entry->service);
	set_text(query, kSecAttrAccount, entry->account);
	return query;
}

int keychain_lookup(const struct keychain_entry *entry, bool unlock)
{
	CFMutableDictionaryRef query = query_for(entry, unlock);
	CFTypeRef found = NULL;
	OSStatus status;
	CFDataRef data;
	int code;

	CFDictionarySetValue(query, kSecReturnData, kCFBooleanTrue);
	status = SecItemCopyMatching(query, &found);
	CFRelease(query);
	if (status != errSecSuccess)
		return failed(status);
	data = found;
	code = keychain_answer((const char *)CFDataGetBytePtr(data), (size_t)CFDataGetLength(data));
	CFRelease(data);
	return code;
}

int keychain_store(const struct keychain_entry *entry, const char *secret, size_t len, bool unlock)
{
	CFMutableDictionaryRef query = query_for(entry, unlock);
	CFMutableDictionaryRef change = CFDictionaryCreateMutable(
		NULL, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks);
	CFDataRef data = CFDataCreate(NULL, (const UInt8 *)secret, (CFIndex)len);
	OSStatus status;

	CFDictionarySetValue(change, kSecValueData, data);
	status = SecItemUpdate(query, change);
	if (status == errSecItemNotFound) {
		CFDictionarySetValue(query, kSecValueData, data);
		set_text(query, kSecAttrLabel, entry->service);
		status = SecItemAdd(query, NULL);
	}
	CFRelease(data);
	CFRelease(change);
	CFRelease(query);
	return failed(status);
}

int keychain_clear(const struct keychain_entry *entry, bool unlock)
{
	CFMutableDictionaryRef query = query_for(entry, unlock);
	OSStatus status = SecItemDelete(query);

	CFRelease(query);
	return failed(status);
}
