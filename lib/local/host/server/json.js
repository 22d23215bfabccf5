// The boundary between server and client code: JSON, with what it loses told by path, and what it
// cannot carry refused by path.
import {deepest} from "../levels.js"
import {checkLength} from "../web/host.js"

const {stringify} = JSON
const most = 20 // that are told of one value
const {getPrototypeOf} = Object
const {toString} = Object.prototype
const tags = ["Date", "Map", "Set", "WeakMap", "WeakSet", "RegExp", "Promise", "Error", "Response", "Request", "Headers", "FormData", "Blob", "File"]

const step = (holder, key) => (Array.isArray(holder) ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${stringify(key)}]`)

// The class that an object is an instance of, unless it says itself how it crosses: there it is a plain
// one, without methods.
function classOf(value) {
  const above = getPrototypeOf(value)
  if (above === null || getPrototypeOf(above) === null || Array.isArray(value) || typeof value.toJSON === "function") return undefined
  const made = above.constructor
  return typeof made === "function" && made.name !== "" ? `${made.name} instance` : "class instance"
}

// What is not the same on the other side, in a word; undefined for what is.
function lossOf(value, inArray) {
  switch (typeof value) {
    case "function":
    case "symbol":
      return typeof value
    case "undefined":
      return inArray ? "undefined" : undefined
    case "number":
      return Number.isFinite(value) ? undefined : String(value)
    case "object": {
      if (value === null) return undefined
      const tag = toString.call(value).slice(8, -1)
      if (tags.includes(tag)) return tag
      if (value instanceof Error) return "Error"
      return ArrayBuffer.isView(value) || tag === "ArrayBuffer" ? tag : classOf(value)
    }
    default:
      return undefined
  }
}

// The text of a value, undefined for what has none, and [{path, kind}]. `name` begins the paths.
// `fine(value)` tells what is no loss. Throws TypeError for a cycle and a bigint.
export function toJson(value, name, fine = () => false) {
  const lossy = []
  const above = [] // [holder, path] of the objects that we are in
  let length = 0 // of the texts so far

  function replace(key, item) {
    const original = this[key]
    while (above.length > 0 && above.at(-1)[0] !== this) above.pop()
    const path = above.length === 0 ? name : above.at(-1)[1] + step(this, key)
    if (typeof item === "string") checkLength((length += item.length))
    if (typeof item === "bigint") throw new TypeError(`${path} is a bigint, which JSON cannot carry`)
    if (typeof item === "object" && item !== null) {
      if (above.some(([holder]) => holder === item)) throw new TypeError(`${path} is part of a circle, which JSON cannot carry`)
      if (above.length > deepest - 10) throw new TypeError(`${name} has more than ${deepest - 10} levels, which is too deep to cross`)
      above.push([item, path])
    }
    const loss = fine(original) ? undefined : lossOf(original, Array.isArray(this))
    if (loss !== undefined && lossy.length < most) lossy.push({path, kind: loss})
    return item
  }
  return {text: stringify(value, replace), lossy}
}
