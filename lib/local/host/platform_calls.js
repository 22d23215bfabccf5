// What the host does for the inner side at once: texts and numbers in, a text or a number out. Bytes
// are read from or written to a Uint8Array that the inner side made, only by methods of Node's that
// look at nothing but the bytes.

// Not at the start: it takes longer to load than all the rest of a Worker's outer half.
let loaded
export const nodeCrypto = () => (loaded ??= require("node:crypto"))

const {base64Slice, base64Write} = Buffer.prototype
const encoder = new TextEncoder()
const decoders = new Map()

function decoder(label, options) {
  const key = `${label} ${options}`
  if (!decoders.has(key)) {
    decoders.set(key, new TextDecoder(label, {fatal: (options & 1) !== 0, ignoreBOM: (options & 2) !== 0}))
  }
  return decoders.get(key)
}

const or = (make, otherwise) => {
  try {
    return make()
  } catch {
    return otherwise
  }
}

function partsOf(url) {
  const {href, origin, protocol, username, password, host, hostname, port, pathname, search, hash} = url
  return JSON.stringify({href, origin, protocol, username, password, host, hostname, port, pathname, search, hash})
}

export const platformCalls = {
  uuid: () => nodeCrypto().randomUUID(),
  random: (length) => nodeCrypto().randomBytes(length).toString("base64"),
  encode: (text, bytes) => encoder.encodeInto(text, bytes).written,
  decode: (label, options, bytes) => or(() => decoder(label, options).decode(bytes)),
  encoding: (label) => or(() => new TextDecoder(label).encoding, ""),
  toBase64: (bytes) => base64Slice.call(bytes),
  fromBase64: (text, bytes) => base64Write.call(bytes, text),
  atob: (text) => or(() => atob(text)),
  btoa: (text) => or(() => btoa(text)),
  url: (text, base) => or(() => partsOf(new URL(text, base)), ""),
  urlSet: (href, name, value) =>
    or(() => {
      const url = new URL(href)
      url[name] = value
      return partsOf(url)
    }, ""),
  query: (text) => JSON.stringify([...new URLSearchParams(text)]),
  queryText: (pairs) => new URLSearchParams(JSON.parse(pairs)).toString(),
}
