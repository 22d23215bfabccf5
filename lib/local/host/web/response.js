import {Body, bodyOf, looked, onLook, peekBody, setBody} from "./body.js"
import {fix, Headers} from "./headers.js"
import {plain, tag} from "./host.js"
import {URL} from "./url.js"

const empty = [101, 103, 204, 205, 304]

export class Response extends Body {
  #status = 200
  #statusText = ""
  #headers
  #url = ""
  #type = "default"
  #redirected = false
  constructor(given = null, init = {}) {
    super()
    const {status = 200, statusText = "", headers} = init ?? {}
    const number = Math.trunc(Number(status))
    if (!(number >= 200 && number <= 599)) {
      throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.')
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(String(statusText))) throw new TypeError("Invalid statusText")
    this.#status = number
    this.#statusText = String(statusText)
    this.#headers = new Headers(headers)
    const {body, type} = bodyOf(given)
    if (body === null) return
    if (empty.includes(number)) throw new TypeError(`Response constructor: Invalid response status code ${number}`)
    setBody(this, body)
    if (type !== null && !this.#headers.has("content-type")) this.#headers.set("content-type", type)
  }
  // An answer that came over the network, whatever its status.
  static received({status, statusText, url, headers, body, redirected, seen}) {
    const response = new Response(null)
    response.#status = status
    response.#statusText = statusText ?? ""
    response.#headers = fix(new Headers(headers))
    response.#url = url ?? ""
    response.#type = "basic"
    response.#redirected = redirected
    setBody(response, empty.includes(status) ? null : body)
    onLook(response, seen)
    return response
  }
  static error() {
    const response = new Response(null)
    response.#status = 0
    response.#type = "error"
    fix(response.#headers)
    return response
  }
  static redirect(url, status = 302) {
    const target = new URL(String(url)).href
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`)
    const response = new Response(null, {headers: {location: target}})
    response.#status = status
    fix(response.#headers)
    return response
  }
  static json(data, init) {
    const text = plain(data)
    if (text === undefined) throw new TypeError("The value is not JSON serializable")
    const response = new Response(text, init)
    if (!new Headers(init?.headers).has("content-type")) response.#headers.set("content-type", "application/json")
    return response
  }
  get type() {
    return this.#type
  }
  get url() {
    return this.#url
  }
  get redirected() {
    return this.#redirected
  }
  get status() {
    looked(this)
    return this.#status
  }
  get ok() {
    looked(this)
    return this.#status >= 200 && this.#status <= 299
  }
  get statusText() {
    looked(this)
    return this.#statusText
  }
  get headers() {
    return this.#headers
  }
  clone() {
    if (this.bodyUsed) throw new TypeError("Response.clone: Body has already been consumed.")
    looked(this)
    const copy = new Response(null, {headers: this.#headers})
    copy.#status = this.#status
    copy.#statusText = this.#statusText
    copy.#url = this.#url
    copy.#type = this.#type
    copy.#redirected = this.#redirected
    setBody(copy, peekBody(this))
    return copy
  }
}
export const {received} = Response
delete Response.received
tag(Response, "Response")
