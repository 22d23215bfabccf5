// attio migrate folder-structure beside the official CLI: for each app of apps.mjs what the latter made
// of it (recorded.json: exit code, steps, blockers, files, and the SHA-256 of what it wrote, cut short;
// record.mjs makes it anew). Where ours is to differ, deviations.mjs says why, and what is right.
import {execFile} from "node:child_process"
import crypto from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {apps, base} from "./apps.mjs"
import {deviations} from "./deviations.mjs"
import {lay, snapshot, summary} from "./lay.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.dirname(path.dirname(here))
const at = process.argv.indexOf("--bin")
const bin = path.resolve(at > 0 ? process.argv[at + 1] : path.join(root, "build/attio"))
const names = process.argv.slice(2).filter((word, i, all) => !word.startsWith("--") && all[i - 1] !== "--bin")
const recorded = JSON.parse(fs.readFileSync(path.join(here, "recorded.json"), "utf8"))
const packages = path.join(root, "tests/sdk/node_modules")
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "attio-migrate-"))
process.on("exit", () => fs.rmSync(temporary, {recursive: true, force: true}))

if (!fs.existsSync(path.join(packages, "prettier"))) {
  console.log(`SKIPPED: tests/sdk is not installed\n0 passed, 0 failed, ${Object.keys(apps).length} skipped`)
  process.exit(0)
}

function run(cwd, args) {
  const env = {PATH: process.env.PATH, HOME: temporary, LC_ALL: "C.UTF-8"}
  return new Promise((resolve) => {
    execFile(bin, args, {cwd, env, maxBuffer: 1 << 26}, (error, stdout, stderr) => resolve({exit: error?.code ?? 0, stdout, stderr}))
  })
}

async function migrate(name) {
  const folder = path.join(temporary, name)
  lay(folder, {...base, ...apps[name]}, packages)
  const before = snapshot(folder)
  const planned = await run(folder, ["migrate", "folder-structure", "--json", "--dry-run", "--yes"])
  const untouched = JSON.stringify(snapshot(folder)) === JSON.stringify(before)
  const result = await run(folder, ["migrate", "folder-structure", "--json", "--yes"])
  return {...result, planned, untouched, before, after: snapshot(folder), left: fs.existsSync(path.join(folder, ".attio"))}
}

function hash(text) {
  return crypto.createHash("sha256").update(text).digest("hex").slice(0, 24)
}

// What differs, one line each.
function compare(name, result) {
  const wrong = []
  const document = JSON.parse(result.stdout)
  const deviation = deviations[name]
  const want = recorded[name]
  const got = summary(result.exit, document, result.before, result.after, hash)
  if (!result.untouched) wrong.push("--dry-run changed a file")
  if (result.left) wrong.push("something is left in .attio")
  const plan = JSON.parse(result.planned.stdout)
  for (const key of ["operations", "blockers", "files", "notes"])
    if (JSON.stringify(plan[key]) !== JSON.stringify(document[key])) wrong.push(`--dry-run tells other ${key}`)
  if (document.schema_version !== 1) wrong.push("schema_version is not 1")
  if (deviation === undefined) {
    for (const key of Object.keys(want))
      if (JSON.stringify(got[key]) !== JSON.stringify(want[key])) wrong.push(`${key}: ${JSON.stringify(got[key])}, the official CLI: ${JSON.stringify(want[key])}`)
    return wrong
  }
  if (JSON.stringify(got) === JSON.stringify(recorded[name])) wrong.push("is as the official CLI has it: no deviation any more")
  if (result.exit !== deviation.exit) wrong.push(`exit ${result.exit}, not ${deviation.exit}`)
  const codes = document.blockers.map((blocker) => blocker.code)
  if (JSON.stringify(codes) !== JSON.stringify(deviation.blockers ?? [])) wrong.push(`blockers ${codes}`)
  for (const [file, part] of Object.entries(deviation.holds ?? {}))
    if (!result.after[file]?.includes(part)) wrong.push(`${file} does not hold ${part}:\n${result.after[file]}`)
  return wrong
}

let passed = 0
let failed = 0
for (const name of Object.keys(apps)) {
  if (names.length > 0 && !names.includes(name)) continue
  let wrong
  try {
    wrong = compare(name, await migrate(name))
  } catch (error) {
    wrong = [error.stack]
  }
  if (wrong.length === 0) {
    passed++
    continue
  }
  failed++
  console.log(`FAIL  ${name}\n    ${wrong.join("\n    ")}\n    repeat: node tests/migrate/run.mjs ${name}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
