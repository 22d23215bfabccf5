// The client realm, seen from the Worker: a node:vm context with the runtime (inner/main.js, one bundled script) and
// the app's client bundle in it. Only texts and numbers cross into the context; the functions that it is given are
// taken off its global object by the runtime before app code is evaluated. See README.md of this folder.
import {AsyncLocalStorage} from "node:async_hooks"
import {randomBytes} from "node:crypto"
import fs from "node:fs"
import vm from "node:vm"
import {runScript} from "./driver.js"
import {createTimers} from "./timers.js"

const immediate = () => new Promise((resolve) => setImmediate(resolve))
const urlFields = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"]

// The parts of an address as JSON; "" when it is none. With `part` one of them is set first.
function urlParts(text, base, part, value) {
  if (typeof text !== "string" || typeof base !== "string") return ""
  try {
    const url = base === "" ? new URL(text) : new URL(text, base)
    if (urlFields.includes(part)) url[part] = String(value)
    return JSON.stringify(Object.fromEntries(urlFields.map((field) => [field, url[field]])))
  } catch {
    return ""
  }
}

const random = (count) => randomBytes(Math.min(Math.max(Number(count) || 1, 1), 65536)).toString("hex")

// The data plane and the server answer these; the others are what the user sees.
const platformCalls = new Set(["server", "query", "settings.get", "settings.set", "rest"])
const wantsAnswer = new Set(["alert", "confirm"])

function errorOf(json) {
  const error = new Error(json.message)
  error.name = json.name ?? "Error"
  if (json.code !== undefined) error.code = json.code
  error.stack = json.stack ?? `${error.name}: ${error.message}`
  return error
}

class Realm {
  constructor({send, load, mapStack, runtime}) {
    this.send = send
    this.load = load
    this.mapStack = mapStack ?? ((text) => text)
    this.causes = new AsyncLocalStorage() // {node, session}: whatever app code does carries it
    this.commands = new Map() // id -> {resolve, reject}
    this.calls = new Map() // request to the platform -> {call, session}
    this.questions = new Map() // call -> session, until the user has answered
    this.surfaces = new Map() // id -> {node, session}
    this.drivers = new Map() // session -> the run of a script
    this.busy = new Map() // session -> open calls
    this.waiters = new Set()
    this.lastId = 0
    this.closed = false
    this.timers = createTimers({
      offset: load.offset ?? 0,
      run: (id, cause) => this.causes.run(cause, () => this.fire(id)),
    })
    this.onRejection = (reason) => this.uncaught(reason)
    process.on("unhandledRejection", this.onRejection)
    this.start(runtime ?? fs.readFileSync(new URL("client-runtime.js", import.meta.url), "utf8"))
  }

  // ---- evaluation

  start(runtime) {
    const context = vm.createContext(Object.create(null), {
      name: "attio-client",
      codeGeneration: {strings: false, wasm: false},
    })
    context.__send = (text) => {
      if (typeof text === "string" && !this.closed) this.heard(JSON.parse(text))
    }
    context.__bind = (receive, fire, ask, describe) => {
      this.receive = receive
      this.fire = fire
      this.asked = ask
      this.describe = describe
    }
    context.__url = urlParts
    context.__random = random
    context.__start = (id, ms) => this.timers.start(Number(id), Number(ms), this.causes.getStore())
    context.__stop = (id) => this.timers.stop(Number(id))
    context.__now = () => this.timers.now()
    new vm.Script(runtime, {filename: "attio-client-runtime.js"}).runInContext(context)
    this.context = context
    this.loaded = {surfaces: {}, settings_schema: {workspace: {}}, error: null}
    const {settings, lenient, platform, app} = this.load
    this.ask("setup", {settings: settings?.workspace, lenient: lenient === true, platform: platform ?? "web-app", app})
    try {
      const text = this.load.client ?? ""
      this.causes.run(undefined, () => new vm.Script(text, {filename: "index.js"}).runInContext(context))
    } catch (error) {
      this.loaded.error = this.described(error)
      return
    }
    const {surfaces, settings_schema, registered} = this.ask("loaded")
    Object.assign(this.loaded, {surfaces, settings_schema})
    if (!registered) this.loaded.error = {name: "Error", message: "the client bundle did not register its surfaces"}
  }

