// The server realm: what app code finds there, the boundary, the SDK, handlers, the clock.
import assert from "node:assert"
import test, {after, before} from "node:test"
import {serverBundle, startHost} from "./host.mjs"

const {deepStrictEqual: same} = assert
const sdk = "ATTIO_SERVER_APP_SDK"
let host

before(async () => {
  host = await startHost()
})
after(() => host.stop())

async function appOf(functions, more = {}) {
  const {webhooks, events, before: text, ...load} = more
  host.notes.splice(0)
  return host.load({server: serverBundle({functions, webhooks, events, before: text}), ...load})
}

async function fails(promise) {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({message: "it did not fail"})
}

test("arguments are spread, results and nothing come back, sync or async", async () => {
  const app = await appOf({add: "(a, b) => a + b", none: "async () => {}", null_: "() => null", deep: "async (x) => ({x, n: undefined})"})
  same(await app.run("function", {module: "add", args: [1, 2]}), {value: 3, lossy: []})
  same(await app.run("function", {module: "none", args: []}), {lossy: []})
  same(await app.call("null_"), null)
  same(await app.call("deep", {a: ["ä", 1.5]}), {x: {a: ["ä", 1.5]}})
})

test("the globals are those of the platform and no others", async () => {
  const app = await appOf({
    names: `() => [Object.getOwnPropertyNames(globalThis).filter((n) => !/^(ATTIO_|register|\\$attio)/.test(n)).sort(), Object.keys(globalThis)]`,
    missing: `() => ["Buffer", "require", "module", "exports", "__dirname", "__filename", "global", "window", "self", "setImmediate", "WebAssembly", "SharedArrayBuffer", "Atomics", "WebSocket", "ReadableStream", "performance", "navigator", "FileReader", "document", "React", "XMLHttpRequest", "EventTarget", "Event", "DOMException"].filter((name) => { try { (0, eval); return globalThis[name] !== undefined } catch { return true } })`,
    buffer: "() => Buffer.from('x')",
  })
  const [names, enumerable] = await app.call("names")
  same(enumerable, [])
  const language = new Set(
    `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error AggregateError EvalError
    RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array
    Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef Proxy Reflect
    FinalizationRegistry decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN Iterator SuppressedError
    DisposableStack AsyncDisposableStack`.split(/\s+/),
  )
  same(
    names.filter((name) => !language.has(name)),
    `AbortController AbortSignal Blob File FormData Headers Request Response TextDecoder TextEncoder URL URLSearchParams
    atob btoa clearInterval clearTimeout console crypto fetch process queueMicrotask setInterval setTimeout structuredClone`.split(/\s+/),
  )
  same(await app.call("missing"), [])
  const error = await fails(app.call("buffer"))
  same([error.name, error.message], ["ReferenceError", "Buffer is not defined"])
})

test("attioFetch writes its query as an address has it", async () => {
  const asked = []
  host.answers.rest = ({path, query}) => {
    asked.push([path, query ?? null])
    return {status: 200, body: {}}
  }
  const rows = [
    ["{path: '/a'}", "/a", null],
    ["{path: '/a', queryParams: {}}", "/a", null],
    ["{path: '/a', queryParams: {limit: 1, ok: true, none: undefined, nothing: null}}", "/a", "limit=1&ok=true"],
    ["{path: '/a', queryParams: {matching_attribute: 'e mail&', x: ['1', '2']}}", "/a", "matching_attribute=e+mail%26&x=1&x=2"],
    ["{path: '/a', queryParams: new URLSearchParams('x=1')}", "/a", "x=1"],
    ["{path: '/a?b=1?2', queryParams: {c: 3}}", "/a", "b=1?2&c=3"],
  ]
  for (const [request, path, query] of rows) {
    const app = await appOf({ask: `async () => { await ${sdk}.attioFetch({method: "GET", ...${request}}) }`})
    await app.call("ask")
    same(asked.pop(), [path, query])
  }
})

