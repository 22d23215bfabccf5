/* Within the room: messages of the log service on the wire, as JSON text or, for who asks for it,
 * as MessagePack (msgpack-c): the official CLI does. */
#ifndef ATTIO_LOCAL_DEVELOPER_HUB_WIRE_H
#define ATTIO_LOCAL_DEVELOPER_HUB_WIRE_H

#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;

/* Deeper is refused: the protocol's own messages have four levels. */
#define HUB_DEPTH 16

/* The value of a message as MessagePack; numbers that are whole as integers. */
void hub_pack(struct buf *out, const cJSON *value);
/* NULL when it is none, is cut or has more behind it, or has what JSON has not: keys that are no
 * texts, extension types. Bytes are taken for a text. */
cJSON *hub_unpack(const char *bytes, size_t len);

#endif
