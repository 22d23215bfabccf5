// The client realm itself: its globals, what is absent, unknown names, its clock, and who caused what.
import assert from "node:assert/strict"
import {after, before, test} from "node:test"
import {action, bundle, found, go, good, logs, startHost} from "./client-host.mjs"

let host
before(async () => {
  host = await startHost({
    server: async ({module, args}) => ({value: {module, args}}),
    query: async ({variables}) => ({data: {echo: variables}}),
  })
})
after(() => host.close())

async function run(body, steps, more) {
  const app = await host.load(action(body), more)
  assert.deepEqual(app.errors, [])
  const transcript = await app.script(go, steps)
  await app.drop()
  return transcript
}

test("exactly the globals of the client are there", async () => {
  const names = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask", "window", "React", "console",
    "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "Intl", "Promise", "Map"]
  const absent = ["fetch", "document", "process", "EventTarget", "Event", "AbortController", "AbortSignal", "Buffer",
    "require", "module", "global", "SharedArrayBuffer", "Atomics", "WebAssembly", "localStorage", "XMLHttpRequest",
    "structuredClone", "atob", "btoa", "crypto", "performance", "MessageChannel", "setImmediate",
    "inner", "guard", "outerPost", "outerCall"]
  const {result} = good(await run(`return {
    there: ${JSON.stringify(names)}.filter((name) => typeof globalThis[name] !== "undefined"),
    absent: ${JSON.stringify(absent)}.filter((name) => typeof globalThis[name] !== "undefined"),
    window: Object.keys(window), react: React.version.split(".")[0],
  }`))
  assert.deepEqual(result, {there: names, absent: [], window: ["open"], react: "19"})
})

test("lenient globals are added on request", async () => {
  const body = `
    const channel = new MessageChannel()
    const got = new Promise((resolve) => { channel.port2.onmessage = ({data}) => resolve(data) })
    channel.port1.postMessage({a: [1, new Date(0)]})
    const copy = structuredClone({m: new Map([["k", {deep: true}]]), self: null})
    const uuid = crypto.randomUUID()
    return {
      base64: atob(btoa("h\\u00e4llo")) === "h\\u00e4llo" && btoa("ab") === "YWI=",
      message: await got, copy: copy.m.get("k").deep, uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/.test(uuid),
      bytes: crypto.getRandomValues(new Uint8Array(8)).length, now: typeof performance.now(),
      still: typeof AbortController + typeof fetch,
    }`
  const {result} = good(await run(body, [], {lenient: true}))
  assert.deepEqual(result, {
    base64: true, message: {a: [1, "1970-01-01T00:00:00.000Z"]}, copy: true, uuid: true, bytes: 8, now: "number",
    still: "undefinedundefined",
  })
})

test("everything that app code gets belongs to its own realm", async () => {
  const {result} = good(await run(`
    const error = await runServerFunction("x", []).then(() => null)
    const answer = await runServerFunction("x", [[1]])
    const query = await sdk.runQuery("q", {list: [1]})
    return {
      object: answer instanceof Object, list: answer.args[0] instanceof Array, promise: runServerFunction("x", []) instanceof Promise,
      query: query.echo.list instanceof Array, url: new URL("https://a.example/b?c=1").searchParams instanceof URLSearchParams,
      bytes: new TextEncoder().encode("a") instanceof Uint8Array, date: new Date() instanceof Date, handle: sdk.showToast instanceof Function,
    }`))
  for (const [name, same] of Object.entries(result)) assert.equal(same, true, name)
})

test("code cannot be made of texts", async () => {
  const {result} = good(await run(`
    const tries = [() => eval("1"), () => new Function("return 1")(), () => console.log.constructor("return process")(),
      () => setTimeout.constructor("return process")(), () => runServerFunction.constructor("return process")()]
    return tries.map((f) => { try { return "ran " + String(f()) } catch (error) { return error.name } })`))
  assert.deepEqual(result, Array(5).fill("EvalError"))
})

