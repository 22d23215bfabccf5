// The outer half of the client realm: passes texts between the Worker and the inner half (inner.js and the app's
// client bundle, in one context), keeps its timers on the platform's clock, and knows who caused what.
import {AsyncLocalStorage} from "node:async_hooks"
import {createRequire} from "node:module"
import {join} from "node:path"
import {platformCalls} from "../platform_calls.js"
import {runScript} from "./driver.js"
import {stepsOf} from "./said.js"
import {most, Screen} from "./screen.js"
import {outcomesOf} from "./print.js"
import {createTimers} from "./timers.js"

const immediate = () => new Promise((resolve) => setImmediate(resolve))
// Only read when a configurator wants it.
let contact
function contacts() {
  const file = join(__dirname, "contact.cjs")
  contact ??= createRequire(file)(file)
  return contact
}

// Milliseconds of the machine's time after which an app that always does something is not waited for any longer; with
// the time in which others worked for it, nine times that.
const restless = 10000

// The data plane and the server answer these; the others are what the user sees.
const requests = new Set(["server", "query", "settings.get", "settings.set", "rest"])
const wantsAnswer = new Set(["alert", "confirm"])

function errorOf(json) {
  const error = new Error(json.message)
  error.name = json.name ?? "Error"
  if (json.code !== undefined) error.code = json.code
  error.stack = json.stack ?? ""
  return error
}

// Who caused what, as the text that AsyncLocalStorage carries: never an object, because on Node before 24 it hangs as
// a property on every promise, where app code can see it.
const causeText = ({node, session}) => `${node}:${session}`
function causeFrom(text) {
  if (text === undefined) return undefined
  const at = text.indexOf(":")
  return {node: Number(text.slice(0, at)), session: text.slice(at + 1)}
}

class Realm {
  constructor({load, send, ask, sandbox}) {
    this.send = send
    this.askPlatform = ask
    this.load = load
    this.causes = new AsyncLocalStorage()
    this.commands = new Map() // id -> {resolve, reject}
    this.questions = new Map() // call -> cause, until the user has answered
    this.surfaces = new Map() // id -> cause
    this.configurators = new Set() // of sessions, by id
    this.screen = new Screen({
      look: (surface, room) => this.tree(surface, room),
      tell: (surface, method, params) => this.notify(method, params, this.surfaces.get(surface)),
      config: (surface) => (this.configurators.has(surface) ? this.ask("config", {surface}).config : undefined),
    })
    this.drivers = new Map() // session -> the run of a script
    this.busy = new Map() // session -> open calls
    this.waiters = new Set()
    this.inbox = [] // messages for the inner half, and whether this turn has had its one
    this.turnTaken = false
    this.lastId = 0
    this.timers = createTimers({
      offset: load.offset ?? 0,
      run: (id, cause) => this.causes.run(cause, () => this.inner.fire(id)),
    })
    const {client, server, blocks, maps, ...argument} = load
    argument.settings = load.settings?.workspace ?? {}
    argument.platform ??= "web-app"
    const calls = {
      ...platformCalls,
      now: () => this.timers.now(),
      start: (id, ms) => this.timers.start(id, ms, this.causes.getStore()),
      stop: (id) => this.timers.stop(id),
      part: (name) => (this.inner.take(name, context.part(name)), ""),
      phone: (text) => contacts().phone(text, ""),
      email: (text) => contacts().email(text),
    }
    const context = sandbox({
      post: (text) => this.heard(JSON.parse(text)),
      call: (name, a, b, c) => calls[name](a, b, c),
      argument: JSON.stringify(argument),
    })
    this.inner = context.inner
    this.error = this.causes.run(undefined, () => this.evaluate(context, client ?? ""))
    this.loaded = {...this.ask("loaded"), errors: this.error === null ? [] : [{realm: "client", error: this.error}]}
  }

  // Runs the app's bundle; answers the error that it threw, or null.
  evaluate(context, text) {
    let factory
    try {
      factory = context.compile(text, "dist/index.js")
    } catch (error) {
      return {name: String(error.name), message: String(error.message)} // V8's or the parser's, about the text
    }
    const thrown = this.inner.evaluate(factory)
    if (thrown !== "") return JSON.parse(thrown)
    return this.ask("loaded").registered
      ? null
      : {name: "Error", message: "the client bundle did not register its surfaces"}
  }

  // ---- into the realm

  // One message a turn: React plans what two roots have to do in one microtask, in behalf of the first of them, when
  // both were told something in the same turn.
  into(message, cause) {
    this.inbox.push([JSON.stringify(message), cause === undefined ? undefined : causeText(cause)])
    if (this.inbox.length === 1 && !this.turnTaken) this.deliver()
  }

  deliver() {
    const [text, cause] = this.inbox.shift()
    this.turnTaken = true
    setImmediate(() => {
      this.turnTaken = false
      if (this.inbox.length > 0) this.deliver()
    })
    this.causes.run(cause, () => this.inner.receive(text))
  }

