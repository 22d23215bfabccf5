// The support desk: an app as rich as those in Attio's store (desk/), and the service behind it. What
// the app does beyond that service's door is looked at on both sides.
import crypto from "node:crypto"
import fs from "node:fs"
import http from "node:http"
import path from "node:path"
import {root} from "../probes/probe.mjs"
import {request} from "./alc.mjs"
import {withDev} from "./dev.mjs"
import {person, valuesOf} from "./seed.mjs"

const key = "desk-key-4f1e88d0c25b"
const userKey = "desk-user-9b07aa316c2e"

// The desk itself: a real HTTP server.
class Desk {
  requests = []
  tickets = []
  hooks = new Map()
  contacts = [
    {email: "ada@analytical-engines.example", name: "Ada Lovelace"},
    {email: "new@desk.example", name: "Nora New"},
    {email: "other@desk.example", name: "Otto Other"},
  ]
  queues = [
    {id: "q-bugs", name: "Bugs", fields: ["urgency", "link"]},
    {id: "q-sales", name: "Sales", fields: []},
  ]
  refuse = {} // "METHOD /path": [status, answer], once
  #server

  async start() {
    this.#server = http.createServer(async (request, response) => {
      const parts = []
      for await (const part of request) parts.push(part)
      const url = new URL(request.url, "http://desk")
      const text = Buffer.concat(parts).toString()
      const one = {method: request.method, path: url.pathname, search: url.searchParams, token: request.headers.authorization, body: text ? JSON.parse(text) : undefined}
      this.requests.push(one)
      const [status, answer] = this.#answer(one)
      response.writeHead(status, {"Content-Type": "application/json"})
      response.end(answer === undefined ? "" : JSON.stringify(answer))
    })
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done))
    this.url = `http://127.0.0.1:${this.#server.address().port}`
    return this
  }

  async stop() {
    await new Promise((done) => {
      this.#server.close(done)
      this.#server.closeAllConnections?.()
    })
  }

  #answer(one) {
    if (![`Bearer ${key}`, `Bearer ${userKey}`].includes(one.token)) return [401, {error: "who are you?"}]
    const what = `${one.method} ${one.path}`
    const refused = this.refuse[what]
    delete this.refuse[what]
    return refused ?? this.#route(one, one.path.replace(/^\/v1\/(hooks|tickets)\/(.+)$/, "/v1/$1/ID"), one.path.split("/").at(-1))
  }

  #route({method, search, body}, route, id) {
    switch (`${method} ${route}`) {
      case "GET /v1/contacts": {
        const page = Number(search.get("page"))
        return [200, {contacts: this.contacts.slice(2 * page - 2, 2 * page), next: 2 * page < this.contacts.length ? String(page + 1) : null}]
      }
      case "GET /v1/queues":
        return [200, {queues: this.queues.filter(({name}) => name.toLowerCase().includes(search.get("q").toLowerCase()))}]
      case "GET /v1/tickets":
        return [200, {tickets: this.tickets.filter(({email}) => email === search.get("email"))}]
      case "POST /v1/tickets": {
        const ticket = {id: `T-${this.tickets.length + 1}`, status: "open", ...body}
        this.tickets.push(ticket)
        return [201, ticket]
      }
      case "PATCH /v1/tickets/ID":
        Object.assign(this.tickets.find((ticket) => ticket.id === id), body)
        return [200, {}]
      case "POST /v1/hooks": {
        const hook = {id: `hook-${this.requests.length}`, secret: `secret-${this.requests.length}`, ...body}
        this.hooks.set(hook.id, hook)
        return [201, hook]
      }
      case "DELETE /v1/hooks/ID":
        return this.hooks.delete(id) ? [204] : [404, {error: "no such hook"}]
      default:
        return [404, {error: "no such place"}]
    }
  }

  // Tells one hook, with the signature that belongs to it or another.
  tell(hook, message, signature) {
    const body = JSON.stringify(message)
    const own = crypto.createHmac("sha256", hook.secret).update(body).digest("hex")
    return request("POST", hook.url, {headers: {"Content-Type": "application/json", "Desk-Signature": signature ?? own}, body})
  }
}

export async function withDesk(bench, use) {
  fs.cpSync(path.join(root, "tests/platform/desk"), bench.app, {recursive: true})
  bench.linkSdk()
  const desk = await new Desk().start()
  Object.assign(bench.env, {DESK_KEY: key, DESK_USER_KEY: userKey})
  await withDev(bench, {routes: {"https://api.desk.example": desk.url}}, (dev) => use(dev, desk))
  await desk.stop()
}

