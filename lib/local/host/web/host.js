// The two functions that lead out of the context, for the parts of the inner side. They throw only
// errors of this realm and answer with primitives (sandbox.js).
export const host = {post: undefined, call: undefined}

export function connect({post, call}) {
  host.post = post
  host.call = call
}

// Taken before any code of the app runs, which may replace them.
export const {stringify, parse} = JSON

// What the app finds as a global: like a built-in one, so not enumerable.
export function define(name, value) {
  Object.defineProperty(globalThis, name, {value, writable: true, configurable: true, enumerable: false})
}

// A class as the web platform shows it: `[object Name]`. The bundler may have changed its name.
export function tag(Class, name) {
  Object.defineProperty(Class, "name", {value: name, configurable: true})
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {value: name, configurable: true})
}
