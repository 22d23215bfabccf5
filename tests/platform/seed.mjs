// The example app of Attio's documents, byte for byte, through its whole life: installed, connected,
// used, called back some time later, disconnected. Once with our bundles, once with the official
// CLI's. Only what the commands and the REST API promise is used here.
import {Alc, postJson} from "./alc.mjs"
import {officialBundles, seedApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"

const token = "alc-secret-2b7e151628aed2a6"
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export async function person(dev, values) {
  const {code, record} = await dev.attio("records", "create", "people", "--values", JSON.stringify(values))
  dev.bench.same("records create", 0, code)
  dev.bench.same("record id is a UUID", true, uuid.test(record?.id?.record_id))
  return record.id.record_id
}

export async function connect(dev) {
  dev.bench.env.ALC_TOKEN = token
  return dev.attio("connection", "add", "--workspace", "--value-env", "ALC_TOKEN")
}

export const ask = (dev, id) => dev.attio("action", "run", "send-to-alc", "--record", `people/${id}`)

export async function valuesOf(dev, id) {
  const {code, record} = await dev.attio("records", "get", `people/${id}`)
  dev.bench.same("records get", 0, code)
  return record.values
}

const said = ({toasts, alerts}) => [
  toasts.map(({title, variant}) => [title, variant]),
  alerts.map(({title}) => title),
]

async function install(bench, dev, alc) {
  const {code, connection} = await connect(dev)
  bench.same("connection add", [0, true], [code, uuid.test(connection?.id)])
  const [hook, ...others] = alc.webhooks.values()
  bench.same("webhooks at ALC", [[], "lead.processed"], [others, hook?.event])
  const {items} = await dev.attio("webhook", "list")
  const [mine] = items
  bench.same(
    "webhook list",
    [1, "lead-processed", hook.webhook_id, hook.url, hook.name],
    [items.length, mine?.file_name, mine?.external_webhook_id, mine?.url, mine?.id],
  )
  bench.same("the address of the webhook", true, hook.url.startsWith(`${dev.url}/a/`))
  const {items: connections} = await dev.attio("connection", "list")
  bench.same("connections", [connection.id], connections.map((one) => one.id))
  return connection.id
}

// What is in the flow of one action: kinds in order of their start, and who caused whom.
async function checkFlow(bench, dev, flow) {
  const {code, nodes} = await dev.attio("flow", "show", String(flow))
  bench.same("flow show", 0, code)
  const kinds = nodes.map((one) => one.kind)
  for (const kind of ["action", "host", "query", "server", "fetch", "rest"]) {
    bench.same(`a ${kind} in the flow`, true, kinds.includes(kind))
  }
  bench.same("errors in the flow", [], nodes.filter((one) => one.error).map((one) => one.name))
  const of = (kind) => nodes.find((one) => one.kind === kind)
  bench.same("cause of the server function", of("action").id, of("server").cause)
  bench.same("cause of the request to ALC", of("server").id, of("fetch").cause)
  bench.same("cause of the change of the record", of("server").id, of("rest").cause)
  bench.same("the first has no cause", true, !of("action").cause)
}

async function use(bench, dev, alc) {
  const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
  const mute = await person(dev, {name: "Mute, Max"})

  const sent = await ask(dev, ada)
  const toasts = [["Preparing to send to ALC...", "neutral"], ["Successfully sent to ALC!", "success"]]
  bench.same("the action", [0, true, [toasts, []]], [sent.code, sent.ok, said(sent)])
  bench.same("the first toast is hidden, the second not", [true, false], sent.toasts.map((one) => one.hidden))
  const [lead] = alc.leads.values()
  bench.same(
    "the lead at ALC",
    {id: "lead-1", recordId: ada, name: "Ada Lovelace", phoneNumber: "+15558675309"},
    lead,
  )
  const values = await valuesOf(dev, ada)
  const [value] = values.alc_lead_id
  bench.same("the lead's id in the record", ["lead-1", "app"], [value?.value, value?.created_by_actor.type])
  bench.same("the status in the record", [], values.alc_status)
  await checkFlow(bench, dev, sent.flow)

  const refused = await ask(dev, mute)
  bench.same(
    "the action without a phone number",
    [0, true, [[toasts[0]], ["No phone number found"]]],
    [refused.code, refused.ok, said(refused)],
  )
  bench.same("leads at ALC", 1, alc.leads.size)
  return ada
}

async function later(bench, dev, alc, ada) {
  const [answer] = await alc.done("lead-1", {status: "Interested"})
  bench.same("what the webhook answers ALC", [200, ""], [answer?.status, answer?.text])
  const {status, json} = await dev.rest("GET", `/v2/objects/people/records/${ada}`)
  bench.same("REST", 200, status)
  const {alc_status, alc_lead_id, phone_numbers} = json.data.values
  bench.same("the status in the record", ["Interested"], alc_status.map((one) => one.value))
  bench.same("the lead's id stays", ["lead-1"], alc_lead_id.map((one) => one.value))
  bench.same("the phone number", ["+15558675309"], phone_numbers.map((one) => one.phone_number))
}

async function disconnect(bench, dev, alc, connection) {
  const [{url}] = alc.webhooks.values()
  const {code} = await dev.attio("connection", "rm", connection)
  bench.same("connection rm", [0, 0], [code, alc.webhooks.size])
  for (const what of ["webhook", "connection"]) {
    const {items} = await dev.attio(what, "list")
    bench.same(`${what} list afterwards`, [], items)
  }
  const gone = await postJson(url, {record_id: "x", status: "y"})
  bench.same("the address of the webhook afterwards", 404, gone.status)
}

async function wholeLife(bench, args = []) {
  const alc = await new Alc(token).start()
  const dev = await withDev(bench, {alc, args}, async (dev) => {
    const connection = await install(bench, dev, alc)
    const ada = await use(bench, dev, alc)
    await later(bench, dev, alc, ada)
    await disconnect(bench, dev, alc, connection)
  })
  await alc.stop()
  const wrong = alc.requests.filter((one) => one.headers.authorization !== `Bearer ${token}`)
  bench.same("requests to ALC without its token", [], wrong)
  const {stdout, stderr} = dev.text
  bench.same("the secret in what attio dev says", false, (stdout + stderr).includes(token))
}

export default {
  "the example of the documents, built by us": async (bench) => {
    seedApp(bench)
    await wholeLife(bench)
  },
  "the example of the documents, built by the official CLI": async (bench) => {
    seedApp(bench)
    await wholeLife(bench, ["--bundles", await officialBundles(bench)])
  },
  "what was done is there after a restart": async (bench) => {
    seedApp(bench)
    const alc = await new Alc(token).start()
    let ada
    await withDev(bench, {alc}, async (dev) => {
      await connect(dev)
      ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      await ask(dev, ada)
    })
    await withDev(bench, {alc}, async (dev) => {
      const {alc_lead_id} = await valuesOf(dev, ada)
      bench.same("the lead's id", ["lead-1"], alc_lead_id.map((one) => one.value))
      // The port is another one, and with it the address: but the path of the handler stays.
      const [{url}] = alc.webhooks.values()
      const {items} = await dev.attio("webhook", "list")
      bench.same("path of the handler", [new URL(url).pathname], items.map((one) => new URL(one.url).pathname))
      const answer = await postJson(new URL(new URL(url).pathname, dev.url).href, {
        record_id: ada,
        status: "Complete",
      })
      const {alc_status} = await valuesOf(dev, ada)
      bench.same("the webhook", [200, ["Complete"]], [answer.status, alc_status.map((one) => one.value)])
    })
    await alc.stop()
  },
  "commands start a platform of their own when none runs": async (bench) => {
    seedApp(bench)
    const created = await bench.json("records", "create", "people", "--values", '{"name": "Mute, Max"}')
    const id = created.record?.id.record_id
    const refused = await bench.json("action", "run", "send-to-alc", "--record", `people/${id}`)
    bench.same(
      "an action without attio dev",
      [0, 0, ["No phone number found"]],
      [created.code, refused.code, refused.alerts?.map((one) => one.title)],
    )
  },
}
