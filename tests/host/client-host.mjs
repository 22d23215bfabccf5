// A test's platform for the client realm: starts the host's child, answers its requests from a table, collects its
// notifications. Bundles are written by hand against the globals that a real one has, or built by `attio build`.
import assert from "node:assert/strict"
import readline from "node:readline"
import {startChild} from "./host.mjs"

// `answers`: {method: (params) => result}; what is not there is answered with an error.
export async function startHost(answers = {}) {
  const child = startChild()
  const waiting = new Map()
  const told = []
  const listeners = new Set()
  let lastId = 0
  let lastGen = 0
  let ready
  const isReady = new Promise((resolve) => {
    ready = resolve
  })
  const write = (frame) => child.stdin.write(`${JSON.stringify(frame)}\n`)

  async function asked({id, method, params}) {
    try {
      if (answers[method] === undefined) throw new Error(`the test's platform does not answer ${method}`)
      write({id, result: await answers[method](params)})
    } catch (error) {
      write({id, error: {name: error.name, message: error.message, code: error.code, data: error.data}})
    }
  }

  readline.createInterface({input: child.stdout}).on("line", (line) => {
    const frame = JSON.parse(line)
    if (frame.method === "ready") ready()
    else if (frame.method !== undefined && frame.id !== undefined) asked(frame)
    else if (frame.method !== undefined) {
      told.push(frame)
      for (const listener of listeners) listener(frame)
    } else {
      const {resolve, reject} = waiting.get(frame.id)
      waiting.delete(frame.id)
      if (frame.error) reject(Object.assign(new Error(frame.error.message), frame.error))
      else resolve(frame.result)
    }
  })
  await isReady

  const host = {
    answers,
    told,
    request(method, params) {
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, {resolve, reject})
        write({id, method, params})
      })
    },
    // Resolves with the first notification from now on (or already told) that `fits`.
    notified(fits) {
      const known = told.find(fits)
      if (known) return Promise.resolve(known)
      return new Promise((resolve) => {
        const listener = (frame) => {
          if (!fits(frame)) return
          listeners.delete(listener)
          resolve(frame)
        }
        listeners.add(listener)
      })
    },
    // Loads a bundle as a new generation; answers what load answered and the calls of that generation.
    async load(client, more = {}) {
      const gen = ++lastGen
      const loaded = await host.request("load", {
        gen,
        client,
        server: null,
        blocks: {},
        maps: {},
        env: {},
        api_token: "token",
        offset: 0,
        settings: {workspace: {}},
        lenient: false,
        platform: "web-app",
        app: {title: "Test App", slug: "test-app"},
        ...more,
      })
      return {
        ...loaded,
        gen,
        request: (method, params = {}) => host.request(method, {gen, ...params}),
        // The transcript of one headless run.
        script: (start, steps = [], rest = {}) =>
          host.request("client.script", {gen, node: gen, session: `s${++lastId}`, start, steps, answers: {}, as: "admin", ...rest}),
        drop: () => host.request("drop", {gen}),
      }
    },
    async close() {
      child.stdin.end()
      child.kill()
    },
  }
  return host
}

// A client bundle: `body` may use h, React, sdk, root and returns the map of surfaces.
export function bundle(body, schema = "{workspace: {}}") {
  return `(() => {
    const h = React.createElement
    const sdk = ATTIO_CLIENT_EXTENSION_SDK
    const root = ATTIO_ROOT_SDK
    const surfaces = (() => {${body}})()
    registerSettingsSchema(${schema})
    registerSurfaces({"record-action": [], "bulk-record-action": [], "record-widget": [], "object-action": [],
      "workflow-block": [], "workspace-settings": [], ...surfaces})
  })()`
}

// A bundle with one record action "go".
export const action = (body, before = "") =>
  bundle(`${before}; return {"record-action": [{id: "go", label: "Go", onTrigger: async (args) => {${body}}}]}`)

// A bundle with one dialog, opened by the action "go".
export const dialog = (component, before = "") =>
  action(`await sdk.showDialog({title: "Dialog", Dialog})`, `${before}; const Dialog = ${component}`)

export const go = {trigger: {kind: "record-action", id: "go", args: {recordId: "r1", object: "people"}}}

export const mount = (kind, id, props = {}) => ({mount: {kind, id, props}})

// The run has to have gone well.
export function good(transcript) {
  assert.equal(transcript.error, null)
  assert.equal(transcript.needs, null)
  assert.equal(transcript.ok, true)
  return transcript
}

export const logs = (transcript) => transcript.logs.map(({text}) => text)
export const found = (transcript) => transcript.findings.map(({message}) => message)
