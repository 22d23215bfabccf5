// The words of the command line that do what a request of the page does, so that people and scripts can do it again.
export const quoted = (text) => (/^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`)

const words = (...parts) => ["attio", ...parts.filter((part) => Boolean(part))].join(" ")

export const runCommand = ({id, object, record, records, text, as}) =>
  words("action run", quoted(id), ...(records ?? (record ? [record] : [])).map((one) => `--record ${quoted(`${object}/${one}`)}`),
    !record && !records && object && `--object ${quoted(object)}`, text && `--text ${quoted(text)}`, as && `--as ${quoted(as)}`)

export const recordCommand = (method, object, ref, values) => {
  const verb = {GET: ref ? "get" : "list", POST: "create", PATCH: "set", PUT: "set", DELETE: "delete"}[method]
  return words("records", verb, ref ? quoted(`${object}/${ref}`) : object, values && `--values ${quoted(JSON.stringify(values))}`)
}

export const settingCommand = (key, value) => words("settings set", quoted(key), quoted(typeof value === "string" ? value : JSON.stringify(value)))

// Any request at all.
export const apiCommand = (method, path, body) => words("api", method, quoted(path), body && `--body ${quoted(JSON.stringify(body))}`)

export const curlCommand = (method, path, body) =>
  [`curl -X ${method}`, '-H "Authorization: Bearer $ATTIO_LOCAL_SECRET"', body && `-H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`,
    quoted(`${location.origin}/__attio/api${path}`)].filter(Boolean).join(" ")

const surfaceWords = {"record-widget": "widget", "record-tab": "tab", "workspace-settings": "settings"}

// A widget, tab, page or the settings page, as text.
export const surfaceCommand = ({kind, id, object, record}) =>
  words(`${surfaceWords[kind] ?? kind} show`, kind !== "workspace-settings" && quoted(id), record && `--record ${quoted(`${object}/${record}`)}`)
