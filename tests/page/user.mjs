// Somebody at the page: presses what has a name, types, reads. Everything is waited for, nothing by the clock.
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import {fileURLToPath} from "node:url"

export const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
export const build = path.resolve(process.env.ATTIO_BUILD ?? path.join(top, "build"))
export const shots = path.join(build, "page-shots")
const browserTests = createRequire(path.join(top, "tests/browser/package.json"))
export const browsers = {chrome: "/usr/bin/chromium", firefox: "/usr/bin/firefox-esr"}
export const missing = [path.join(top, "tests/browser/node_modules/puppeteer-core"), path.join(build, "page/page.js")].find((file) => !fs.existsSync(file))
const patience = 60_000

export const launch = (browser) =>
  browserTests("puppeteer-core").launch({browser, executablePath: browsers[browser], headless: true, extraPrefsFirefox: {"signon.rememberSignons": false}, args: browser === "chrome" ? ["--no-sandbox", "--headless=new"] : []})

// The element of a kind with a name, once it is there and in sight; the topmost when a modal box is open.
function named(name, kind) {
  const kinds = {
    button: "button, [role=button], summary", link: "a[href]", option: "[role=option]", tab: "[role=tab]",
    field: "input:not([type=checkbox]), textarea, select, [role=combobox]", check: "input[type=checkbox]",
  }
  const nameOf = (one) => {
    const by = one.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.innerText ?? "").join(" ")
    return (one.getAttribute("aria-label") ?? by ?? (one.labels?.[0] ? one.labels[0].innerText : one.innerText)).trim().replace(/\s+/g, " ")
  }
  const open = [...document.querySelectorAll("dialog[open], .d-modal")].filter((one) => one.getClientRects().length > 0)
  const boxes = open.length > 0 ? [open.at(-1), ...document.querySelectorAll(".d-toasts, .d-pop")] : [document]
  const all = boxes.flatMap((box) => [...box.querySelectorAll(kinds[kind] ?? kind)]).filter((one) => one.getClientRects().length > 0)
  const start = name.endsWith("…") ? name.slice(0, -1) : undefined
  return all.find((one) => (start === undefined ? nameOf(one) === name : nameOf(one).startsWith(start)))
}

export class User {
  errors = [] // told at the end, all together

  constructor(page, browser, story) {
    Object.assign(this, {page, browser, story})
    page.on("pageerror", (error) => this.errors.push(error.message))
    page.on("console", (message) => message.type() === "error" && !/Failed to load resource|net::ERR|NetworkError|axe/.test(message.text()) && this.errors.push(message.text()))
  }

  // Whether `check(...args)`, run in the page, comes true; with what is in sight when it does not.
  async waits(what, check, ...args) {
    try {
      // By the clock of the page: mutations of texts alone, and of what is in a shadow, are told to nobody.
      return await this.page.waitForFunction(check, {timeout: patience, polling: 25}, ...args)
    } catch {
      await this.shot("failed")
      const text = await this.page.evaluate(() => document.body.innerText.slice(0, 3000))
      throw new Error(`${this.browser}: ${what}: not within ${patience} ms. The page says:\n${text}\n${this.errors.join("\n")}`)
    }
  }

  sees = (text, where = "body") => this.waits(`sees "${text}"`, (words, box) => [...document.querySelectorAll(box)].some((one) => one.innerText.includes(words)), text, where)
  seesNot = (text, where = "body") => this.waits(`sees "${text}" no more`, (words, box) => ![...document.querySelectorAll(box)].some((one) => one.innerText.includes(words)), text, where)

  async find(name, kind = "button") {
    const handle = await this.waits(`${kind} "${name}"`, named, name, kind)
    return handle.asElement()
  }

  async press(name, kind = "button") {
    // What is drawn anew between looking and pressing is looked for once more.
    for (let turn = 0; ; turn++) {
      try {
        return await (await this.find(name, kind)).click()
      } catch (error) {
        if (turn > 3 || /not within/.test(error.message)) throw error
      }
    }
  }

  // Where a frame comes or goes: Chromium's driver waits for ever for the mouse then, Firefox' keys go nowhere.
  async strikes(name, kind = "button") {
    if (this.browser === "firefox") return this.press(name, kind)
    await (await this.find(name, kind)).focus()
    await this.page.keyboard.press("Enter")
  }

  // Types into a field what is to stand there.
  async fill(name, text) {
    const field = await this.find(name, "field")
    await field.focus()
    await field.evaluate((one) => one.select?.())
    if (text === "") await this.page.keyboard.press("Backspace")
    else await this.page.keyboard.type(text)
  }

  async choose(name, label) {
    const field = await this.find(name, "field")
    await field.evaluate((one, wanted) => {
      one.value = [...one.options].find(({text}) => text.startsWith(wanted)).value
      one.dispatchEvent(new Event("change", {bubbles: true}))
    }, label)
  }

  async keys(...names) {
    for (const name of names) {
      const parts = name.split("+").map((part) => (part === "Space" ? " " : part))
      for (const held of parts.slice(0, -1)) await this.page.keyboard.down(held)
      await this.page.keyboard.press(parts.at(-1))
      for (const held of parts.slice(0, -1).reverse()) await this.page.keyboard.up(held)
    }
  }

