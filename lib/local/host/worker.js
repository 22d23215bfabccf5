// Inside a Worker: one realm, and who caused what happens in it.
import {AsyncLocalStorage} from "node:async_hooks"
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import {parentPort, workerData} from "node:worker_threads"
import {disarm} from "./disarm.js"
import {createFlood} from "./flood.js"
import {isTooDeep, tooDeep} from "./levels.js"
import {prepareSandbox} from "./sandbox.js"

const {kind} = workerData

// The store is "call:node", a text, never an object: on Node before 24 it hangs as a property on
// every promise, where app code can see it.
const cause = new AsyncLocalStorage()
const node = () => Number((cause.getStore() ?? "0:0").split(":")[1])

const asked = new Map()
let seq = 0
let calls = 0
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

function createPart(file) {
  if (!fs.existsSync(file)) throw new Error(`the ${kind} realm is not part of this build`)
  const {createClientRealm, createServerRealm} = createRequire(file)(file)
  return createClientRealm ?? createServerRealm
}

// Everything that can be done before there is a bundle.
const createRealm = createPart(path.join(__dirname, `${kind}-realm.cjs`))
const inner = fs.readFileSync(path.join(__dirname, `${kind}-inner.js`), "utf8")
disarm()
const sandbox = prepareSandbox({name: `attio-${kind}`, inner, file: "attio-runtime.js"})

const create = (load) =>
  createRealm({
    load,
    send,
    ask,
    sandbox,
    cause: () => cause.getStore() ?? "0:0",
    under: (who, run) => cause.run(who, run),
  })

async function request({method, params}) {
  if (method === "load") {
    realm = create(params)
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

// What is rejected may be an app's: only the inner realm looks at it, and at no more of it than is told.
const uncaught = (reason) => {
  if (!flood.drops()) realm?.uncaught?.(reason)
}
process.on("unhandledRejection", uncaught)
process.on("uncaughtException", uncaught)

parentPort.on("message", (frame) => {
  if (frame.ping) parentPort.postMessage({pong: true})
  else if (frame.answer) answered(frame)
  else cause.run(`${++calls}:${frame.params?.node ?? 0}`, serve, frame)
})
