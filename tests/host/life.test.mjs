// The child's life: it ends with its platform, whatever runs in it; generations come and go.
import assert from "node:assert"
import {spawn} from "node:child_process"
import fs from "node:fs"
import test from "node:test"
import {env, node, nodeMajor, serverBundle, startHost, words} from "./host.mjs"

const hanging = serverBundle({functions: {hang: "() => { for (;;); }", wait: "() => new Promise(() => {})"}})

test("the first frame says which Node it is", async () => {
  const host = await startHost()
  assert.match(host.facts.node, new RegExp(`^v${nodeMajor}\\.`))
  assert.deepStrictEqual(await host.stop(), {code: 0, signal: null})
})

test("it ends when its input ends, also while app code never does", async () => {
  const host = await startHost()
  const app = await host.load({server: hanging})
  const calls = [app.call("hang"), app.call("wait")].map((call) => call.catch((error) => error.message))
  await host.request("warm")
  assert.deepStrictEqual(await host.stop(), {code: 0, signal: null})
  for (const said of await Promise.all(calls)) assert.match(said, /the host ended/)
})

test("it ends when nobody reads what it says", async () => {
  const host = await startHost()
  const app = await host.load({server: serverBundle({functions: {talk: "() => { setInterval(() => console.log('x'), 1) }"}})})
  await app.call("talk")
  host.child.stdout.destroy()
  assert.strictEqual((await host.exited).code, 0)
})

// A parent that starts the child and hangs; what is left of it is only the child's own doing.
const parent = `
const {spawn} = require("node:child_process")
const child = spawn(${JSON.stringify(node)}, ${JSON.stringify(words)}, {stdio: ["pipe", "pipe", "inherit"], env: ${JSON.stringify(env)}})
child.stdout.once("data", () => process.stdout.write(String(child.pid)))
`

const lives = (pid) => {
  try {
    return !/^State:\s+[ZX]/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

test("it does not outlive a parent that is killed", {skip: !fs.existsSync("/proc/self/status")}, async () => {
  const process_ = spawn(process.execPath, ["-e", parent], {stdio: ["ignore", "pipe", "inherit"]})
  const pid = Number(await new Promise((done) => process_.stdout.once("data", done)))
  assert.ok(lives(pid))
  process_.kill("SIGKILL")
  for (let i = 0; i < 500 && lives(pid); i++) await new Promise((done) => setTimeout(done, 10))
  assert.ok(!lives(pid))
})

test("a Worker that dies while it is loaded is no endless loop", async () => {
  const host = await startHost()
  const app = await host.load({server: "var all = []; for (;;) all.push(new Array(1e5).fill(1))"})
  assert.deepStrictEqual(app.loaded.errors.map(({realm, error}) => [realm, error.code]), [["server", "unexpected-transport-error"]])
  await assert.rejects(app.call("x"), {code: "unexpected-transport-error"})
  await app.drop()
  await host.stop()
})

test("mistakes of the platform are answered", async () => {
  const host = await startHost()
  await assert.rejects(host.request("nothing", {}), /no method nothing/)
  await assert.rejects(host.request("server.run", {gen: 9, kind: "function"}), /no generation 9/)
  const app = await host.load({server: hanging})
  await assert.rejects(host.request("load", {gen: app.gen}), /is there already/)
  await assert.rejects(host.request("client.tree", {gen: app.gen, surface: "s"}), /no client bundle/)
  await host.stop()
})

// Each Worker is a thread.
test("after the first `warm` Workers wait for each load that comes", {skip: !fs.existsSync("/proc/self/task")}, async () => {
  const host = await startHost()
  const threads = () => fs.readdirSync(`/proc/${host.child.pid}/task`).length
  const become = async (wanted) => {
    for (let i = 0; i < 1000 && threads() !== wanted; i++) await new Promise((done) => setTimeout(done, 10))
    assert.strictEqual(threads(), wanted)
  }
  const text = serverBundle({functions: {x: "() => 1"}})
  let app = await host.load({server: text})
  const next = async () => {
    const one = await host.load({server: text})
    await app.drop()
    app = one
  }
  await next() // the client's that waited is still there
  const before = threads()
  await host.request("warm")
  await become(before + 1)
  for (let i = 0; i < 3; i++) {
    await next()
    await become(before + 1)
  }
  assert.deepStrictEqual(await host.stop(), {code: 0, signal: null})
})

test("memory does not grow with reloads", {skip: !fs.existsSync("/proc/self/status")}, async () => {
  const host = await startHost()
  const text = serverBundle({functions: {x: "() => 1"}, before: `var big = ${JSON.stringify("x".repeat(500000))};`})
  // Its own memory: parts of Node's program file that are first needed at some time are no growth.
  const size = () => Number(/RssAnon:\s+(\d+)/.exec(fs.readFileSync(`/proc/${host.child.pid}/status`, "utf8"))[1]) / 1024
  let app = await host.load({server: text})
  async function reload(times) {
    for (let i = 0; i < times; i++) {
      const next = await host.load({server: text})
      assert.strictEqual(await next.call("x"), 1)
      await app.drop()
      app = next
    }
    return size()
  }
  const before = await reload(15)
  const after = await reload(30)
  // 30 bundles of half a megabyte, or their threads, would be seen.
  assert.ok(after - before < 8, `${before} MB became ${after} MB`)
  await host.stop()
})
