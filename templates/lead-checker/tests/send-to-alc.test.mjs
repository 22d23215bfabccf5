// The app on a platform of its own, with ALC played by the test: `attio test`.
import assert from "node:assert/strict"
import {test} from "node:test"
import {withApp} from "#attio/testing"

const alc = "https://api.acmeleadchecker.ai/api/v1"

test("a person is sent to ALC, and gets the status that comes back", withApp(async (app) => {
  app.expectRequest("POST", `${alc}/webhooks`, {body: {event: "lead.processed"}}).answers(200, {webhook_id: "hook-1"})
  await app.connect("the-token-of-alc")

  const person = await app.records.create("people", {name: "Hopper, Grace", phone_numbers: ["+15558675309"]})
  const record = `people/${person.id.record_id}`
  app
    .expectRequest("POST", `${alc}/leads`, {
      headers: {authorization: "Bearer the-token-of-alc"},
      body: {name: "Grace Hopper", phoneNumber: "+15558675309"},
    })
    .answers(200, {id: "lead-1"})
  const seen = await app.runAction("send-to-alc", {record})
  assert.deepEqual(seen.toasts.map((toast) => toast.title), ["Sending to ALC...", "Sent to ALC"])

  const answer = await app.sendWebhook("lead-processed", {record_id: person.id.record_id, status: "Complete"})
  assert.equal(answer.status, 200)
  const {values} = await app.records.get(record)
  assert.equal(values.alc_status[0].value, "Complete")
}))
