// Blob, File and FormData, and the two forms in which a form travels.
import {bytesOf, copyBytes, decode, encode} from "./bytes.js"
import {host, tag} from "./host.js"
import {ReadableStream} from "./stream.js"

const typeOf = (type) => (/[^\x20-\x7e]/.test(type) ? "" : type.toLowerCase())

function joined(parts) {
  let size = 0
  for (const part of parts) size += part.length
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export class Blob {
  #bytes
  #type
  constructor(parts = [], options = {}) {
    if (typeof parts !== "object" || parts === null || typeof parts[Symbol.iterator] !== "function") {
      throw new TypeError("The blob parts must be a sequence")
    }
    const all = [...parts].map((part) => {
      if (part instanceof Blob) return part.#bytes
      return bytesOf(part) ?? encode(String(part))
    })
    this.#bytes = joined(all)
    this.#type = typeOf(String(options?.type ?? ""))
  }
  static bytes(blob) {
    return blob.#bytes
  }
  get size() {
    return this.#bytes.length
  }
  get type() {
    return this.#type
  }
  slice(start, end, type = "") {
    const part = this.#bytes.slice(start, end)
    return new Blob([part], {type})
  }
  async text() {
    return decode(this.#bytes, {ignoreBOM: true})
  }
  async arrayBuffer() {
    return copyBytes(this.#bytes).buffer
  }
  async bytes() {
    return copyBytes(this.#bytes)
  }
  stream() {
    return new ReadableStream(() => copyBytes(this.#bytes))
  }
}
export const blobBytes = Blob.bytes
delete Blob.bytes
tag(Blob, "Blob")

export class File extends Blob {
  #name
  #modified
  constructor(parts, name, options = {}) {
    if (name === undefined) throw new TypeError("A file needs a name")
    super(parts, options)
    this.#name = String(name)
    this.#modified = options?.lastModified === undefined ? Date.now() : Number(options.lastModified)
  }
  get name() {
    return this.#name
  }
  get lastModified() {
    return this.#modified
  }
}
tag(File, "File")

function entryOf(value, name) {
  if (!(value instanceof Blob)) return String(value).toWellFormed()
  if (value instanceof File && name === undefined) return value
  return new File([value], name ?? value.name ?? "blob", {type: value.type})
}

export class FormData {
  #entries = []
  constructor(form) {
    if (form !== undefined) throw new TypeError("FormData takes no form: there is no document")
  }
  append(name, value, file) {
    this.#entries.push([String(name).toWellFormed(), entryOf(value, file)])
  }
  set(name, value, file) {
    const key = String(name).toWellFormed()
    const at = this.#entries.findIndex(([one]) => one === key)
    if (at < 0) {
      this.append(name, value, file)
      return
    }
    this.#entries[at] = [key, entryOf(value, file)]
    this.#entries = this.#entries.filter(([one], i) => i <= at || one !== key)
  }
  delete(name) {
    this.#entries = this.#entries.filter(([one]) => one !== String(name))
  }
  get(name) {
    const entry = this.#entries.find(([one]) => one === String(name))
    return entry === undefined ? null : entry[1]
  }
  getAll(name) {
    return this.#entries.filter(([one]) => one === String(name)).map(([, value]) => value)
  }
  has(name) {
    return this.#entries.some(([one]) => one === String(name))
  }
  *entries() {
    for (const [name, value] of this.#entries) yield [name, value]
  }
  *keys() {
    for (const [name] of this.#entries) yield name
  }
  *values() {
    for (const [, value] of this.#entries) yield value
  }
  [Symbol.iterator]() {
    return this.entries()
  }
  forEach(callback, self) {
    for (const [name, value] of this.#entries) callback.call(self, value, name, this)
  }
}
tag(FormData, "FormData")

const quoted = (name) => name.replace(/\n/g, "%0A").replace(/\r/g, "%0D").replace(/"/g, "%22")
const lines = (text) => text.replace(/\r?\n|\r/g, "\r\n")

export function multipart(form) {
  const boundary = `----formdata-attio-${host.call("uuid").replace(/-/g, "")}`
  const parts = []
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(lines(name))}"`
    if (typeof value === "string") {
      parts.push(encode(`${head}\r\n\r\n${lines(value)}\r\n`))
    } else {
      const type = value.type || "application/octet-stream"
      parts.push(encode(`${head}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`))
      parts.push(blobBytes(value), encode("\r\n"))
    }
  }
  parts.push(encode(`--${boundary}--\r\n`))
  return {bytes: joined(parts), type: `multipart/form-data; boundary=${boundary}`}
}

// Where `needle` is in `bytes` from `from` on, or -1.
function find(bytes, needle, from) {
  for (let at = bytes.indexOf(needle[0], from); at >= 0; at = bytes.indexOf(needle[0], at + 1)) {
    let same = 1
    while (same < needle.length && bytes[at + same] === needle[same]) same++
    if (same === needle.length) return at
  }
  return -1
}

const unquoted = (name) => name?.replace(/%0A/gi, "\n").replace(/%0D/gi, "\r").replace(/%22/g, '"')

export function readMultipart(bytes, boundary) {
  const form = new FormData()
  const mark = encode(`--${boundary}`)
  let at = find(bytes, mark, 0)
  if (at < 0) throw new TypeError("Failed to parse body as FormData.")
  for (;;) {
    at += mark.length
    if (bytes[at] === 45 && bytes[at + 1] === 45) return form
    const head = find(bytes, encode("\r\n\r\n"), at)
    const end = find(bytes, encode(`\r\n--${boundary}`), head)
    if (head < 0 || end < 0) throw new TypeError("Failed to parse body as FormData.")
    const headers = decode(bytes.subarray(at, head))
    const [, name] = /content-disposition:[^\r]*?[; ]name="([^"]*)"/i.exec(headers) ?? []
    const [, file] = /content-disposition:[^\r]*?filename="([^"]*)"/i.exec(headers) ?? []
    const [, type] = /content-type: *([^\r]*)/i.exec(headers) ?? []
    if (name === undefined) throw new TypeError("Failed to parse body as FormData.")
    const value = bytes.slice(head + 4, end)
    if (file === undefined) form.append(unquoted(name), decode(value, {ignoreBOM: true}))
    else form.append(unquoted(name), new File([value], unquoted(file), {type: type ?? "text/plain"}))
    at = end + 2
  }
}
