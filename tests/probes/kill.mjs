#!/usr/bin/env node
// `attio init` killed at random moments of its run: afterwards all is as before, or the app is
// whole: every file, a sound repository, a commit of everything. A second run cleans up and works.
// Into a folder that is there the entries come one by one: a kill between them (rare) leaves some,
// .git never among them in part, and the second run brings the rest.
//   node tests/probes/kill.mjs [--bin PATH] [--seed N] [--kills N]
import {spawn, spawnSync} from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {seeded} from "../runner/random.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const {values} = parseArgs({
  options: {
    bin: {type: "string", default: path.join(root, "build/attio")},
    seed: {type: "string", default: String(Date.now() % 1e6)},
    kills: {type: "string", default: "300"},
  },
})
const bin = path.resolve(values.bin)
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-kill-"))
process.on("exit", () => fs.rmSync(folder, {recursive: true, force: true}))

const home = path.join(folder, "home")
fs.mkdirSync(home)
fs.writeFileSync(path.join(home, ".gitconfig"), "[user]\nname = Ada\nemail = ada@example.com\n")
const env = {PATH: process.env.PATH, HOME: home, TMPDIR: folder, LC_ALL: "C.UTF-8"}

const random = seeded(values.seed)

// Where the app goes, seen from the folder that is made for each run, and how it is asked for.
const ways = [
  {name: "a new folder", target: "my-app", args: ["init", "my-app"]},
  {name: "missing parents", target: "a/b/my-app", args: ["init", "a/b/my-app"]},
  {name: "an empty folder", target: "my-app", made: true, args: ["init", "my-app"]},
  {name: "the current folder", target: "my-app", made: true, args: ["-C", "my-app", "init", "."]},
]

function begin(way, name) {
  const work = path.join(folder, name)
  fs.mkdirSync(work)
  if (way.made) fs.mkdirSync(path.join(work, way.target))
  return work
}

function init(way, work) {
  return spawnSync(bin, way.args, {cwd: work, env, encoding: "utf8"})
}

const isLeftover = (name) => /^\.attio-init-.{6}$/.test(name)

function filesBelow(where, prefix = "") {
  return fs.readdirSync(where, {withFileTypes: true}).flatMap((entry) => {
    const name = prefix + entry.name
    if (name === ".git" || isLeftover(entry.name)) return []
    return entry.isDirectory() ? filesBelow(path.join(where, entry.name), `${name}/`) : [name]
  })
}

function contents(target) {
  return filesBelow(target)
    .map((name) => `${name}\n${fs.readFileSync(path.join(target, name), "utf8")}`)
    .sort()
    .join("\0")
}

function git(target, ...args) {
  const run = spawnSync("git", ["-C", target, ...args], {env, encoding: "utf8"})
  if (run.status !== 0) throw new Error(`git ${args[0]}: ${run.stdout}${run.stderr}`)
  return run.stdout
}

let reference

function mustBeWhole(target) {
  if (contents(target) !== reference) throw new Error(`not all files: ${filesBelow(target)}`)
  git(target, "fsck", "--strict", "--no-progress")
  // Empty only when there is a commit, and everything is in it.
  const status = git(target, "status", "--porcelain", "--ignored")
  if (status !== "") throw new Error(`git status: ${status}`)
}

// "before", "whole", or "cut": some entries of the app, and the rest in the private folder.
function find(way, work) {
  const target = path.join(work, way.target)
  const there = fs.readdirSync(work).filter((name) => !isLeftover(name))
  if (!way.made) {
    if (there.length === 0) return "before"
    mustBeWhole(target)
    return "whole"
  }
  const all = fs.readdirSync(target)
  if (all.every(isLeftover)) return "before"
  const rest = all.filter(isLeftover).map((name) => path.join(target, name, "moving"))
  if (!rest.some((moving) => fs.existsSync(moving) && fs.readdirSync(moving).length > 0)) {
    mustBeWhole(target)
    return "whole"
  }
  if (fs.existsSync(path.join(target, ".git"))) throw new Error(".git came before the rest")
  return "cut"
}

// What a second run makes of it.
function goOn(way, work, found) {
  const run = init(way, work)
  const right = found === "before" ? 0 : 4
  if (run.status !== right) throw new Error(`the second run ends with ${run.status}: ${run.stderr}`)
  if (found !== "whole") mustBeWhole(path.join(work, way.target))
  for (const name of fs.readdirSync(work, {recursive: true}))
    if (isLeftover(path.basename(name))) throw new Error(`left behind: ${name}`)
}

async function kill(way, name, moment) {
  const work = begin(way, name)
  const child = spawn(bin, way.args, {cwd: work, env, stdio: "ignore"})
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal)))
  const until = process.hrtime.bigint() + BigInt(Math.round(moment * 1e6))
  while (process.hrtime.bigint() < until);
  child.kill("SIGKILL")
  const killed = (await ended) !== null
  const found = find(way, work)
  if (!killed && found !== "whole") throw new Error("it ended by itself, and there is no app")
  goOn(way, work, found)
  fs.rmSync(work, {recursive: true})
  return killed ? found : "ended"
}

// As long as a run takes, from its start as this program sees it.
function measure(way, name) {
  const times = []
  for (let i = 0; i < 7; i++) {
    const work = begin(way, `${name}-${i}`)
    const start = process.hrtime.bigint()
    const run = init(way, work)
    times.push(Number(process.hrtime.bigint() - start) / 1e6)
    if (run.status !== 0) throw new Error(run.stderr)
    reference ??= contents(path.join(work, way.target))
    mustBeWhole(path.join(work, way.target))
  }
  return times.sort((a, b) => a - b)[3]
}

const kills = Number(values.kills)
let failed = 0
let early = 0
let late = 0
for (const [at, way] of ways.entries()) {
  const ms = measure(way, `m${at}`)
  const counts = {before: 0, cut: 0, whole: 0, ended: 0}
  for (let i = 0; i < kills / ways.length; i++) {
    const moment = random() * ms * 1.1
    try {
      counts[await kill(way, `w${at}-${i}`, moment)]++
    } catch (error) {
      failed++
      console.log(`FAIL  ${way.name}, killed after ${moment.toFixed(2)} ms: ${error.message}`)
    }
  }
  const words = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  console.log(`${way.name} (${ms.toFixed(1)} ms): ${words.join(", ")}`)
  early += counts.before
  late += counts.whole + counts.ended
}
// Kills that all come too early or too late show nothing.
if (early === 0 || late === 0) {
  failed++
  console.log("FAIL  the moments do not cover the run")
}
if (failed > 0) console.log(`repeat: node tests/probes/kill.mjs --seed ${values.seed}`)
console.log(`${kills - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
