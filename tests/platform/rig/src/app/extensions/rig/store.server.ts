import {kv} from "attio/server"

export default async function store(op: string, key: string, value?: unknown, ttlInSeconds?: number) {
  switch (op) {
    case "set":
      return kv.set(key, value as never, ttlInSeconds ? {ttlInSeconds} : undefined)
    case "get":
      return kv.get(key)
    case "mget":
      return kv.mget(key.split(" "))
    default:
      return kv.delete(key)
  }
}
