// Names that the SDK does not have. The bundler's interop copies the own properties of an SDK object into a new
// object whose prototype is that of the SDK object: a trap on the object itself is never asked, one on its
// prototype is.
import {UnsupportedError} from "./errors.js"

// Asked for by interop code, by await, by JSON.stringify and by React; they are no slips of the app.
const silent = new Set(["__esModule", "default", "then", "toJSON", "$$typeof", "displayName", "prototype"])

function unknown(where, key) {
  return new UnsupportedError(`${where} has no "${key}" in the SDK that the local platform knows (attio 1.0.4)`)
}

// The same thing by the name that it has in another version of the SDK: `Experimental_` and `experimental_` go when it
// becomes stable, and its first letter may change (`experimental_extensions` is `Extensions` now).
const mark = /^experimental_/i
const bare = (name) => name.replace(mark, "").replace(/^./, (letter) => letter.toLowerCase())
const inOtherVersions = (values, key) =>
  Object.keys(values).find((name) => mark.test(name) !== mark.test(key) && bare(name) === bare(key))

// `values` as an object that throws an error for any other name.
export function named(where, values) {
  const trap = new Proxy(Object.create(Object.prototype), {
    get(target, key, receiver) {
      if (typeof key === "symbol" || silent.has(key) || key in Object.prototype)
        return Reflect.get(target, key, receiver)
      const known = inOtherVersions(values, key)
      if (known === undefined) throw unknown(where, key)
      return values[known]
    },
  })
  return Object.assign(Object.create(trap), values)
}

// A component with sub-components: `Table.Nothing` throws, what React and functions ask for does not.
export function family(where, component, members) {
  Object.assign(component, members)
  const trap = new Proxy(Function.prototype, {
    get(target, key, receiver) {
      if (typeof key === "string" && /^[A-Z]/.test(key) && !(key in target)) throw unknown(where, key)
      return Reflect.get(target, key, receiver)
    },
  })
  return Object.setPrototypeOf(component, trap)
}