test("names that the SDK does not have throw an error that names them", async () => {
  const {result} = good(await run(`
    const name = (f) => { try { return String(f()) } catch (error) { return error.name + ": " + error.message } }
    const copy = Object.assign(Object.create(Object.getPrototypeOf(sdk)), {showToast: sdk.showToast})
    return [name(() => sdk.useRecord), name(() => sdk.Workflows.nothing), name(() => sdk.Table.Nothing), name(() => sdk.Forms.date()),
      name(() => root.Workflows.ConfigSchema.text()), name(() => copy.useRecords), name(() => sdk.then), name(() => sdk.default),
      name(() => sdk.Table.displayName), name(() => JSON.stringify(sdk.experimental_Destinations))]`))
  assert.match(result[0], /^AttioUnsupportedError: attio\/client has no "useRecord"/)
  assert.match(result[1], /Workflows has no "nothing"/)
  assert.match(result[2], /Table has no "Nothing"/)
  assert.match(result[3], /Forms has no "date"/)
  assert.match(result[4], /ConfigSchema has no "text"/)
  assert.match(result[5], /attio\/client has no "useRecords"/)
  assert.deepEqual(result.slice(6, 9), ["undefined", "undefined", "Table"])
})

test("names of other versions of the SDK, with and without the mark of what is experimental", async () => {
  const {result} = good(await run(`
    const copy = Object.create(Object.getPrototypeOf(sdk))
    return [sdk.Experimental_Table === sdk.Table, sdk.experimental_useWorkspaceSettings === sdk.useWorkspaceSettings,
      sdk.navigate === sdk.experimental_navigate, sdk.Card === sdk.Experimental_Card, copy.Experimental_Table === sdk.Table,
      sdk.experimental_extensions === sdk.Extensions, root.experimental_Settings === root.Settings]`))
  assert.deepEqual(result, Array(7).fill(true))
})

test("a bundle that throws, that does not parse or that registers nothing is told with the load", async () => {
  for (const [text, message] of [
    ["throw new TypeError('no luck')", /no luck/],
    ["(() => {", /Unexpected/],
    ["1", /did not register/],
    ["ATTIO_CLIENT_EXTENSION_SDK.nothing()", /has no "nothing"/],
  ]) {
    const app = await host.load(text)
    assert.equal(app.errors.length, 1)
    assert.equal(app.errors[0].realm, "client")
    assert.match(app.errors[0].error.message, message)
    await assert.rejects(app.script(go), message)
    await app.drop()
  }
})

test("import() is refused with an error of the realm", async () => {
  const {result} = good(await run(`return import("node:fs").then(() => "loaded", (error) => (error instanceof TypeError) + " " + error.message)`))
  assert.match(result, /^true import\(\) is not available/)
})

test("addresses and texts are handled as in a browser", async () => {
  const {result} = good(await run(`
    const url = new URL("../c?x=1&x=2&y=%20a+b#h", "https://u:p@Example.com:8443/a/b/")
    url.searchParams.append("z", "ä ~'()")
    url.hash = ""
    url.port = "443"
    const decoder = new TextDecoder()
    const bytes = new TextEncoder().encode("€𝄞")
    const invalid = new TextDecoder().decode(Uint8Array.of(0x61, 0xe2, 0x82, 0x62, 0xff))
    return {href: url.href, all: url.searchParams.getAll("x"), y: url.searchParams.get("y"), origin: url.origin, json: JSON.stringify({url}),
      bad: URL.canParse("nothing"), thrown: (() => { try { new URL("nothing") } catch (error) { return error instanceof TypeError } })(),
      params: new URLSearchParams({b: "2", a: "1 +"}).toString(), bytes: [...bytes],
      text: decoder.decode(bytes.subarray(0, 2), {stream: true}) + decoder.decode(bytes.subarray(2)), invalid}`))
  assert.deepEqual(result, {
    href: "https://u:p@example.com/a/c?x=1&x=2&y=+a+b&z=%C3%A4+%7E%27%28%29",
    all: ["1", "2"],
    y: " a b",
    origin: "https://example.com",
    json: '{"url":"https://u:p@example.com/a/c?x=1&x=2&y=+a+b&z=%C3%A4+%7E%27%28%29"}',
    bad: false,
    thrown: true,
    params: "b=2&a=1+%2B",
    bytes: [226, 130, 172, 240, 157, 132, 158],
    text: "€𝄞",
    invalid: "a\ufffdb\ufffd",
  })
})

