// The desk app, tested as its developer would: all that the client package has, typed.
import assert from "node:assert/strict"
import {test} from "node:test"
import {start, AttioError, type App, type OutsideRequest} from "#attio/testing"

const desk = "https://api.desk.example/v1"
const queues = [
  {id: "q-bugs", name: "Bugs", fields: ["urgency", "link"]},
  {id: "q-sales", name: "Sales", fields: []},
]
const ada = {record: "people/ada"}

// The desk behind the app, as far as connecting needs it.
async function connected(options: Parameters<typeof start>[0] = {}): Promise<App> {
  const app = await start(options)
  app.expectRequest("GET", `${desk}/contacts`, {times: Infinity}).answers(200, {contacts: [], next: null})
  app.expectRequest("GET", `${desk}/queues`, {times: Infinity}).answers(200, {queues})
  app.expectRequest("POST", `${desk}/hooks`, {times: Infinity}).answers((request) => ({status: 201, body: {id: "hook-1", secret: "s", url: request.body.url}}))
  app.expectRequest("DELETE", `${desk}/hooks/hook-1`, {times: Infinity}).answers(204)
  await app.connect("the-desk-key", {type: "oauth"})
  return app
}

test("a form with errors, then sent in the user's name", async () => {
  const app = await connected()
  try {
    await app.connect("the-user-key", {owner: "user"})
    await app.settings({copy_me: true})
    assert.deepEqual(await app.settings(), {queue: null, copy_me: true})
    const sent = app
      .expectRequest("POST", `${desk}/tickets`, {headers: {authorization: /the-user-key$/}, body: {subject: "It broke", fields: {urgency: "high"}}})
      .answers(201, {id: "T-1", status: "open"})
    const wrong = await app.runAction("open-ticket", ada).dialog().fill("subject", "ab").choose("Queue", "Bugs").submit()
    assert.match(wrong.dialogs[0]!.text, /3 characters/)
    assert.equal(sent.requests.length, 0)
    const done = await app
      .runAction("open-ticket", ada)
      .dialog()
      .fill({subject: "It broke", urgency: "nothing"})
      .catch((error: AttioError) => error)
    assert.ok(done instanceof AttioError)
    const seen = await app.runAction("open-ticket", ada).dialog().fill("subject", "It broke").choose("Queue", "Bugs").fill("Urgency", "high").submit().toastAction("Look at it")
    assert.deepEqual([seen.toasts[0]!.title, seen.opened], ["Ticket T-1 is open", ["https://desk.example/T-1"]])
    const asked: OutsideRequest = sent.requests[0]!
    assert.equal(asked.body.email, "ada@analytical-engines.example")
    const flow = await app.flow(seen.flow)
    assert.deepEqual([flow.kind, flow.name], ["action", "open-ticket"])
    assert.ok(JSON.stringify(flow).includes("open.server"))
  } finally {
    await app.stop()
  }
})

test("an alert; a record made, changed, found and deleted", async () => {
  await using app = await connected()
  const nick = await app.records.create("people", {name: "Nobody, Nick"})
  const record = `people/${nick.id.record_id}`
  const seen = await app.runAction("open-ticket", {record})
  assert.deepEqual(seen.alerts.map(({title}) => title), ["No e-mail address"])
  await app.records.update(record, {email_addresses: ["nick@desk.example"]})
  assert.equal((await app.records.get(record)).values["email_addresses"]![0].email_address, "nick@desk.example")
  assert.equal((await app.records.list("people", {filter: {email_addresses: "nick@desk.example"}})).length, 1)
  await app.records.delete(record)
  await assert.rejects(app.records.get(record), AttioError)
})

test("what is confirmed, and what is not", async () => {
  await using app = await connected()
  const tickets = [{id: "T-1", subject: "Where is it?", status: "open", email: "ada@analytical-engines.example", queue: "q-sales"}]
  app.expectRequest("GET", `${desk}/tickets`, {times: Infinity}).answers(() => ({body: {tickets}}))
  app.expectRequest("PATCH", `${desk}/tickets/T-1`).answers(() => {
    tickets[0]!.status = "closed"
    return {status: 200}
  })
  const shown = await app.show("widget", "tickets", ada)
  assert.match(shown.text!, /1 open/)
  const asks = app.show("widget", "tickets", ada).click("Desk").click("Where is it?")
  await assert.rejects(asks, /the app asks/)
  const no = await app.show("widget", "tickets", ada).click("Desk").click("Where is it?").answer(false)
  assert.match(no.text!, /1 open/)
  const yes = await app.show("widget", "tickets", ada).click("Desk").click("Where is it?").answer("yes")
  assert.match(yes.text!, /1 closed/)
})

test("a webhook, and time that passes", async () => {
  await using app = await connected({now: "2030-01-01T00:00:00Z"})
  const refused = await app.sendWebhook("tickets/changed", {id: "e1"}, {headers: {"desk-signature": "00"}})
  assert.equal(refused.status, 401)
  const {now} = await app.moveClock("+2h")
  assert.match(now, /^2030-01-01T02:/)
  const later = await app.moveClock(new Date("2031-05-05T00:00:00Z"))
  assert.match(later.now, /^2031-05-05/)
})

test("a bulk action on many records", async () => {
  await using app = await connected()
  app.expectRequest("GET", `${desk}/tickets`, {times: Infinity}).answers(200, {tickets: []})
  const nobody = await app.runAction("close-all", {records: ["people/ada", "people/nobody"]}).catch((error: AttioError) => error)
  assert.match((nobody as AttioError).message, /nobody/)
  const done = await app.runAction("close-all", {records: ["people/ada"]})
  assert.deepEqual(done.toasts.map(({title}) => title).at(-1), "0 closed")
})

test("blocks: run, finished, tried again, activated and called", async () => {
  await using app = await connected()
  app.expectRequest("POST", `${desk}/tickets`).answers(201, {id: "T-7"})
  const config = {queue: "q-sales", email: "ada@desk.example", subject: "?"}
  const run = await app.runBlock("ask-desk", {config, finish: {body: {ticket: "T-7", by: "bob@desk.example", at: 0}}})
  assert.equal(run.outcome.id, "answered")
  app.expectRequest("POST", `${desk}/tickets`).answers(422, {error: "closed"})
  await assert.rejects(app.runBlock("ask-desk", {config}), /closed/)
  await app.activateBlock("ticket-opened", {config: {queue: "q-bugs"}})
  const called = await app.triggerBlock("ticket-opened", {request: {body: {event: "ticket.opened", ticket: {id: "T-1", queue: "q-bugs"}}}})
  assert.ok(called.flow)
  const page = await app.show("configurator", "ask-desk", {config})
  assert.ok(page.text)
})

test("server functions, the settings page as a member, and the last connection", async () => {
  await using app = await connected()
  assert.deepEqual(await app.callServer("src/app/extensions/open-ticket/queues.server.ts", "bugs"), queues)
  await assert.rejects(app.callServer("app/extensions/open-ticket/queues"), AttioError)
  const page = await app.show("settings").fill("Copy me", true)
  assert.ok(page.ok)
  assert.equal((await app.settings())["copy_me"], true)
  const {items} = await app.api("GET", "/connections")
  await app.disconnect(items[0])
  assert.deepEqual((await app.api("GET", "/connections")).items, [])
})
