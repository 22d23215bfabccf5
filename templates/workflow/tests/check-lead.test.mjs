// The app on a platform of its own, with ALC played by the test: `attio test`.
import assert from "node:assert/strict"
import {test} from "node:test"
import {withApp} from "#attio/testing"

const alc = "https://api.acmeleadchecker.ai/api/v1"

test("the step waits for ALC, then goes on with what it found", withApp(async (app) => {
  await app.connect("the-token-of-alc")
  app.expectRequest("POST", `${alc}/leads`, {body: {name: "Ada Lovelace"}}).answers(200, {id: "lead-1"})
  const run = await app.runBlock("check-lead", {
    config: {name: "Ada Lovelace", phone_number: "+44 20 7183 8750"},
    finish: {body: {lead_id: "lead-1", status: "interested", score: 8, summary: "wants it"}},
  })
  assert.equal(run.outcome.id, "interested")
}))
