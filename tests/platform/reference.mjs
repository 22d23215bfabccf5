// What the platform says of itself: its description against what it answers, GraphQL, and the table of
// what is exact, approximate and unsupported.
import {seedApp} from "./apps.mjs"
import {withDev} from "./dev.mjs"
import {person} from "./seed.mjs"

const withSeed = (bench, use) => {
  seedApp(bench)
  return withDev(bench, {}, use)
}

// Where a value is not what a schema says: the few words of JSON Schema that the description uses.
function misfits(schema, value, where = "") {
  const types = [schema.type ?? []].flat()
  const is = {
    string: typeof value === "string",
    number: typeof value === "number",
    integer: Number.isInteger(value),
    boolean: typeof value === "boolean",
    array: Array.isArray(value),
    object: value !== null && typeof value === "object" && !Array.isArray(value),
    null: value === null,
  }
  if (types.length > 0 && !types.some((type) => is[type])) return [`${where}: ${JSON.stringify(value)} is no ${types}`]
  if (schema.format === "date-time" && value !== null && Number.isNaN(Date.parse(value))) return [`${where}: ${value} is no moment`]
  if (is.array) return value.flatMap((item, i) => misfits(schema.items ?? {}, item, `${where}/${i}`))
  if (!is.object) return []
  return [
    ...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${where}/${name} is missing`),
    ...Object.entries(schema.properties ?? {}).filter(([name]) => name in value).flatMap(([name, one]) => misfits(one, value[name], `${where}/${name}`)),
  ]
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

export default {
  "the description of the control API is of what it answers": (bench) =>
    withSeed(bench, async (dev) => {
      const api = await description(dev)
      const ada = await person(dev, {name: "Lovelace, Ada"})
      for (const [route, {get}] of Object.entries(api.paths))
        if (get && !route.includes("{") && route !== "/events") await fits(dev, api, "GET", route, route)
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
}
