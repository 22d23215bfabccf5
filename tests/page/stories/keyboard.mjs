// The example's Usage once more, by the keyboard alone: Tab, Enter, arrows and the palette's shortcut.
import assert from "node:assert/strict"
import {Alc} from "../../platform/alc.mjs"
import {seedApp} from "../../platform/apps.mjs"

const token = "alc-secret-2b7e151628aed2a6"

async function to(user, words, title) {
  await user.keys("Control+k")
  await user.type(words)
  await user.waits(`"${title}" chosen in the palette`, (wanted) => document.querySelector("[role=option][aria-selected=true]")?.innerText.includes(wanted), title)
  await user.keys("Enter")
  // The way on begins at the content.
  await user.waits("the focus at the content", () => document.querySelector("[role=option]") === null && document.activeElement?.id === "p-main")
}

async function tells(user, dev, bench, {alc}) {
  await user.sees("click it")
  await to(user, "connections", "Connections")
  await user.tabsTo("Secret or access token", "field")
  await user.type(token)
  await user.keys("Enter")
  await user.sees("Expire now", "main")
  assert.equal(alc.webhooks.size, 1)
  const {record} = await dev.attio("records", "create", "people", "--values", JSON.stringify({name: "Hopper, Grace", phone_numbers: ["+15558675309"]}))
  await to(user, "grace hop", "Grace Hopper")
  await user.sees("Grace Hopper", "h1")
  assert.ok(user.page.url().includes(record.id.record_id))
  await user.tabsTo("Send to ALC")
  await user.shot("focus")
  await user.keys("Enter")
  await user.sees("Successfully sent to ALC!", ".d-toast")
  await user.sees("lead-1", ".w-attributes")
  // A value, changed and looked back at.
  await user.tabsTo("Edit ALC lead ID")
  await user.keys("Enter")
  await user.waits("the editor", () => document.activeElement?.closest(".w-edit") !== null)
  await user.keys("Control+a")
  await user.type("lead-x")
  await user.keys("Enter")
  await user.waits("the value", () => document.querySelector(".w-edit") === null && document.querySelector(".w-attributes").innerText.includes("lead-x"))
  // The flow's parts: a crossing is opened, and closed again.
  await user.tabsTo("server…", ".f-crossing")
  await user.keys("Enter")
  await user.sees("Grace Hopper", ".f-inside")
  await user.keys("Enter")
  await alc.done("lead-1", {status: "Complete"})
  await user.sees("Complete", ".w-attributes")
  // The table by its arrows.
  await to(user, "people", "People")
  await user.waits("the table", () => document.querySelectorAll(".u-body a").length > 3)
  for (let turn = 0; turn < 60; turn++) {
    await user.keys("Tab")
    if (await user.page.evaluate(() => document.activeElement?.matches("main .u-table"))) break
  }
  await user.keys("ArrowDown", "ArrowDown", "Enter")
  await user.waits("the second person", () => document.querySelector("h1")?.innerText === "Charles Babbage")
  await to(user, "connections", "Connections")
  await user.tabsTo("Remove")
  await user.keys("Enter")
  await user.sees("Nobody has connected yet")
  assert.equal(alc.webhooks.size, 0)
}

export default {
  "by the keyboard alone": {
    app: (bench) => seedApp(bench),
    options: async () => ({alc: await new Alc(token).start()}),
    ends: (bench, {alc}) => alc.stop(),
    tells,
  },
}
