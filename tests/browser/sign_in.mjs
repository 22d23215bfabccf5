// `attio login` with a real browser at the local platform's page: yes, digits that are wrong first, and no.
import assert from "node:assert"
import {spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {after, before, describe, test} from "node:test"
import {browsers, build, launch, missing, top} from "../page/user.mjs"

const bin = path.join(build, "attio")
const words = (page) => page.evaluate(() => document.body.innerText)

// A program with what it has said so far, line by line.
class Program {
  lines = []
  waiting = []

  constructor(args, options) {
    this.child = spawn(bin, args, options)
    this.child.stdin.end()
    for (const name of ["stdout", "stderr"]) {
      let rest = ""
      this.child[name].on("data", (data) => {
        const lines = (rest + data).split("\n")
        rest = lines.pop()
        this.lines.push(...lines)
        for (const look of [...this.waiting]) look()
      })
    }
    this.ended = new Promise((done) => this.child.on("close", done))
  }

  // What the first line from `from` on that `find` takes is to it.
  line(find, from = 0) {
    return new Promise((done, fail) => {
      this.ended.then((code) => fail(new Error(`it ended with ${code}:\n${this.lines.join("\n")}`)))
      const look = () => {
        const found = this.lines.slice(from).map(find).find(Boolean)
        if (found) done(found)
      }
      this.waiting.push(look)
      look()
    })
  }
}

const event = (name) => (line) => line.startsWith("{") && JSON.parse(line).event === name && JSON.parse(line)

async function press(page, name) {
  const button = await page.evaluateHandle((text) => [...document.querySelectorAll("button")].find((one) => one.innerText === text), name)
  await Promise.all([page.waitForNavigation(), button.asElement().click()])
}

for (const [name, executable] of Object.entries(browsers)) {
  const skip = missing ? `${missing} is not there` : !fs.existsSync(executable) && `${executable} is not there`
  describe(name, {skip}, () => {
    let folder, browser, dev, url
    const env = (home) => ({PATH: process.env.PATH, LC_ALL: "C.UTF-8", HOME: home})

    before(async () => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-sign-in-"))
      const init = new Program(["init", path.join(folder, "app"), "--app", "my-app", "-t", "minimal", "--no-git"], {env: env(folder)})
      assert.equal(await init.ended, 0)
      fs.symlinkSync(path.join(top, "tests/sdk/node_modules"), path.join(folder, "app/node_modules"))
      dev = new Program(["dev", "--json", "--port", "0", "--no-check"], {cwd: path.join(folder, "app"), env: env(folder)})
      url = (await dev.line(event("ready"))).url
      browser = await launch(name)
    })

    after(async () => {
      await browser?.close()
      dev?.child.kill("SIGINT")
      await dev?.ended
      fs.rmSync(folder, {recursive: true, force: true})
    })

    // Opens the address that `login` prints: {login, page, digits}.
    async function begin(home) {
      fs.mkdirSync(home)
      const login = new Program(["login"], {env: {...env(home), ATTIO_API_URL: `${url}/api`}})
      const from = dev.lines.length
      const page = await browser.newPage()
      await page.goto(await login.line((line) => /open: +(http\S+)/.exec(line)?.[1]))
      return {login, page, digits: (await dev.line(event("sign-in"), from)).digits}
    }

    test("who approves is signed in, after digits that were wrong", {timeout: 60_000}, async () => {
      const home = path.join(folder, "yes")
      const {login, page, digits} = await begin(home)
      await page.type("#digits", digits === "000000" ? "111111" : "000000")
      await press(page, "Approve")
      assert.match(await words(page), /These are not/)
      await page.$eval("#digits", (field) => (field.value = ""))
      await page.type("#digits", digits)
      await press(page, "Approve")
      assert.match(await words(page), /You are signed in to Attio/)
      assert.equal(await login.ended, 0)
      const whoami = new Program(["whoami"], {env: {...env(home), ATTIO_API_URL: `${url}/api`}})
      assert.equal(await whoami.ended, 0)
      assert.match(whoami.lines.join(), /@local\.example/)
    })

    test("who denies is not", {timeout: 60_000}, async () => {
      const {login, page} = await begin(path.join(folder, "no"))
      await press(page, "Deny")
      assert.match(await words(page), /You are not signed in/)
      assert.equal(await login.ended, 3)
      assert.match(login.lines.join("\n"), /the sign-in was refused in the browser/)
    })
  })
}
