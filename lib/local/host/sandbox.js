// The context that app code runs in, for both realms. Everything app code can reach is made inside
// of it; what crosses its border are strings and numbers, and bytes that the inner side owns.
//
// Two kinds of code: "outer" is ours, with Node around it; "inner" is ours and the app's, with
// nothing but JavaScript and what the inner side builds from the two functions it is given.
//   - Outer code never hands out an object, and never looks into an inner one.
//   - An error of the outer side never gets in: the guard below swallows it and throws one of the
//     inner side. That includes the RangeError of a stack that is full just then.
//   - Nothing inner ever sees an outer function: the two are only called directly, never passed on,
//     never put where app code could have replaced a method that handles them.
import {compileFunction, constants, createContext, Script} from "node:vm"
import {checkScript} from "./script.js"

// Runs before everything else in a context. Locks what would let stack frames be looked at, which
// show functions of the outer side: Node asks `globalThis.Error.prepareStackTrace`.
const lock = `"use strict";
const G = globalThis
const define = Object.defineProperty
for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics", "console"]) delete G[name]
const E = G.Error
const TE = G.TypeError
define(E, "prepareStackTrace", {get() {}, set() {}, enumerable: false, configurable: false})
define(G, "Error", {get() { return E }, set() {}, enumerable: false, configurable: false})
// No text becomes code; but old packages (lodash) ask in this way for the global object.
const F = G.Function
const longest = 64 * 1024 * 1024 // characters of a message: more would fill memory that nothing limits
const special = (args) => args.length === 1 && /^\\s*return this;?\\s*$/.test(args[0])
const ask = {
  apply: (target, self, args) => special(args) ? () => G : Reflect.apply(target, self, args),
  construct: (target, args, made) => special(args) ? () => G : Reflect.construct(target, args, made),
}
const Asked = new Proxy(F, ask)
define(G, "Function", {value: Asked, writable: true, configurable: true, enumerable: false})
define(F.prototype, "constructor", {value: Asked, writable: true, configurable: true, enumerable: false})
define(G, "$attio", {value: async () => { throw new TE("import() is not available: everything an app needs is in its bundle") }})
return {
  post(text) {
    if (text.length > longest) throw new E("This is " + text.length + " characters long, which is more than can cross: at most " + longest)
    let failed = false
    try { outerPost(text) } catch { failed = true }
    if (failed) throw new E("The host could not take a message")
  },
  call(name, a, b, c) {
    let result
    let failed = false
    try { result = outerCall(name, a, b, c) } catch { failed = true }
    if (failed || (typeof result === "object" && result !== null) || typeof result === "function")
      throw new E("The host could not answer " + name)
    return result
  },
}`

// Node from 22.8 on makes contexts without the slow detour over an object of the outer side.
const plain = constants?.DONT_CONTEXTIFY ?? (() => Object.create(null))

// The context with the inner side's own script in it, which needs no bundle yet. `create` makes the
// sandbox of it, once; `compiled()` is what V8 made of its scripts until now, for the next time, by name.
//
// `inner` is the text of a script that leaves `inner.boot(functions, argument)`; what boot returns is
// the inner side's own object of functions, which outer code may call with strings and numbers.
// `part(name)` is the text of another script of the inner side's, run when it asks for it.
// `compiled` is what an earlier `compiled()` gave; V8 does without what does not fit.
// `post(text)` and `call(name, a, b, c)` are the outer side's; call answers with a primitive or throws.
export function prepareSandbox({kind, inner, part, compiled}) {
  const context = createContext(typeof plain === "function" ? plain() : plain, {
    name: `attio-${kind}`,
    codeGeneration: {strings: false, wasm: false},
  })
  const compile = (text, words, filename) =>
    compileFunction(text, words, {parsingContext: context, filename})
  const guard = compile(lock, ["outerPost", "outerCall"], "attio-lock.js")
  const scripts = new Map()
  const run = (name, text, filename) => {
    const script = new Script(text, {filename, cachedData: compiled[name]})
    scripts.set(name, script)
    return script.runInContext(context)
  }
  const own = run(kind, `(function () {"use strict";${inner}\n;return inner})`, "attio-runtime.js")()
  const boot = compile(
    '"use strict"; return own.boot(guard(outerPost, outerCall), argument)',
    ["own", "guard", "outerPost", "outerCall", "argument"],
    "attio-lock.js",
  )

  const create = ({post, call, argument}) => ({
    inner: boot(own, guard, post, call, argument),
    // The app's text as the body of a function, so that its top-level names are not globals. What it
    // returns is an inner function: only to be passed on to the inner side.
    compile: (text, filename, tail = "") => compile(`${checkScript(text, filename)}\n${tail}`, [], filename),
    // An inner function, too.
    part: (name) => {
      const text = `(function (require, module, console, performance) {"use strict";${part(name)}\n})`
      return run(name, text, `attio-${name}.js`)
    },
  })
  return {
    create,
    compiled: () => Object.fromEntries([...scripts].map(([name, script]) => [name, script.createCachedData()])),
  }
}
