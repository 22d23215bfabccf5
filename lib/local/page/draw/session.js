// A user at a screen: what the platform sends of one session, as signals, and what the user does, as requests.
// `api(method, path, body)` and `follow(path, onEvent, onState)` are the page's.
import {batch, signal} from "@preact/signals"
import {Tree} from "./tree.js"
import {address} from "./values.js"

const mostToasts = 50
const mostTold = 100
const stays = Infinity
const windowPause = 1000 // ms: what the app wants to open sooner is shown as a link
// What the app hides at once is still seen: here what takes Attio a second takes a blink.
const leastShown = 600 // ms

const duration = (value) => (value === "Infinity" ? stays : Number.isFinite(value) && value >= 0 ? value : 4000)

function toastOf(known, {id, title, text, variant, action, durationMs, dismissable, progress}) {
  const next = {...(known ?? {id, title: "", variant: "neutral", dismissable: true, durationMs: 4000, turn: 0, at: performance.now()})}
  for (const [key, value] of Object.entries({title, text, variant, dismissable, progress})) {
    if (value !== undefined) next[key] = value
  }
  delete next.over
  if (action === null) delete next.action
  else if (action !== undefined) next.action = action
  // A new duration begins anew.
  if (durationMs !== undefined || known === undefined) {
    next.durationMs = duration(durationMs)
    next.turn++
  }
  return next
}

const progressVariants = {running: "neutral", success: "success", error: "error"}

// A run over many records: the platform's own toast.
const progressToast = ({id, title, text, progress, state, processed, total}) => ({
  id,
  title: title ?? "",
  text: text ?? (state === "running" ? `${processed ?? 0} of ${total ?? 0}` : undefined),
  progress: state === "error" ? undefined : (progress ?? 0),
  variant: progressVariants[state] ?? "neutral",
  dismissable: state !== "running",
  durationMs: state === "running" ? "Infinity" : state === "error" ? 10_000 : 4000,
})

export class Session {
  surfaces = signal([]) // {surface, kind, id, props, tree, config: a signal of a configurator's values} in the order in which they were opened
  dialogs = signal([]) // {id, title}, the last one is on top
  frames = signal([]) // {id, call, width, height, url?, html?, sent: [messages]}
  questions = signal([]) // {call, op: "alert"|"confirm", ...}
  toasts = signal([])
  links = signal([]) // addresses that the app wanted to open
  told = signal([]) // {id, code, message, flow?, count}: limits, errors of the app's functions
  state = signal("open") // of the stream
  generation = signal(0)
  lastTold = 0
  lastWindow = -Infinity // when one was opened
  inputs = new Set() // sending: an event waits for what was typed before it

  constructor({id, api, follow, navigate, open, on}) {
    Object.assign(this, {id, api, on})
    this.navigate = navigate ?? (() => {})
    this.openWindow = open ?? (() => false)
    this.path = `/sessions/${id}`
    this.stop = follow?.(
      `${this.path}/events`,
      (message) => this.receive(message),
      (state) => {
        this.state.value = state
      },
    )
  }

  // ---- what the platform tells

  receive(message) {
    batch(() => handlers[message.type]?.(this, message))
    this.on?.(message)
  }

  find(surface) {
    return this.surfaces.peek().find((one) => one.surface === surface)
  }

  tree(surface) {
    return this.find(surface)?.tree
  }

  // The same thing once more is counted.
  say(code, message, flow) {
    const all = this.told.peek()
    const known = all.find((one) => one.code === code && one.message === short(message))
    this.told.value = known
      ? all.map((one) => (one === known ? {...known, flow: flow ?? known.flow, count: known.count + 1} : one))
      : [...all, {id: ++this.lastTold, code, message: short(message), flow, count: 1}].slice(-mostTold)
  }

  heard(told) {
    this.told.value = this.told.peek().filter((one) => one.id !== told.id)
  }

  // ---- what the user does

  ask(method, path, body) {
    return this.api(method, `${this.path}${path}`, body)
  }

  // The same, of what nobody else tells the failure of.
  async asks(method, path, body) {
    try {
      return await this.ask(method, path, body)
    } catch (error) {
      this.say(error.kind === "network" ? "network" : "error", error.message, error.flow)
      throw error
    }
  }

  // What is typed has arrived, also what waited for what was typed before it.
  async typed() {
    while (this.inputs.size > 0) await Promise.allSettled([...this.inputs])
  }

  // Calls a function in the props of an element; what was typed before arrives before it.
  async event(surface, element, fn, args = []) {
    await this.typed()
    return (await this.asks("POST", "/event", {surface, element, fn, args}))?.value
  }

  // The same of an input that is being typed into.
  input(surface, element, fn, args) {
    const sent = this.asks("POST", "/event", {surface, element, fn, args})
    this.inputs.add(sent)
    const done = () => this.inputs.delete(sent)
    sent.then(done, done)
    return sent
  }

  callback(ref, args = []) {
    return this.asks("POST", "/callback", {ref, args})
  }

