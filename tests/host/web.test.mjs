// The web classes of the server realm beside Node's own: the same snippets in both, the same results.
import assert from "node:assert"
import {spawnSync} from "node:child_process"
import test, {after, before} from "node:test"
import {node, serverBundle, startHost} from "./host.mjs"

// Bodies of async functions; each gives back something that JSON carries.
const snippets = {
  "headers: join, sort, case": `const h = new Headers([["B", "1"], ["a", " x "], ["b", "2"]]); h.append("Set-Cookie", "p=1"); h.append("set-cookie", "q=2");
    return [[...h], h.get("A"), h.get("none"), h.has("B"), h.getSetCookie(), h.get("set-cookie")]`,
  "headers: set, delete, forEach": `const h = new Headers({x: "1", Y: "2"}); h.set("X", "3"); h.delete("y"); const o = []; h.forEach((v, k) => o.push([k, v])); return [o, [...h.keys()], [...h.values()]]`,
  "headers: bad name": `try { new Headers({"a b": "1"}); return "none" } catch (e) { return [e.name, e instanceof TypeError] }`,
  "headers: bad value": `try { new Headers({a: "1\\n2"}); return "none" } catch (e) { return e.name }`,
  "headers: wide value": `try { new Headers({a: "\\u0394"}); return "none" } catch (e) { return e.name }`,
  "headers: of headers": `const a = new Headers({x: "1"}); const b = new Headers(a); b.set("x", "2"); return [a.get("x"), b.get("x"), String(a)]`,
  "response: text and json": `const r = new Response('{"a":[1]}', {status: 201, headers: {x: "y"}}); return [r.status, r.ok, r.statusText, r.headers.get("content-type"), r.headers.get("x"), await r.clone().text(), await r.json(), r.bodyUsed, r.type, r.url, r.redirected]`,
  "response: twice": `const r = new Response("a"); await r.text(); try { await r.text(); return "none" } catch (e) { return e.name }`,
  "response: null": `const r = new Response(null, {status: 204}); return [r.status, await r.text(), r.bodyUsed, r.headers.get("content-type"), r.body]`,
  "response: body with 204": `try { new Response("x", {status: 204}); return "none" } catch (e) { return e.name }`,
  "response: status": `const out = []; for (const status of [99, 199, 200, 599, 600, "404"]) { try { out.push(new Response(null, {status}).status) } catch (e) { out.push(e.name) } } return out`,
  "response: statics": `const j = Response.json({a: 1}, {status: 202}); const r = Response.redirect("https://x.test/y", 301); const e = Response.error(); return [j.status, j.headers.get("content-type"), await j.json(), r.status, r.headers.get("location"), e.type, e.status, e.ok]`,
  "response: bytes": `const r = new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])); const c = r.clone(); return [[...new Uint8Array(await r.arrayBuffer())], await c.text()]`,
  "response: blob and parameters": `const b = await new Response(new URLSearchParams({a: "1 2", b: "ä"})).blob(); return [b.size, b.type, await b.text(), (await new Response(new Blob(["x"], {type: "text/css"})).headers.get("content-type"))]`,
  "response: string object": `return await new Response({toString: () => "t"}).text()`,
  "response: bad json": `try { await new Response("{").json(); return "none" } catch (e) { return [e.name, e instanceof SyntaxError] }`,
  "response: json passes instanceof": `const v = await new Response('{"a":[1]}').json(); return [v instanceof Object, v.a instanceof Array, (await new Response("x").arrayBuffer()) instanceof ArrayBuffer]`,
  "response: the body in a loop": `const r = new Response("aä"); const out = []; for await (const part of r.body) out.push(...part); return [out, r.bodyUsed, new Response(null).body, (await new Blob(["x"]).stream().getReader().read()).value[0]]`,
  "response: the body by its reader": `const reader = new Response("ab").body.getReader(); const a = await reader.read(); const b = await reader.read(); await reader.closed; return [[...a.value], a.done, b.done]`,
  "request: defaults": `const r = new Request("https://x.test/a?b#c"); return [r.method, r.url, [...r.headers], r.redirect, r.mode, r.credentials, r.cache, r.signal.aborted, r.bodyUsed, r.keepalive, r.integrity, r.referrer]`,
  "request: post": `const r = new Request("https://x.test", {method: "post", body: "hi", headers: {"X-A": "1"}}); return [r.method, r.headers.get("content-type"), r.url, await r.text()]`,
  "request: patch stays": `return [new Request("https://x.test", {method: "patch"}).method, new Request("https://x.test", {method: "PATCH"}).method, new Request("https://x.test", {method: "delete"}).method]`,
  "request: get with body": `try { new Request("https://x.test", {body: "x"}); return "none" } catch (e) { return e.name }`,
  "request: bad methods": `const out = []; for (const method of ["TRACE", "a b", "CONNECT"]) { try { new Request("https://x.test", {method}); out.push("none") } catch (e) { out.push(e.name) } } return out`,
  "request: relative": `try { new Request("/x"); return "none" } catch (e) { return [e.name, e.message] }`,
  "request: credentials": `try { new Request("https://a:b@x.test"); return "none" } catch (e) { return e.name }`,
  "request: of request": `const a = new Request("https://x.test", {method: "PUT", body: "abc", headers: {q: "1"}}); const b = new Request(a.clone(), {headers: {w: "2"}}); return [b.method, b.headers.get("q"), b.headers.get("w"), await b.text(), await a.text()]`,
  "request: signal": `const c = new AbortController(); const r = new Request("https://x.test", {signal: c.signal}); c.abort("why"); return [r.signal.aborted, r.signal.reason]`,
  "request: url object": `return new Request(new URL("https://x.test/%7Ea")).url`,
  "form: multipart there and back": `const f = new FormData(); f.append("a", "1\\n2"); f.append("b", new File(["xyz"], 'q".txt', {type: "text/plain"})); f.append("a", "3"); const r = new Response(f); const t = r.headers.get("content-type"); const g = await r.formData();
    return [t.startsWith("multipart/form-data; boundary="), g.getAll("a"), g.get("b").name, g.get("b").type, await g.get("b").text(), [...g.keys()]]`,
  "form: urlencoded": `const g = await new Response("a=1&b=x+y", {headers: {"content-type": "application/x-www-form-urlencoded"}}).formData(); return [...g]`,
  "form: set, delete": `const f = new FormData(); f.append("a", "1"); f.append("b", "2"); f.append("a", "3"); f.set("a", 4); f.delete("b"); return [[...f], f.has("b"), f.get("zz")]`,
  "blob": `const b = new Blob(["ab", new Uint8Array([99]), new Blob(["d"])], {type: "Text/Plain"}); return [b.size, b.type, await b.text(), await b.slice(1, 3).text(), [...new Uint8Array(await b.arrayBuffer())]]`,
  "url: parts": `const u = new URL("../x?y=1#z", "https://u:p@h.test:8080/a/b/c"); return [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, String(u), JSON.stringify({u})]`,
  "url: set": `const u = new URL("https://h.test/a"); u.pathname = "/b c"; u.search = "q=1"; u.hash = "h"; u.port = "99"; u.host = "i.test:1"; u.protocol = "http"; u.username = "me"; return u.href`,
  "url: bad": `const out = []; for (const t of ["x", "https://", "http://a b"]) { try { new URL(t); out.push("none") } catch (e) { out.push([e.name, e.message, e.code]) } } return [out, URL.canParse("x"), URL.canParse("x", "https://h.test")]`,
  "url: search params are one with it": `const u = new URL("https://h.test/?a=1&b=2"); u.searchParams.append("c", "ä /"); u.searchParams.delete("a"); const p = u.searchParams; u.search = "z=9"; return [u.href, p.get("z"), [...p], p === u.searchParams]`,
  "url: idn and odd": `return [new URL("https://bücher.test/ä?ö#ü").href, new URL("HTTP://EXAMPLE.com:80/%7Efoo/../bar").href, new URL("data:text/plain,x").origin]`,
  "params": `const p = new URLSearchParams("?a=1&a=2&b=%20+x&c"); p.append("d", "~!*'()"); p.sort(); return [p.toString(), p.getAll("a"), p.get("b"), p.get("c"), p.size, p.has("a", "2"), [...p.keys()]]`,
  "params: from objects": `return [new URLSearchParams({a: 1, b: "x y"}).toString(), new URLSearchParams([["q", "1"], ["q", "2"]]).toString(), new URLSearchParams(new Map([["m", "n"]])).toString()]`,
  "params: set, delete, forEach": `const p = new URLSearchParams("a=1&b=2&a=3"); p.set("a", "9"); p.delete("b"); p.set("n", "m"); const o = []; p.forEach((v, k) => o.push(k + v)); return [p.toString(), o]`,
  "text: encode and decode": `const e = new TextEncoder(); const d = new TextDecoder(); return [[...e.encode("aä€😀\\ud800")], d.decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])), d.encoding, new TextDecoder("latin1").encoding, new TextDecoder("utf-16le").decode(new Uint8Array([97, 0]))]`,
  "text: fatal": `try { new TextDecoder("utf-8", {fatal: true}).decode(new Uint8Array([255])); return "none" } catch (e) { return e.name }`,
  "text: stream": `const d = new TextDecoder(); const b = new TextEncoder().encode("a€😀b"); let o = ""; for (const x of b) o += d.decode(new Uint8Array([x]), {stream: true}); return o + d.decode()`,
  "text: unknown label": `try { new TextDecoder("zz"); return "none" } catch (e) { return e.name }`,
  "text: views": `const b = new Uint8Array([0, 97, 98, 0]); return [new TextDecoder().decode(b.subarray(1, 3)), new TextDecoder().decode(new DataView(b.buffer, 1, 1)), new TextDecoder().decode(b.buffer).length]`,
  "base64": `const out = [btoa("a\\xff"), atob("YQ=="), atob(" Y Q ")]; for (const f of [() => btoa("€"), () => atob("a")]) { try { f(); out.push("none") } catch (e) { out.push([e.name, e.code]) } } return out`,
  "abort": `const c = new AbortController(); const o = []; c.signal.onabort = () => o.push("on"); c.signal.addEventListener("abort", (e) => o.push(e.type)); c.abort(); c.abort(); try { c.signal.throwIfAborted() } catch (e) { o.push([e.name, e.code, e.message]) } return [o, c.signal.aborted, AbortSignal.abort(1).reason, AbortSignal.any([AbortSignal.abort(2), c.signal]).reason]`,
  "abort: timeout": `const s = AbortSignal.timeout(5); await new Promise((f) => s.addEventListener("abort", f)); return [s.reason.name, s.reason.code]`,
  "clone": `const d = new Date(5); const o = {d, r: /x/gi, m: new Map([[1, {a: 1}]]), s: new Set(["q"]), b: new Uint8Array([1, 2]), u: undefined, n: null, e: new TypeError("t")}; o.self = o; const c = structuredClone(o);
    return [c !== o, c.self === c, c.d.getTime(), c.d !== d, String(c.r), [...c.m], [...c.s], [...c.b], "u" in c, c.n, c.e.name, c.e.message, c.e instanceof TypeError]`,
  "clone: refuses": `const out = []; for (const v of [() => {}, Symbol("s"), {f() {}}, new WeakMap()]) { try { structuredClone(v); out.push("none") } catch (e) { out.push(e.name) } } return out`,
  "crypto: hmac": `const k = await crypto.subtle.importKey("raw", new TextEncoder().encode("key"), {name: "HMAC", hash: "SHA-256"}, false, ["sign", "verify"]); const s = await crypto.subtle.sign("HMAC", k, new TextEncoder().encode("data"));
    return [[...new Uint8Array(s)], await crypto.subtle.verify("HMAC", k, s, new TextEncoder().encode("data")), k.type, k.extractable, k.algorithm.name, k.algorithm.hash.name, k.usages, s instanceof ArrayBuffer]`,
  "crypto: digest": `return [...new Uint8Array(await crypto.subtle.digest("SHA-1", new Uint8Array([1, 2, 3]).subarray(1)))]`,
  "crypto: aes": `const k = await crypto.subtle.generateKey({name: "AES-GCM", length: 256}, true, ["encrypt", "decrypt"]); const iv = crypto.getRandomValues(new Uint8Array(12)); const c = await crypto.subtle.encrypt({name: "AES-GCM", iv}, k, new Uint8Array([1, 2, 3]));
    const raw = await crypto.subtle.exportKey("raw", k); const j = await crypto.subtle.exportKey("jwk", k); return [[...new Uint8Array(await crypto.subtle.decrypt({name: "AES-GCM", iv}, k, c))], raw.byteLength, j.kty, c.byteLength]`,
  "crypto: pbkdf2": `const k = await crypto.subtle.importKey("raw", new TextEncoder().encode("pw"), "PBKDF2", false, ["deriveBits"]); return [...new Uint8Array(await crypto.subtle.deriveBits({name: "PBKDF2", salt: new Uint8Array([1]), iterations: 2, hash: "SHA-256"}, k, 128))]`,
  "crypto: pairs": `const {publicKey, privateKey} = await crypto.subtle.generateKey({name: "ECDSA", namedCurve: "P-256"}, false, ["sign", "verify"]); const d = new Uint8Array([9]); const s = await crypto.subtle.sign({name: "ECDSA", hash: "SHA-256"}, privateKey, d); return [await crypto.subtle.verify({name: "ECDSA", hash: "SHA-256"}, publicKey, s, d), publicKey.type]`,
  "crypto: mistakes": `const out = []; for (const f of [() => crypto.subtle.digest("nope", new Uint8Array(1)), () => crypto.subtle.importKey("raw", new Uint8Array(0), {name: "HMAC", hash: "SHA-256"}, false, [])]) { try { await f(); out.push("none") } catch (e) { out.push(e.name) } } return out`,
  "crypto: uuid": `return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())`,
  "tags": `return [String(new Headers()), String(new Response()), String(new Request("https://x.test")), Object.prototype.toString.call(new Blob()), Object.prototype.toString.call(new FormData()), Object.prototype.toString.call(new URL("https://x.test")), Object.prototype.toString.call(new AbortController().signal)]`,
  "names": `return [Headers, Response, Request, Blob, File, FormData, URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, AbortSignal, fetch, structuredClone, atob, btoa, setTimeout, Date].map((f) => f.name)`,
  "microtasks and timers in order": `const o = []; setTimeout(() => o.push("t1"), 1); setTimeout(() => o.push("t0"), 0); queueMicrotask(() => o.push("m")); Promise.resolve().then(() => o.push("p")); o.push("s"); const i = setInterval(() => { o.push("i"); clearInterval(i) }, 3); const c = setTimeout(() => o.push("never"), 2); clearTimeout(c); await new Promise((f) => setTimeout(f, 30)); return o`,
  "timer arguments": `return await new Promise((f) => setTimeout((a, b) => f([a, b]), 1, "x", 2))`,
  "dates": `const d = new Date(0); return [d.toISOString(), Date.UTC(2020, 1), Date.parse("2020-01-01T00:00:00Z"), new Date(2020, 0, 1).toISOString(), typeof Date(), Date.length, d.constructor === Date, d instanceof Date, new Date(NaN).getTime(), Date.name, d.toLocaleString(), d.getTimezoneOffset(), Object.prototype.toString.call(d), Math.abs(Date.now() - new Date().getTime()) < 1000]`,
  "dates: subclass": `class D extends Date { x() { return 1 } } const d = new D(7); return [d.x(), d.getTime(), d instanceof D, d instanceof Date]`,
  "locale": `return [Intl.DateTimeFormat().resolvedOptions().timeZone, new Intl.NumberFormat().format(1234.5), Intl.NumberFormat().resolvedOptions().locale]`,
}

