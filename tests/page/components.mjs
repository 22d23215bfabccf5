// The page of stories in a real browser: each story is drawn, light, dark and on a narrow screen; axe finds nothing, the
// console is silent, and what is typed, chosen and pressed reaches the app. Screenshots: build/page-shots.
//   node tests/page/components.mjs
import assert from "node:assert/strict"
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import http from "node:http"
import {createRequire} from "node:module"
import path from "node:path"
import {after, before, test} from "node:test"
import {fileURLToPath} from "node:url"

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
const build = process.env.ATTIO_BUILD ?? path.join(top, "build")
const folder = path.join(build, "page")
const shots = path.join(build, "page-shots")
const chromium = "/usr/bin/chromium"
const browserTests = createRequire(path.join(top, "tests/browser/package.json"))
const missing = [chromium, path.join(top, "tests/browser/node_modules/puppeteer-core"), path.join(folder, "stories.js")].find((file) => !fs.existsSync(file))
const skip = missing === undefined ? false : `there is no ${missing}`

// As the platform serves it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
const types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
const axe = skip ? "" : fs.readFileSync(browserTests.resolve("axe-core/axe.min.js"), "utf8")

let server
let browser
let origin
before(async () => {
  if (skip) return
  fs.mkdirSync(shots, {recursive: true})
  server = http.createServer((request, response) => {
    const name = path.basename(request.url.replace(/[?#].*/, "")) || "components.html"
    const file = path.join(folder, name)
    if (!fs.existsSync(file)) return response.writeHead(name === "favicon.ico" ? 204 : 404).end()
    response.writeHead(200, {"content-type": types[path.extname(name)] ?? "text/plain", "content-security-policy": policy})
    return response.end(fs.readFileSync(file))
  })
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${server.address().port}`
  const puppeteer = browserTests("puppeteer-core")
  browser = await puppeteer.launch({executablePath: chromium, headless: true, args: ["--no-sandbox", "--hide-scrollbars"]})
})
after(async () => {
  await browser?.close()
  server?.close()
})

async function open(width, scheme = "light") {
  const page = await browser.newPage()
  const said = []
  page.on("console", (message) => ["error", "warning", "warn"].includes(message.type()) && said.push(message.text()))
  page.on("pageerror", (error) => said.push(error.message))
  page.on("request", (request) => !request.url().startsWith(origin) && !request.url().startsWith("data:") && said.push(`asked for ${request.url()}`))
  await page.setViewport({width, height: 900})
  await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}, {name: "prefers-reduced-motion", value: "reduce"}])
  await page.goto(`${origin}/components.html`)
  await page.waitForFunction(() => document.querySelectorAll(".d-picture svg").length >= 20)
  return {page, said}
}

// Of the page's own file of stories: what has to be there.
const stories = skip ? [] : JSON.parse(fs.readFileSync(path.join(folder, "stories.json"), "utf8")).stories

for (const [name, width, scheme] of [["light", 1280, "light"], ["dark", 1280, "dark"], ["narrow", 360, "light"], ["wide", 2560, "dark"]]) {
  test(`all stories, ${name}`, {skip}, async () => {
    const {page, said} = await open(width, scheme)
    const shown = await page.$$eval(".s-story", (all) => all.map((one) => ({name: one.querySelector("h2").textContent, empty: one.querySelector(".s-shown").textContent.trim() === "" && one.querySelector(".s-shown svg, .s-shown hr, .s-shown [role=status]") === null})))
    assert.equal(shown.length, stories.length)
    assert.deepEqual(shown.filter(({empty}) => empty), [])
    assert.deepEqual(await page.$$eval(".d-broken, .d-unknown", (all) => all.map((one) => one.textContent)), [])
    assert.deepEqual(await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.closest(".s-scroll, .d-table, .d-hidden") === null).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5))), [])
    await page.evaluate(axe)
    const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.slice(0, 4).map(({html, any, failureSummary}) => `${html.slice(0, 160)} ${any[0]?.data?.contrastRatio ?? ""} ${failureSummary.slice(0, 120)}`).join(" | ")}`))
    // Each by itself when somebody wants to look closely.
    for (const [i, story] of process.env.SHOTS === "each" ? (await page.$$(".s-story")).entries() : []) {
      await story.screenshot({path: path.join(shots, `story-${String(i + 1).padStart(2, "0")}-${name}.png`)})
    }
    await page.screenshot({path: path.join(shots, `components-${name}.png`), fullPage: true})
    assert.deepEqual(found, [])
    assert.deepEqual(said.filter((line) => !line.includes("axe")), [])
    await page.close()
  })
}

