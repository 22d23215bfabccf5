// The log service of the local platform, spoken to message by message, as text and as MessagePack.
import {createRequire} from "node:module"
import fs from "node:fs"
import path from "node:path"
import {sdkModules} from "../probes/probe.mjs"
import {templateApp} from "./apps.mjs"
import {withDev, within} from "./dev.mjs"

const installed = fs.existsSync(path.join(sdkModules, "ws"))
const require = createRequire(path.join(sdkModules, "x.js"))
const words = {heartbeat: 0, ack: 1, nack: 2, connected: 4, disconnected: 6, close: 7, closed: 8, error: 9, attach: 10, attached: 11, detach: 12, detached: 13, presence: 14, message: 15, auth: 17}
const resumed = 4 // of the flags

class Listener {
  heard = []
  #waiting = []

  constructor(dev, query) {
    const WebSocket = require("ws")
    this.dev = dev
    this.packed = query.format === "msgpack"
    this.socket = new WebSocket(`${dev.url.replace("http", "ws")}/?${new URLSearchParams(query)}`)
    this.socket.on("message", (data, binary) => {
      if (binary !== this.packed) dev.bench.wrong(`a message came ${binary ? "packed" : "as text"}`)
      this.#take(binary ? require("@ably/msgpack-js").decode(data) : JSON.parse(data))
    })
    this.socket.on("ping", () => (this.pings = (this.pings ?? 0) + 1))
    this.closed = new Promise((done) => this.socket.on("close", done))
    this.opened = new Promise((done) => {
      this.socket.on("open", () => done(101))
      this.socket.on("unexpected-response", (_, {statusCode}) => done(statusCode))
      this.socket.on("error", ({code}) => done(code))
    })
  }

  #take(message) {
    this.heard.push(message)
    this.#waiting.splice(0).forEach((look) => look())
  }

  // The next message of this kind that was not waited for yet.
  hear(word) {
    return within(`${word}`, new Promise((done) => {
      const look = () => {
        const at = this.heard.findIndex(({action}) => action === words[word])
        if (at < 0) return this.#waiting.push(look)
        done(this.heard.splice(at, 1)[0])
      }
      look()
    })).catch((error) => {
      throw new Error(`${error.message}; heard: ${JSON.stringify(this.heard)}`)
    })
  }

  say(word, more = {}) {
    const message = {action: words[word], ...more}
    this.socket.send(this.packed ? require("@ably/msgpack-js").encode(message) : JSON.stringify(message))
  }

  async attach(channel, more = {}) {
    this.say("attach", {channel, ...more})
    return this.hear("attached")
  }

  // The texts of the next entries.
  async entries(count) {
    const all = []
    while (all.length < count) {
      const {messages} = await this.hear("message")
      all.push(...messages.map(({data}) => JSON.parse(data).data))
    }
    return all
  }
}

const source = `export default async function say(...lines: string[]) {
  for (const line of lines) console.log(line)
}
`

async function listening(bench, use) {
  await templateApp(bench, "minimal")
  bench.write({"src/app/say.server.ts": source})
  await withDev(bench, {}, async (dev) => {
    const get = async (where) => (await dev.http("GET", where, {token: dev.secret})).json
    const {app_id} = (await get("/api/apps/by-slug/my-app")).app
    const [{workspace_id}] = (await get("/api/dev-workspaces")).workspaces
    const channel = `ecosystem-app-logs:${workspace_id}:${app_id}`
    const leave = async () => {
      const body = {token_params: {capability: JSON.stringify({[channel]: ["subscribe"]})}}
      return (await dev.http("POST", "/api/integrations/ably/auth", {token: dev.secret, body})).json.token
    }
    const say = (...args) => dev.api("POST", "/server/call", {module: "app/say.server", args})
    await use({dev, channel, leave, say, join: async (more = {}) => new Listener(dev, {access_token: await leave(), v: 6, ...more})})
  })
}

const texts = (entries) => entries.map(({message}) => message)

// One whole stay, in a form.
const stay = (format) => (bench) =>
  listening(bench, async ({channel, join, say}) => {
    const one = await join({format, heartbeats: "false", echo: "false"})
    const {connectionId, connectionDetails} = await one.hear("connected")
    bench.same("greeting", [true, "string", 120000, 15000], [connectionId.length > 8, typeof connectionDetails.clientId, connectionDetails.connectionStateTtl, connectionDetails.maxIdleInterval])
    const attached = await one.attach(channel)
    bench.same("attached", [channel, 0], [attached.channel, attached.flags & resumed])
    one.say("presence", {channel, msgSerial: 3, presence: [{action: 2}]})
    bench.same("presence", [3, 1], await one.hear("ack").then(({msgSerial, count}) => [msgSerial, count]))
    await say("a", "b\nc")
    const entries = await one.entries(2)
    bench.same("entries", [["a", "INFO", true], ["b\nc", "INFO", true]], entries.map(({message, severity, timestamp}) => [message, severity, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(timestamp)]))
    one.say("heartbeat", {id: "x"})
    bench.same("sign of life", "x", (await one.hear("heartbeat")).id)
    one.say("message", {channel, msgSerial: 4, messages: [{name: "x"}]})
    bench.same("nobody else speaks here", 40160, (await one.hear("nack")).error.code)
    one.say("detach", {channel})
    await one.hear("detached")
    await say("nobody hears this")
    one.say("close")
    await one.hear("closed")
    bench.same("closed", 1000, await within("the end", one.closed))
    bench.same("nothing else was heard", [], one.heard)
  })