const connect = (dev, ...more) => dev.attio("connection", "add", "--workspace", "--oauth", "--value-env", "DESK_KEY", ...more)
const connectUser = (dev) => dev.attio("connection", "add", "--user", "--value-env", "DESK_USER_KEY")
const steps = (...list) => list.flatMap((step) => ["--step", step])
const textOf = (surface) => (surface?.tree ?? []).join("\n")
const titles = ({toasts}) => toasts.map(({title, variant}) => [title, variant])
const ada = "people/ada"

const ticket = (dev, ...list) => dev.attio("action", "run", "open-ticket", "--record", ada, ...steps(...list))
const sold = ["fill subject=Where is it?", 'choose Queue "Sales"', "submit"]

async function openTickets(dev, record) {
  const values = await valuesOf(dev, record)
  return values.open_tickets?.[0]?.value
}

async function idOf(dev, email) {
  const {json} = await dev.rest("POST", "/v2/objects/people/records/query", {filter: {email_addresses: email}})
  return json.data.map((one) => one.id.record_id)
}

export default {
  "it is clean": (bench) =>
    withDesk(bench, async (dev) => {
      const {code, summary} = await bench.json("validate")
      bench.same("validate", [0, 0, 0], [code, summary?.errors, summary?.warnings])
      bench.same("build", 0, (await bench.json("build")).code)
      const {items} = await dev.attio("action", "list")
      bench.same("actions", ["close-all", "open-ticket"], items.map(({id}) => id).sort())
    }),

  "connect: contacts come over, webhooks come and go": (bench) =>
    withDesk(bench, async (dev, desk) => {
      const [before] = await idOf(dev, "ada@analytical-engines.example")
      desk.refuse["POST /v1/hooks"] = [503, {error: "no more hooks"}]
      const refused = await connect(dev)
      bench.same("the desk refuses", [1, true], [refused.code, (refused.error?.message ?? "").includes("no more hooks")])
      bench.same("nothing is left", [[], []], [(await dev.attio("connection", "list")).items, (await dev.attio("webhook", "list")).items])
      const {code, connection} = await connect(dev)
      bench.same("connected", [0, "oauth"], [code, connection?.type])
      bench.same("who was there is found again", [before], await idOf(dev, "ada@analytical-engines.example"))
      for (const email of ["new@desk.example", "other@desk.example"]) bench.same(email, 1, (await idOf(dev, email)).length)
      const [hook] = desk.hooks.values()
      const {items} = await dev.attio("webhook", "list")
      bench.same("the webhook", [["tickets/changed", hook.id, hook.url]], items.map((one) => [one.file_name, one.external_webhook_id, one.url]))
      const removed = await dev.attio("connection", "rm", connection.id)
      bench.same("gone on both sides", [0, 0, 0], [removed.code, desk.hooks.size, (await dev.attio("webhook", "list")).items.length])
    }),

  "webhook: signed, once, and the record follows": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      const [hook] = desk.hooks.values()
      const [id] = await idOf(dev, "new@desk.example")
      const opened = {id: "e1", event: "ticket.opened", ticket: {id: "T-1", email: "new@desk.example", queue: "q-bugs"}}
      bench.same("a wrong signature", 401, (await desk.tell(hook, opened, "00")).status)
      const told = []
      for (const event of [opened, opened, {...opened, id: "e2"}, {...opened, id: "e3", event: "ticket.closed"}]) {
        const {status, text} = await desk.tell(hook, event)
        told.push([status, JSON.parse(text).again])
      }
      bench.same("told", [[202, false], [200, true], [202, false], [202, false]], told)
      bench.same("open tickets", 1, await openTickets(dev, id))
      await dev.attio("clock", "+2h")
      bench.same("what was seen is forgotten in time", 202, (await desk.tell(hook, opened)).status)
      bench.same("open tickets", 2, await openTickets(dev, id))
    }),

  "action: the form, its search, its fields that depend on another": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      const nobody = await person(dev, {name: "Nobody, Nick"})
      const none = await dev.attio("action", "run", "open-ticket", "--record", `people/${nobody}`)
      bench.same("without an address", [["No e-mail address"], []], [none.alerts.map(({title}) => title), none.dialogs])
      const early = await ticket(dev, ...sold)
      bench.same("without a connection of the user", [7, true], [early.code, (early.error?.fix ?? "").includes("--user")])
      await connectUser(dev)
      await dev.attio("settings", "set", "copy_me", "true")
      const wrong = await ticket(dev, "fill subject=ab", 'choose Queue "Bugs"', "fill Link=nowhere", "submit")
      const [dialog] = wrong.dialogs
      for (const text of ["3 characters", "valid URL", "answers within the day", 'Queue" = q-bugs "Bugs"']) {
        bench.same(`"${text}" is shown`, true, textOf(dialog).includes(text))
      }
      bench.same("nothing is sent", [false, 0], [dialog.closed, desk.tickets.length])
      const done = await ticket(dev, "fill subject=It broke", 'choose Queue "Bugs"', "fill Urgency=high", "submit", "toast action")
      bench.same("toasts", [["Ticket T-1 is open", "success"]], titles(done))
      bench.same("closed, and looked at", [true, ["https://desk.example/T-1"]], [done.dialogs[0].closed, done.opened])
      const sent = desk.requests.findLast(({method, path}) => method === "POST" && path === "/v1/tickets")
      const {follower, ...body} = sent.body
      bench.same("in the user's name", `Bearer ${userKey}`, sent.token)
      bench.same("the ticket", {email: "ada@analytical-engines.example", subject: "It broke", queue: "q-bugs", fields: {urgency: "high"}}, body)
      bench.same("who follows it", true, /^[0-9a-f-]{36}$/.test(follower))
      desk.refuse["POST /v1/tickets"] = [422, {error: "This queue is closed"}]
      const refused = await ticket(dev, ...sold)
      bench.same("refused", [["The desk refuses it", "error"]], titles(refused))
      bench.same("in the desk's words", "This queue is closed", refused.toasts[0].text)
      desk.refuse["POST /v1/tickets"] = [500, {error: "the desk is on fire"}]
      bench.same("broken", [["The desk does not answer", "error"]], titles(await ticket(dev, ...sold)))
    }),

  "OAuth: what has expired is asked for again": (bench) =>
    withDesk(bench, async (dev) => {
      const {connection} = await connect(dev, "--expires-in", "3600")
      const show = () => dev.attio("widget", "show", "tickets", "--record", ada)
      bench.same("while it lives", 0, (await show()).code)
      await dev.attio("clock", "+2h")
      const late = await show()
      bench.same("expired", [7, true], [late.code, (late.error?.message ?? "").includes("Connect")])
      const renewed = await connect(dev, "--expires-in", "3600")
      bench.same("renewed", [0, false], [renewed.code, renewed.connection?.id === connection.id])
      bench.same("lives again", 0, (await show()).code)
    }),

  "widget: a cache that is told to ask again": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      await connectUser(dev)
      await ticket(dev, ...sold)
      await ticket(dev, "fill subject=And that?", 'choose Queue "Sales"', "submit")
      const shown = await dev.attio("widget", "show", "tickets", "--record", ada)
      for (const text of ['"2 open"', '"Where is it?"']) bench.same(`${text} is shown`, true, textOf(shown.surface).includes(text))
      const asked = await dev.attio("widget", "show", "tickets", "--record", ada, ...steps("click Desk", 'click "And that?"'))
      bench.same("it asks first", [7, 2], [asked.code, desk.tickets.filter(({status}) => status === "open").length])
      const closed = await dev.attio("widget", "show", "tickets", "--record", ada, ...steps("click Desk", 'click "And that?"', "answer confirm yes"))
      bench.same("both lists follow", [true, true, false], [
        textOf(closed.surface).includes('"0 open"'),
        textOf(closed.surface).includes('"2 closed"'),
        textOf(closed.dialogs[0]).includes('"open"'),
      ])
    }),

  "bulk action: in batches": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      for (const {email} of desk.contacts) desk.tickets.push({id: `T-${desk.tickets.length + 1}`, email, subject: "?", status: "open", queue: "q-bugs"})
      const records = (await Promise.all(desk.contacts.map(({email}) => idOf(dev, email)))).flat()
      const run = await dev.attio("action", "run", "close-all", ...records.flatMap((id) => ["--record", `people/${id}`]))
      bench.same("toasts", [["3 closed", "success"]], titles(run))
      bench.same("at the desk", ["closed", "closed", "closed"], desk.tickets.map(({status}) => status))
    }),

  "settings: the page, and what the form begins with": (bench) =>
    withDesk(bench, async (dev) => {
      await connect(dev)
      await connectUser(dev)
      const page = await dev.attio("settings", "show", ...steps("fill Queue=q-sales", 'fill "Copy me"=true'))
      bench.same("the page", 0, page.code)
      bench.same("kept", {copy_me: true, queue: "q-sales"}, Object.fromEntries(Object.entries((await dev.attio("settings", "get")).values).sort()))
      const {dialogs} = await ticket(dev, "fill subject=Again")
      bench.same("the queue is chosen", true, textOf(dialogs[0]).includes('Queue" = q-sales "Sales"'))
    }),

  "step: configured, run, deferred, finished": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      const {code, config} = await dev.attio(
        "block", "show", "ask-desk",
        ...steps('choose Queue "Bugs"', 'fill "Who asks"=Ada@Analytical-Engines.example', "fill Due=2027-01-31", "fill Copies=a@desk.example,b@desk.example",
          'click "Add field"', 'choose Field "urgency"', "fill urgency=low"),
      )
      bench.same("configured", [0, "A question", [{name: "urgency", value: "low"}]], [code, config?.config.subject, config?.config.fields])
      bench.same("outcomes", ["answered", "dropped"], config?.outcomes.map(({id}) => id))
      const run = await dev.attio("block", "run", "ask-desk", "--config", JSON.stringify(config?.config))
      bench.same("deferred", [0, "defer"], [run.code, run.type])
      const [taken] = desk.tickets
      bench.same(
        "the ticket",
        ["ada@analytical-engines.example", "2027-01-31", ["a@desk.example", "b@desk.example"], {urgency: "low"}],
        [taken.email, taken.due, taken.copies, taken.fields],
      )
      const answer = (body) => request("POST", taken.callback, {headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)})
      const runs = async () => (await dev.attio("block", "list")).items.find(({id}) => id === "ask-desk").runs
      bench.same("of another ticket", [200, "waiting"], [(await answer({ticket: "T-9"})).status, (await runs())[0].state])
      bench.same("answered", 200, (await answer({ticket: taken.id, by: "Bob@desk.example", at: 0})).status)
      const [ended] = await runs()
      const {by, ...data} = ended.outcome.data
      bench.same("outcome", ["answered", {ticket: "T-1", at: "1970-01-01T00:00:00.000Z"}, "bob@desk.example"], [ended.outcome.id, data, by?.normalized])
      bench.same("afterwards", 404, (await answer({ticket: taken.id})).status)
    }),

  "step: tried again, and what is not": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      const run = () => dev.attio("block", "run", "ask-desk", "--config", '{"queue": "q-sales", "email": "ada@desk.example", "subject": "?"}')
      desk.refuse["POST /v1/tickets"] = [503, {error: "busy"}]
      const again = await run()
      bench.same("again", ["defer", 2, 1], [again.type, again.run?.attempts, new Set(desk.requests.filter(({method}) => method === "POST").map(({body}) => body.key).filter(Boolean)).size])
      desk.refuse["POST /v1/tickets"] = [422, {error: "closed"}]
      const once = await run()
      bench.same("once", [1, "closed", 1], [once.code, once.error?.message, once.run?.attempts])
    }),

  "trigger: activated, called, switched off": (bench) =>
    withDesk(bench, async (dev, desk) => {
      await connect(dev)
      const activated = await dev.attio("block", "activate", "ticket-opened", "--config", '{"queue": "q-bugs"}')
      const hook = [...desk.hooks.values()].at(-1)
      bench.same("activated", [0, "q-bugs", true], [activated.code, hook.queue, hook.url.startsWith(`${dev.url}/w/`)])
      for (const queue of ["q-bugs", "q-sales"]) {
        bench.same(queue, 200, (await desk.tell(hook, {event: "ticket.opened", ticket: {id: `T-${queue}`, queue}})).status)
      }
      const {runs} = (await dev.attio("block", "list")).items.find(({id}) => id === "ticket-opened")
      bench.same("runs", [{ticket: "T-q-bugs"}], runs.map((one) => one.outcome.data))
      bench.same("off", [0, 1], [(await dev.attio("block", "deactivate", "ticket-opened")).code, desk.hooks.size])
      bench.same("afterwards", 404, (await desk.tell(hook, {})).status)
    }),
}
