// Every command that drives the platform, with --json: one document of its own schema, and an exit
// code from the table (`attio help exit-codes`).
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import {Alc} from "./alc.mjs"
import {seedApp} from "./apps.mjs"
import {command, withDev} from "./dev.mjs"
import {call, withRig} from "./failures.mjs"
import {connect, person} from "./seed.mjs"

const token = "alc-secret-2b7e151628aed2a6"

const require = createRequire(new URL("../sdk/conform.mjs", import.meta.url))
const Ajv = require("ajv-2020/dist/2020").default
const checks = new Map() // name of a schema -> what checks a document, or null

// What the program's own schema of a document has against it.
async function misfits(bench, document) {
  const name = document.schema?.replace(/^attio\.(.*)\/\d+$/, "$1")
  if (!checks.has(name)) {
    const {code, stdout} = await bench.attio("help", "schema", name)
    checks.set(name, code === 0 ? new Ajv({allErrors: true, strict: false, logger: false}).compile(JSON.parse(stdout)) : null)
  }
  const check = checks.get(name)
  const {code, ...own} = document // as the bench adds it
  if (check === null) return [`there is no schema ${name}`]
  return check(own) ? [] : check.errors.map(({instancePath, message}) => `${instancePath} ${message}`)
}

// One document, and the same words in it as in the exit code.
async function ran(dev, wanted, ...words) {
  const document = await dev.attio(...words)
  const {bench} = dev
  const name = words.join(" ").slice(0, 60)
  bench.same(`attio ${name}`, [wanted, wanted === 0], [document.code, document.ok])
  bench.same(`schema of ${name}`, true, /^attio\.[a-z-]+\/\d+$/.test(document.schema))
  if (!/^(records|recording) export/.test(name)) bench.same(`what ${name} answers fits its schema`, [], await misfits(bench, document))
  if (wanted !== 0) {
    bench.same(`message of ${name}`, true, (document.error?.message ?? "").length > 5)
    // The same members whoever says no, the platform or the app.
    const members = ["kind", "message", "why", "fix"]
    bench.same(`error of ${name}`, [], members.filter((one) => typeof document.error?.[one] !== "string"))
  }
  // What `attio flow show` takes, everywhere of one type.
  if ("flow" in document && words[0] !== "flow") bench.same(`flow of ${name}`, "string", typeof document.flow)
  return document
}

async function records(dev) {
  const {bench} = dev
  const ada = await person(dev, {name: "Lovelace, Ada", email_addresses: ["ada@lovelace.example"]})
  const byName = await ran(dev, 0, "records", "get", "people/ada@lovelace.example")
  bench.same("by e-mail", ada, byName.record.id.record_id)
  await ran(dev, 0, "records", "set", `people/${ada}`, "--values", '{"job_title": "Countess"}')
  const {record} = await ran(dev, 0, "records", "get", `people/${ada}`)
  bench.same("job title", ["Countess"], record.values.job_title.map((one) => one.value))
  const {items} = await ran(dev, 0, "records", "list", "people")
  bench.same("in the list", true, items.some((one) => one.id.record_id === ada))
  await ran(dev, 4, "records", "get", "people/nobody-of-this-name")
  await ran(dev, 4, "records", "get", "no-such-object/ada")
  await ran(dev, 2, "records", "set", `people/${ada}`, "--values", '{"no_such_attribute": 1}')
  await ran(dev, 2, "records", "create", "people", "--values", "no JSON")
  return ada
}

async function transfer(dev) {
  const {bench} = dev
  const file = path.join(bench.folder, "people.json")
  const before = (await ran(dev, 0, "records", "list", "people", "--limit", "500")).items.length
  fs.writeFileSync(file, JSON.stringify([{values: {name: "One, New"}}, {values: {name: "Two, New"}}]))
  await ran(dev, 0, "records", "import", "people", file)
  const after = (await ran(dev, 0, "records", "list", "people", "--limit", "500")).items.length
  bench.same("imported", before + 2, after)
  fs.writeFileSync(file, JSON.stringify([{values: {name: "Three, New"}}, {values: {nonsense: 1}}]))
  await ran(dev, 2, "records", "import", "people", file)
  const same = (await ran(dev, 0, "records", "list", "people", "--limit", "500")).items.length
  bench.same("all or nothing", after, same)
  await ran(dev, 0, "records", "export", "people")
}

async function keys(dev) {
  const {bench} = dev
  await ran(dev, 0, "kv", "put", "a key/with:signs", '{"a": 1}')
  const {value} = await ran(dev, 0, "kv", "get", "a key/with:signs")
  bench.same("kv get", {a: 1}, value)
  const {items} = await ran(dev, 0, "kv", "list")
  bench.same("kv list", ["a key/with:signs"], items.map((one) => one.key))
  await ran(dev, 0, "kv", "delete", "a key/with:signs")
  await ran(dev, 4, "kv", "get", "a key/with:signs")
}

