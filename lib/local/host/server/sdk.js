// The module `attio/server`.
import {host, parse} from "../web/host.js"
import {URLSearchParams} from "../web/url.js"
import {named} from "../client/inner/trap.js"
import {OutcomeValue} from "../client/inner/values.js"
import {ConnectionExpired, NoUserConnection, NoWorkspaceConnection} from "./errors.js"
import {toJson} from "./json.js"

function connection(given, key, Missing) {
  if (given === null || given === undefined) throw new Missing()
  if (key !== undefined && key !== given.connection_key) throw new Missing()
  if (given.expired) throw new ConnectionExpired()
  const {expired, ...own} = given
  return {...own, createdBy: {...own.createdBy}, ownedBy: {...own.ownedBy}}
}

function textOf(what, value) {
  if (typeof value !== "string") throw new TypeError(`${what} must be a string`)
  return value
}

// A value as the platform keeps it; what is lost on the way is told.
function plain(what, value, warn) {
  const {text, lossy} = toJson(value, what)
  if (text === undefined) throw new TypeError(`${what} cannot be kept as JSON`)
  for (const {path, kind} of lossy) warn({code: "lossy-crossing", message: `${path} is a ${kind}, which JSON loses`, path})
  return parse(text)
}

function createKv(ask, warn) {
  return {
    async set(key, value, options) {
      const params = {key: textOf("The key", key), value: plain("value", value, warn)}
      const ttl = options?.ttlInSeconds
      if (ttl !== undefined && ttl !== null) {
        if (typeof ttl !== "number" || !Number.isFinite(ttl)) throw new TypeError("ttlInSeconds must be a number")
        params.ttl = ttl
      }
      await ask("kv.set", params)
    },
    get: async (key) => (await ask("kv.get", {key: textOf("The key", key)})) ?? null,
    async mget(keys) {
      const list = [...keys].map((key) => textOf("A key", key))
      const found = await ask("kv.mget", {keys: list})
      return Object.fromEntries(list.map((key) => [key, found[key] ?? null]))
    },
    async delete(key) {
      await ask("kv.delete", {key: textOf("The key", key)})
    },
  }
}

function createWebhooks(ask) {
  return {
    createWebhookHandler: ({fileName}) => ask("webhooks.create", {fileName: textOf("fileName", fileName)}),
    listWebhookHandlers: () => ask("webhooks.list", {}),
    getWebhookHandler: (id) => ask("webhooks.get", {id: textOf("The id", id)}),
    async updateWebhookHandler(id, {externalWebhookId}) {
      await ask("webhooks.update", {id: textOf("The id", id), externalWebhookId})
    },
    async deleteWebhookHandler(id) {
      await ask("webhooks.delete", {id: textOf("The id", id)})
    },
  }
}

function createSettings(ask) {
  const fieldsOf = (schema) => {
    const fields = schema?.fields
    if (typeof fields !== "object" || fields === null) throw new TypeError("The first argument must be a settings schema")
    return fields
  }
  const check = (fields, key) => {
    if (!Object.hasOwn(fields, key)) throw new Error(`There is no setting ${JSON.stringify(key)} in the settings schema`)
    return key
  }
  return {
    async getSettings(schema, key) {
      const fields = fieldsOf(schema)
      if (key !== undefined) check(fields, key)
      const values = await ask("settings.get", {})
      if (key !== undefined) return values[key] ?? null
      return Object.fromEntries(Object.keys(fields).map((name) => [name, values[name] ?? null]))
    },
    async setSettings(schema, key, value) {
      await ask("settings.set", {key: check(fieldsOf(schema), key), value: value ?? null})
    },
  }
}

// What stands behind the question mark; a list is one pair an item.
function queryText(params) {
  if (params === undefined || params === null) return undefined
  if (params instanceof URLSearchParams) return params.toString()
  const pairs = Object.entries(params).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((one) => [key, one]))
  return new URLSearchParams(pairs.filter(([, one]) => one !== undefined && one !== null).map(([key, one]) => [key, String(one)])).toString()
}

async function attioFetch(ask, {method, path, queryParams, body}) {
  const [plain, inPath] = textOf("The path", path).split(/\?(.*)/s)
  const query = [inPath, queryText(queryParams)].filter(Boolean).join("&") || undefined
  const answer = await ask("rest", {method, path: plain, query, body})
  if (answer.status >= 200 && answer.status <= 299) return answer.body
  throw new Error(answer.body?.message ?? `The request failed with status ${answer.status}`)
}

// What the two parsers make of a text; objects are taken as they are.
function createOutcomeValues() {
  const read = (name, make) => (given, options) => {
    if (typeof given !== "string") return make(given)
    const text = host.call(name, given, String(options?.country_code ?? ""))
    return text === "" ? null : make(parse(text))
  }
  return named("attio/server Workflows.OutcomeValue", {
    ...OutcomeValue,
    emailAddress: read("email", OutcomeValue.emailAddress),
    phoneNumber: read("phone", OutcomeValue.phoneNumber),
  })
}

// The names that they had beside OutcomeValue's place: Workflows.emailAddressValue().
const oldOutcomeValues = () =>
  Object.fromEntries(Object.entries(createOutcomeValues()).map(([name, make]) => [`${name}Value`, make]))

const defineHandler = (property) => (block, handler) => ({...block, [property]: handler})

// `context()` is what the platform sent along with the call that runs.
export function createServerSdk({ask, askOutside, warn, context, token}) {
  const settings = createSettings(ask)
  const kv = createKv(ask, warn)
  return named("attio/server", {
    ATTIO_API_TOKEN: token,
    attioFetch: (request) => attioFetch(askOutside, request),
    getUserConnection: (key) => connection(context().connections?.user, key, NoUserConnection),
    getWorkspaceConnection: (key) => connection(context().connections?.workspace, key, NoWorkspaceConnection),
    getCurrentUser() {
      const {user} = context()
      return user ? {id: user.id} : null
    },
    kv,
    experimental_kv: kv,
    ...createWebhooks(ask),
    getWorkspaceSettings: () => ask("settings.get", {}),
    getWorkspaceSetting: async (key) => (await ask("settings.get", {}))[key] ?? null,
    async setWorkspaceSetting(key, value) {
      await ask("settings.set", {key, value: value ?? null})
    },
    Settings: named("attio/server Settings", settings),
    Workflows: named("attio/server Workflows", {
      OutcomeValue: createOutcomeValues(),
      ...oldOutcomeValues(),
      defineWorkflowBlockActivate: defineHandler("activate"),
      defineWorkflowBlockDeactivate: defineHandler("deactivate"),
      defineWorkflowBlockExecute: defineHandler("execute"),
      defineWorkflowBlockFinish: defineHandler("finish"),
      defineWorkflowBlockTrigger: defineHandler("trigger"),
    }),
  })
}