test("values of outcomes by the names that they had", async () => {
  const app = await appOf({
    values: `() => { const {Workflows} = ${sdk}; return [Workflows.emailAddressValue("A@b.example").normalized, Workflows.phoneNumberValue("1"), Workflows.currencyValue({value: 1, code: "EUR"}).code] }`,
  })
  same(await app.call("values"), ["a@b.example", null, "EUR"])
})

test("process has env only; what is not set warns each time; nothing can be set", async () => {
  const app = await appOf(
    {
      read: "() => [process.env.SET_ONE, process.env.UNSET_ONE ?? null, process.env.UNSET_ONE ?? null, Object.keys(process.env), 'SET_ONE' in process.env]",
      write: "() => { process.env.SET_ONE = 'x'; delete process.env.SET_ONE; process.env.NEW_ONE = 'y'; return [process.env.SET_ONE, 'NEW_ONE' in process.env] }",
      other: "() => process.version",
      keys: "() => [typeof process, Object.keys(process)]",
    },
    {env: {SET_ONE: "1"}},
  )
  same(await app.call("read"), ["1", null, null, ["SET_ONE"], true])
  same(
    host.told("warning").map(({code, path, node}) => [code, path, node > 0]),
    [
      ["unset-env", "UNSET_ONE", true],
      ["unset-env", "UNSET_ONE", true],
    ],
  )
  same(await app.call("write"), ["1", false])
  assert.match((await fails(app.call("other"))).message, /process\.version is not available/)
  same(await app.call("keys"), ["object", ["env"]])
})

test("what JSON loses is told by path, what it cannot carry is refused by path", async () => {
  const app = await appOf({
    loses: `() => ({d: new Date(0), f() {}, list: [undefined, () => {}, new Map([[1, 2]])], n: NaN, "a b": {r: /x/}, u: new Uint8Array([1]), e: new Error("x"), s: Symbol("q"), gone: undefined, ok: new URL("https://x.test/"), lead: new (class Lead { id = 1; m() {} })(), own: new (class { toJSON() { return 1 } })(), bare: Object.create(null), q: new URLSearchParams("a=1")})`,
    function_: "() => () => {}",
    big: "() => ({a: [1, {b: 10n}]})",
    circle: "() => { const a = {b: {}}; a.b.c = [a]; return a }",
    twice: "() => { const x = {v: 1}; return [x, x] }",
    json: "() => ({toJSON: () => ({t: 1})})",
  })
  const {value, lossy} = await app.run("function", {module: "loses", args: []})
  same(value, {d: "1970-01-01T00:00:00.000Z", list: [null, null, {}], n: null, "a b": {r: {}}, u: {0: 1}, e: {}, ok: "https://x.test/", lead: {id: 1}, own: 1, bare: {}, q: {}})
  same(
    lossy.map(({path, kind}) => `${path} ${kind}`),
    ["result.d Date", "result.f function", "result.list[0] undefined", "result.list[1] function", "result.list[2] Map", "result.n NaN", 'result["a b"].r RegExp', "result.u Uint8Array", "result.e Error", "result.s symbol", "result.lead Lead instance", "result.q URLSearchParams instance"],
  )
  same(await app.run("function", {module: "function_", args: []}), {lossy: [{path: "result", kind: "function"}]})
  const big = await fails(app.call("big"))
  same([big.name, big.message], ["TypeError", "result.a[1].b is a bigint, which JSON cannot carry"])
  assert.match((await fails(app.call("circle"))).message, /^result\.b\.c\[0\] is part of a circle/)
  same(await app.call("twice"), [{v: 1}, {v: 1}])
  same(await app.call("json"), {t: 1})
})

