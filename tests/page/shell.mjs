// The page's shell and its workspace in Chromium, on one `attio dev` of the app apps/rich: what the first screen needs, what
// the page does about each event of the platform, every type of attribute changed, ten thousand records, the keyboard alone.
// Times are printed, not asserted; screenshots: build/page-shots/chrome-shell-*.
//   node --test tests/page/shell.mjs           (PART=names,attributes for some)
import assert from "node:assert/strict"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {test} from "node:test"
import {until, withDev} from "../platform/dev.mjs"
import {Bench} from "../probes/suite.mjs"
import {User, browsers, build, launch, missing, shots, top} from "./user.mjs"

const budget = {first: 40 * 1024, all: 100 * 1024} // bytes of scripts, compressed
const loads = 20
const many = 10_000
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const source = "src/app/extensions/waits/extension.tsx"
const waiting = (text) => `import {Extensions, alert, showToast} from "attio/client"
export default Extensions.defineExtension({
  type: "record-action", id: "waits", label: "Wait",
  objects: ["people"],
  onTrigger: async () => {
    await showToast({title: ${JSON.stringify(text)}, durationMs: Infinity})
    await alert({title: "Shall it?", text: "It asks."})
  },
})
`
const endless = `import {Extensions, showToast} from "attio/client"
export default Extensions.defineExtension({
  type: "record-action", id: "waits", label: "Wait",
  objects: ["people"],
  onTrigger: async () => {
    await showToast({title: "for ever"})
    await new Promise(() => {})
  },
})
`
const dying = `import {Extensions, Widget} from "attio/client"
import {useState} from "react"
function Dies() {
  const [on, set] = useState(false)
  while (on) {}
  return <Widget.TextWidget onTrigger={async () => set(true)}><Widget.Title>Dies</Widget.Title><Widget.Text.Primary>alive</Widget.Text.Primary></Widget.TextWidget>
}
export default Extensions.defineExtension({type: "record-widget", id: "dies", label: "Dies", objects: ["people"], color: "#0f766e", Widget: Dies})
`

// ---- the first screen