const inNode = `
process.env.TZ = "UTC"
const snippets = ${JSON.stringify(snippets)}
const Async = Object.getPrototypeOf(async function () {}).constructor
;(async () => {
  const alive = setInterval(() => {}, 1000) // a signal's timer does not keep Node alive
  const out = {}
  for (const [name, text] of Object.entries(snippets)) {
    try { out[name] = (await new Async(text)()) } catch (e) { out[name] = "threw " + e }
  }
  process.stdout.write(JSON.stringify(out))
  clearInterval(alive)
})()`

let host
let expected
const results = {}

before(async () => {
  const said = spawnSync(node, ["-e", inNode], {encoding: "utf8", env: {TZ: "UTC", NODE_NO_WARNINGS: "1"}})
  expected = JSON.parse(said.stdout)
  host = await startHost()
  const functions = Object.fromEntries(Object.entries(snippets).map(([name, text]) => [name, `async () => { ${text} }`]))
  const app = await host.load({server: serverBundle({functions})})
  for (const name of Object.keys(snippets)) {
    try {
      results[name] = await app.call(name)
    } catch (error) {
      results[name] = `threw ${error}`
    }
  }
})

after(() => host.stop())

for (const name of Object.keys(snippets)) {
  test(name, () => {
    assert.deepStrictEqual(results[name], expected[name])
  })
}
