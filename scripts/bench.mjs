// How long our commands take, beside the official CLI and the bare engine. Medians of wall time
// in one quiet run; hyperfine takes them when it is there. Never fails because of a time.
import {execFileSync, spawnSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {readProbe, writeFiles} from "../tests/probes/apps.mjs"
import {makeApp} from "./make-app.mjs"

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const build = path.resolve(root, process.argv[2] ?? "build")
const runs = Math.max(1, Number(process.env.RUNS) || 15)
const slowRuns = Math.min(runs, 3) // of programs that take seconds

const attio = path.join(build, "attio")
const modules = path.join(root, "tests/sdk/node_modules")
const official = path.join(modules, ".bin/attio")
const esbuild = findEngine("@esbuild", "bin/esbuild")
const tsc = findEngine("@typescript", "lib/tsc")
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "attio-bench-"))
process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))

const env = {
  ...{PATH: process.env.PATH, HOME: path.join(temporary, "home"), LC_ALL: "C.UTF-8"},
  ...{GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com"},
  ...{GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com"},
}

function findEngine(scope, program) {
  const folder = path.join(root, "lib/deps/node_modules", scope)
  const [name] = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  return name && path.join(folder, name, program)
}

const has = (program) => spawnSync(program, ["--version"], {stdio: "ignore"}).status === 0
const hyperfine = has("hyperfine")

function median(times) {
  const sorted = [...times].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const quote = (words) => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ")

// Before each run, not measured: `before` is removed, or `change` gets one more line.
const removal = (before) => ["rm", "-rf", before]
const edit = (change) => ["sh", "-c", `echo "// changed" >>${quote([change])}`]

function withHyperfine({command, cwd, before, change, env: own = env}, count) {
  const report = path.join(temporary, "times.json")
  const quoted = quote(command)
  const args = ["-N", "--style", "none", "--warmup", count > 3 ? "3" : "1", "--runs", String(count)]
  if (before) args.push("--prepare", quote(removal(before)))
  if (change) args.push("--prepare", quote(edit(change)))
  const {status, stderr} = spawnSync("hyperfine", [...args, "--export-json", report, quoted], {
    cwd,
    env: own,
    encoding: "utf8",
  })
  if (status !== 0) throw new Error(stderr.trim().split("\n").pop())
  const [{times}] = JSON.parse(fs.readFileSync(report, "utf8")).results
  return times.map((seconds) => seconds * 1000)
}

function withLoop({command, cwd, before, change, env: own = env}, count) {
  const times = []
  for (let i = -1; i < count; i++) {
    if (before) fs.rmSync(before, {recursive: true, force: true})
    if (change) fs.appendFileSync(change, "// changed\n")
    const start = process.hrtime.bigint()
    const {status} = spawnSync(command[0], command.slice(1), {cwd, env: own, stdio: "ignore"})
    const ms = Number(process.hrtime.bigint() - start) / 1e6
    if (status !== 0) throw new Error(`exit code ${status}`)
    if (i >= 0) times.push(ms) // the first one warms up
  }
  return times
}

// Median in ms, or undefined with the reason on stderr: a table with a hole is better than none.
function measure(what, job, count = runs) {
  if (!job) return undefined
  try {
    return median((hyperfine ? withHyperfine : withLoop)(job, count))
  } catch (error) {
    console.error(`${what}: ${job.command.join(" ")}: ${error.message}`)
    return undefined
  }
}

const number = (ms) => (ms === undefined ? "-" : ms >= 100 ? ms.toFixed(0) : ms.toFixed(1))
const rows = []

function add(what, ours, others = {}) {
  const mine = measure(what, ours)
  const row = [what, number(mine)]
  for (const name of ["official", "engine"]) {
    const theirs = measure(what, others[name], name === "official" ? slowRuns : runs)
    const ratio = mine && theirs ? `${(theirs / mine).toFixed(theirs / mine < 10 ? 2 : 0)}x` : ""
    row.push(number(theirs), ratio)
  }
  rows.push(row)
}

// `attio validate` as its caches make it, beside the official lint preset: five rules, in ESLint.
const lintRows = []

function addLint(count) {
  const app = path.join(temporary, `app-of-${count}`)
  const cache = path.join(temporary, `cache-of-${count}`)
  const own = {...env, ATTIO_CACHE_DIR: cache}
  const job = {command: [attio, "validate"], cwd: app, env: own}
  makeApp(count, app)
  linkModules(app)
  const what = `validate, ${count} modules`
  const cold = measure(`${what}, cold`, {...job, before: cache})
  const warm = measure(`${what}, warm`, job)
  const eslint = count <= 1000 ? measure(`${what}, ESLint`, eslintJob(app), slowRuns) : undefined
  const ratio = warm && eslint ? `${(eslint / warm).toFixed(0)}x` : ""
  lintRows.push([what, number(cold), number(warm), number(eslint), ratio])
}

// `attio build` with nothing kept from builds before, with all of it, and after a change of one
// file, beside the official build and the two engines alone that ours runs side by side.
const buildRows = []

function addBuild(name, app, official) {
  const cache = path.join(temporary, `build-cache-${path.basename(app)}`)
  const own = {...env, ATTIO_CACHE_DIR: cache}
  const job = {command: [attio, "build"], cwd: app, env: own}
  const change = filesBelow(path.join(app, "src")).find((file) => /extension\.tsx?$/.test(file))
  // With what it keeps beside tsconfig.json it would only compare stamps the second time.
  const kept = path.join(app, "tsconfig.tsbuildinfo")
  const compiler = tsc && {command: [tsc, "--noEmit", "-p", "."], cwd: app, before: kept}
  const what = `build, ${name}`
  const unchecked = measure(`${what}, --no-check`, {...job, command: [...job.command, "--no-check"]})
  const first = measure(`${what}, the first`, {...job, before: cache})
  const unchanged = measure(`${what}, unchanged`, job)
  const changed = measure(`${what}, one file changed`, {...job, change})
  const theirs = measure(`${what}, official`, official, slowRuns)
  const engines = [engineJob(app), compiler].map((one) => measure(`${what}, engine`, one))
  const slower = Math.max(...engines.map((ms) => ms ?? 0))
  const over = first && slower ? `${(first / slower).toFixed(2)}x` : ""
  const ratio = (ms) => (ms && theirs ? `${(theirs / ms).toFixed(0)}x` : "")
  buildRows.push([
    ...[what, ...[unchecked, first, unchanged, changed, theirs].map(number)],
    ...[ratio(unchanged), ratio(changed), ...engines.map(number), over],
  ])
}

// The preset as the official template uses it.
function eslintJob(app) {
  const program = path.join(modules, "eslint/bin/eslint.js")
  if (!fs.existsSync(program)) return undefined
  const config = path.join(app, "eslint.config.mjs")
  fs.writeFileSync(
    config,
    `import parser from "@typescript-eslint/parser"
import lint from "attio/lint"
const plugin = lint.default ?? lint
const rules = Object.keys(plugin.rules).map((name) => ["attio/" + name, "error"])
export default [{
  files: ["src/**/*.{ts,tsx}"],
  languageOptions: {parser},
  plugins: {attio: plugin},
  rules: Object.fromEntries(rules),
}]
`,
  )
  return {command: [process.execPath, program, "src"], cwd: app}
}

function printTable(head, rows) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  for (const row of all) {
    const cells = row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
    console.log(cells.join("  "))
  }
}

// The largest process of a build (ours or its esbuild) in MiB, and our own alone.
function peakMemory(app) {
  const time = "/usr/bin/time"
  if (!fs.existsSync(time)) return "peak memory: /usr/bin/time is not there"
  const report = path.join(temporary, "memory")
  const measured = (program, args) => {
    const how = process.platform === "darwin" ? ["-l", "-o", report] : ["-f", "%M", "-o", report]
    const {status} = spawnSync(time, [...how, program, ...args], {cwd: app, env, stdio: "ignore"})
    const text = fs.readFileSync(report, "utf8")
    const [, bytes] = text.match(/(\d+)\s+maximum resident/) ?? []
    const kib = bytes ? Number(bytes) / 1024 : Number(text.trim().split("\n").pop())
    return status === 0 && kib ? `${(kib / 1024).toFixed(1)} MiB` : "-"
  }
  const ofBuild = measured(attio, ["build", "--no-check"])
  const ofValidate = measured(attio, ["validate"])
  return `peak memory: build --no-check ${ofBuild} (its largest process), validate ${ofValidate}`
}

function copyApp(from, name) {
  const app = path.join(temporary, name)
  const ownFile = (name) => path.basename(name) !== "node_modules"
  fs.cpSync(from, app, {recursive: true, filter: ownFile})
  spawnSync("chmod", ["-R", "u+w", app])
  return linkModules(app)
}

function linkModules(app) {
  if (fs.existsSync(modules)) fs.symlinkSync(modules, path.join(app, "node_modules"))
  return app
}

function filesBelow(folder) {
  return fs.readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const whole = path.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(whole) : [whole]
  })
}

