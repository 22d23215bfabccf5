#!/usr/bin/env node
// What the bundles of a dist folder register and dispatch, found by running them among stubs of the
// host. `node tests/probes/inspect.mjs DIST` prints it as JSON. A process of its own: app code may
// throw late, leave timers behind or change what it can reach.
//
// Values are told as the probes' expected.json tells them: functions as "[function]" or
// "[async function]", undefined as "[undefined]", keys sorted.
import {webcrypto} from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import {fileURLToPath} from "node:url"
import vm from "node:vm"

globalThis.crypto ??= webcrypto // Node 18 has it in its module only
const patience = 2000 // ms for one call into a bundle

export const entryPoints = [
  "stdin_default",
  "stdin_webhooks_default",
  "stdin_events_default",
  "stdin_workflow_block_handlers_default",
]

// Of the shared server bundle: the map of loaders and the dispatcher of each kind of module.
const kinds = {
  modules: ["modules", "stdin_default"],
  webhooks: ["webhookModules", "stdin_webhooks_default"],
  events: ["eventModules", "stdin_events_default"],
}

function typeOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1) // also right for another context's
}

export function tell(value, above = []) {
  if (value === undefined) return "[undefined]"
  if (typeof value === "function") {
    return typeOf(value) === "AsyncFunction" ? "[async function]" : "[function]"
  }
  if (typeof value === "bigint" || typeof value === "symbol") return String(value)
  if (value === null || typeof value !== "object") return value
  if (above.includes(value) || above.length > 6) return "[...]"
  const inside = [...above, value]
  if (Array.isArray(value)) return value.map((one) => tell(one, inside))
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, tell(value[key], inside)]),
  )
}

// Stands for whatever an app asks of the host: any property, call and construction gives another.
function anything(name) {
  const more = (suffix) => anything(name + suffix)
  return new Proxy(function () {}, {
    get(_, key) {
      if (key === Symbol.toPrimitive) return () => name
      if (typeof key === "symbol" || key === "then" || key === "__esModule") return undefined
      return more(`.${key}`)
    },
    has: () => true,
    apply: () => more("()"),
    construct: () => more("()"),
  })
}

// An object with some real members, and anything else on demand: by its prototype, because what
// esbuild puts around imports copies an object's own properties and keeps the prototype.
function partly(name, members) {
  return Object.assign(Object.create(anything(name)), members)
}

function settingsSdk() {
  const types = {}
  for (const type of ["string", "number", "boolean"]) types[type] = () => ({type})
  return partly("Settings", {
    ...types,
    Schema: types,
    defineWorkspaceSchema: (fields) => ({scope: "workspace", fields}),
    defineWorkspacePage: (schema, render) => ({$page: true, schema, render}),
  })
}

function workflowsSdk() {
  const handler = (name) => (block, run) => ({...block, [name]: run})
  const members = {
    defineWorkflowBlock: (block) => ({...block, schema: `<schema of ${block.id}>`}),
    defineConfigurator: (block, render) => () => render(block),
  }
  for (const name of ["Execute", "Finish", "Activate", "Trigger", "Deactivate"]) {
    members[`defineWorkflowBlock${name}`] = handler(name.toLowerCase())
  }
  return partly("Workflows", members)
}

function reactSdk() {
  const same = (component) => component
  return partly("React", {
    createElement: (type, props, ...children) => ({type, props, children}),
    createContext: (value) => ({value}),
    Component: class {},
    PureComponent: class {},
    memo: same,
    forwardRef: same,
    lazy: same,
  })
}

// What any web runtime has, and many packages ask for as soon as they are loaded.
const webGlobals = Object.fromEntries(
  [
    ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask"],
    ...["URL", "URLSearchParams", "TextEncoder", "TextDecoder", "AbortController", "AbortSignal"],
    ...["Headers", "Request", "Response", "FormData", "Blob", "Event", "EventTarget", "crypto"],
    ...["ReadableStream", "WritableStream", "TransformStream", "Uint8Array", "ArrayBuffer"],
    ...["atob", "btoa", "structuredClone", "performance"],
  ].map((name) => [name, globalThis[name]]),
)

