// WebCrypto's work for the inner half. Keys stay here under numbers, until the inner half has no use
// for them.
import {nodeCrypto} from "../platform_calls.js"

export function createKeys() {
  const {subtle} = nodeCrypto().webcrypto
  const {CryptoKey} = globalThis
  const keys = new Map()
  let last = 0

  function fromPlain(value) {
    if (typeof value !== "object" || value === null) return value
    if (typeof value.$bytes === "string") return new Uint8Array(Buffer.from(value.$bytes, "base64"))
    if (typeof value.$key === "number") return keys.get(value.$key)
    if (Array.isArray(value)) return value.map(fromPlain)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromPlain(item)]))
  }

  function toPlain(value) {
    if (typeof value !== "object" || value === null) return value
    if (value instanceof CryptoKey) {
      const handle = ++last
      keys.set(handle, value)
      const {type, extractable, algorithm, usages} = value
      return {$key: handle, facts: {type, extractable, algorithm: toPlain(algorithm), usages: [...usages]}}
    }
    if (value instanceof ArrayBuffer) return {$bytes: Buffer.from(value).toString("base64")}
    if (value instanceof Uint8Array) return {$typed: Buffer.from(value).toString("base64")}
    if (Array.isArray(value)) return value.map(toPlain)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item)]))
  }

  return {
    work: async ({operation, args}) => toPlain(await subtle[operation](...args.map(fromPlain))),
    forget: (handle) => keys.delete(handle),
  }
}
