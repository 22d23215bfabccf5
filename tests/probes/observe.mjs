#!/usr/bin/env node
// All that a host can see of the bundles in a dist folder: what they say when they are loaded, and
// when everything in them that can be called is called. `node tests/probes/observe.mjs DIST` prints
// it as JSON, in the order in which it happened, so that two builds of an app can be compared word
// by word (differential.mjs). inspect.mjs is about right answers; this is about equal ones.
//
// The host is of values that accept anything: every property, call and construction gives another,
// with a name that tells how it was got. Functions that a bundle hands to the host, or that are
// found in what it hands over, are called as well, once, and what they return is looked through.
// Time and chance stand still.
import {webcrypto} from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import {fileURLToPath} from "node:url"
import vm from "node:vm"

const patience = 500 // ms for one call
const callLimit = 1500 // calls into one bundle
const eventLimit = 20000
const depthLimit = 14

// Twice: where all goes well, and where the network and the platform answer nothing of use.
const worlds = ["friendly", "useless"]

const handlers = ["schema", "execute", "deferCallback", "activate", "triggerCallback", "deactivate"]

// How the generated parts of a bundle refuse: in the official tool's words and in ours.
const refusals = [
  /^Module .* not found$|^(Webhook|Event) handler not found|^Default export not found in module /,
  /^\S+ does not export a function$|^"\w+" export in module .* is not a function$/,
  /^"\w+" export not found in module |^Workflow block module "\w+" not found$/,
  /^Block bundle for "|^Shared bundle was asked|^Block handlers run server-side\.$/,
  /^(this app|the bundle of block \S+) has no |^the bundle of block \S+( is asked for|:) /,
  /^(the default export of )?(server function|webhook|event handler) ".*" (has no default|is not a)/,
  /^block \S+ has a bundle of its own$|^a block's handlers run on the server$/,
]

export const entryPoints = [
  "stdin_default",
  "stdin_webhooks_default",
  "stdin_events_default",
  "stdin_workflow_block_handlers_default",
]

const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1)

// esbuild numbers names that clash, and which of two gets the number depends on the entry text; the
// functions that call the server, and a configurator that is missing, have other names in ours.
const plainName = (name) =>
  String(name)
    .replace(/\d+$|^Missing(?=Configurator$)/g, "")
    .replace(/_server_default$/, "_default")

class World {
  events = []
  names = new WeakMap() // of the host's values
  known = new WeakSet() // functions that have been called or wait for it
  servers = new Set() // ids of server functions, likewise
  waiting = []

  constructor(kind, client) {
    this.kind = kind
    this.context = vm.createContext(this.globals(client))
    vm.runInContext(
      `Math.random = () => 0.5; Date.now = () => 1700000000000
       Date = class extends Date { constructor(...a) { super(...(a.length ? a : [1700000000000])) } }`,
      this.context,
    )
    this.before = new Set(Object.getOwnPropertyNames(this.context))
  }

  say(...event) {
    if (this.events.length < eventLimit) this.events.push(event)
  }

  // A value of the host.
  value(name) {
    if (name.length > 160) name = `${name.slice(0, 80)}…${name.slice(-60)}`
    const world = this
    const call = (how, args) => {
      world.say(`${how}${name}`, world.tell(args, `${name}()`))
      return world.answer(name, args)
    }
    const proxy = new Proxy(function () {}, {
      get(target, key) {
        if (key === Symbol.toPrimitive) return () => name
        if (key === Symbol.iterator) {
          return function* () {
            for (let i = 0; i < 2; i++) yield world.value(`${name}[${i}]`)
          }
        }
        if (typeof key === "symbol" || key === "then" || key === "__esModule") return undefined
        if (key === "toJSON") return () => name
        if (key === "prototype") return target.prototype
        return world.value(`${name}.${key}`)
      },
      set(_, key, value) {
        world.say(`${name}.${String(key)} =`, world.tell(value, name))
        return true
      },
      has: () => true,
      apply: (_, self, args) => call("", args),
      construct: (_, args) => call("new ", args),
    })
    this.names.set(proxy, name)
    return proxy
  }

