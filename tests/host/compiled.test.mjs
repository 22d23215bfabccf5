// The host's own code as V8 compiled it: made by compile.cjs, taken by V8, and of no harm when it is
// anything else. Whether a file is believed at all decides the platform (tests/unit/test_host_code.c).
import assert from "node:assert"
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import test, {after, before} from "node:test"
import {env, folder, node, serverBundle, startHost, wordsOf} from "./host.mjs"

const temporary = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-compiled-")))
const file = path.join(temporary, "code")
const line = Buffer.from("a line of the platform's\n")
let made

before(() => {
  made = execFileSync(node, wordsOf("compile.cjs"), {env, maxBuffer: 1 << 26})
})
after(() => fs.rmSync(temporary, {recursive: true}))

function parts() {
  const end = made.indexOf(10)
  let at = end + 1
  return Object.entries(JSON.parse(made.toString("latin1", 0, end))).map(([kind, size]) => {
    at += size
    return [kind, made.subarray(at - size, at)]
  })
}

const pack = (list) =>
  Buffer.concat([
    line,
    Buffer.from(`${JSON.stringify(Object.fromEntries(list.map(([kind, bytes]) => [kind, bytes.length])))}\n`),
    ...list.map(([, bytes]) => bytes),
  ])

const scripts = {
  client: ["client-inner.js", "", "\n;return inner"],
  reconciler: ["client-reconciler.js", "require, module, console, performance", "\n"],
  server: ["server-inner.js", "", "\n;return inner"],
}

test("V8 takes what was made for the texts of both realms", () => {
  const list = parts()
  assert.deepStrictEqual(list.map(([kind]) => kind), Object.keys(scripts))
  for (const [kind, bytes] of list) {
    fs.writeFileSync(file, bytes)
    const [name, words, tail] = scripts[kind]
    const program = `
const text = fs.readFileSync(${JSON.stringify(path.join(folder, name))}, "latin1")
const whole = "(function (${words}) {\\"use strict\\";" + text + ${JSON.stringify(`${tail}})`)}
const script = new vm.Script(whole, {cachedData: fs.readFileSync(${JSON.stringify(file)})})
process.stdout.write(String(script.cachedDataRejected))`
    assert.strictEqual(execFileSync(node, ["-e", program], {env, encoding: "utf8"}), "false")
  }
})

// Loads an app with both realms, runs a function of it and shows a widget.
async function works(bytes) {
  if (bytes === undefined) fs.rmSync(file, {force: true})
  else fs.writeFileSync(file, bytes)
  const host = await startHost({}, file)
  try {
    const {Widget, h} = {Widget: "ATTIO_CLIENT_EXTENSION_SDK.Widget", h: "React.createElement"}
    const client = `registerSettingsSchema({workspace: {}}); registerSurfaces({"record-action": [], "record-widget": [
      {id: "see", Widget: () => ${h}(${Widget}.TextWidget, null, ${h}(${Widget}.Title, null, "seen"))}]})`
    const app = await host.load({client, server: serverBundle({functions: {add: "(a, b) => a + b"}})})
    assert.deepStrictEqual(app.loaded.errors, [])
    assert.strictEqual(await app.call("add", 1, 2), 3)
    const start = {mount: {kind: "record-widget", id: "see", props: {recordId: "1", object: "people"}}}
    const asked = {gen: app.gen, node: 1, session: "1", start, steps: [], answers: {}, as: "admin"}
    const {surface} = await host.request("client.script", asked)
    assert.match(surface.tree.join(), /seen/)
  } finally {
    await host.stop()
  }
}

const files = {
  "as it was made": () => pack(parts()),
  "without a part": () => pack(parts().slice(1)),
  "with another one's part": () => pack(parts().map(([kind], i) => [kind, parts().at(i - 1)[1]])),
  "of another V8": () =>
    pack(parts().map(([kind, bytes]) => [kind, Buffer.concat([Buffer.alloc(16, 7), bytes.subarray(16)])])),
  "cut": () => pack(parts()).subarray(0, 5000),
  "without a part at all": () => Buffer.concat([line, Buffer.from("{}\n")]),
  "with a line that is none": () => Buffer.concat([line, Buffer.from("[null, {]\n")]),
  "empty": () => Buffer.alloc(0),
  "gone": () => undefined,
}

for (const [name, bytes] of Object.entries(files)) {
  test(`an app runs with a file ${name}`, () => works(bytes()))
}
