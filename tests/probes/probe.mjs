// One probe app: builds it, runs what was built, and compares with what the official CLI made of
// it. Every difference is a problem of a category; deviations.json says which of them are right.
import {execFile} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {readProbe, writeFiles} from "./apps.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
export const root = path.dirname(path.dirname(here))
export const sdkModules = path.join(root, "tests/sdk/node_modules")

// What the official runs had installed, as far as bundles can notice.
const packages = ["attio", "react", "zod", "csstype", "@types/react", "@types/node", "undici-types"]

const workFile = /\.(server|webhook|event)\.[cm]?[jt]sx?$/
const handlerFile =
  /(^|\/)blocks\/[^/]+\/(execute|finish|activate|trigger|deactivate|on-\w+-callback)\.ts$/
const mark = "__attioLoaded"

const filesOfHandler = {
  schema: ["block.ts"],
  execute: ["execute.ts"],
  deferCallback: ["finish.ts", "on-resume-callback.ts"],
  activate: ["activate.ts"],
  triggerCallback: ["trigger.ts", "on-trigger-callback.ts"],
  deactivate: ["deactivate.ts"],
}

// The bundles alone: what validate refuses is often built by the official CLI.
const bareBuild = ["build", "--no-validate", "--json"]

export const categories = {
  build: "whether the app is built or refused",
  validate: "whether validate accepts the app",
  agreement: "whether build tells what validate tells, and each once",
  report: "the JSON documents",
  files: "the set of files in dist",
  evaluates: "whether a bundle runs at all",
  settings: "the settings schema that each bundle registers",
  surfaces: "what the client registers",
  serverFunctions: "ids of server functions that the client calls",
  modules: "server functions in each server bundle",
  webhooks: "webhooks of the shared server bundle",
  events: "events of the shared server bundle",
  workflow: "handlers of each workflow block",
  entryPoints: "the four dispatchers",
  dispatch: "a dispatcher calls the wrong function, or wrongly",
  loads: "an id loads another file than its own, or too early",
  unanswered: "the client calls a function that the server does not have",
  refusal: "a dispatcher accepts an id that nothing has",
  leak: "server source in the client's bundle",
  determinism: "another folder gives other bytes",
}

// As two strings, for a comparison in which the order of keys says nothing.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined"
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
}

export function run(program, args, options = {}) {
  return new Promise((done) => {
    const how = {timeout: 60000, maxBuffer: 1 << 28, ...options}
    const child = execFile(program, args, how, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : null) : 0
      done({code, signal: error?.signal ?? null, stdout, stderr})
    })
    child.stdin.on("error", () => {})
    child.stdin.end()
  })
}

export function cleanEnvironment(folder) {
  const home = path.join(folder, "home")
  fs.mkdirSync(home, {recursive: true})
  const env = {PATH: process.env.PATH, HOME: home, TMPDIR: os.tmpdir(), LC_ALL: "C.UTF-8"}
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(\w+SAN_OPTIONS|ESBUILD_BINARY_PATH)$/.test(name)) env[name] = value
  }
  return env
}

// As hard links where that works: bundles tell the paths of packages, so a link to the folder
// would make them depend on where the app lies.
function linkTree(from, to) {
  fs.mkdirSync(to, {recursive: true})
  for (const entry of fs.readdirSync(from, {withFileTypes: true})) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), target)
    else {
      try {
        fs.linkSync(source, target)
      } catch {
        fs.copyFileSync(source, target)
      }
    }
  }
}

export function installModules(app) {
  for (const name of packages) {
    const from = path.join(sdkModules, name)
    if (fs.existsSync(from)) linkTree(from, path.join(app, "node_modules", name))
  }
}

export function listFiles(folder, below = "") {
  const found = []
  if (!fs.statSync(path.join(folder, below), {throwIfNoEntry: false})?.isDirectory()) return found
  for (const entry of fs.readdirSync(path.join(folder, below), {withFileTypes: true})) {
    const name = below ? `${below}/${entry.name}` : entry.name
    if (name === "node_modules") continue
    if (entry.isDirectory()) found.push(...listFiles(folder, name))
    else found.push(name)
  }
  return found.sort()
}

// An app folder that many probes use one after the other; node_modules stays.
export class Place {
  added = []

  constructor(app) {
    this.app = app
    fs.mkdirSync(app, {recursive: true})
    installModules(app)
  }

  fill(probe) {
    for (const name of fs.readdirSync(this.app)) {
      if (name === "node_modules") continue
      fs.rmSync(path.join(this.app, name), {recursive: true, force: true})
    }
    for (const folder of this.added) fs.rmSync(folder, {recursive: true, force: true})
    this.added = []
    writeFiles(probe.files, this.app)
    for (const name of new Set(Object.keys(probe.packages).map((file) => file.split("/")[0]))) {
      const to = path.join(this.app, "node_modules", name)
      if (fs.existsSync(to)) throw new Error(`the package ${name} is installed already`)
      this.added.push(to)
    }
    writeFiles(probe.packages, path.join(this.app, "node_modules"))
  }
}

