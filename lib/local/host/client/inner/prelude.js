// The first module of the inner side: timers, Date, queueMicrotask and console, made of the two functions that the
// outer side gives (../../sandbox.js). They are kept in closures: everything that app code touches belongs to the
// realm itself.
import {createConsole} from "../../web/console.js"
import {connect, define, host, stringify} from "../../web/host.js"

export {define}
export const attach = connect
export const send = (text) => host.post(text)
const startTimer = (id, ms) => host.call("start", id, ms)
const stopTimer = (id) => host.call("stop", id)
export const now = () => (host.call === undefined ? Date.UTC(2000) : host.call("now")) // the platform's time in ms
// What an e-mail address or a phone number consists of, as JSON; "" when it is none
export const contact = (kind, text) => host.call(kind, text, "")

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

const appConsole = createConsole((level, text) => send(stringify({event: "log", level, text})))

// Called once everything of the inner side has been evaluated.
export function appGlobals() {
  define("console", appConsole)
  define("setTimeout", appTimeout)
  define("setInterval", appInterval)
  define("clearTimeout", function clearTimeout(id) {
    stopRaw(id)
  })
  define("clearInterval", function clearInterval(id) {
    stopRaw(id)
  })
}