test("errors: message, name, code; non-errors become one; modules that are not there", async () => {
  const app = await appOf({
    own: `async () => { throw Object.assign(new RangeError("too much"), {code: "E_OWN", extra: 1}) }`,
    class_: `() => { class MineError extends Error { name = "MineError" } throw new MineError("mine") }`,
    text: `() => { throw "only text" }`,
    nothing: `() => { throw undefined }`,
    object: `() => { throw {message: "like one"} }`,
    proxy: `() => { throw new Proxy({}, {get() { throw new Error("hostile") }, getPrototypeOf() { throw 1 }}) }`,
    later: `async () => { await null; throw new TypeError("later") }`,
  })
  const all = {}
  for (const id of ["own", "class_", "text", "nothing", "object", "proxy", "later", "missing"]) {
    const {name, message, code} = await fails(app.call(id))
    all[id] = [name, message, code]
  }
  same(all, {
    own: ["RangeError", "too much", "E_OWN"],
    class_: ["MineError", "mine", undefined],
    text: ["Error", "only text", undefined],
    nothing: ["Error", "undefined", undefined],
    object: ["Error", "like one", undefined],
    proxy: ["Error", "an error that cannot be read", undefined],
    later: ["TypeError", "later", undefined],
    missing: ["Error", "Module missing not found", undefined],
  })
})

