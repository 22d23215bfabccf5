// An app with a place of every kind (../apps/rich): its dialogs and forms, its settings, its page and tab, what is done on
// several rows, on an object and on a call recording, and what does not apply.
import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"
import {top} from "../user.mjs"

export function appOf(name) {
  return (bench) => {
    fs.cpSync(path.join(top, "tests/page/apps", name), bench.app, {recursive: true})
    bench.linkSdk()
  }
}

const wrongAt = (user, label, text) => user.waits(`"${text}" at ${label}`, (name, words) => {
  const frame = [...document.querySelectorAll(".d-field")].find((one) => one.querySelector("label, .d-label span")?.innerText.trim() === name)
  return frame?.querySelector(".d-wrong")?.innerText.includes(words) && frame.querySelector("[aria-invalid=true]")?.getAttribute("aria-describedby")?.split(" ").some((id) => document.getElementById(id)?.innerText.includes(words))
}, label, text)

const gone = (user, what) => user.waits(`no ${what}`, (selector) => [...document.querySelectorAll(selector)].every((one) => one.getClientRects().length === 0), what)

async function form(user, dev) {
  await user.sees("click it")
  await user.press("Log an issue")
  await user.sees("Goes to the tracker", "[role=dialog]")
  assert.equal(await user.focused(), "input Title")
  await user.looks("dialog", {widths: true})
  // Sent empty: what is wrong stands at each field, and the first of them has the focus.
  await user.press("Log issue…")
  await wrongAt(user, "Title", "Required")
  await wrongAt(user, "Site", "URL")
  await wrongAt(user, "Project", "equired")
  await wrongAt(user, "Votes", "1")
  await user.waits("the focus at the first", () => document.activeElement?.labels?.[0]?.innerText === "Title")
  await user.looks("errors", {widths: true})
  // The same once more: nothing changes, and the focus goes there again.
  await user.press("Log issue…")
  await user.waits("the focus at the first again", () => document.activeElement?.labels?.[0]?.innerText === "Title")
  await user.fill("Title", "Slow")
  await wrongAt(user, "Title", "5")
  await user.fill("Title", "Nothing")
  await user.fill("Site", "https://example.com/a")
  await user.fill("Votes", "3")
  // A combobox of the app's search, by the keyboard.
  await user.press("Project", "field")
  await user.sees("Mercury", "[role=listbox]")
  await user.looks("options")
  await user.type("gem")
  await user.waits("one option", () => document.querySelectorAll("[role=option]").length === 1)
  await user.keys("Enter")
  await gone(user, "[role=listbox]")
  await user.press("Labels", "field")
  await user.press("Wish", "option")
  await user.press("Bug", "option")
  await user.keys("Escape")
  await gone(user, "[role=listbox]")
  await user.sees("Wish", ".d-chip")
  await user.press("Urgent", "check")
  await user.press("Log issue…")
  await wrongAt(user, "Title", "Nothing is no title")
  await user.fill("Title", "Login <b>fails</b>")
  // A dialog above the dialog, and one above that; the way back is shown, Escape closes the top one.
  await user.press("Help…")
  await user.sees("five letters at least", "[role=dialog]")
  await user.press("More")
  await user.sees("no more help", "[role=dialog]")
  await user.waits("the way back", () => [...document.querySelectorAll(".d-crumb")].filter((one) => one.getClientRects().length > 0).map((one) => one.innerText.trim()).join(" ") === "Log an issue Help")
  await user.looks("nested", {widths: true})
  await user.keys("Escape")
  await user.sees("five letters at least", "[role=dialog]")
  await user.press("Back")
  await user.waits("what was typed", () => [...document.querySelectorAll(".d-modal input")].some((one) => one.getClientRects().length > 0 && one.value === "Login <b>fails</b>"))
  // By Enter in a line: the app asks, no is no.
  await (await user.find("Title", "field")).focus()
  await user.keys("Enter")
  await user.sees("Wake somebody up?", "[role=alertdialog]")
  await user.looks("confirm", {widths: true})
  await user.press("Cancel")
  await gone(user, "[role=alertdialog]")
  await user.sees("Goes to the tracker", "[role=dialog]")
  await user.press("Log issue…")
  await user.press("Wake up")
  await user.sees("Issue 1 logged", ".d-toast")
  await user.waits("the dialog is gone", () => document.querySelector("[role=dialog]") === null)
  const kept = (await dev.api("GET", "/kv/issue%3A1")).json
  assert.deepEqual(kept.value, {title: "Login <b>fails</b>", project: "Gemini", labels: ["wish", "bug"]})
  await user.press("Undo")
  await user.sees("Nothing is taken back", "[role=alertdialog]")
  await user.keys("Enter")
  await gone(user, "[role=alertdialog]")
}

async function widgetAndTab(user) {
  await user.press("Counter…", ".d-widget, .w-widgets button, .w-widgets [role=button]")
  await user.sees("count 1", ".w-widgets")
  await user.press("Tracker", "tab")
  await user.sees("Tracked since ever: 36 letters")
  await user.looks("tab")
  await user.press("Overview", "tab")
  await user.sees("count 0", ".w-widgets")
}

