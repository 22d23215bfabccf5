// The example of Attio's documents, its whole Usage by clicking: connected at the service's page, a person opened, the
// action from its button and from the palette, its flow, what the service reports later, disconnected.
import assert from "node:assert/strict"
import {Alc} from "../../platform/alc.mjs"
import {seedApp} from "../../platform/apps.mjs"

const token = "alc-secret-2b7e151628aed2a6"
const first = "Preparing to send to ALC..."
const last = "Successfully sent to ALC!"
const kinds = ["action", "host", "query", "server", "fetch", "rest"]

const create = async (dev, values) => (await dev.attio("records", "create", "people", "--values", JSON.stringify(values))).record.id.record_id

const app = (bench) => seedApp(bench)
const options = async () => ({alc: await new Alc(token).start()})
const ends = (bench, {alc}) => alc.stop()

// The service's page is a tab of its own.
async function connect(user) {
  await user.press("Connections", "link")
  await user.sees("Nobody has connected yet")
  await user.looks("connections none", {widths: true})
  const opened = new Promise((resolve) => user.page.once("popup", resolve))
  await user.press("Open the consent page")
  const consent = await opened
  await consent.waitForSelector("#value")
  await consent.type("#value", token)
  await consent.click('button[value="approve"]')
  await consent.waitForFunction(() => /close this page/.test(document.body.innerText), {timeout: 5000}).catch(async (error) => {
    throw new Error(`${error.message}: ${consent.url()}: ${await consent.evaluate(() => document.body.innerText)}`)
  })
  await consent.close()
  await user.sees("Expire now", "main")
  await user.looks("connections")
}

async function sent(user, alc, press) {
  const before = alc.leads.size
  await user.dismisses()
  await user.watch(".d-toast", "strong")
  await press()
  await user.sees(last, ".d-toast")
  assert.deepEqual(await user.seen(), [first, last])
  assert.equal(alc.leads.size, before + 1)
  // The tree of this click, with all its parts, in the panel.
  await user.waits("the flow's tree", (wanted) => {
    const shown = [...document.querySelectorAll(".f-detail .f-kind")].map((one) => one.innerText.toLowerCase())
    return wanted.every((kind) => shown.includes(kind)) && document.querySelector(".f-detail h2").innerText.includes("send-to-alc")
  }, kinds)
}

async function palette(user, text) {
  await user.keys("Control+k")
  await user.waits("the palette", () => document.activeElement?.getAttribute("role") === "combobox")
  await user.type(text)
  await user.waits("the action in the palette", () => document.querySelector('[role="option"][aria-selected="true"]')?.innerText.includes("Send to ALC"))
  await user.looks("palette")
  await user.keys("Enter")
}

async function later(user, alc, lead, status) {
  const [answer] = await alc.done(lead, {status})
  assert.equal(answer.status, 200)
  await user.sees(status, ".w-attributes")
  await user.waits("the webhook's flow", () => document.querySelector(".f-detail h2")?.innerText.includes("webhook"))
}

async function disconnect(user, alc) {
  await user.press("Connections", "link")
  await user.press("Remove")
  await user.sees("Nobody has connected yet")
  assert.equal(alc.webhooks.size, 0)
  await user.press("Webhooks", "link")
  await user.sees("The app has made no webhook handler yet")
  await user.looks("webhooks")
}

async function clicked(user, dev, bench, {alc}) {
  await user.sees("click it")
  await user.looks("first", {widths: true})
  await connect(user)
  assert.equal(alc.webhooks.size, 1)
  await user.press("People…", "link")
  const ada = await create(dev, {name: "Lovelace, Countess Ada", phone_numbers: ["+15558675309"]})
  const mute = await create(dev, {name: "Mute, Max"})
  await user.press("Countess Ada Lovelace", "link")
  await user.sees("+15558675309", ".w-attributes")
  await sent(user, alc, () => user.press("Send to ALC"))
  await user.sees("lead-1", ".w-attributes")
  await user.looks("sent", {widths: true})
  // What went in and came out of one crossing.
  await user.press("server…", ".f-crossing")
  await user.sees("Countess Ada Lovelace", ".f-inside")
  await user.looks("flow")
  await later(user, alc, "lead-1", "Interested")
  await sent(user, alc, () => palette(user, "send to"))
  await later(user, alc, "lead-2", "Complete")
  await user.press("History of ALC status")
  await user.sees("Interested", ".w-history")
  await user.sees("Complete", ".w-history")
  await user.looks("history")
  await user.keys("Escape")
  // Without a phone number the app asks back.
  await user.goes(`#/people/${mute}`)
  await user.sees("Max Mute", "h1")
  await user.press("Send to ALC")
  await user.sees("No phone number found", "[role=alertdialog]")
  await user.looks("alert", {widths: true})
  await user.keys("Enter")
  await user.waits("the alert is gone", () => document.querySelector("[role=alertdialog]") === null)
  assert.equal(await user.focused(), "button Send to ALC")
  assert.equal(ada === mute, false)
  await disconnect(user, alc)
  // Without a connection the app cannot send: the way to one is offered where that is told.
  await user.goes(`#/people/${ada}`)
  await user.sees("Countess Ada Lovelace", "h1")
  await user.sees("did you mean \"people\"?")
  await user.press("Send to ALC")
  await user.sees("The app asks to be connected", ".d-toasts")
  await user.press("Connect", "link")
  await user.sees("Nobody has connected yet")
}

export default {"seed, clicked": {app, options, ends, tells: clicked}}
