// The page as people use it, in real browsers: the first screen, the app's action from its button and from the palette, a
// value changed and its history, the list. axe looks at each place. Screenshots: build/page-shots.
//   node tests/page/workspace.mjs
import assert from "node:assert/strict"
import {spawn, execFileSync} from "node:child_process"
import fs from "node:fs"
import {createRequire} from "node:module"
import os from "node:os"
import path from "node:path"
import {after, before, test} from "node:test"
import {fileURLToPath} from "node:url"

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
const build = path.resolve(process.env.ATTIO_BUILD ?? path.join(top, "build"))
const attio = path.join(build, "attio")
const shots = path.join(build, "page-shots")
const browserTests = createRequire(path.join(top, "tests/browser/package.json"))
const missing = [path.join(top, "tests/browser/node_modules/puppeteer-core"), path.join(build, "page/page.js")].find((file) => !fs.existsSync(file))
const browsers = {chrome: "/usr/bin/chromium", firefox: "/usr/bin/firefox-esr"}

const work = fs.mkdtempSync(path.join(os.tmpdir(), "attio-page-"))
const app = path.join(work, "app")
let dev
let run

before(async () => {
  if (missing) return
  fs.mkdirSync(shots, {recursive: true})
  execFileSync(attio, ["init", "app", "-t", "minimal", "--no-git"], {cwd: work, stdio: "ignore"})
  fs.symlinkSync(path.join(top, "tests/sdk/node_modules"), path.join(app, "node_modules"))
  dev = spawn(attio, ["dev", "--port", "0", "--no-check"], {cwd: app, stdio: ["ignore", "pipe", "pipe"]})
  let said = ""
  await new Promise((ready, failed) => {
    const look = (text) => {
      said += text
      if (/ready at http/.test(said)) ready()
    }
    dev.stdout.on("data", look)
    dev.stderr.on("data", look)
    dev.on("exit", (code) => failed(new Error(`attio dev ended with ${code}: ${said}`)))
  })
  run = JSON.parse(fs.readFileSync(path.join(app, ".attio/local/run.json"), "utf8"))
})

after(async () => {
  if (dev !== undefined && dev.exitCode === null) {
    dev.removeAllListeners("exit")
    await new Promise((ended) => {
      dev.on("exit", ended)
      dev.kill("SIGINT")
    })
  }
  fs.rmSync(work, {recursive: true, force: true})
})

const has = (text) => (page) => page.waitForFunction((words) => document.body.innerText.includes(words), {timeout: 15_000}, text)

async function press(page, name, role = "button") {
  const handle = await page.waitForFunction((label, kind) => [...document.querySelectorAll(kind)].find((one) => (one.getAttribute("aria-label") ?? one.innerText).trim() === label), {timeout: 15_000}, name, role)
  await handle.asElement().click()
}

async function accessible(page, place) {
  await page.evaluate(fs.readFileSync(browserTests.resolve("axe-core/axe.min.js"), "utf8"))
  const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ["violations"]}))
  assert.deepEqual(violations.map(({id, nodes}) => `${place}: ${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 160)).join(" | ")}`), [])
}

async function uses(page, name) {
  const shot = (what) => page.screenshot({path: path.join(shots, `${name}-${what}.png`)})
  const place = async (hash, text, what) => {
    await page.evaluate((to) => (location.hash = to), hash)
    await has(text)(page)
    await accessible(page, what)
    await shot(what)
  }
  const errors = []
  page.on("pageerror", (error) => errors.push(error.message))
  await page.goto(`${run.url}/__attio/#key=${run.secret}`)
  // The first screen: a person, and what to click.
  await has("click it")(page)
  await has("Ada Lovelace")(page)
  const ready = await page.evaluate(() => performance.now() - performance.getEntriesByType("navigation")[0].responseStart)
  console.log(`${name}: first screen seen ${Math.round(ready)} ms after the first byte`)
  assert.ok(!(await page.evaluate(() => location.href)).includes(run.secret), "the key stays in the address")
  await accessible(page, "first screen")
  await shot("first")
  // The action, by its button and by the palette.
  await press(page, "Say hello")
  await page.waitForSelector(".d-toast", {timeout: 15_000})
  await shot("toast")
  const before = await flowCount(page)
  await page.keyboard.down("Control")
  await page.keyboard.press("k")
  await page.keyboard.up("Control")
  await page.waitForSelector('[role="combobox"]')
  await page.keyboard.type("say hello")
  await accessible(page, "palette")
  await shot("palette")
  await page.keyboard.press("Enter")
  // The platform has one more flow, and its toast is seen.
  for (let turn = 0; (await flowCount(page)) <= before && turn < 200; turn++) await page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)))
  assert.ok((await flowCount(page)) > before, "the palette ran nothing")
  // A value, changed; what it was stays to be seen.
  await press(page, "Edit Job title")
  await page.waitForSelector(".w-edit input")
  await page.$eval(".w-edit input", (input) => input.select())
  await page.keyboard.type(`Countess of ${name}`)
  await page.keyboard.press("Enter")
  await page.waitForFunction((text) => document.querySelector(".w-edit") === null && document.body.innerText.includes(text), {timeout: 15_000}, `Countess of ${name}`)
  await press(page, "History of Job title")
  await page.waitForFunction((text) => [...document.querySelectorAll(".w-history li.w-past")].length > 0 && document.querySelector(".w-history").innerText.includes(text), {timeout: 15_000}, `Countess of ${name}`)
  await accessible(page, "history")
  await shot("history")
  await page.keyboard.press("Escape")
  await place("#/people", "Charles Babbage", "people")
  await place("#/people?q=babbage", "Charles Babbage", "search")
  await place("#/lists/sales_pipeline", "Sales pipeline", "list")
  await place("#/recording", "Transcript", "recording")
  await place("#/settings", "Look at it as", "settings")
  assert.deepEqual(errors, [])
}

async function flowCount(page) {
  return page.evaluate(async ([base, secret]) => (await (await fetch(`${base}/__attio/api/flows?limit=500`, {headers: {authorization: `Bearer ${secret}`}})).json()).items.length, [run.url, run.secret])
}

for (const [browser, executablePath] of Object.entries(browsers)) {
  const skip = missing ? `there is no ${missing}` : fs.existsSync(executablePath) ? false : `there is no ${executablePath}`
  test(`the workspace in ${browser}`, {skip, timeout: 120_000}, async () => {
    const puppeteer = browserTests("puppeteer-core")
    const started = await puppeteer.launch({browser, executablePath, headless: true, args: browser === "chrome" ? ["--no-sandbox", "--headless=new"] : []})
    try {
      const page = await started.newPage()
      await page.setViewport({width: 1440, height: 900})
      await uses(page, browser)
      for (const [width, height] of [[360, 740], [2560, 1440]]) {
        await page.setViewport({width, height})
        await page.evaluate(() => (location.hash = "#/people/ada"))
        await has("Ada Lovelace")(page)
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width} px`)
        await page.screenshot({path: path.join(shots, `${browser}-${width}.png`)})
      }
    } finally {
      await started.close()
    }
  })
}
