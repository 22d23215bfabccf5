// Takes the power out of what could leak from the outer side of a Worker into its context.
//
// One thing does leak, whatever we do: V8 has Node format every stack trace, also those of the
// context's errors, and what goes wrong in that code (no stack left, a name that is a Symbol) is
// thrown into the app as an error of the outer side. On Node 22 and later such an error has a getter
// for its stack, too, which is a function of the outer side. From there prototypes lead to every
// intrinsic. So those end nowhere: they do not name their constructors, and nothing of them can be
// changed to catch what outer code does. What makes code of a text is named nowhere at all: not even
// who got hold of the global object finds it. (A flag of V8's would forbid it, too, but with any such flag
// Node does not use the code of its own that it has compiled, and starts half as fast again.)
const {defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf} = Object
const {ownKeys} = Reflect
const functions = getPrototypeOf(Object)

// Assigning to an object must go on to work where its prototype is frozen: by setters instead.
function settle(prototype) {
  for (const key of ownKeys(prototype)) {
    const {value, writable, configurable, enumerable} = getOwnPropertyDescriptor(prototype, key)
    if (!writable || !configurable) continue
    defineProperty(prototype, key, {
      get: () => value,
      set(given) {
        if (this === prototype) throw new TypeError("a built-in object cannot be changed")
        defineProperty(this, key, {value: given, writable: true, enumerable: true, configurable: true})
      },
      enumerable,
      configurable: false,
    })
  }
  freeze(prototype)
}

const sources = [
  function () {},
  async function () {},
  function* () {},
  async function* () {},
]

const names = [
  "Object", "Function", "Array", "Number", "Boolean", "String", "Symbol", "BigInt", "Date", "RegExp", "Promise",
  "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "ArrayBuffer", "DataView", "Iterator",
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
  "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "SharedArrayBuffer",
  "Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError",
]

export function disarm() {
  const seen = new Set()
  const all = [Reflect, JSON, Math]
  for (const name of names) if (globalThis[name] !== undefined) all.push(globalThis[name], globalThis[name].prototype)
  for (const source of sources) {
    const prototype = getPrototypeOf(source)
    all.push(prototype)
    if (source.prototype !== undefined) all.push(getPrototypeOf(source.prototype))
  }
  for (const iterator of [[][Symbol.iterator](), new Map().keys(), new Set().keys(), ""[Symbol.iterator](), "".matchAll(/./g)]) {
    all.push(getPrototypeOf(iterator))
  }
  for (const one of [...all]) for (let at = getPrototypeOf(one); at !== null; at = getPrototypeOf(at)) all.push(at)

  // Nothing leads to what would make code of a text.
  for (const source of sources) {
    for (const one of [getPrototypeOf(source), getPrototypeOf(source).prototype]) if (one) delete one.constructor
  }
  for (const name of names.filter((one) => one.endsWith("Error"))) delete globalThis[name].prototype.constructor
  delete Object.prototype.constructor
  for (const name of ["eval", "Function"]) delete globalThis[name]
  // Nor may the app hear of stacks that are formatted.
  for (const name of ["prepareStackTrace", "captureStackTrace"]) {
    defineProperty(Error, name, {value: Error[name], writable: false, configurable: false})
  }
  for (const one of all) {
    if (one === undefined || one === null || seen.has(one)) continue
    seen.add(one)
    if (one === Error) continue // Node sets its stackTraceLimit
    if (one === Object.prototype || one === functions || one === Error.prototype || one instanceof Error) settle(one)
    else freeze(one)
  }
}
