// What the platform says of itself: its description against what it answers, GraphQL, and the table of
// what is exact, approximate and unsupported.
import {Alc} from "./alc.mjs"
import {rigApp, seedApp, templateApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {misfits} from "./schema.mjs"
import {connect, person} from "./seed.mjs"

const withSeed = (bench, use) => {
  seedApp(bench)
  return withDev(bench, {}, use)
}

async function withAlc(bench, use) {
  const alc = await new Alc("alc-secret-2b7e151628aed2a6").start()
  await withDev(bench, {alc}, use)
  await alc.stop()
}

async function fits(dev, api, method, route, where, body) {
  const {bench} = dev
  const operation = api.paths[route]?.[method.toLowerCase()]
  if (!operation) return bench.wrong(`${method} ${route} is not described`)
  const answer = await dev.api(method, where, body)
  const {schema} = operation.responses[answer.status === 200 ? "200" : "default"]?.content?.["application/json"] ?? {schema: {}}
  bench.same(`${method} ${where}: status`, 200, answer.status)
  bench.same(`${method} ${where}: answer`, [], misfits(schema, answer.json))
  return answer.json
}

async function description(dev) {
  const {bench} = dev
  const {status, json: api} = await dev.api("GET", "/openapi.json")
  bench.same("status", [200, "3.1.0"], [status, api.openapi])
  bench.same("its own address", `${dev.url}/__attio/api`, api.servers[0].url)
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path))
  const ids = operations.map((one) => one.operationId)
  bench.same("each has an id of its own", ids.length, new Set(ids).size)
  for (const [route, path] of Object.entries(api.paths)) {
    const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const one of Object.values(path))
      bench.same(`${route}: parameters`, names, one.parameters.filter(({in: at}) => at === "path").map(({name}) => name))
  }
  return api
}

// An app that looks for each of these names: a path into a module, or into what a hook answers.
const looking = (names) => `
import * as attio from "attio"
import * as client from "attio/client"
import {useEffect} from "react"
import {missing} from "./missing"
import server from "./present.server"

const names = ${JSON.stringify(names)}
const schema = {text: client.Forms.string()}
const settings = attio.Settings.defineWorkspaceSchema({text: attio.Settings.Schema.string()})
function useAll(): Record<string, any> {
  return {
    "useForm()": client.useForm(schema, {text: ""}),
    "useWorkspaceSettingsForm()": (client as any).useWorkspaceSettingsForm(),
    "Settings.useForm()": client.Settings.useForm(settings as any),
    "Settings.defineWorkspacePage()": client.Settings.defineWorkspacePage(settings as any, () => <></>),
    "Extensions.experimental_definePage()": client.Extensions.experimental_definePage({id: "p", title: "P", Page: () => <></>} as any),
  }
}

function Look({hideDialog}: {hideDialog: () => void}) {
  const answers = useAll()
  useEffect(() => {
    void (async () => {
      const found = [
        ...missing("attio", attio, names["attio"], {}),
        ...missing("attio/client", client, names["attio/client"], answers),
        ...(await server(names["attio/server"])),
      ]
      await client.showToast({title: "looked", variant: "neutral", text: JSON.stringify(found)})
      hideDialog()
    })()
  }, [])
  return <client.TextBlock>looking</client.TextBlock>
}

export default client.Extensions.defineExtension({
  type: "record-action",
  id: "look",
  label: "Look",
  objects: "people",
  onTrigger: async () => {
    await client.showDialog({title: "Look", Dialog: Look})
  },
})
`

// What useConfigurator answers is there in a block's configurator only.
const lookingBlock = `
import {Workflows} from "attio"

export default Workflows.defineWorkflowBlock({
  id: "look-block",
  type: "step",
  title: "Look",
  description: "Looks for components",
  configSchema: Workflows.ConfigSchema.struct({text: Workflows.ConfigSchema.string()}),
})
`

const lookingConfigurator = (names) => `
import {Workflows} from "attio/client"
import {missing} from "../../extensions/look/missing"
import block from "./block"

const names = ${JSON.stringify(names)}

export default Workflows.defineConfigurator(block, (block) => {
  const configurator = Workflows.useConfigurator(block)
  const found = missing("attio/client", {}, names, {"Workflows.useConfigurator()": configurator})

  return <configurator.TextInput name="text" label={"looked: " + JSON.stringify(found)} />
})
`

