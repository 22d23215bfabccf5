#!/usr/bin/env node
// The probe apps: small apps made for one question each, and what the official CLI 1.0.4 did with
// them. One text file an app, in the sections of tests/runner/parse.mjs:
//
//   -- about TEXT                what it asks
//   -- app standard              the package.json and tsconfig.json of tests/probes/standard
//   -- file PATH [options]       a file of the app
//   -- package PATH [options]    a file below node_modules, of a package that the app needs
//   -- official builds|refuses   its verdict, then facts, a line each, defaults left out:
//        files PATH...           what it wrote
//        index.js JSON           what a bundle registers and dispatches (see expand below)
//        settings FROM KEY       what .attio/settings.d.ts takes its type from
//        register JSON           names in .attio/register.d.ts
//
// `apps.mjs NAME FOLDER` writes an app into a folder, `apps.mjs pack FOLDER` makes such a text of a
// folder with app/, case.json and expected.json; the same folders are read where PROBES names one.
import fs from "node:fs"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {fileContent, sections, words} from "../runner/parse.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const folder = process.env.PROBES ? path.resolve(process.env.PROBES) : path.join(here, "apps")
const standard = readFiles(path.join(here, "standard"))

const entryPoints = Object.fromEntries(
  ["", "_webhooks", "_events", "_workflow_block_handlers"].map((kind) => [`stdin${kind}_default`, "function"]),
)
const emptySurfaces = Object.fromEntries(
  [
    ...["record-action", "bulk-record-action", "record-widget", "object-action"],
    ...["insight", "summary", "transcript"].map((part) => `call-recording-${part}-text-selection-action`),
    ...["workflow-block", "workspace-settings"],
  ].map((key) => [key, []]),
)
const noSettings = [{workspace: {}}]
// Property of a handler's default export, and the older one.
const handlerPaths = {
  schema: ["schema"],
  execute: ["execute"],
  deferCallback: ["finish", "onResumeCallback"],
  activate: ["activate"],
  triggerCallback: ["trigger", "onTriggerCallback"],
  deactivate: ["deactivate"],
}

const each = (map, change) =>
  Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, change(value, key)]))

// A text stands for a module whose only export is its default one, of this kind. null: the official
// bundle could not be asked.
const expandModule = (one) => (typeof one === "string" ? {exports: ["default"], default: one} : one)

function expandHandler(one, kind) {
  const [first, older] = handlerPaths[kind].map((name) => ["default", name])
  const usual = {path: first, fallbackPath: older ?? null, fallbackValue: older ? "[undefined]" : null}
  return {...usual, ...(typeof one === "string" ? {value: one} : one)}
}

function expand(name, facts) {
  if (facts.evaluates === false) return facts
  const {evaluates = true, settings = noSettings} = facts
  const head = {evaluates, settings}
  if (name === "index.js") {
    const {calls = [], surfaces = {}} = facts
    const registered = Array.isArray(surfaces) ? surfaces : [{...emptySurfaces, ...surfaces}]
    return {...head, surfaces: registered, serverFunctionIds: calls}
  }
  const modules = (kind) => (facts[kind] === null ? null : each(facts[kind], expandModule))
  const shared = name === "server.js" ? {webhooks: modules("webhooks"), events: modules("events")} : {}
  const workflow = each(facts.workflow, (block) => each(block, expandHandler))
  const dispatchers = {...entryPoints, ...facts.entryPoints}
  return {...head, entryPoints: dispatchers, modules: modules("modules"), ...shared, workflow}
}

function readFiles(from, below = "") {
  if (!fs.existsSync(path.join(from, below))) return {}
  return fs.readdirSync(path.join(from, below), {withFileTypes: true}).reduce((all, entry) => {
    const name = path.posix.join(below, entry.name)
    const whole = path.join(from, name)
    return Object.assign(all, entry.isDirectory() ? readFiles(from, name) : {[name]: fs.readFileSync(whole)})
  }, {})
}

