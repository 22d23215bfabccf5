#!/usr/bin/env node
// `attio migrate folder-structure --yes` killed at random moments: the next run brings the app to its
// end, whatever was done already, and leaves nothing of its own behind.
//   node tests/migrate/kill.mjs [--bin PATH] [--seed N] [--kills N]
import {spawn, spawnSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {snapshot} from "./lay.mjs"
import {seeded} from "../runner/random.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const {values} = parseArgs({
  options: {
    bin: {type: "string", default: path.join(root, "build/attio")},
    seed: {type: "string", default: String(Date.now() % 1e6)},
    kills: {type: "string", default: "20"},
  },
})
const bin = path.resolve(values.bin)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-migrate-kill-"))
process.on("exit", () => fs.rmSync(folder, {recursive: true, force: true}))
const env = {PATH: process.env.PATH, HOME: folder, LC_ALL: "C.UTF-8"}
const command = ["migrate", "folder-structure", "--yes", "--no-cache"]
// Enough steps that kills fall between them.
const blocks = 300
// Milliseconds that the steps take, about.
const span = 25

const random = seeded(values.seed)

function lay(name) {
  const app = path.join(folder, name)
  fs.mkdirSync(path.join(app, "src/events"), {recursive: true})
  fs.writeFileSync(path.join(app, "package.json"), '{"name": "kill"}\n')
  fs.writeFileSync(path.join(app, "src/app.ts"), "export const app = {}\n")
  fs.writeFileSync(path.join(app, "src/use.ts"), 'import "./blocks/b0/note"\n')
  for (let i = 0; i < blocks; i++) {
    fs.mkdirSync(path.join(app, `src/blocks/b${i}`), {recursive: true})
    fs.writeFileSync(path.join(app, `src/blocks/b${i}/note.${i === 0 ? "ts" : "md"}`), `// ${i}\n`)
  }
  return app
}

// Ended or not; what has ended and was not waited for is still there, as a zombie.
function isAlive(pid) {
  try {
    return !fs.readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")
  } catch {
    return fs.existsSync("/proc/self") === false
  }
}

function run(app) {
  return spawnSync(bin, command, {cwd: app, env, encoding: "utf8"})
}

const first = lay("reference")
const before = JSON.stringify(snapshot(first))
const start = process.hrtime.bigint()
if (run(first).status !== 0) throw new Error("the reference run failed")
const whole = Number(process.hrtime.bigint() - start) / 1e6
const after = JSON.stringify(snapshot(first))
const seen = {before: 0, between: 0, after: 0}

for (let i = 0; i < Number(values.kills); i++) {
  const app = lay(`app-${i}`)
  const child = spawn(bin, command, {cwd: app, env, stdio: "ignore"})
  const ended = new Promise((resolve) => child.on("exit", resolve))
  // Most kills fall behind the list of steps, while they are made; the others anywhere.
  const late = i % 4 !== 0
  const steps = path.join(app, ".attio/migrate/steps")
  while (late && child.exitCode === null && !fs.existsSync(steps)) if (!isAlive(child.pid)) break
  const until = process.hrtime.bigint() + BigInt(Math.round(random() * (late ? span : whole) * 1e6))
  while (process.hrtime.bigint() < until);
  child.kill("SIGKILL")
  await ended
  const left = JSON.stringify(Object.fromEntries(Object.entries(snapshot(app)).filter(([name]) => !name.startsWith(".attio/"))))
  seen[left === before ? "before" : left === after ? "after" : "between"]++
  const second = run(app)
  const now = JSON.stringify(snapshot(app))
  if (second.status !== 0 || now !== after) {
    console.log(`FAIL  kill ${i}: the second run ends with ${second.status}: ${second.stderr}\n0 passed, 1 failed; --seed ${values.seed}`)
    process.exit(1)
  }
  fs.rmSync(app, {recursive: true})
}
console.log(`killed before ${seen.before}, between ${seen.between}, after ${seen.after} of the steps\n1 passed, 0 failed`)
