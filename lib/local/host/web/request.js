import {Body, bodyOf, peekBody, setBody} from "./body.js"
import {AbortController, AbortSignal, follow} from "./events.js"
import {Headers} from "./headers.js"
import {tag} from "./host.js"
import {URL} from "./url.js"

const usual = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]
const choices = {
  redirect: ["follow", "error", "manual"],
  mode: ["cors", "no-cors", "same-origin", "navigate"],
  credentials: ["same-origin", "include", "omit"],
  cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
}

function methodOf(given) {
  const method = String(given)
  const upper = method.toUpperCase()
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || ["CONNECT", "TRACE", "TRACK"].includes(upper)) {
    throw new TypeError(`'${method}' is not a valid HTTP method.`)
  }
  return usual.includes(upper) ? upper : method
}

function urlOf(input) {
  let url
  try {
    url = new URL(input)
  } catch {
    throw new TypeError(`Failed to parse URL from ${input}`)
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`)
  }
  return url.href
}

export class Request extends Body {
  #method = "GET"
  #url
  #headers
  #signal
  #options = {redirect: "follow", mode: "cors", credentials: "same-origin", cache: "default"}
  #integrity = ""
  #keepalive = false
  constructor(input, init = {}) {
    super()
    const options = init ?? {}
    const from = input instanceof Request ? input : null
    this.#url = from === null ? urlOf(typeof input === "string" ? input : String(input)) : from.#url
    if (from !== null) {
      this.#method = from.#method
      this.#options = {...from.#options}
    }
    if (options.method !== undefined) this.#method = methodOf(options.method)
    for (const [name, values] of Object.entries(choices)) {
      if (options[name] === undefined) continue
      if (!values.includes(String(options[name]))) {
        throw new TypeError(`Request constructor: ${options[name]} is not an accepted type. Expected one of ${values.join(", ")}.`)
      }
      this.#options[name] = String(options[name])
    }
    if (options.integrity !== undefined) this.#integrity = String(options.integrity)
    if (options.keepalive !== undefined) this.#keepalive = Boolean(options.keepalive)
    this.#headers = new Headers(options.headers ?? from?.#headers)
    this.#signal = new AbortController()
    const {signal = from?.signal} = options
    if (signal !== undefined && signal !== null) this.#listen(signal)
    this.#take(options.body, from)
  }
  #listen(signal) {
    if (!(signal instanceof AbortSignal)) throw new TypeError("Request constructor: Expected signal to be an instance of AbortSignal.")
    if (signal.aborted) this.#signal.abort(signal.reason)
    else follow(signal, () => this.#signal.abort(signal.reason))
  }
  #take(given, from) {
    if (given !== undefined && given !== null) {
      if (this.#method === "GET" || this.#method === "HEAD") throw new TypeError("Request with GET/HEAD method cannot have body.")
      const {body, type} = bodyOf(given)
      setBody(this, body)
      if (type !== null && !this.#headers.has("content-type")) this.#headers.set("content-type", type)
      return
    }
    if (from === null) return
    if (from.bodyUsed) throw new TypeError("Cannot construct a Request with a Request object that has already been used.")
    setBody(this, peekBody(from))
  }
  get method() {
    return this.#method
  }
  get url() {
    return this.#url
  }
  get headers() {
    return this.#headers
  }
  get signal() {
    return this.#signal.signal
  }
  get redirect() {
    return this.#options.redirect
  }
  get mode() {
    return this.#options.mode
  }
  get credentials() {
    return this.#options.credentials
  }
  get cache() {
    return this.#options.cache
  }
  get integrity() {
    return this.#integrity
  }
  get keepalive() {
    return this.#keepalive
  }
  get destination() {
    return ""
  }
  get referrer() {
    return "about:client"
  }
  get referrerPolicy() {
    return ""
  }
  get duplex() {
    return "half"
  }
  clone() {
    if (this.bodyUsed) throw new TypeError("Request.clone: Body has already been consumed.")
    return new Request(this)
  }
}
tag(Request, "Request")
