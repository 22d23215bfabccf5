// A flow's crossings as rows of a tree, each with its place in time; what to do with them.
import {commandOf} from "../base/command.js"

const time = (text) => Date.parse(text)

// Causes before what they caused, depth first: [{node, depth, from, share}]; from and share are hundredths of the whole.
export function treeOf(nodes) {
  if (nodes.length === 0) return []
  const below = new Map(nodes.map(({id}) => [id, []]))
  for (const node of nodes.slice(1)) (below.get(String(node.cause)) ?? below.get(nodes[0].id)).push(node)
  const start = time(nodes[0].started_at)
  const end = nodes.reduce((last, node) => Math.max(last, time(node.started_at) + (node.ms ?? 0)), start + 1)
  const out = []
  const walk = (node, depth) => {
    const from = Math.max(0, ((time(node.started_at) - start) / (end - start)) * 100)
    const share = Math.min(100 - from, Math.max(0.6, ((node.ms ?? end - time(node.started_at)) / (end - start)) * 100))
    out.push({node, depth, from, share})
    for (const one of below.get(node.id)) walk(one, depth + 1)
  }
  walk(nodes[0], 0)
  return out
}

// What is typed is an event for each letter: of those that follow each other in one field and led to nothing the last one
// stands for all. Its `more` are the nodes before it.
export function typedTogether(rows) {
  const caused = new Set(rows.map(({node}) => String(node.cause)))
  const fieldOf = ({node, depth}) => node.kind === "user" && !node.error && (node.notes ?? []).length === 0 && !caused.has(String(node.id)) && node.input?.fn === "onChange" ? `${depth} ${node.input.surface} ${node.input.element} ${node.name}` : undefined
  const out = []
  for (const row of rows) {
    const field = fieldOf(row)
    const before = out.at(-1)
    if (field !== undefined && before !== undefined && fieldOf(before) === field) out[out.length - 1] = {...row, from: before.from, share: row.from + row.share - before.from, more: [...(before.more ?? []), before.node]}
    else out.push(row)
  }
  return out
}

export const duration = (ms) => (ms === null || ms === undefined ? "open" : ms < 1 ? "<1 ms" : ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`)

// Why a crossing cannot be done again alone; "" when it can.
const parts = {host: "what the user saw is told, not begun", user: "what a user does in a surface belongs to that surface", "rest-webhook": "the change that it tells of is not made again"}
export const whyNotAgain = ({kind}) => parts[kind] ?? ""

// Messages between host and platform have members that say nothing to people.
const inner = ["node", "gen", "realm", "session", "call", "others"]
export const plain = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !inner.includes(name))) : value

// The request of the control API that does again what this crossing did, without the flow that it was in.
const origins = {
  action: ({input}) => ["POST", "/actions/run", input],
  surface: ({input}) => ["POST", "/surfaces/show", input],
  server: ({name, input}) => ["POST", "/server/call", {module: name, args: input ?? []}],
}

// The command that begins the same, or the row of the API where there is none.
export function nodeCommand(flow, node) {
  const origin = node.input !== null && typeof node.input === "object" ? origins[node.kind]?.(node) : undefined
  return origin === undefined
    ? commandOf("POST", flow === node.id ? `/flows/${flow}/replay` : `/flows/${flow}/nodes/${node.id}/replay`, {})
    : commandOf(...origin)
}

// A request as curl; what the log calls by a name in braces is a variable of the shell.
export function curlOf({kind, input}) {
  if (!["fetch", "rest", "webhook"].includes(kind) || !input || (!input.url && !input.path)) return null
  const shell = (text) => `"${String(text).replace(/[\\"$`]/g, "\\$&").replace(/\{([A-Z][A-Z0-9_]*)\}/g, "$$$1")}"`
  const url = input.url ?? `https://api.attio.com/v2${input.path}${input.query ? `?${input.query}` : ""}`
  const body = typeof input.body === "string" ? input.body : input.body ? JSON.stringify(input.body) : null
  return [`curl -X ${input.method ?? "GET"}`, ...(input.headers ?? []).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`), body && `--data ${shell(body)}`, shell(url)].filter(Boolean).join(" ")
}

// What differs between two documents as changes {pointer, value}: the outermost values that are not the same.
export function changes(before, after, pointer = "") {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const open = (value) => value !== null && typeof value === "object"
  const same = open(before) && open(after) && Array.isArray(before) === Array.isArray(after)
  if (!same || Object.keys(before).some((key) => !(key in after)) || Array.isArray(before)) return [{pointer, value: after}]
  return Object.keys(after).flatMap((key) => {
    const at = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`
    return key in before ? changes(before[key], after[key], at) : [{pointer: at, value: after[key]}]
  })
}

export function matches(flow, {text = "", kind = "", failed = ""}) {
  if (kind !== "" && flow.kind !== kind) return false
  if (failed !== "" && !flow.error) return false
  return text === "" || `${flow.id} ${flow.kind} ${flow.name} ${flow.error ?? ""}`.toLowerCase().includes(text.toLowerCase())
}
