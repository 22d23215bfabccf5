#!/usr/bin/env node
// Table test: builds the probe apps, runs the bundles, compares with what the official CLI did.
// Needs Node 18, the probes (../shared/data/probes, or PROBES) and tests/sdk/node_modules.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {categories, isPlainBuild, root, sdkModules, Worker} from "./probe.mjs"

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
function judge(problems, row = {}) {
  const found = problems.filter(({category}) => !row[category])
  for (const [category, reason] of Object.entries(row)) {
    if (problems.some((one) => one.category === category)) continue
    found.push({category, text: `the deviation does not occur any more; remove it: ${reason}`})
  }
  return found
}

async function main() {
  const options = readArguments(process.argv.slice(2))
  if (options.help) return console.log(usage)
  const bin = path.resolve(options.bin)
  const folder = path.resolve(process.env.PROBES ?? path.join(root, "../shared/data/probes"))
  if (!fs.existsSync(bin)) fail(`${options.bin} is not there: run make, or name one with --bin`)
  if (!fs.existsSync(folder)) fail(`no probes in ${folder}: name their folder with PROBES`)
  if (!fs.existsSync(path.join(sdkModules, "attio/package.json"))) {
    fail("the SDK is not installed: run (cd tests/sdk && npm ci --ignore-scripts)")
  }

  const deviations = readDeviations()
  const own = !process.env.PROBES // in another folder the table's probes need not be
  const present = fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(folder, name, "case.json")))
  const readCase = (name) => JSON.parse(fs.readFileSync(path.join(folder, name, "case.json"), "utf8"))
  const plain = present.filter((name) => isPlainBuild(readCase(name)))
  const wanted = (name) => !options.names.length || options.names.some((one) => name.includes(one))
  const names = plain.filter(wanted).sort()
  if (names.length === 0) fail("no probe has such a name")
  const lost = own ? Object.keys(deviations).filter((name) => !plain.includes(name)) : []
  for (const name of lost) console.log(`FAIL  deviations.json has ${name}, which is no such probe`)

  const temporary = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-probes-")))
  process.on("exit", () => options.keep || fs.rmSync(temporary, {recursive: true, force: true}))
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))

  let next = 0
  let failed = lost.length
  let known = 0
  async function work(number) {
    const worker = new Worker(path.join(temporary, `w${number}`), bin)
    while (next < names.length) {
      const name = names[next++]
      const start = Date.now()
      const problems = await worker.check(path.join(folder, name))
      const found = judge(problems, deviations[name])
      known += new Set(problems.map((one) => one.category)).size
      known -= new Set(found.filter((one) => problems.includes(one)).map((one) => one.category)).size
      if (found.length === 0) {
        if (options.verbose) console.log(`ok    ${name} (${Date.now() - start} ms)`)
        continue
      }
      failed++
      if (options.table) {
        const row = Object.fromEntries(found.map((one) => [one.category, one.text.slice(0, 300)]))
        console.log(`${JSON.stringify(name)}: ${JSON.stringify(row, null, 2)},`)
        continue
      }
      console.log(`\nFAIL  ${name}`)
      for (const {category, text} of found) {
        console.log(`${category}: ${categories[category] ?? "the test itself"}`.replace(/^/gm, "    "))
        console.log(text.replace(/^/gm, "      "))
      }
      const environment = own ? "" : `PROBES=${process.env.PROBES} `
      const program = options.bin === "build/attio" ? "" : ` --bin ${options.bin}`
      console.log(`    repeat: ${environment}node tests/probes/run.mjs${program} ${name}`)
    }
  }
  await Promise.all(Array.from({length: options.jobs}, (_, number) => work(number)))
  if (options.keep) console.log(`kept: ${temporary}`)
  console.log(`${known} known deviations from the official CLI, each with its reason in deviations.json`)
  if (plain.length < present.length) console.log(`${present.length - plain.length} probes are not plain builds`)
  console.log(`${names.length - (failed - lost.length)} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}

await main()
