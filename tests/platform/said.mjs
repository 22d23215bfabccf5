// What is said of a thing in one place is what happens in the others: lists, runs, the page's sessions, logs, messages.
import {Alc, postJson} from "./alc.mjs"
import {seedApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {withRig} from "./failures.mjs"
import {Screen} from "./screen.mjs"
import {ask, connect, person} from "./seed.mjs"

const token = "alc-secret-2b7e151628aed2a6"

async function withSeed(bench, use) {
  seedApp(bench)
  const alc = await new Alc(token).start()
  await withDev(bench, {alc}, (dev) => use(dev, alc))
  await alc.stop()
}

const codes = (list) => (list ?? []).map((one) => one.code)
const slip = '"person" is not an object (did you mean "people"?)'
const score = {attributes: {people: [{api_slug: "lead_score", type: "number"}]}}

const tests = {
  "an object by a name that was meant for it: validate, explain, list, run and page agree": (bench) =>
    withSeed(bench, async (dev) => {
      const found = (await bench.json("validate")).diagnostics.find((one) => one.code === "ATT1024")
      bench.same("validate", ["warning", "did you mean `people`?"], [found?.severity, found?.help])
      const {stdout} = await bench.attio("explain", "ATT1024")
      bench.same("explain tells of the local platform", true, /local platform takes\s+them for the objects/.test(stdout))
      const screen = await Screen.open(dev)
      for (const [record, offered] of [["people/ada", true], ["companies/zed", false]]) {
        const object = record.split("/")[0]
        const [item] = (await dev.attio("action", "list", "--record", record)).items ?? []
        const listed = (await dev.api("GET", `/surfaces?object=${object}`)).json.items.find(({id}) => id === "send-to-alc")
        bench.same(`${object}: listed`, [offered, slip], [listed.applies, listed.note])
        if (offered) bench.same("action list", [true, slip], [item?.applies, item?.note])
        const id = offered ? await person(dev, {name: "Lovelace, Ada"}) : (await dev.attio("records", "create", "companies", "--values", '{"name": "Zed"}')).record.id.record_id
        const run = await dev.attio("action", "run", "send-to-alc", "--record", `${object}/${id}`)
        if (offered) bench.same("run: nobody is connected, and it says so", true, codes(run.findings).includes("object-slug"))
        else bench.same("run", [2, true], [run.code, run.error.message.includes(slip)])
        const clicked = await screen.post("trigger", {kind: "record-action", id: "send-to-alc", record: `${object}/${id}`})
        if (offered) await screen.event("ui", ({flow}) => flow === clicked.flow)
        else bench.same("the page's click", run.error.message, (await screen.event("error", ({flow}) => flow === clicked.flow)).error.message)
      }
      screen.close()
    }),

  "want of a connection is told to the user, to the page as to the command line": (bench) =>
    withSeed(bench, async (dev) => {
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      bench.same("the command", [7, "connection"], [(await ask(dev, ada)).code, (await ask(dev, ada)).needs?.kind])
      const screen = await Screen.open(dev)
      screen.post("trigger", {id: "send-to-alc", record: `people/${ada}`})
      const told = await screen.event("told", (one) => one.code === "needs-connection")
      bench.same("the page", [true, true], [/connection of the workspace/.test(told.message), Number(told.flow) > 0])
      screen.close()
    }),

  "a connection that replaces another one says so": (bench) =>
    withSeed(bench, async (dev) => {
      bench.same("the first", [0, []], [(await connect(dev)).code, codes((await connect(dev)).warnings).filter((one) => one !== "connection-replaced")])
      const again = await connect(dev)
      bench.same("another", [0, ["connection-replaced"]], [again.code, codes(again.warnings)])
      bench.same("what it leaves", true, /connection-removed did not run/.test(again.warnings[0].text) && (await dev.attio("webhook", "list")).items.length > 1)
      const {stderr} = await bench.attio("connection", "add", "--workspace", "--value-env", "ALC_TOKEN")
      bench.same("to people", true, /^warning: .*was replaced/m.test(stderr))
      for (const {id} of (await dev.attio("connection", "list")).items) await dev.attio("connection", "rm", id)
      bench.same("after one was removed", [], codes((await connect(dev)).warnings))
    }),

  "what nobody caught is in the log, with its place in the source": (bench) =>
    withSeed(bench, async (dev, alc) => {
      bench.same("nothing yet", [], (await dev.attio("logs")).items.filter(({level}) => level === "error"))
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      await ask(dev, ada)
      bench.same("a question for a connection is no error", [], (await dev.attio("logs")).items.filter(({text}) => text.startsWith("uncaught")))
      alc.fail.webhooks = 400
      await connect(dev)
      alc.fail.webhooks = 0
      await connect(dev)
      alc.fail.leads = 500
      await ask(dev, ada)
      const [{url}] = alc.webhooks.values()
      bench.same("a webhook", 500, (await postJson(url, "no JSON")).status)
      const errors = (await dev.attio("logs")).items.filter(({level, text}) => level === "error" && text.startsWith("uncaught: "))
      const places = errors.map(({text}) => /\((?:.*\/)?src\/([\w./-]+):\d+:\d+\)|src\/([\w./-]+):\d+:\d+/.exec(text)?.slice(1).find(Boolean) ?? text)
      bench.same("an event, a server function, a webhook", [3, true, true, true], [places.length, ...["event", "server|alc", "webhook"].map((part) => places.some((one) => new RegExp(part).test(one)))])
      bench.same(`each with its flow`, true, errors.every(({flow}) => Number(flow) > 0))
      const {stdout} = await bench.attio("logs")
      bench.same("to people", 3, stdout.match(/uncaught: /g)?.length)
    }),

  "an attribute that the local workspace lacks: how to have it": (bench) =>
    withRig(bench, async (dev) => {
      const wrong = await dev.attio("records", "set", "people/ada", "lead_score=7")
      bench.same("the command", [2, "usage", true], [wrong.code, wrong.error.kind, /attio state seed/.test(wrong.error.fix)])
      const ada = await person(dev, {name: "Lovelace, Ada"})
      const {status, text} = await dev.rest("PATCH", `/v2/objects/people/records/${ada}`, {data: {values: {lead_score: 7}}})
      bench.same("REST answers as Attio does", [400, false], [status, text.includes("state seed")])
      const warning = await dev.event("warning", (one) => one.code === "no-attribute")
      bench.same("the platform says how", true, /lead_score.*attio state seed/.test(warning.text))
      const asked = await dev.rest("POST", "/v2/objects/people/records/query", {filter: {lead_score: 7}})
      bench.same("a filter", 400, asked.status)
      bench.write({"world.json": JSON.stringify(score)})
      bench.same("state seed", 0, (await dev.attio("state", "seed", "world.json")).code)
      bench.same("then it is there", 0, (await dev.attio("records", "set", `people/${ada}`, "lead_score=7")).code)
    }),
}

export default tests
