// An app that means no good (../apps/hostile): neither the page nor the platform takes harm, and the page says what was held
// back. No text of the app becomes markup or a script, and a framed page is a stranger.
import assert from "node:assert/strict"
import http from "node:http"
import {until} from "../../platform/dev.mjs"
import {appOf} from "./rich.mjs"

const app = appOf("hostile")
const markup = `<img src=x onerror="globalThis.pwned = 1">`

// Nothing of it ran, and no element was made of a text.
async function unharmed(user, dev) {
  const found = await user.page.evaluate(() => ({
    pwned: globalThis.pwned ?? null,
    made: [...document.querySelectorAll("img[src='x'], svg[onload], [onerror], script:not([src]), [href^='javascript:' i], [src^='javascript:' i]")].map((one) => one.outerHTML.slice(0, 200)),
    scripts: [...document.scripts].filter(({src}) => !src.startsWith(location.origin)).length,
    here: location.pathname,
  }))
  assert.deepEqual(found, {pwned: null, made: [], scripts: 0, here: "/__attio/"})
  assert.equal((await dev.api("GET", "/status")).status, 200)
}

// The longest time in which the page drew nothing while `work` went on, in ms.
async function stutter(user, what, work) {
  await user.page.evaluate(() => {
    globalThis.longest = 0
    let last = performance.now()
    const look = (now) => {
      globalThis.longest = Math.max(globalThis.longest, now - last)
      last = now
      globalThis.frame = requestAnimationFrame(look)
    }
    globalThis.frame = requestAnimationFrame(look)
  })
  await work()
  const longest = await user.page.evaluate(() => {
    cancelAnimationFrame(globalThis.frame)
    return Math.round(globalThis.longest)
  })
  console.log(`${user.browser}: ${what}: the page drew nothing for at most ${longest} ms`)
}

async function clears(user) {
  for (let turn = 0; turn < 6; turn++) await user.dismisses().catch(() => {})
}

async function texts(user, dev) {
  const {record} = await dev.attio("records", "create", "people", "--values", JSON.stringify({name: markup, description: `<script>globalThis.pwned = 1</script>${markup}`}))
  await user.goes(`#/people/${record.id.record_id}`)
  await user.sees(markup, ".w-attributes")
  await user.sees(markup, ".w-widgets")
  await user.press("Markup <b>")
  await user.sees(markup, ".d-toast")
  await user.sees(markup, "[role=alertdialog]")
  await user.axe("hostile alert")
  await user.shot("alert")
  await unharmed(user, dev)
  await user.keys("Enter")
  await user.sees(markup, "[role=dialog]")
  await user.looks("texts")
  await unharmed(user, dev)
  await user.keys("Escape")
  await user.sees(markup, ".d-told")
  await user.press("Logs", "link")
  await user.sees(markup, "main")
  await unharmed(user, dev)
  const {items} = (await dev.api("GET", "/flows?kind=action")).json
  await user.goes(`#/flows/${items[0].id}`)
  await user.press("host…", ".f-page .f-crossing")
  await user.sees("<img src=x onerror=", ".f-inside")
  await unharmed(user, dev)
  await user.looks("flow")
  await clears(user)
}

async function loops(user, dev) {
  await user.goes("#/people/ada")
  await user.sees("Bystander", ".w-widgets")
  await user.press("Loop")
  // Meanwhile the page does all else.
  await user.press("Companies…", "link")
  await user.waits("companies", () => document.querySelectorAll(".u-body a").length > 3)
  await user.goes("#/people/ada")
  await user.sees("did not give back control", ".d-told")
  await user.looks("loop")
  // What the realm showed is gone with it: that is said, and it is shown again on request or at the next look.
  await user.goes("#/companies")
  await user.goes("#/people/ada")
  await user.sees("Bystander", ".w-widgets")
  await unharmed(user, dev)
  await clears(user)
}

async function floods(user, dev) {
  await stutter(user, "a tree of 100 MB", async () => {
    await user.press("Tree")
    await user.sees("larger than 2 MB", ".d-told")
    await user.waits("the dialog", () => document.querySelector("[role=dialog] .d-surface")?.innerText.includes("xxx"))
  })
  await user.shot("tree")
  await user.fits("tree")
  await user.keys("Escape")
  await user.waits("the dialog is gone", () => document.querySelector("[role=dialog]") === null)
  await clears(user)
  await stutter(user, "a million toasts", async () => {
    await user.press("Toasts")
    await user.sees("more than 100 things on the screen", ".d-told")
    await user.waits("the end of it", () => document.querySelectorAll(".d-toast").length > 0)
  })
  await user.looks("toasts", {widths: true})
  await clears(user)
  await user.waits("the messages are gone", () => document.querySelector(".d-toast") === null)
  await unharmed(user, dev)
}