  // What was thrown inside of the context, as JSON.
  described(thrown) {
    return this.mapped(JSON.parse(this.describe(thrown)))
  }

  mapped(error) {
    return error && error.stack ? {...error, stack: this.mapStack(error.stack)} : error
  }

  uncaught(reason) {
    if (this.closed) return
    let error
    try {
      error = this.described(reason)
    } catch {
      error = {name: "Error", message: "an error that cannot be read"}
    }
    this.notify("error", {error}, this.causes.getStore())
  }

  // ---- into the realm

  into(message, cause) {
    this.causes.run(cause, () => this.receive(JSON.stringify(message)))
  }

  command(cmd, args, cause) {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.commands.set(id, {resolve, reject})
      this.into({cmd, id, args}, cause)
    })
  }

  // A command that answers at once.
  ask(cmd, args) {
    const {value, error} = JSON.parse(this.causes.run(undefined, () => this.asked(JSON.stringify({cmd, args}))))
    if (error) throw errorOf(this.mapped(error))
    return value
  }

  tree(surface) {
    return this.ask("tree", {surface})
  }

  // ---- out of the realm

  cause(message) {
    const store = this.causes.getStore()
    const own = message.surface === undefined ? undefined : this.surfaces.get(message.surface)
    if (own !== undefined && store?.session !== own.session) return own
    return store ?? own
  }

  frame(cause, params) {
    const session = cause?.session ? {session: cause.session} : {}
    return {gen: this.load.gen, realm: "client", node: cause?.node ?? 0, ...session, ...params}
  }

  notify(method, params, cause) {
    this.send({method, params: this.frame(cause, params)})
  }

  heard(message) {
    if (message.done !== undefined) {
      const command = this.commands.get(message.done)
      this.commands.delete(message.done)
      if (message.error) command?.reject(errorOf(this.mapped(message.error)))
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
      this.notify("error", {error: this.mapped(error), where}, cause)
      driver?.failed(this.mapped(error), where)
    } else if (event === "dirty") {
      const own = this.surfaces.get(of) ?? cause
      if (own && !this.drivers.has(own.session)) {
        this.notify("tree", {surface: of, nodes: this.tree(of)}, own)
      }
    } else if (event === "closed") {
      const own = this.surfaces.get(of) ?? cause
      this.surfaces.delete(of)
      const owner = this.driver(own)
      if (owner) owner.closed(of)
      else if (own && of.startsWith("d")) this.ui("dialog.close", {id: of}, own, 0, false)
    }
  }

  called({call, op, args}, cause) {
    const session = cause?.session ?? ""
    if (platformCalls.has(op)) {
      const id = ++this.lastId
      this.calls.set(id, {call, session, op, args})
      this.busy.set(session, (this.busy.get(session) ?? 0) + 1)
      this.send({id, method: op, params: this.frame(cause, args)})
      return
    }
    if (op === "dialog.open") this.surfaces.set(args.id, cause ?? {node: 0, session: ""})
    const driver = this.driver(cause)
    const waits = wantsAnswer.has(op)
    this.ui(op, args, cause, call, waits && driver === undefined)
    const reply = (answer) => this.into({reply: call, ...answer}, cause)
    if (driver) driver.ui(op, args, reply)
    else if (waits) this.questions.set(call, {session, cause})
    else reply({value: null})
  }

  ui(op, args, cause, call, waits) {
    this.notify("ui", {session: cause?.session ?? "", call, op, ...args, wants_answer: waits}, cause)
  }

  // The platform's answer to a request of the realm.
  answer({id, result, error}) {
    const request = this.calls.get(id)
    if (request === undefined || this.closed) return
    this.calls.delete(id)
    const left = this.busy.get(request.session) - 1
    if (left > 0) this.busy.set(request.session, left)
    else this.busy.delete(request.session)
    const {op} = request
    if (error) this.drivers.get(request.session)?.refused(op, error)
    const value = op === "server" ? result?.value : op === "query" ? result?.data : result
    this.into({reply: request.call, ...(error ? {error} : {value: value === undefined ? null : value})}, undefined)
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

  // Resolves when no call is open, no timer is due and React is idle.
  async settled(session) {
    for (let quiet = 0; quiet < 3 && !this.closed; ) {
      await immediate()
      if (this.open(session) > 0) {
        quiet = 0
        await this.changed()
      } else if (this.timers.dueNow() > 0) quiet = 0
      else quiet++
    }
  }

  close() {
    this.closed = true
    this.timers.close()
    process.off("unhandledRejection", this.onRejection)
    const ended = errorOf({message: "this version of the app has been replaced"})
    for (const {reject} of this.commands.values()) reject(ended)
    this.commands.clear()
    this.wake()
  }
}

