// The page of stories in a real browser: each story is drawn, light, dark and on a narrow screen; axe finds nothing, the
// console is silent, and what is typed, chosen and pressed reaches the app. Screenshots: build/page-shots.
//   node tests/page/components.mjs
import assert from "node:assert/strict"
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