test("console: four methods and debug, Node's formatting, levels, the call's node", async () => {
  const app = await appOf({say: `() => { console.log("a %s", "b", {c: [1, new Map([[1, 2]])]}); console.info(1); console.warn("w"); console.error(new TypeError("bad")); console.debug("d"); return Object.keys(console) }`})
  same(await app.call("say"), ["log", "info", "warn", "error", "debug"])
  const logs = host.told("log")
  same(logs.slice(0, 3).map(({level, text}) => [level, text]), [["info", "a b { c: [ 1, Map(1) { 1 => 2 } ] }"], ["info", "1"], ["warning", "w"]])
  assert.match(logs[3].text, /^TypeError: bad\n    at Object\.say \(dist\/server\.js/)
  same([logs[4].level, logs[0].realm, logs[0].gen, logs[0].node > 0], ["debug", "server", app.gen, true])
})

test("connections, user and token come along with each call", async () => {
  const app = await appOf({
    all: `async () => { await null; const s = ${sdk}; return [s.getUserConnection(), s.getWorkspaceConnection(), await s.getWorkspaceConnection("acme"), s.getCurrentUser(), s.ATTIO_API_TOKEN.length] }`,
    user: `() => ${sdk}.getUserConnection()`,
    workspace: `() => ${sdk}.getWorkspaceConnection()`,
    other: `() => ${sdk}.getWorkspaceConnection("other")`,
    nobody: `() => ${sdk}.getCurrentUser()`,
    caught: `() => { try { ${sdk}.getUserConnection() } catch (e) { return [e.name, e.code, e.constructor.is(e), Object.getPrototypeOf(e.constructor).is(e), e instanceof Error] } }`,
    slow: `async (ms) => { await new Promise((f) => setTimeout(f, ms)); return ${sdk}.getWorkspaceConnection().value }`,
  })
  const workspace = {id: "c1", value: "s3", connection_key: "acme", createdBy: {type: "user", id: "u"}, ownedBy: {type: "workspace", id: "w"}}
  const user = {...workspace, id: "c2", ownedBy: {type: "user", id: "u"}}
  const context = {user: {id: "u"}, connections: {user: {...user, expired: false}, workspace: {...workspace, expired: false}}}
  const run = async (module, given, ...args) => (await app.run("function", {module, args, context: given})).value
  same(await run("all", context), [user, workspace, workspace, {id: "u"}, 64])
  const code = async (module, given) => {
    const error = await fails(run(module, given))
    return [error.name, error.code]
  }
  same(await code("user", {}), ["AttioNoUserConnectionError", "no-user-connection"])
  same(await code("workspace", {connections: {user: null, workspace: null}}), ["AttioNoWorkspaceConnectionError", "no-workspace-connection"])
  same(await code("other", context), ["AttioNoWorkspaceConnectionError", "no-workspace-connection"])
  same(await code("workspace", {connections: {workspace: {...workspace, expired: true}}}), ["AttioConnectionExpiredError", "connection-expired"])
  same(await run("nobody", {user: null}), null)
  same(await run("caught", {}), ["AttioNoUserConnectionError", "no-user-connection", true, true, true])
  // Several at a time, each with its own.
  const many = [5, 1, 3].map((ms) => run("slow", {connections: {workspace: {...workspace, value: `v${ms}`}}}, ms))
  same(await Promise.all(many), ["v5", "v1", "v3"])
})

test("kv, webhook handlers, settings and attioFetch ask the platform", async () => {
  const asked = []
  const table = {
    "kv.set": {}, "kv.get": {value: {a: 1}}, "kv.mget": {a: {value: 1}, b: null}, "kv.delete": {},
    "webhooks.create": {id: "h", url: "u", fileName: "f", externalWebhookId: null}, "webhooks.list": [{id: "h"}], "webhooks.get": {id: "h"},
    "webhooks.update": {}, "webhooks.delete": {}, "settings.get": {k: "v", n: null}, "settings.set": {},
    rest: {status: 200, body: {data: [1]}},
  }
  for (const [method, result] of Object.entries(table)) {
    host.answers[method] = ({gen, realm, node, ...params}) => {
      asked.push([method, params])
      return result
    }
  }
  const app = await appOf({
    kv: `async () => { const {kv, experimental_kv} = ${sdk}; return [(await kv.set("a", {d: new Date(0)}, {ttlInSeconds: 30})) === undefined, await kv.get("a"), await kv.mget(["a", "b", "c"]), (await kv.delete("a")) === undefined, experimental_kv === kv] }`,
    hooks: `async () => { const s = ${sdk}; return [await s.createWebhookHandler({fileName: "f"}), await s.listWebhookHandlers(), await s.getWebhookHandler("h"), (await s.updateWebhookHandler("h", {externalWebhookId: "x"})) === undefined, (await s.deleteWebhookHandler("h")) === undefined] }`,
    settings: `async () => { const s = ${sdk}; const schema = {scope: "workspace", fields: {k: {type: "string"}, n: {type: "number"}, z: {type: "string"}}}; return [await s.Settings.getSettings(schema), await s.Settings.getSettings(schema, "k"), (await s.Settings.setSettings(schema, "n", 3)) === undefined, await s.getWorkspaceSettings(), await s.getWorkspaceSetting("k"), (await s.setWorkspaceSetting("k", null)) === undefined] }`,
    wrong: `async () => { const s = ${sdk}; const out = []; for (const f of [() => s.kv.set("a", 1n), () => s.kv.set("a", () => {}), () => s.kv.get(1), () => s.Settings.setSettings({fields: {}}, "nope", 1)]) { try { await f(); out.push("none") } catch (e) { out.push(e.message) } } return out }`,
    rest: `async () => { const {data} = await ${sdk}.attioFetch({method: "GET", path: "/objects", queryParams: {limit: 1}, body: {data: 1}}); return data }`,
    unknown: `() => ${sdk}.getConnections`,
  })
  same(await app.call("kv"), [true, {value: {a: 1}}, {a: {value: 1}, b: null, c: null}, true, true])
  same(await app.call("hooks"), [table["webhooks.create"], [{id: "h"}], {id: "h"}, true, true])
  same(await app.call("settings"), [{k: "v", n: null, z: null}, "v", true, {k: "v", n: null}, "v", true])
  same(await app.call("rest"), [1])
  same(asked, [
    ["kv.set", {key: "a", value: {d: "1970-01-01T00:00:00.000Z"}, ttl: 30}],
    ["kv.get", {key: "a"}],
    ["kv.mget", {keys: ["a", "b", "c"]}],
    ["kv.delete", {key: "a"}],
    ["webhooks.create", {fileName: "f"}],
    ["webhooks.list", {}],
    ["webhooks.get", {id: "h"}],
    ["webhooks.update", {id: "h", externalWebhookId: "x"}],
    ["webhooks.delete", {id: "h"}],
    ["settings.get", {}],
    ["settings.get", {}],
    ["settings.set", {key: "n", value: 3}],
    ["settings.get", {}],
    ["settings.get", {}],
    ["settings.set", {key: "k", value: null}],
    ["rest", {method: "GET", path: "/objects", query: "limit=1", body: {data: 1}}],
  ])
  same(host.told("warning").map(({code, path}) => [code, path]), [["lossy-crossing", "value.d"]])
  same(await app.call("wrong"), ["value is a bigint, which JSON cannot carry", "value cannot be kept as JSON", "The key must be a string", 'There is no setting "nope" in the settings schema'])
  host.answers.rest = () => ({status: 404, body: {message: "no such object"}})
  same((await fails(app.call("rest"))).message, "no such object")
  assert.match((await fails(app.call("unknown"))).message, /has no "getConnections"/)
})

test("fetch goes through the platform: request, answer, bytes, errors, abort", async () => {
  const asked = []
  host.answers.fetch = ({gen, realm, node, ...params}) => {
    asked.push(params)
    if (params.url.includes("limit")) throw new Error("Egress Rate limit exceeded")
    if (params.url.includes("broken")) throw new TypeError("fetch failed: no route")
    if (params.url.includes("never")) return new Promise(() => {})
    if (params.url.includes("bytes")) return {status: 200, url: params.url, headers: [["content-type", "image/png"]], body: "/w==", encoding: "base64"}
    if (params.url.includes("moved")) return {status: 200, statusText: "OK", url: "https://x.test/there", headers: [], body: ""}
    return {status: 200, statusText: "OK", url: params.url, headers: [["Content-Type", "application/json"], ["x", "1"], ["X", "2"]], body: '{"ä":1}'}
  }
  const app = await appOf({
    json: `async () => { const r = await fetch("https://x.test/a?b#c", {method: "post", headers: {"X-Key": "k"}, body: JSON.stringify({q: "ä"})}); return [r.ok, r.status, r.statusText, r.url, r.redirected, r.headers.get("content-type"), r.headers.get("x"), await r.json(), r instanceof Response, r.type] }`,
    bytes: `async () => { const r = await fetch(new Request("https://x.test/bytes", {method: "PUT", body: new Uint8Array([0, 255])})); return [...new Uint8Array(await r.arrayBuffer())] }`,
    moved: `async () => { const r = await fetch(new URL("https://x.test/moved"), {redirect: "manual"}); return [r.url, r.redirected] }`,
    limit: `async () => { try { await fetch("https://x.test/limit") } catch (e) { return [e.name, e.message, e instanceof TypeError] } }`,
    broken: `async () => { try { await fetch("https://x.test/broken") } catch (e) { return [e.name, e.message, e instanceof TypeError, e.constructor === TypeError] } }`,
    abort: `async () => { const c = new AbortController(); setTimeout(() => c.abort(), 2); try { await fetch("https://x.test/never", {signal: c.signal}) } catch (e) { return [e.name, e.code] } }`,
    early: `async () => { try { await fetch("https://x.test/", {signal: AbortSignal.abort("why")}) } catch (e) { return e } }`,
    relative: `async () => { try { await fetch("/x") } catch (e) { return [e.name, e.message] } }`,
    fixed: `async () => { const r = await fetch("https://x.test/"); try { r.headers.set("a", "b") } catch (e) { return e.name } }`,
  })
  same(await app.call("json"), [true, 200, "OK", "https://x.test/a?b#c", false, "application/json", "1, 2", {ä: 1}, true, "basic"])
  same(await app.call("bytes"), [255])
  same(await app.call("moved"), ["https://x.test/there", true])
  same(asked, [
    {url: "https://x.test/a?b#c", method: "POST", headers: [["content-type", "text/plain;charset=UTF-8"], ["x-key", "k"]], body: '{"q":"ä"}', redirect: "follow"},
    {url: "https://x.test/bytes", method: "PUT", headers: [], body: "AP8=", encoding: "base64", redirect: "follow"},
    {url: "https://x.test/moved", method: "GET", headers: [], redirect: "manual"},
  ])
  same(await app.call("limit"), ["Error", "Egress Rate limit exceeded", false])
  same(await app.call("broken"), ["TypeError", "fetch failed: no route", true, true])
  same(await app.call("abort"), ["AbortError", 20])
  same(await app.call("early"), "why")
  same(await app.call("relative"), ["TypeError", "Failed to parse URL from /x"])
  same(await app.call("fixed"), "TypeError")
})

test("an answer that is no 2xx and that nobody looked at is told when the call ends", async () => {
  host.answers.fetch = ({url}) => ({status: Number(url.slice(-3)), url, headers: [], body: "x"})
  const app = await appOf({
    blind: `async () => { await fetch("https://x.test/500", {method: "PATCH"}); await fetch("https://x.test/200"); (await fetch("https://x.test/404")).headers.get("x") }`,
    looks: `async () => { const a = await fetch("https://x.test/500"); a.ok; const b = await fetch("https://x.test/501"); b.status; const c = await fetch("https://x.test/502"); await c.text(); const d = await fetch("https://x.test/503"); d.clone() }`,
    throws: `async () => { await fetch("https://x.test/429"); throw new Error("x") }`,
  })
  await app.call("blind")
  same(host.told("answer-unseen").map(({url, method, status, node}) => [url, method, status, node > 0]), [["https://x.test/500", "PATCH", 500, true], ["https://x.test/404", "GET", 404, true]])
  await app.call("looks")
  same(host.told("answer-unseen"), [])
  await fails(app.call("throws"))
  same(host.told("answer-unseen").map(({status}) => status), [429])
})

test("webhooks get a Request and answer with a Response", async () => {
  const app = await appOf({}, {
    webhooks: {
      echo: `async (req) => new Response(JSON.stringify([req instanceof Request, req.method, req.url, req.headers.get("x-a"), req.headers.get("content-type"), await req.text()]), {status: 201, statusText: "Made", headers: {"X-B": "2"}})`,
      json: `async (req) => Response.json({got: await req.json()})`,
      bytes: `async (req) => new Response(new Uint8Array([...new Uint8Array(await req.arrayBuffer()), 254]))`,
      none: `async () => ({status: 200})`,
      throws: `async () => { throw new Error("no") }`,
      get: `async (req) => new Response(null, {status: 204})`,
    },
  })
  const send = async (module, request) => app.run("webhook", {module, request: {method: "POST", url: "https://hooks.attio.com/a/w/h?q=1", headers: [], ...request}})
  const {response} = await send("echo", {headers: [["X-A", "1"]], body: "höhö"})
  same([response.status, response.statusText, response.headers], [201, "Made", [["content-type", "text/plain;charset=UTF-8"], ["x-b", "2"]]])
  same(JSON.parse(response.body), [true, "POST", "https://hooks.attio.com/a/w/h?q=1", "1", null, "höhö"])
  same((await send("json", {body: '{"a":1}', headers: [["Content-Type", "application/json"]]})).response.body, '{"got":{"a":1}}')
  same((await send("bytes", {body: "/w==", encoding: "base64"})).response, {status: 200, statusText: "", headers: [], body: "//4=", encoding: "base64"})
  same(await send("none", {}), {not_response: true})
  same((await fails(send("throws", {}))).message, "no")
  same((await fails(send("missing", {}))).message, "Webhook handler not found: missing")
  same((await send("get", {method: "GET", body: ""})).response, {status: 204, statusText: "", headers: []})
})

test("events get the connection", async () => {
  const app = await appOf({seen: "() => globalThis.seen"}, {events: {"connection-added": `async ({connection}) => { globalThis.seen = connection.value; if (connection.value === "bad") throw new Error("refused") }`}})
  same(await app.run("event", {module: "connection-added", args: [{connection: {value: "v"}}]}), {})
  same(await app.call("seen"), "v")
  same((await fails(app.run("event", {module: "connection-added", args: [{connection: {value: "bad"}}]}))).message, "refused")
})

test("module state lives as long as the generation; generations are apart", async () => {
  const text = serverBundle({functions: {next: "() => ++count"}, before: "var count = 0;"})
  const one = await host.load({server: text})
  const two = await host.load({server: text})
  same([await one.call("next"), await one.call("next"), await two.call("next")], [1, 2, 1])
  await one.drop()
  assert.match((await fails(one.call("next"))).message, /no generation/)
  same(await two.call("next"), 2)
})

test("a bundle that cannot be evaluated is told at load and answers every call with it", async () => {
  for (const [text, name] of [["var x = ;", "SyntaxError"], ["throw new RangeError('at load')", "RangeError"]]) {
    const app = await host.load({server: text})
    same(app.loaded.errors.map(({realm, error}) => [realm, error.name]), [["server", name]])
    same((await fails(app.call("x"))).name, name)
  }
})

test("what nobody catches is told, with its cause; the realm lives on", async () => {
  const app = await appOf({
    stray: `() => { Promise.reject(new Error("stray")); setTimeout(() => { throw new Error("timer") }, 1); queueMicrotask(() => { throw new Error("micro") }); return 1 }`,
    wait: `() => new Promise((f) => setTimeout(f, 20))`,
    fine: "() => 2",
  })
  same(await app.call("stray"), 1)
  await app.call("wait")
  const errors = host.told("error")
  same(errors.map(({error, node, realm}) => [error.message, node > 0, realm]).sort(), [["micro", true, "server"], ["stray", true, "server"], ["timer", true, "server"]])
  same(await app.call("fine"), 2)
})

test("a call's node follows what it awaits, in calls that run at the same time", async () => {
  host.answers["kv.get"] = ({node}) => ({value: node})
  const app = await appOf({
    deep: `async (ms) => { await null; await new Promise((f) => setTimeout(f, ms)); const a = (await ${sdk}.kv.get("x")).value; await Promise.all([null, new Promise((f) => setTimeout(f, 2))]); return [a, (await ${sdk}.kv.get("y")).value] }`,
  })
  const results = await Promise.all([3, 1, 2].map((ms, i) => host.request("server.run", {gen: app.gen, node: 1000 + i, kind: "function", module: "deep", args: [ms], context: {}})))
  same(results.map(({value}) => value), [[1000, 1000], [1001, 1001], [1002, 1002]])
})

test("the clock: time starts where it is told, moves, and fires what is due in order", async () => {
  const app = await appOf(
    {
      now: "() => [Date.now(), new Date().getTime(), new Date(5).getTime(), typeof Date()]",
      plan: `() => { globalThis.log = []; const say = (what) => () => { globalThis.log.push([what, Date.now() - start]); Promise.resolve().then(() => globalThis.log.push(what + "'")) }; const start = Date.now(); setTimeout(say("hour"), 3600e3); setTimeout(say("minute"), 60e3); const i = setInterval(say("20 min"), 1200e3); setTimeout(() => { say("chain")(); setTimeout(say("later"), 10e3) }, 120e3); setTimeout(say("day"), 86400e3) }`,
      log: "() => globalThis.log.splice(0)",
    },
    {offset: 86400e3 * 365},
  )
  const [now, other, five] = await app.call("now")
  const expected = Date.now() + 86400e3 * 365
  same([Math.abs(now - expected) < 5000, Math.abs(other - now) < 100, five], [true, true, 5])
  await app.call("plan")
  await host.request("clock", {offset: 86400e3 * 365 + 3600e3 + 5000})
  const log = await app.call("log")
  same(log.map((entry) => (typeof entry === "string" ? entry : entry[0])), ["minute", "minute'", "chain", "chain'", "later", "later'", "20 min", "20 min'", "20 min", "20 min'", "hour", "hour'", "20 min", "20 min'"].map((x) => x))
  same(log.filter((entry) => typeof entry !== "string").map(([, ms]) => Math.round(ms / 1000)), [60, 120, 130, 1200, 2400, 3600, 3600])
  await host.request("clock", {offset: 86400e3 * 367})
  assert.ok((await app.call("log")).some((entry) => entry[0] === "day"))
  await app.drop()
})

test("a hung loop, an eaten heap: the calls are answered, the next one works", async () => {
  const app = await appOf({
    hang: "() => { for (;;); }",
    starve: "async () => { for (;;) await null }",
    wait: "() => new Promise(() => {})",
    eat: "() => { const all = []; for (;;) all.push(new Array(100000).fill(all.length)) }",
    fine: "() => 'fine'",
  })
  for (const module of ["hang", "starve"]) {
    const hung = fails(app.call(module))
    const other = fails(app.call("wait"))
    await host.request("server.end", {gen: app.gen})
    const errors = await Promise.all([hung, other])
    same(errors.map(({name, code}) => [name, code]), Array(2).fill(["AttioUnexpectedTransportError", "unexpected-transport-error"]))
    same(await app.call("fine"), "fine")
  }
  same(host.told("ended"), [])
  same((await fails(app.call("eat"))).code, "unexpected-transport-error")
  same(await app.call("fine"), "fine")
  same(host.told("ended"), [{gen: app.gen, realm: "server", reason: "out of memory"}])
})

test("a flood of lines is cut, calls at the same time keep their contexts", async () => {
  const app = await appOf({
    flood: "() => { for (let i = 0; i < 20000; i++) console.log('x', i) }",
    line: "() => console.log('after')",
    late: `async (ms) => { await new Promise((f) => setTimeout(f, ms)); return ${sdk}.getCurrentUser().id }`,
  })
  await app.call("flood")
  const lines = host.told("log")
  same([lines.length, lines[0].text, lines[999].text], [1000, "x 0", "x 999"])
  while (!host.notes.some(({method}) => method === "log")) await new Promise((done) => setTimeout(done, 20))
  same(host.told("log")[0].text, "19000 more lines in this second were left out")
  await app.call("line")
  same(host.told("log").map(({text}) => text), ["after"])
  const many = Array.from({length: 500}, (_, i) => app.run("function", {module: "late", args: [20], context: {user: {id: `u${i}`}}}))
  same((await Promise.all(many)).map(({value}) => value), many.map((_, i) => `u${i}`))
})

test("stacks are of the app's own files, through the source map", async () => {
  const {loaded, ...app} = await appOf({throws: `() => { throw new Error("here") }`})
  assert.match((await fails(app.call("throws"))).stack, /^Error: here\n    at Object\.throws \(dist\/server\.js:2:\d+\)\n    at stdin_default \(dist\/server\.js:5:\d+\)$/)
  const text = "var stdin_default = async () => {\n  throw new Error('mapped')\n}\n"
  // One segment: line 2, column 8 of the bundle is line 7, column 3 of the source.
  const map = JSON.stringify({version: 3, sources: ["src/lib/x.ts"], names: [], mappings: ";QAMG"})
  const mapped = await host.load({server: text, maps: {server: map}})
  assert.match((await fails(mapped.call("x"))).stack, /^Error: mapped\n    at stdin_default \(src\/lib\/x\.ts:7:4\)$/)
})
