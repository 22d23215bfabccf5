// The words of the command line that do what a request of the page does, so that people and scripts can do it again.
export const quoted = (text) => (/^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`)

const words = (...parts) => ["attio", ...parts.filter((part) => Boolean(part))].join(" ")

export const recordCommand = (method, object, ref, values) => {
  const verb = {GET: ref ? "get" : "list", POST: "create", PATCH: "set", PUT: "set", DELETE: "delete"}[method]
  return words("records", verb, ref ? quoted(`${object}/${ref}`) : object, values && `--values ${quoted(JSON.stringify(values))}`)
}

export const listCommand = (object, text) => words("records list", quoted(object), text !== "" && `--query ${quoted(text)}`)

export const settingCommand = (key, value) => words("settings set", quoted(key), quoted(typeof value === "string" ? value : JSON.stringify(value)))

// Any request at all, where there is no command of its own.
export const apiCommand = (method, path, body) => words("api", method, quoted(path), body !== undefined && body !== null && `--body ${quoted(JSON.stringify(body))}`)

const option = (name, value) => value !== undefined && value !== null && value !== "" && `--${name} ${quoted(typeof value === "string" ? value : JSON.stringify(value))}`

const action = ({id, kind, record, records, object, text, as, steps, answers, ...rest}) =>
  Object.keys(rest).length === 0 && (steps ?? []).length === 0 && (answers ?? []).length === 0 &&
  words("action run", quoted(id), option("kind", kind), ...(records ?? (record ? [record] : [])).map((one) => option("record", one)), !record && !records && option("object", object), option("text", text), option("as", as))

// The same of records that are named by their object and id.
export const runCommand = ({object, record, records, ...rest}) =>
  action({...rest, ...(records ? {records: records.map((one) => `${object}/${one}`)} : record ? {record: `${object}/${record}`} : {object})})

const surface = ({kind, id, record, as, config, ...rest}) => {
  const verb = {widget: "widget", tab: "tab", page: "page", settings: "settings", configurator: "block"}[kind]
  return verb !== undefined && Object.keys(rest).length === 0 && words(`${verb} show`, kind !== "settings" && quoted(id), option("record", record), option("config", config), option("as", as))
}

const only = (body, ...names) => Object.keys(body).every((name) => names.includes(name))

// A request that plays a third party.
const sent = ({method, query, body} = {}) => [option("method", method === "POST" ? undefined : method), option("query", query), option("body", body)]

const block = (verb) => ({config, finish, activation, run, request}, id) =>
  !(verb === "activate" && activation) && only(finish ?? {}, "body", "method") && (finish?.method ?? "POST") === "POST" && only(request ?? {}, "method", "query", "body") &&
  words(`block ${verb}`, quoted(id), option("config", config), option("finish", finish?.body), option("activation", activation), option("run", run), ...sent(request))

const blockVerbs = Object.fromEntries(["run", "activate", "trigger", "finish", "deactivate"].map((verb) => [`POST /blocks/*/${verb}`, block(verb)]))

// Rows of the control API that a command of its own does; each gets the body and what stands for the stars. What it
// cannot say is left to `attio api`.
const rows = {
  ...blockVerbs,
  "POST /actions/run": action,
  "POST /surfaces/show": surface,
  "POST /server/call": ({module, args, as}) => words("call", quoted(module), option("args", args), option("as", as)),
  "GET /connections": () => words("connection list"),
  "POST /connections": ({owner, as, force}) => words("connection add", owner === "user" ? "--user" : "--workspace", option("as", as), force && "--force", "--value-env NAME"),
  "POST /connect": ({owner, as}) => words("connection add --consent", owner === "user" && "--user", option("as", as)),
  "DELETE /connections/*": (body, id) => words("connection rm", quoted(id)),
  "DELETE /connections/*?force=1": (body, id) => words("connection rm", quoted(id), "--force"),
  "POST /connections/*/expire": (body, id) => words("connection expire", quoted(id)),
  "POST /webhooks/send": ({handler, method, path, query, body, ...rest}) => only(rest) && words("webhook send", quoted(handler), option("method", method), option("path", path), option("query", query), option("body", body)),
  "POST /deliveries/*/replay": ({set}, id) => words("webhook replay", quoted(id), ...(set ?? []).map(({pointer, value}) => `--set ${quoted(`${pointer}=${JSON.stringify(value)}`)}`)),
  "POST /events/send": ({event, connection}) => words("event send", quoted(event), option("connection", connection)),
  "PUT /kv/*": ({value, ttl}, key) => words("kv put", quoted(key), quoted(JSON.stringify(value)), option("ttl", ttl)),
  "DELETE /kv/*": (body, key) => words("kv delete", quoted(key)),
  "POST /clock": ({advance_ms, now, real}) => (real || now || (advance_ms >= 0 && advance_ms % 1000 === 0)) && words("clock", real ? "real" : now ? quoted(now) : `+${advance_ms / 1000}s`),
  "POST /state/reset": () => words("state reset"),
  "POST /state/save": ({name}) => words("state save", quoted(name)),
  "POST /state/restore": ({name}) => words("state restore", quoted(name)),
  "PATCH /settings": ({values, as}) => Object.keys(values).length === 1 && words("settings set", quoted(Object.keys(values)[0]), quoted(JSON.stringify(Object.values(values)[0])), option("as", as)),
  "GET /versions/diff?from=*": (body, from) => words("version diff --local", quoted(from)),
  "GET /versions/diff?from=*&to=*": (body, from, to) => words("version diff --local", quoted(from), quoted(to)),
}

const patterns = Object.entries(rows).map(([row, command]) => [new RegExp(`^${row.replace(/[.?]/g, "\\$&").replaceAll("*", "([^/&?]+)")}$`), command])

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// The command that does what this request of the control API does.
export function commandOf(method, path, body) {
  for (const [pattern, command] of patterns) {
    const found = pattern.exec(`${method} ${path}`)
    const said = found && command(body ?? {}, ...found.slice(1).map(decoded))
    if (said) return said
  }
  return apiCommand(method, path, body)
}

export const curlCommand = (method, path, body) =>
  [`curl -X ${method}`, '-H "Authorization: Bearer $ATTIO_LOCAL_SECRET"', body && `-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`,
    quoted(`${location.origin}/__attio/api${path}`)].filter(Boolean).join(" ")

const surfaceWords = {"record-widget": "widget", "record-tab": "tab", "workspace-settings": "settings"}

// A widget, tab, page or the settings page, as text.
export const surfaceCommand = ({kind, id, object, record}) =>
  words(`${surfaceWords[kind] ?? kind} show`, kind !== "workspace-settings" && quoted(id), record && `--record ${quoted(`${object}/${record}`)}`)
