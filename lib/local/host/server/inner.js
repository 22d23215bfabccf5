// The inner half of the server realm: what the app's server code finds around it, and the dispatch of
// calls to its bundles.
import {root} from "../client/inner/root.js"
import {typedTexts} from "../client/inner/typed.js"
import {Blob, File, FormData} from "../web/blob.js"
import {peekBody, setBody} from "../web/body.js"
import {atob, btoa, TextDecoder, TextEncoder} from "../web/bytes.js"
import {structuredClone} from "../web/clone.js"
import {createConsole, ready} from "../web/console.js"
import {createCrypto} from "../web/crypto.js"
import {describeError} from "../web/errors.js"
import {AbortController, AbortSignal, DOMException, Event, EventTarget, onListenerError} from "../web/events.js"
import {bodyFromFrame, bodyToFrame, createFetch} from "../web/fetch.js"
import {Headers} from "../web/headers.js"
import {connect, define, host, parse, stringify} from "../web/host.js"
import {Request} from "../web/request.js"
import {Response} from "../web/response.js"
import {createDate, createTimers} from "../web/time.js"
import {URL, URLSearchParams} from "../web/url.js"
import {answerOf, handlers, readTexts, reviveConfig, schemaOf} from "./blocks.js"
import {createProcess} from "./env.js"
import {revive} from "./errors.js"
import {toJson} from "./json.js"
import {createServerSdk} from "./sdk.js"

const remembered = 200 // calls that ended, whose context is kept for what they left behind

const send = (method, params) => host.post(stringify({method, params}))
const warn = (params) => send("warning", params)
const report = (error) => send("error", {error: describeError(error)})

// Requests to the outer half, which passes them on to the platform.
const waiting = new Map()
let sequence = 0
const ask = (method, params) =>
  new Promise((yes, no) => {
    const id = ++sequence
    waiting.set(id, {yes, no})
    host.post(stringify({id, method, params}))
  })

function settle({id, result, error}) {
  const one = waiting.get(id)
  waiting.delete(id)
  if (error !== undefined) one?.no(revive(error))
  else one?.yes(result)
}

// What the platform sent along with the calls that run, by their cause: several may run at a time.
const calls = new Map()
const ended = [] // their causes, the oldest first
const nobody = {context: {}, unseen: []}
const current = () => calls.get(host.call("cause")) ?? nobody

// What is asked while something else of its call is without an answer says so: what comes one after the
// other is told from what comes at once.
async function askBeside(method, params) {
  const call = current()
  const open = call.open ?? 0
  call.open = open + 1
  try {
    return await ask(method, open === 0 ? params : {...params, beside: true})
  } finally {
    call.open -= 1
  }
}

// What goes out says how many of those go out.
async function askOutside(method, params) {
  const call = current()
  const others = call.outside ?? 0
  call.outside = others + 1
  try {
    return await askBeside(method, others === 0 ? params : {...params, others})
  } finally {
    call.outside -= 1
  }
}

function unseen(note) {
  const record = {note, seen: false}
  const call = current()
  if (call !== nobody) call.unseen.push(record)
  return () => {
    record.seen = true
  }
}

const bundles = new Map() // block id, null: the shared bundle -> {dispatchers} or {error}
const errors = []
let settingsSchema = {workspace: {}}

function bundle(block) {
  const one = bundles.get(block)
  if (one === undefined) throw new Error(block === null ? "The app has no server bundle" : `The app has no workflow block ${stringify(block)}`)
  if (one.error !== undefined) throw one.error
  return one
}

function dispatcher(block, index, name) {
  const {dispatchers} = bundle(block)
  if (typeof dispatchers[index] !== "function") throw new Error(`The server bundle has no ${name}`)
  return dispatchers[index]
}

// The sender's content type stands, also where it sent none.
function requestOf(frame) {
  const {method, url} = frame
  const headers = new Headers(frame.headers)
  const request = new Request(url, {method, headers})
  const body = bodyFromFrame(frame)
  if (body !== null && method !== "GET" && method !== "HEAD") setBody(request, body)
  return request
}

function runFunction({module, args}) {
  return dispatcher(null, 0, "dispatcher of server functions")(module, args)
}

async function runWebhook({module, request}) {
  const value = await dispatcher(null, 1, "dispatcher of webhooks")(module, [requestOf(request)])
  if (!(value instanceof Response)) return stringify({not_response: true})
  const {status, statusText, headers} = value
  return stringify({response: {status, statusText, headers: [...headers], ...bodyToFrame(peekBody(value))}})
}

async function runEvent({module, args}) {
  await dispatcher(null, 2, "dispatcher of events")(module, args)
  return "{}"
}