  command(cmd, args, cause) {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.commands.set(id, {resolve, reject})
      this.into({cmd, id, args}, cause)
    })
  }

  // A command that answers at once.
  ask(cmd, args, cause) {
    const text = JSON.stringify({cmd, args})
    const answer = this.causes.run(cause === undefined ? undefined : causeText(cause), () => this.inner.ask(text))
    const {value, error} = JSON.parse(answer)
    if (error) throw errorOf(error)
    return value
  }

  // Looking at a tree may find slips: they belong to who opened the surface.
  tree(surface, room) {
    return this.ask("tree", {surface, room}, this.surfaces.get(surface))
  }

  // ---- out of the realm

  cause(message) {
    const store = causeFrom(this.causes.getStore())
    const own = message.surface === undefined ? undefined : this.surfaces.get(message.surface)
    if (own !== undefined && store?.session !== own.session) return own
    return store ?? own
  }

  // What an app names in its arguments does not stand for what we say of the call.
  frame(cause, params) {
    return {...params, node: cause?.node ?? 0, ...(cause?.session ? {session: cause.session} : {})}
  }

  notify(method, params, cause) {
    this.send({method, params: this.frame(cause, params)})
  }

  heard(message) {
    if (message.done !== undefined) {
      const command = this.commands.get(message.done)
      this.commands.delete(message.done)
      if (message.error) command?.reject(errorOf(message.error))
      else command?.resolve(message.value)
      this.wake()
      return
    }
    const cause = this.cause(message)
    if (message.call !== undefined) this.called(message, cause)
    else this.told(message, cause)
    this.wake()
  }

  driver(cause) {
    return cause?.session ? this.drivers.get(cause.session) : undefined
  }

  told({event, of, level, text, code, message, path, error, where}, cause) {
    const driver = this.driver(cause)
    if (event === "log") {
      this.notify("log", {level, text}, cause)
      driver?.logged(level, text)
    } else if (event === "warning") {
      this.notify("warning", {code, message, ...(path === undefined ? {} : {path})}, cause)
      driver?.found(code, path === undefined ? message : `${message} (${path})`)
    } else if (event === "error") {
      // What broke a surface belongs to who opened it, whenever React finds it out.
      const own = this.surfaces.get(where) ?? cause
      this.notify("error", {error, ...(where === undefined ? {} : {where})}, own)
      this.driver(own)?.failed(error, where)
    } else if (event === "dirty") {
      const own = this.surfaces.get(of) ?? cause
      if (own && !this.drivers.has(own.session)) {
        this.surfaces.set(of, own)
        this.screen.changed(of)
      }
    } else if (event === "closed") {
      const own = this.surfaces.get(of) ?? cause
      this.surfaces.delete(of)
      this.configurators.delete(of)
      this.screen.closed(of)
      const owner = this.driver(own)
      if (owner) owner.closed(of)
      else if (own && of.startsWith("d")) this.ui("dialog.close", {id: of}, own, 0, false)
    }
  }

  called({call, op, args}, cause) {
    const session = cause?.session ?? ""
    if (requests.has(op)) {
      this.outward({call, op, args}, session, cause)
      return
    }
    const driver = this.driver(cause)
    if (driver === undefined && !this.screen.lets(session)) {
      this.leaveOut(call, op, cause)
      return
    }
    if (op === "dialog.open") this.surfaces.set(args.id, cause ?? {node: 0, session: ""})
    const waits = wantsAnswer.has(op)
    this.ui(op, args, cause, call, waits && driver === undefined)
    const reply = (answer) => this.into({reply: call, ...answer}, cause)
    if (driver) driver.ui(op, args, reply)
    else if (waits) this.questions.set(call, cause)
    else reply({value: null})
  }

  ui(op, args, cause, call, waits) {
    this.notify("ui", {...args, session: cause?.session ?? "", call, op, wants_answer: waits}, cause)
  }

  // More than anybody could look at. What is only shown is not, quietly for the app; what somebody would have to
  // answer cannot be asked.
  leaveOut(call, op, cause) {
    const shown = op.startsWith("toast.") || op === "iframe.post" || op.endsWith(".close")
    const error = {name: "Error", message: `${op}: the app asked for more than ${most} things on the screen in a second`}
    this.into({reply: call, ...(shown ? {value: null} : {error})}, cause)
    if (this.screen.isFirstLeftOut(cause?.session ?? "")) {
      const message = `the app asked for more than ${most} things on the screen in a second; the rest of them were left out`
      this.notify("told", {code: "too-many-shown", message}, cause)
    }
  }

  // A request to the platform, and its answer.
  async outward({call, op, args}, session, cause) {
    const beside = this.busy.get(session) ?? 0
    this.busy.set(session, beside + 1)
    let answer
    try {
      const result = await this.askPlatform(op, this.frame(cause, beside === 0 ? args : {...args, beside: true}))
      const value = op === "server" ? result?.value : op === "query" ? result?.data : result
      // What a server function gives for which JSON has no text arrives as undefined.
      answer = {value: value === undefined && op !== "server" ? null : value}
    } catch (error) {
      const {name, message, code, stack, data} = error
      answer = {error: {name, message, code, stack, data}}
      this.drivers.get(session)?.refused(op, error)
    }
    const left = this.busy.get(session) - 1
    if (left > 0) this.busy.set(session, left)
    else this.busy.delete(session)
    this.into({reply: call, ...answer}, undefined)
    this.wake()
  }

  // ---- rest

  wake() {
    const waiting = [...this.waiters]
    this.waiters.clear()
    for (const resolve of waiting) resolve()
  }

  // Resolves when something has happened in the realm.
  changed() {
    return new Promise((resolve) => this.waiters.add(resolve))
  }

  open(session) {
    return (this.busy.get(session) ?? 0) + (session === "" ? 0 : (this.busy.get("") ?? 0))
  }

  // Resolves when no call is open, no timer is due and React is idle; with false when that does not come.
  async settled(session, patience = restless) {
    const begin = Date.now()
    let waited = 0
    for (let quiet = 0; quiet < 3;) {
      await immediate()
      const passed = Date.now() - begin
      if (passed > 9 * patience || passed - waited > patience) return false
      if (this.open(session) > 0) {
        quiet = 0
        await this.changed()
        waited += Date.now() - begin - passed
      } else if (this.timers.dueNow() > 0 || this.inbox.length > 0) quiet = 0
      else quiet++
    }
    return true
  }
}

