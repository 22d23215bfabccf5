// Secrets whose values are anything: what is kept stays valid and means the same, replays do not depend on how a value is
// spelt, and what is secret is in nothing that is shown.
import fs from "node:fs"
import http from "node:http"
import path from "node:path"
import {rigApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {Third, thirdOrigin} from "./third.mjs"

// Other data may have these, too: hidden where they are sent.
const common = [
  "false", "true", "null", "0", "7", "1234", "test", "x", "Bearer", "people", "person", "workspace", "user", "secret", "action", "fetch",
  "server", "input", "Pending", "connection", "+15558675309", "01980000-0000-7000-8000-00000000002a", "2026-11-29", "ada@attio.example",
  "https://third.example", '"', "\\", "é", "🔑", "a b", "{}", "[1]", '"x"',
]
// These are what they are wherever they stand.
const own = [
  "{connection}", "{workspace connection}", 'quo"ted-key-1', "back\\slash-key-2", "ключ-от-всего-12", "with spaces in 1 key", "two\nlines-of-1",
  "dGhlLXNlY3JldC1vZi1hbGM=", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln", '{"type":"service_account","key":"abc123"}', "p%41ss+w/rd=12", "a1".repeat(2000),
]

const module = "src/app/extensions/rig/spread.server.ts"
// Sends and keeps a connection's value in every way that apps do.
const spread = `
import {getWorkspaceConnection, kv} from "attio/server"
export default async function spread(what: string) {
  const {value} = getWorkspaceConnection()
  const basic = btoa(unescape(encodeURIComponent("user:" + value)))
  const answer = await fetch("https://third.example/" + what + "?object=" + what + "&key=" + encodeURIComponent(value), {
    method: "POST",
    headers: {"X-Basic": "Basic " + basic, "X-Key": encodeURIComponent(value), "Content-Type": "application/json"},
    body: JSON.stringify({key: value, people: "people", inner: JSON.stringify({value}), flag: false, count: 1234}),
  })
  await fetch("https://third.example/form", {method: "POST", body: new URLSearchParams({key: value, what}).toString()})
  await kv.set("what", what)
  console.log("token=" + value)
  return {status: answer.status, what, flag: false, none: null, count: 1234}
}
`

// How a value may be written.
function spellings(value) {
  const bytes = Buffer.from(value)
  const json = JSON.stringify(value).slice(1, -1)
  const form = new URLSearchParams({a: value}).toString().slice(2)
  return [value, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(value), form, bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")]
}

const leaks = (text, value) => spellings(value).filter((one) => !["{workspace connection}", "{connection}"].includes(one) && text.includes(one))

function valid(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

// The events that the page hears from now on.
function listen(dev) {
  const heard = {text: ""}
  heard.request = http.get(new URL("/__attio/api/events", dev.url), {headers: {Authorization: `Bearer ${dev.secret}`}, agent: false}, (answer) => {
    answer.setEncoding("utf8").on("data", (text) => (heard.text += text))
    answer.on("error", () => {})
  })
  heard.request.on("error", () => {})
  return heard
}

// One value: run, shown, done again, saved. Gives the file's name.
async function once(bench, dev, value, index) {
  const name = JSON.stringify(value).slice(0, 40)
  bench.env.VALUE = value
  const added = await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")
  bench.same(`${name}: connected ${added.error?.message ?? ""}`, 0, added.code)
  const ran = await dev.attio("call", module, "--args", '["people"]')
  bench.same(`${name}: it ran ${ran.error?.message ?? ""}`, [0, {status: 200, what: "people", flag: false, none: null, count: 1234}], [ran.code, ran.value])
  const shown = await bench.attio("flow", "show", "last", "--json")
  const {nodes} = JSON.parse(shown.stdout)
  const [sent, form] = nodes.filter((one) => one.kind === "fetch")
  const headers = Object.fromEntries(sent.input.headers)
  bench.same(`${name}: the header`, "{workspace connection}", headers["x-key"])
  bench.same(`${name}: the query`, true, sent.input.url.endsWith("&key={workspace connection}"))
  bench.same(`${name}: basic`, true, headers["x-basic"].endsWith("{workspace connection}"))
  bench.same(`${name}: a body that is JSON ${sent.input.body}`, true, valid(sent.input.body))
  const body = JSON.parse(sent.input.body)
  bench.same(`${name}: the body`, ["{workspace connection}", false, 1234], [body.key, body.flag, body.count])
  bench.same(`${name}: the form`, true, form.input.body.startsWith("key={workspace connection}&"))
  bench.same(`${name}: the platform's own`, ["server", ["people"]], [nodes[0].kind, nodes[0].input])
  const again = await dev.attio("flow", "again", "last")
  bench.same(`${name}: again ${again.error?.message ?? ""}`, 0, again.code)
  const file = `${index}.flow.json`
  const saved = await dev.attio("flow", "save", ran.flow, file)
  bench.same(`${name}: saved ${saved.error?.message ?? ""} ${saved.diff ?? ""}`, 0, saved.code)
  if (own.includes(value)) {
    const text = [shown.stdout, JSON.stringify(again), fs.readFileSync(path.join(bench.app, file), "utf8"), (await bench.attio("flow", "show", "last", "--verbose")).stdout].join()
    bench.same(`${name}: in what is shown`, [], leaks(text, value))
  }
  return file
}

export default {
  "a connection's value is anything: flows are shown, done again, saved and replayed, and it is in none": async (bench) => {
    rigApp(bench, {[module]: spread})
    const third = await new Third().start()
    await withDev(bench, {routes: {[thirdOrigin]: third.url}}, async (dev) => {
      const heard = listen(dev)
      const files = []
      for (const value of [...common, ...own]) files.push(await once(bench, dev, value, files.length))
      for (let i = 0; i < 3; i++) {
        const {code, items} = await bench.json("flow", "replay", ...files)
        bench.same(`replay ${i}`, [0, files.length, []], [code, items?.length, items?.filter(({equal}) => !equal).map(({file, diff}) => [file, diff])])
      }
      const logs = JSON.stringify((await dev.api("GET", "/logs?limit=1000")).json)
      const requests = JSON.stringify((await dev.api("GET", "/requests?limit=1000")).json)
      const events = heard.text.split("\n").filter((line) => line.startsWith("data: ")).map((line) => JSON.parse(line.slice(6)))
      heard.request.destroy()
      bench.same("events", true, events.some(({event, text}) => event === "log" && text === "token={workspace connection}"))
      for (const value of own) bench.same(`${value.slice(0, 40)}: in logs, requests and events`, [], leaks(`${logs}${requests}${JSON.stringify(events)}${dev.text.stdout}`, value))
    })
    await third.stop()
  },

  "the environment's values are anything: what is no secret is shown, and documents stay documents": async (bench) => {
    const values = [...common, ...own].filter((value) => !value.includes("\n") && !value.includes('"') && !value.includes("\\"))
    const plain = values.filter((value) => common.includes(value))
    const lines = [
      ...plain.map((value, i) => `PLAIN_${i}="${value}"`),
      ...values.map((value, i) => `SECRET_KEY_${i}="${value}"`),
      "DATABASE_URL=postgres://user:Ple4se-hide@db.example/app",
    ]
    rigApp(bench, {
      ".env": `${lines.join("\n")}\n`,
      "src/app/extensions/rig/tell.server.ts": `
export default async function tell(count: number, plain: number) {
  const named = (name: string, n: number) => Array.from({length: n}, (_, i) => process.env[name + i])
  console.log("to", process.env.DATABASE_URL, "and to redis://me:an0ther-pw@cache.example")
  return {plain: named("PLAIN_", plain), secret: named("SECRET_KEY_", count), url: process.env.DATABASE_URL, password: new URL(process.env.DATABASE_URL!).password}
}
`,
    })
    const ran = await bench.json("call", "src/app/extensions/rig/tell.server.ts", "--args", JSON.stringify([values.length, plain.length]))
    bench.same(`it ran ${ran.error?.message ?? ""}`, 0, ran.code)
    const {code, nodes, flow} = await bench.json("flow", "show", "last")
    bench.same("shown", [0, "server"], [code, flow?.kind])
    bench.same("what is no secret", plain, nodes[0].output.value?.plain ?? nodes[0].output.plain)
    const text = JSON.stringify(nodes) + (await bench.attio("logs", "--json")).stdout + (await bench.attio("flow", "show", "last", "--verbose")).stdout
    for (const value of values.filter((one) => own.includes(one) && one !== "{workspace connection}" && one !== "{connection}")) bench.same(`${value.slice(0, 40)}: shown`, [], leaks(text, value))
    for (const password of ["Ple4se-hide", "an0ther-pw"]) bench.same(`${password}: shown`, [], leaks(text, password))
    bench.same("again", 0, (await bench.json("flow", "again", "last")).code)
    const saved = await bench.json("flow", "save", "last", "env.flow.json")
    bench.same(`saved ${saved.error?.message ?? ""} ${saved.diff ?? ""}`, 0, saved.code)
    for (let i = 0; i < 3; i++) bench.same(`replay ${i}`, 0, (await bench.json("flow", "replay", "env.flow.json")).code)
  },

  "what an app throws: its secrets are in no command's output, in both forms, nor in what is kept": async (bench) => {
    const key = "sk_test_51Nxyz-env-9", token = "Tok3n-of-the-c0nnection"
    const thrown = '`HTTP 401 for ${getWorkspaceConnection().value} and ${process.env.RIG_API_KEY}`'
    rigApp(bench, {
      ".env": `RIG_API_KEY=${key}\n`,
      "src/app/extensions/rig/fail.server.ts": `
import {getWorkspaceConnection} from "attio/server"
export default async function fail(_how: string): Promise<string> {
  throw new Error(${thrown})
}
`,
      "src/app/webhooks/hook.webhook.ts": `
import {getWorkspaceConnection} from "attio/server"
export default async function hook(_request: Request): Promise<Response> {
  throw new Error(${thrown})
}
`,
      "src/app/events/connection-added.event.ts": "export default async function connectionAdded() {}\n",
      "src/app/events/connection-removed.event.ts": `
export default async function connectionRemoved({connection}: {connection: {value: string}}) {
  throw new Error("token=" + connection.value)
}
`,
    })
    await withDev(bench, {}, async (dev) => {
      const rig = (name) => `src/app/extensions/rig/${name}.server.ts`
      // One that is what it is wherever it stands, one that other data may have.
      for (const value of [token, "people"]) {
        bench.env.VALUE = value
        const added = await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")
        bench.same("connected", 0, added.code)
        const remove = ["connection", "rm", added.connection.id]
        const fails = [
          ["call", rig("fail"), "--args", '["error"]'],
          ["action", "run", "rig", "--record", "people/ada"],
          ["webhook", "send", "hook", "--body", "{}"],
          remove,
        ]
        const shows = [["flow", "show", "last", "--verbose"], ["webhook", "deliveries"], ["logs"]]
        bench.same("a handler", 0, (await dev.attio("call", rig("hooks"), "--args", '["create", "hook"]')).code)
        const failed = await dev.attio("call", rig("fail"), "--args", '["error"]')
        const name = value === token ? "{workspace connection}" : value
        bench.same(`${value}: the message`, `HTTP 401 for ${name} and {RIG_API_KEY}`, failed.error?.message)
        bench.same(`${value}: the stack`, true, failed.error?.stack.includes("{RIG_API_KEY}"))
        const removed = await dev.attio(...remove)
        bench.same(`${value}: behind its name`, "token={workspace connection}", removed.error?.message)
        for (const words of [...fails, ...shows])
          for (const form of [[], ["--json"]]) {
            const {code, stdout, stderr} = await bench.attio(...words, ...form)
            const hidden = [key, ...(value === token ? [token] : [])].filter((one) => (stdout + stderr).includes(one))
            bench.same(`${value}: ${words.join(" ")} ${form}`, [fails.includes(words) ? 1 : 0, []], [code, hidden])
          }
      }
    })
  },

  "values that several names have, or that begin others, are saved: a recording and its replay call them the same": async (bench) => {
    const rounds = [
      {value: "sk_live_same1234", env: {API_KEY: "sk_live_same1234", OTHER_KEY: "sk_live_same1234"}},
      {value: "people", env: {API_KEY: "people"}},
      {value: "schl\u00fcssel", env: {A_UNI: "schl\u00fcssel-\u00df", B_UNI: "schl\u00fcssel\u00df"}},
      {value: "first-secret-1", env: {NAME: "first-secret-1-more", PLAIN: "a first-secret-1"}},
      {value: "a", env: {API_KEY: "b", PLAIN: "a-b"}},
    ]
    rigApp(bench)
    for (const [index, {value, env}] of rounds.entries()) {
      bench.write({
        ".env": Object.entries(env).map(([name, one]) => `${name}=${one}\n`).join(""),
        [module]: `
import {getWorkspaceConnection} from "attio/server"
export default async function spread(answers: unknown) {
  const sent = [getWorkspaceConnection().value, ${Object.keys(env).map((name) => `process.env.${name}`).join(", ")}]
  for (const one of sent)
    await fetch("https://third.example/?q=" + encodeURIComponent(one!), {method: "POST", headers: {"X-Key": encodeURIComponent(one!)}, body: JSON.stringify({one, sent})})
  return {answers, sent}
}
`,
      })
      const third = await new Third().start()
      await withDev(bench, {routes: {[thirdOrigin]: third.url}}, async (dev) => {
        bench.env.VALUE = value
        bench.same(`${value}: connected`, 0, (await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")).code)
        const ran = await dev.attio("call", module, "--args", '[{"answers":"a"}]')
        bench.same(`${value}: it ran`, 0, ran.code)
        const saved = await dev.attio("flow", "save", ran.flow, `${index}.flow.json`)
        bench.same(`${value}: saved ${saved.error?.message ?? ""} ${saved.diff ?? ""}`, 0, saved.code)
        const replayed = await bench.json("flow", "replay", `${index}.flow.json`)
        bench.same(`${value}: replayed ${JSON.stringify(replayed.items?.[0]?.diff ?? "")}`, 0, replayed.code)
        // Other code: what differs is told by its own pointers.
        bench.write({[module]: fs.readFileSync(path.join(bench.app, module), "utf8").replace("{answers, sent}", "{answers: 1, sent}")})
        await dev.event("build", () => true, dev.lines.length)
        const refused = await dev.attio("flow", "save", ran.flow, "never.flow.json")
        bench.same(`${value}: refused ${refused.diff}`, [1, true], [refused.code, /^\+ .*\/answers: 1$/m.test(refused.diff ?? "")])
      })
      await third.stop()
    }
  },
}