  answer(call, value) {
    this.questions.value = this.questions.peek().filter((one) => one.call !== call)
    return this.asks("POST", "/answer", {call, value}).catch(() => {})
  }

  trigger(what) {
    return this.ask("POST", "/trigger", what)
  }

  mount(what) {
    return this.ask("POST", "/mount", what)
  }

  async close(surface) {
    this.gone(surface)
    await this.typed()
    return this.asks("DELETE", `/surfaces/${encodeURIComponent(surface)}`).catch(() => {})
  }

  closeFrame(frame) {
    this.frames.value = this.frames.peek().filter((one) => one.id !== frame.id)
    if (frame.on_close) this.callback(frame.on_close).catch(() => {})
  }

  gone(surface) {
    this.surfaces.value = this.surfaces.peek().filter((one) => one.surface !== surface)
    this.dialogs.value = this.dialogs.peek().filter((one) => one.id !== surface)
  }

  hideToast(id) {
    this.toasts.value = this.toasts.peek().filter((one) => one.id !== id)
  }

  // The app is done with a toast.
  endToast(id) {
    const toast = this.toasts.peek().find((one) => one.id === id)
    if (toast === undefined) return
    toast.over = true
    const left = leastShown - (performance.now() - toast.at)
    if (left <= 0) this.hideToast(id)
    else setTimeout(() => toast === this.toasts.peek().find((one) => one.id === id) && this.hideToast(id), left)
  }

  end() {
    this.stop?.()
    return this.api("DELETE", this.path).catch(() => {})
  }
}

// Texts of toasts, questions and titles, as long as anybody reads.
const longest = 5000
const short = (text) => (typeof text === "string" && text.length > longest ? `${text.slice(0, longest)}…` : text)
const readable = (args) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, name === "action" && value ? {...value, label: short(value.label)} : short(value)]))

function putToast(session, options, {always}) {
  const known = session.toasts.peek().find((one) => one.id === options.id)
  if (!always && (known === undefined || known.over)) return
  const toast = toastOf(known, options)
  const others = session.toasts.peek()
  session.toasts.value = (known ? others.map((one) => (one === known ? toast : one)) : [...others, toast]).slice(-mostToasts)
}

function changeFrame(session, id, change) {
  session.frames.value = session.frames.peek().map((one) => (one.id === id ? change(one) : one))
}

const ui = {
  "toast.show": (session, args) => putToast(session, readable(args), {always: true}),
  "toast.update": (session, args) => putToast(session, readable(args), {always: false}),
  "toast.upsert": (session, args) => putToast(session, readable(args), {always: true}),
  "toast.hide": (session, {id}) => session.endToast(id),
  progress: (session, args) => putToast(session, progressToast(readable(args)), {always: true}),
  alert: (session, args) => {
    session.questions.value = [...session.questions.peek(), readable(args)]
  },
  confirm: (session, args) => {
    session.questions.value = [...session.questions.peek(), readable(args)]
  },
  "dialog.open": (session, {id, title}) => {
    if (session.dialogs.peek().some((one) => one.id === id)) return
    session.dialogs.value = [...session.dialogs.peek(), {id, title: short(title)}]
  },
  "dialog.close": (session, {id}) => session.gone(id),
  "iframe.open": (session, args) => {
    session.frames.value = [...session.frames.peek(), {...args, sent: []}]
  },
  "iframe.post": (session, {id, message}) =>
    changeFrame(session, id, (frame) => ({...frame, sent: [...frame.sent, message]})),
  "iframe.close": (session, {id}) => {
    session.frames.value = session.frames.peek().filter((one) => one.id !== id)
  },
  "window.open": (session, {url}) => {
    const to = address(url)
    const now = performance.now()
    const soon = now - session.lastWindow < windowPause
    if (!soon) session.lastWindow = now
    if (to === undefined || soon || !session.openWindow(to)) session.links.value = [...session.links.peek(), url].slice(-5)
  },
  navigate: (session, {to}) => session.navigate(to),
}

const handlers = {
  tree(session, {surface, kind, id, props, nodes, config}) {
    const known = session.find(surface)
    if (known !== undefined) {
      known.tree.replace(nodes)
      known.config.value = config
      return
    }
    const tree = new Tree()
    tree.replace(nodes)
    session.surfaces.value = [...session.surfaces.peek(), {surface, kind, id, props, tree, config: signal(config)}]
  },
  patch(session, {surface, changes, config}) {
    const known = session.find(surface)
    known?.tree.patch(changes)
    if (known !== undefined && config !== undefined) known.config.value = config
  },
  gone: (session, {surface}) => session.gone(surface),
  // What the former build showed beside its surfaces is over.
  generation(session, {number}) {
    session.generation.value = number
    for (const shown of [session.toasts, session.questions, session.frames, session.dialogs]) shown.value = []
  },
  told: (session, {code, message, flow}) => session.say(code, message, flow),
  error: (session, {error, flow}) => session.say("error", error?.message ?? "the app failed", flow),
  ui: (session, {type, ...args}) => ui[args.op]?.(session, args),
}