  type = (text) => this.page.keyboard.type(text)
  focused = () => this.page.evaluate(() => {
    const one = document.activeElement
    return `${one.tagName.toLowerCase()} ${(one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText ?? "").trim().slice(0, 60)}`
  })

  // By the keyboard alone, to what has this name.
  async tabsTo(name, kind = "button", most = 150) {
    for (let turn = 0; turn < most; turn++) {
      await this.page.keyboard.press("Tab")
      if (await this.page.evaluate(`(${named})(${JSON.stringify(name)}, ${JSON.stringify(kind)}) === document.activeElement`)) return
    }
    throw new Error(`${this.browser}: Tab does not come to ${kind} "${name}"; it stands at ${await this.focused()}`)
  }

  goes = (hash) => this.page.evaluate((to) => (location.hash = to), hash)
  // To the front first: what a window of the app hides is never painted, and its picture waits for that.
  async shot(what) {
    await this.page.bringToFront()
    await this.page.screenshot({path: path.join(shots, `${this.browser}-${this.story}-${what}.png`.replaceAll(/[ ,]+/g, "-"))})
  }

  async scheme(value) {
    if (this.browser === "chrome") await this.page.emulateMediaFeatures([{name: "prefers-color-scheme", value}, {name: "prefers-reduced-motion", value: "reduce"}])
  }

  // axe finds nothing, and nothing is wider than the window.
  async axe(place) {
    await this.page.evaluate(fs.readFileSync(browserTests.resolve("axe-core/axe.min.js"), "utf8"))
    const found = await this.page.evaluate(async () => (await globalThis.axe.run(document, {resultTypes: ["violations"]})).violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html, any}) => `${html.slice(0, 160)} ${any[0]?.data?.contrastRatio ?? ""}`).join(" | ")}`))
    this.errors.push(...found.map((one) => `${place}: ${one}`))
    await this.fits(place)
  }

  // Nothing reaches out of the window, and no button's text out of its button.
  async fits(place) {
    const wrong = await this.page.evaluate(() => {
      const scrolls = (one) => one.closest(".u-table, .i-scroll, .d-table, .u-frame, .u-command, .d-options, pre, .u-tabs, .u-hidden, .d-hidden, .p-skip, dialog:not([open])") !== null
      const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one)).slice(0, 3).map((one) => `wide: ${one.outerHTML.slice(0, 120)}`)
      const cut = [...document.querySelectorAll("button, .u-button, label, h1, h2")].filter((one) => one.getClientRects().length > 0 && !scrolls(one) && one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).overflowX === "visible" && getComputedStyle(one).display !== "inline")
        .slice(0, 3).map((one) => `cut: ${one.outerHTML.slice(0, 120)}`)
      const out = [...document.querySelectorAll(".d-modal, dialog[open], .d-toast, .d-pop")].filter((one) => {
        const {left, right, width} = one.getBoundingClientRect()
        return width > 0 && (left < 0 || right > innerWidth)
      }).map((one) => `out of the window: ${one.outerHTML.slice(0, 120)}`)
      const squeezed = [...document.querySelectorAll(".p-notice, .d-toast, button, .u-button")].filter((one) => one.offsetWidth > 0 && one.innerText.trim().length > 3 && one.offsetHeight > 2 * one.offsetWidth && getComputedStyle(one).writingMode === "horizontal-tb")
        .slice(0, 3).map((one) => `squeezed: ${one.outerHTML.slice(0, 120)}`)
      return [...wide, ...cut, ...out, ...squeezed]
    })
    this.errors.push(...wrong.map((one) => `${place}: ${one}`))
  }

  // The place as it stands: axe, light and dark, a picture of each; narrow and wide with `widths`.
  async looks(what, {widths = false} = {}) {
    await this.axe(what)
    await this.shot(what)
    if (this.browser !== "chrome") return
    await this.scheme("dark")
    await this.axe(`${what}, dark`)
    await this.shot(`${what}-dark`)
    await this.scheme("light")
    for (const [width, height] of widths ? [[360, 740], [2560, 1440]] : []) {
      await this.page.setViewport({width, height})
      await this.axe(`${what}, ${width} px`)
      await this.shot(`${what}-${width}`)
    }
    if (widths) await this.page.setViewport({width: 1440, height: 900})
  }

  // No toast is left.
  async dismisses() {
    const left = () => this.page.$(".d-toast [aria-label=Dismiss]")
    for (let one = await left(); one !== null; one = await left()) await one.evaluate((button) => button.click())
    await this.waits("no toast", () => document.querySelector(".d-toast") === null)
  }

  // Keeps the texts of all that appears from now on in elements of a selector, in their order.
  watch(selector, text) {
    return this.page.evaluate((what, inner) => {
      globalThis.seen = []
      const known = new WeakSet()
      const look = () => document.querySelectorAll(what).forEach((one) => {
        const now = one.querySelector(inner)?.innerText
        if (known.has(one) || now === undefined) return
        known.add(one)
        globalThis.seen.push(now)
      })
      globalThis.watcher?.disconnect()
      globalThis.watcher = new MutationObserver(look)
      globalThis.watcher.observe(document.body, {childList: true, subtree: true})
    }, selector, text)
  }

  seen = () => this.page.evaluate(() => globalThis.seen)
}
