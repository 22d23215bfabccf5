// Headers of the fetch standard: names in lower case, in order of their names, values joined.
import {tag} from "./host.js"

const isName = (name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)
const fixed = new WeakSet() // headers of an answer: not to be changed

function nameOf(given) {
  const name = String(given)
  if (!isName(name)) throw new TypeError(`Headers: ${JSON.stringify(name)} is an invalid header name.`)
  return name.toLowerCase()
}

function valueOf(given) {
  const value = String(given).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "")
  if (/[\0\n\r]/.test(value)) throw new TypeError(`Headers: ${JSON.stringify(value)} is an invalid header value.`)
  const wide = [...value].find((c) => c > "\xff")
  if (wide !== undefined) {
    throw new TypeError(`Cannot convert argument to a ByteString because the character ${JSON.stringify(wide)} has a value greater than 255.`)
  }
  return value
}

export class Headers {
  #map = new Map() // name -> list of values
  constructor(init) {
    if (init === undefined) return
    if (init === null || (typeof init !== "object" && typeof init !== "function")) {
      throw new TypeError("Headers constructor: the argument must be headers, an object or a list of pairs.")
    }
    if (init instanceof Headers) {
      for (const [name, values] of init.#map) this.#map.set(name, [...values])
    } else if (typeof init[Symbol.iterator] === "function") {
      for (const pair of init) {
        const items = [...pair]
        if (items.length !== 2) throw new TypeError("Headers constructor: expected name/value pair to be length 2")
        this.append(items[0], items[1])
      }
    } else {
      for (const name of Object.keys(init)) this.append(name, init[name])
    }
  }
  #open() {
    if (fixed.has(this)) throw new TypeError("immutable")
  }
  append(name, value) {
    this.#open()
    const key = nameOf(name)
    const list = this.#map.get(key)
    if (list === undefined) this.#map.set(key, [valueOf(value)])
    else list.push(valueOf(value))
  }
  set(name, value) {
    this.#open()
    this.#map.set(nameOf(name), [valueOf(value)])
  }
  delete(name) {
    this.#open()
    this.#map.delete(nameOf(name))
  }
  get(name) {
    const list = this.#map.get(nameOf(name))
    return list === undefined ? null : list.join(", ")
  }
  has(name) {
    return this.#map.has(nameOf(name))
  }
  getSetCookie() {
    return [...(this.#map.get("set-cookie") ?? [])]
  }
  *entries() {
    for (const name of [...this.#map.keys()].sort()) {
      const list = this.#map.get(name)
      if (name === "set-cookie") for (const value of list) yield [name, value]
      else yield [name, list.join(", ")]
    }
  }
  *keys() {
    for (const [name] of this.entries()) yield name
  }
  *values() {
    for (const [, value] of this.entries()) yield value
  }
  [Symbol.iterator]() {
    return this.entries()
  }
  forEach(callback, self) {
    for (const [name, value] of this.entries()) callback.call(self, value, name, this)
  }
}
tag(Headers, "Headers")

export function fix(headers) {
  fixed.add(headers)
  return headers
}
