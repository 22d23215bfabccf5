// The official CLI against the local platform, each command that speaks to Attio: it finds nothing missing.
import fs from "node:fs"
import path from "node:path"
import {templateApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {isInstalled, Official} from "./official/cli.mjs"

async function official(bench, use, {template = "workflow", args = ["--no-build"]} = {}) {
  await templateApp(bench, template)
  await withDev(bench, {args}, (dev) => use(dev, new Official(bench, dev)))
}

const expect = (bench, what, {code, text}, pattern, wanted = 0) => {
  if (code !== wanted || !pattern.test(text)) bench.wrong(`${what}: exit code ${code}, without ${pattern}:\n${text}`)
}

function addBlock(bench) {
  const blocks = path.join(bench.app, "src/app/blocks")
  fs.cpSync(path.join(blocks, "check-lead"), path.join(blocks, "again"), {recursive: true})
  const file = path.join(blocks, "again/block.ts")
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"check-lead"', '"check-again"'))
}

const greeter = (text) => `export default async function greet() {
  console.log(${JSON.stringify(text)})
  console.warn("and a warning")
  console.error("an error\\nof two lines")
  return process.env.GREETING
}
`

const tests = {
  "login, whoami, logout": (bench) =>
    official(bench, async (dev, cli) => {
      expect(bench, "whoami before", await cli.run(["whoami"]), /Not logged in/)
      expect(bench, "login", await cli.run(["login"]), /Successfully authenticated/)
      const entry = JSON.parse(JSON.parse(fs.readFileSync(cli.keychain, "utf8"))["attio-cli/developer"])
      bench.same("the entry", ["access_token", "refresh_token", "token_type", "expires_at"], Object.keys(entry))
      const {json} = await dev.http("GET", "/api/auth/whoami", {token: entry.access_token})
      expect(bench, "whoami", await cli.run(["whoami"]), new RegExp(`${json.user.name.full} \\(${json.user.email_address}\\)`))
      expect(bench, "logout", await cli.run(["logout"]), /logged out/)
    }),

  "init makes the app": (bench) =>
    official(bench, async (dev, cli) => {
      const answers = [[/Name for new app/, ""], [/Create ".*" with slug/, ""]]
      await cli.run(["login"])
      expect(bench, "init", await cli.run(["init", "fresh-app"], {cwd: bench.folder, answers}), /npm run dev/)
      const {json} = await dev.http("GET", "/api/apps/by-slug/fresh-app", {token: dev.secret})
      bench.same("its title", "Fresh App", json.app?.title)
      bench.same("its files", true, fs.existsSync(path.join(bench.folder, "fresh-app/src")))
    }),

  "version create and list": (bench) =>
    official(bench, async (dev, cli) => {
      addBlock(bench)
      expect(bench, "list before", await cli.run(["version", "list"]), /No versions found/)
      expect(bench, "create", await cli.run(["version", "create"]), /Version 1\.0 created!/)
      expect(bench, "create again", await cli.run(["version", "create"]), /Version 1\.1 created!/)
      expect(bench, "list", await cli.run(["version", "list"]), /1\.0[\s\S]*1\.1[\s\S]*Private/)
      expect(bench, "another app", await cli.run(["version", "list", "--app", "nobodys"]), /App not found/, 1)
    }),

  "dev uploads, and what it uploads runs": (bench) =>
    official(bench, async (dev, cli) => {
      bench.write({"src/app/greet.server.ts": greeter("one"), ".env": "GREETING=hello\n"})
      const action = fs.readFileSync(path.join(bench.app, "src/app/blocks/check-lead/execute.ts"), "utf8")
      fs.writeFileSync(path.join(bench.app, "src/app/blocks/check-lead/execute.ts"), action)
      const one = cli.start(["dev"])
      await one.says(/Using workspace/)
      await one.says(/Upload complete/)
      await dev.event("running")
      const greet = async () => (await dev.api("POST", "/server/call", {module: "app/greet.server"})).json
      bench.same("its environment", "hello", (await greet())?.value)
      const from = dev.lines.length
      bench.write({"src/app/greet.server.ts": greeter("two")})
      await one.says(/Upload complete/)
      await dev.event("running", () => true, from)
      // The log service is joined once the app is installed; what is logged then is told.
      const logs = cli.start(["logs"])
      await logs.says(/Waiting for logs|Connected|listening/i)
      await greet()
      await logs.says(/INFO: two/)
      await logs.says(/WARNING: and a warning/)
      await logs.says(/ERROR: an error\nof two lines/)
      bench.same("the end of logs", 0, await logs.stop())
      bench.same("the end of dev", 0, await one.stop())
    }),
}

// Where the SDK package is not installed there is nothing to run.
export default isInstalled() ? tests : {}
if (!isInstalled()) console.log(`0 passed, 0 failed, ${Object.keys(tests).length} skipped: the SDK package is not installed`)
