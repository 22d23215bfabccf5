// A newcomer's mistakes in a test of the desk app: what each is told.
import assert from "node:assert/strict"
import {test} from "node:test"
import {start, withApp} from "#attio/testing"

const desk = "https://api.desk.example/v1"
const ada = {record: "people/ada"}

const mistakes = {
  "an action's id": [(app) => app.runAction("open-tiket", ada), /did you mean "open-ticket"\?/],
  "an id like no other": [(app) => app.runAction("zzzzzzzzzz", ada), /it has open-ticket, close-all/],
  "a widget's id": [(app) => app.show("widget", "tikets", ada), /did you mean "tickets"\?/],
  "a kind": [(app) => app.show("wiget", "tickets", ada), /`kind` is widget, tab, page, settings or configurator/],
  "a record": [(app) => app.runAction("open-ticket", {record: "people/adda"}), /no record "adda"/],
  "an object": [(app) => app.runAction("open-ticket", {record: "peple/ada"}), /"peple" not found/],
  "no record": [(app) => app.runAction("open-ticket"), /needs a record[^]*people\/ada/],
  "half a record": [(app) => app.records.get("ada"), /`ada` names no record[^]*people\/ada/],
  "an option": [(app) => app.runAction("open-ticket", {recrd: "people/ada"}), /`recrd`/],
  "an attribute": [(app) => app.records.create("people", {nme: "x"}), /attribute with slug\/ID "nme"/],
  "a query": [(app) => app.records.list("people", {limt: 1}), /takes no `limt`[^]*limit/],
  "a webhook": [(app) => app.sendWebhook("tickets/chnged", {}), /no webhook handler `tickets\/chnged`/],
  "a webhook that nearly is one": [(app) => app.sendWebhook("tickets/chaged", {}), /did you mean `tickets\/changed`\?/],
  "a server function that nearly is one": [(app) => app.callServer("app/extensions/open-ticket/qeues.server"), /did you mean `app\/extensions\/open-ticket\/queues\.server`\?/],
  "a block that nearly is one": [(app) => app.runBlock("ask-dsk"), /did you mean `ask-desk`\?/],
  "a block that is to be activated": [(app) => app.activateBlock("ticket-opend"), /did you mean `ticket-opened`\?/],
  "a server function": [(app) => app.callServer("src/app/extensions/open-ticket/qeues.server.ts"), /no server function/],
  "a block": [(app) => app.runBlock("ask-dsk"), /no workflow block `ask-dsk`/],
  "a block's configuration": [(app) => app.runBlock("ask-desk", {config: {queue: 7}}), /does not fit the block's schema/],
  "a setting": [(app) => app.settings({quue: "x"}), /did you mean `queue`\?/],
  "a member": [(app) => app.runAction("open-ticket", {...ada, as: "nobody@x"}), /no workspace member "nobody@x"/],
  "a flow": [(app) => app.flow("999"), /no flow 999/],
  "a time span": [(app) => app.moveClock("1 hour"), /`1 hour` is no time span[^]*\+1h/],
  "a time": [(app) => app.moveClock(new Date("x")), /is no time/],
  "an address": [(app) => app.expectRequest("POST", "api.desk.example/v1"), /is no address[^]*https:/],
  "an expectation": [(app) => app.expectRequest("POST", `${desk}/x`, {time: 2}), /takes no `time`[^]*times/],
  "an owner": [(app) => app.connect("k", {owner: "me"}), /`workspace` or `user`/],
  "no connection": [(app) => app.callServer("app/extensions/open-ticket/queues.server", ""), /no workspace connection/],
  "nobody plays the service": [(app) => app.connect("k", {type: "oauth"}), /no test plays that service[^]*app\.expectRequest\("GET", "https:\/\/api\.desk\.example/],
  "a platform that was stopped": [(app) => app.stop().then(() => app.flow()), /it was stopped/],
  "a step too late": [(app) => app.settings().then(() => after(app)), /steps come before `await`/],
  "a saved state": [() => start({state: "nope"}), /no saved state `nope`/],
  "a world's file": [() => start({state: "nope.json"}), /nope\.json` cannot be read/],
  "a world": [() => start({state: {peple: []}}), /a world has no `peple`[^]*records/],
  "the time at the start": [() => start({now: "tomorrow"}), /`tomorrow` is no time/],
  "a net": [() => start({net: "open"}), /live[^]*deny/],
  "a chaos": [() => start({chaos: "xx"}), /`xx` is no trouble/],
  "an option of start": [() => start({stat: "before"}), /takes no `stat`[^]*state/],
}

async function after(app) {
  const run = app.runAction("open-ticket", {...ada, allowFailure: true})
  await run
  run.click("x")
}

for (const [name, [make, told]] of Object.entries(mistakes)) {
  test(name, withApp(async (app) => {
    const error = await (async () => make(app))().then(() => assert.fail("nothing is told"), (error) => error)
    assert.match(error.message, told)
    // Where it was made is of interest, and no line of the client package.
    assert.match(error.stack, /mistakes\.test\.mjs/)
    assert.doesNotMatch(error.message, /undefined|\[object/)
  }))
}

test("a request that nobody expects is named, also where the app fails by it", async () => {
  const app = await start()
  app.expectRequest("GET", `${desk}/contacts`).answers(200, {contacts: [], next: null})
  await assert.rejects(app.connect("k", {type: "oauth"}), /no test expects: POST https:\/\/api\.desk\.example\/v1\/hooks/)
  await assert.rejects(app.stop(), /no test expects/)
})

test("what fails first is told, not what did not come after it", async () => {
  const run = withApp(async (app) => {
    app.expectRequest("POST", `${desk}/never`)
    throw new Error("the first")
  })
  await assert.rejects(run(), /the first/)
  await assert.rejects(withApp((app) => void app.expectRequest("POST", `${desk}/never`))(), /came 0 times, not 1/)
})
