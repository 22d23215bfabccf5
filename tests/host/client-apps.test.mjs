// Real apps in the client realm: the templates, built by our tool and by the SDK's own, with equal transcripts; and
// every value that the SDK declares.
import assert from "node:assert/strict"
import {execFileSync} from "node:child_process"
import fs from "node:fs"
import {createRequire} from "node:module"
import os from "node:os"
import path from "node:path"
import {after, before, test} from "node:test"
import {fileURLToPath} from "node:url"
import {readProbe, writeFiles} from "../probes/apps.mjs"
import {bundle, found, good, logs, mount, startHost} from "./client-host.mjs"

const top = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..")
const attio = path.join(process.env.ATTIO_BUILD ?? path.join(top, "build"), "attio")
const packages = path.join(top, "tests/sdk/node_modules")
const official = path.join(packages, "attio/dist/cli/index.js")

let host
let folder
before(async () => {
  host = await startHost()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "client-apps-"))
})
after(async () => {
  await host.close()
  fs.rmSync(folder, {recursive: true, force: true})
})

const env = {...process.env, HOME: os.tmpdir(), XDG_CACHE_HOME: path.join(os.tmpdir(), "client-apps-cache")}

// The client bundles of a template (or of the example of Attio's documents): ours, and the one of the SDK's own program where it is installed.
function bundles(template) {
  const app = path.join(folder, template)
  if (template === "alc-seed-example") {
    fs.mkdirSync(app)
    writeFiles(readProbe(template).files, app)
  } else execFileSync(attio, ["init", app, "-t", template, "--no-git", "-q"], {env})
  fs.symlinkSync(packages, path.join(app, "node_modules"))
  const read = () => fs.readFileSync(path.join(app, "dist/index.js"), "utf8")
  execFileSync(attio, ["build", "--no-check", "-q"], {cwd: app, env, stdio: "pipe"})
  const built = [["ours", read()]]
  if (fs.existsSync(official)) {
    fs.rmSync(path.join(app, "dist"), {recursive: true})
    execFileSync(process.execPath, [official, "build"], {cwd: app, env, stdio: "pipe"})
    built.push(["the SDK's", read()])
  }
  return built
}

// The same runs on each bundle of a template have to look the same; the transcripts of the first are answered.
async function runs(template, scripts) {
  const all = []
  for (const [tool, text] of bundles(template)) {
    const app = await host.load(text)
    assert.deepEqual(app.errors, [], `${template} by ${tool}`)
    const transcripts = []
    for (const {answers, start, steps} of scripts) {
      Object.assign(host.answers, answers)
      const transcript = await app.script(start, steps)
      delete transcript.error?.stack
      transcripts.push(JSON.parse(JSON.stringify(transcript, (key, value) => (key === "id" && typeof value === "number" ? 0 : value))))
    }
    all.push(transcripts)
    await app.drop()
  }
  for (const transcripts of all) assert.deepEqual(transcripts, all[0])
  return all[0]
}

const ways = {
  "lead-checker": {toasts: ["Sending to ALC...", "Sent to ALC"], alerts: ["This person cannot be loaded", "No phone number", "This person was not sent to ALC"]},
  "alc-seed-example": {
    toasts: ["Preparing to send to ALC...", "Successfully sent to ALC!"],
    alerts: ["Failed to load person data", "No phone number found", "Failed to send to ALC"],
  },
}

for (const [template, {toasts: [begun, done], alerts}] of Object.entries(ways)) test(`${template}: the action's way to the server and its three failures`, async () => {
  const start = {trigger: {kind: "record-action", id: "send-to-alc", args: {recordId: "r1", object: "people"}}}
  const query = (person) => ({query: async () => ({data: {person}})})
  const sent = []
  const server = {server: async ({module, args}) => (sent.push([module, ...args]), {value: null})}
  const ada = {name: {full_name: "Ada Lovelace"}, phone_numbers: ["+44 1", "+44 2"]}
  const transcripts = await runs(template, [
    {start, answers: {...query(ada), ...server}},
    {start, answers: query(null)},
    {start, answers: query({name: null, phone_numbers: []})},
    {start, answers: {...query(ada), server: async () => {
      throw new Error("third party is down")
    }}},
  ])
  for (const transcript of transcripts) assert.deepEqual(found(good(transcript)), [])
  const first = [begun, "neutral", true]
  assert.deepEqual(transcripts.map(({toasts}) => toasts.map(({title, variant, hidden}) => [title, variant, hidden])), [[first, [done, "success", false]], [first], [first], [first]])
  assert.deepEqual(transcripts.map((transcript) => transcript.alerts.map(({title}) => title)), [[], ...alerts.map((title) => [title])])
  assert.equal(sent[0].slice(1).join(), "r1,Ada Lovelace,+44 1")
  assert.match(sent[0][0], /send-to-alc\.server$/)
})

