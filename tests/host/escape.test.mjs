// App code against its sandbox, in both realms: attempts to get at objects of the outer side, at Node,
// at files, sockets, processes and the environment. Each attempt gives back what it got; nothing is
// the only right answer.
import assert from "node:assert"
import test, {after, before} from "node:test"
import {serverBundle, startHost} from "./host.mjs"

// Runs in the realm before the attempts. An object is of this realm when its prototypes end in this
// realm's Object.prototype, or it has none and was made here; `foreign` names what is neither.
const tools = `
var inner = {Object, Function, Symbol, Map, Set, WeakSet, Reflect, String, JSON, Array, getPrototypeOf: Object.getPrototypeOf};
var functionKinds = [function () {}, async function () {}, function* () {}, async function* () {}].map((f) => Object.getPrototypeOf(f));
var isThing = (x) => (typeof x === "object" && x !== null) || typeof x === "function";
var rootOf = (x) => { var at = x; for (var i = 0; i < 100; i++) { var next = inner.getPrototypeOf(at); if (next === null) return at; at = next } return at };
var isForeign = (x) => isThing(x) && rootOf(x) !== inner.Object.prototype && rootOf(x) !== x;
// Whatever can be reached from a value by properties, accessors, prototypes: things that give a Function
// which makes code, or that look like Node's.
function search(start, label) {
  var found = [], seen = new inner.WeakSet(), queue = [[start, label]];
  for (var n = 0; queue.length > 0 && n < 20000; n++) {
    var [at, path] = queue.shift();
    if (!isThing(at) || seen.has(at)) continue;
    seen.add(at);
    try {
      var made = typeof at === "function" && /^(Async)?(Generator)?Function$/.test(at.name) ? at("return typeof process") : undefined;
      if (typeof made === "function") found.push(path + " makes code");
      if (typeof made === "function" && !functionKinds.some((kind) => inner.Reflect.getPrototypeOf(made) === kind)) found.push(path + " makes foreign code");
    } catch {}
    var own = [];
    try { own = inner.Reflect.ownKeys(at) } catch { continue }
    if (own.includes("binding") || own.includes("mainModule") || own.includes("getBuiltinModule")) found.push(path + " looks like process");
    for (var key of own) {
      var name = path + "." + inner.String(key);
      var d;
      try { d = inner.Reflect.getOwnPropertyDescriptor(at, key) } catch { continue }
      if (!d) continue;
      if ("value" in d) queue.push([d.value, name]);
      else { queue.push([d.get, name + "(get)"], [d.set, name + "(set)"]) }
    }
    try { queue.push([inner.Reflect.getPrototypeOf(at), path + ".__proto__"]) } catch {}
  }
  return found;
}
// Foreign functions among what can be reached, with where: none may lead to a constructor of functions.
function foreignFunctions(start, label) {
  var found = [], seen = new inner.WeakSet(), queue = [[start, label]];
  for (var n = 0; queue.length > 0 && n < 20000; n++) {
    var [at, path] = queue.shift();
    if (!isThing(at) || seen.has(at)) continue;
    seen.add(at);
    var c; try { c = at.constructor } catch { c = undefined }
    if (isForeign(at) && typeof c === "function") { found.push(path + ".constructor"); try { if (typeof c.constructor === "function" && c.constructor !== inner.Function) found.push(path + ".constructor.constructor " + c.constructor.name) } catch {} }
    var own = []; try { own = inner.Reflect.ownKeys(at) } catch { continue }
    for (var key of own) { var d; try { d = inner.Reflect.getOwnPropertyDescriptor(at, key) } catch { continue } if (!d) continue; for (var v of ["value", "get", "set"]) if (isThing(d[v])) queue.push([d[v], path + "." + inner.String(key)]) }
    try { queue.push([inner.Reflect.getPrototypeOf(at), path + ".__proto__"]) } catch {}
  }
  return found;
}
// What an attempt that got hold of a foreign value may end with: a dead end.
function verdict(value, label) {
  var out = [];
  if (!isThing(value)) return out;
  if (isForeign(value)) {
    var c; try { c = value.constructor } catch { c = undefined }
    if (c !== undefined) out.push(label + " is foreign and has a constructor");
    for (var w of foreignFunctions(value, label)) if (/constructor.constructor/.test(w)) out.push(w);
  }
  for (var x of search(value, label)) out.push(x);
  return out;
}
// Calls at where the stack is full, and at some of the levels above.
function overflow(left, at) { try { (function down() { try { down() } catch (e) { if (left-- > 0) try { at(e) } catch {} throw e } })() } catch {} }
`