// Server functions, webhooks, events and block handlers: what must never be in the client.
export function workFiles(app) {
  return listFiles(app).filter((name) => workFile.test(name) || handlerFile.test(name))
}

// Makes each of these files tell its name when it is loaded.
export function addMarks(app, files) {
  for (const name of files) {
    const file = path.join(app, name)
    const line = `// @ts-ignore\nglobalThis.${mark}?.push(${JSON.stringify(name)});\n`
    fs.writeFileSync(file, line + fs.readFileSync(file, "utf8"))
  }
}

export async function inspect(dist) {
  const {stdout, stderr} = await run(process.execPath, [path.join(here, "inspect.mjs"), dist])
  if (!stdout) throw new Error(`the inspection of ${dist} failed: ${stderr}`)
  return JSON.parse(stdout)
}

function literals(text) {
  const found = []
  const code = text.replace(/^\s*(import|export)\b.*\bfrom\b.*$/gm, "")
  for (const match of code.matchAll(/"([^"\\\n]{13,})"|'([^'\\\n]{13,})'|`([^`\\$]{13,})`/g)) {
    found.push(match[1] ?? match[2] ?? match[3])
  }
  return found
}

class Check {
  problems = []

  constructor(probe, worker) {
    this.probe = probe
    this.worker = worker
    this.official = probe.official
    this.app = worker.near.app
  }

  wrong(category, text) {
    this.problems.push({category, text})
  }

  same(category, where, official, ours) {
    if (canonical(official) === canonical(ours)) return
    const both = `  official: ${canonical(official)}\n  ours:     ${canonical(ours)}`
    this.wrong(category, `${where}\n${both}`)
  }

  async attio(args, cwd = this.app) {
    const result = await run(this.worker.bin, args, {cwd, env: this.worker.env})
    if (result.code === null || result.code >= 70) {
      const end = result.signal ?? result.code
      this.wrong("report", `attio ${args.join(" ")}: ${end}\n${result.stderr}`)
    }
    return result
  }

  checkReport(command, {code, stdout}) {
    let report
    try {
      report = JSON.parse(stdout)
    } catch {
      return this.wrong("report", `${command}: not one JSON document: ${stdout.slice(0, 500)}`)
    }
    if (code > 1) {
      // An operation failed: no findings, one error.
      const told = report.error?.kind && report.error?.message && report.ok === false
      if (!told) this.wrong("report", `${command}: exit code ${code}, but no error: ${stdout}`)
      return report
    }
    const errors = (report.diagnostics ?? []).filter((one) => one.severity === "error")
    const head = {schema: report.schema, ok: report.ok, exit: report.exit}
    this.same("report", command, {schema: `attio.${command}/1`, ok: code === 0, exit: code}, head)
    if ((errors.length > 0) !== (code === 1)) {
      this.wrong("report", `${command}: exit code ${code} with ${errors.length} errors`)
    }
    if (report.summary?.errors !== errors.length) {
      this.wrong("report", `${command}: the summary does not count ${errors.length} errors`)
    }
    for (const one of report.diagnostics ?? []) {
      const there = !one.file || fs.existsSync(path.join(this.app, one.file))
      if (!one.code || !one.message || !there) {
        this.wrong("report", `${command}: no code, message or place in ${canonical(one)}`)
      }
    }
    return report
  }

  verdict(category, {code, stdout}) {
    const refused = this.official.refuses
    if (refused === (code !== 0)) return
    const findings = refused ? "" : `: ${stdout.slice(0, 1500)}`
    this.wrong(category, `official ${refused ? "refuses" : "accepts"}, ours does not${findings}`)
  }

  // Scripts in dist; anything else there is the author's and stays.
  checkOutputs(report) {
    const dist = path.join(this.app, "dist")
    const have = listFiles(dist).filter((name) => /\.(js|css|map)$/.test(name))
    const sizes = have.map((name) => [name, fs.statSync(path.join(dist, name)).size])
    const told = (report?.outputs ?? []).map((one) => [one.path, one.bytes])
    this.same("report", "files in dist and outputs in the report", sizes.sort(), told.sort())
    const official = this.official.files.filter((name) => /^dist\/.*\.(js|css)$/.test(name)).sort()
    this.same("files", "dist", official, have.map((name) => `dist/${name}`).sort())
    for (const name of this.before.filter((one) => !/\.(js|css|map)$/.test(one))) {
      if (!fs.existsSync(path.join(dist, name))) this.wrong("files", `dist/${name} is gone`)
    }
  }

