// Blocks of a workflow: their configurators filled in, a step that waits for the service and goes on with an outcome, a
// trigger that is switched on, called and switched off.
import assert from "node:assert/strict"
import {Alc} from "../../platform/alc.mjs"
import {templateApp} from "../../platform/apps.mjs"
import {connect} from "../../platform/seed.mjs"

const token = "alc-secret-2b7e151628aed2a6"

async function step(user, alc) {
  await user.press("Check lead", "link")
  await user.find("Phone number", "field")
  await user.looks("configurator", {widths: true})
  await user.press("Run")
  // What is missing is told, and nothing was asked of the service.
  await user.waits("what is missing", () => document.querySelector(".i-last, .d-wrong") !== null)
  await user.looks("missing")
  assert.equal(alc.leads.size, 0)
  await user.fill("Name", "Ada Lovelace")
  await user.fill("Phone number", "+442071838750")
  await user.fill("Question", "Looking for engines?")
  await user.press("Run")
  await user.sees("waiting", ".i-block")
  await user.looks("waiting")
  const [lead] = alc.leads.values()
  assert.deepEqual([lead.name, lead.phoneNumber, lead.question], ["Ada Lovelace", "+442071838750", "Looking for engines?"])
  const [answer] = await alc.done(lead.id, {status: "interested", score: 87, summary: "wants one"})
  assert.equal(answer.status, 200)
  await user.sees("done", ".i-block .i-table")
  await user.sees("interested", ".i-block .i-table")
  await user.looks("outcome", {widths: true})
}

async function trigger(user, alc) {
  await user.press("Lead processed", "link")
  await user.press("Status", "field")
  await user.press("Interested", "option")
  await user.waits("the list is shut", () => document.querySelector("[role=option]") === null)
  await user.press("Activate")
  await user.sees("active", ".i-block .i-table")
  assert.equal(alc.webhooks.size, 1)
  await user.looks("active")
  // Of a lead that brought no address of its own.
  await alc.done("lead-9", {status: "interested", score: 87})
  await user.sees("processed", ".i-block .i-table")
  await user.press("Deactivate")
  await user.waits("no activation", () => document.querySelector(".i-block")?.innerText.includes("Deactivate") === false)
  assert.equal(alc.webhooks.size, 0)
  await user.looks("deactivated")
}

export default {
  "a workflow": {
    app: (bench) => templateApp(bench, "workflow"),
    options: async () => ({alc: await new Alc(token).start()}),
    ends: (bench, {alc}) => alc.stop(),
    tells: async (user, dev, bench, {alc}) => {
      await connect(dev)
      // The first screen says what there is in place of an action.
      await user.sees("The app has no actions on records; it has")
      await user.press("workflow blocks", "link")
      await step(user, alc)
      await trigger(user, alc)
    },
  },
}