async function firstScreen(user, dev) {
  const {page} = user
  const times = []
  for (let turn = 0; turn < loads; turn++) {
    await page.goto("about:blank")
    await page.goto(`${dev.url}/__attio/`)
    await user.waits("the first screen", () => performance.getEntriesByName("attio-ready").length > 0)
    times.push(await page.evaluate(() => performance.getEntriesByName("attio-ready")[0].startTime - performance.getEntriesByType("navigation")[0].responseStart))
  }
  console.log(`first screen after the first byte: median ${median(times).toFixed(0)} ms of ${loads}, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms (load ${os.loadavg()[0].toFixed(1)})`)
  await user.sees("click it")
  // One round: what is asked for before it is seen is what the HTML names, and the session, whose answer it does not need.
  const asked = await page.evaluate(() => {
    const ready = performance.getEntriesByName("attio-ready")[0].startTime
    return performance.getEntriesByType("resource").filter(({responseEnd}) => responseEnd < ready).map(({name}) => new URL(name).pathname.replace("/__attio/", "").replace(/part-[A-Z0-9]+/, "part"))
  })
  const known = new Set(["first.css", "page.js", "part.js", "api/sessions", "api/events", "api/findings", "api/records/companies", "api/records/deals"])
  assert.deepEqual(asked.filter((one) => !known.has(one) && !/^api\/sessions\//.test(one)), [])
  assert.ok(asked.filter((one) => one === "part.js").length <= 2, `too many parts: ${asked}`)
}

test("scripts are small", {skip: missing ? `there is no ${missing}` : false}, () => {
  const folder = path.join(build, "page")
  const sizeOf = (name) => fs.statSync(path.join(folder, `${name}.gz`)).size
  const html = fs.readFileSync(path.join(folder, "index.html"), "utf8")
  const first = [...new Set([...html.matchAll(/(?:href|src)="([^"]+\.js)"/g)].map((one) => one[1]))]
  const all = fs.readdirSync(folder).filter((name) => /^(page|part-.*)\.js$/.test(name))
  const sum = (names) => names.reduce((size, name) => size + sizeOf(name), 0)
  console.log(`scripts, compressed: ${sum(first)} bytes for the first screen, ${sum(all)} in all`)
  assert.ok(first.length >= 2 && sum(first) <= budget.first && sum(all) <= budget.all)
})

// Each type that the platform's sources tell is in the page's one table, and none besides.
test("every event has a row", () => {
  const table = fs.readFileSync(path.join(top, "lib/local/page/base/store.js"), "utf8").split("export const eventTypes = {")[1].split("\n}")[0]
  const known = [...table.matchAll(/^ {2}"?([a-z-]+)"?:/gm)].map((one) => one[1]).sort()
  const files = ["lib/local/run", "lib/local/control", "cli/net"].flatMap((folder) => fs.readdirSync(path.join(top, folder)).filter((name) => name.endsWith(".c")).map((name) => path.join(top, folder, name)))
  const told = new Set()
  for (const file of files) {
    const text = fs.readFileSync(file, "utf8")
    for (const [, one] of text.matchAll(/\{\\"event\\":\\"([a-z-]+)\\"/g)) told.add(one)
    for (const [, one] of text.matchAll(/event_new\("([a-z-]+)"\)/g)) told.add(one)
    for (const [, check, other] of text.matchAll(/"event", [^;]*\? "([a-z-]+)" : "([a-z-]+)"/g)) told.add(check).add(other)
  }
  assert.ok(told.size >= 10, `found only ${[...told]}`)
  assert.deepEqual(known, [...told].sort())
})

// ---- events

async function events(user, dev, bench) {
  await user.goes("#/people/ada")
  // A new build: what the former one showed goes, and the one from before it that waits is let go on.
  bench.write({[source]: waiting("first build")})
  await user.press("Wait")
  await user.sees("first build", ".d-toast")
  await user.sees("It asks.")
  bench.write({[source]: waiting("second build")})
  await user.seesNot("first build", ".d-toast")
  await user.seesNot("It asks.")
  await user.press("Wait")
  await user.sees("second build", ".d-toast")
  await user.press("OK").catch(() => user.press("Ok"))
  await user.dismisses()
  // A broken build is told above everything, and forgotten when it is good again.
  bench.write({[source]: "export default ("})
  await user.sees("The build is broken", ".p-broken")
  // So it is for who comes now.
  await user.page.reload()
  await user.sees("The build is broken", ".p-broken")
  await user.looks("broken")
  bench.write({[source]: endless})
  await user.seesNot("The build is broken")
  // What others write through the API is seen.
  await dev.api("PUT", "/records/people/ada", {values: {job_title: "Seen at once"}})
  await user.sees("Seen at once")
  await user.goes("#/people")
  const before = (await dev.api("GET", "/objects")).json.items.find(({slug}) => slug === "people").count
  await dev.api("POST", "/records/people", {values: {name: "Aaa, Zoe", email_addresses: ["zoe@example.com"]}})
  await user.sees(String(before + 1), ".w-head")
  await user.sees("Zoe Aaa")
  await dev.api("POST", "/state/reset", {})
  await user.seesNot("Zoe Aaa")
  await user.sees(String(before), ".w-head")
}

// Code that never comes to its end is ended some time after another build runs, which is told.
async function oldBuild(user, dev, bench) {
  await user.goes("#/people/ada")
  await user.press("Wait")
  await user.sees("for ever", ".d-toast")
  const items = (await dev.api("GET", "/flows")).json.items
  const flow = items.find(({name}) => name === "waits").id
  const from = dev.lines.length
  bench.write({[source]: waiting("third build")})
  await dev.event("running", () => true, from)
  assert.equal((await dev.api("GET", `/flows/${flow}`)).json.nodes[0].error, null)
  await dev.api("POST", "/clock", {advance_ms: 31_000})
  const over = await until("the old build's end", async () => (await dev.api("GET", `/flows/${flow}`)).json.nodes.find(({error}) => error !== null))
  assert.match(over.error, /30 seconds after another build/)
  await user.sees("30 seconds after another build", ".d-told")
  await user.looks("ended")
  await user.dismisses()
  await dev.api("POST", "/clock", {real: true})
}

// A widget whose code hangs is ended, and shown again by itself.
async function comesBack(user, dev, bench) {
  bench.write({"src/app/extensions/dies/extension.tsx": dying})
  await user.goes("#/people/charles")
  await user.sees("alive")
  await user.page.evaluate(() => [...document.querySelectorAll(".w-widgets section")].find((one) => one.innerText.includes("alive")).querySelector("button").click())
  await user.sees("did not give back control", ".d-told")
  await user.sees("alive")
  await user.dismisses()
  fs.rmSync(path.join(bench.app, "src/app/extensions/dies"), {recursive: true})
}

// ---- attributes

// Of each type: {config?, edits: what is typed, value: as the API tells it then, wrong: what is refused?}
const types = {
  text: {type: "some words", value: [{value: "some words"}]},
  number: {type: "12.5", value: [{value: 12.5}], wrong: "twelve"},
  checkbox: {choose: "true", value: [{value: true}]},
  currency: {config: {currency: {default_currency_code: "EUR", display_type: "code"}}, type: "99.5", value: [{currency_value: 99.5, currency_code: "EUR"}], wrong: "much"},
  date: {choose: "2026-03-31", value: [{value: "2026-03-31"}]},
  timestamp: {type: "2026-03-31T09:00:00Z", value: [{value: "2026-03-31T09:00:00.000000000Z"}], wrong: "noon"},
  rating: {choose: "4", value: [{value: 4}]},
  select: {options: ["Red", "Green"], choose: "Green", value: [{option: "Green"}]},
  status: {statuses: ["Open", "Done"], choose: "Done", value: [{status: "Done"}]},
  domain: {type: "example.com", value: [{domain: "example.com"}], wrong: "no domain at all"},
  "email-address": {type: "a@example.com", value: [{email_address: "a@example.com"}], wrong: "nobody"},
  "phone-number": {type: "+1 555 867 5309", value: [{phone_number: "+15558675309"}], wrong: "abc"},
  location: {place: {City: "Paris", "Country, two letters": "FR"}, value: [{locality: "Paris", country_code: "FR"}]},
  "record-reference": {config: {record_reference: {allowed_objects: ["people", "companies"]}}, search: "Ada Love", value: [{target_object: "people"}], seen: "Ada Lovelace"},
  "actor-reference": {choose: "Grace", value: [{referenced_actor_type: "workspace-member"}], seen: "Grace Hopper"},
}

async function makeObject(dev) {
  const ask = async (method, where, data) => {
    const answer = await dev.rest(method, where, {data})
    assert.ok(answer.status < 300, `${method} ${where}: ${answer.text}`)
    return answer.json.data
  }
  await ask("POST", "/v2/objects", {api_slug: "things", singular_noun: "Thing", plural_noun: "Things"})
  for (const [type, {config = {}, options = [], statuses = []}] of Object.entries(types)) {
    const slug = type.replaceAll("-", "_")
    await ask("POST", "/v2/objects/things/attributes", {title: `The ${type}`, description: "", api_slug: `a_${slug}`, type, is_required: false, is_unique: false, is_multiselect: false, config})
    for (const title of options) await ask("POST", `/v2/objects/things/attributes/a_${slug}/options`, {title})
    for (const title of statuses) await ask("POST", `/v2/objects/things/attributes/a_${slug}/statuses`, {title})
  }
  const record = await ask("POST", "/v2/objects/things/records", {values: {}})
  return record.id.record_id
}

async function change(user, type, given) {
  const title = `The ${type}`
  if (given.type !== undefined) await user.fill(title, given.type)
  if (given.choose !== undefined && type !== "date") await user.choose(title, given.choose)
  if (type === "date") await user.page.$eval(".w-edit input", (one, value) => {
    one.value = value
    one.dispatchEvent(new Event("input", {bubbles: true}))
  }, given.choose)
  for (const [label, text] of Object.entries(given.place ?? {})) await user.fill(label, text)
  if (given.search !== undefined) {
    await user.fill(title, given.search)
    await user.sees("Ada Lovelace", ".w-options [role=option]")
    await user.keys("Enter")
    await user.sees("Ada Lovelace", ".w-chips")
  }
}

async function attributes(user, dev) {
  const id = await makeObject(dev)
  const valuesOf = async (slug) => (await dev.api("GET", `/records/things/${id}`)).json.record.values[slug]
  await user.goes(`#/things/${id}`)
  await user.waits("its rows", () => {
    const rest = document.querySelector(".w-attributes details")
    if (rest && !rest.open) rest.open = true // each setting is a mutation, which asks again
    return document.querySelector(".w-attributes")?.innerText.includes("The text")
  })
  for (const [type, given] of Object.entries(types)) {
    const slug = `a_${type.replaceAll("-", "_")}`
    const title = `The ${type}`
    await user.waits(`the row of ${type}`, (label) => [...document.querySelectorAll(".w-attribute button")].some((one) => one.getAttribute("aria-label") === label), `Edit ${title}`)
    await user.page.evaluate((label) => {
      for (const one of document.querySelectorAll(".w-attributes details:not([open])")) one.open = true
      ;[...document.querySelectorAll(".w-attribute button")].find((one) => one.getAttribute("aria-label") === label).click()
    }, `Edit ${title}`)
    await user.waits(`the form of ${type}`, () => document.querySelector(".w-edit") !== null)
    if (given.wrong !== undefined) {
      await user.fill(title, given.wrong)
      await user.press("Save")
      await user.waits(`the refusal of ${type}`, () => (document.querySelector(".w-edit .u-error")?.innerText ?? "") !== "")
      assert.deepEqual(await valuesOf(slug), [], `${type}: what is wrong was written`)
    }
    await change(user, type, given)
    if (["location", "record-reference", "phone-number"].includes(type)) await user.looks(`edit ${type}`, {widths: type === "location"})
    await user.press("Save")
    await user.waits(`${type} written`, () => document.querySelector(".w-edit") === null)
    const values = await valuesOf(slug)
    for (const [index, wanted] of given.value.entries())
      for (const [name, value] of Object.entries(wanted)) {
        const is = values[index]?.[name]
        assert.deepEqual(is?.title ?? is, value, `${type}: ${name} of ${JSON.stringify(values)}`)
      }
    if (given.seen) await user.sees(given.seen, ".w-attributes")
  }
  await user.looks("every type")
}

// ---- names in place of ids

async function names(user) {
  const noIds = (where) => user.waits("no short ids", (box) => !/\b(people|companies|deals) [0-9a-f]{8}\b/.test(document.querySelector(box).innerText), where)
  await user.goes("#/people/ada")
  await user.sees("Analytical Engines", ".w-attributes a")
  await user.sees("Grace Hopper", ".w-attributes")
  await noIds(".w-attributes")
  await user.goes("#/lists/sales_pipeline")
  await user.waits("names of the entries", () => document.querySelectorAll("main .u-body a.w-strong").length >= 4)
  await noIds("main .u-table")
  await user.looks("list")
  await user.goes("#/projects")
  await user.waits("custom records", () => document.querySelectorAll("main .u-body .u-row").length === 3)
  await user.looks("custom object")
  await user.goes("#/nowhere")
  await user.sees("There is no object or place")
  await user.looks("nowhere")
}

// A record that gets another name has it wherever it is named.
async function renames(user, dev) {
  await user.goes("#/people/ada")
  await user.sees("Analytical Engines", ".w-attributes a")
  const {items} = (await dev.api("GET", "/records/companies?q=Analytical")).json
  await dev.api("PUT", `/records/companies/${items[0].id.record_id}`, {values: {name: "Differential Engines"}})
  await user.sees("Differential Engines", ".w-attributes a")
  await dev.api("POST", "/state/reset", {})
  await user.sees("Analytical Engines", ".w-attributes a")
}

// Each action's button is beside its command, that of what the keyboard or the pointer is at.
async function shownCommands(user) {
  await user.goes("#/people")
  await user.sees("attio action run import-all --object people", "main")
  await user.sees("attio records list people", "main")
  await user.page.click("main .u-body input[type=checkbox]")
  await user.sees("attio action run tag-all --record people/", ".w-bulk")
  await user.press("Clear")
  await user.goes("#/people/ada")
  await (await user.find("Log an issue")).focus()
  await user.sees("attio action run log-issue --record people/", ".w-offers")
  await (await user.find("Send an invoice")).focus()
  await user.sees('it shows on "companies"', ".w-offers")
}

// All flows have a place, beside it stands the newest; what is typed is one row with all of its values.
async function flowsPage(user, dev) {
  await user.goes("#/people/ada")
  await user.press("Log an issue")
  await user.sees("Goes to the tracker", "[role=dialog]")
  await user.fill("Title", "Slow login")
  await user.keys("Escape")
  const {items} = (await dev.api("GET", "/flows?limit=1")).json
  await user.goes("#/flows?flow=log-issue")
  await user.sees("Flows", "main h1")
  await user.sees("log-issue", ".f-all .u-row")
  await user.looks("flows", {widths: true})
  await user.goes(`#/flows/${items[0].id}`)
  await user.sees("times", ".f-page .f-crossing")
  const typed = (await dev.api("GET", `/flows/${items[0].id}`)).json.nodes.filter(({kind, name}) => kind === "user" && name === "onChange")
  assert.ok(typed.length > 1, "nothing was typed")
  const rows = await user.page.$$eval(".f-page .f-crossing", (all) => all.filter((one) => one.innerText.includes("onChange")).length)
  assert.equal(rows, 1)
  await user.press("user onChange…", ".f-page .f-crossing")
  await user.sees("Slow login", ".f-page .f-inside")
  assert.equal(await user.page.$$eval(".f-page .f-values li", (all) => all.length), typed.length - 1)
}

// ---- search and filter in the address

async function filters(user) {
  const rows = (count) => user.waits(`${count} rows`, (number) => document.querySelectorAll("main .u-body .u-row:not(.u-waits)").length === number, count)
  await user.goes("#/people?q=babbage")
  await rows(1)
  await user.goes("#/people?where=job_title:Engineer")
  await rows(3)
  await user.waits("the filter in its fields", () => [...document.querySelectorAll(".w-where select, .w-where input")].map(({value}) => value).join() === "job_title,Engineer")
  await user.goes("#/people?where=job_title:Engineer&q=tesla")
  await rows(1)
  await user.goes("#/people?sort=-name")
  await user.waits("the last name first", () => document.querySelector("main .u-body .u-row .w-strong")?.innerText === "Unknown")
  await user.goes("#/people?q=nobodyhasthis")
  await user.sees("No record fits")
  await user.looks("nothing found")
  await user.press("Show all")
  await user.sees("Charles Babbage")
}

// ---- ten thousand records

async function thousands(user, dev) {
  const records = Array.from({length: many}, (_, index) => ({values: {name: `Row, Number ${index}`, job_title: `Title ${index}`, email_addresses: [`row${index}@example.com`]}}))
  const answer = await dev.api("POST", "/records/people/import", {records})
  assert.equal(answer.status, 200, answer.text)
  await user.goes("#/people")
  await user.waits("the table", () => Number(document.querySelector("main .u-table")?.getAttribute("aria-rowcount")) > 10_000)
  const frames = await user.page.evaluate(async () => {
    const box = document.querySelector("main .u-table")
    const times = []
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    let last = await frame()
    let most = 0
    for (let turn = 0; turn < 240; turn++) {
      box.scrollTop += 400
      const now = await frame()
      times.push(now - last)
      last = now
      most = Math.max(most, document.querySelectorAll("main .u-body .u-row").length)
    }
    return {times, most}
  })
  const sorted = [...frames.times].sort((a, b) => a - b)
  console.log(`scrolling ${many} records: a frame ${median(sorted).toFixed(1)} ms at the median, ${sorted[Math.floor(sorted.length * 0.95)].toFixed(1)} ms at 95 %, ${sorted.at(-1).toFixed(1)} ms at most (load ${os.loadavg()[0].toFixed(1)})`)
  assert.ok(frames.most < 80, `${frames.most} rows are in the document`)
  // The last row is there as soon as one goes to it.
  await user.page.focus("main .u-table")
  await user.keys("End")
  await user.waits("the last row", () => {
    const last = [...document.querySelectorAll("main .u-body .u-row:not(.u-waits)")].at(-1)
    return Number(last?.getAttribute("aria-rowindex")) === Number(document.querySelector("main .u-table").getAttribute("aria-rowcount"))
  })
  await user.looks("thousands")
  await user.page.click("[aria-label='Select all rows']")
  await user.sees(`${many + 22} chosen`)
  await user.press("Clear")
  await user.keys("Home")
  await dev.api("POST", "/state/reset", {})
  await user.waits("few again", () => Number(document.querySelector("main .u-table")?.getAttribute("aria-rowcount")) === 23)
}

// ---- the key by a file, as `attio open` leaves it where nobody tells whose a browser is (tests/unit/test_page_link.c)

async function keyByFile(user, dev, bench) {
  const file = path.join(bench.app, ".attio/local/open.html")
  fs.writeFileSync(file, `<!doctype html><meta charset="utf-8"><title>attio dev</title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${dev.url}/__attio/#key=${dev.secret}&amp;to=people/charles">\n`, {mode: 0o600})
  await user.page.goto(`file://${file}`).catch(() => {})
  await user.sees("Charles Babbage", "h1")
  assert.equal(await user.page.evaluate(() => location.hash), "#/people/charles")
  await until("the file's end", () => !fs.existsSync(file))
}

// ---- the keyboard alone

async function keyboard(user) {
  await user.goes("#/")
  await user.sees("click it")
  await user.page.evaluate(() => document.activeElement?.blur())
  await user.tabsTo("Fail")
  await user.tabsTo("Edit Job title")
  await user.keys("Enter")
  await user.waits("the field has the focus", () => document.activeElement?.closest(".w-edit") !== null && document.activeElement.tagName === "INPUT")
  await user.type("!")
  await user.keys("Enter")
  await user.waits("it is written", () => document.querySelector(".w-edit") === null)
  await user.keys("Control+k")
  await user.type("companies")
  await user.keys("Enter")
  await user.sees("Analytical Engines", "main .u-table")
  await user.waits("the table has rows", () => document.querySelectorAll("main .u-body .u-row").length > 3)
  await user.page.focus("main .u-table")
  await user.keys("ArrowDown", "ArrowDown", "Space")
  await user.sees("1 chosen")
  await user.keys("Enter")
  await user.waits("a record", () => document.querySelector(".w-record h1") !== null)
  // What has the focus shows it.
  const unseen = await user.page.evaluate(async () => {
    const all = [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")].filter((one) => one.getClientRects().length > 0 && !one.closest(".p-skip"))
    return all.filter((one) => {
      one.focus({focusVisible: true})
      const {outlineStyle, outlineWidth} = getComputedStyle(one)
      return document.activeElement === one && one.matches(":focus-visible") && (outlineStyle === "none" || parseFloat(outlineWidth) === 0)
    }).map((one) => one.outerHTML.slice(0, 100))
  })
  assert.deepEqual(unseen, [])
}

// Texts of any length, and those that look like markup, stay in their places.
async function longTexts(user, dev) {
  const whole = "x".repeat(400)
  await dev.api("PUT", "/records/people/charles", {values: {name: `${"Long ".repeat(30)}, <b>${whole.slice(0, 120)}</b>`, job_title: whole, description: "word ".repeat(300), email_addresses: [`${"a".repeat(60)}@${"b".repeat(60)}.example.com`]}})
  const {items} = (await dev.api("GET", "/records/people?q=babbage")).json
  assert.equal(items.length, 0)
  await user.goes("#/people?q=Long%20Long")
  await user.waits("its row", () => document.querySelectorAll("main .u-body .u-row").length === 1)
  await user.looks("long row", {widths: true})
  await user.page.click("main .u-body .w-strong")
  await user.sees("<b>", "h1")
  await user.looks("long record", {widths: true})
  await dev.api("POST", "/state/reset", {})
}

// Every sign is in the fonts that are there: none is drawn as the box of a sign that is not.
async function signs(user) {
  for (const place of ["#/people/ada", "#/people", "#/recording", "#/settings", "#/flows"]) {
    await user.goes(place)
    await user.waits("the place", () => !document.querySelector("main").innerText.includes("Loading"))
    const strange = await user.page.evaluate(() => [...new Set([...document.body.innerText].filter((one) => /[\u2300-\u23ff\u27c0-\u2bff\ue000-\uf8ff]/.test(one)))].join(""))
    assert.equal(strange, "", `${place} has signs that many fonts have not`)
  }
}

const skip = missing ? `there is no ${missing}` : fs.existsSync(browsers.chrome) ? false : `there is no ${browsers.chrome}`

test("the shell and the workspace", {skip, timeout: 400_000}, async (t) => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-shell-")))
  const bench = new Bench(folder, path.join(build, "attio"))
  fs.cpSync(path.join(top, "tests/page/apps/rich"), bench.app, {recursive: true})
  bench.linkSdk()
  fs.mkdirSync(shots, {recursive: true})
  const browser = await launch("chrome")
  try {
    await withDev(bench, {args: ["--no-check"]}, async (dev) => {
      const page = await browser.newPage()
      await page.setViewport({width: 1440, height: 900})
      const user = new User(page, "chrome", "shell")
      await page.goto(`${dev.url}/__attio/`)
      await user.sees("click it")
      await user.scheme("light")
      for (const part of [firstScreen, names, renames, shownCommands, flowsPage, filters, attributes, events, oldBuild, comesBack, keyByFile, thousands, keyboard, longTexts, signs].filter(({name}) => (process.env.PART ?? name).split(",").includes(name))) {
        await t.test(part.name, async () => {
          await part(user, dev, bench)
          const wrong = user.errors.splice(0)
          assert.deepEqual(wrong, [])
        })
      }
    })
    assert.deepEqual(bench.problems, [])
  } finally {
    await browser.close()
    fs.rmSync(folder, {recursive: true, force: true})
  }
})

// A page that was open while `attio dev` was ended and started again goes on by itself, with the new run's key.
test("attio dev is started again", {skip, timeout: 120_000}, async () => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-shell-")))
  const bench = new Bench(folder, path.join(build, "attio"))
  fs.cpSync(path.join(top, "tests/page/apps/rich"), bench.app, {recursive: true})
  bench.linkSdk()
  const browser = await launch("chrome")
  try {
    const user = new User(await browser.newPage(), "chrome", "shell")
    let port
    await withDev(bench, {args: ["--no-check"]}, async (dev) => {
      port = new URL(dev.url).port
      await user.page.goto(`${dev.url}/__attio/#/people/charles`)
      await user.sees("Charles Babbage", "h1")
    })
    await user.sees("The platform does not answer")
    await withDev(bench, {args: ["--no-check", "--port", port]}, async (dev) => {
      assert.equal(new URL(dev.url).port, port)
      await user.seesNot("The platform does not answer")
      await dev.api("PUT", "/records/people/charles", {values: {job_title: "Here again"}})
      await user.sees("Here again")
      await user.press("Log an issue")
      await user.sees("Goes to the tracker", "[role=dialog]")
    })
    assert.deepEqual(bench.problems, [])
  } finally {
    await browser.close()
    fs.rmSync(folder, {recursive: true, force: true})
  }
})
