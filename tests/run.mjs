#!/usr/bin/env node
// Runs the black-box cases: tests/cases/**/*.case, each in its own folder with a clean environment.
// The format and the options are described in tests/README.md. Needs Node 18 and no packages.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {killAll, runCase} from "./runner/case.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.dirname(here)
const usage = `usage: node tests/run.mjs [options] [NAME...]

Runs the cases whose path contains one of the names; all of them without a name.
  --bin PATH    the program to test (default: build/attio)
  --jobs N      cases at the same time (default: number of processors)
  --limit SEC   longest time for one case (default: 60)
  --keep        keep the folders of failed cases
  -v            print every case
UPDATE=1 in the environment rewrites expected stdout and stderr without patterns.`

function fail(message) {
  console.error(message)
  process.exit(2)
}

function readArguments(args) {
  const options = {bin: "build/attio", jobs: os.cpus().length, limit: 60, names: []}
  const number = (text, name) =>
    Number(text) > 0 ? Number(text) : fail(`${name} needs a number above 0`)
  for (let i = 0; i < args.length; i++) {
    let [name, value] = args[i].startsWith("--") ? args[i].split(/=(.*)/s) : [args[i]]
    const take = () => value ?? args[++i] ?? fail(`${name} needs a value`)
    if (name === "--bin") options.bin = take()
    else if (name === "--jobs") options.jobs = number(take(), name)
    else if (name === "--limit") options.limit = number(take(), name)
    else if (name === "--keep") options.keep = true
    else if (name === "-v") options.verbose = true
    else if (name === "-h" || name === "--help") options.help = true
    else if (name.startsWith("-")) fail(`unknown option ${name}\n\n${usage}`)
    else options.names.push(name)
  }
  return options
}

function findCases(folder, names) {
  const found = []
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const whole = path.join(folder, entry.name)
    if (entry.isDirectory()) found.push(...findCases(whole, names))
    else if (entry.name.endsWith(".case")) found.push(path.relative(process.cwd(), whole))
  }
  const wanted = (file) => names.some((name) => file.includes(path.normalize(name)))
  return found.filter((file) => !names.length || wanted(file)).sort()
}

function report(file, result, options) {
  if (result.problems.length === 0) {
    if (options.verbose) console.log(`ok    ${file} (${result.ms} ms)`)
    return
  }
  console.log(`\nFAIL  ${file}: ${result.about}`)
  for (const problem of result.problems) console.log(problem.replace(/^/gm, "    "))
  if (result.kept) console.log(`    kept: ${result.kept}`)
  const bin = options.bin === "build/attio" ? "" : ` --bin ${options.bin}`
  console.log(`    repeat: node ${path.relative(process.cwd(), process.argv[1])}${bin} ${file}`)
}

async function main() {
  const options = readArguments(process.argv.slice(2))
  if (options.help) return console.log(usage)
  const bin = path.resolve(options.bin)
  if (!fs.existsSync(bin)) fail(`${options.bin} is not there: run make, or name one with --bin`)
  const files = findCases(path.join(here, "cases"), options.names)
  if (files.length === 0) fail("no case has such a name")

  const setting = {
    root,
    bin,
    limit: options.limit * 1000,
    keep: options.keep,
    update: process.env.UPDATE === "1",
  }
  let next = 0
  let failed = 0
  async function worker() {
    while (next < files.length) {
      const file = files[next++]
      const result = await runCase(file, setting)
      if (result.problems.length) failed++
      report(file, result, options)
    }
  }
  await Promise.all(Array.from({length: options.jobs}, worker))
  console.log(`${files.length - failed} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    killAll()
    process.exit(130)
  })
}
await main()