  // As an object whose prototype has the members: esbuild's interop makes an object of its own with
  // the same prototype.
  library(name) {
    const object = Object.create(this.value(name))
    this.names.set(object, name)
    return object
  }

  answer(name, args) {
    if (/\.(createElement|memo|forwardRef|lazy)$/.test(name) && this.kind === "friendly") {
      if (name.endsWith("createElement")) {
        const [type, props, ...children] = args
        return {$$typeof: "element", type, props: {...props, children}}
      }
      return args[0]
    }
    if (/\.define\w+$/.test(name)) return this.defined(name, args)
    if (this.kind === "useless" && !/^React|^ATTIO_\w+\.(Settings|Workflows|Forms)/.test(name)) {
      return undefined
    }
    return this.value(`${name}(${args.length ? "…" : ""})`)
  }

  // The SDK's own define functions give back what they are given, more or less.
  defined(name, args) {
    const [first, second] = args
    if (/defineWorkspaceSchema$/.test(name)) return {scope: "workspace", fields: first}
    if (/defineWorkspacePage$/.test(name)) return {schema: first, render: second}
    if (/defineConfigurator$/.test(name)) return () => second(first)
    if (/defineWorkflowBlock$/.test(name)) return {...first, schema: `<schema of ${first?.id}>`}
    const handler = /defineWorkflowBlock(\w+)$/.exec(name)?.[1]
    return handler ? {...first, [handler.toLowerCase()]: second} : first
  }

  globals(client) {
    const world = this
    const names = {
      ATTIO_ROOT_SDK: this.library("ATTIO_ROOT_SDK"),
      console: this.value("console"),
      registerSettingsSchema: (schema) => world.say("settings", world.tell(schema, "settings")),
    }
    const web = ["URL", "URLSearchParams", "TextEncoder", "TextDecoder", "AbortController", "Blob"]
    web.push("AbortSignal", "Headers", "Request", "Response", "FormData", "Event", "EventTarget")
    web.push("Uint8Array", "ArrayBuffer", "ReadableStream", "WritableStream", "TransformStream")
    web.push("atob", "btoa", "structuredClone", "queueMicrotask")
    for (const name of web) names[name] = globalThis[name]
    for (const name of ["setTimeout", "setInterval", "requestAnimationFrame"]) {
      names[name] = (run, ms, ...args) => {
        world.say(name, [ms])
        setImmediate(() => {
          try {
            if (typeof run === "function") run(...args)
          } catch (error) {
            world.say(`${name} throws`, world.tell(error, name))
          }
        })
        return 1
      }
    }
    for (const name of ["clearTimeout", "clearInterval"]) names[name] = () => world.say(name)
    names.crypto = {
      getRandomValues: (array) => array.fill(7),
      randomUUID: () => "00000000-0000-4000-8000-000000000000",
      subtle: webcrypto.subtle,
    }
    names.fetch = async (...args) => {
      const [request] = args
      const told = request instanceof Request ? [request.method, request.url] : args
      world.say("fetch", world.tell(told, "fetch"))
      if (world.kind === "friendly") return world.value("fetch(…)")
      return new Response('{"error": "none"}', {status: 404, headers: {"x-page": "2"}})
    }
    if (client) {
      names.React = this.library("React")
      names.ATTIO_CLIENT_EXTENSION_SDK = this.library("ATTIO_CLIENT_EXTENSION_SDK")
      names.registerSurfaces = (surfaces) => world.say("surfaces", world.tell(surfaces, "surfaces"))
      names.runServerFunction = async (id, args) => {
        world.say("runServerFunction", [id, world.tell(args, "args")])
        return world.kind === "friendly" ? world.value(`<${id}>`) : undefined
      }
      return names
    }
    names.ATTIO_SERVER_APP_SDK = this.library("ATTIO_SERVER_APP_SDK")
    const env = new Proxy({}, {
      get: (_, key) => (world.say(`process.env.${String(key)}`), `env ${String(key)}`),
    })
    names.process = {env}
    return names
  }

