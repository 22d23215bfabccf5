// A local platform for one test, and all that is done to it. Types and words on each: index.d.ts.
import fs from "node:fs"
import path from "node:path"
import {Outside} from "./outside.js"
import {AttioError, startPlatform} from "./platform.js"
import {Run, seen} from "./run.js"

export {AttioError}

const part = encodeURIComponent

// The lines of the caller, for errors that are known only later. `above` is the function that the
// test called.
function placeOf(above) {
  const holder = {}
  Error.captureStackTrace(holder, above)
  return holder.stack.split("\n").slice(1).join("\n")
}

function recordPath(record) {
  const [object, ...rest] = String(record).split("/")
  if (rest.length === 0) throw new AttioError({message: `\`${record}\` names no record`, fix: "write it as people/ada"})
  return `/records/${part(object)}/${part(rest.join("/"))}`
}

class Records {
  #api

  constructor(api) {
    this.#api = api
  }

  async create(object, values, {as} = {}) {
    return (await this.#api("POST", `/records/${part(object)}`, {values, as})).record
  }

  async get(record) {
    return (await this.#api("GET", recordPath(record))).record
  }

  async update(record, values, {as} = {}) {
    return (await this.#api("PATCH", recordPath(record), {values, as})).record
  }

  async delete(record) {
    await this.#api("DELETE", recordPath(record))
  }

  async list(object, {q, limit, offset, filter, sort} = {}) {
    const query = new URLSearchParams()
    const given = {q, limit, offset, filter: filter && JSON.stringify(filter), sort: sort && JSON.stringify(sort)}
    for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value)
    const text = query.toString()
    return (await this.#api("GET", `/records/${part(object)}${text ? `?${text}` : ""}`)).items
  }
}

// "app/x.server" of src/app/x.server.ts
const moduleOf = (name) => name.replace(/^(\.\/)?(src\/)?/, "").replace(/\.[jt]sx?$/, "")

const day = {ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5}

// "+1h", "90s", or milliseconds.
function milliseconds(value) {
  if (typeof value === "number") return value
  const [, sign, number, unit] = /^([+-]?)(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value) ?? []
  if (unit === undefined) throw new AttioError({message: `\`${value}\` is no time span`, fix: "write it as +1h, 90s or 2d"})
  return Number(number) * day[unit] * (sign === "-" ? -1 : 1)
}

class App {
  #platform
  #outside
  #stopped

  constructor(platform) {
    this.#platform = platform
    this.#outside = new Outside((origin, url) => this.#ask("PUT", "/routes", {origin, url}))
    this.url = platform.url
    this.token = platform.api_token
    this.records = new Records(this.api.bind(this))
  }

  // One request to the platform's control API.
  async api(method, where, body) {
    await this.#outside.ready
    return this.#ask(method, where, body)
  }

  async #ask(method, where, body) {
    const {url, secret} = this.#platform
    const response = await fetch(`${url}/__attio/api${where}`, {
      method,
      headers: {authorization: `Bearer ${secret}`, "content-type": "application/json"},
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    const json = text === "" ? {} : JSON.parse(text)
    if (!response.ok) throw new AttioError({message: `${method} ${where} was answered ${response.status}`, ...json.error})
    return json
  }

  async connect(value, {owner = "workspace", ...rest} = {}) {
    return (await this.api("POST", "/connections", {owner, value, ...rest})).connection
  }

  async disconnect(connection) {
    return this.api("DELETE", `/connections/${part(connection.id ?? connection)}`)
  }

  runAction(id, options = {}) {
    return this.#run("/actions/run", {id, ...options})
  }

  show(kind, id, options = {}) {
    return this.#run("/surfaces/show", {kind, id, ...options})
  }

  #run(where, {allowFailure, ...body}) {
    return new Run(async (steps) => {
      const result = seen(await this.api("POST", where, {...body, steps}))
      const wrong = result.needs ? {message: `the app asks: ${result.needs.title}`, fix: 'answer it: .answer("yes")'} : result.error
      if (wrong && !allowFailure) throw new AttioError({...wrong, result})
      return result
    })
  }

  async callServer(module, ...args) {
    return (await this.api("POST", "/server/call", {module: moduleOf(module), args})).value
  }

  async sendWebhook(handler, body, {allowFailure, ...options} = {}) {
    const {delivery, flow} = await this.api("POST", "/webhooks/send", {handler, body: body ?? "", ...options})
    const {error} = delivery
    if (error && !allowFailure) throw new AttioError({message: error.message ?? String(error), ...error, flow})
    return {...delivery.response, status: delivery.response?.status ?? delivery.status, flow}
  }

  async runBlock(id, {config, finish, allowFailure} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/run`, {config, finish})
    if (answer.error && !allowFailure) throw new AttioError({...answer.error, problems: answer.problems})
    return {...answer.run, type: answer.type, error: answer.error, flow: answer.flow}
  }

  async activateBlock(id, {config} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/activate`, {config})
    if (answer.error) throw new AttioError({...answer.error, problems: answer.problems})
    return {...answer.activation, flow: answer.flow}
  }

  async triggerBlock(id, {request} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/trigger`, {request})
    if (answer.error) throw new AttioError(answer.error)
    return answer
  }

  expectRequest(method, url, options = {}) {
    return this.#outside.expect(method, url, options, placeOf(this.expectRequest))
  }

  // Throws unless all that was expected came, and nothing else.
  checkRequests() {
    this.#outside.check()
  }

  async moveClock(span) {
    return this.api("POST", "/clock", span instanceof Date ? {now: span.toISOString()} : {advance_ms: milliseconds(span)})
  }

  async settings(values) {
    return (await (values === undefined ? this.api("GET", "/settings") : this.api("PATCH", "/settings", {values}))).values
  }

  async flow(id = "last") {
    const {nodes} = await this.api("GET", `/flows/${part(id)}`)
    const tree = new Map(nodes.map((node) => [node.id, {...node, children: []}]))
    let root
    for (const node of tree.values()) {
      const cause = tree.get(node.cause)
      if (cause === undefined) root ??= node
      else cause.children.push(node)
    }
    return root
  }

  // Ends the platform; what was expected of the app's requests is checked unless it was before.
  stop({check = true} = {}) {
    this.#stopped ??= (async () => {
      await this.#outside.ready.catch(() => {})
      await this.#platform.stop()
      await this.#outside.stop()
      if (check) this.#outside.check()
    })()
    return this.#stopped
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.stop()
  }
}

function readWorld(state, app) {
  if (typeof state === "object") return state
  return JSON.parse(fs.readFileSync(path.resolve(app, state), "utf8"))
}

export async function start(options = {}) {
  const {state = "seed", app = process.cwd()} = options
  const platform = new App(await startPlatform({...options, app}))
  try {
    if (typeof state === "object" || state.endsWith(".json")) await platform.api("POST", "/state/seed", {world: readWorld(state, app)})
    else if (state !== "seed") await platform.api("POST", "/state/restore", {name: state})
  } catch (error) {
    await platform.stop({check: false})
    throw error
  }
  return platform
}