test("timers follow the platform's clock: a move fires them in the order of their times", async () => {
  const app = await host.load(action(`
    const order = []
    const begun = Date.now()
    setTimeout(() => { order.push("hour " + Math.round((Date.now() - begun) / 60000)); queueMicrotask(() => order.push("micro")) }, 3600000)
    setTimeout(() => order.push("half " + Math.round((Date.now() - begun) / 60000)), 1800000)
    setTimeout(() => order.push("day"), 86400000)
    const each = setInterval(() => { order.push("tick"); if (order.filter((x) => x === "tick").length === 2) clearInterval(each) }, 2400000)
    const gone = setTimeout(() => order.push("cleared"), 1000)
    clearTimeout(gone)
    sdk.showToast({title: "Show", variant: "neutral", action: {label: "Order", onClick: () => console.log(JSON.stringify(order))}})`))
  await app.request("client.trigger", {node: 1, session: "c", kind: "record-action", id: "go", args: {}})
  await host.request("clock", {offset: 5400000})
  await app.request("client.callback", {node: 1, session: "c", ref: "t1.action", args: []})
  const log = await host.notified((frame) => frame.method === "log" && frame.params.gen === app.gen)
  assert.deepEqual(JSON.parse(log.params.text), ["half 30", "tick", "hour 60", "micro", "tick"])
  await host.request("clock", {offset: 0})
  await app.drop()
})

test("each call and message says which flow caused it, also when two actions interleave", async () => {
  let release
  host.answers.server = async ({args}) => {
    if (args[0] === "one") await new Promise((resolve) => (release = resolve))
    return {value: null}
  }
  const app = await host.load(action(`
    console.log("begin", args.object)
    await runServerFunction("f", [args.object])
    await new Promise((resolve) => setTimeout(resolve, 1))
    console.log("end", args.object)`))
  const trigger = (node, object) => app.request("client.trigger", {node, session: `x${node}`, kind: "record-action", id: "go", args: {object}})
  const first = trigger(101, "one")
  await trigger(202, "two")
  release()
  await first
  const told = host.told.filter(({method, params}) => method === "log" && params.gen === app.gen)
  assert.deepEqual(told.map(({params}) => `${params.node} ${params.session} ${params.text}`), [
    "101 x101 begin one", "202 x202 begin two", "202 x202 end two", "101 x101 end one",
  ])
  host.answers.server = async ({module, args}) => ({value: {module, args}})
  await app.drop()
})

test("errors outside of any call are told", async () => {
  const app = await host.load(bundle(`setTimeout(() => { throw new RangeError("in a timer") }, 0); Promise.reject(new Error("nobody listens")); return {}`))
  for (const message of ["in a timer", "nobody listens"]) {
    await host.notified(({method, params}) => method === "error" && params.gen === app.gen && params.error.message === message)
  }
  await app.drop()
})

