// Date and timers on the platform's clock.
import {host} from "./host.js"

export function createDate() {
  const Real = Date
  const now = () => host.call("now")
  function AppDate(...args) {
    if (new.target === undefined) return new Real(now()).toString()
    return Reflect.construct(Real, args.length === 0 ? [now()] : args, new.target)
  }
  Object.defineProperties(AppDate, {
    ...Object.getOwnPropertyDescriptors(Real),
    now: {value: function now_() { return now() }, writable: true, configurable: true},
  })
  Object.defineProperty(AppDate.now, "name", {value: "now"})
  Real.prototype.constructor = AppDate
  return AppDate
}

// `report(error)` takes what a callback throws.
export function createTimers({report}) {
  const timers = new Map()
  let last = 0

  function start(callback, ms, args, repeat) {
    if (typeof callback !== "function") {
      throw new TypeError("The callback of a timer must be a function")
    }
    const id = ++last
    const wait = Number(ms)
    timers.set(id, {callback, args, wait: Number.isNaN(wait) ? 0 : wait, repeat})
    host.call("start", id, timers.get(id).wait)
    return id
  }
  function stop(id) {
    if (timers.delete(Number(id))) host.call("stop", Number(id))
  }

  return {
    globals: {
      setTimeout: (callback, ms, ...args) => start(callback, ms, args, false),
      setInterval: (callback, ms, ...args) => start(callback, ms, args, true),
      clearTimeout: (id) => stop(id),
      clearInterval: (id) => stop(id),
      queueMicrotask(callback) {
        if (typeof callback !== "function") throw new TypeError("The callback of a microtask must be a function")
        Promise.resolve().then(callback).catch(report)
      },
    },
    fire(id) {
      const timer = timers.get(id)
      if (timer === undefined) return
      if (timer.repeat) host.call("start", id, timer.wait)
      else timers.delete(id)
      try {
        const {callback, args} = timer
        callback(...args)
      } catch (error) {
        report(error)
      }
    },
  }
}
