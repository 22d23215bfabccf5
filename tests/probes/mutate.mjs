#!/usr/bin/env node
// Damaged apps: the files of the probes with random edits, as a text editor, a merge or a crash
// leaves them. `attio validate` must end in time with exit code 0 or 1, say the same when it is run
// again, and name only places that are there; --fix must not change what it has fixed already.
//   node tests/probes/mutate.mjs [--bin PATH] [--seed N] [--runs N]
import {spawnSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {seeded} from "../runner/random.mjs"
import {probeNames, readProbe, writeFiles} from "./apps.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const {values} = parseArgs({
  options: {
    bin: {type: "string", default: path.join(root, "build/attio")},
    seed: {type: "string", default: "1"},
    runs: {type: "string", default: "150"},
  },
})
const bin = path.resolve(values.bin)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-mutate-"))
process.on("exit", () => fs.rmSync(folder, {recursive: true, force: true}))

const pieces = [
  ...["{", "}", "(", ")", "[", "]", "<", ">", "`", '"', "'", "${", "/*", "*/", "//", "\\", "\0"],
  ...["\r\n", "\u2028", "\ufeff", "\t", "🙂", "漢字", "\udc00", "=>", "async ", "await ", "export default "],
  ...["import x from ", "as const", " satisfies X", "?.", "...", "!", "@", "#", "<div>", "</>", "fetch"],
  ...["(".repeat(3000), "{a:".repeat(2000), "a?".repeat(2000), "<a>".repeat(1000), "x".repeat(70000)],
]

const edits = [
  (text, at) => text.slice(0, at),
  (text, at, random) => text.slice(0, at) + text.slice(at + 1 + random(40)),
  (text, at, random) => text.slice(0, at) + pieces[random(pieces.length)] + text.slice(at),
  (text, at, random) => text.slice(0, at) + text.slice(random(text.length + 1), at + 200) + text.slice(at),
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll("\n", ""),
  (text, at, random) => text.split("\n").sort(() => random(3) - 1).join("\n"),
]

function filesBelow(where) {
  return fs.readdirSync(where, {withFileTypes: true}).flatMap((entry) => {
    const whole = path.join(where, entry.name)
    if (entry.name === "node_modules") return []
    return entry.isDirectory() ? filesBelow(whole) : entry.isFile() ? [whole] : []
  })
}

function run(app, ...args) {
  const env = {PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8", ...sanitizers()}
  return spawnSync(bin, args, {cwd: app, env, timeout: 60_000, maxBuffer: 1 << 28})
}

function sanitizers() {
  const names = ["ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"].filter((name) => process.env[name])
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}

function checkPlaces(app, document) {
  for (const one of document.diagnostics) {
    if (!one.range) continue
    const bytes = fs.readFileSync(path.join(app, one.file))
    const {start, end} = one.range
    if (start.offset > end.offset || end.offset > bytes.length) throw new Error(`${one.code}: no such place`)
    const lines = bytes.subarray(0, start.offset).toString("latin1").split("\n").length
    if (lines !== start.line) throw new Error(`${one.code}: line ${start.line} is line ${lines}`)
  }
}

function validate(app) {
  const {status, signal, stdout, stderr} = run(app, "validate", "--json")
  if (status !== 0 && status !== 1) throw new Error(`${signal ?? `exit code ${status}`}\n${stderr}`)
  const document = JSON.parse(stdout)
  checkPlaces(app, document)
  return JSON.stringify(document.diagnostics)
}

function contents(app) {
  return JSON.stringify(filesBelow(app).map((file) => [file, fs.readFileSync(file).toString("latin1")]))
}

function attempt(seed, names) {
  const next = seeded(seed)
  const random = (below) => Math.floor(next() * below)
  const name = names[random(names.length)]
  const app = path.join(folder, `${seed}`)
  writeFiles(readProbe(name).files, app)
  const files = filesBelow(app).filter((file) => /\.([cm]?[jt]sx?|json|graphql|gql)$/.test(file))
  for (let left = 1 + random(3); left > 0 && files.length > 0; left--) {
    const file = files[random(files.length)]
    const text = fs.readFileSync(file, "utf8")
    fs.writeFileSync(file, edits[random(edits.length)](text, random(text.length + 1), random))
  }
  try {
    const first = validate(app)
    if (validate(app) !== first) throw new Error("the second run says something else")
    run(app, "validate", "--fix=unsafe")
    const fixed = contents(app)
    run(app, "validate", "--fix=unsafe")
    if (contents(app) !== fixed) throw new Error("--fix changes what it has fixed")
    fs.rmSync(app, {recursive: true})
    return true
  } catch (error) {
    const kept = path.join(os.tmpdir(), `attio-mutate-failed-${seed}`)
    fs.rmSync(kept, {recursive: true, force: true})
    fs.cpSync(app, kept, {recursive: true})
    console.log(`FAIL  ${name}, --seed ${seed} --runs 1: ${error.message}\n      kept in ${kept}`)
    return false
  }
}

const {names} = probeNames()
let [passed, failed] = [0, 0]
for (let i = 0; i < Number(values.runs); i++) {
  if (attempt(Number(values.seed) + i, names)) passed++
  else failed++
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