// A context as the platform gives it to a bundle, and the record of what the bundle asks of it.
function makeHost(client) {
  const record = {settings: [], surfaces: [], calls: [], loaded: []}
  const sdk = {Settings: settingsSdk(), Workflows: workflowsSdk()}
  const same = (definition) => definition
  const names = {
    registerSettingsSchema: (schema) => record.settings.push(schema),
    ATTIO_ROOT_SDK: partly("attio", sdk),
    console: anything("console"),
    __attioLoaded: record.loaded, // modules of a traced app (probe.mjs) tell their names
    ...webGlobals,
  }
  if (client) {
    names.React = reactSdk()
    names.ATTIO_CLIENT_EXTENSION_SDK = partly("attio/client", {
      ...sdk,
      Extensions: partly("Extensions", {
        defineExtension: same,
        definePage: same,
        experimental_definePage: same,
      }),
    })
    names.registerSurfaces = (surfaces) => record.surfaces.push(surfaces)
    names.runServerFunction = async (id, args) => {
      record.calls.push({id, args: tell(args)})
      return anything(`result of ${id}`)
    }
  } else {
    names.ATTIO_SERVER_APP_SDK = partly("attio/server", {...sdk, ATTIO_API_TOKEN: "test"})
    names.process = {env: {}}
    names.fetch = async () => {
      throw new Error("there is no network here")
    }
  }
  return {context: vm.createContext(names), record}
}

class Bundle {
  constructor(file, client) {
    this.text = fs.readFileSync(file, "utf8")
    this.script = new vm.Script(this.text, {filename: path.basename(file)})
    this.client = client
  }

  // Runs the bundle in a new context, where no module has been loaded yet.
  start() {
    const {context, record} = makeHost(this.client)
    this.script.runInContext(context, {timeout: patience})
    const get = (name) =>
      vm.runInContext(`typeof ${name} === "undefined" ? undefined : ${name}`, context)
    return {record, get}
  }
}

function message(error) {
  return `${error?.name}: ${error?.message}`
}