async function webhooks(dev, alc, ada) {
  const {bench} = dev
  const body = JSON.stringify({record_id: ada, status: "Sent"})
  const {delivery} = await ran(dev, 0, "webhook", "send", "lead-processed", "--body", body)
  bench.same("delivery", 200, delivery.status ?? delivery.response?.status)
  await ran(dev, 0, "webhook", "replay", "last", "--set", '/status="Again"')
  const {record} = await ran(dev, 0, "records", "get", `people/${ada}`)
  bench.same("replayed with a change", ["Again"], record.values.alc_status.map((one) => one.value))
  await ran(dev, 4, "webhook", "send", "no-such-handler", "--body", "{}")
  const failed = await ran(dev, 1, "webhook", "send", "lead-processed", "--body", "no JSON")
  bench.same("what the handler threw", failed.delivery.error.message, failed.error.message)
  const {items} = await ran(dev, 0, "webhook", "deliveries")
  bench.same("the newest is told first", [failed.flow, "lead-processed"], [items[0].flow, items[0].name])
}

async function events(dev, alc) {
  const {bench} = dev
  const [connection] = (await ran(dev, 0, "connection", "list")).items
  bench.same("a connection tells no value", false, JSON.stringify(connection).includes(token))
  const before = alc.webhooks.size
  await ran(dev, 0, "event", "send", "connection-added", "--connection", connection.id)
  bench.same("the event ran", before + 1, alc.webhooks.size)
  const unkept = await dev.attio("connection", "add", "--user", "--value-env", "NOT_SET_ANYWHERE")
  bench.same("a value that is not there", 2, unkept.code)
  await ran(dev, 4, "connection", "rm", "no-such-id")
}

async function flows(dev) {
  const {bench} = dev
  const {items} = await ran(dev, 0, "flow", "list")
  bench.same("flows", true, items.length > 3)
  const {nodes} = await ran(dev, 0, "flow", "show", String(items[0].id))
  bench.same("nodes", true, nodes.length > 0)
  await ran(dev, 4, "flow", "show", "999999")
  const {items: logs} = await ran(dev, 0, "logs")
  bench.same("logs", true, Array.isArray(logs))
  // Ids are texts in the stream as in documents, so that one finds the other.
  const told = dev.lines.filter(({event}) => ["flow", "node", "log", "warning"].includes(event))
  const ids = told.flatMap(({flow, id, cause, node}) => [flow, id, cause, node]).filter((one) => one !== undefined && one !== null)
  bench.same("ids of the stream", [true, []], [ids.length > 3, ids.filter((one) => typeof one !== "string")])
  bench.same("the flow of the list", true, told.some(({event, flow}) => event === "flow" && flow === items[0].id))
}

async function clock(dev) {
  const {bench} = dev
  const before = Date.parse((await ran(dev, 0, "clock")).now)
  await ran(dev, 0, "clock", "+1h")
  const {now} = await ran(dev, 0, "clock")
  bench.same("an hour later", true, Date.parse(now) - before >= 3600000)
  await ran(dev, 2, "clock", "sometime")
}

async function states(dev, ada) {
  const {bench} = dev
  await ran(dev, 0, "state", "save", "before")
  await ran(dev, 0, "records", "set", `people/${ada}`, "--values", '{"job_title": "Analyst"}')
  await ran(dev, 0, "state", "restore", "before")
  const {record} = await ran(dev, 0, "records", "get", `people/${ada}`)
  bench.same("restored", ["Countess"], record.values.job_title.map((one) => one.value))
  const {items} = await ran(dev, 0, "state", "list")
  bench.same("states", ["before"], items.map((one) => one.name))
  await ran(dev, 0, "state", "reset")
  await ran(dev, 4, "records", "get", `people/${ada}`)
  await ran(dev, 4, "state", "restore", "never-saved")
}