  // What a value is, as JSON. Functions inside are put on the list of those to call.
  tell(value, where, above = []) {
    if (value === undefined) return "[undefined]"
    if (typeof value === "bigint" || typeof value === "symbol") return `[${String(value)}]`
    if (typeof value === "number" && !Number.isFinite(value)) return `[${value}]`
    if (value === null || (typeof value !== "object" && typeof value !== "function")) return value
    if (this.names.has(value)) return `<${this.names.get(value)}>`
    if (typeof value === "function") return this.tellFunction(value, where)
    if (above.includes(value)) return "[above]"
    if (above.length > depthLimit) return "[deep]"
    const inside = [...above, value]
    const more = (one, key) => this.tell(one, `${where}.${key}`, inside)
    switch (kindOf(value)) {
      case "Array":
        return Array.from(value, more)
      case "Error": {
        const refusal = refusals.some((text) => text.test(value.message))
        const extra = Object.keys(value).filter((key) => !["name", "message"].includes(key))
        const more = extra.map((key) => [key, this.tell(value[key], where, inside)])
        return {"[error]": value.name, message: refusal ? "refused" : value.message, ...Object.fromEntries(more)}
      }
      case "Date":
      case "RegExp":
      case "URL":
        return `[${kindOf(value)} ${Number.isNaN(value.getTime?.()) ? "invalid" : String(value)}]`
      case "Map":
      case "Set":
      case "Headers":
      case "FormData":
      case "URLSearchParams":
        return {[`[${kindOf(value)}]`]: Array.from(value, more)}
      case "Promise":
        return "[promise]"
    }
    if (ArrayBuffer.isView(value)) return `[${kindOf(value)} ${[...new Uint8Array(value.buffer)]}]`
    return this.tellObject(value, where, inside)
  }

  tellObject(value, where, inside) {
    const told = {}
    const type = value.constructor?.name
    if (type && type !== "Object") told["[class]"] = plainName(type)
    for (const key of Object.keys(value)) {
      try {
        told[key] = this.tell(value[key], `${where}.${key}`, inside)
      } catch (error) {
        told[key] = `[throws ${error?.name}: ${error?.message}]`
      }
    }
    if (typeof value.type === "function" && value.props) this.renderLater(value, where)
    return told
  }

  tellFunction(value, where) {
    this.callLater(value, where)
    const text = Function.prototype.toString.call(value)
    const own = Object.keys(value).filter((key) => typeof value[key] !== "function")
    const kind = text.startsWith("class") ? "class" : kindOf(value)
    const told = `[${kind} ${plainName(value.name)}/${value.length}]`
    if (own.length === 0) return told
    return {[told]: Object.fromEntries(own.map((key) => [key, this.tell(value[key], where, [value])]))}
  }

  // A function that calls the server counts by its id: the official CLI makes one for each spelling
  // of an import.
  callLater(run, where) {
    const id = /runServerFunction\(\s*("(?:[^"\\]|\\.)*")/.exec(Function.prototype.toString.call(run))?.[1]
    if (this.known.has(run) || this.servers.has(id)) return
    this.known.add(run)
    if (id) this.servers.add(id)
    this.waiting.push({where, run: () => this.call(run, this.inputs(where))})
  }

  // A component is called with the properties of its first element.
  renderLater({type, props}, where) {
    if (this.names.has(type)) return
    this.waiting = this.waiting.filter((one) => one.component !== type)
    if (this.drawn?.has(type)) return
    this.drawn = (this.drawn ?? new Set()).add(type)
    this.known.add(type)
    this.waiting.push({where: `${where} drawn`, run: () => this.call(type, [props])})
  }

  inputs(where) {
    if (this.kind === "friendly") return [this.value("input"), this.value("more")]
    const ids = {recordId: "r1", recordIds: ["r1", "r2"], object: "people", id: "i1", text: "said"}
    return [{...ids, where: plainName(where)}, 0]
  }

  call(run, args) {
    const text = Function.prototype.toString.call(run)
    return text.startsWith("class") ? Reflect.construct(run, args) : run(...args)
  }

  async settle(where, run) {
    this.say(`call ${where}`)
    let timer
    const late = new Promise((done) => {
      timer = setTimeout(done, patience, "[no answer]")
    })
    try {
      const result = await Promise.race([run(), late])
      this.say("gives", await this.tellResult(result, where))
    } catch (error) {
      this.say("throws", this.tell(error, where))
    } finally {
      clearTimeout(timer)
    }
    await new Promise((done) => setImmediate(done))
    await new Promise((done) => setImmediate(done))
  }

