// Runs the stories in the client realm and writes what it shows:  record.mjs BUNDLE HOST-FOLDER PROPS OUT
// BUNDLE is app.jsx as one script, PROPS the rules of the SDK's props as a module of CommonJS, OUT the file of JSON.
import {spawn} from "node:child_process"
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import readline from "node:readline"

const [bundle, folder, props, out] = process.argv.slice(2).map((word) => path.resolve(word))
const [major, minor] = process.versions.node.split(".").map(Number)
if (major < 20) throw new Error(`the host of app code needs Node 20 or later, this is ${process.version}`)

const records = [{object_slug: "people", record_text: "Ada Lovelace", id: {record_id: "ada"}}]
const members = [{first_name: "Grace", last_name: "Hopper", email_address: "grace@example.com", id: {workspace_member_id: "grace"}}]
const answers = {
  rest: ({path: asked}) => ({body: {data: asked.includes("members") ? members : asked.includes("search") ? records : []}}),
  "settings.get": () => ({}),
  "settings.set": () => ({}),
}

const permission = major > 22 || (major === 22 && minor >= 13) ? "--permission" : "--experimental-permission"
const child = spawn(process.execPath, [permission, "--allow-worker", `--allow-fs-read=${folder}/`, "--no-warnings", path.join(folder, "main.cjs")], {stdio: ["pipe", "pipe", "inherit"], env: {}})
const waiting = new Map()
let told = []
let lastId = 0
const write = (frame) => child.stdin.write(`${JSON.stringify(frame)}\n`)
const request = (method, params) => new Promise((resolve, reject) => {
  waiting.set(++lastId, {resolve, reject})
  write({id: lastId, method, params: {gen: 1, ...params}})
})

readline.createInterface({input: child.stdout}).on("line", (line) => {
  const {id, method, params, result, error} = JSON.parse(line)
  if (method !== undefined && id !== undefined) {
    const answer = answers[method]
    write(answer === undefined ? {id, error: {name: "Error", message: `no ${method} here`}} : {id, result: answer(params)})
  } else if (method !== undefined) told.push({method, params})
  else if (error) waiting.get(id).reject(new Error(error.message))
  else waiting.get(id).resolve(result)
})
child.on("exit", (code) => process.exitCode === undefined && code && process.exit(1))

const rest = async (session) => {
  for (let i = 0; i < 3; i++) await request("client.settled", {session})
}

// What the lists of providers open with, as a page would ask for it.
async function searches(nodes, found = {}) {
  for (const node of nodes) {
    if (typeof node === "string") continue
    if (node.props?.options?.search?.$fn) {
      const {value} = await request("client.event", {element: node.id, fn: "options.search", args: [""]})
      found[node.id] = value
    }
    await searches(node.children ?? [], found)
  }
  return found
}

const slips = () => told.filter(({method}) => method === "warning" || method === "error").map(({params}) => params.message ?? params.error?.message)

async function record({component, kind, about, color}, number) {
  told = []
  const id = `story-${number}`
  const session = `s${number}`
  const story = {id, component, about, kind, color, surfaces: [], ui: []}
  const cause = {node: number + 1, session}
  if (kind === "call" || kind === "bulk") {
    const args = kind === "bulk" ? {recordIds: ["a", "b", "c"], object: "people"} : {recordId: "ada", object: "people"}
    request("client.trigger", {...cause, kind: kind === "bulk" ? "bulk-record-action" : "record-action", id, args}).catch(() => {})
    await rest(session)
    // Answering is the end of a question, not a part of its picture.
    story.ui = told.filter(({method}) => method === "ui").map(({params: {gen, node, realm, session: own, ...args}}) => args)
    for (const {op, id: surface} of story.ui) if (op === "dialog.open") story.surfaces.push({surface, kind: "dialog", ...(await request("client.tree", {surface}))})
  } else {
    const {surface} = await request("client.mount", {...cause, kind, id: kind === "workspace-settings" ? undefined : id, props: {recordId: "ada", object: "people"}, as: "admin"})
    await rest(session)
    const {nodes} = await request("client.tree", {surface})
    story.surfaces.push({surface, kind, nodes, searches: await searches(nodes)})
  }
  story.slips = [...new Set(slips())]
  return story
}

const button = async (label) => {
  const {surface} = await request("client.mount", {node: 0, session: "notes", kind: "page", id: "notes", props: {}, as: "admin"})
  await rest("notes")
  const {nodes} = await request("client.tree", {surface})
  const {id} = nodes.find((node) => node.props.label === label)
  const {value} = await request("client.event", {element: id, fn: "onClick", args: [], node: 0, session: "notes"})
  await request("client.unmount", {surface})
  return value
}

const loaded = await request("load", {client: fs.readFileSync(bundle, "utf8"), server: null, blocks: {}, maps: {}, env: {}, api_token: "none", offset: 0, settings: {workspace: {sync: true, plan: "b"}}, lenient: false, platform: "web-app", app: {title: "Stories", slug: "stories"}})
if (loaded.errors.length > 0) throw new Error(JSON.stringify(loaded.errors))
const stories = []
for (const [number, story] of (await button("Index")).entries()) {
  await button("Notes")
  stories.push(await record(story, number))
  stories.at(-1).props = await button("Notes")
}
const {components} = createRequire(props)(props)
fs.writeFileSync(out, `${JSON.stringify({catalogue: components, stories})}\n`)
process.exitCode = 0
child.kill()
