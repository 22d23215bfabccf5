// esbuild as the judge of our module graph: what `validate` thinks ends up in the bundles, and what
// imports what, against the metafile of `attio build`.
//   node tests/graph/run.mjs [--build FOLDER] [--seed N [--broken]] [--count N] [NAME...]
// --seed takes one generated app (generate.mjs), --count how many are tried. In broken ones imports
// lead nowhere, which `validate` must say of the same imports as the bundler. Ends with
// `N passed, N failed`.
import {execFileSync, spawnSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {probeNames, readProbe, writeFiles} from "../probes/apps.mjs"
import {apps} from "./apps.mjs"
import {generate} from "./generate.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const sdk = path.join(root, "tests/sdk/node_modules")
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    build: {type: "string", default: "build"},
    seed: {type: "string"},
    broken: {type: "boolean", default: false},
    count: {type: "string", default: "40"},
    keep: {type: "boolean", default: false},
  },
})
const build = path.resolve(root, values.build)
const temporary = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-graph-")))
process.on("exit", () => (values.keep ? console.log(temporary) : fs.rmSync(temporary, {recursive: true, force: true})))
const env = {PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary, LC_ALL: "C.UTF-8", ATTIO_CACHE_DIR: path.join(temporary, "cache")}

// --- apps ------------------------------------------------------------------------------------------

function linkSdk(folder) {
  const modules = path.join(folder, "node_modules")
  fs.mkdirSync(modules, {recursive: true})
  for (const name of ["attio", "react", "graphql", "@types"]) {
    const to = path.join(modules, name)
    if (!fs.existsSync(to) && fs.existsSync(path.join(sdk, name))) fs.symlinkSync(path.join(sdk, name), to)
  }
}

function write(folder, {files, links}) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true})
    fs.writeFileSync(path.join(folder, name), text)
  }
  for (const [name, target] of Object.entries(links ?? {})) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true})
    fs.symlinkSync(target, path.join(folder, name))
  }
}

// Name -> what writes the app into a folder.
function allApps() {
  const made = (seed, broken) => [`seed ${seed}${broken ? " --broken" : ""}`, (folder) => write(folder, generate(seed, broken)), broken]
  if (values.seed) return [made(Number(values.seed), values.broken)]
  const list = Object.entries(apps).map(([name, app]) => [name, (folder) => write(folder, app)])
  for (const name of fs.readdirSync(path.join(root, "templates"))) {
    list.push([`template ${name}`, (folder) => fs.cpSync(path.join(root, "templates", name), folder, {recursive: true})])
  }
  for (const name of probeNames().names) {
    list.push([`probe ${name}`, (folder) => {
      const {files, packages} = readProbe(name)
      writeFiles(files, folder)
      writeFiles(packages, path.join(folder, "node_modules"))
    }])
  }
  for (let seed = 1; seed <= Number(values.count); seed++) list.push(made(seed, false), made(seed, true))
  return list.filter(([name]) => !positionals.length || positionals.some((one) => name.includes(one)))
}

// --- the two graphs --------------------------------------------------------------------------------

// Files of packages, and what is made up (`attio:client`, `global-externals:attio`), are no part of
// it. A module that a `browser` map leaves empty is loaded as nothing.
const isOwn = (file) => !/(^|\/)node_modules\//.test(file) && !/^[\w()-]+:/.test(file) && !file.startsWith("<")