export default {
  "each command, beside a running attio dev": async (bench) => {
    seedApp(bench)
    const alc = await new Alc(token).start()
    await withDev(bench, {alc}, async (dev) => {
      await connect(dev)
      const ada = await records(dev)
      await transfer(dev)
      await keys(dev)
      await webhooks(dev, alc, ada)
      await events(dev, alc)
      const {items} = await ran(dev, 0, "action", "list")
      bench.same("actions", [["send-to-alc", ["person"]]], items.map((one) => [one.id, one.objects]))
      await ran(dev, 0, "action", "list", "--record", `people/${ada}`)
      await ran(dev, 4, "action", "run", "no-such-action", "--record", `people/${ada}`)
      await ran(dev, 4, "action", "run", "send-to-alc", "--record", "people/nobody-of-this-name")
      await ran(dev, 2, "action", "run", "send-to-alc")
      const elsewhere = await dev.attio("action", "run", "send-to-alc", "--record", "companies/Kepler Orbits")
      bench.same("an action of another object", [2, "usage"], [elsewhere.code, elsewhere.error?.kind])
      bench.same("its message names where it is", true, /not offered on "companies": .*"people"/.test(elsewhere.error?.message))
      const forced = await dev.attio("action", "run", "send-to-alc", "--record", "companies/Kepler Orbits", "--force")
      bench.same("--force runs it", true, forced.flow !== undefined)
      await ran(dev, 2, "action", "run", "send-to-alc", "--record", `people/${ada}`, "--record", "people/charles")
      await ran(dev, 4, "block", "run", "no-such-block")
      await ran(dev, 4, "widget", "show", "no-such-widget", "--record", `people/${ada}`)
      await flows(dev)
      await clock(dev)
      await states(dev, ada)
    })
    await alc.stop()
  },

  "all that the user saw is printed, in its order": async (bench) => {
    const action = `import {alert, Extensions, showDialog, showIframe, showToast} from "attio/client"
      export default Extensions.defineExtension({type: "record-action", id: "shows", label: "Shows", onTrigger: async () => {
        await showToast({title: "One", text: "two", variant: "success"})
        await alert({title: "Three", text: "four"})
        window.open("https://five.example")
        await showIframe({url: "https://six.example", width: "1px", height: "1px", onMessage: (_, {hideIframe}) => void hideIframe()})
        await showDialog({title: "Seven", Dialog: () => "eight"})
      }})`
    await withRig(
      bench,
      async () => {
        const {code, stdout} = await command(bench, "action", "run", "shows", "--record", "people/ada", "--step", "iframe.send 1")
        const lines = stdout.split("\n").filter(Boolean).map((line) => line.trim())
        bench.same("printed", [0, ["toast success  One: two", "alert  Three: four", "opened  https://five.example", "iframe  https://six.example closed", 'dialog "Seven"', '"eight"']], [code, lines])
      },
      {more: {"src/app/extensions/shows/extension.ts": action}},
    )
  },

  "the same without attio dev": async (bench) => {
    seedApp(bench)
    const dev = {bench, attio: (...words) => bench.json(...words)}
    await records(dev)
    await keys(dev)
    await clock(dev)
    await ran(dev, 0, "state", "reset")
    const stopped = fs.existsSync(path.join(bench.app, ".attio/local/run.json"))
    bench.same("a run file", false, stopped)
  },

  "a question that a script cannot answer": (bench) =>
    withRig(
      bench,
      async (dev) => {
        const asked = await dev.attio("action", "run", "ask", "--record", "people/ada")
        bench.same("exit code", 7, asked.code)
        bench.same("it names the flag", true, /--\w+/.test(JSON.stringify(asked)))
        const file = path.join(bench.folder, "answers.json")
        fs.writeFileSync(file, JSON.stringify({confirm: "yes"}))
        const yes = await dev.attio("action", "run", "ask", "--record", "people/ada", "--answer", file)
        bench.same("yes", [0, ["true"]], [yes.code, (yes.toasts ?? []).map((one) => one.title)])
        fs.writeFileSync(file, JSON.stringify({confirm: "no"}))
        const no = await dev.attio("action", "run", "ask", "--record", "people/ada", "--answer", file)
        bench.same("no", [0, ["false"]], [no.code, (no.toasts ?? []).map((one) => one.title)])
      },
      {
        more: {
          "src/app/extensions/ask/extension.ts": `import {confirm, Extensions, showToast} from "attio/client"
export default Extensions.defineExtension({
  type: "record-action",
  id: "ask",
  label: "Ask",
  onTrigger: async () => {
    const title = String(await confirm({title: "Really?", text: "It cannot be undone."}))
    await showToast({title, variant: "neutral"})
  },
})
`,
        },
      },
    ),

  "handlers of an app": (bench) =>
    withRig(bench, async (dev) => {
      const {value} = await call(dev, "hooks", "create", "hook")
      await call(dev, "hooks", "update", value.id, "theirs")
      const {items} = await ran(dev, 0, "webhook", "list")
      bench.same("webhook list", [["hook", "theirs"]], items.map((one) => [one.file_name, one.external_webhook_id]))
      const got = await call(dev, "hooks", "get", value.id)
      bench.same("getWebhookHandler", {...value, externalWebhookId: "theirs"}, got.value)
      await call(dev, "hooks", "create", "hook")
      bench.same("two for one file", 2, (await call(dev, "hooks", "list")).value.length)
      const surfaces = await ran(dev, 0, "action", "list")
      bench.same("actions", ["cross", "rig"], surfaces.items.map((one) => one.id).sort())
      for (const word of ["widget", "tab", "page"]) bench.same(`${word} list`, [], (await ran(dev, 0, word, "list")).items)
      await ran(dev, 4, "call", "app/no-such.server", "--args", "[]")
      await ran(dev, 2, "call", "app/extensions/rig/env.server", "--args", "{")
    }),

  "what is exact and what is not": async (bench) => {
    seedApp(bench)
    const {code, stdout} = await bench.attio("dev", "--parity", "--json")
    const {items = []} = JSON.parse(stdout || "{}")
    bench.same("exit code", 0, code)
    const statuses = new Set(items.map((one) => one.status))
    bench.same("statuses", [], [...statuses].filter((one) => !["exact", "approximate", "unsupported"].includes(one)))
    const of = (module) => items.filter((one) => one.module === module).length
    bench.same("values of each module", [true, true, true], ["attio", "attio/client", "attio/server"].map((one) => of(one) >= 16))
    bench.same("no reason", [], items.filter((one) => one.status !== "exact" && !one.reason).map((one) => one.name))
  },
}
