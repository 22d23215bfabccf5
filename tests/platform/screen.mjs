// A user at a screen, as the page is one: a session of the control API and its stream of events, from which the trees
// are put together.
import http from "node:http"
import {within} from "./dev.mjs"

function childIn(change, known) {
  return change.children?.map((one) => (one?.$ref === undefined ? one : known.get(one.$ref)))
}

function index(node, known) {
  if (typeof node === "string") return
  known.set(node.id, node)
  for (const child of node.children ?? []) index(child, known)
}

// The trees of a surface as its events make them.
export class Shown {
  constructor({kind, id, props, nodes}) {
    Object.assign(this, {kind, id, props, nodes})
    this.known = new Map()
    for (const node of nodes) index(node, this.known)
  }

  patch(changes) {
    for (const {id, node} of changes) {
      const children = childIn(node, this.known)
      const mine = this.known.get(id)
      for (const name of Object.keys(mine)) delete mine[name]
      Object.assign(mine, node, children && {children})
      index(mine, this.known)
    }
  }

  find(matches) {
    const walk = (nodes) => {
      for (const node of nodes) {
        if (typeof node === "string") continue
        if (matches(node)) return node
        const found = walk(node.children ?? [])
        if (found) return found
      }
    }
    return walk(this.nodes)
  }

  text() {
    const walk = (nodes) => nodes.map((one) => (typeof one === "string" ? one : walk(one.children ?? []))).join("|")
    return walk(this.nodes)
  }
}

export class Screen {
  events = []
  surfaces = new Map() // id -> Shown
  ended = false
  #waiting = []

  constructor(dev, session) {
    this.dev = dev
    this.session = session
  }

  static async open(dev, body = {}) {
    const {json} = await dev.api("POST", "/sessions", body)
    const screen = new Screen(dev, json.session)
    screen.opened = json
    screen.follow()
    return screen
  }

  follow(since) {
    const where = `/__attio/api/sessions/${this.session}/events${since === undefined ? "" : `?since=${since}`}`
    const headers = {Authorization: `Bearer ${this.dev.secret}`}
    this.request = http.get(new URL(where, this.dev.url), {headers, agent: false}, (answer) => {
      this.status = answer.statusCode
      let rest = ""
      answer.setEncoding("utf8").on("data", (text) => {
        const parts = (rest + text).split("\n\n")
        rest = parts.pop()
        for (const part of parts) this.#take(part)
      })
      answer.on("end", () => (this.ended = true))
      answer.on("error", () => (this.ended = true))
    })
    this.request.on("error", () => (this.ended = true))
  }

  #take(part) {
    const number = /^id: (\d+)$/m.exec(part)
    const data = /^data: (.*)$/m.exec(part)
    if (!data) return
    if (number) this.last = Number(number[1])
    const event = JSON.parse(data[1])
    this.events.push(event)
    if (event.type === "tree") this.surfaces.set(event.surface, new Shown(event))
    if (event.type === "patch") this.surfaces.get(event.surface)?.patch(event.changes)
    if (event.type === "gone") this.surfaces.delete(event.surface)
    for (const one of this.#waiting.filter(({check}) => check())) one.done()
  }

  // When `check` gives something, which is looked at after each event.
  async when(what, check) {
    const now = check()
    if (now) return now
    let value
    const one = {check: () => (value = check())}
    await within(what, new Promise((done) => this.#waiting.push(Object.assign(one, {done}))))
    this.#waiting = this.#waiting.filter((other) => other !== one)
    return value
  }

  event(type, matches = () => true, from = 0) {
    return this.when(`event ${type}`, () => this.events.slice(from).find((event) => event.type === type && matches(event)))
  }

  ui(op, from = 0) {
    return this.event("ui", (event) => event.op === op, from)
  }

  shows(surface, text) {
    return this.when(`${surface} with ${text}`, () => this.surfaces.get(surface)?.text().includes(text))
  }

  async post(where, body, wanted = 200) {
    const answer = await this.dev.api("POST", `/sessions/${this.session}/${where}`, body)
    this.dev.bench.same(`${where} ${JSON.stringify(body).slice(0, 200)}: ${answer.text.slice(0, 300)}`, wanted, answer.status)
    return answer.json ?? {}
  }

  // What a click does.
  async act(surface, matches, fn, ...args) {
    const node = this.surfaces.get(surface)?.find(matches)
    return this.post("event", {surface, element: node?.id ?? -1, fn, args})
  }

  close() {
    this.request.destroy()
  }
}