const outcomesOf = (nodes, found = []) => {
  for (const node of nodes) {
    if (typeof node === "string") continue
    if (node.type === "Outcome") found.push({id: node.props.id, label: node.props.label ?? null, schema: node.props.schema ?? null})
    outcomesOf(node.children ?? [], found)
  }
  return found
}

const causeOf = ({node, session}) => ({node: node ?? 0, session: session ?? ""})

// One function a method of the protocol.
const methods = {
  load: (realm) => realm.loaded,
  clock: async (realm, {offset}) => {
    await realm.timers.move(offset)
    return {}
  },
  "client.applies": (realm, {object}) => realm.command("applies", {object}),
  "client.trigger": async (realm, params) => {
    await realm.command("trigger", {kind: params.kind, id: params.id, args: params.args}, causeOf(params))
    return {}
  },
  "client.mount": async (realm, params) => {
    const {kind, id, props, config, as} = params
    const cause = causeOf(params)
    const mounted = await realm.command("mount", {kind, id, props, config, as}, cause)
    realm.surfaces.set(mounted.surface, cause)
    return mounted
  },
  "client.unmount": async (realm, {surface}) => {
    await realm.command("unmount", {surface})
    return {}
  },
  "client.event": async (realm, params) => {
    const {element, fn, args} = params
    return {value: await realm.command("event", {element, fn, args}, causeOf(params))}
  },
  "client.callback": async (realm, params) => ({
    value: await realm.command("callback", {ref: params.ref, args: params.args}, causeOf(params)),
  }),
  "client.answer": (realm, {call, value, error}) => {
    const question = realm.questions.get(call)
    if (question === undefined) throw new Error("nobody waits for this answer")
    realm.questions.delete(call)
    realm.into({reply: call, ...(error ? {error} : {value: value ?? null})}, question.cause)
    return {}
  },
  "client.settled": async (realm, {session}) => {
    await realm.settled(session ?? "")
    return {}
  },
  "client.tree": (realm, {surface}) => ({nodes: realm.tree(surface)}),
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

// The realm of one app generation. `send(frame)`: {id, method, params} for a request, whose answer comes back through
// answer({id, result | error}), {method, params} for a notification.
export function createClientRealm(options) {
  const realm = new Realm(options)
  return {
    loaded: realm.loaded,
    answer: (frame) => realm.answer(frame),
    close: () => realm.close(),
    async request(method, params) {
      if (realm.closed) throw new Error("this version of the app has been replaced")
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (run === undefined) throw new Error(`the client realm knows no "${method}"`)
      if (realm.loaded.error !== null && method !== "load" && method !== "clock") throw errorOf(realm.loaded.error)
      return run(realm, params ?? {})
    },
  }
}
