// URL and URLSearchParams. Addresses are taken apart by the host's parser (texts in, texts out); the objects are the
// realm's own.
import {parseUrl} from "./prelude.js"

const decoder = (text) => {
  const spaced = text.replace(/\+/g, " ")
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced.replace(/%[0-9a-f]{2}/gi, (part) => {
      try {
        return decodeURIComponent(part)
      } catch {
        return "\ufffd"
      }
    })
  }
}

const encoder = (text) =>
  encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

function parseQuery(text) {
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=")
      return at < 0 ? [decoder(part), ""] : [decoder(part.slice(0, at)), decoder(part.slice(at + 1))]
    })
}

function pairs(init) {
  if (init === undefined || init === null) return []
  if (typeof init !== "object") return parseQuery(String(init).replace(/^\?/, ""))
  if (typeof init[Symbol.iterator] === "function") {
    return [...init].map((pair) => {
      const [name, value, ...more] = pair
      if (value === undefined || more.length > 0) throw new TypeError("Each query pair must be a name and a value")
      return [String(name), String(value)]
    })
  }
  return Object.keys(init).map((key) => [key, String(init[key])])
}

const owners = new WeakMap() // search params -> function that writes them into their URL
const replace = new WeakMap() // search params -> function that sets their pairs

export class URLSearchParams {
  #list
  constructor(init) {
    this.#list = pairs(init)
    replace.set(this, (list) => {
      this.#list = list
    })
  }
  #changed() {
    owners.get(this)?.(this.toString())
  }
  get size() {
    return this.#list.length
  }
  append(name, value) {
    this.#list.push([String(name), String(value)])
    this.#changed()
  }
  delete(name, value) {
    this.#list = this.#list.filter(
      ([key, item]) => key !== String(name) || (value !== undefined && item !== String(value)),
    )
    this.#changed()
  }
  get(name) {
    return this.#list.find(([key]) => key === String(name))?.[1] ?? null
  }
  getAll(name) {
    return this.#list.filter(([key]) => key === String(name)).map(([, value]) => value)
  }
  has(name, value) {
    return this.#list.some(([key, item]) => key === String(name) && (value === undefined || item === String(value)))
  }
  set(name, value) {
    const at = this.#list.findIndex(([key]) => key === String(name))
    if (at < 0) this.#list.push([String(name), String(value)])
    else {
      this.#list[at] = [String(name), String(value)]
      this.#list = this.#list.filter(([key], i) => i <= at || key !== String(name))
    }
    this.#changed()
  }
  sort() {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.#changed()
  }
  forEach(callback, self) {
    for (const [name, value] of this.#list) callback.call(self, value, name, this)
  }
  *entries() {
    for (const [name, value] of this.#list) yield [name, value]
  }
  *keys() {
    for (const [name] of this.#list) yield name
  }
  *values() {
    for (const [, value] of this.#list) yield value
  }
  [Symbol.iterator]() {
    return this.entries()
  }
  toString() {
    return this.#list.map(([name, value]) => `${encoder(name)}=${encoder(value)}`).join("&")
  }
  get [Symbol.toStringTag]() {
    return "URLSearchParams"
  }
}

export class URL {
  #parts
  #params
  constructor(url, base) {
    this.#parts = URL.#parse(String(url), base === undefined ? "" : String(base))
    if (this.#parts === null) {
      const error = new TypeError("Invalid URL")
      error.code = "ERR_INVALID_URL"
      throw error
    }
    this.#params = new URLSearchParams(this.#parts.search)
    owners.set(this.#params, (text) => {
      this.#parts = URL.#parse(this.#parts.href, "", "search", text)
    })
  }
  static #parse(url, base, part = "", value = "") {
    const text = parseUrl(url, base, part, value)
    return text === "" ? null : JSON.parse(text)
  }
  static canParse(url, base) {
    return URL.#parse(String(url), base === undefined ? "" : String(base)) !== null
  }
  static parse(url, base) {
    return URL.canParse(url, base) ? new URL(url, base) : null
  }
  #set(part, value) {
    const parts = URL.#parse(this.#parts.href, "", part, String(value))
    if (parts === null) {
      if (part === "href") throw new TypeError("Invalid URL")
      return
    }
    this.#parts = parts
    replace.get(this.#params)(parseQuery(parts.search.replace(/^\?/, "")))
  }
  get origin() {
    return this.#parts.origin
  }
  get searchParams() {
    return this.#params
  }
  toString() {
    return this.#parts.href
  }
  toJSON() {
    return this.#parts.href
  }
  get [Symbol.toStringTag]() {
    return "URL"
  }
  static {
    for (const part of [
      "href",
      "protocol",
      "username",
      "password",
      "host",
      "hostname",
      "port",
      "pathname",
      "search",
      "hash",
    ]) {
      Object.defineProperty(URL.prototype, part, {
        get() {
          return this.#parts[part]
        },
        set(value) {
          this.#set(part, value)
        },
        enumerable: true,
        configurable: true,
      })
    }
  }
}
