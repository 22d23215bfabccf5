// Inside a Worker: one realm, and who caused what happens in it. Each kind of realm has a Worker of its
// own (client/worker.js, server/worker.js), so that none reads what is the other's.
import {AsyncLocalStorage} from "node:async_hooks"
import {readFileSync} from "node:fs"
import {join} from "node:path"
import {parentPort, workerData} from "node:worker_threads"
import {unpack} from "./compiled.js"
import {disarm} from "./disarm.js"
import {createFlood} from "./flood.js"
import {isTooDeep, tooDeep} from "./levels.js"
import {prepareSandbox} from "./sandbox.js"

// The store is "call:node", a text, never an object: on Node before 24 it hangs as a property on
// every promise, where app code can see it.
const cause = new AsyncLocalStorage()
const node = () => Number((cause.getStore() ?? "0:0").split(":")[1])

// For what can wait after a load: it is then done before the app asks for it, which may be where its
// stack is full.
const {compiled, calm} = workerData

const asked = new Map()
let seq = 0
let calls = 0
let begin // makes the realm of a load
let realm

const flood = createFlood({
  limit: 1000,
  room: 4 << 20,
  tell: (count) => post("log", {level: "warning", text: `${count} more lines in this second were left out`}),
})

const post = (method, params) => parentPort.postMessage({method, params, node: node()})

function send({method, params}) {
  if (!flood.lets(method, params)) return
  if (isTooDeep(params)) post("warning", {code: "too-deep", message: `${method}: ${tooDeep().message}`})
  else post(method, params)
}

function ask(method, params) {
  if (isTooDeep(params)) return Promise.reject(tooDeep())
  return new Promise((yes, no) => {
    const id = ++seq
    asked.set(id, {yes, no})
    parentPort.postMessage({id, method, params, node: node()})
  })
}

function answered({id, result, error}) {
  const one = asked.get(id)
  asked.delete(id)
  if (error !== undefined) one?.no(error)
  else one?.yes(result)
}

async function request({method, params}) {
  if (method === "load") {
    realm = begin(params)
    setTimeout(realm.ready, calm).unref()
    return realm.loaded
  }
  if (method === "clock") return realm.clock(params.offset)
  return realm.request(method, params)
}

async function serve(frame) {
  try {
    const result = (await request(frame)) ?? {}
    if (isTooDeep(result)) throw tooDeep()
    parentPort.postMessage({id: frame.id, result})
  } catch (error) {
    const {name, message, code, stack} = error
    parentPort.postMessage({id: frame.id, error: {name, message, code, stack}})
  }
}

const textOf = (name) => readFileSync(join(__dirname, `${name}.js`), "latin1") // esbuild writes ASCII

// `createRealm` makes the outer half of this kind of realm; `parts` are the scripts that its inner half may ask for.
export function work(kind, createRealm, parts = []) {
  // Everything that can be done before there is a bundle.
  const inner = textOf(`${kind}-inner`)
  disarm()
  const sandbox = prepareSandbox({
    kind,
    inner,
    part: (name) => textOf(`${kind}-${parts.find((one) => one === name)}`),
    compiled: unpack(compiled, [kind, ...parts]),
  })

  begin = (load) =>
    createRealm({
      load,
      send,
      ask,
      sandbox: sandbox.create,
      cause: () => cause.getStore() ?? "0:0",
      under: (who, run) => cause.run(who, run),
    })

  // What is rejected may be an app's: only the inner realm looks at it, and at no more of it than is told.
  const uncaught = (reason) => {
    if (!flood.drops()) realm?.uncaught?.(reason)
  }
  process.on("unhandledRejection", uncaught)
  process.on("uncaughtException", uncaught)

  parentPort.on("message", (frame) => {
    if (frame.ping) parentPort.postMessage({pong: true})
    else if (frame.answer) answered(frame)
    else if (frame.method === "compiled") parentPort.postMessage({id: frame.id, result: sandbox.compiled()})
    else cause.run(`${++calls}:${frame.params?.node ?? 0}`, serve, frame)
  })
}