const lookingExecute = `
import {Workflows} from "attio/server"
import block from "./block"

export default Workflows.defineWorkflowBlockExecute(block, async () => ({type: "complete", outcome: {id: "done"}}) as any)
`

const lookingServer = `
import * as server from "attio/server"
import {missing} from "./missing"

export default async function present(names: string[]) {
  return missing("attio/server", server, names, {})
}
`

const lookingFor = `
export function missing(name: string, module: any, names: string[], answers: Record<string, any>) {
  return names
    .filter((path) => {
      const call = Object.keys(answers).find((key) => path.startsWith(key + "."))
      let at = call === undefined ? module : answers[call]
      for (const part of path.slice(call === undefined ? 0 : call.length + 1).split(".")) at = at?.[part]
      return at === undefined
    })
    .map((path) => name + " " + path)
}
`

export default {
  "the description of the control API is of what it answers": (bench) =>
    withSeed(bench, async (dev) => {
      const api = await description(dev)
      const ada = await person(dev, {name: "Lovelace, Ada"})
      for (const [route, {get}] of Object.entries(api.paths))
        if (get && !route.includes("{") && route !== "/events" && !get.parameters.some(({required}) => required)) await fits(dev, api, "GET", route, route)
      await fits(dev, api, "GET", "/records/{object}", "/records/people")
      await fits(dev, api, "GET", "/records/{object}/{ref}", `/records/people/${ada}`)
      await fits(dev, api, "PATCH", "/records/{object}/{ref}", `/records/people/${ada}`, {values: {job_title: "Countess"}})
      await fits(dev, api, "PUT", "/kv/{key}", "/kv/a%2Fb", {value: {a: 1}})
      await fits(dev, api, "GET", "/kv", "/kv")
      await fits(dev, api, "GET", "/kv/{key}", "/kv/a%2Fb")
      await fits(dev, api, "DELETE", "/kv/{key}", "/kv/a%2Fb")
      await fits(dev, api, "POST", "/graphql", "/graphql", {query: "{ currentUser { id } people { nothing } }"})
      await fits(dev, api, "GET", "/flows/{id}", "/flows/last")
      await fits(dev, api, "POST", "/clock", "/clock", {advance_ms: 1000})
      await fits(dev, api, "POST", "/state/save", "/state/save", {name: "described"})
      await fits(dev, api, "POST", "/state/reset", "/state/reset", {})
      const run = await fits(dev, api, "POST", "/actions/run", "/actions/run", {id: "send-to-alc", record: `people/ada`})
      bench.same("the action's flow", true, run?.flow !== undefined)
      bench.same("a body that it does not describe", 400, (await dev.api("POST", "/graphql", {query: "{ __typename }", colour: 1})).status)
    }),
  "the description of connections and webhooks": async (bench) => {
    seedApp(bench)
    await withAlc(bench, async (dev) => {
      const {json: api} = await dev.api("GET", "/openapi.json")
      const {connection} = await connect(dev)
      await fits(dev, api, "GET", "/connections", "/connections")
      const {items} = await fits(dev, api, "GET", "/webhooks", "/webhooks")
      const {delivery} = await fits(dev, api, "POST", "/webhooks/send", "/webhooks/send", {handler: items[0].id, body: "{}"})
      await fits(dev, api, "GET", "/deliveries", "/deliveries")
      await fits(dev, api, "GET", "/deliveries/{id}", `/deliveries/${delivery.id}`)
      await fits(dev, api, "POST", "/deliveries/{id}/replay", "/deliveries/last/replay", {set: [{pointer: "/status", value: "x"}]})
      await fits(dev, api, "POST", "/events/send", "/events/send", {event: "connection-added", connection: connection.id})
      await fits(dev, api, "POST", "/connections/{id}/expire", `/connections/${connection.id}/expire`, {})
      await fits(dev, api, "POST", "/connect", "/connect", {owner: "workspace"})
      await fits(dev, api, "DELETE", "/connections/{id}", `/connections/${connection.id}?force=1`)
      const {json: made} = await dev.api("POST", "/records/people", {values: {name: "One, New"}})
      await fits(dev, api, "DELETE", "/records/{object}/{ref}", `/records/people/${made.record.id.record_id}`)
      await fits(dev, api, "POST", "/records/{object}/import", "/records/people/import", {records: [{values: {name: "Two, New"}}]})
    })
  },
  "the description of blocks": async (bench) => {
    await templateApp(bench, "workflow")
    await withAlc(bench, async (dev) => {
      const {json: api} = await dev.api("GET", "/openapi.json")
      await connect(dev)
      await fits(dev, api, "GET", "/blocks", "/blocks")
      await fits(dev, api, "POST", "/blocks/{id}/activate", "/blocks/lead-processed/activate", {config: {status: "any"}})
      await fits(dev, api, "GET", "/blocks", "/blocks")
      await fits(dev, api, "POST", "/blocks/{id}/deactivate", "/blocks/lead-processed/deactivate", {})
      await fits(dev, api, "POST", "/surfaces/show", "/surfaces/show", {kind: "configurator", id: "check-lead"})
    })
  },
  "GraphQL asks the same records": (bench) =>
    withSeed(bench, async (dev) => {
      const ada = await person(dev, {name: "Lovelace, Ada", phone_numbers: ["+15558675309"]})
      const query = "query ($id: String!) { person(id: $id) { name { full_name } phone_numbers url attribute(slug: \"alc_lead_id\") { ... on TextValue { value } } } currentUser { email } }"
      const {json} = await dev.api("POST", "/graphql", {query, variables: {id: ada}})
      const {json: rest} = await dev.rest("GET", `/v2/objects/people/records/${ada}`)
      bench.same("the person", {name: {full_name: "Ada Lovelace"}, phone_numbers: ["+15558675309"], url: rest.data.web_url, attribute: {value: null}}, json.data.person)
      const {json: other} = await dev.api("POST", "/graphql", {query: "{ currentUser { email } }", as: "nobody-here"})
      bench.same("a member who is not there", "not_found", other.error.kind)
      const {json: wrong} = await dev.api("POST", "/graphql", {query: "{ person { id } }"})
      bench.same("no data", undefined, wrong.data)
      bench.same("a place", {line: 1, column: 3}, wrong.errors[0].locations[0])
      const {nodes} = (await dev.api("GET", "/flows/last")).json
      bench.same("in the flow log", "query", nodes[0].kind)
    }),
  "the table of parity": (bench) =>
    withSeed(bench, async (dev) => {
      const {json} = await dev.api("GET", "/parity")
      const of = (module, name) => json.items.find((one) => one.module === module && one.name === name)
      bench.same("a builder", "exact", of("attio", "Workflows.ConfigSchema.string")?.status)
      bench.same("a component", "exact", of("attio/client", "Widget.TextWidget")?.status)
      bench.same("of a form", "exact", of("attio/client", "useForm().TextInput")?.status)
      bench.same("with a reason", true, of("attio/server", "kv.get")?.reason.length > 10)
      bench.same("counted", json.items.length, Object.values(json.counts).reduce((a, b) => a + b))
      bench.same("choices", true, json.approximations.every(({fact, choice}) => fact && choice))
      const told = await dev.attio("dev", "--parity")
      bench.same("the command", json.counts, told.counts)
    }),
  "what parity lists is there": async (bench) => {
    rigApp(bench)
    const {items} = await bench.json("dev", "--parity")
    const names = {}
    for (const {module, name, status} of items) if (status !== "unsupported") (names[module] ??= []).push(name)
    const inConfigurator = names["attio/client"].filter((name) => name.startsWith("Workflows.useConfigurator()."))
    names["attio/client"] = names["attio/client"].filter((name) => !inConfigurator.includes(name))
    bench.same("inputs of configurators", true, inConfigurator.length > 10)
    bench.write({
      "src/app/blocks/look/block.ts": lookingBlock,
      "src/app/blocks/look/configurator.tsx": lookingConfigurator(inConfigurator),
      "src/app/blocks/look/execute.ts": lookingExecute,
      "src/app/extensions/look/extension.tsx": looking(names),
      "src/app/extensions/look/present.server.ts": lookingServer,
      "src/app/extensions/look/missing.ts": lookingFor,
    })
    await withDev(bench, {}, async (dev) => {
      const run = await dev.attio("action", "run", "look", "--record", "people/ada")
      bench.same("run", [true, undefined], [run.ok, run.error && JSON.stringify(run.error)])
      bench.same("missing", ["[]"], run.toasts?.map((one) => one.text))
      const {json} = await dev.api("POST", "/surfaces/show", {kind: "configurator", id: "look-block"})
      bench.same("missing in a configurator", true, JSON.stringify(json.surface).includes('"looked: []"'))
    })
  },
}