// Bodies of async functions; they push what they got to \`got\` as [label, value].
const attempts = {
  // First: whether it meets the moment depends on what V8 has compiled.
  "a full stack, seen from every level": `const kept = []; function note(x) { if (!(x instanceof Object)) kept[0] = x } function over(n, at) { try { over(n + 1, at) } catch (e) { at(e, n); throw e } }
    try { over(0, (e) => { note(e); try { e.stack } catch (x) { note(x) } try { new Error("x").stack } catch (x) { note(x) } }) } catch (e) { note(e) }
    got.push(["kept", kept[0]]); if (kept[0]) { const d = Object.getOwnPropertyDescriptor(kept[0], "stack"); got.push(["get", d.get], ["set", d.set]) }`,
  "globals": `for (const k of Reflect.ownKeys(globalThis)) { let v; try { v = globalThis[k] } catch { continue } got.push([String(k), v]) }`,
  "constructor chains": `got.push(["f", (() => {}).constructor], ["a", (async () => {}).constructor], ["g", (function* () {}).constructor], ["c", console.log.constructor], ["this", (function () { return this })()]);
    for (const make of [() => Function("return process")(), () => (() => {}).constructor("return process")(), () => (async () => {}).constructor("return process")(), () => console.log.constructor("return process")(), () => eval("process.version"), () => (0, eval)("process"), () => Reflect.construct(Function, ["return process"])(), () => new (Object.getPrototypeOf(async function* () {}).constructor)("yield 1")] ) { try { got.push(["made", make()]); bad.push("code was made of text: " + make) } catch (e) { got.push(["error", e]) } }`,
  "import": `for (const name of ["fs", "node:fs", "./main.cjs", "file:///etc/passwd", "data:text/javascript,1"]) { let p; try { p = import(name); got.push(["promise", p]); got.push(["module", await p]); bad.push("imported " + name) } catch (e) { got.push(["error", e]) } }`,
  "import with comments": `try { got.push(["m", await import/* ( */ ( // "
      "node:fs")]); bad.push("imported") } catch (e) { got.push(["e", e]) }`,
  "import in a template, with attributes": `try { got.push(["m", \`\${await import("node:os")}\`]); bad.push("imported") } catch (e) { got.push(["e", e]) } try { await import("x", {with: {type: "json"}}); bad.push("imported") } catch (e) { got.push(["e", e]) }`,
  "prepareStackTrace": `Error.prepareStackTrace = (e, sites) => { for (const s of sites) { got.push(["site", s], ["fn", s.getFunction && s.getFunction()], ["this", s.getThis && s.getThis()]) } bad.push("was called"); return "" };
    try { null.x } catch (e) { e.stack } new Error("x").stack; try { Object.defineProperty(Error, "prepareStackTrace", {value: () => bad.push("defined")}); bad.push("redefined") } catch {} new Error("y").stack;
    try { globalThis.Error = {prepareStackTrace(e, t) { bad.push("replaced"); got.push(["t", t]) }} } catch {} try { Object.defineProperty(globalThis, "Error", {value: {prepareStackTrace() { bad.push("replaced") }}}) } catch {} try { delete globalThis.Error } catch {} null_: try { null.x } catch (e) { e.stack } new TypeError("z").stack;
    class E extends Error { static prepareStackTrace() { bad.push("subclass") } } new E("q").stack; got.push(["Error", Error])`,
  "captureStackTrace": `const o = {}; Error.captureStackTrace(o); const d = Object.getOwnPropertyDescriptor(o, "stack"); got.push(["o", o], ["get", d.get], ["set", d.set]); const p = new Proxy({}, {defineProperty(t, k, d) { got.push(["d", d], ["k", k]); return Reflect.defineProperty(t, k, d) }}); try { Error.captureStackTrace(p) } catch (e) { got.push(["e", e]) } got.push(["stack", o.stack])`,
  "errors whose text cannot be made": `for (const bend of [(e) => { e.name = Symbol("s") }, (e) => { Object.defineProperty(e, "message", {get() { throw e }}) }, (e) => { e.name = {toString() { throw new Error("in toString") }} }, (e) => { e.message = {[Symbol.toPrimitive]: 1} }, (e) => { e.name = {toString: 1, valueOf: 1} }, (e) => { Object.setPrototypeOf(e, null) }, (e) => { Object.setPrototypeOf(e, new Proxy({}, {get(t, k) { got.push(["k", k]); throw 7 }})) }]) { const e = new Error("x"); try { bend(e); got.push(["s", e.stack]) } catch (x) { got.push(["thrown", x]); try { const d = Object.getOwnPropertyDescriptor(x, "stack"); if (d) got.push(["get", d.get], ["set", d.set]) } catch (y) { got.push(["again", y]) } } }`,
  "a full stack": `overflow(2000, (e) => { got.push(["e", e]); try { e.stack } catch (x) { got.push(["stack", x]) } try { new Error("n").stack } catch (x) { got.push(["new", x]) } try { const o = {}; Error.captureStackTrace(o); o.stack } catch (x) { got.push(["capture", x]) } })`,
  "a full stack in what is ours": `overflow(40, () => { for (const [n, f] of Object.entries(calls)) { try { f() } catch (x) { got.push([n, x]) } } })`,
  "a full stack in promises": `const all = []; overflow(100, () => { try { const p = Promise.resolve(1); got.push(["p", p]); all.push(p.then(() => {})); all.push((async () => { await 1 })()) } catch (x) { got.push(["x", x]) } }); for (const p of all) { try { await p } catch (x) { got.push(["r", x]) } }`,
  "symbols and properties of promises": `const p = (async () => { await 1; return 2 })(); const q = p.then(() => {}); await q; for (const one of [p, q]) for (const k of Reflect.ownKeys(one)) got.push([String(k), one[k]])`,
  "setters for what async hooks leave": `const p = (async () => {})(); for (const k of Reflect.ownKeys(p)) { if (typeof p[k] === "number") continue; try { Object.defineProperty(Promise.prototype, k, {set(v) { got.push(["v", v], ["caller", new Error("x").stack]) }, get() { return undefined }, configurable: true}) } catch {} } await (async () => { await 1 })(); for (const k of Reflect.ownKeys(p)) delete Promise.prototype[k]`,
  "promises with a then of one's own": `const taken = []; const real = Promise.prototype.then; Promise.prototype.then = function (...a) { taken.push(...a, this); return real.apply(this, a) }; try { for (const f of Object.values(calls)) { try { await f() } catch (x) { got.push(["x", x]) } } await {then(...a) { taken.push(...a); a[0](1) }} } finally { Promise.prototype.then = real } for (const t of taken) got.push(["t", t])`,
  "species and subclasses of promises": `class P extends Promise { constructor(f) { super((...a) => { got.push(["yes", a[0]], ["no", a[1]]); return f(...a) }) } } await P.resolve(1); Object.defineProperty(Promise, Symbol.species, {get() { return P }, configurable: true}); try { for (const f of Object.values(calls)) { try { const r = f(); got.push(["r", r]); await r } catch (x) { got.push(["x", x]) } } } finally { delete Promise[Symbol.species] }`,
  "built-ins that are replaced": `const taken = []; const {apply} = Reflect; const keep = (list, self, args) => { list[list.length] = self; for (let i = 0; i < args.length; i++) list[list.length] = args[i] }; const spy = (o, k) => { const f = o[k]; if (typeof f !== "function") return () => {}; o[k] = function (...a) { if (taken.length < 3000) keep(taken, this, a); return apply(f, this, a) }; return () => { o[k] = f } };
    const undo = [[Array.prototype, "push"], [Array.prototype, "map"], [Array.prototype, "join"], [Array.prototype, "filter"], [Array.prototype, "at"], [Map.prototype, "get"], [Map.prototype, "set"], [Map.prototype, "delete"], [String.prototype, "split"], [String.prototype, "slice"], [RegExp.prototype, "exec"], [RegExp.prototype, "test"], [JSON, "stringify"], [JSON, "parse"], [Object, "keys"], [Object, "entries"], [Object, "assign"], [Object, "defineProperty"], [Function.prototype, "call"], [Function.prototype, "apply"], [Function.prototype, "bind"], [Reflect, "construct"], [WeakMap.prototype, "get"], [Promise, "race"], [Promise, "resolve"]].map(([o, k]) => spy(o, k));
    try { for (const f of Object.values(calls)) { try { await f() } catch (x) { taken.push(x) } } } finally { for (const u of undo) u() } for (const t of taken) got.push(["t", t])`,
  "getters and proxies that are handed out": `const trap = (target) => new Proxy(target, {get(t, k, r) { got.push(["receiver", r]); return Reflect.get(t, k) }, ownKeys(t) { got.push(["stack", new Error("x").stack]); return Reflect.ownKeys(t) }, has(t, k) { return k in t }, getPrototypeOf(t) { return Reflect.getPrototypeOf(t) }, apply(t, self, a) { got.push(["self", self], ["args", a]); for (const x of a) got.push(["arg", x]); return undefined }}); try { console.log(trap({a: 1}), trap([1]), trap(() => {}), trap(new Map([[1, 2]])), trap(new Error("e"))) } catch (x) { got.push(["x", x]) } const o = {get a() { got.push(["this", this], ["caller", arguments.callee && arguments.callee.caller]); return 1 }, [Symbol.for("nodejs.util.inspect.custom")](...a) { for (const x of a) got.push(["inspect", x]); return "i" }, toJSON() { got.push(["json", this]); return 1 }}; console.log(o); console.log("%o %O %j %s", o, o, o, o)`,
  "callers": `function who() { const out = []; try { out.push(who.caller) } catch (e) { out.push(e) } try { out.push(who.arguments) } catch (e) { out.push(e) } try { out.push(arguments.callee.caller) } catch (e) { out.push(e) } return out } for (const x of who()) got.push(["w", x]); await null; for (const x of who()) got.push(["w2", x]); await new Promise((f) => setTimeout(() => { for (const x of who()) got.push(["w3", x]); f() }, 1)); [1].map(() => { for (const x of who()) got.push(["w4", x]) })`,
  "sloppy this": `got.push(["this", (function () { return this })()], ["call", (function () { return this }).call(undefined)], ["timer", await new Promise((f) => setTimeout(function () { f(this) }, 1))], ["getter", Object.prototype.__lookupGetter__("__proto__")]); try { got.push(["valueOf", Object.prototype.valueOf.call(undefined)]) } catch (e) { got.push(["e", e]) }`,
  "descriptors of the global object": `globalThis.zz = 1; got.push(["d", Object.getOwnPropertyDescriptor(globalThis, "zz")], ["names", Object.getOwnPropertyNames(globalThis)], ["keys", Object.keys(globalThis)], ["all", Object.getOwnPropertyDescriptors(globalThis)], ["proto", Object.getPrototypeOf(globalThis)]); try { Object.defineProperty(globalThis, "zy", {get() { got.push(["this", this]); return 1 }, configurable: true}); globalThis.zy } catch (e) { got.push(["e", e]) } delete globalThis.zz; (() => { "use strict"; try { undeclared = 1 } catch (e) { got.push(["strict", e]) } })()`,
  "shared memory and wasm": `for (const name of ["SharedArrayBuffer", "Atomics", "WebAssembly"]) if (typeof globalThis[name] !== "undefined") bad.push(name); try { got.push(["b", new ArrayBuffer(8).constructor]) } catch {} try { structuredClone(new Function.prototype.constructor("return 1")) } catch (e) { got.push(["e", e]) }`,
  "what Node calls itself": `for (const name of ["process", "global", "require", "module", "exports", "__dirname", "__filename", "Buffer", "setImmediate", "clearImmediate", "navigator", "performance", "MessageChannel", "MessagePort", "Worker", "BroadcastChannel", "EventSource", "WebSocket", "CompressionStream", "parentPort", "workerData", "vm", "primordials", "internalBinding", "gc", "inner", "guard", "outerPost", "outerCall", "host"]) { if (name === "process" && server) continue; let v; try { v = globalThis[name] } catch { continue } if (v !== undefined && typeof v !== "function" || (typeof v === "function" && name !== "inner")) bad.push(name + " is there") }`,
  "lexical names of the runtime": `for (const read of [() => guard, () => outerPost, () => outerCall, () => argument, () => host, () => post, () => context, () => require, () => module]) { try { const v = read(); got.push(["v", v]); bad.push("reads " + read) } catch (e) { got.push(["e", e]) } }`,
  "async generators and iterators": `async function* g() { try { yield 1; yield 2 } finally { got.push(["r", await (async () => 3)()]) } } for await (const x of g()) got.push(["x", x]); const it = [1][Symbol.iterator](); got.push(["it", it], ["p", Object.getPrototypeOf(it)]); for (const h of calls.iterables ? calls.iterables() : []) got.push(["i", h])`,
  "finalization": `const r = new FinalizationRegistry((v) => got.push(["held", v])); (() => { for (let i = 0; i < 100; i++) r.register({}, {i}) })(); for (let i = 0; i < 50; i++) new Array(1e5).fill(i); await new Promise((f) => setTimeout(f, 5))`,
  "aggregate errors, causes": `try { await Promise.any([Promise.reject(new Error("a")), import("x").catch((e) => { throw e })]) } catch (e) { got.push(["e", e], ["errors", e.errors]); for (const x of e.errors) got.push(["x", x]) }`,
  "Intl and RegExp": `for (const f of [() => new Intl.DateTimeFormat("xx-invalid-locale-!!"), () => new RegExp("("), () => "x".repeat(-1), () => new Array(-1), () => JSON.parse("{"), () => decodeURIComponent("%"), () => BigInt("x"), () => null.x, () => (void 0)(), () => Symbol() + "", () => new Proxy({}, null), () => ({}) instanceof 5, () => structuredClone(() => {}), () => undeclaredName]) { try { f() } catch (e) { got.push(["e", e]) } }`,
}

