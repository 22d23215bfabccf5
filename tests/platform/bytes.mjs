// Whatever crosses from one program to another arrives byte for byte, or is refused: the zero
// character that ends a C string, halves of characters, characters beyond the sixteen bits of
// JavaScript's, bytes that are no text, nothing at all, and much.
import http from "node:http"
import {rigApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"

const origin = "https://echo.example"

const bodies = {
  nothing: "",
  "a zero": "\0",
  "zeros inside and at the end": "a\0b\0\0c\0",
  "a zero in JSON": '{"a":"\\u0000","b":"\\ud83d"}',
  "characters of four bytes": "😀𝄞",
  "a mark of the byte order": "\ufeffx",
  "no UTF-8": Buffer.from([0xff, 0, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0]),
  "a megabyte of text": Buffer.alloc(1 << 20, "0123\0é\n"),
  "a megabyte of bytes": Buffer.from(Array.from({length: 1 << 20}, (_, i) => (i * 7 + (i >> 8)) & 255)),
}

const functions = {
  "src/app/extensions/bytes/pass.server.ts": `
const read = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))

function write(bytes: Uint8Array) {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export default async function pass(url: string, base64: string) {
  const response = await fetch(url, {method: "POST", body: read(base64) as never})
  return write(new Uint8Array(await response.arrayBuffer()))
}
`,
  "src/app/extensions/bytes/text.server.ts": `
export default async function text(url: string, json: string) {
  return (await fetch(url, {method: "POST", body: JSON.parse(json)})).text()
}
`,
  "src/app/extensions/bytes/header.server.ts": `
export default async function header(url: string, value: string) {
  return (await fetch(url, {headers: {"X-Test": value}})).status
}
`,
  "src/app/extensions/bytes/say.server.ts": `
export default async function say(json: string) {
  console.log(JSON.parse(json))
  throw new Error(JSON.parse(json))
}
`,
  "src/app/extensions/bytes/keep.server.ts": `
import {kv} from "attio/server"

// Keys and values in JSON: no half of a character could be an argument from outside.
export default async function keep(op: "get" | "set" | "delete", key: string, value = "null") {
  if (op === "set") await kv.set(JSON.parse(key), JSON.parse(value))
  if (op === "delete") await kv.delete(JSON.parse(key))
  return JSON.stringify((await kv.get(JSON.parse(key)))?.value)
}
`,
  "src/app/webhooks/echo.webhook.ts": `
export default async function echo(request: Request) {
  return new Response(await request.arrayBuffer())
}
`,
}

// A program that answers with what it was sent.
async function echoServer() {
  const server = http.createServer((request, response) => {
    const parts = []
    request.on("data", (part) => parts.push(part)).on("end", () => response.end(Buffer.concat(parts)))
  })
  await new Promise((done) => server.listen(0, "127.0.0.1", done))
  return {server, url: `http://127.0.0.1:${server.address().port}`}
}

function send(method, url, headers, body) {
  return new Promise((done, fail) => {
    const sent = http.request(url, {method, headers, agent: false}, (answer) => {
      const parts = []
      answer.on("data", (part) => parts.push(part)).on("error", fail)
      answer.on("end", () => done({status: answer.statusCode, bytes: Buffer.concat(parts)}))
    })
    sent.on("error", fail)
    sent.end(body)
  })
}

async function withBytes(bench, use) {
  rigApp(bench, functions)
  const {server, url} = await echoServer()
  await withDev(bench, {routes: {[origin]: url}}, use)
  server.close()
  server.closeAllConnections?.()
}

// Calls a function; the program's arguments could not hold some of these.
async function call(dev, name, ...args) {
  const folder = name === "store" || name === "hooks" ? "rig" : "bytes"
  const {json} = await dev.api("POST", "/server/call", {module: `app/extensions/${folder}/${name}.server`, args})
  return json.error ?? json.value
}

const told = (bytes) => [bytes.length, bytes.length < 100 ? bytes.toString("hex") : bytes.subarray(-20).toString("hex")]

function sameBytes(bench, what, wanted, have) {
  bench.same(what, told(Buffer.from(wanted)), told(have))
  if (!Buffer.from(wanted).equals(have)) bench.wrong(`${what}: other bytes`)
}

export default {
  "bodies of requests and answers": (bench) =>
    withBytes(bench, async (dev) => {
      const handler = await call(dev, "hooks", "create", "echo")
      const reach = new URL(handler.url).pathname
      for (const [what, body] of Object.entries(bodies)) {
        const base64 = Buffer.from(body).toString("base64")
        const out = await call(dev, "pass", `${origin}/x`, base64)
        sameBytes(bench, `${what}, to a third party and back`, body, Buffer.from(out, "base64"))
        const own = await call(dev, "pass", handler.url, base64)
        sameBytes(bench, `${what}, to the app's own handler and back`, body, Buffer.from(own, "base64"))
        const {status, bytes} = await send("POST", dev.url + reach, {}, body)
        bench.same(`${what}, to a handler`, 200, status)
        sameBytes(bench, `${what}, to a handler and back`, body, bytes)
        const {json: kept} = await dev.api("GET", "/deliveries/last")
        for (const part of [kept.delivery.request, kept.delivery.response]) {
          sameBytes(bench, `${what}, in the log of what came`, body, Buffer.from(part.body ?? "", part.encoding ?? "utf8"))
        }
        const {json: again} = await dev.api("POST", "/deliveries/last/replay", {})
        const {response} = again.delivery
        sameBytes(bench, `${what}, sent again`, body, Buffer.from(response.body ?? "", response.encoding ?? "utf8"))
      }
    }),

  "bodies that commands and scripts send to a handler": (bench) =>
    withBytes(bench, async (dev) => {
      await call(dev, "hooks", "create", "echo")
      const sent = async (body, encoding) => {
        const {json} = await dev.api("POST", "/webhooks/send", {handler: "echo", body, ...(encoding && {encoding})})
        return Buffer.from(json.delivery.response.body ?? "", json.delivery.response.encoding ?? "utf8")
      }
      for (const [what, body] of Object.entries(bodies)) {
        if (typeof body === "string") sameBytes(bench, `${what}, as a text`, body, await sent(body))
        const base64 = Buffer.from(body).toString("base64")
        sameBytes(bench, `${what}, as base64`, body, await sent(base64, "base64"))
      }
      const value = {a: "\0", b: [1e21, 12345678901234567890n.toString()], "\0": "😀"}
      sameBytes(bench, "a value", JSON.stringify(value), await sent(value))
      const pretty = JSON.stringify({module: "app/extensions/rig/store.server", args: ["set", "k", {a: ["\0", 1]}]}, null, 2)
      const headers = {Authorization: `Bearer ${dev.secret}`, "Content-Type": "application/json"}
      for (const text of [pretty, `\ufeff${pretty}`, pretty.replaceAll("\n", "\r\n")]) {
        const {status} = await send("POST", `${dev.url}/__attio/api/server/call`, headers, text)
        bench.same("a request of several lines", 200, status)
        bench.same("what it said", {value: {a: ["\0", 1]}}, await call(dev, "store", "get", "k"))
      }
    }),

  "texts that an app sends": (bench) =>
    withBytes(bench, async (dev) => {
      for (const [what, body] of Object.entries(bodies)) {
        if (typeof body !== "string" || body.startsWith("\ufeff")) continue
        bench.same(`${what}, as a text`, body, await call(dev, "text", `${origin}/x`, JSON.stringify(body)))
      }
      // A request has no halves of characters: USVString of the Fetch Standard.
      bench.same("half a character", "a\ufffdb", await call(dev, "text", `${origin}/x`, JSON.stringify("a\ud83db")))
      bench.same("a header as it is", 200, await call(dev, "header", `${origin}/x`, "é"))
      for (const value of ["a\0b", "a\nb", "a\r\nX-Other: b", "😀"]) {
        const {name} = await call(dev, "header", `${origin}/x`, value)
        bench.same(`a header with ${JSON.stringify(value)}`, "TypeError", name)
      }
    }),

  "keys and values of the store": (bench) =>
    withBytes(bench, async (dev) => {
      const keep = (op, key, value) => call(dev, "keep", op, JSON.stringify(key), JSON.stringify(value))
      const values = ["", "\0", "a\0b", "a\ud83d", "😀", {"\0": ["\0"], "": "\ud83d"}, "x\0".repeat(500000)]
      for (const value of values) {
        const what = JSON.stringify(value).slice(0, 30)
        bench.same(`the value ${what}`, true, (await keep("set", "key", value)) === JSON.stringify(value))
        const {status} = await dev.api("PUT", "/kv/other", {value})
        const half = JSON.stringify(value).includes("ud83d") // refused, as it is no JSON by RFC 8259's rules for exchange
        bench.same(`${what} from outside`, half ? 400 : 200, status)
        if (half) continue
        bench.same(`${what} as the app sees it`, true, (await keep("get", "other")) === JSON.stringify(value))
      }
      await keep("set", "k", "short")
      await keep("set", "k\0long", "long")
      bench.same("keys of which one begins as the other", ['"short"', '"long"'], [await keep("get", "k"), await keep("get", "k\0long")])
      await keep("delete", "k\0other")
      bench.same("after another was deleted", '"short"', await keep("get", "k"))
      bench.same("such a key in an address", true, (await dev.api("GET", "/kv/k%00long")).status >= 400)
    }),

  "names that only begin right": (bench) =>
    withBytes(bench, async (dev) => {
      const {name} = await call(dev, "hooks", "create", "echo\0x")
      bench.same("a handler's file", "Error", name)
      const handler = await call(dev, "hooks", "create", "echo")
      for (const op of ["get", "update", "delete"]) {
        bench.same(`${op} of a handler`, "Error", (await call(dev, "hooks", op, `${handler.id}\0x`, "x")).name)
      }
      bench.same("it is there", handler.id, (await call(dev, "hooks", "get", handler.id)).id)
      const {pathname} = new URL(handler.url)
      for (const end of ["%00", "%00x", "x", "%"]) {
        bench.same(`its address with ${end}`, 404, (await send("POST", `${dev.url}${pathname}${end}`, {}, "")).status)
      }
      const called = await dev.api("POST", "/server/call", {module: "app/extensions/bytes/say.server\0x", args: []})
      bench.same("a server function", 422, called.status)
    }),

  "what an app says": (bench) =>
    withBytes(bench, async (dev) => {
      for (const [text, seen] of [["a\0b", "a\ufffdb"], ["a\ud83db", "a\ufffdb"], ["😀", "😀"]]) {
        const {message} = await call(dev, "say", JSON.stringify(text))
        bench.same("the error", seen, message)
        const {json} = await dev.api("GET", "/logs?limit=2")
        bench.same("the line of the log", seen, json.items.find((line) => !line.text.startsWith("uncaught: "))?.text)
      }
    }),

  "CRM data": (bench) =>
    withBytes(bench, async (dev) => {
      const person = (name) => ({data: {values: {name, job_title: name}}})
      const create = (name) => dev.rest("POST", "/v2/objects/people/records", person(name))
      bench.same("a zero", 400, (await create("a\0b")).status)
      const {json, status} = await create("😀 𝄞")
      bench.same("characters of four bytes", [200, "😀 𝄞"], [status, json?.data.values.job_title[0].value])
      const half = await create("a\ud83d b")
      bench.same("half a character", true, half.status === 400 || half.json.data.values.job_title[0].value === "a\ufffd b")
      const headers = {Authorization: `Bearer ${dev.api_token}`, "Content-Type": "application/json"}
      const url = `${dev.url}/v2/objects/people/records`
      for (const body of ["", "\0", "{}\0", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), '{"data"', "[]"]) {
        bench.same(`the body ${JSON.stringify(body)}`, 400, (await send("POST", url, headers, body)).status)
      }
      const id = json.data.id.record_id
      bench.same("an id that only begins right", true, (await dev.rest("GET", `/v2/objects/people/records/${id}%00x`)).status >= 400)
      const query = "query($id: String!) { person(id: $id) { id } }"
      const asked = async (value) => (await dev.api("POST", "/graphql", {query, variables: {id: value}})).json
      const found = await asked(id)
      bench.same("a query", true, JSON.stringify(found).includes(id))
      const other = await asked(`${id}\0x`)
      bench.same("a variable that only begins right", false, JSON.stringify(other.data ?? null).includes(id))
    }),
}