function bundled(folder) {
  const metafile = path.join(folder, "meta.json")
  const {status, stdout, stderr} = spawnSync(
    path.join(build, "attio"),
    ["build", "--no-check", "--no-validate", "--metafile", metafile, "--format", "unix"],
    {cwd: folder, env, encoding: "utf8"},
  )
  if (!fs.existsSync(metafile)) return {status, said: stdout + stderr}
  const {inputs} = JSON.parse(fs.readFileSync(metafile, "utf8"))
  const files = new Set()
  const edges = new Set()
  // `x.ts?raw` is loaded beside `x.ts`, from the same file.
  const plain = (name) => (fs.existsSync(path.join(folder, name)) ? name : name.replace(/[?#].*/, ""))
  for (const [file, {imports}] of Object.entries(inputs)) {
    if (!isOwn(file)) continue
    files.add(plain(file))
    for (const one of imports) {
      if (!one.external && isOwn(one.path)) edges.add(`${plain(file)} -> ${plain(one.path)}`)
    }
  }
  return {status, files, edges}
}

function modelled(folder) {
  const out = execFileSync(path.join(build, "graph/graph"), {input: `${folder}\n`, encoding: "utf8"})
  const {files} = JSON.parse(out)
  const edges = new Set()
  for (const [file, list] of Object.entries(files)) for (const {to} of list) edges.add(`${file} -> ${to}`)
  return {files: new Set(Object.keys(files)), edges}
}

const less = (a, b) => [...a].filter((one) => !b.has(one)).sort()

// Edges by a pattern are not in the metafile: what they lead to is among the files.
function compare(folder) {
  const [theirs, ours] = [bundled(folder), modelled(folder)]
  if (!theirs.files) return {refused: theirs.said}
  return {
    wrong: [
      ...less(theirs.files, ours.files).map((one) => `bundled, but not in the model: ${one}`),
      ...less(ours.files, theirs.files).map((one) => `in the model, but not bundled: ${one}`),
      ...less(theirs.edges, ours.edges).map((one) => `an import that the model lacks: ${one}`),
      ...less(ours.edges, theirs.edges)
        .filter((one) => !/globs?\//.test(one))
        .map((one) => `an import that only the model has: ${one}`),
    ],
  }
}

// Imports that lead nowhere, as one of our commands says: file and message, since the bundler tells
// equal ones of a file once.
function unresolved(folder, ...args) {
  const {stdout} = spawnSync(path.join(build, "attio"), [...args, "--format", "unix"], {cwd: folder, env, encoding: "utf8"})
  const found = new Set()
  for (const line of stdout.split("\n")) {
    const [, file, message] = /^(.*?):\d+:\d+: error ATT9001 \S+ (.*)$/.exec(line) ?? []
    if (file) found.add(`${path.relative(folder, fs.realpathSync(path.join(folder, file)))}: ${message}`)
  }
  return found
}

function compareBroken(folder) {
  const theirs = unresolved(folder, "build", "--no-check", "--no-validate")
  const ours = unresolved(folder, "validate", "--select", "ATT9001")
  if (theirs.size === 0 && ours.size === 0) return compare(folder)
  return {
    wrong: [
      ...less(theirs, ours).map((one) => `only the bundler says: ${one}`),
      ...less(ours, theirs).map((one) => `only validate says: ${one}`),
    ],
  }
}

// --- the run ---------------------------------------------------------------------------------------

let passed = 0
let failed = 0
let refused = 0
for (const [number, [name, make, broken]] of allApps().entries()) {
  const folder = path.join(temporary, String(number))
  fs.mkdirSync(folder)
  make(folder)
  linkSdk(folder)
  const result = broken ? compareBroken(folder) : compare(folder)
  // The probes that the build refuses have no bundles; all others must have.
  if (result.refused !== undefined && name.startsWith("probe ")) refused++
  else if (result.refused === undefined && result.wrong.length === 0) passed++
  else {
    failed++
    console.log(`FAIL  ${name}`)
    for (const line of result.wrong ?? result.refused.split("\n")) console.log(`    ${line}`)
    const flag = name.startsWith("seed ") ? `--seed ${name.slice(5)}` : `"${name}"`
    console.log(`    repeat: node tests/graph/run.mjs ${flag}`)
  }
  if (!values.keep) fs.rmSync(folder, {recursive: true, force: true})
}
console.log(`${passed} passed, ${failed} failed, ${refused} apps without bundles`)
process.exitCode = failed ? 1 : 0
