// Too much of everything: values with many levels, long texts, floods of lines. Whatever app code makes,
// its call is answered, and so is the next one.
import assert from "node:assert"
import test, {after, before} from "node:test"
import {serverBundle, startHost} from "./host.mjs"

const levels = "(n) => { let value = 1; for (let i = 0; i < n; i++) value = i % 2 ? [value] : {value}; return value }"

const functions = {
  echo: "(value) => value",
  result: levels,
  kv: `async (n) => { await ATTIO_SERVER_APP_SDK.kv.set("deep", (${levels})(n)); return "kept" }`,
  rest: `async (n) => { await ATTIO_SERVER_APP_SDK.attioFetch({method: "POST", path: "/x", body: (${levels})(n)}); return "sent" }`,
  thrown: `(n) => { throw Object.assign(new Error("m".repeat(n)), {name: "n".repeat(n), code: "c".repeat(n)}) }`,
  text: `(n) => "x".repeat(n)`,
  fetch: `async (n) => { await fetch("https://far.test/", {method: "POST", body: "x".repeat(n)}); return "sent" }`,
  logs: `(n, times) => { for (let i = 0; i < times; i++) console.log("y".repeat(n)); return "said" }`,
  texts: `(n) => ({a: ["x".repeat(n), {b: "\\u0001".repeat(n)}]})`,
  stray: `async (n) => { for (let i = 0; i < n; i++) Promise.reject(new Error("stray")); return "left" }`,
  hook: "() => 1",
  pollute: `(whose) => { globalThis[whose].prototype.toJSON = function () { return "mine" } }`,
  object: `() => ({at: new Date(0)})`,
  throws: `() => { throw new Error("mine") }`,
}

const client = `"use strict"; (() => {
  const levels = ${levels};
  const sdk = ATTIO_CLIENT_EXTENSION_SDK;
  const actions = {
    server: (n) => runServerFunction("echo", [levels(n)]),
    query: (n) => sdk.runQuery("query a { b }", {variables: levels(n)}),
    toast: (n) => sdk.showToast({title: levels(n), variant: "success"}),
    pollute: () => { Object.prototype.toJSON = function () { return "mine" } },
    toast1: () => sdk.showToast({title: "t", variant: "success"}),
    text: (n) => sdk.showToast({title: "x".repeat(n), variant: "success"}),
    thrown: (n) => { throw new Error("x".repeat(n)) },
    result: levels,
    rerender: () => sdk.showDialog({title: "d", Dialog: () => { const [n, set] = React.useState(0); React.useEffect(() => set(n + 1)); return null }}),
    "render-in-render": () => sdk.showDialog({title: "d", Dialog: () => { const [n, set] = React.useState(0); set(n + 1); return null }}),
    alerts: async () => { for (;;) await sdk.alert({title: "t", text: "x"}) },
    confirms: async () => { for (;;) await sdk.confirm({title: "t", text: "x"}) },
    queries: async () => { for (;;) await sdk.runQuery("query a { b }") },
    timers: () => new Promise(() => { const again = () => setTimeout(again, 0); again() }),
    intervals: () => new Promise(() => { for (let i = 0; i < 1000; i++) setInterval(() => {}, 1) }),
    microtasks: () => new Promise(() => { const again = () => Promise.resolve().then(again); again() }),
    stray: async () => { for (let i = 0; i < 100000; i++) Promise.reject(new Error("stray")) },
    heap: () => { const all = []; for (;;) all.push(new Array(1e5).fill({})) },
  };
  registerSettingsSchema({workspace: {}});
  registerSurfaces({"record-action": Object.entries(actions).map(([id, run]) => ({
    type: "record-action", id, label: "x", onTrigger: ({recordId}) => run(Number(recordId)),
  })), "bulk-record-action": [], "record-widget": [], "object-action": [], "workflow-block": [], "workspace-settings": []});
})();`

let host
let app

before(async () => {
  host = await startHost({
    fetch: ({url}) => ({status: 200, url, headers: [], body: "x"}),
    "kv.set": () => ({}),
    rest: () => ({status: 200, body: {}}),
    server: () => ({value: 1}),
    query: () => ({data: {}}),
  })
  app = await host.load({server: serverBundle({functions}), client})
  assert.deepStrictEqual(app.loaded.errors, [])
})
after(() => host.stop())

const depths = [10, 500, 1500, 3000, 5000, 20000, 200000]

// How a call ended: its value's type, or the kind of error; that it ended is what is asked.
const ending = (call) => call.then((value) => typeof value, (error) => error.code ?? error.name)

for (const name of ["result", "kv", "rest"]) {
  test(`server: ${name}, of any depth`, async () => {
    for (const depth of depths) {
      const end = await ending(app.call(name, depth))
      assert.ok(depth > 500 || end === "object" || end === "string", `${depth} levels: ${end}`)
      assert.strictEqual(await app.call("echo", depth), depth)
    }
  })
}