const last = (page) => page.$eval(".s-last", (one) => one.textContent)
async function told(page, text) {
  await page.waitForFunction((wanted) => document.querySelector(".s-last").textContent.includes(wanted), {timeout: 5000}, text)
  return last(page)
}

test("what is typed, chosen and pressed reaches the app, with the keyboard alone", {skip}, async () => {
  const {page} = await open(1280)
  await page.click("::-p-aria(Primary)")
  await told(page, "onClick []")
  await page.type("input[name=name]:not(:disabled)", "x")
  await told(page, "x")
  await page.focus('input[role=combobox][name="plan"]')
  await page.keyboard.press("ArrowDown")
  await page.waitForSelector("[role=listbox]")
  await page.keyboard.type("fir")
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 1)
  await page.keyboard.press("Enter")
  await told(page, 'onChange ["firm"]')
  // What a provider of the app's finds.
  await page.focus('input[role=combobox][name="found"]')
  await page.keyboard.press("ArrowDown")
  await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 3)
  await page.keyboard.press("Escape")
  assert.equal(await page.$("[role=listbox]"), null)
  await page.click("input[type=checkbox][name=agree]:not(:disabled)")
  await told(page, "onChange [false]")
  await page.close()
})

// A page of one surface with `nodes`, by the code that draws all of them.
const one = (nodes) => `
import {render} from "preact"
import {Surface, Session} from "./index.jsx"
const session = new Session({id: "s", api: async () => ({})})
const nodes = ${nodes}
const begin = performance.now()
session.receive({type: "tree", surface: "p", kind: "page", nodes})
render(<Surface session={session} surface="p" />, document.getElementById("stories"))
window.session = session
window.took = performance.now() - begin
`

async function draw(name, nodes) {
  const modules = path.join(top, "lib/deps/node_modules")
  const [platform] = fs.readdirSync(path.join(modules, "@esbuild"))
  fs.mkdirSync(path.join(folder, "trial"), {recursive: true})
  const words = ["--bundle", "--log-level=warning", "--loader=jsx", "--format=esm", "--jsx=automatic", "--jsx-import-source=preact", `--outfile=${path.join(folder, "trial", "trial.js")}`]
  execFileSync(path.join(modules, "@esbuild", platform, "bin/esbuild"), words, {input: one(nodes), cwd: path.join(top, "lib/local/page/draw"), env: {...process.env, NODE_PATH: modules}, stdio: ["pipe", "ignore", "inherit"]})
  fs.copyFileSync(path.join(folder, "trial", "trial.js"), path.join(folder, "trial.js"))
  fs.copyFileSync(path.join(folder, "trial", "trial.css"), path.join(folder, "trial.css"))
  fs.writeFileSync(path.join(folder, "trial.html"), '<!doctype html><html lang="en"><title>Trial</title><link rel="stylesheet" href="trial.css"><main id="stories"></main><script type="module" src="trial.js"></script>')
  const page = await browser.newPage()
  const said = []
  page.on("pageerror", (error) => said.push(error.message))
  page.on("dialog", (dialog) => (said.push("a script of the app ran"), dialog.dismiss()))
  await page.goto(`${origin}/trial.html`)
  await page.waitForFunction(() => window.took !== undefined)
  for (const file of ["trial.js", "trial.css", "trial.html", "trial"]) fs.rmSync(path.join(folder, file), {recursive: true})
  return {page, said}
}