const blockDispatcher = (block) => dispatcher(block, 3, "dispatcher of workflow blocks")

async function runBlock({block, handler, config, metadata, request}) {
  const dispatch = blockDispatcher(block)
  const [wire, takesRequest] = handlers[handler]
  const schema = await dispatch(block, "schema", [])
  // Its older name; hidden, since newer apps do not have it.
  const {finishCallbackUrl} = metadata
  if (finishCallbackUrl !== undefined) Object.defineProperty(metadata, "resumeCallbackUrl", {value: finishCallbackUrl})
  const args = [schema === undefined ? config : reviveConfig(schema, config), metadata]
  if (takesRequest) args.unshift(requestOf(request))
  const {text, problems, lossy} = answerOf(handler, await dispatch(block, wire, args))
  return `{"value":${text ?? "null"},"problems":${stringify(problems)},"lossy":${stringify(lossy)}}`
}

// What is no address and no number stays a text, which then does not fit the schema.
const typed = typedTexts((kind, text) => host.call(kind, text, ""), (text) => text)

async function runBlockSchema({block, config}) {
  const schema = await blockDispatcher(block)(block, "schema", [])
  if (schema === undefined) return stringify({schema: null, config})
  return stringify({schema: schemaOf(schema), config: readTexts(schema, config, typed)})
}

async function runValue(params) {
  const {text, lossy} = toJson(await runFunction(params), "result")
  return text === undefined ? stringify({lossy}) : `{"value":${text},"lossy":${stringify(lossy)}}`
}

const kinds = {
  function: runValue,
  webhook: runWebhook,
  event: runEvent,
  block: runBlock,
  "block-schema": runBlockSchema,
}

async function serve(params) {
  const key = host.call("cause")
  const call = {context: params.context ?? {}, unseen: []}
  calls.set(key, call)
  try {
    return await kinds[params.kind](params)
  } finally {
    for (const {note, seen} of call.unseen) if (!seen) send("answer-unseen", note)
    call.unseen = []
    ended.push(key)
    if (ended.length > remembered) calls.delete(ended.shift())
  }
}

const methods = {
  load: async () => stringify({settings_schema: settingsSchema, errors}),
  "server.run": serve,
}

async function answer({request, method, params}) {
  try {
    host.post(`{"answer":${request},"result":${await methods[method](params)}}`)
  } catch (error) {
    // Also what came of the call and cannot be handed out: no call stays without an answer.
    host.post(stringify({answer: request, error: describeError(error)}))
  }
}

// Names that the platform is not known to have, for those who want to try.
function lenientGlobals() {
  const begin = Date.now()
  return {DOMException, Event, EventTarget, performance: {now: () => Date.now() - begin, timeOrigin: begin}}
}

function setGlobals(facts) {
  const timers = createTimers({report})
  const crypto = createCrypto({
    work: (operation, args) => ask("crypto", {operation, args}),
    forget: (handle) => send("crypto.forget", {handle}),
  })
  const globals = {
    console: createConsole((level, text) => send("log", {level, text})),
    ...timers.globals,
    fetch: createFetch({ask: askOutside, unseen}),
    Date: createDate(),
    process: createProcess(facts.env, warn),
    ATTIO_ROOT_SDK: root,
    ATTIO_SERVER_APP_SDK: createServerSdk({ask: askBeside, askOutside, warn, context: () => current().context, token: facts.api_token}),
    registerSettingsSchema(schema) {
      settingsSchema = schema
    },
    AbortController, AbortSignal, Blob, File, FormData, Headers, Request, Response, TextDecoder, TextEncoder, URL,
    URLSearchParams, atob, btoa, crypto, structuredClone,
  }
  if (facts.lenient) Object.assign(globals, lenientGlobals())
  for (const [name, value] of Object.entries(globals)) define(name, value)
  return timers
}

export function boot(functions, argument) {
  connect(functions)
  onListenerError(report)
  const timers = setGlobals(parse(argument))
  return {
    receive(text) {
      const frame = parse(text)
      if (frame.request !== undefined) answer(frame)
      else settle(frame)
    },
    fire: timers.fire,
    ready,
    evaluate(block, factory) {
      try {
        bundles.set(block, {dispatchers: factory()})
      } catch (error) {
        bundles.set(block, {error})
        errors.push({realm: "server", block: block ?? undefined, error: describeError(error)})
      }
    },
    // V8 or the parser refused the text of a bundle.
    broken(block, name, message, stack) {
      const error = {name, message, stack}
      bundles.set(block, {error})
      errors.push({realm: "server", block: block ?? undefined, error})
    },
    uncaught: report,
  }
}
