// The page as people use it, clicked through in real browsers: each story twice, in one start of each browser, on a real
// `attio dev` of its own. Screenshots: build/page-shots.
//   node --test tests/page/clicks.mjs          (--test-name-pattern=seed for some, BROWSER=firefox for one)
import assert from "node:assert/strict"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {after, before, describe, test} from "node:test"
import {withDev} from "../platform/dev.mjs"
import {Bench} from "../probes/suite.mjs"
import {User, browsers, build, launch, missing, shots} from "./user.mjs"

const names = ["seed", "keyboard", "rich", "workflow", "hostile", "changes"]
const stories = (await Promise.all(names.map((name) => import(`./stories/${name}.mjs`)))).flatMap((one) => Object.entries(one.default))
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-clicks-")))
after(() => fs.rmSync(folder, {recursive: true, force: true}))

// A story: {app(bench), options?: (bench) => options of withDev, tells(user, dev, bench, options), ends?, expects?: words
// of the console that are right}.
async function told(story, name, browser, started) {
  const bench = new Bench(path.join(folder, browser, name.replaceAll(" ", "-")), path.join(build, "attio"))
  await story.app(bench)
  const options = (await story.options?.(bench)) ?? {}
  await withDev(bench, {...options, args: ["--no-check", ...(options.args ?? [])]}, async (dev) => {
    const context = await started.createBrowserContext()
    try {
      const page = await context.newPage()
      await page.setViewport({width: 1440, height: 900})
      const user = new User(page, browser, name)
      await user.scheme("light")
      await page.goto(`${dev.url}/__attio/`)
      await story.tells(user, dev, bench, options)
      assert.deepEqual(user.errors.filter((text) => !story.expects?.test(text)), [])
    } finally {
      await context.close()
    }
  }).finally(() => story.ends?.(bench, options))
  assert.deepEqual(bench.problems, [])
}

for (const [browser, executable] of Object.entries(browsers).filter(([name]) => (process.env.BROWSER ?? name) === name)) {
  const skip = missing ? `there is no ${missing}` : fs.existsSync(executable) ? false : `there is no ${executable}`
  describe(browser, {skip}, () => {
    let started
    before(async () => {
      fs.mkdirSync(shots, {recursive: true})
      started = await launch(browser)
    })
    after(() => started?.close())
    for (const [name, story] of stories) test(name, {timeout: 300_000}, () => told(story, name, browser, started))
  })
}