  async tellResult(result, where) {
    if (!(result instanceof Response)) return this.tell(result, where)
    return [result.status, [...result.headers], await result.text()]
  }

  async callAll() {
    for (let i = 0; i < callLimit && this.waiting.length; i++) {
      const {where, run} = this.waiting.shift()
      await this.settle(where, run)
    }
  }

  // Names that the bundle has put into the global scope.
  added() {
    const names = Object.getOwnPropertyNames(this.context)
    return names.filter((name) => !this.before.has(name)).sort()
  }
}

const request = () =>
  new Request("https://example.com/hook?x=1", {
    method: "POST",
    headers: {"x-test": "yes", "content-type": "application/json"},
    body: '{"a": 1}',
  })

// The arguments of server functions and of block handlers, after the world.
function argumentsOf(world) {
  if (world.kind === "friendly") return [world.value("a"), world.value("b"), world.value("c")]
  return [{recordId: "r1", name: "x", url: "https://example.com"}, "two", [3]]
}

async function askServer(world, block) {
  const get = (name) =>
    vm.runInContext(`typeof ${name} === "undefined" ? undefined : ${name}`, world.context)
  const ask = (entry, ...args) => world.settle(`${entry} ${args[0]}`, () => get(entry)(...args))
  const keys = (name) => [...(get(name)?.keys?.() ?? [])].sort()
  const ids = {modules: keys("modules"), webhooks: keys("webhookModules"), events: keys("eventModules")}
  for (const id of ids.modules) await ask("stdin_default", id, argumentsOf(world))
  for (const id of ids.webhooks) await ask("stdin_webhooks_default", id, [request()])
  for (const id of ids.events) await ask("stdin_events_default", id, [{connection: {value: "secret"}}])
  const has = Object.keys((block && get("workflowModules")?.get(block)) ?? {})
  ids.handlers = handlers.filter((handler) => has.includes(handler))
  for (const handler of ids.handlers) {
    const last = /Callback$/.test(handler) ? [request()] : []
    const args = [...last, ...argumentsOf(world)]
    await ask("stdin_workflow_block_handlers_default", block, handler, args)
  }
  await world.callAll()
  world.say("refusals")
  for (const entry of entryPoints) {
    for (const id of ["no-such-id", block]) await world.settle(entry, () => get(entry)(id, "none", []))
  }
  return ids
}

async function observeBundle(file, kind, client, block) {
  const world = new World(kind, client)
  const facts = {}
  try {
    const script = new vm.Script(fs.readFileSync(file, "utf8"), {filename: path.basename(file)})
    script.runInContext(world.context, {timeout: 5000})
  } catch (error) {
    world.say("the bundle throws", world.tell(error, "bundle"))
  }
  await new Promise((done) => setImmediate(done))
  world.say("loaded")
  facts.globals = world.added()
  if (client) await world.callAll()
  else facts.ids = await askServer(world, block)
  facts.added = world.added().filter((name) => !facts.globals.includes(name))
  return {...facts, events: world.events}
}

export async function observe(dist) {
  const facts = {}
  const blocks = path.join(dist, "workflow")
  const names = fs.existsSync(blocks) ? fs.readdirSync(blocks).sort() : []
  for (const name of ["index.js", "server.js", ...names.map((one) => `workflow/${one}`)]) {
    const file = path.join(dist, name)
    if (!fs.existsSync(file)) continue
    const block = name.startsWith("workflow/") ? path.basename(name, ".js") : undefined
    for (const kind of worlds) {
      const seen = await observeBundle(file, kind, name === "index.js", block)
      facts[`${name} in a ${kind} world`] = seen
    }
  }
  return facts
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on("unhandledRejection", () => {}) // the app's own, of no interest here
  process.on("uncaughtException", () => {})
  const text = JSON.stringify(await observe(process.argv[2] ?? "dist"), null, 1)
  process.stdout.write(`${text}\n`, () => process.exit(0))
}
