// WebCrypto: the work is the host's, with keys that stay there; this side has numbers for them.
import {bytesOf, fromBase64, toBase64} from "./bytes.js"
import {DOMException} from "./events.js"
import {host, tag} from "./host.js"

const made = Symbol("made here")
let release = () => {}
const registry = new FinalizationRegistry((handle) => release(handle))

export class CryptoKey {
  #handle
  #facts
  constructor(given, handle, facts) {
    if (given !== made) throw new TypeError("Illegal constructor")
    this.#handle = handle
    this.#facts = facts
    registry.register(this, handle)
  }
  static handle(key) {
    return key.#handle
  }
  get type() {
    return this.#facts.type
  }
  get extractable() {
    return this.#facts.extractable
  }
  get algorithm() {
    return this.#facts.algorithm
  }
  get usages() {
    return this.#facts.usages
  }
}
const {handle: handleOf} = CryptoKey
delete CryptoKey.handle
tag(CryptoKey, "CryptoKey")

// Bytes and keys have no JSON of their own.
function toPlain(value) {
  if (typeof value !== "object" || value === null) return value
  if (value instanceof CryptoKey) return {$key: handleOf(value)}
  const bytes = bytesOf(value)
  if (bytes !== undefined) return {$bytes: toBase64(bytes)}
  if (Array.isArray(value)) return value.map(toPlain)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item)]))
}

function fromPlain(value) {
  if (typeof value !== "object" || value === null) return value
  if (typeof value.$bytes === "string") return fromBase64(value.$bytes).buffer
  if (typeof value.$key === "number") return new CryptoKey(made, value.$key, fromPlain(value.facts))
  if (value.$typed !== undefined) return new Uint8Array(fromBase64(value.$typed))
  if (Array.isArray(value)) return value.map(fromPlain)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromPlain(item)]))
}

const operations = [
  "encrypt", "decrypt", "sign", "verify", "digest", "generateKey", "deriveKey", "deriveBits",
  "importKey", "exportKey", "wrapKey", "unwrapKey",
]
const natives = {TypeError, SyntaxError, RangeError}

// `work(operation, args)` has it done by the host and rejects with {name, message}.
export function createCrypto({work, forget}) {
  release = forget
  class SubtleCrypto {}
  for (const name of operations) {
    const operation = {
      async [name](...args) {
        try {
          return fromPlain(await work(name, args.map(toPlain)))
        } catch (error) {
          const Native = natives[error.name]
          throw Native === undefined ? new DOMException(error.message, error.name) : new Native(error.message)
        }
      },
    }
    Object.defineProperty(SubtleCrypto.prototype, name, {value: operation[name], writable: true, configurable: true, enumerable: true})
  }
  tag(SubtleCrypto, "SubtleCrypto")
  const subtle = new SubtleCrypto()

  class Crypto {
    get subtle() {
      return subtle
    }
    getRandomValues(view) {
      if (!ArrayBuffer.isView(view) || view instanceof DataView || /^Float/.test(view[Symbol.toStringTag])) {
        throw new DOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError")
      }
      const bytes = bytesOf(view)
      if (bytes.length > 65536) {
        throw new DOMException(`The requested length exceeds 65,536 bytes`, "QuotaExceededError")
      }
      bytes.set(fromBase64(host.call("random", bytes.length)))
      return view
    }
    randomUUID() {
      return host.call("uuid")
    }
  }
  tag(Crypto, "Crypto")
  return new Crypto()
}