// What each realm gives app code to call.
const serverCalls = `{
  url: () => new URL("https://x.test/" + "a".repeat(10)), badUrl: () => new URL("x"), params: () => new URLSearchParams("a=1").toString(), encode: () => new TextEncoder().encode("x€"), decode: () => new TextDecoder().decode(new Uint8Array([97])),
  atob: () => atob("YQ=="), badAtob: () => atob("a"), timer: () => setTimeout(() => {}, 1), micro: () => queueMicrotask(() => {}), log: () => console.log({a: 1}), headers: () => [...new Headers({a: "1"})], response: () => new Response("x").text(),
  json: () => new Response("{}").json(), request: () => new Request("https://x.test"), fetch: () => fetch("https://x.test/"), random: () => crypto.getRandomValues(new Uint8Array(4)), uuid: () => crypto.randomUUID(), digest: () => crypto.subtle.digest("SHA-256", new Uint8Array(3)),
  key: () => crypto.subtle.importKey("raw", new Uint8Array(8), {name: "HMAC", hash: "SHA-256"}, true, ["sign"]), badDigest: () => crypto.subtle.digest("no", new Uint8Array(1)), clone: () => structuredClone({a: [1]}), env: () => process.env.NOPE, badProcess: () => process.version, kv: () => ATTIO_SERVER_APP_SDK.kv.get("a"), kvSet: () => ATTIO_SERVER_APP_SDK.kv.set("a", {b: 1}),
  email: () => ATTIO_SERVER_APP_SDK.Workflows.OutcomeValue.emailAddress("a@b.co"), phone: () => ATTIO_SERVER_APP_SDK.Workflows.OutcomeValue.phoneNumber("+14155552671"), connection: () => ATTIO_SERVER_APP_SDK.getUserConnection(), unknown: () => ATTIO_SERVER_APP_SDK.nothing, form: () => new Response(new FormData()).formData(), blob: () => new Blob(["x"]).text(), date: () => new Date().toString(), abort: () => new AbortController().abort(), signal: () => AbortSignal.abort().reason, stream: () => new Response("x").body,
}`
const clientCalls = `{
  url: () => new URL("https://x.test/"), badUrl: () => new URL("x"), params: () => new URLSearchParams("a=1").toString(), encode: () => new TextEncoder().encode("x€"), decode: () => new TextDecoder().decode(new Uint8Array([97])), timer: () => setTimeout(() => {}, 1), micro: () => queueMicrotask(() => {}), log: () => console.log({a: 1}),
  server: () => runServerFunction("x", [1]), query: () => ATTIO_CLIENT_EXTENSION_SDK.runQuery("query { a }"), unknown: () => ATTIO_CLIENT_EXTENSION_SDK.nothing, element: () => React.createElement("div"), date: () => new Date().toString(), badServer: () => runServerFunction("x", [1n]), window: () => window.open("https://x.test"),
}`