// --- the texts -------------------------------------------------------------------------------

function readOfficial({arg, lines}) {
  const official = {refuses: arg === "refuses", files: [], bundles: {}}
  for (const line of lines) {
    const [, name, rest] = /^(\S+) (.*)$/.exec(line)
    if (name === "files") official.files = words(rest)
    else if (name === "settings") official.settings = words(rest)
    else if (name === "register") official.register = JSON.parse(rest)
    else official.bundles[name] = expand(name, JSON.parse(rest))
  }
  return official
}

function readText(file) {
  const probe = {about: "", files: {}, packages: {}, official: undefined}
  const known = ["about", "app", "file", "package", "official"]
  for (const section of sections(fs.readFileSync(file, "utf8"), known)) {
    const [name, ...options] = words(section.arg)
    if (section.name === "about") probe.about = section.arg
    else if (section.name === "app") Object.assign(probe.files, standard)
    else if (section.name === "official") probe.official = readOfficial(section)
    else {
      const to = section.name === "file" ? probe.files : probe.packages
      to[name] = fileContent(section.lines, options)
    }
  }
  return probe
}

// --- folders ---------------------------------------------------------------------------------

const plainModule = ({exports, default: value, load_error}) =>
  load_error ? {fails: true} : `${exports}` === "default" ? value : {exports, default: value}

function plainHandler(one) {
  const {resolves_to: value, fallback_resolves_to: fallbackValue, load_error} = one
  if (load_error) return {fails: true}
  return fallbackValue === null || fallbackValue === "[undefined]" ? value : {value, fallbackValue}
}

// What a bundle's facts in expected.json say, without what is so in nearly every bundle.
function shorten(name, facts) {
  if (!facts.evaluates) return {evaluates: false}
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
  const short = {}
  const add = (key, value, usual = {}) => {
    if (value && !same(value, usual)) short[key] = value
  }
  add("settings", facts.registerSettingsSchema, noSettings)
  if (name === "index.js") {
    const [only, ...more] = facts.surfaces
    const keys = Object.keys(emptySurfaces).every((key) => only?.[key])
    const used = Object.entries(only ?? {}).filter(([, list]) => list.length > 0)
    add("surfaces", keys && more.length === 0 ? Object.fromEntries(used) : facts.surfaces)
    add("calls", facts.serverFunctionIds, [])
    return short
  }
  const other = Object.entries(entryPoints).filter(([key, kind]) => facts.entry_points[key] !== kind)
  add("entryPoints", Object.fromEntries(other.map(([key]) => [key, facts.entry_points[key]])))
  for (const kind of ["modules", "webhooks", "events"]) {
    if (facts[kind] === null && name === "server.js") short[kind] = null
    else add(kind, each(facts[kind], plainModule))
  }
  add("workflow", each(facts.workflow, (block) => each(block, plainHandler)))
  return short
}

function readFolder(from) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(from, name), "utf8"))
  const expected = read("expected.json")
  const official = {refuses: expected.exit !== 0, files: Object.keys(expected.files_generated), bundles: {}}
  official.short = each(expected.bundle, (facts, name) => shorten(name, facts))
  official.bundles = each(official.short, (facts, name) => expand(name, facts))
  const {".attio/settings.d.ts": settings, ".attio/register.d.ts": register} = expected.files_generated
  if (settings) official.settings = [/from "(.*)"/.exec(settings)[1], /\["(\w+)"\]/.exec(settings)[1]]
  if (register) {
    const lists = [...register.matchAll(/(appPageSlugs|recordTabIds): (.*)/g)]
    const names = (text) => [...text.matchAll(/"(.*?)"/g)].map((match) => match[1])
    official.register = Object.fromEntries(lists.map(([, key, text]) => [key, names(text)]))
  }
  const files = readFiles(path.join(from, "app"))
  return {about: read("case.json").note, files, packages: readFiles(path.join(from, "extra_node_modules")), official}
}

