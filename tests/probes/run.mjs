#!/usr/bin/env node
// Table test: builds the probe apps, runs the bundles, compares with what the official CLI did.
// Needs Node 18 and tests/sdk/node_modules.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {probeNames} from "./apps.mjs"
import {categories, root, sdkModules, Worker} from "./probe.mjs"

const usage = `usage: node tests/probes/run.mjs [options] [NAME...]

Checks the probes whose name contains one of the names; all of them without a name.
  --bin PATH   the program to test (default: build/attio)
  --jobs N     probes at the same time (default: 2)
  --table      print each difference as a row for deviations.json
  --keep       keep the last app folders
  -v           print every probe
PROBES=DIR in the environment takes the probes from another folder.`

function fail(text) {
  console.error(text)
  process.exit(2)
}

function readArguments(args) {
  const options = {bin: "build/attio", jobs: 2, names: []}
  for (let i = 0; i < args.length; i++) {
    const [name, value] = args[i].startsWith("--") ? args[i].split(/=(.*)/s) : [args[i]]
    const take = () => value ?? args[++i] ?? fail(`${name} needs a value`)
    if (name === "--bin") options.bin = take()
    else if (name === "--jobs") options.jobs = Math.max(1, Number(take()) || 1)
    else if (name === "--table") options.table = true
    else if (name === "--keep") options.keep = true
    else if (name === "-v") options.verbose = true
    else if (name === "-h" || name === "--help") options.help = true
    else if (name.startsWith("-")) fail(`unknown option ${name}\n\n${usage}`)
    else options.names.push(name)
  }
  return options
}

function readDeviations() {
  const file = path.join(root, "tests/probes/deviations.json")
  const table = JSON.parse(fs.readFileSync(file, "utf8"))
  for (const [name, row] of Object.entries(table)) {
    for (const [category, reason] of Object.entries(row)) {
      if (!(category in categories)) fail(`deviations.json: ${name}: no category ${category}`)
      if (typeof reason !== "string" || !reason) fail(`deviations.json: ${name}: no reason`)
    }
  }
  return table
}

// What is wrong once the known deviations are taken off, and those that do not occur any more.
function judge(problems, row) {
  const found = problems.filter(({category}) => !row[category])
  for (const [category, reason] of Object.entries(row)) {
    if (problems.some((one) => one.category === category)) continue
    found.push({category, text: `the deviation does not occur any more; remove it: ${reason}`})
  }
  return found
}

// A name that is exactly a probe's means only this one.
function choose(plain, names) {
  const fits = (name, one) => (plain.includes(one) ? name === one : name.includes(one))
  return plain.filter((name) => !names.length || names.some((one) => fits(name, one)))
}

function tell(name, problems, options) {
  if (options.table) {
    const row = Object.fromEntries(problems.map((one) => [one.category, one.text.slice(0, 300)]))
    return console.log(`${JSON.stringify(name)}: ${JSON.stringify(row, null, 2)},`)
  }
  console.log(`\nFAIL  ${name}`)
  for (const {category, text} of problems) {
    console.log(`    ${category}: ${categories[category] ?? "the test itself"}`)
    console.log(text.replace(/^/gm, "      "))
  }
  const environment = process.env.PROBES ? `PROBES=${process.env.PROBES} ` : ""
  const program = options.bin === "build/attio" ? "" : ` --bin ${options.bin}`
  console.log(`    repeat: ${environment}node tests/probes/run.mjs${program} ${name}`)
}

function temporaryFolder(keep) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-probes-")))
  const remove = () => fs.rmSync(folder, {recursive: true, force: true})
  process.on("exit", () => (keep ? console.log(`kept: ${folder}`) : remove()))
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))
  return folder
}

async function main() {
  const options = readArguments(process.argv.slice(2))
  if (options.help) return console.log(usage)
  if (!fs.existsSync(options.bin)) {
    fail(`${options.bin} is not there: run make, or name one with --bin`)
  }
  if (!fs.existsSync(path.join(sdkModules, "attio/package.json"))) {
    fail("the SDK is not installed: run (cd tests/sdk && npm ci --ignore-scripts)")
  }

  const deviations = readDeviations()
  const {names: plain, others} = probeNames()
  const names = choose(plain, options.names)
  if (names.length === 0) fail("no probe has such a name")
  // A folder of other probes need not have those of the table.
  const lost = Object.keys(deviations).filter((one) => !plain.includes(one))
  if (lost.length && !process.env.PROBES) fail(`deviations.json: no probe ${lost.join(", ")}`)

  const temporary = temporaryFolder(options.keep)
  let next = 0
  let failed = 0
  let known = 0
  async function work(number) {
    const worker = new Worker(path.join(temporary, `w${number}`), path.resolve(options.bin))
    while (next < names.length) {
      const name = names[next++]
      const start = Date.now()
      const problems = await worker.check(name)
      const row = deviations[name] ?? {}
      const wrong = judge(problems, row)
      known += Object.keys(row).filter((one) => problems.some((has) => has.category === one)).length
      if (wrong.length) {
        failed++
        tell(name, wrong, options)
      } else if (options.verbose) console.log(`ok    ${name} (${Date.now() - start} ms)`)
    }
  }
  await Promise.all(Array.from({length: options.jobs}, (_, number) => work(number)))
  console.log(`${known} differences from the official CLI are right: see deviations.json`)
  if (others) console.log(`${others} probes are no plain builds and not for this test`)
  console.log(`${names.length - failed} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}

await main()
