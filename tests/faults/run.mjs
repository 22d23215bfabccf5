#!/usr/bin/env node
// The machine fails in the middle of a command: calls to the system fall short, are interrupted or
// fail, one after the other, and memory runs out (inject.c). Whatever happens, a command ends by
// itself, with a documented exit code and a whole answer, changes nothing half, leaves no temporary
// file, and never answers something else than without the fault. Linux only.
//   node tests/faults/run.mjs [--bin PATH] [--points N] [--seed N] [--only TEXT] [--call CALL] [--verbose]
import {execFileSync, spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(here, "../..")
const {values} = parseArgs({
  options: {
    bin: {type: "string", default: path.join(root, "build/attio")},
    points: {type: "string", default: "24"},
    seed: {type: "string", default: "1"},
    only: {type: "string", default: ""},
    call: {type: "string", default: ""},
    verbose: {type: "boolean", default: false},
  },
})
const bin = path.resolve(values.bin)
const points = Number(values.points)
const work = fs.mkdtempSync(path.join(os.tmpdir(), "attio-faults-"))
process.on("exit", () => fs.rmSync(work, {recursive: true, force: true}))

if (process.platform !== "linux") {
  console.log("fault injection needs Linux: skipped")
  console.log("0 passed, 0 failed, 1 skipped")
  process.exit(0)
}
const library = path.join(work, "inject.so")
execFileSync(process.env.CC ?? "cc", [
  ...["-std=gnu17", "-D_GNU_SOURCE", "-O1", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"],
  ...["-o", library, path.join(here, "inject.c"), "-ldl"],
])

// A fault that is gone when the call is repeated changes nothing that a user sees.
const harmless = ["read-short", "read-eintr", "write-short", "write-eintr"]
// Something of the machine is used up.
const scarce = ["open-emfile", "alloc"]
const faults = {
  read: ["read-short", "read-eintr", "read-eio"],
  write: ["write-short", "write-eintr", "write-enospc", "write-eio"],
  open: ["open-emfile"],
  mkdir: ["mkdir-enospc"],
  rename: ["rename-eio"],
  sync: ["sync-eio"],
  alloc: ["alloc"],
}

// Where an app lies, what is run there, and with which exit codes the command may end. A file of
// the app that cannot be read is a finding (1), a configuration that cannot be read is 2.
const commands = [
  {name: "validate", words: ["validate", "--json"], exits: [1, 2, 8]},
  {name: "warm validate", words: ["validate", "--json"], exits: [1, 2, 8], warm: true},
  {name: "types", words: ["types", "--json"], exits: [1, 2, 8]},
  {name: "build", words: ["build", "--no-check", "--json"], exits: [1, 2, 8]},
  {name: "checked build", words: ["build", "--json"], exits: [1, 2, 8], share: 0.25},
  {name: "deploy", words: ["deploy", "--local", "--app", "app", "--json"], exits: [1, 2, 4, 5, 6, 8], share: 0.5, excuse: unremembered, serves: true},
  // SQLite and libmicrohttpd do most of it. Its own process for app code is not waited for.
  {name: "records", words: ["records", "create", "people", "--values", '{"name": "Ada"}', "--json"], exits: [1, 2, 4, 5, 6, 8], share: 0.25, serves: true},
  {name: "init", words: ["init", "new", "--json"], exits: [2, 8], empty: true, excuse: withoutGit},
]

// The app matters more than its repository: where git fails there is a warning, and none at all.
function withoutGit(result, after) {
  const answer = document(result.stdout)
  if (answer?.git !== "none" || !result.stderr.includes("the app has no git repository")) return undefined
  if (Object.keys(after).some((name) => path.basename(name) === ".git")) return "left half a repository"
  return Object.keys(after).length === answer.files.length ? "" : "did not write all"
}

// What is published is published, though nothing can be written down of it: a warning says so.
function unremembered(result, after) {
  if (!/published (but not|cannot be) remembered|what is published cannot be remembered/.test(result.stderr)) return undefined
  const odd = Object.keys(after).find((name) => /\.attio-|\.tmp/.test(name))
  return odd === undefined ? "" : `left ${odd} behind`
}

const warm = path.join(work, "cache")
const model = path.join(work, "model")
fs.mkdirSync(path.join(work, "home"))

function environment(more) {
  const keep = ["PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"].filter((name) => process.env[name])
  return {
    ...Object.fromEntries(keep.map((name) => [name, process.env[name]])),
    HOME: path.join(work, "home"),
    TMPDIR: path.join(work, "tmp"),
    LC_ALL: "C.UTF-8",
    ATTIO_CACHE_DIR: warm,
    ...more,
  }
}

// Runs the program; resolves with what it made of it.
function run(words, cwd, more) {
  return new Promise((resolve) => {
    const child = spawn(bin, words, {cwd, env: environment(more), stdio: ["ignore", "pipe", "pipe"]})
    const out = {stdout: "", stderr: ""}
    const timer = setTimeout(() => child.kill("SIGKILL"), 30_000)
    child.stdout.on("data", (bytes) => (out.stdout += bytes))
    child.stderr.on("data", (bytes) => (out.stderr += bytes))
    child.on("close", (code, signal) => {
      clearTimeout(timer)
      resolve({...out, code, signal})
    })
  })
}

// Every file below a folder with its content; packages and git's own data do not count, but for
// what tells whether a repository is whole.
function snapshot(folder, prefix = "") {
  const files = {}
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const name = path.join(prefix, entry.name)
    const whole = path.join(folder, entry.name)
    if (entry.name === "node_modules") continue
    if (entry.name === ".git") files[name] = fs.existsSync(path.join(whole, "HEAD")) ? "git" : "half"
    else if (entry.isDirectory()) Object.assign(files, snapshot(whole, name))
    else if (/platform\.db/.test(name)) files[name] = "store"
    else files[name] = fs.readFileSync(whole, "utf8").replaceAll(/"(at|app_id)":\s*"[^"]*"/g, '"$1":0')
  }
  return files
}

// What does not depend on the moment.
function settled(text) {
  return text
    .replaceAll(/"(ms|created_at|id|url)":\s*("[^"]*"|\d+)/g, '"$1":0')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "UUID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\b\d+(\.\d+)? ms\b/g, "N ms")
    .replaceAll(/\/(app|new)-\d+/g, "/$1")
}

let made = 0
async function prepare(command) {
  const folder = path.join(work, `app-${made++}`)
  if (command.empty) {
    fs.mkdirSync(folder)
  } else {
    fs.cpSync(model, folder, {recursive: true})
    fs.symlinkSync(path.join(root, "tests/sdk/node_modules"), path.join(folder, "node_modules"))
  }
  return folder
}

function document(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// What is wrong with a run that suffered the fault, compared to the one that did not.
function judge(command, fault, result, before, after, reference) {
  const same = settled(result.stdout) === settled(reference.stdout)
  // The schema that cannot be read is told, and its documents keep the types that they have.
  if (result.code === 0 && /the schema of the `attio` package cannot be used/.test(result.stderr + result.stdout)) {
    return Object.entries(after).every(([name, text]) => [before[name], reference.files[name]].includes(text))
      ? undefined
      : "changed files without the schema"
  }
  const excuse = command.excuse?.(result, after)
  if (excuse !== undefined && result.code === 0 && !harmless.includes(fault)) return excuse || undefined
  if (result.signal) return `ended by ${result.signal}`
  if (/Sanitizer|runtime error/.test(result.stderr)) return "the sanitizer complains"
  if (harmless.includes(fault) && (result.code !== reference.code || !same)) return "answered differently"
  // Nobody's mistake: neither a finding nor a wrong argument.
  // But libmicrohttpd has no way to tell that it got no memory: it closes the connection (6).
  const fair = [reference.code, 8, ...(command.serves && fault === "alloc" ? [6] : [])]
  if (scarce.includes(fault) && !fair.includes(result.code)) return `exit code ${result.code} for a shortage`
  if (result.code !== reference.code && !command.exits.includes(result.code)) return `exit code ${result.code}`
  if (result.code === 0 && !same) return "exit code 0 with another answer"
  if (result.stdout !== "" && document(result.stdout) === undefined && !fault.startsWith("write")) {
    return "half an answer"
  }
  if (result.code !== 0 && result.stdout === "" && result.stderr === "") return "no word"
  if (result.code === 70) return "took it for a defect of its own"
  for (const [name, content] of Object.entries(after)) {
    const known = content === before[name] || content === reference.files[name]
    // Without memory nothing can be tidied up.
    if (!known && !(fault === "alloc" && /\.attio-|\.tmp|platform\.db-/.test(name))) return `left ${name} behind, or changed it`
  }
  for (const name of Object.keys(before)) if (!(name in after)) return `removed ${name}`
  if (result.code === 0 && Object.keys(reference.files).some((name) => !(name in after))) return "did not write all"
  return undefined
}

let seed = Number(values.seed)
const random = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x80000000)

// Spread over the whole run, not always the same ones.
function positions(count, wanted) {
  if (count <= wanted) return Array.from({length: count}, (_, i) => i + 1)
  return Array.from({length: wanted}, (_, i) => 1 + Math.floor(((i + random()) * count) / wanted))
}

let passed = 0
let failed = 0

// Most runs start without a cache, so that everything is read, made and written.
const cacheOf = (command, folder) => (command.warm ? {} : {ATTIO_CACHE_DIR: `${folder}-cache`})

async function one(command, fault, at, before, reference) {
  const folder = await prepare(command)
  const injected = {LD_PRELOAD: library, FAULT: fault, FAULT_AT: String(at)}
  const result = await run(command.words, folder, {...injected, ...cacheOf(command, folder)})
  const problem = judge(command, fault, result, before, snapshot(folder), reference)
  if (!problem) passed++
  else {
    failed++
    console.log(`FAIL  attio ${command.words.join(" ")}: ${fault} at ${at}: ${problem} (exit code ${result.code})`)
    if (values.verbose) console.log(`${result.stdout}${result.stderr}`.replace(/^/gm, "    "))
  }
  fs.rmSync(folder, {recursive: true, force: true})
  fs.rmSync(`${folder}-cache`, {recursive: true, force: true})
}

async function sweep(command) {
  const log = path.join(work, "log")
  const first = await prepare(command)
  const before = snapshot(first)
  if (command.warm) await run(command.words, first, {})
  const counted = {LD_PRELOAD: library, FAULT_LOG: log, ...cacheOf(command, first)}
  const reference = await run(command.words, first, counted)
  if (reference.code !== 0) throw new Error(`${command.name} fails by itself: ${reference.stdout}${reference.stderr}`)
  reference.files = snapshot(first)
  const counts = Object.fromEntries(
    fs.readFileSync(log, "utf8").trim().split("\n").map((line) => line.split(" ")),
  )
  const jobs = Object.entries(faults).filter(([call]) => call.includes(values.call)).flatMap(([call, names]) =>
    names.flatMap((fault) =>
      positions(Number(counts[call]), Math.ceil(points * (command.share ?? 1) * (call === "alloc" ? 4 : 1))).map(
        (at) => () => one(command, fault, at, before, reference),
      ),
    ),
  )
  const lane = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job()
  }
  await Promise.all(Array.from({length: os.cpus().length}, lane))
}

fs.mkdirSync(path.join(work, "tmp"))
const started = await run(["init", "model", "--no-git"], work, {})
if (started.code !== 0) throw new Error(started.stderr)
// Every kind of file that is read, and a text that our parser asks esbuild about.
const add = (file, text) => fs.writeFileSync(path.join(model, file), text)
add("src/doubtful.ts", "declare const t: any\nexport const tagged = t<string>`x`\n")
add("src/query.graphql", "query one { currentUser { id } }\n")
add(".env", "GREETING=hello\n")
fs.renameSync(path.join(model, "tsconfig.json"), path.join(model, "tsconfig.base.json"))
add("tsconfig.json", `{"extends": "./tsconfig.base.json", "include": ["src", ".attio"]}\n`)
for (const command of commands.filter((each) => each.name.includes(values.only))) await sweep(command)
const leftovers = fs.readdirSync(path.join(work, "tmp"))
if (leftovers.length > 0) {
  failed++
  console.log(`FAIL  left in TMPDIR: ${leftovers.slice(0, 5).join(" ")}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