for (const name of ["server", "query", "toast", "result"]) {
  test(`client: ${name}, of any depth`, async () => {
    for (const depth of depths) {
      const trigger = (id, recordId) => host.request("client.trigger", {gen: app.gen, node: 1, session: "s", kind: "record-action", id, args: {recordId: String(recordId), object: "people"}})
      await ending(trigger(name, depth))
      await trigger("result", 1)
    }
  })
}

// A headless run of an action that never ends: it is left, and says so.
const run = (id, {gen} = app) => host.request("client.script", {gen, node: 1, session: id, start: {trigger: {kind: "record-action", id, args: {recordId: "1", object: "people"}}}, steps: [], patience: 300, answers: {confirm: "yes"}, as: "admin"})

test("client: what never comes to rest is left", async () => {
  const restless = ["rerender", "render-in-render", "alerts", "confirms", "queries", "timers", "intervals", "stray"]
  const own = await host.load({client})
  for (const id of restless) {
    const codes = await run(id, own).then((told) => told.findings.map(({code}) => code), (error) => [error.code])
    assert.ok(codes.length > 0, `${id}: no word about it`)
  }
  await own.drop()
})

test("client: what did not come to rest is over with its run", async () => {
  const own = await host.load({client})
  let asked = 0
  const {query} = host.answers
  host.answers.query = () => (asked++, {data: {}})
  const [{findings}, other] = await Promise.all([run("queries", own), run("result", own)])
  assert.deepStrictEqual([findings.some(({code}) => code === "restless"), other.ok], [true, true])
  assert.strictEqual((await run("result", own)).ok, true) // in the next realm
  const before = asked
  assert.ok(before > 0)
  for (let i = 0; i < 20; i++) assert.strictEqual((await run("result", own)).ok, true)
  assert.strictEqual(asked, before)
  host.answers.query = query
  await own.drop()
})

for (const name of ["microtasks", "heap"]) {
  test(`client: ${name} that are never over`, async () => {
    await assert.rejects(run(name), {code: "unexpected-transport-error"})
    assert.strictEqual((await run("result")).ok, true)
  })
}

test("texts that are too long are refused, and errors are cut", async () => {
  // It may need more memory than there is before it can be seen to be too long.
  for (const name of ["text", "fetch"]) await assert.rejects(app.call(name, (64 << 20) + 1), /characters long|out of memory/)
  await assert.rejects(app.call("thrown", 1 << 20), (error) => error.message.length < 110000 && error.name.length < 110000 && error.code.length < 110000)
  assert.strictEqual(await app.call("echo", 1), 1)
})

test("a flood of characters is cut as one of lines is", async () => {
  host.told("log")
  assert.strictEqual(await app.call("logs", 200000, 100), "said")
  const said = host.told("log").map(({text}) => text.length)
  assert.ok(said.length > 0 && said.reduce((sum, length) => sum + length, 0) <= 4 << 20)
})

test("texts that cannot cross are not even made into JSON", async () => {
  for (const name of ["text", "texts", "fetch"]) {
    // Often enough that garbage is collected in the middle: what a text has once become flat ends the process.
    for (const n of [40 << 20, 200 << 20, 400 << 20, 200 << 20, 400 << 20, 200 << 20]) await assert.rejects(app.call(name, n), /characters long/)
  }
  assert.strictEqual(await app.call("echo", 1), 1)
})

test("stray rejections are told as far as lines are", async () => {
  const own = await host.load({server: serverBundle({functions}), client})
  host.told("error")
  assert.strictEqual(await own.call("stray", 100000), "left")
  assert.strictEqual(await own.call("echo", 1), 1)
  const told = host.told("error").length
  assert.ok(told > 0 && told < 5000, `${told} are told`)
  await own.drop()
})

test("a toJSON that app code gave to everything is the app's own affair", async () => {
  for (const whose of ["Object", "Array"]) {
    const own = await host.load({server: serverBundle({functions}), client})
    await own.call("pollute", whose)
    assert.strictEqual(await own.call("echo", "a"), "a")
    assert.deepStrictEqual(await own.call("object"), whose === "Object" ? "mine" : {at: "1970-01-01T00:00:00.000Z"})
    assert.strictEqual(await own.call("fetch", 1), "sent")
    await assert.rejects(own.call("throws"), {message: "mine"})
    await own.drop()
  }
  const own = await host.load({client})
  assert.strictEqual((await run("pollute", own)).ok, true)
  const told = await run("toast1", own)
  assert.deepStrictEqual([told.ok, told.toasts.map(({title}) => title)], [true, ["t"]])
  await own.drop()
})
