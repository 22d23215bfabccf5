// Runs a list of tests that build apps: a temporary folder for each, and at the end the line
// `N passed, N failed`.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {cleanEnvironment, inspect, run, sdkModules} from "./probe.mjs"

const usage = (file) => `usage: node ${file} [--bin PATH] [NAME...]

Runs the tests whose name contains one of the names; all of them without a name.
  --bin PATH   the program to test (default: build/attio)`

function fail(text) {
  console.error(text)
  process.exit(2)
}

// What a test is given: a folder, the program, and a list to put problems in.
export class Bench {
  problems = []

  constructor(folder, bin) {
    this.folder = folder
    this.app = path.join(folder, "app")
    this.bin = bin
    this.env = cleanEnvironment(folder)
  }

  wrong(text) {
    this.problems.push(text)
  }

  same(what, wanted, have) {
    const [a, b] = [JSON.stringify(wanted), JSON.stringify(have)]
    if (a !== b) this.wrong(`${what}\n  expected: ${a}\n  was:      ${b}`)
  }

  write(files) {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.app, name)
      fs.mkdirSync(path.dirname(file), {recursive: true})
      fs.writeFileSync(file, text)
    }
  }

  linkSdk() {
    fs.symlinkSync(sdkModules, path.join(this.app, "node_modules"))
  }

  attio(...args) {
    const cwd = fs.existsSync(this.app) ? this.app : this.folder
    return run(this.bin, args, {cwd, env: this.env})
  }

  async json(...args) {
    const {code, stdout, stderr} = await this.attio(...args, "--json")
    try {
      return {code, ...JSON.parse(stdout)}
    } catch {
      throw new Error(`attio ${args.join(" ")}: exit code ${code}\n${stdout}${stderr}`)
    }
  }

  // Builds without the rules, and inspects; the codes of findings are problems.
  async build() {
    const {code, diagnostics} = await this.json("build", "--no-validate")
    if (code !== 0) throw new Error(`build refuses the app: ${JSON.stringify(diagnostics)}`)
    return inspect(path.join(this.app, "dist"))
  }

  bundle(name) {
    return fs.readFileSync(path.join(this.app, "dist", name), "utf8")
  }
}

export async function runTests(tests) {
  const file = path.relative(process.cwd(), process.argv[1])
  const names = []
  let bin = "build/attio"
  const args = process.argv.slice(2)
  while (args.length) {
    const [name, value] = args.shift().split(/=(.*)/s)
    if (name === "--bin") bin = value ?? args.shift() ?? fail("--bin needs a value")
    else if (name === "-h" || name === "--help") return console.log(usage(file))
    else if (name.startsWith("-")) fail(`unknown option ${name}\n\n${usage(file)}`)
    else names.push(name)
  }
  if (!fs.existsSync(bin)) fail(`${bin} is not there: run make, or name one with --bin`)
  if (!fs.existsSync(path.join(sdkModules, "attio/package.json"))) {
    fail("the SDK is not installed: run (cd tests/sdk && npm ci --ignore-scripts)")
  }

  const wanted = ([name]) => !names.length || names.some((one) => name.includes(one))
  const chosen = Object.entries(tests).filter(wanted)
  if (chosen.length === 0) fail("no test has such a name")
  const temporary = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-apps-")))
  process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))

  let failed = 0
  for (const [number, [name, test]] of chosen.entries()) {
    const bench = new Bench(path.join(temporary, String(number)), path.resolve(bin))
    try {
      await test(bench)
    } catch (error) {
      bench.wrong(error.stack)
    }
    if (bench.problems.length === 0) continue
    failed++
    console.log(`\nFAIL  ${name}`)
    for (const problem of bench.problems) console.log(problem.replace(/^/gm, "    "))
    const program = bin === "build/attio" ? "" : ` --bin ${bin}`
    console.log(`    repeat: node ${file}${program} "${name}"`)
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}