test("every surface of every template can be shown or triggered without a slip", async () => {
  for (const template of ["minimal", "widget", "workflow"]) {
    const [[, text]] = bundles(template)
    Object.assign(host.answers, {server: async () => ({value: null}), query: async () => ({data: {}}), rest: async () => ({status: 200, body: {data: []}}), "settings.get": async () => ({}), "settings.set": async () => ({})})
    const app = await host.load(text)
    assert.deepEqual(app.errors, [])
    let count = 0
    for (const [kind, list] of Object.entries(app.surfaces)) {
      for (const {id} of list) {
        count++
        const start = /action/.test(kind) ? {trigger: {kind, id, args: {recordId: "r", object: "people", recordIds: ["r"]}}} : mount(kind, id, {recordId: "r", object: "people"})
        const transcript = await app.script(start)
        const slips = transcript.findings.filter(({code}) => code === "sdk-prop" || code === "react")
        assert.deepEqual(slips, [], `${template} ${kind} ${id}`)
      }
    }
    assert.ok(count > 0, template)
    await app.drop()
  }
})

// The values of a module and their members, as the declarations of the SDK have them.
function declared(module) {
  const ts = createRequire(path.join(packages, "x.js"))("typescript")
  const file = path.join(packages, `attio/dist/types/${module}/index.d.ts`)
  const program = ts.createProgram([file], {moduleResolution: 100, module: 99, skipLibCheck: true, types: [], lib: ["lib.es2022.d.ts"], noEmit: true})
  const checker = program.getTypeChecker()
  const own = (symbol) => symbol.declarations?.every((place) => place.getSourceFile().fileName.includes("/attio/dist/types/"))
  const names = []
  const members = (name, type, depth) => {
    if (depth > 4) return
    for (const member of checker.getPropertiesOfType(type)) {
      if (!own(member) || member.name.startsWith("__")) continue
      const memberType = checker.getTypeOfSymbol(member)
      if (memberType.getCallSignatures().length === 0 && checker.getPropertiesOfType(memberType).length === 0) continue
      names.push(`${name}.${member.name}`)
      members(`${name}.${member.name}`, memberType, depth + 1)
    }
  }
  const exportsOf = (name, symbol, depth) => {
    for (const exported of checker.getExportsOfModule(symbol)) {
      const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      if ((target.flags & ts.SymbolFlags.Value) === 0 || target.flags & ts.SymbolFlags.Class) continue // classes are exported as types only
      if (exported.declarations?.some((place) => place.isTypeOnly || place.parent?.parent?.isTypeOnly)) continue
      const full = name ? `${name}.${exported.name}` : exported.name
      names.push(full)
      if (target.flags & ts.SymbolFlags.ValueModule && depth < 3) exportsOf(full, target, depth + 1)
      else if (!(target.flags & ts.SymbolFlags.Enum)) {
        const type = checker.getTypeOfSymbol(target)
        if (!(type.flags & ts.TypeFlags.StringLike)) members(full, type, 0)
        const [signature] = type.getCallSignatures()
        if (signature && /^use.*(Form|Configurator)$/.test(exported.name)) members(`${full}()`, signature.getReturnType(), 0)
      }
    }
  }
  exportsOf("", checker.getSymbolAtLocation(program.getSourceFile(file)), 0)
  return names
}

test("every value that the SDK declares is there, with its members", {skip: !fs.existsSync(path.join(packages, "typescript")) && "the SDK is not installed"}, async () => {
  const names = {root: declared("root"), sdk: declared("client")}
  assert.ok(names.root.length > 30 && names.sdk.length > 180, `${names.root.length} ${names.sdk.length}`)
  const app = await host.load(bundle(`
    const names = ${JSON.stringify(names)}
    const missing = []
    const look = (modules, start) => {
      for (const [module, list] of Object.entries(names)) for (const name of list) {
        if (!name.includes(start) || (start === "" && name.includes("()"))) continue
        let at = modules[module]
        try { for (const step of name.split(/\\(\\)\\.|\\./)) at = at[step] } catch { at = undefined }
        if (at === undefined) missing.push(module + " " + name)
      }
    }
    const block = root.Workflows.defineWorkflowBlock({type: "step", id: "b", title: "B", description: "", configSchema: root.Workflows.ConfigSchema.struct({})})
    const Configurator = sdk.Workflows.defineConfigurator(block, () => { console.log(JSON.stringify(api(() => sdk.Workflows.useConfigurator(block), "Workflows.useConfigurator().")));  return null })
    const api = (make, start) => { missing.length = 0; const made = make(); const steps = start.slice(0, -1).split("."); const leaf = steps.pop().slice(0, -2); let at = {[leaf]: made}; for (const step of steps.reverse()) at = {[step]: at}; look({sdk: at, root: {}}, start); return missing }
    const Page = () => { const schema = {scope: "workspace", fields: {}}
      console.log(JSON.stringify([...api(() => sdk.useForm({}, {}), "useForm().").filter((name) => !name.includes(" Settings.")), ...api(() => sdk.Settings.useForm(schema), "Settings.useForm()."), ...api(() => sdk.useWorkspaceSettingsForm(), "useWorkspaceSettingsForm().")])); return null }
    return {page: [{id: "p", path: "p", name: "P", Page}], "workflow-block": [{type: "step", id: "b", block: {...block, Configurator}}],
      "record-action": [{id: "go", label: "Go", onTrigger: () => { look({root, sdk}, ""); console.log(JSON.stringify(missing)) }}]}`))
  assert.deepEqual(app.errors, [])
  assert.deepEqual(logs(good(await app.script({trigger: {kind: "record-action", id: "go", args: {}}}))), ["[]"])
  assert.deepEqual(logs(good(await app.script(mount("page", "p"))))[0], "[]")
  assert.deepEqual(logs(good(await app.script(mount("workflow-block", "b"))))[0], "[]")
  await app.drop()
})
