// Runs first in the empty realm. It takes the host's functions off the global object into closures, so that app code
// never sees an object of the host, and makes timers, console, Date and queueMicrotask out of them: everything that
// app code touches belongs to the realm itself.
import {inspect} from "./inspect.js"

const G = globalThis

function take(name) {
  const value = G[name]
  delete G[name]
  return value
}

export const send = take("__send") // (text): a message to the outer side
export const bind = take("__bind") // (receive, fire, ask, describe): the outer side's ways in
export const parseUrl = take("__url") // (text, base, part, value) -> JSON of the parts or ""
export const randomHex = take("__random") // (bytes) -> hexadecimal text
const startTimer = take("__start") // (id, ms)
const stopTimer = take("__stop") // (id)
export const now = take("__now") // () -> the platform's time in ms

// V8 gives these to every context; the platform's realm has none of them.
for (const name of ["SharedArrayBuffer", "Atomics", "WebAssembly"]) delete G[name]

export function define(name, value) {
  Object.defineProperty(G, name, {value, writable: true, configurable: true, enumerable: false})
}

let report = () => {}
export function onUncaught(f) {
  report = f
}
export function uncaught(error) {
  report(error)
}

// Timers. Browsers wait at least 4 ms from the fifth nested timer on and between two turns of an interval; so do we,
// else a timer that starts itself again would never let the realm come to rest.
const timers = new Map()
let lastTimer = 0
let depth = 0

export function startRaw(callback, ms, repeat, args, level) {
  const id = ++lastTimer
  timers.set(id, {callback, ms, repeat, args, level})
  startTimer(id, ms)
  return id
}

function starter(repeat) {
  return function (callback, ms, ...args) {
    if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function")
    let wait = Number(ms)
    if (!(wait > 0)) wait = 0
    if (wait < 4 && (repeat || depth >= 5)) wait = 4
    return startRaw(callback, wait, repeat, args, depth + 1)
  }
}

export function stopRaw(id) {
  if (timers.delete(id)) stopTimer(id)
}

export function fire(id) {
  const timer = timers.get(id)
  if (timer === undefined) return
  if (timer.repeat) startTimer(id, timer.ms)
  else timers.delete(id)
  depth = timer.level
  try {
    timer.callback(...timer.args)
  } catch (error) {
    report(error)
  } finally {
    depth = 0
  }
}

// The runtime (React's scheduler) gets timers without the rule of 4 ms; appGlobals() replaces them.
define("setTimeout", (callback, ms, ...args) => startRaw(callback, ms > 0 ? ms : 0, false, args, 0))
define("clearTimeout", stopRaw)

const resolved = Promise.resolve()
define("queueMicrotask", (callback) => {
  if (typeof callback !== "function") throw new TypeError("The callback of a microtask must be a function")
  resolved.then(() => {
    try {
      callback()
    } catch (error) {
      report(error)
    }
  })
})

const {setTimeout: appTimeout, setInterval: appInterval} = {
  setTimeout: starter(false),
  setInterval: starter(true),
}
Object.defineProperty(appTimeout, "name", {value: "setTimeout"})
Object.defineProperty(appInterval, "name", {value: "setInterval"})

// Called once the runtime itself has been evaluated.
export function appGlobals() {
  define("setTimeout", appTimeout)
  define("setInterval", appInterval)
  define("clearTimeout", function clearTimeout(id) {
    stopRaw(id)
  })
  define("clearInterval", function clearInterval(id) {
    stopRaw(id)
  })
}

// Dates follow the platform's clock.
const RealDate = Date
RealDate.now = function now_() {
  return now()
}
Object.defineProperty(RealDate.now, "name", {value: "now"})
const AppDate = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === AppDate ? target : newTarget),
})
RealDate.prototype.constructor = AppDate
define("Date", AppDate)

const emit = (level) =>
  function (...args) {
    send(JSON.stringify({event: "log", level, text: inspect(args)}))
  }
export const log = {info: emit("info"), warning: emit("warning"), error: emit("error"), debug: emit("debug")}
define("console", {log: emit("info"), info: log.info, warn: log.warning, error: log.error, debug: log.debug})

// React's own messages (missing keys, bad hooks) are findings about the app, not lines of its log. The bundler
// replaces the name `console` in the runtime by this one.
let reactMessage = () => {}
export function onReactMessage(f) {
  reactMessage = f
}
const tell = (...args) => reactMessage(inspect(args))
define("__attio_react_console", {log: tell, info: tell, warn: tell, error: tell, debug: tell})
export function hideReactConsole() {
  delete G.__attio_react_console
}
