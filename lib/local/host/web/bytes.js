// Text and bytes: the work is done by the host, on bytes that this side made.
import {host, tag} from "./host.js"
import {DOMException} from "./events.js"

const Bytes = Uint8Array
const viewProto = Object.getPrototypeOf(Uint8Array.prototype)
const getter = (proto, name) => {
  const {get} = Object.getOwnPropertyDescriptor(proto, name)
  const {call} = Function.prototype
  return call.bind(get)
}
const viewBuffer = getter(viewProto, "buffer")
const viewOffset = getter(viewProto, "byteOffset")
const viewLength = getter(viewProto, "byteLength")
const bufferLength = getter(ArrayBuffer.prototype, "byteLength")
const dataBuffer = getter(DataView.prototype, "buffer")
const dataOffset = getter(DataView.prototype, "byteOffset")
const dataLength = getter(DataView.prototype, "byteLength")

// The bytes of a buffer or a view, not copied; undefined for anything else. A text is not even asked: the
// error that V8 would make of it holds the whole text, which may be more than there is memory.
export function bytesOf(value) {
  if (typeof value !== "object" || value === null) return undefined
  if (ArrayBuffer.isView(value)) {
    return value instanceof DataView
      ? new Bytes(dataBuffer(value), dataOffset(value), dataLength(value))
      : new Bytes(viewBuffer(value), viewOffset(value), viewLength(value))
  }
  try {
    return new Bytes(value, 0, bufferLength(value))
  } catch {
    return undefined
  }
}

export function copyBytes(bytes) {
  const copy = new Bytes(bytes.length)
  copy.set(bytes)
  return copy
}

export function encode(text) {
  const room = new Bytes(text.length * 3)
  return copyBytes(room.subarray(0, host.call("encode", text, room)))
}

// Undefined when `fatal` and there is something that is no text.
export function decode(bytes, {label = "utf-8", fatal = false, ignoreBOM = false} = {}) {
  const options = (fatal ? 1 : 0) + (ignoreBOM ? 2 : 0)
  return host.call("decode", label, options, bytes)
}

export const toBase64 = (bytes) => host.call("toBase64", bytes)

export function fromBase64(text) {
  const room = new Bytes(Math.ceil((text.length * 3) / 4))
  return copyBytes(room.subarray(0, host.call("fromBase64", text, room)))
}

export class TextEncoder {
  get encoding() {
    return "utf-8"
  }
  encode(text = "") {
    return encode(String(text))
  }
  // The platform's own words: it has no such method yet.
  encodeInto() {
    throw new Error("encodeInto: is not implemented yet")
  }
}

// How many bytes at the end begin a character of UTF-8 without ending it.
function unfinished(bytes) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if ((byte & 0xc0) === 0x80) continue
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return size > back ? back : 0
  }
  return 0
}

export class TextDecoder {
  #label
  #fatal
  #ignoreBOM
  #rest = new Bytes(0)
  #begun = false
  constructor(label = "utf-8", options = {}) {
    const name = host.call("encoding", String(label))
    if (name === "") throw new RangeError(`The "${label}" encoding is not supported`)
    this.#label = name
    this.#fatal = Boolean(options?.fatal)
    this.#ignoreBOM = Boolean(options?.ignoreBOM)
  }
  get encoding() {
    return this.#label
  }
  get fatal() {
    return this.#fatal
  }
  get ignoreBOM() {
    return this.#ignoreBOM
  }
  decode(input, options) {
    let bytes = input === undefined ? new Bytes(0) : bytesOf(input)
    if (bytes === undefined) throw new TypeError("The argument of decode must be an ArrayBuffer or a view of one")
    if (this.#rest.length > 0) {
      const whole = new Bytes(this.#rest.length + bytes.length)
      whole.set(this.#rest)
      whole.set(bytes, this.#rest.length)
      bytes = whole
    }
    const more = Boolean(options?.stream)
    const keep = more && this.#label === "utf-8" ? unfinished(bytes) : 0
    this.#rest = copyBytes(bytes.subarray(bytes.length - keep))
    const ignoreBOM = this.#ignoreBOM || this.#begun
    this.#begun = more && (this.#begun || bytes.length > keep)
    const text = decode(bytes.subarray(0, bytes.length - keep), {label: this.#label, fatal: this.#fatal, ignoreBOM})
    if (text === undefined) throw new TypeError(`The encoded data was not valid for encoding ${this.#label}`)
    return text
  }
}
tag(TextEncoder, "TextEncoder")
tag(TextDecoder, "TextDecoder")

const invalid = (message) => new DOMException(message, "InvalidCharacterError")

export function atob(text) {
  const result = host.call("atob", String(text))
  if (result === undefined) throw invalid("The string to be decoded is not correctly encoded.")
  return result
}

export function btoa(text) {
  const result = host.call("btoa", String(text))
  if (result === undefined) throw invalid("The string contains characters outside of the Latin1 range.")
  return result
}