function isPlainBuild(from) {
  const {args = ["build"], sh, argv} = JSON.parse(fs.readFileSync(path.join(from, "case.json"), "utf8"))
  return !sh && !argv && JSON.stringify(args) === '["build"]'
}

const quote = (name) => (/\s/.test(name) ? `"${name}"` : name)

function section(kind, name, bytes) {
  const text = bytes.toString()
  const tell = (lines, ...options) =>
    [`-- ${[kind, quote(name), ...options].join(" ")}`, ...lines.map((line) => line.replace(/^--/, "\\--"))].join("\n")
  const plain = Buffer.from(text).equals(bytes) && !/[\0-\x08\r\x0b-\x1f]|\n\n$|^\n$/.test(text)
  if (plain && text.endsWith("\n")) return tell(text.slice(0, -1).split("\n"))
  if (plain) return tell(text ? text.split("\n") : [], ...(text ? ["no-newline"] : []))
  const names = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "\0": "\\0"}
  const hex = (c) => names[c] ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`
  return tell([bytes.toString("latin1").replace(/[^ -\[\]-~]/g, hex)], "escapes", "no-newline")
}

function pack({about, files, packages, official}) {
  const isStandard = ([name, bytes]) => standard[name]?.equals(bytes)
  const usual = Object.keys(standard).every((name) => files[name])
  const own = Object.entries(files).filter((one) => !usual || !isStandard(one))
  const lines = Object.entries(official.short).map(([name, facts]) => `${name} ${JSON.stringify(facts)}`)
  if (official.files.length) lines.unshift(`files ${official.files.map(quote).join(" ")}`)
  if (official.settings) lines.push(`settings ${official.settings.join(" ")}`)
  if (official.register) lines.push(`register ${JSON.stringify(official.register)}`)
  return [
    `-- about ${about}`,
    ...(usual ? ["-- app standard"] : []),
    ...own.map(([name, bytes]) => section("file", name, bytes)),
    ...Object.entries(packages).map(([name, bytes]) => section("package", name, bytes)),
    [`-- official ${official.refuses ? "refuses" : "builds"}`, ...lines].join("\n"),
    "",
  ].join("\n")
}

// --- what the tests ask ----------------------------------------------------------------------

// Names of all probes that are a plain build, sorted; `others` is how many are not.
export function probeNames() {
  if (!fs.existsSync(folder)) throw new Error(`no probes in ${folder}: name their folder with PROBES`)
  const entries = fs.readdirSync(folder)
  const texts = entries.filter((name) => name.endsWith(".app")).map((name) => name.slice(0, -".app".length))
  const folders = entries.filter((name) => fs.existsSync(path.join(folder, name, "case.json")))
  const plain = folders.filter((name) => isPlainBuild(path.join(folder, name)))
  return {names: [...texts, ...plain].sort(), others: folders.length - plain.length}
}

// {about, files, packages, official}: files and packages by path as bytes.
export function readProbe(name) {
  const file = path.join(folder, `${name}.app`)
  if (fs.existsSync(file)) return readText(file)
  if (fs.existsSync(path.join(folder, name, "expected.json"))) return readFolder(path.join(folder, name))
  throw new Error(`no probe app ${name} in ${folder}`)
}

export function writeFiles(files, to) {
  fs.mkdirSync(to, {recursive: true})
  for (const [name, bytes] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(to, name)), {recursive: true})
    fs.writeFileSync(path.join(to, name), bytes)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, to] = process.argv.slice(2)
  if (!to) {
    console.error("usage: node tests/probes/apps.mjs NAME FOLDER | pack FOLDER")
    process.exit(2)
  }
  if (what === "pack") process.stdout.write(pack(readFolder(to)))
  else {
    const {files, packages} = readProbe(what)
    writeFiles(files, to)
    writeFiles(packages, path.join(to, "node_modules"))
  }
}
