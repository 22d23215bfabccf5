// Mistakes of a newcomer's first hour (mistakes.mjs): validate, check and build must each tell one
// finding, the same, at the same place; what only TypeScript knows, check and build. Where the finding
// has a fix, `validate --fix=unsafe` must heal the app.
import {execFile} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {mistakes} from "./mistakes.mjs"

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))))
const at = process.argv.indexOf("--bin")
const bin = path.resolve(at > 0 ? process.argv[at + 1] : path.join(root, "build/attio"))
const names = process.argv.slice(2).filter((word, i, all) => !word.startsWith("--") && all[i - 1] !== "--bin")
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "attio-newcomer-"))
process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))

function run(cwd, ...args) {
  const env = {PATH: process.env.PATH, HOME: temporary, LC_ALL: "C.UTF-8"}
  return new Promise((resolve) => {
    execFile(bin, args, {cwd, env, maxBuffer: 1 << 26}, (error, stdout, stderr) => resolve({code: error?.code ?? 0, stdout, stderr}))
  })
}

function apply(app, edit) {
  if (typeof edit === "function") return edit(app)
  if (!Array.isArray(edit)) return fs.renameSync(path.join(app, edit.from), path.join(app, edit.to))
  const [name, from, to] = edit
  const file = path.join(app, name)
  if (from === null && to === undefined) return fs.rmSync(file, {recursive: true})
  if (from === null) {
    fs.mkdirSync(path.dirname(file), {recursive: true})
    return fs.writeFileSync(file, to)
  }
  const text = fs.readFileSync(file, "utf8")
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`)
  fs.writeFileSync(file, text.replace(from, () => to))
}

async function look(app, command) {
  const {code, stdout, stderr} = await run(app, command, "--json")
  const found = JSON.parse(stdout || "{}").diagnostics
  if (!found) throw new Error(`${command}: exit code ${code}\n${stderr}`)
  return found.map((one) => ({
    text: [one.code, one.file && (one.range ? `${one.file}:${one.range.start.line}:${one.range.start.column}` : one.file)].filter(Boolean).join(" "),
    severity: one.severity,
    help: one.help ?? "",
    fix: one.fix,
  }))
}

async function make(folder, mistake) {
  await run(temporary, "init", folder, "-t", mistake.app ?? "lead-checker", "-q")
  fs.symlinkSync(path.join(root, "tests/sdk/node_modules"), path.join(folder, "node_modules"))
}

async function check(name, mistake, folder) {
  const problems = []
  const levels = new Set()
  await make(folder, mistake)
  for (const edit of mistake.edits) apply(folder, edit)
  for (const command of ["validate", "check", "build"]) {
    const found = await look(folder, command)
    const expected = !mistake.says || (command === "validate" && mistake.only) ? [] : [mistake.says]
    const got = found.map((one) => one.text)
    if (JSON.stringify(got) !== JSON.stringify(expected)) problems.push(`${command}: ${got.join(" | ") || "nothing"}, not ${expected}`)
    if (found[0]) levels.add(found[0].severity)
    if (mistake.help && found[0] && !found[0].help.includes(mistake.help)) problems.push(`${command}: help: ${found[0].help}`)
    if (command === "build" && found[0]?.fix && !mistake.only) {
      await run(folder, "validate", "--fix=unsafe")
      const left = await look(folder, "check")
      if (left.length) problems.push(`after the fix: ${left.map((one) => one.text).join(" | ")}`)
    }
  }
  if (levels.size > 1 && !mistake.levels) problems.push(`its level is ${[...levels].join(" and ")}`)
  return problems
}

let failed = 0
const all = Object.entries(mistakes).filter(([name]) => !names.length || names.some((one) => name.includes(one)))
let next = 0
async function worker() {
  while (next < all.length) {
    const number = next++
    const [name, mistake] = all[number]
    const folder = path.join(temporary, `app-${number}`)
    const problems = await check(name, mistake, folder).catch((error) => [error.stack])
    fs.rmSync(folder, {recursive: true, force: true})
    if (problems.length) {
      failed++
      console.log(`\nFAIL  ${name}\n    ${problems.join("\n    ")}`)
    }
  }
}
await Promise.all([worker(), worker(), worker()])
console.log(`${all.length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