  compareBundles(facts) {
    for (const [name, official] of Object.entries(this.official.bundles)) {
      const ours = facts[name]
      if (!ours) {
        this.wrong("evaluates", `${name} is missing`)
        continue
      }
      this.same("evaluates", `${name} ${ours.error ?? ""}`, official.evaluates, ours.evaluates)
      if (!official.evaluates || !ours.evaluates) continue
      this.same("settings", name, official.settings, ours.settings)
      if (name === "index.js") {
        this.same("surfaces", name, official.surfaces, ours.surfaces)
        const ids = [official.serverFunctionIds, ours.serverFunctionIds]
        this.same("serverFunctions", name, ...ids)
      } else this.compareServer(name, official, ours)
    }
  }

  compareServer(name, official, ours) {
    this.same("entryPoints", name, official.entryPoints, ours.entryPoints)
    const module = ({exports, default: value, fails, loadError}) =>
      fails || loadError ? "fails to load" : {exports, default: value}
    const handler = ({path: own, fallbackPath, value, fallbackValue, fails, loadError}) =>
      fails || loadError ? "fails to load" : {path: own, fallbackPath, value, fallbackValue}
    const each = (map, tell) =>
      Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, tell(value)]))
    for (const kind of ["modules", "webhooks", "events"]) {
      if (!official[kind]) continue
      this.same(kind, name, each(official[kind], module), each(ours[kind], module))
    }
    const blocks = (map) => each(map, (one) => each(one, handler))
    this.same("workflow", name, blocks(official.workflow), blocks(ours.handlers))
  }

  // What must be true of any bundle, whatever the official ones do.
  checkBundles(facts) {
    const client = facts["index.js"] ?? {}
    const known = Object.keys(facts["server.js"]?.modules ?? {})
    const called = (client.pressed ?? []).flatMap((one) => one.calls.map((call) => call.id))
    for (const id of new Set([...(client.serverFunctionIds ?? []), ...called])) {
      if (!known.includes(id)) this.wrong("unanswered", `${id} is not in server.js`)
    }
    for (const [name, bundle] of Object.entries(facts)) {
      for (const [entry, outcome] of Object.entries(bundle.refusals ?? {})) {
        if (!outcome.error) this.wrong("refusal", `${name}: ${entry} accepts an unknown id`)
      }
      for (const {where, one} of this.dispatched(name, bundle)) {
        if (one.dispatch !== "ok") this.wrong("dispatch", `${where}: ${one.dispatch}`)
      }
    }
    for (const [name, {refusals}] of Object.entries(facts)) {
      if (!name.startsWith("workflow/") || !refusals) continue
      const {code} = refusals.stdin_workflow_block_handlers_default
      this.same("refusal", `${name}: another block`, "WORKFLOW_BLOCK_ID_MISMATCH", code)
    }
  }

  // Everything a server bundle can be asked for: with its possible files.
  dispatched(name, bundle) {
    const all = []
    const places = {
      modules: (id) => path.posix.normalize(`src/${id}`),
      webhooks: (id) => `webhooks/${id}.webhook`,
      events: (id) => `events/${id}.event`,
    }
    for (const [kind, place] of Object.entries(places)) {
      for (const [id, one] of Object.entries(bundle[kind] ?? {})) {
        all.push({where: `${name}: ${kind} ${id}`, one, file: place(id)})
      }
    }
    for (const [block, handlers] of Object.entries(bundle.handlers ?? {})) {
      for (const [handler, one] of Object.entries(handlers)) {
        all.push({where: `${name}: ${handler} of ${block}`, one, block, handler})
      }
    }
    return all
  }

  owns({file, block, handler}, name) {
    if (!handler) {
      const stem = name.replace(/\.[cm]?[jt]sx?$/, "")
      const roots = ["", "src/", "src/app/"]
      return roots.some((above) => [stem, name].includes(above + file))
    }
    const definition = path.join(this.app, path.dirname(name), "block.ts")
    return (
      filesOfHandler[handler].includes(path.basename(name)) &&
      fs.readFileSync(definition, "utf8").includes(block)
    )
  }

  // Whether some loaded file mentions it; else it was loaded without a reason.
  isImported(name, loaded) {
    const stem = path.basename(name).replace(/\.[cm]?[jt]sx?$/, "")
    const texts = loaded.filter((one) => one !== name).map((one) => path.join(this.app, one))
    return texts.some((file) => fs.readFileSync(file, "utf8").includes(stem))
  }

  checkLoads(facts) {
    for (const [name, bundle] of Object.entries(facts)) {
      for (const asked of this.dispatched(name, bundle)) {
        const {where, one} = asked
        if (one.early.length) this.wrong("loads", `${where}: ${one.early} is loaded too early`)
        if (asked.handler === "schema") continue // of block.ts, which is the client's as well
        const own = one.loaded.filter((file) => this.owns(asked, file))
        if (own.length !== 1) {
          this.wrong("loads", `${where}: loads ${one.loaded.join(" ") || "nothing"}`)
        }
        for (const file of one.loaded) {
          if (!own.includes(file) && !this.isImported(file, one.loaded)) {
            this.wrong("loads", `${where}: loads ${file} as well`)
          }
        }
      }
    }
  }

  checkLiterals(files) {
    const client = fs.readFileSync(path.join(this.app, "dist/index.js"), "utf8")
    const read = (name) => fs.readFileSync(path.join(this.app, name), "utf8")
    const isOther = (name) => !files.includes(name) && !name.startsWith("dist/")
    const elsewhere = listFiles(this.app).filter(isOther).map(read).join("\n")
    for (const name of files) {
      for (const literal of literals(read(name))) {
        if (client.includes(literal) && !elsewhere.includes(literal)) {
          this.wrong("leak", `dist/index.js holds ${JSON.stringify(literal)} of ${name}`)
        }
      }
    }
  }

  async checkMarked(files) {
    addMarks(this.app, files)
    const {code, stdout} = await this.attio(bareBuild)
    if (code !== 0) return this.wrong("loads", `does not build with marks: ${stdout}`)
    if (fs.readFileSync(path.join(this.app, "dist/index.js"), "utf8").includes(mark)) {
      this.wrong("leak", "a server file is bundled into dist/index.js")
    }
    this.checkLoads(await inspect(path.join(this.app, "dist")))
  }

  // The same app in a folder of another depth, built from outside.
  async checkDeterminism() {
    const far = this.worker.far
    far.fill(this.probe)
    const {code} = await this.attio([...bareBuild, far.app], path.dirname(far.app))
    if (code !== 0) return this.wrong("determinism", `exit code ${code} in another folder`)
    for (const name of listFiles(path.join(this.app, "dist"))) {
      const bytes = [this.app, far.app].map((app) => {
        const file = path.join(app, "dist", name)
        return fs.existsSync(file) ? fs.readFileSync(file) : Buffer.from("missing")
      })
      if (!bytes[0].equals(bytes[1])) this.wrong("determinism", `dist/${name} differs`)
    }
  }

  // What validate finds build finds too, and tells it once.
  async checkAgreement(validated) {
    const built = await this.attio(["build", "--json"])
    if (validated.code > 1 || built.code > 1) return built
    const [found, told] = [validated, built].map(({stdout}) => JSON.parse(stdout).diagnostics)
    const key = (one) => JSON.stringify([one.code, one.file, one.range?.start])
    const all = new Set(told.map(key))
    const missing = found.filter((one) => one.severity === "error" && !all.has(key(one)))
    if (missing.length) this.wrong("agreement", `build does not tell ${JSON.stringify(missing)}`)
    const places = told
      .filter((one) => one.severity === "error" && one.range)
      .map((one) => JSON.stringify([one.file, one.range.start]))
    const twice = places.filter((place, i) => places.indexOf(place) !== i)
    if (twice.length) this.wrong("agreement", `build tells twice what is at ${twice.join(" ")}`)
    return built
  }

  async run() {
    this.worker.near.fill(this.probe)
    this.before = listFiles(path.join(this.app, "dist"))
    const validated = await this.attio(["validate", "--json"])
    this.checkReport("validate", validated)
    this.verdict("validate", validated)
    const checked = await this.checkAgreement(validated)
    // Where validate says no the official CLI may say yes: the bundles are then compared without it.
    const built = validated.code === 0 ? checked : await this.attio(bareBuild)
    const report = this.checkReport("build", built)
    this.verdict("build", built)
    if (built.code !== 0) {
      const after = listFiles(path.join(this.app, "dist"))
      this.same("report", "dist after a refusal", this.before, after)
      return this.problems
    }
    const files = workFiles(this.app)
    const facts = await inspect(path.join(this.app, "dist"))
    if (!this.official.refuses) {
      this.checkOutputs(report)
      this.compareBundles(facts)
    }
    this.checkBundles(facts)
    this.checkLiterals(files)
    await this.checkDeterminism()
    if (files.length) await this.checkMarked(files)
    return this.problems
  }
}

// A worker checks one probe at a time, in two app folders of its own.
export class Worker {
  constructor(folder, bin) {
    this.bin = bin
    this.env = cleanEnvironment(folder)
    this.near = new Place(path.join(folder, "app"))
    this.far = new Place(path.join(folder, "some", "deeper", "place"))
  }

  async check(name) {
    const check = new Check(readProbe(name), this)
    try {
      return await check.run()
    } catch (error) {
      return [...check.problems, {category: "test", text: error.stack}]
    }
  }
}