async function inTime(promise) {
  let timer
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer in ${patience} ms`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

// Calls and tells the result or the error.
async function attempt(run) {
  try {
    return {result: tell(await inTime(run()))}
  } catch (error) {
    return {error: message(error), ...(error?.code && {code: error.code})}
  }
}

function judgeCall(seen, wanted, result) {
  if (result === "the result" && JSON.stringify(seen) === JSON.stringify(wanted)) return "ok"
  return `called with ${JSON.stringify(seen)}, gave ${JSON.stringify(result)}`
}

// Whether a dispatcher calls the default export that the loader of this id gives, with the
// arguments spread, and passes on its result.
async function checkDispatch(bundle, [mapName, dispatcher], id) {
  const {get} = bundle.start()
  const seen = []
  get(mapName).set(id, async () => ({
    default: async (...args) => {
      seen.push(args)
      return "the result"
    },
  }))
  const {result, error} = await attempt(() => get(dispatcher)(id, [1, "two"]))
  return error ?? judgeCall(seen, [[1, "two"]], result)
}

async function inspectModule(bundle, names, id) {
  const facts = {}
  try {
    const exports = await inTime(bundle.start().get(names[0]).get(id)())
    facts.exports = Object.keys(exports).sort()
    facts.default = tell(exports.default)
  } catch (error) {
    facts.loadError = message(error)
  }
  facts.dispatch = await checkDispatch(bundle, names, id)
  const {record, get} = bundle.start()
  facts.early = [...record.loaded] // before anything was asked for
  Object.assign(facts, {call: await attempt(() => get(names[1])(id, [{}, {}]))})
  facts.loaded = [...record.loaded]
  return facts
}

async function inspectMap(bundle, names) {
  const map = bundle.start().get(names[0])
  if (typeof map?.keys !== "function") return null
  const facts = {}
  for (const id of [...map.keys()].sort()) facts[id] = await inspectModule(bundle, names, id)
  return facts
}

// How each handler is to be called with the host's arguments [a, b, c].
const handlerArguments = {
  execute: [{config: "a", metadata: "b"}],
  activate: [{config: "a", metadata: "b"}],
  deactivate: [{config: "a", metadata: "b"}],
  deferCallback: ["a", {config: "b", metadata: "c"}],
  triggerCallback: ["a", {config: "b", metadata: "c"}],
}

async function checkHandler(bundle, id, name) {
  const {get} = bundle.start()
  const handler = get("workflowModules").get(id)[name]
  const seen = []
  const spy = (...args) => {
    seen.push(tell(args))
    return "the result"
  }
  const value = handlerArguments[name] ? spy : "the result"
  handler.module = async () => handler.path.reduceRight((inside, key) => ({[key]: inside}), value)
  const dispatch = get("stdin_workflow_block_handlers_default")
  const {result, error} = await attempt(() => dispatch(id, name, ["a", "b", "c"]))
  return error ?? judgeCall(seen, handlerArguments[name] ? [handlerArguments[name]] : [], result)
}

async function inspectHandler(bundle, id, name) {
  const handler = bundle.start().get("workflowModules").get(id)[name]
  const facts = {path: handler.path, fallbackPath: handler.fallbackPath ?? null}
  try {
    const exports = await inTime(handler.module())
    const at = (keys) => tell(keys.reduce((value, key) => value?.[key], exports))
    facts.value = at(handler.path)
    facts.fallbackValue = handler.fallbackPath ? at(handler.fallbackPath) : null
  } catch (error) {
    facts.loadError = message(error)
  }
  facts.dispatch = await checkHandler(bundle, id, name)
  const {record, get} = bundle.start()
  facts.early = [...record.loaded]
  const dispatch = get("stdin_workflow_block_handlers_default")
  facts.call = await attempt(() => dispatch(id, name, [{}, {}, {}]))
  facts.loaded = [...record.loaded]
  return facts
}

async function inspectHandlers(bundle) {
  const blocks = bundle.start().get("workflowModules")
  if (typeof blocks?.keys !== "function") return undefined
  const facts = {}
  for (const id of blocks.keys()) {
    facts[id] = {}
    for (const name of Object.keys(blocks.get(id))) {
      facts[id][name] = await inspectHandler(bundle, id, name)
    }
  }
  return facts
}

// What a bundle must refuse to answer: [question, the answer or the error].
async function inspectRefusals(bundle) {
  const {get} = bundle.start()
  const facts = {}
  for (const name of entryPoints) {
    facts[name] = await attempt(() => get(name)("no-such-id", ["execute", []]))
  }
  return facts
}

async function inspectServer(bundle, block) {
  const facts = {}
  const {get} = bundle.start()
  facts.entryPoints = Object.fromEntries(entryPoints.map((name) => [name, typeof get(name)]))
  for (const [kind, names] of Object.entries(kinds)) {
    if (!block || kind === "modules") facts[kind] = await inspectMap(bundle, names)
  }
  if (block) facts.handlers = await inspectHandlers(bundle)
  if (entryPoints.every((name) => facts.entryPoints[name] === "function")) {
    facts.refusals = await inspectRefusals(bundle)
  }
  return facts
}

// Presses every button: calls each surface's own functions that are meant to run on an event.
async function press(bundle) {
  const {record} = bundle.start()
  const facts = []
  for (const [surface, items] of Object.entries(record.surfaces[0] ?? {})) {
    for (const item of Array.isArray(items) ? items : []) {
      if (typeof item?.onTrigger !== "function") continue
      record.calls.length = 0
      const outcome = await attempt(async () => item.onTrigger(anything("arguments")))
      facts.push({surface, id: item.id, calls: [...record.calls], error: outcome.error})
    }
  }
  return facts
}

async function inspectClient(bundle, record) {
  const quoted = /runServerFunction\(\s*("(?:[^"\\]|\\.)*")/g
  const ids = [...bundle.text.matchAll(quoted)].map((match) => vm.runInNewContext(match[1]))
  return {
    surfaces: tell(record.surfaces),
    serverFunctionIds: [...new Set(ids)].sort(),
    pressed: await press(bundle),
  }
}

async function inspectBundle(file, name) {
  const client = name === "index.js"
  const facts = {}
  let bundle
  let record
  try {
    bundle = new Bundle(file, client)
    record = bundle.start().record
  } catch (error) {
    return {evaluates: false, error: message(error), settings: []}
  }
  facts.evaluates = true
  facts.settings = tell(record.settings)
  if (client) return {...facts, ...(await inspectClient(bundle, record))}
  return {...facts, ...(await inspectServer(bundle, name !== "server.js"))}
}

export async function inspect(dist) {
  const facts = {}
  const blocks = path.join(dist, "workflow")
  const names = fs.existsSync(blocks) ? fs.readdirSync(blocks).sort() : []
  for (const name of ["index.js", "server.js", ...names.map((one) => `workflow/${one}`)]) {
    const file = path.join(dist, name)
    if (name.endsWith(".js") && fs.existsSync(file)) facts[name] = await inspectBundle(file, name)
  }
  return facts
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on("unhandledRejection", () => {}) // the app's own, of no interest here
  const text = JSON.stringify(await inspect(process.argv[2] ?? "dist"), null, 2)
  process.stdout.write(`${text}\n`, () => process.exit(0)) // whatever timers the app has left
}
