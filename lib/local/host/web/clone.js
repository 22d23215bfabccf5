// structuredClone for what plain JavaScript has.
import {DOMException} from "./events.js"

const errors = {Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError}
const refuse = (value) => {
  const what = typeof value === "symbol" ? String(value) : typeof value === "function" ? (value.name || "function") : "#<Object>"
  throw new DOMException(`${what} could not be cloned.`, "DataCloneError")
}

function cloneError(error, go) {
  const copy = new (Object.hasOwn(errors, error.name) ? errors[error.name] : Error)()
  const hidden = (name, value) => Object.defineProperty(copy, name, {value, writable: true, configurable: true, enumerable: false})
  for (const name of ["message", "stack"]) if (error[name] !== undefined) hidden(name, String(error[name]))
  if (Object.hasOwn(error, "cause")) hidden("cause", go(error.cause))
  return copy
}

export function structuredClone(value) {
  if (arguments.length === 0) throw new TypeError("The value argument must be given")
  const seen = new Map()
  function keep(original, copy) {
    seen.set(original, copy)
    return copy
  }
  function go(one) {
    if (typeof one === "function" || typeof one === "symbol") refuse(one)
    if (typeof one !== "object" || one === null) return one
    if (seen.has(one)) return seen.get(one)
    if (Array.isArray(one)) {
      const copy = keep(one, new Array(one.length))
      for (const key of Object.keys(one)) copy[key] = go(one[key])
      return copy
    }
    if (one instanceof Date) return keep(one, new Date(one.getTime()))
    if (one instanceof RegExp) return keep(one, new RegExp(one.source, one.flags))
    if (one instanceof ArrayBuffer) return keep(one, one.slice(0))
    if (ArrayBuffer.isView(one)) {
      const buffer = go(one.buffer)
      return keep(one, one instanceof DataView ? new DataView(buffer, one.byteOffset, one.byteLength) : new one.constructor(buffer, one.byteOffset, one.length))
    }
    if (one instanceof Map) {
      const copy = keep(one, new Map())
      for (const [key, item] of [...one]) copy.set(go(key), go(item))
      return copy
    }
    if (one instanceof Set) {
      const copy = keep(one, new Set())
      for (const item of [...one]) copy.add(go(item))
      return copy
    }
    if (one instanceof Error) return keep(one, cloneError(one, go))
    for (const Wrapper of [Boolean, Number, String, BigInt]) if (one instanceof Wrapper) return keep(one, Object(one.valueOf()))
    if (one instanceof Promise || one instanceof WeakMap || one instanceof WeakSet || one instanceof WeakRef) refuse(one)
    if (![Object.prototype, null].includes(Object.getPrototypeOf(one)) && one[Symbol.toStringTag] !== undefined) refuse(one)
    const copy = keep(one, {})
    for (const key of Object.keys(one)) copy[key] = go(one[key])
    return copy
  }
  return go(value)
}
