// The app on a platform of its own: `attio test`.
import assert from "node:assert/strict"
import {test} from "node:test"
import {withApp} from "#attio/testing"

test("a next step is written down in the dialog and shown", withApp(async (app) => {
  const before = await app.show("widget", "next-step", {record: "people/ada"})
  assert.match(before.text, /None yet/)
  const seen = await app
    .show("widget", "next-step", {record: "people/ada"})
    .click("Next step")
    .dialog()
    .fill("text", "Write a proposal")
    .choose("Priority", "High")
    .submit()
  assert.deepEqual(seen.toasts.map((toast) => toast.title), ["Next step saved"])
  assert.match(seen.text, /Write a proposal/)
}))

test("a step that is too short is refused", withApp(async (app) => {
  const seen = await app.show("widget", "next-step", {record: "people/ada", allowFailure: true}).click("Next step").fill("text", "ab").submit()
  assert.deepEqual(seen.toasts, [])
  assert.match(seen.dialogs[0].text, /3 characters/)
}))
