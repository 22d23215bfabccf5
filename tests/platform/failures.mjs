// What goes wrong in the example app, and in functions that go wrong on purpose: each as the documents
// and the measured service say.
import {Alc, postJson, request} from "./alc.mjs"
import {rigApp, seedApp} from "./apps.mjs"
import {command, withDev} from "./dev.mjs"
import {ask, connect, person, valuesOf} from "./seed.mjs"
import {Third} from "./third.mjs"

const token = "alc-secret-2b7e151628aed2a6"
export const rigFunction = (name) => `app/extensions/rig/${name}.server`

export const call = (dev, name, ...args) =>
  dev.attio("call", rigFunction(name), "--args", JSON.stringify(args))

export async function withSeed(bench, use) {
  seedApp(bench)
  const alc = await new Alc(token).start()
  await withDev(bench, {alc}, (dev) => use(dev, alc))
  await alc.stop()
}

export async function withRig(bench, use, {args = [], more} = {}) {
  rigApp(bench, more)
  const third = await new Third().start()
  await withDev(bench, {routes: third.routes, args}, (dev) => use(dev, third))
  await third.stop()
}

const titles = (run) => [run.toasts.map((one) => one.title), run.alerts.map((one) => one.title)]
const preparing = "Preparing to send to ALC..."

