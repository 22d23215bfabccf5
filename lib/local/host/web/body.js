// What Request and Response have in common. A body stays the text it is until somebody wants bytes.
import {Blob, blobBytes, FormData, multipart, readMultipart} from "./blob.js"
import {bytesOf, copyBytes, decode, encode} from "./bytes.js"
import {checkLength, parse} from "./host.js"
import {ReadableStream} from "./stream.js"
import {URLSearchParams} from "./url.js"

// {text} or {bytes}, and the content type that comes with it.
export function bodyOf(init) {
  if (init === null || init === undefined) return {body: null, type: null}
  if (init instanceof URLSearchParams) {
    return {body: {text: init.toString()}, type: "application/x-www-form-urlencoded;charset=UTF-8"}
  }
  if (init instanceof FormData) {
    const {bytes, type} = multipart(init)
    return {body: {bytes}, type}
  }
  if (init instanceof Blob) return {body: {bytes: blobBytes(init)}, type: init.type || null}
  const bytes = bytesOf(init)
  if (bytes !== undefined) return {body: {bytes: copyBytes(bytes)}, type: null}
  const text = String(init)
  checkLength(text.length)
  return {body: {text: text.toWellFormed()}, type: "text/plain;charset=UTF-8"}
}

const looks = new WeakMap() // an answer -> what to do when the app looks at it
export const onLook = (body, take) => looks.set(body, take)
export const looked = (body) => looks.get(body)?.()

export class Body {
  #body = null
  #used = false
  #stream
  static set(target, body) {
    target.#body = body
  }
  // Without using it up: for sending, and for copies.
  static peek(target) {
    return target.#body
  }
  static use(target) {
    if (target.#used) throw new TypeError("Body is unusable: Body has already been read")
    if (target.#body !== null) target.#used = true
    looked(target)
    return target.#body
  }
  get bodyUsed() {
    return this.#used
  }
  get body() {
    looked(this)
    if (this.#body === null) return null
    this.#stream ??= new ReadableStream(() => copyBytes(sent(use(this))))
    return this.#stream
  }
  async text() {
    return textOf(use(this))
  }
  async json() {
    return parse(textOf(use(this)))
  }
  async arrayBuffer() {
    return copyBytes(sent(use(this))).buffer
  }
  async bytes() {
    return copyBytes(sent(use(this)))
  }
  async blob() {
    return new Blob([sent(use(this))], {type: this.headers.get("content-type") ?? ""})
  }
  async formData() {
    const type = this.headers.get("content-type") ?? ""
    const bytes = sent(use(this))
    const [, bare, quoted] = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? []
    if (bare ?? quoted) return readMultipart(bytes, bare ?? quoted)
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".')
    }
    const form = new FormData()
    for (const [name, value] of new URLSearchParams(decode(bytes))) form.append(name, value)
    return form
  }
}
const {use} = Body
export const {set: setBody, peek: peekBody} = Body
for (const name of ["set", "peek", "use"]) delete Body[name]

const sent = (body) => (body === null ? new Uint8Array(0) : (body.bytes ?? encode(body.text)))

function textOf(body) {
  if (body === null) return ""
  if (body.text === undefined) return decode(body.bytes)
  return body.text.startsWith("\ufeff") ? body.text.slice(1) : body.text
}
