#!/usr/bin/env node
// What a command does may grow with the app, not faster: each shape is made in three sizes, each
// twice the one before, and the steps (steps.c) of the second doubling are at most GROWTH times
// those of the first. Twice is linear, four times the square. No time is measured.
//   run.mjs [--bin PATH] [--only TEXT] [--verbose]
import {spawn} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {base, groups} from "./shapes.mjs"
import {findings, formats, hollow, sizes, texts, unfinished, wanted} from "./more.mjs"

const GROWTH = 2.5 // a little more than twice: lists are sorted, and grow by doubling
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const {values} = parseArgs({
  options: {
    bin: {type: "string", default: path.join(root, "build/steps/attio")},
    only: {type: "string", default: ""},
    verbose: {type: "boolean", default: false},
  },
})
if (process.platform !== "linux") {
  console.log("steps are counted on Linux only: skipped")
  console.log("0 passed, 0 failed, 1 skipped")
  process.exit(0)
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), "attio-growth-"))
process.on("exit", () => fs.rmSync(work, {recursive: true, force: true}))

let made = 0
// Makes the app, runs the command there, and gives the steps that it took.
function count(files, words) {
  const app = path.join(work, String(made++))
  const log = `${app}.steps`
  for (const [file, text] of Object.entries({...base, ...files})) {
    fs.mkdirSync(path.dirname(path.join(app, file)), {recursive: true})
    fs.writeFileSync(path.join(app, file), text)
  }
  // The schema that documents are checked against.
  if (files["src/app/extensions/one/query.graphql"]) fs.symlinkSync(path.join(root, "tests/sdk/node_modules"), path.join(app, "node_modules"))
  return new Promise((resolve) => {
    const env = {PATH: process.env.PATH, HOME: work, LC_ALL: "C.UTF-8", STEPS_LOG: log, ATTIO_CACHE_DIR: `${app}.cache`}
    const child = spawn(path.resolve(values.bin), words, {cwd: app, env, stdio: "ignore"})
    const timer = setTimeout(() => child.kill("SIGKILL"), 60_000)
    child.on("close", (code, signal) => {
      clearTimeout(timer)
      const steps = fs.existsSync(log) ? Number(fs.readFileSync(log, "utf8")) : NaN
      for (const each of [app, log, `${app}.cache`]) fs.rmSync(each, {recursive: true, force: true})
      resolve({steps, code: signal ?? code})
    })
  })
}

let passed = 0
let failed = 0
function tell(problem, name, numbers) {
  if (problem) failed++
  else passed++
  if (problem || values.verbose) console.log(`${problem ? "FAIL " : "ok   "} ${name}: ${numbers}${problem ? `: ${problem}` : ""}`)
}

async function judge(name, shape, usual, words) {
  const size = sizes[name] ?? usual
  const runs = []
  for (const n of [size, 2 * size, 4 * size]) runs.push(await count(shape(n), words))
  const [first, second] = [runs[1].steps - runs[0].steps, runs[2].steps - runs[1].steps]
  const odd = runs.find(({code}) => ![0, 1].includes(code))
  // A shape that ends by itself (a limit is told, the rest not read) does not grow at all.
  const grows = second > GROWTH * Math.max(first, runs[0].steps / 10)
  const problem = odd ? `ended with ${odd.code}` : Number.isNaN(second) ? "no steps" : grows ? "grows faster than the app" : ""
  tell(problem, name, `${runs.map(({steps}) => steps).join(" ")} steps, ${(second / first).toFixed(2)} times`)
}

// Sizes of which a person waits for no answer.
async function within(name, files, steps) {
  const run = await count(files, ["validate"])
  const problem = ![0, 1].includes(run.code) ? `ended with ${run.code}` : run.steps <= steps ? "" : `more than ${steps}`
  tell(problem, name, `${run.steps} steps`)
}

const jobs = []
let skipped = 0
function add(name, job) {
  if (!name.includes(values.only)) return
  if (unfinished[name]) skipped++
  else jobs.push(() => job(name))
}
for (const [name, [files, steps]] of Object.entries(wanted)) add(`wanted: ${name}`, (it) => within(it, files(), steps))
const usual = {lists: 500, depths: 500, boundaries: 400, modules: 200, texts: 400, findings: 400}
for (const [group, shapes] of Object.entries({...groups, texts, findings})) {
  for (const [name, shape] of Object.entries(shapes)) add(`${group}: ${name}`, (it) => judge(it, shape, usual[group], ["validate"]))
}
for (const format of formats) {
  for (const name of ["on one line", "on many lines"]) {
    add(`${format}: ${name}`, (it) => judge(it, findings[name], 400, ["validate", "--format", format]))
  }
}
for (const [name, shape] of Object.entries(texts)) {
  if (shape(1)["src/app/extensions/one/query.graphql"]) add(`types: ${name}`, (it) => judge(it, shape, 200, ["types"]))
}
for (const [name, shape] of Object.entries(hollow)) add(`check: ${name}`, (it) => judge(it, shape, 100, ["check"]))
const lane = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await job()
}
await Promise.all(Array.from({length: os.cpus().length}, lane))
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
process.exitCode = failed === 0 ? 0 : 1