const causeOf = ({node, session}) => ({node: node ?? 0, session: session ?? ""})

// One function a method of the protocol.
const methods = {
  "client.applies": (realm, {object}) => realm.command("applies", {object}),
  "client.trigger": async (realm, params) => {
    const {kind, id, args, bare, on} = params
    await realm.command("trigger", {kind, id, args, bare, on: on?.object}, causeOf(params))
    return {}
  },
  "client.mount": async (realm, params) => {
    const {kind, id, props, config, as, bare, surface} = params
    const cause = causeOf(params)
    if (kind === "workflow-block" && surface !== undefined) realm.configurators.add(surface)
    const mounted = await realm.command("mount", {kind, id, props, config, as, bare, surface}, cause)
    realm.surfaces.set(mounted.surface, cause)
    return mounted
  },
  "client.unmount": async (realm, params) => {
    await realm.command("unmount", {surface: params.surface}, params.node === undefined ? undefined : causeOf(params))
    return {}
  },
  "client.event": async (realm, params) => {
    const {surface, element, fn, args} = params
    const steps = stepsOf(realm.screen.nodes(surface), element, fn, args)
    return {value: await realm.command("event", {element, fn, args}, causeOf(params)), steps}
  },
  "client.callback": async (realm, params) => ({
    value: await realm.command("callback", {ref: params.ref, args: params.args}, causeOf(params)),
  }),
  "client.answer": (realm, {call, value, error}) => {
    if (!realm.questions.has(call)) throw new Error("nobody waits for this answer")
    const cause = realm.questions.get(call)
    realm.questions.delete(call)
    realm.into({reply: call, ...(error ? {error} : {value: value ?? null})}, cause)
    return {}
  },
  "client.settled": async (realm, {session}) => {
    await realm.settled(session ?? "")
    return {}
  },
  // With `again` it is also told anew, whole: somebody has missed what was told before.
  "client.tree": (realm, {surface, again}) => {
    if (again) realm.screen.again(surface)
    return {nodes: realm.screen.limited(surface)}
  },
  "client.config": async (realm, params) => {
    await realm.settled(params.session ?? realm.surfaces.get(params.surface)?.session ?? "")
    const {config} = await realm.command("config", {surface: params.surface})
    return {config, outcomes: outcomesOf(realm.tree(params.surface))}
  },
  "client.settings": async (realm, {values}) => {
    await realm.command("settings", {values})
    return {}
  },
  "client.script": (realm, params) => runScript(realm, params, causeOf(params)),
}

// The realm of one app generation. `send({method, params})` notifies the platform, `ask(method, params)` asks it.
export function createClientRealm(options) {
  const realm = new Realm(options)
  return {
    loaded: realm.loaded,
    async request(method, params) {
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (run === undefined) throw new Error(`the client realm knows no "${method}"`)
      if (realm.error !== null) throw errorOf(realm.error)
      return run(realm, params ?? {})
    },
    async clock(offset) {
      await realm.timers.move(offset)
      return {}
    },
    ready: () => realm.inner.ready(),
    uncaught: (reason) => realm.inner.uncaught(reason),
  }
}
