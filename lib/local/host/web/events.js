// DOMException, events, and signals that abort.
import {tag} from "./host.js"

const codes = {
  IndexSizeError: 1, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12,
  InvalidAccessError: 15, NetworkError: 19, AbortError: 20, QuotaExceededError: 22, TimeoutError: 23,
  InvalidCharacterError: 5, DataCloneError: 25,
}

export class DOMException extends Error {
  #name
  constructor(message = "", name = "Error") {
    super(message)
    this.#name = String(typeof name === "object" && name !== null ? (name.name ?? "Error") : name)
  }
  get name() {
    return this.#name
  }
  get code() {
    return codes[this.#name] ?? 0
  }
}
tag(DOMException, "DOMException")

export class Event {
  #type
  #stopped = false
  #prevented = false
  #cancelable
  target = null
  currentTarget = null
  constructor(type, {cancelable = false} = {}) {
    this.#type = String(type)
    this.#cancelable = Boolean(cancelable)
  }
  get type() {
    return this.#type
  }
  get cancelable() {
    return this.#cancelable
  }
  get defaultPrevented() {
    return this.#prevented
  }
  preventDefault() {
    if (this.#cancelable) this.#prevented = true
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this.#stopped = true
  }
  static stopped(event) {
    return event.#stopped
  }
}
const {stopped} = Event
delete Event.stopped
tag(Event, "Event")

let report = () => {}
// Where errors of listeners go, which nobody can catch.
export const onListenerError = (take) => {
  report = take
}

export class EventTarget {
  #listeners = []
  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return
    const {once = false, signal} = typeof options === "object" && options !== null ? options : {}
    if (signal?.aborted) return
    if (this.#listeners.some((one) => one.type === String(type) && one.listener === listener)) return
    this.#listeners.push({type: String(type), listener, once})
    signal?.addEventListener("abort", () => this.removeEventListener(type, listener), {once: true})
  }
  removeEventListener(type, listener) {
    this.#listeners = this.#listeners.filter((one) => one.type !== String(type) || one.listener !== listener)
  }
  dispatchEvent(event) {
    event.target = this
    event.currentTarget = this
    for (const one of this.#listeners.filter(({type}) => type === event.type)) {
      if (one.once) this.removeEventListener(one.type, one.listener)
      try {
        if (typeof one.listener === "function") one.listener.call(this, event)
        else one.listener.handleEvent(event)
      } catch (error) {
        report(error)
      }
      if (stopped(event)) break
    }
    event.currentTarget = null
    return !event.defaultPrevented
  }
}
tag(EventTarget, "EventTarget")

const key = Symbol("made here")
const abortError = () => new DOMException("This operation was aborted", "AbortError")

export class AbortSignal extends EventTarget {
  #aborted = false
  #reason
  #after = []
  onabort = null
  constructor(given) {
    if (given !== key) throw new TypeError("Illegal constructor")
    super()
  }
  get aborted() {
    return this.#aborted
  }
  get reason() {
    return this.#reason
  }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason
  }
  static abort(reason = abortError()) {
    const signal = new AbortSignal(key)
    trigger(signal, reason)
    return signal
  }
  static timeout(ms) {
    const signal = new AbortSignal(key)
    setTimeout(() => trigger(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError")), ms)
    return signal
  }
  static any(signals) {
    const all = [...signals]
    const signal = new AbortSignal(key)
    const first = all.find((one) => one.aborted)
    if (first !== undefined) trigger(signal, first.reason)
    else for (const one of all) follow(one, () => trigger(signal, one.reason))
    return signal
  }
  // Ours: runs before the listeners of the app.
  static follow(signal, take) {
    signal.#after.push(take)
  }
  static trigger(signal, reason) {
    if (signal.#aborted) return
    signal.#aborted = true
    signal.#reason = reason
    for (const take of signal.#after.splice(0)) take()
    const event = new Event("abort")
    try {
      if (typeof signal.onabort === "function") signal.onabort(event)
    } catch (error) {
      report(error)
    }
    signal.dispatchEvent(event)
  }
}
const {trigger} = AbortSignal
export const {follow} = AbortSignal
AbortSignal.follow = undefined
AbortSignal.trigger = undefined
delete AbortSignal.follow
delete AbortSignal.trigger
tag(AbortSignal, "AbortSignal")

export class AbortController {
  #signal = new AbortSignal(key)
  get signal() {
    return this.#signal
  }
  abort(reason = abortError()) {
    trigger(this.#signal, reason)
  }
}
tag(AbortController, "AbortController")
