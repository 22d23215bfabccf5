// Packages that apps use answer in the server realm what they answer when Node itself loads them.
import assert from "node:assert"
import {execFileSync} from "node:child_process"
import {webcrypto} from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import test, {after, before} from "node:test"
import {pathToFileURL} from "node:url"
import {startHost, top} from "./host.mjs"

globalThis.crypto ??= webcrypto // Node 18 has it in its module only
const folder = path.join(top, "tests/packages")
const uses = fs.readdirSync(path.join(folder, "uses")).map((file) => path.basename(file, ".js"))
const esbuild = path.join(top, "lib/deps/node_modules/esbuild/bin/esbuild")

// Each is evaluated when it is first asked for.
const entry = `export const uses = {${uses.map((name) => `${JSON.stringify(name)}: () => import("./uses/${name}.js")`)}}`

// What needs a name that the server is not known to have: it works with lenient globals.
const wants = {stripe: "Event is not defined"}
// What makes code of texts works nowhere here.
const refused = "Code generation from strings disallowed for this context"
const compilers = ["handlebars", "lodash"]

let host
let strict
let lenient

before(async () => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "attio-host-"))
  const out = path.join(work, "out.js")
  const words = ["--bundle", "--platform=browser", "--format=iife", "--global-name=pack", `--outfile=${out}`, "--log-level=error"]
  execFileSync(process.execPath, [esbuild, ...words, `--define:process.env.NODE_ENV="production"`, "--sourcefile=entry.js"], {cwd: folder, input: entry})
  const text = fs.readFileSync(out, "utf8")
  fs.rmSync(work, {recursive: true})
  host = await startHost()
  const server = `${text}\nvar stdin_default = async (name) => JSON.stringify(await (await pack.uses[name]()).default())`
  strict = await host.load({server})
  lenient = await host.load({server, lenient: true})
})
after(() => host.stop())

test("the bundle loads", () => {
  assert.deepStrictEqual([strict.loaded.errors, lenient.loaded.errors], [[], []])
})

for (const name of uses) {
  test(name, async () => {
    const {default: use} = await import(pathToFileURL(path.join(folder, "uses", `${name}.js`)))
    const wanted = compilers.includes(name) ? refused : JSON.stringify(await use())
    const ask = (app) => app.call(name).catch((error) => error.message)
    assert.strictEqual(await ask(lenient), wanted)
    assert.strictEqual(await ask(strict), wants[name] ?? wanted)
  })
}