const body = (text, calls, server) => `async () => {
  var got = [], bad = [], server = ${server};
  var calls = ${calls};
  ${text}
  // What the attempts' own traps hear from now on is the search's.
  for (var [label, value] of got.splice(0, got.length)) for (var word of verdict(value, label)) bad.push(word);
  return [...new Set(bad)].slice(0, 20).join("; ")
}`

let host
const app = {}

before(async () => {
  host = await startHost({
    fetch: ({url}) => ({status: 200, url, headers: [], body: "x"}),
    "kv.get": () => null,
    "kv.set": () => ({}),
    server: () => ({value: 1}),
    query: () => ({data: {a: 1}}),
  })
  const functions = Object.fromEntries(Object.entries(attempts).map(([name, text]) => [name, body(text, serverCalls, true)]))
  const actions = Object.entries(attempts).map(([name, text]) => {
    return `{type: "record-action", id: ${JSON.stringify(name)}, label: "x", onTrigger: async () => { var run = ${body(text, clientCalls, false)}; console.log("verdict:" + (await run())) }}`
  })
  const client = `"use strict"; (() => { ${tools}
    registerSettingsSchema({workspace: {}});
    registerSurfaces({"record-action": [${actions.join(",\n")}], "bulk-record-action": [], "record-widget": [], "object-action": [], "call-recording-insight-text-selection-action": [], "call-recording-summary-text-selection-action": [], "call-recording-transcript-text-selection-action": [], "workflow-block": [], "workspace-settings": []});
  })();`
  app.both = await host.load({server: serverBundle({functions, before: tools}), client})
})
after(() => host.stop())

test("the bundles of the attempts are loaded", () => {
  assert.deepStrictEqual(app.both.loaded.errors, [])
})

for (const name of Object.keys(attempts)) {
  test(`server: ${name}`, async () => {
    assert.strictEqual(await app.both.call(name), "")
  })
  test(`client: ${name}`, async () => {
    host.told("log")
    await host.request("client.trigger", {gen: app.both.gen, node: 1, session: "s", kind: "record-action", id: name, args: {}})
    const said = host.told("log").map(({text}) => text).filter((text) => text.startsWith("verdict:"))
    assert.deepStrictEqual(said, ["verdict:"])
  })
}