test("large, deep and hostile trees are drawn in part and say so", {skip}, async () => {
  const wide = await draw("wide", `[{id: 1, type: "Stack", children: Array.from({length: 250}, (n, i) => ({id: 2 + i * 200, type: "Card", children: Array.from({length: 199}, (m, k) => ({id: 3 + i * 200 + k, type: "Badge", props: {color: "red"}, children: ["x"]}))}))}]`)
  assert.ok((await wide.page.$$eval("#stories *", (all) => all.length)) < 20_000)
  assert.match(await wide.page.$eval("#stories", (one) => one.textContent), /\d+ more/)
  await wide.page.close()
  const deep = await draw("deep", `[Array.from({length: 20000}).reduce((inner, n, id) => ({id: id + 2, type: "Card", children: [inner]}), {id: 1, type: "Badge", children: ["end"]})]`)
  assert.match(await deep.page.$eval("#stories", (one) => one.textContent), /levels deep/)
  await deep.page.close()
  const texts = '"<img src=x onerror=alert(1)><script>alert(1)</script>"'
  const odd = `["Avatar", "Badge", "Banner", "Button", "Json", "Link", "Section", "StatusBadge", "DescriptionList.Item", "DialogList", "Table", "Widget.TextWidget", "Chart.Bar", "Chart.Pie", "Chart.Metric", "EmptyState", "Grid", "Stack", "AttioLink", "Form", "TextInput", "NumberInput", "Combobox", "Collection", "RadioGroup", "Toggle", "DateTimeInput", "SettingsButton", "Nonsense", "constructor", "__proto__"].flatMap((type, i) => [{a: ${texts}}, [${texts}], 7, null, ${texts}].map((value, k) => ({id: i * 10 + k + 1, type, props: Object.fromEntries("title label text name src href color data options value table series actions emptyState to count props placeholder height gap error src".split(" ").map((prop) => [prop, value])), children: [${texts}]})))`
  const hostile = await draw("hostile", odd)
  assert.equal(await hostile.page.$("#stories script, #stories img[onerror]"), null)
  assert.ok((await hostile.page.$$("#stories .d-surface > *")).length > 100)
  for (const {said} of [wide, deep, hostile]) assert.deepEqual(said, [])
  await hostile.page.close()
})

test("what is typed stays while the app's own changes come in", {skip}, async () => {
  const {page, said} = await draw("typing", `[{id: 1, type: "Form", props: {}, children: [{id: 2, type: "TextInput", props: {name: "a", label: "A", value: "", onChange: {$fn: true}}}, {id: 3, type: "Typography.Body", children: ["0"]}]}]`)
  await page.type("input", "hello", {delay: 5})
  const echo = (value, count) => page.evaluate((text, number) => window.session.receive({type: "patch", surface: "p", changes: [{id: 2, node: {id: 2, type: "TextInput", props: {name: "a", label: "A", value: text, onChange: {$fn: true}}}}, {id: 3, node: {id: 3, type: "Typography.Body", children: [number]}}]}), value, String(count))
  const state = () => page.evaluate(() => [document.querySelector("input").value, document.querySelector("input").selectionStart, document.activeElement.tagName, document.querySelector(".d-body").textContent])
  await page.keyboard.press("ArrowLeft")
  for (const [count, value] of ["h", "he", "hello"].entries()) await echo(value, count)
  await page.waitForFunction(() => document.querySelector(".d-body").textContent === "2")
  assert.deepEqual(await state(), ["hello", 4, "INPUT", "2"])
  // What the app sets by itself is shown.
  await echo("set by the app", 3)
  await page.waitForFunction(() => document.querySelector("input").value === "set by the app")
  assert.deepEqual(said, [])
  await page.close()
})