const tests = {
  "as text": stay("json"),
  "as MessagePack": stay("msgpack"),

  "what was missed comes after a cut": (bench) =>
    listening(bench, async ({dev, channel, join, say}) => {
      const one = await join()
      const {connectionId, connectionDetails} = await one.hear("connected")
      await one.attach(channel)
      await say("before")
      const {channelSerial} = await one.hear("message")
      bench.same("cut", {cut: 1}, (await dev.api("POST", "/log-service/cut")).json)
      await within("the cut", one.closed)
      await say("meanwhile", "and more")
      const two = await join({resume: connectionDetails.connectionKey})
      bench.same("the same connection", [connectionId, undefined], await two.hear("connected").then((answer) => [answer.connectionId, answer.error]))
      bench.same("resumed", resumed, (await two.attach(channel, {channelSerial})).flags & resumed)
      bench.same("missed", ["meanwhile", "and more"], texts(await two.entries(2)))
      await say(...Array.from({length: 600}, (_, i) => `${i}`))
      const three = await join({resume: "another!key-that-is-none-of-ours"})
      bench.same("not resumed", 80008, (await three.hear("connected")).error.code)
      bench.same("too long ago: a gap", 0, (await three.attach(channel, {channelSerial})).flags & resumed)
      const four = await join()
      await four.hear("connected")
      await four.attach(channel, {params: {rewind: "2"}})
      bench.same("rewound", ["598", "599"], texts(await four.entries(2)))
      const five = await join()
      await five.hear("connected")
      await five.attach(channel, {params: {rewind: "99999999999999999m"}})
      bench.same("all that is kept", ["88", "599"], texts(await five.entries(512)).filter((_, i) => i === 0 || i === 511))
    }),

  "leave that is missing, wrong or over": (bench) =>
    listening(bench, async ({dev, channel, leave, join}) => {
      const token = await leave()
      const flipped = (token[0] === "A" ? "B" : "A") + token.slice(1)
      for (const access_token of ["", "x", flipped, dev.secret]) {
        const one = new Listener(dev, {access_token})
        bench.same("no leave", 40101, (await one.hear("error")).error.code)
        await within("the end", one.closed)
      }
      const one = await join()
      await one.hear("connected")
      one.say("attach", {channel: channel.replace(/.$/, (last) => (last === "0" ? "1" : "0"))})
      bench.same("another channel", 40160, (await one.hear("error")).error.code)
      await one.attach(channel)
      await dev.api("POST", "/clock", {advance_ms: 3500000})
      one.say("auth", {auth: {accessToken: await leave()}})
      await one.hear("connected")
      await dev.api("POST", "/clock", {advance_ms: 200000})
      one.say("heartbeat")
      await one.hear("heartbeat")
      bench.same("renewed leave holds", [], one.heard)
      await dev.api("POST", "/clock", {advance_ms: 3600000})
      bench.same("over", [40142, 401], await one.hear("disconnected").then(({error}) => [error.code, error.statusCode]))
      await within("the end", one.closed)
      const late = new Listener(dev, {access_token: token})
      bench.same("too late", 40142, (await late.hear("disconnected")).error.code)
    }),

  "what is no message ends the connection": (bench) =>
    listening(bench, async ({dev, channel, join}) => {
      for (const text of ["", "{", "[]", "1", '{"action":"x"}', '{"action":10}', '{"action":99,"channel":"x"}', "x".repeat(70000)]) {
        const one = await join()
        await one.hear("connected")
        one.socket.send(text)
        const code = await within("the end", one.closed)
        bench.same(`after ${text.slice(0, 20)}`, true, [1000, 1009].includes(code))
      }
      const one = await join()
      await one.hear("connected")
      await one.attach(channel)
      one.socket.send(Buffer.from([0xc1]))
      await one.hear("error")
      bench.same("the platform lives", 200, (await dev.api("GET", "/status")).status)
      bench.same("without an upgrade it is the page's address", 302, (await dev.http("GET", "/")).status)
      for (const failure of ["reset", "cut"]) {
        await dev.api("POST", "/faults", {endpoint: "GET /", failure})
        bench.same(failure, "ECONNRESET", await (await join()).opened)
      }
      await dev.api("POST", "/faults", {endpoint: "GET /", failure: "status", status: 503})
      bench.same("a status", 503, await (await join()).opened)
    }),

  "a page of another origin is not let in": (bench) =>
    listening(bench, async ({dev, leave}) => {
      const WebSocket = require("ws")
      const socket = new WebSocket(`${dev.url.replace("http", "ws")}/?access_token=${encodeURIComponent(await leave())}`, {origin: "https://evil.example"})
      const status = await new Promise((done) => socket.on("unexpected-response", (_, {statusCode}) => done(statusCode)).on("open", () => done(101)).on("error", () => {}))
      bench.same("status", 403, status)
    }),
}

export default installed ? tests : {}
if (!installed) console.log(`0 passed, 0 failed, ${Object.keys(tests).length} skipped: the package ws of the SDK is not installed`)
