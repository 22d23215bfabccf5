// A program of its own: writes to its standard output what V8 made of our inner halves (compiled.js).
// It runs an app of ours, so that what every app uses is among it. No app of anybody else's ever ran
// where this was made: it will run beside other apps.
import {pack} from "./compiled.js"
import {createPool} from "./pool.js"
import {client, server} from "./sample.js"

process.env.TZ = "UTC"

const facts = {
  gen: 1,
  offset: 0,
  settings: {workspace: {}},
  env: {},
  api_token: "",
  lenient: false,
  platform: "web-app",
  app: {id: "sample", title: "Sample", slug: "sample"},
}

// What the realms ask of the platform.
const answers = {
  query: () => ({data: {person: {name: {full_name: "Ada"}}}}),
  server: () => ({value: {ok: true}}),
  fetch: ({url}) => ({status: 200, statusText: "OK", url, headers: [["content-type", "application/json"]], body: "{}"}),
}

// What can wait is not of every start, and is not to be among it because the machine is slow today.
const pool = createPool(__dirname, {calm: 1 << 30})
pool.warm()

// One call after the other, and then what V8 has.
async function run(kind, calls) {
  const worker = pool.take(kind)
  const waiting = new Map()
  worker.on("error", (error) => {
    throw error
  })
  worker.on("message", ({id, method, result, error, params}) => {
    if (method === undefined) {
      const {yes, no} = waiting.get(id)
      if (error === undefined) yes(result)
      else no(new Error(error.message))
    } else if (id !== undefined) {
      worker.postMessage({id, answer: true, result: answers[method]?.(params) ?? {}})
    }
  })
  const ask = (method, params) =>
    new Promise((yes, no) => {
      waiting.set(waiting.size, {yes, no})
      worker.postMessage({id: waiting.size - 1, method, params: {...facts, ...params}})
    })
  for (const [method, params] of calls) await ask(method, params)
  return ask("compiled")
}

const act = {trigger: {kind: "record-action", id: "act", args: {recordId: "1", object: "people"}}}
const see = {mount: {kind: "record-widget", id: "see", props: {recordId: "1", object: "people"}}}
const nobody = {user: null, connections: {user: null, workspace: null}, settings: {workspace: {}}}
const made = Promise.all([
  run("client", [
    ["load", {client}],
    ["client.script", {node: 1, session: "1", start: act, steps: [], answers: {}, as: "admin"}],
    ["client.script", {node: 2, session: "2", start: see, steps: [], answers: {}, as: "admin"}],
  ]),
  run("server", [
    ["load", {server}],
    ["server.run", {node: 1, kind: "function", module: "call", args: [{a: [1, "b", null]}], context: nobody}],
  ]),
])
made.then(([client, server]) => process.stdout.write(pack({...client, ...server}), () => process.exit(0)))
