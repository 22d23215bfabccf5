// What the page does when things change under it: the app's source, a build that is broken, the platform that ends and
// comes back, a network that was away. How long it takes is measured in the page and printed.
import assert from "node:assert/strict"
import fs from "node:fs"
import path from "node:path"
import {Dev} from "../../platform/dev.mjs"
import {appOf} from "./rich.mjs"

const app = appOf("rich")
const file = "src/app/extensions/counter/extension.tsx"
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]

// When a text is there, by the page's own clock (of the same machine).
const watchFor = (user, text) => user.page.evaluate((words) => {
  globalThis.arrived = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(".w-widgets")?.innerText.includes(words)) return
      watcher.disconnect()
      resolve(Date.now())
    }
    const watcher = new MutationObserver(look)
    watcher.observe(document.body, {childList: true, subtree: true, characterData: true})
    look()
  })
}, text)

async function sources(user, dev, bench) {
  await user.sees("first words", ".w-widgets")
  const source = fs.readFileSync(path.join(bench.app, file), "utf8")
  const taken = []
  for (let turn = 0; turn < 11; turn++) {
    await watchFor(user, `words ${turn}`)
    const written = Date.now()
    bench.write({[file]: source.replace("first words", `words ${turn}`)})
    taken.push((await user.page.evaluate(() => globalThis.arrived)) - written)
  }
  console.log(`${user.browser}: a changed source file is seen after ${median(taken)} ms at the median, ${Math.max(...taken)} at most`)
  // A new label is that of the button, too.
  const action = "src/app/extensions/invoice/extension.tsx"
  bench.write({[action]: fs.readFileSync(path.join(bench.app, action), "utf8").replace("Send an invoice", "Send a bill").replace(`objects: "companies"`, `objects: "people"`)})
  await user.find("Send a bill")
  // A build that is broken is told as long as it is; the last good one runs on.
  bench.write({[file]: `${source}\nlet let = 1\n`})
  await user.sees("broken", ".p-banner")
  await user.press("The build is broken…")
  await user.sees("reserved word", ".p-banner")
  await user.looks("broken build", {widths: true})
  await user.press("Counter…", ".w-widgets button, .w-widgets [role=button], .d-widget")
  await user.sees("count 1", ".w-widgets")
  bench.write({[file]: source.replace("first words", "mended words")})
  await user.sees("mended words", ".w-widgets")
  await user.waits("no banner", () => document.querySelector(".p-broken") === null)
}

async function events(user) {
  await user.sees("count 0", ".w-widgets")
  const taken = await user.page.evaluate(async () => {
    const all = []
    const widget = () => [...document.querySelectorAll(".w-widgets button, .w-widgets [role=button]")].find((one) => one.innerText.includes("Counter"))
    for (let turn = 1; turn <= 41; turn++) {
      await new Promise((resolve) => {
        const begin = performance.now()
        const watcher = new MutationObserver(() => {
          if (!document.querySelector(".w-widgets").innerText.includes(`count ${turn}`)) return
          watcher.disconnect()
          all.push(performance.now() - begin)
          resolve()
        })
        watcher.observe(document.querySelector(".w-widgets"), {childList: true, subtree: true, characterData: true})
        widget().click()
      })
    }
    return all
  })
  console.log(`${user.browser}: a click's new tree is drawn after ${median(taken).toFixed(1)} ms at the median, ${Math.max(...taken).toFixed(1)} at most`)
}

// No driver cuts what is under way to this machine, and Firefox' nothing at all: so the page's requests fail as if it were.
async function cuttable(user) {
  await user.page.evaluateOnNewDocument(() => {
    const real = globalThis.fetch
    const open = new Set()
    let cut = false
    globalThis.cut = (off) => {
      cut = off
      if (off) for (const one of open) one.abort(new TypeError("NetworkError"))
      open.clear()
    }
    globalThis.fetch = (what, {signal, ...rest} = {}) => {
      if (cut) return Promise.reject(new TypeError("NetworkError"))
      const one = new AbortController()
      open.add(one)
      signal?.addEventListener("abort", () => one.abort(signal.reason))
      return real(what, {...rest, signal: one.signal})
    }
  })
  await user.page.reload()
  return (off) => user.page.evaluate((value) => globalThis.cut(value), off)
}

async function away(user, dev) {
  const cut = await cuttable(user)
  await user.sees("count", ".w-widgets")
  await cut(true)
  await user.press("Counter…", ".w-widgets button, .w-widgets [role=button], .d-widget")
  await user.sees("did not hear of it", ".d-told")
  // What is shown stays; what was asked for meanwhile is asked for again by itself.
  await user.sees("Ada Lovelace", "h1")
  await user.goes("#/companies")
  await user.sees("does not answer", "main")
  // What happens meanwhile, more than is kept of it, is not missed for good.
  for (let turn = 0; turn < 2600; turn += 100) await Promise.all(Array.from({length: 100}, (_, index) => dev.api("PUT", "/kv/away", {value: turn + index})))
  await dev.api("PUT", "/records/people/ada", {values: {job_title: "Renamed while nobody listened"}})
  await cut(false)
  await user.sees("Some events were missed")
  await user.waits("companies", () => document.querySelectorAll(".u-body a").length > 3)
  await user.waits("no failure", () => document.querySelector("main .u-failure") === null)
  await user.goes("#/people/ada")
  await user.sees("Renamed while nobody listened", ".w-attributes")
}

// Of its own, since it ends and comes back at the same address.
async function restarts(user, other, bench) {
  const own = Object.assign(Object.create(bench), {app: path.join(bench.folder, "again")})
  app(own)
  const dev = await new Dev(own, {args: ["--no-check"]}).ready()
  await user.page.goto(`${dev.url}/__attio/`)
  await user.sees("count 0", ".w-widgets")
  const {port} = new URL(dev.url)
  await dev.stop()
  await user.sees("does not answer", ".p-banner")
  await user.looks("platform away", {widths: true})
  const again = new Dev(own, {args: ["--no-check"]}, ["dev", "--json", "--port", port])
  try {
    await again.ready()
    await user.waits("no banner", () => document.querySelector(".p-banner") === null && document.querySelector(".w-widgets")?.innerText.includes("count 0"))
    await user.press("Counter…", ".w-widgets button, .w-widgets [role=button], .d-widget")
    await user.sees("count 1", ".w-widgets")
    await user.press("Log an issue")
    await user.sees("Goes to the tracker", "[role=dialog]")
    await user.looks("platform back")
    assert.equal(new URL(user.page.url()).port, port)
  } finally {
    await again.stop()
  }
}

export default {
  "what changes": {app, expects: /Failed to fetch|NetworkError/, tells: async (user, dev, bench) => {
    await user.sees("click it")
    await sources(user, dev, bench)
    await user.page.reload()
    await events(user)
    await away(user, dev)
  }},
  "a restart": {app, expects: /Failed to fetch|NetworkError/, tells: restarts},
}