export default {
  "the webhook answers 400 to a call without a status": (bench) =>
    withSeed(bench, async (dev, alc) => {
      await connect(dev)
      const ada = await person(dev, {name: "Lovelace, Ada"})
      const [{url}] = alc.webhooks.values()
      const answer = await postJson(url, {record_id: ada})
      bench.same("the answer", [400, "Bad Request"], [answer.status, answer.text])
      bench.same("its type", "text/plain;charset=utf-8", answer.headers["content-type"].toLowerCase())
      const done = await postJson(url, {record_id: ada, status: "Complete"})
      bench.same("an answer without a body has no type", [200, undefined], [done.status, done.headers["content-type"]])
      await dev.rest("PATCH", `/v2/objects/people/records/${ada}`, {data: {values: {alc_status: null}}})
      bench.same("the record", [], (await valuesOf(dev, ada)).alc_status)
      // No JSON at all: the handler throws, which is a 500.
      bench.same("no JSON", 500, (await postJson(url, "no JSON")).status)
      bench.same("unknown handler", 404, (await postJson(`${url}x`, {})).status)
      const {json} = await dev.api("GET", "/deliveries")
      bench.same("deliveries", 3, json.items.length)
    }),

  "the person is missing": (bench) =>
    withSeed(bench, async (dev) => {
      await connect(dev)
      const run = await ask(dev, "11111111-2222-4333-8444-555555555555")
      bench.same("the action", [[preparing], ["Failed to load person data"]], titles(run))
      bench.same("it ends well", [0, true], [run.code, run.ok])
    }),

  "ALC refuses the lead": (bench) =>
    withSeed(bench, async (dev, alc) => {
      await connect(dev)
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      alc.fail.leads = 500
      const run = await ask(dev, ada)
      bench.same("the action", [[preparing], ["Failed to send to ALC"]], titles(run))
      bench.same("it ends well", [0, true, [true]], [run.code, run.ok, run.toasts.map((one) => one.hidden)])
      const {nodes} = await dev.attio("flow", "show", String(run.flow))
      const server = nodes.find((one) => one.kind === "server")
      bench.same("the flow knows", true, JSON.stringify(server?.error ?? "").includes("Failed to send to ALC"))
      const [thrown] = (server?.notes ?? []).filter((one) => one.code === "thrown")
      bench.same("and where it was thrown", true, /^at .*src\/.*\.ts:\d+:\d+/.test(thrown?.text ?? ""))
      bench.same("the record", [], (await valuesOf(dev, ada)).alc_lead_id)
      alc.fail.leads = 0
      bench.same("again", [[preparing, "Successfully sent to ALC!"], []], titles(await ask(dev, ada)))
    }),

  "nobody is connected": (bench) =>
    withSeed(bench, async (dev) => {
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const run = await ask(dev, ada)
      // The app catches what the client sees; that the function failed for want of a connection asks the
      // user to connect all the same.
      bench.same("the action", [[preparing], ["Failed to send to ALC"]], titles(run))
      bench.same("the user is asked to connect", [7, "connection"], [run.code, run.needs?.kind])
      const {nodes} = await dev.attio("flow", "show", String(run.flow))
      const server = nodes.find((one) => one.kind === "server")
      bench.same("the flow knows", true, JSON.stringify(server?.error ?? "").includes("no workspace connection"))
    }),

  "connection-added throws": (bench) =>
    withSeed(bench, async (dev, alc) => {
      alc.fail.webhooks = 400
      const refused = await connect(dev)
      bench.same("exit code", [1, false], [refused.code, refused.ok])
      const message = refused.error?.message ?? ""
      bench.same("what became of it, and what to do", [true, true], [/not kept/.test(refused.error?.why ?? ""), /--force/.test(refused.error?.fix ?? "")])
      bench.same("message", true, message.includes("Failed to register webhook: Bad Request"))
      bench.same("the secret is not told", false, JSON.stringify(refused).includes(token))
      bench.same("connections", [], (await dev.attio("connection", "list")).items)
      alc.fail.webhooks = 0
      bench.same("again", 0, (await connect(dev)).code)
      bench.same("connections", 1, (await dev.attio("connection", "list")).items.length)
    }),

  "connection-removed swallows ALC's refusal": (bench) =>
    withSeed(bench, async (dev, alc) => {
      const {connection} = await connect(dev)
      alc.fail.removals = 500
      const {code} = await dev.attio("connection", "rm", connection.id)
      bench.same("exit code", 0, code)
      bench.same("connections", [], (await dev.attio("connection", "list")).items)
      bench.same("handlers stay", 1, (await dev.attio("webhook", "list")).items.length)
      const {items} = await dev.attio("logs")
      bench.same("the log", true, JSON.stringify(items).includes("Failed to delete webhook"))
    }),

  "connection-removed that throws keeps the connection": (bench) =>
    withRig(bench, async (dev) => {
      bench.env.VALUE = "stays"
      const {connection} = await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")
      const kept = await dev.attio("connection", "rm", connection.id)
      bench.same("rm", [1, true], [kept.code, (kept.error?.message ?? "").includes("not yet")])
      bench.same("connections", 1, (await dev.attio("connection", "list")).items.length)
      const forced = await dev.attio("connection", "rm", connection.id, "--force")
      bench.same("rm --force", [0, []], [forced.code, (await dev.attio("connection", "list")).items])
    }),

  "an error that app code throws": (bench) =>
    withRig(bench, async (dev) => {
      const {code, ok, error} = await call(dev, "fail", "error")
      bench.same("error", [1, false, "broken on purpose"], [code, ok, error?.message])
      const stack = error?.stack ?? ""
      bench.same("stack of the app's own lines", true, /rig\/fail\.server\.ts:3\b/.test(stack))
      bench.same("nothing of ours in the stack", false, /worker|node:|attio\/host/.test(stack))
      const typed = await call(dev, "fail", "typed")
      bench.same("code", [1, "E_FAR", "too far"], [typed.code, typed.error?.code, typed.error?.message])
      const rejected = await call(dev, "fail", "reject")
      bench.same("rejected", [1, "rejected"], [rejected.code, rejected.error?.message])
    }),

  "what is thrown is no error": (bench) =>
    withRig(bench, async (dev) => {
      const thrown = {string: "only a text", object: "[object Object]", null: "null"}
      for (const [how, message] of Object.entries(thrown)) {
        const {code, ok, error} = await call(dev, "fail", how)
        bench.same(how, [1, false, message], [code, ok, error?.message])
      }
    }),

  "a server function that returns a function": (bench) =>
    withRig(bench, async (dev) => {
      const {code, ok, value, lossy} = await call(dev, "fail", "function")
      bench.same("the value", [0, true, true], [code, ok, value === undefined || value === null])
      bench.same("it is told", ["function"], (lossy ?? []).map((one) => one.kind))
    }),

  "an error that nobody waits for": (bench) =>
    withRig(bench, async (dev) => {
      const {value} = await call(dev, "fail", "stray")
      bench.same("the value", "returned", value)
      const told = (line) => JSON.stringify(line).includes("nobody waits for this")
      await dev.event("log", told).catch(() => bench.wrong("the stray error is not in the log"))
      bench.same("the next call", "returned", (await call(dev, "fail", "stray")).value)
    }),

  "an action that throws": (bench) =>
    withRig(bench, async (dev) => {
      const {code, ok, error, toasts} = await dev.attio("action", "run", "rig", "--record", "people/ada")
      bench.same("the action", [1, false, "broken on purpose"], [code, ok, error?.message])
      bench.same("its toast", 1, toasts.length)
    }),

  "a server function that takes 31 seconds": (bench) =>
    withRig(bench, async (dev, third) => {
      const slow = call(dev, "slow", 31000)
      await third.seen("/started/31000")
      bench.same("clock", 0, (await dev.attio("clock", "+31s")).code)
      const {code, ok, error} = await slow
      bench.same("31 s", [1, false, "unexpected-transport-error"], [code, ok, error?.code])
      const quick = call(dev, "slow", 29000)
      await third.seen("/started/29000")
      await dev.attio("clock", "+29s")
      bench.same("29 s", "done", (await quick).value)
    }),

  "the limit of 30 seconds can be turned off": (bench) =>
    withRig(
      bench,
      async (dev, third) => {
        const slow = call(dev, "slow", 31000)
        await third.seen("/started/31000")
        await dev.attio("clock", "+31s")
        bench.same("31 s", "done", (await slow).value)
      },
      {args: ["--limits", "time=off"]},
    ),

  "a server function that hangs": (bench) =>
    withRig(bench, async (dev, third) => {
      const spinning = call(dev, "spin")
      await third.seen("/spinning")
      await dev.attio("clock", "+31s")
      const {code, error} = await spinning
      bench.same("it is ended", [1, "unexpected-transport-error"], [code, error?.code])
      bench.same("the next call", "returned", (await call(dev, "fail", "stray")).value)
    }),

  "a server function that eats the heap": (bench) =>
    withRig(bench, async (dev) => {
      const before = await dev.hostPid()
      const {code, error} = await call(dev, "heap")
      bench.same("it is ended", [1, "unexpected-transport-error"], [code, error?.code])
      bench.same("the next call", "returned", (await call(dev, "fail", "stray")).value)
      bench.same("the same child", before, await dev.hostPid())
    }),

  "connections that are not there, and expired ones": (bench) =>
    withRig(bench, async (dev) => {
      bench.env.VALUE = "value-of-a-connection"
      for (const of of ["user", "workspace"]) {
        const {code, error} = await call(dev, "connection", of)
        bench.same(`no ${of} connection`, [1, `no-${of}-connection`], [code, error?.code])
      }
      const {connection} = await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")
      const {value} = await call(dev, "connection", "workspace")
      bench.same("the connection", [connection.id, 21, "workspace"], [value?.id, value?.length, value?.ownedBy?.type])
      bench.same("the user", true, typeof value?.user === "string")
      bench.same("expire", 0, (await dev.attio("connection", "expire", connection.id)).code)
      const expired = await call(dev, "connection", "workspace")
      bench.same("expired", [1, "connection-expired"], [expired.code, expired.error?.code])
      const mine = await dev.attio("connection", "add", "--user", "--value-env", "VALUE")
      const user = await call(dev, "connection", "user")
      bench.same("a user's connection", [mine.connection?.id, "user"], [user.value?.id, user.value?.ownedBy?.type])
    }),

  "an event that throws a text": (bench) =>
    withRig(bench, async (dev) => {
      bench.env.VALUE = "text"
      const {code, error} = await dev.attio("connection", "add", "--workspace", "--value-env", "VALUE")
      bench.same("refused", [1, true], [code, (error?.message ?? "").includes("only a text")])
    }),

  "answers of webhook handlers": (bench) =>
    withRig(bench, async (dev) => {
      const {value: handler} = await call(dev, "hooks", "create", "hook")
      bench.same("a handler", ["hook", null], [handler?.fileName, handler?.externalWebhookId])
      const url = handler.url
      const echo = await request("PUT", `${url}?a=1&a=%20b`, {headers: {"X-Test": "é".normalize("NFC") && "x"}, body: "raw {"})
      bench.same("status", [418, "yes", "a=b"], [echo.status, echo.headers["x-answer"], echo.headers["set-cookie"]?.[0]])
      bench.same(
        "what the handler sees",
        {method: "PUT", search: "?a=1&a=%20b", path: new URL(url).pathname, header: "x", body: "raw {"},
        JSON.parse(echo.text),
      )
      for (const how of ["nothing", "object", "throw"]) {
        bench.same(how, 500, (await postJson(`${url}?do=${how}`, {})).status)
      }
      const bytes = await request("GET", `${url}?do=bytes`)
      bench.same("bytes", [200, "application/octet-stream"], [bytes.status, bytes.headers["content-type"]])
      await call(dev, "hooks", "delete", handler.id)
      bench.same("afterwards", 404, (await postJson(url, {})).status)
      const unknown = await call(dev, "hooks", "create", "no-such-file")
      bench.same("an unknown file", [1, true], [unknown.code, /no-such-file/.test(unknown.error?.message ?? "")])
    }),

  "an answer that the app does not look at": (bench) =>
    withRig(bench, async (dev) => {
      const ada = await person(dev, {name: "Lovelace, Ada"})
      const asked = await call(dev, "unseen", ada)
      bench.same("the value", "fine", asked.value)
      bench.same("who asked is told", true, asked.warnings?.some(({code, text}) => code === "answer-unseen" && text.includes(" answered 400")))
      const told = (line) => /400/.test(JSON.stringify(line))
      await dev.event("warning", told).catch(() => bench.wrong("nobody says that the 400 was not looked at"))
    }),

  "a broken build leaves the last good one running": (bench) =>
    withRig(bench, async (dev) => {
      const file = "src/app/extensions/rig/env.server.ts"
      const from = dev.lines.length
      bench.write({[file]: "export default async function env() { return 1 +"})
      await dev.event("build", (one) => one.ok === false, from)
      bench.same("the old code", "returned", (await call(dev, "fail", "stray")).value)
      bench.write({[file]: 'export default async function env(name: string) { return `new ${name}` }'})
      await dev.event("running", () => true, from)
      bench.same("the new code", "new x", (await call(dev, "env", "x")).value)
    }),

  "a second attio dev of the same app": (bench) =>
    withSeed(bench, async (dev) => {
      const {code, stdout, stderr} = await command(bench, "dev", "--json", "--port", "0")
      bench.same("exit code", 4, code)
      bench.same("it names the first", true, (stdout + stderr).includes(String(dev.child.pid)))
      bench.same("the first goes on", 200, (await dev.api("GET", "/status")).status)
    }),
}
