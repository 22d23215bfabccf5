/* Filling the store: with the world that every store begins with, or with one that somebody wrote
 * down. */
#ifndef ATTIO_LOCAL_RUN_SEED_H
#define ATTIO_LOCAL_RUN_SEED_H

#include <cjson/cJSON.h>

struct buf;
struct error;
struct platform;

/* All of the CRM data and the pieces goes, and the seed world is made anew. */
int seed_anew(struct platform *platform, struct error *error);

/* Adds what a document holds, all of it or, with an error that says where it stopped, nothing:
 *   {"objects": [as POST /v2/objects takes it, and besides "attributes": [..]],
 *    "attributes": {OBJECT: [as POST /v2/objects/OBJECT/attributes takes it,
 *                            and besides "options": [..] or "statuses": [..]]},
 *    "lists": [as POST /v2/lists takes it, and besides "attributes"],
 *    "records": {OBJECT: [{"values": {..}} or the values themselves]},
 *    "entries": {LIST: [as POST /v2/lists/LIST/entries takes it]},
 *    "notes": [..], "tasks": [..], "comments": [..],
 *    "kv": {KEY: VALUE}, "settings": {KEY: VALUE}}
 * *out gets {"objects": N, ...}: how many of each were added. */
int seed_from(struct platform *platform, const cJSON *world, struct buf *out, struct error *error);

#endif