async function applies(user) {
  await user.keys("Control+k")
  await user.type("invoice")
  await user.waits("the action greyed with its reason", () => {
    const one = [...document.querySelectorAll("[role=option]")].find(({innerText}) => innerText.includes("Send an invoice"))
    return one?.getAttribute("aria-disabled") === "true" && one.innerText.includes("companies")
  })
  await user.looks("greyed")
  await user.keys("Enter")
  assert.equal(await user.page.$(".d-toast"), null)
  await user.keys("Escape")
  await user.goes("#/companies")
  await user.waits("companies", () => document.querySelectorAll(".u-body a").length > 3)
  await user.page.click(".u-body a")
  await user.press("Send an invoice")
  await user.sees("Invoice sent", ".d-toast")
  await user.dismisses()
}

async function rows(user) {
  await user.press("People…", "link")
  await user.press("Import people")
  await user.sees("Imported none", ".d-toast")
  await user.dismisses()
  for (const row of [1, 2, 3]) await user.press(`Select row ${row}`, "check")
  await user.sees("3 chosen")
  await user.looks("rows", {widths: true})
  await user.press("Tag them")
  await user.sees("3 tagged", ".d-toast")
  await user.looks("tagged")
  await user.dismisses()
}

async function recording(user) {
  await user.press("Call recording", "link")
  for (const part of ["summary", "insight", "transcript"]) {
    await user.press(`Quote the ${part} (all)`)
    await user.waits(`the toast of ${part}`, (name) => [...document.querySelectorAll(".d-toast")].some((one) => one.querySelector("strong").innerText === name && one.innerText.includes("Friday")), part)
    await user.dismisses()
    // The words that are selected, and no others.
    const words = await user.page.evaluate((name) => {
      const box = [...document.querySelectorAll(".w-part")].find((one) => one.innerText.includes(`Quote the ${name}`))
      const text = document.createTreeWalker(box.querySelector("p"), NodeFilter.SHOW_TEXT)
      let node = text.nextNode()
      while (node.data.trim().split(" ").length < 5) node = text.nextNode()
      const range = document.createRange()
      const from = node.data.indexOf(node.data.trim().split(" ")[1])
      range.setStart(node, from)
      range.setEnd(node, from + 9)
      document.getSelection().removeAllRanges()
      document.getSelection().addRange(range)
      return range.toString().trim()
    }, part)
    await user.press(`Quote the ${part}`)
    await user.waits(`the words "${words}"`, (chosen) => document.querySelector(".d-toast")?.innerText.includes(chosen), words)
    await user.looks(`selection ${part}`)
    await user.dismisses()
  }
}

// Texts of one's own in place of the samples, which stay.
async function ownRecording(user) {
  await user.press("Edit transcript")
  await user.fill("Text of the transcript", "Hedy Lamarr: The frequency hops.\nGeorge Antheil: By a piano roll.")
  await user.press("Done")
  await user.sees("The frequency hops.", ".w-part")
  await user.page.reload()
  await user.sees("By a piano roll.", ".w-part")
  await user.press("Quote the transcript (all)")
  await user.sees("piano roll", ".d-toast")
  await user.dismisses()
  await user.press("Edit transcript")
  await user.fill("Text of the transcript", "")
  await user.press("Done")
  await user.sees("Charles Babbage", ".w-part")
}

async function places(user, dev) {
  await user.press("Welcome", "link")
  await user.sees("A page of the app itself.")
  await user.press("Greet")
  await user.sees("Hello from the page", ".d-toast")
  await user.looks("page", {widths: true})
  await user.dismisses()
  await user.press("Settings page", "link")
  await user.fill("Queue", "ab")
  await user.keys("Tab")
  await wrongAt(user, "Queue", "3")
  await user.looks("settings wrong")
  await user.fill("Queue", "night")
  await user.keys("Tab")
  // The line below it goes, and what is below that moves up.
  await user.waits("nothing wrong", () => document.querySelector(".w-page [aria-invalid=true]") === null)
  await user.press("Copy me", "check")
  for (;;) {
    const {json} = await dev.api("GET", "/settings")
    if (json.values.queue === "night" && json.values.copy_me === true) break
    await user.page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)))
  }
  await user.looks("settings", {widths: true})
  // Somebody else, who is no admin, sits down.
  const {items} = (await dev.api("GET", "/members")).json
  const plain = items.find(({access}) => access === "member")
  await user.choose("Look at it as", plain.name)
  await user.sees(`as ${plain.email}`, ".p-nav")
  await user.waits("what a member sees of the settings", () => document.querySelector(".w-page .d-settings, .w-page .d-surface, .w-page .u-failure, .w-page .u-empty") !== null && !document.querySelector(".w-page").innerText.includes("Loading"))
  await user.looks("settings member")
}

async function fails(user) {
  await user.goes("#/people/ada")
  await user.press("Fail")
  await user.sees("the tracker is closed", ".d-told")
  await user.looks("failed action", {widths: true})
  await user.page.click(".d-told a")
  await user.waits("the flow that failed", () => document.querySelector(".f-page")?.innerText.includes("the tracker is closed"))
  await user.looks("failed flow")
}

const app = appOf("rich")
export default {
  "a dialog and a form": {app, tells: form},
  places: {
    app,
    tells: async (user, dev) => {
      await user.sees("click it")
      await widgetAndTab(user)
      await applies(user)
      await rows(user)
      await recording(user)
    await ownRecording(user)
      await places(user, dev)
      await fails(user)
    },
  },
}