async function longWords(user, dev) {
  await stutter(user, "texts of 5 MB", async () => {
    await user.press("Long")
    await user.sees("www", ".d-toast")
    await user.sees("texts on the screen were cut by", ".d-told")
    await user.sees("www", "[role=alertdialog]")
  })
  await user.looks("long alert", {widths: true})
  await user.keys("Enter")
  await user.waits("the question", () => document.querySelectorAll("[role=alertdialog] button").length === 2)
  await user.looks("long confirm")
  await user.keys("Enter")
  await user.sees("short", "[role=dialog]")
  await user.looks("long dialog")
  await user.keys("Escape")
  await clears(user)
  await unharmed(user, dev)
}

async function windows(user, dev) {
  const opened = []
  user.page.on("popup", (page) => opened.push(page.url()))
  await user.goes("#/people/ada")
  await user.press("Windows")
  await user.sees("wants to open a page", ".d-toast")
  await unharmed(user, dev)
  await user.looks("windows")
  console.log(`${user.browser}: ${opened.length} of 100 windows were opened`)
  assert.ok(opened.length <= 1)
  await clears(user)
  for (const page of await user.page.browserContext().pages()) if (page !== user.page) await page.close()
}

// The other server: what it is asked for, and a page of its own that goes where it can.
async function elsewhere() {
  const asked = []
  const server = http.createServer((request, response) => {
    asked.push(request.url)
    response.setHeader("content-type", "text/html")
    response.setHeader("access-control-allow-origin", "*")
    response.end(`<!doctype html><title>x</title><p>elsewhere</p><script>parent.postMessage({at: "elsewhere"}, "*"); addEventListener("message", ({data}) => parent.postMessage({heard: data}, "*")); try { top.location = "/top" } catch {}</script>`)
  })
  await new Promise((done) => server.listen(0, "127.0.0.1", done))
  return {asked, url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => (server.closeAllConnections(), server.close(done)))}
}

const kept = async (dev, key) => (await dev.api("GET", `/kv/${key}`)).json?.value

async function framed(user, dev, bench, {other, live}) {
  await dev.api("PUT", "/kv/elsewhere-address", {value: other.url})
  await user.goes("#/people/ada")
  await user.strikes("Frame")
  await user.waits("the frame", () => document.querySelector("iframe.d-frame") !== null)
  const first = await user.page.evaluate(() => document.querySelector("iframe.d-frame").getAttribute("src"))
  const found = await until("what the frame found", () => kept(dev, "done"))
  const {key, storage, session, cookie, api, page, elsewhere: reached, topHref, first: heard} = found.value.done
  // The two ways to read the platform are refused by the browser or answered with nothing of use to a stranger.
  assert.deepEqual({key, storage, session, cookie, api, page, topHref, heard}, {key: "refused", storage: "refused", session: "refused", cookie: "refused", api: "refused", page: "refused", topHref: "refused", heard: undefined})
  assert.equal(reached, live ? "answered" : "refused")
  await user.sees("messages of a framed page in a second", ".d-told")
  assert.ok(found.heard <= 1000, `${found.heard} messages came to the app`)
  await user.shot("frame")
  await unharmed(user, dev)
  await user.strikes("Close")
  // A page of another address, where the app's requests may leave this machine; else its address.
  await user.waits("the other frame", (before) => ![null, before].includes(document.querySelector("iframe.d-frame")?.getAttribute("src") ?? null), first)
  if (!live) {
    const shown = await dev.http("GET", await user.page.evaluate(() => document.querySelector("iframe.d-frame").getAttribute("src")))
    assert.match(shown.text, /Not shown/)
  }
  await user.shot("url")
  await unharmed(user, dev)
  if (live) {
    const told = await until("a message from elsewhere", () => kept(dev, "elsewhere"))
    assert.deepEqual(told.value, {at: "elsewhere"})
  }
  await user.strikes("Close")
  assert.deepEqual(other.asked.filter((url) => !["/fetched", "/image", "/framed", "/favicon.ico"].includes(url)), [])
  if (!live) assert.deepEqual(other.asked, [])
  await clears(user)
}

const frames = (live) => ({
  app,
  // What the browser says of a frame that is held back.
  expects: /Unsafe attempt|CORS|Cross-Origin|Content.Security.Policy|Refused to connect|navigation of top-level|Permission denied|The operation is insecure/,
  options: async () => ({other: await elsewhere(), live, args: ["--net", live ? "live" : "deny"]}),
  ends: (bench, {other}) => other.stop(),
  tells: async (user, dev, bench, options) => {
    await user.sees("click it")
    await framed(user, dev, bench, options)
  },
})

export default {
  "hostile texts": {app, tells: async (user, dev) => {
    await user.sees("click it")
    await texts(user, dev)
    await windows(user, dev)
  }},
  ...Object.fromEntries(Object.entries({"hostile floods": floods, "hostile words": longWords, "a hostile loop": loops}).map(([name, tells]) => [name, {app, tells: async (user, dev) => {
    await user.sees("click it")
    await tells(user, dev)
  }}])),
  "hostile frames, live": frames(true),
  "hostile frames, no network": frames(false),
}