// The same files through esbuild alone, as one client and one server bundle: the floor for any
// build with this engine.
function engineJob(app) {
  if (!esbuild) return undefined
  const folder = path.join(temporary, `bare-${path.basename(app)}`)
  const parts = {
    client: /(extension\.tsx?|src\/app\.tsx?)$/,
    server: /\.(server|webhook|event)\.[jt]s$/,
  }
  fs.mkdirSync(folder)
  const entries = Object.entries(parts).map(([name, pattern]) => {
    const files = filesBelow(path.join(app, "src")).filter((file) => pattern.test(file))
    const lines = files.map((file, i) => `export * as module${i} from ${JSON.stringify(file)}\n`)
    fs.writeFileSync(path.join(folder, `${name}.js`), lines.join(""))
    return path.join(folder, `${name}.js`)
  })
  const options = ["--bundle", "--platform=browser", "--loader:.graphql=text", "--log-level=error"]
  const hosts = ["attio", "attio/client", "attio/server", "react"]
  const apart = hosts.map((name) => `--external:${name}`)
  const format = ["--format=esm", `--outdir=${path.join(folder, "out")}`]
  return {command: [esbuild, ...entries, ...options, ...apart, ...format], cwd: app}
}

function main() {
  if (!fs.existsSync(attio)) {
    console.error(`${attio} is not there: run make`)
    process.exit(2)
  }
  fs.mkdirSync(env.HOME)
  const hasOfficial = fs.existsSync(official)
  const ours = (cwd, ...args) => ({command: [attio, ...args], cwd})
  const theirs = (cwd, ...args) => (hasOfficial ? {command: [official, ...args], cwd} : undefined)
  const floor = esbuild && {command: [esbuild, "--version"], cwd: temporary}

  const init = ["init", path.join(temporary, "fresh"), "--app", "lead-checker"]
  execFileSync(attio, init, {env, stdio: "ignore"})
  const fresh = linkModules(path.join(temporary, "fresh"))
  const seed = path.join(temporary, "seed-files")
  writeFiles(readProbe("alc-seed-example").files, seed)
  const apps = {"fresh lead-checker": fresh, "seed's example": copyApp(seed, "seed")}

  add("--version", ours(temporary, "--version"), {
    official: theirs(temporary, "--version"),
    engine: floor,
  })
  const created = path.join(temporary, "new-app")
  add("init", {...ours(temporary, "init", "new-app"), before: created})
  for (const [name, app] of Object.entries(apps)) add(`validate, ${name}`, ours(app, "validate"))
  for (const [name, app] of Object.entries(apps)) {
    // The official CLI gets a copy: it leaves generated files in the app.
    const copy = hasOfficial && copyApp(app, `official-${path.basename(app)}`)
    addBuild(name, app, copy ? theirs(copy, "build") : undefined)
  }
  for (const [name, app] of Object.entries(apps)) {
    add(`deploy --local, ${name}`, ours(app, "deploy", "--local", "--app", "lead-checker"))
  }
  for (const count of [100, 1000, 10000]) addLint(count)
  for (const count of [100, 1000]) {
    const app = path.join(temporary, `app-of-${count}`)
    const copy = hasOfficial && copyApp(app, `official-${count}`)
    addBuild(`${count} modules`, app, copy ? theirs(copy, "build") : undefined)
  }

  printTable(["median ms", "attio", "official", "ratio", "esbuild", "ratio"], rows)
  console.log()
  printTable(["median ms", "cold", "warm", "ESLint preset", "ratio"], lintRows)
  console.log()
  const engines = ["official", "ratio unchanged", "ratio one file", "esbuild", "tsc 7", "first/slower"]
  printTable(["median ms", "--no-check", "first", "unchanged", "one file", ...engines], buildRows)
  console.log()
  console.log(peakMemory(fresh))
  const cpus = os.cpus()
  const load = os.loadavg()[0].toFixed(2)
  console.log(`machine: ${cpus.length} cores, ${cpus[0]?.model ?? "unknown"}, load ${load}`)
  const how = hyperfine ? "hyperfine" : "a loop of our own"
  console.log(`${runs} runs each (${slowRuns} of the official CLI), taken with ${how}`)
  if (!hasOfficial) console.log("no official CLI: run (cd tests/sdk && npm ci --ignore-scripts)")
  console.log("ratio: how many times our time the other takes")
  console.log("warm: modules parsed before are known; ESLint preset: the five rules of attio/lint")
  console.log("esbuild: its own --version, or the app's files bundled without split or checks")
  console.log("first/slower: the first build beside the slower one of the bare engines")
}

main()
