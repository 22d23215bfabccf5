// A test's platform: starts the host's child as the platform does, answers its requests from a table,
// collects its notifications. The child runs on $ATTIO_NODE, the tests themselves on any Node.
import {execFileSync, spawn} from "node:child_process"
import path from "node:path"
import {after} from "node:test"
import {fileURLToPath} from "node:url"

export const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
export const folder = path.join(process.env.ATTIO_BUILD ?? path.join(top, "build"), "host")

export const node = process.env.ATTIO_NODE ?? process.execPath
const [major, minor] = execFileSync(node, ["-p", "process.versions.node"], {encoding: "utf8"}).split(".").map(Number)
export const nodeMajor = major

// As lib/sys/node.c has them.
export const wordsOf = (program, file) => [
  major > 22 || (major === 22 && minor >= 13) ? "--permission" : "--experimental-permission",
  "--allow-worker",
  `--allow-fs-read=${folder}/`,
  ...(major >= 24 ? ["--max-semi-space-size=1"] : []),
  "--no-warnings",
  ...(file === undefined ? [] : [`--allow-fs-read=${file}`]),
  path.join(folder, program),
  ...(file === undefined ? [] : [file]),
]

export const words = wordsOf("main.cjs")

export const env = {MALLOC_ARENA_MAX: "1"}

const children = new Set()
const end = () => {
  for (const child of children) child.kill("SIGKILL")
}
process.on("exit", end)
// A test that fails does not come to the end of its host, which would keep this process for ever. After the
// last test a file has this many milliseconds for hooks of its own.
after(() => setTimeout(end, 10_000).unref())

// `file` has compiled code.
export function startChild(file) {
  const child = spawn(node, wordsOf("main.cjs", file), {stdio: ["pipe", "pipe", "inherit"], env})
  children.add(child)
  child.on("exit", () => children.delete(child))
  return child
}

// `answers`: {method: (params) => result}; what is not there is answered with an error. `file` as above.
export async function startHost(answers = {}, file) {
  const child = startChild(file)
  const waiting = new Map()
  const notes = []
  let last = 0
  let rest = ""
  let ready
  const isReady = new Promise((done) => (ready = done))
  const exited = new Promise((done) => {
    child.on("exit", (code, signal) => {
      for (const {no} of waiting.values()) no(new Error(`the host ended: ${code ?? signal}`))
      done({code, signal})
    })
  })
  const write = (frame) => child.stdin.write(`${JSON.stringify(frame)}\n`)

  async function answer({id, method, params}) {
    try {
      if (host.answers[method] === undefined) throw new Error(`the test's platform does not answer ${method}`)
      write({id, result: (await host.answers[method](params)) ?? {}})
    } catch (error) {
      write({id, error: {name: error.name, message: error.message, code: error.code}})
    }
  }

  function take(frame) {
    if (frame.method === undefined) {
      const one = waiting.get(frame.id)
      waiting.delete(frame.id)
      if (frame.error === undefined) one.yes(frame.result)
      else one.no(Object.assign(new Error(frame.error.message), frame.error))
    } else if (frame.id !== undefined) {
      answer(frame)
    } else {
      notes.push(frame)
      if (frame.method === "ready") ready(frame.params)
    }
  }
  child.stdout.setEncoding("utf8")
  child.stdout.on("data", (text) => {
    const lines = (rest + text).split("\n")
    rest = lines.pop()
    for (const line of lines) take(JSON.parse(line))
  })

  let generation = 0
  let flow = 100
  const host = {
    answers,
    child,
    exited,
    notes,
    facts: await isReady,
    request(method, params = {}) {
      const id = ++last
      return new Promise((yes, no) => {
        waiting.set(id, {yes, no})
        write({id, method, params})
      })
    },
    // What was told since the last time, of one method.
    told(method) {
      const found = notes.filter((note) => note.method === method)
      for (const note of found) notes.splice(notes.indexOf(note), 1)
      return found.map(({params}) => params)
    },
    async load(params) {
      const gen = ++generation
      const loaded = await host.request("load", {
        gen,
        client: null,
        server: null,
        blocks: {},
        maps: {},
        env: {},
        api_token: "t".repeat(64),
        offset: 0,
        settings: {workspace: {}},
        ...params,
      })
      const run = (kind, more) => host.request("server.run", {gen, node: ++flow, kind, context: {}, ...more})
      return {
        gen,
        loaded,
        run,
        call: async (module, ...args) => (await run("function", {module, args})).value,
        drop: () => host.request("drop", {gen}),
      }
    },
    async stop() {
      child.stdin.end()
      return exited
    },
  }
  return host
}

// A server bundle whose modules are written as the text of functions, with the variables that real
// ones leave.
export function serverBundle({functions = {}, webhooks = {}, events = {}, before = ""}) {
  const table = (modules) => `{${Object.entries(modules).map(([id, text]) => `${JSON.stringify(id)}: ${text}`)}}`
  return `${before}
var modules = ${table(functions)}, hooks = ${table(webhooks)}, happenings = ${table(events)};
var stdin_default = async (id, args) => {
  if (!modules[id]) throw new Error("Module " + id + " not found");
  return await modules[id](...args);
};
var stdin_webhooks_default = async (id, args) => {
  if (!hooks[id]) throw new Error("Webhook handler not found: " + id);
  return await hooks[id](...args);
};
var stdin_events_default = async (id, args) => await happenings[id](...args);
`
}
