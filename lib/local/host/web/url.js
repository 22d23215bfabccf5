// URL and URLSearchParams. Addresses are taken apart by the host, texts in and texts out; the objects
// belong to this realm.
import {host, parse, stringify, tag} from "./host.js"

const links = new WeakMap() // search params -> what to do when they change

function pairsOf(init) {
  if (typeof init !== "object" || init === null) {
    return parse(host.call("query", String(init).replace(/^\?/, "")))
  }
  if (typeof init[Symbol.iterator] === "function") {
    return [...init].map((pair) => {
      const items = [...pair]
      if (items.length !== 2) throw new TypeError("Each query pair must be an iterable [name, value] tuple")
      return items.map((item) => String(item).toWellFormed())
    })
  }
  return Reflect.ownKeys(init)
    .filter((name) => Object.prototype.propertyIsEnumerable.call(init, name))
    .map((name) => [name, init[name]].map((item) => String(item).toWellFormed()))
}

const text = (value) => String(value).toWellFormed()

export class URLSearchParams {
  #pairs
  constructor(init = "") {
    this.#pairs = pairsOf(init)
  }
  // The owner's address was changed: no news for it.
  static replace(params, query) {
    params.#pairs = pairsOf(query)
  }
  #changed() {
    links.get(this)?.(this.toString())
  }
  get size() {
    return this.#pairs.length
  }
  append(name, value) {
    this.#pairs.push([text(name), text(value)])
    this.#changed()
  }
  delete(name, value) {
    const same = ([key, item]) => key === text(name) && (value === undefined || item === text(value))
    this.#pairs = this.#pairs.filter((pair) => !same(pair))
    this.#changed()
  }
  get(name) {
    const pair = this.#pairs.find(([key]) => key === text(name))
    return pair === undefined ? null : pair[1]
  }
  getAll(name) {
    return this.#pairs.filter(([key]) => key === text(name)).map(([, value]) => value)
  }
  has(name, value) {
    return this.#pairs.some(([key, item]) => key === text(name) && (value === undefined || item === text(value)))
  }
  set(name, value) {
    const at = this.#pairs.findIndex(([key]) => key === text(name))
    if (at < 0) {
      this.#pairs.push([text(name), text(value)])
    } else {
      this.#pairs[at][1] = text(value)
      this.#pairs = this.#pairs.filter(([key], i) => i <= at || key !== text(name))
    }
    this.#changed()
  }
  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.#changed()
  }
  forEach(callback, self) {
    for (const [name, value] of this.#pairs) callback.call(self, value, name, this)
  }
  *entries() {
    for (const [name, value] of this.#pairs) yield [name, value]
  }
  *keys() {
    for (const [name] of this.#pairs) yield name
  }
  *values() {
    for (const [, value] of this.#pairs) yield value
  }
  [Symbol.iterator]() {
    return this.entries()
  }
  toString() {
    return host.call("queryText", stringify(this.#pairs))
  }
}
const {replace} = URLSearchParams
delete URLSearchParams.replace
tag(URLSearchParams, "URLSearchParams")

const settable = ["href", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"]

export class URL {
  #parts
  #params
  constructor(url, base) {
    const given = base === undefined ? undefined : text(base)
    const parts = host.call("url", text(url), given)
    if (parts === "") {
      const error = new TypeError("Invalid URL")
      Object.defineProperty(error, "code", {value: "ERR_INVALID_URL", writable: true, configurable: true, enumerable: true})
      Object.defineProperty(error, "input", {value: text(url), writable: true, configurable: true, enumerable: true})
      throw error
    }
    this.#parts = parse(parts)
  }
  static canParse(url, base) {
    return host.call("url", text(url), base === undefined ? undefined : text(base)) !== ""
  }
  static parse(url, base) {
    return URL.canParse(url, base) ? new URL(url, base) : null
  }
  static part(url, name) {
    return url.#parts[name]
  }
  static change(url, name, value) {
    const parts = host.call("urlSet", url.#parts.href, name, text(value))
    if (parts === "") throw new TypeError("Invalid URL")
    url.#parts = parse(parts)
    if (url.#params !== undefined) replace(url.#params, url.#parts.search)
  }
  get origin() {
    return this.#parts.origin
  }
  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams(this.#parts.search)
      links.set(this.#params, (query) => {
        this.#parts = parse(host.call("urlSet", this.#parts.href, "search", query))
      })
    }
    return this.#params
  }
  toString() {
    return this.#parts.href
  }
  toJSON() {
    return this.#parts.href
  }
}
const {part, change} = URL
delete URL.part
delete URL.change
for (const name of settable) {
  Object.defineProperty(URL.prototype, name, {
    get() {
      return part(this, name)
    },
    set(value) {
      change(this, name, value)
    },
    enumerable: true,
    configurable: true,
  })
}
tag(URL, "URL")