// What a component needs to be drawn, by the rule of each prop; and what shows its props where that is not enough.
const words = (rule) => rule.replace(/!$/, "").split("|").filter((word) => /^["\d]/.test(word)).map((word) => (/^"/.test(word) ? word.slice(1, -1) : Number(word)))
const small = (text) => ({type: "Badge", props: {color: "grey"}, children: [text]})
const points = [{x: "Jan", y: 4, seriesId: "a"}, {x: "Jan", y: 7, seriesId: "b"}, {x: "Feb", y: 9, seriesId: "a"}, {x: "Feb", y: 2, seriesId: "b"}]
const samples = {
  "Chart.Bar": {data: points, series: [{id: "a", label: "A"}, {id: "b", label: "B"}]}, "Chart.Line": {data: points}, "Chart.Pie": {data: [{label: "a", value: 3}, {label: "b", value: 2}]}, "Chart.Metric": {value: 7, title: "Of"},
  Banner: {title: "Title"}, Grid: {minColumnWidth: "small"}, Stack: {direction: "row"},
}
// The calls have stories, beside each other.
// Where the realm makes a text of it, or it only matters to a keyboard on a screen or beside another prop.
const unseen = new Set(["format", "type", "allowedActorTypes", "DescriptionList.Menu.Item.variant"])
const children = {Grid: Array.from({length: 9}, (_, i) => ({id: 100 + i, type: "Card", props: {}, children: i === 0 ? ["one", {...small("below"), id: 200}] : ["one"]})), Stack: ["one", "two two"].map((text, i) => (i === 0 ? {type: "Typography.Title", props: {variant: "extraLarge"}, children: [text], id: 100} : {...small(text), id: 101}))}

test("each word that a prop may be looks different", {skip}, async () => {
  const {catalogue} = JSON.parse(fs.readFileSync(path.join(folder, "stories.json"), "utf8"))
  const needs = (component) => Object.fromEntries(Object.entries(catalogue[component]).filter(([prop, rule]) => prop !== "children" && rule.endsWith("!")).map(([prop, rule]) => [prop, /^function/.test(rule) ? {$fn: true} : words(rule)[0] ?? "Ada Lovelace"]))
  const looked = Object.entries(catalogue).filter(([component]) => !component.endsWith("()")).flatMap(([component, props]) => Object.entries(props).filter(([prop, rule]) => words(rule).length > 1 && !unseen.has(prop) && !unseen.has(`${component}.${prop}`)).map(([prop, rule]) => [component, prop, words(rule)]))
  const {page, said} = await draw("words", "[]")
  await page.setViewport({width: 1700, height: 900})
  const same = []
  let id = 1000
  for (const [component, prop, all] of looked) {
    const pictures = new Map()
    for (const value of all) {
      // Across the row when it is about that, and with room above and below.
      const own = component === "Stack" && prop === "direction" ? {} : samples[component]
      const node = {id: ++id, type: component.replace("settings ", "Settings"), props: {...needs(component), ...own, [prop]: value}, children: children[component] ?? (catalogue[component].children ? ["Text"] : undefined)}
      await page.evaluate((nodes) => window.session.receive({type: "tree", surface: "p", kind: "page", nodes}), [node])
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      if (component.startsWith("Chart.") && !/Metric|Loading/.test(component)) await page.waitForSelector(".d-picture svg")
      const picture = Buffer.from(await page.screenshot({clip: {x: 0, y: 0, width: 1700, height: 500}})).toString("base64")
      if (pictures.has(picture)) same.push(`${component}.${prop}: ${value} as ${pictures.get(picture)}`)
      else pictures.set(picture, value)
    }
  }
  assert.ok(looked.length > 25, `only ${looked.length} props have words`)
  assert.deepEqual(same, [])
  assert.deepEqual(said, [])
  await page.close()
})
