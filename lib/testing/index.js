// A local platform for one test, and all that is done to it. Types and words on each: index.d.ts.
import fs from "node:fs"
import path from "node:path"
import {Outside} from "./outside.js"
import {nearest, serverFunctions} from "./names.js"
import {AttioError, checkOptions, placeOf, savedState, startPlatform, timeOf} from "./platform.js"
import {Run, seen} from "./run.js"

export {AttioError}

const part = encodeURIComponent

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

  async list(object, options = {}) {
    checkOptions("records.list", options, ["q", "limit", "offset", "filter", "sort"])
    const {q, limit, offset, filter, sort} = options
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
    }).catch((error) => this.#gone(error))
    const text = await response.text()
    const json = text === "" ? {} : JSON.parse(text)
    if (!response.ok) throw this.#failure({message: `${method} ${where} was answered ${response.status}`, ...json.error})
    return json
  }

  // What went wrong in the app, and what of it the test did not play.
  #failure(error) {
    const denied = /requests to (\S+) are denied \(--net deny\)/.exec(error.message)
    if (denied) return new AttioError({...error, why: "no test plays that service", fix: `say what it answers: app.expectRequest("GET", "${denied[1]}/...").answers(200, {})`})
    const surprise = this.#outside.surprise()
    return new AttioError(surprise === undefined ? error : {...error, message: `${error.message}\nbefore that, ${surprise}`})
  }

  // Nobody answers.
  #gone(error) {
    const how = this.#stopped ? "it was stopped" : this.#platform.ended()
    throw new AttioError({message: "the local platform does not answer", why: how === undefined ? error.message : String(how)})
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
      if (wrong && !allowFailure) throw this.#failure({...wrong, result})
      return result
    })
  }

  async callServer(module, ...args) {
    const wanted = moduleOf(module)
    const answer = await this.api("POST", "/server/call", {module: wanted, args}).catch((error) => {
      const meant = /no server function/i.test(error.message) ? nearest(wanted, serverFunctions(this.#platform.app)) : undefined
      throw meant === undefined ? error : this.#failure({message: error.message, fix: `did you mean \`${meant}\`?`})
    })
    return answer.value
  }

  async sendWebhook(handler, body, {allowFailure, ...options} = {}) {
    const {delivery, flow} = await this.api("POST", "/webhooks/send", {handler, body: body ?? "", ...options})
    const {error} = delivery
    if (error && !allowFailure) throw this.#failure({message: error.message ?? String(error), ...error, flow})
    return {...delivery.response, status: delivery.response?.status ?? delivery.status, flow}
  }

  async runBlock(id, {config, finish, allowFailure} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/run`, {config, finish})
    if (answer.error && !allowFailure) throw this.#failure({...answer.error, problems: answer.problems})
    return {...answer.run, type: answer.type, error: answer.error, flow: answer.flow}
  }

  async activateBlock(id, {config} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/activate`, {config})
    if (answer.error) throw this.#failure({...answer.error, problems: answer.problems})
    return {...answer.activation, flow: answer.flow}
  }

  async triggerBlock(id, {request} = {}) {
    const answer = await this.api("POST", `/blocks/${part(id)}/trigger`, {request})
    if (answer.error) throw this.#failure(answer.error)
    return answer
  }

  expectRequest(method, url, options = {}) {
    checkOptions("expectRequest", options, ["times", "path", "body", "headers", "query"])
    return this.#outside.expect(method, url, options, placeOf(this.expectRequest))
  }

  // Throws unless all that was expected came, and nothing else.
  checkRequests() {
    this.#outside.check()
  }

  async moveClock(span) {
    return this.api("POST", "/clock", span instanceof Date ? {now: timeOf(span)} : {advance_ms: milliseconds(span)})
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

function readWorld(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"))
  } catch (error) {
    throw new AttioError({message: `the world \`${file}\` cannot be read`, why: error.message})
  }
}

// What fills the new platform, found before it is started: nothing, a world, or a saved state.
function findState(state, app) {
  if (state === "seed") return async () => {}
  if (typeof state === "string" && !state.endsWith(".json")) {
    const file = savedState(state, app)
    return async (platform, folder) => {
      fs.mkdirSync(path.join(folder, "saved"), {mode: 0o700})
      fs.copyFileSync(file, path.join(folder, "saved", path.basename(file)))
      await platform.api("POST", "/state/restore", {name: state})
    }
  }
  const world = typeof state === "string" ? readWorld(path.resolve(app, state)) : state
  return (platform) => platform.api("POST", "/state/seed", {world})
}

async function startAt(place, options) {
  checkOptions("start", options, ["state", "net", "now", "chaos", "app"])
  const {state = "seed", app = process.cwd(), ...rest} = options
  const fill = findState(state, app)
  const started = await startPlatform({...rest, app}, place).catch((error) => {
    error.stack = `${error.name}: ${error.message}\n${place}`
    throw error
  })
  const platform = new App(started)
  try {
    await fill(platform, started.state)
  } catch (error) {
    await platform.stop({check: false})
    throw error
  }
  return platform
}

export function start(options = {}) {
  return startAt(placeOf(start), options)
}

// A test's function: its platform is stopped whatever happens, and what hides a failure is not asked.
export function withApp(...given) {
  const place = placeOf(withApp)
  const [options, run] = given.length > 1 ? given : [{}, given[0]]
  return async (context) => {
    const app = await startAt(place, options)
    try {
      await run(app, context)
    } catch (error) {
      await app.stop({check: false})
      throw error
    }
    await app.stop()
  }
}