test("where a surface shows is decided by its objects", async () => {
  const objects = {
    all: "undefined", people: '"people"', some: '["deals", "companies"]', person: '"person"', odd: '"invoices_x"',
    custom: "({isStandard}) => !isStandard", unique: "({attributes}) => attributes.some((a) => a.isUnique)", throws: "() => { throw new Error('oops') }",
  }
  const list = Object.entries(objects).map(([id, value]) => `{id: "${id}", label: "${id}", objects: ${value}, onTrigger() {}}`)
  const app = await host.load(bundle(`return {"record-action": [${list.join(", ")}]}`))
  const object = {object: "people", isStandard: true, attributes: [{isRequired: false, isUnique: true, type: "email-address"}], objects: ["people", "companies", "deals", "invoices"]}
  const {items} = await app.request("client.applies", {object})
  assert.deepEqual(items.map(({id, applies}) => [id, applies]), [
    ["all", true], ["people", true], ["some", false], ["person", true], ["odd", false], ["custom", false], ["unique", true], ["throws", false],
  ])
  assert.match(items[3].note, /"person" is not an object \(did you mean "people"\?\)/)
  assert.match(items[4].note, /"invoices_x" is not an object/)
  assert.match(items[7].note, /threw Error: oops/)
  await app.drop()
})

test("what a call loses on its way to the server is told with the place of the value", async () => {
  const transcript = good(await run(`await runServerFunction("app/x.server", [{when: new Date(0), list: [new Map(), undefined, NaN]}, () => 1, new (class A {})()])`))
  const lost = transcript.findings.filter(({code}) => code === "lossy-crossing").map(({message}) => message.replace(/^.* with a /, ""))
  assert.deepEqual(lost, [
    "Date that JSON cannot carry (args[0].when)", "Map that JSON cannot carry (args[0].list[0])", "undefined that JSON cannot carry (args[0].list[1])",
    "NaN that JSON cannot carry (args[0].list[2])", "function that JSON cannot carry (args[1])", "class A that JSON cannot carry (args[2])",
  ])
})

test("what React has to say is a finding, not a line of the app's log", async () => {
  const app = await host.load(bundle(`return {"record-widget": [{id: "w", label: "W", Widget: () => [1, 2].map((n) => h(sdk.Badge, {color: "red"}, "x"))}]}`))
  const transcript = good(await app.script({mount: {kind: "record-widget", id: "w", props: {}}}))
  assert.deepEqual(logs(transcript), [])
  assert.ok(found(transcript).some((message) => message.includes('unique "key" prop')), JSON.stringify(transcript.findings))
  await app.drop()
})

test("what effects and loaders of a surface call belongs to the event behind them", async () => {
  const asked = []
  host.answers.server = async ({module, args, node, session}) => {
    asked.push(`${module} ${args[0]} ${node} ${session}`)
    return {value: args[0]}
  }
  const app = await host.load(bundle(`
    const load = (n) => runServerFunction("load", [n])
    const Tab = () => {
      const [n, setN] = React.useState(0)
      React.useEffect(() => { runServerFunction("effect", [n]) }, [n])
      const {values} = sdk.useAsyncCache({value: [load, n]})
      return h(sdk.Button, {label: "Next " + values.value, onClick: async () => { await null; setN((m) => m + 1) }})
    }
    return {"record-tab": [{id: "t", label: "T", Tab}]}`))
  const surfaces = await Promise.all([1, 2].map((i) => app.request("client.mount", {node: i, session: `m${i}`, kind: "record-tab", id: "t", props: {}})))
  await Promise.all([1, 2].map((i) => app.request("client.settled", {session: `m${i}`})))
  const buttons = await Promise.all(surfaces.map(async ({surface}) => (await app.request("client.tree", {surface})).nodes[0].id))
  await Promise.all(buttons.map((element, i) => app.request("client.event", {node: 11 + i, session: `m${i + 1}`, surface: surfaces[i].surface, element, fn: "onClick", args: []})))
  await Promise.all([1, 2].map((i) => app.request("client.settled", {session: `m${i}`})))
  assert.deepEqual(asked.sort(), [
    "effect 0 1 m1", "effect 0 2 m2", "effect 1 11 m1", "effect 1 12 m2", "load 0 1 m1", "load 0 2 m2", "load 1 11 m1", "load 1 12 m2",
  ])
  host.answers.server = async ({module, args}) => ({value: {module, args}})
  await app.drop()
})
