// The two functions that lead out of the context, for the parts of the inner side. They throw only
// errors of this realm and answer with primitives (sandbox.js).
export const host = {post: undefined, call: undefined}

export function connect({post, call}) {
  host.post = post
  host.call = call
}

// Taken before any code of the app runs, which may replace them.
export const {parse, stringify: plain} = JSON
const objects = Object.prototype
const arrays = Array.prototype
const {keys} = Object
const {isArray} = Array

const longest = 32 * 1024 * 1024 // characters: with their JSON half of a realm's memory

// What could not cross is not made into JSON first, which takes more memory than there is: that ends the
// realm, and sometimes the whole process.
export function checkLength(length) {
  if (length > longest) throw new Error(`This is ${length} characters long, which is more than can cross: at most ${longest}`)
}

// An app may give all objects a toJSON; our frames are no objects of its own. Here they have none, and
// what is inside of them has no other than it would have had.
function without(value) {
  if (typeof value !== "object" || value === null) return value
  const own = value.toJSON
  if (typeof own === "function" && own !== objects.toJSON && own !== arrays.toJSON) return without(own.call(value, ""))
  if (isArray(value)) {
    const copy = []
    for (let i = 0; i < value.length; i++) copy[i] = without(value[i])
    copy.toJSON = undefined
    return copy
  }
  const copy = {__proto__: null}
  for (const key of keys(value)) copy[key] = without(value[key])
  return copy
}

// Of a frame and its params; what lies deeper is seen when the frame is sent.
function checkTexts(value, levels) {
  if (typeof value === "string") checkLength(value.length)
  else if (levels > 0 && typeof value === "object" && value !== null && !isArray(value))
    for (const key of keys(value)) checkTexts(value[key], levels - 1)
}

// For our own frames. What an app asks to be made JSON of (Response.json) is `plain`'s.
export function stringify(value) {
  checkTexts(value, 2)
  return plain("toJSON" in objects || "toJSON" in arrays ? without(value) : value)
}

// What the app finds as a global: like a built-in one, so not enumerable.
export function define(name, value) {
  Object.defineProperty(globalThis, name, {value, writable: true, configurable: true, enumerable: false})
}

// A class as the web platform shows it: `[object Name]`. The bundler may have changed its name.
export function tag(Class, name) {
  Object.defineProperty(Class, "name", {value: name, configurable: true})
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {value: name, configurable: true})
}
