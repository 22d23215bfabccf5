#!/usr/bin/env node
// Builds apps with the official CLI and with ours, and compares the bundles in all that a host can
// see (observe.mjs), and module by module. About seven seconds an app, so no part of the test run.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import {fileURLToPath} from "node:url"
import {parseArgs} from "node:util"
import {probeNames, readProbe, writeFiles} from "./apps.mjs"
import {cleanEnvironment, root, run, sdkModules} from "./probe.mjs"

const usage = `usage: node tests/probes/differential.mjs [options] APP...

Builds each app (a folder with src/) with the official CLI and with ours, and tells every
difference between the bundles. An app without node_modules gets those of tests/sdk.
  --bin PATH     our program (default: build/attio)
  --jobs N       apps at the same time (default: 2)
  --types        with the app's own tsconfig files list: the official type check runs
  --probes       all probes that the official CLI builds, less those in deviations.json
  --templates    all templates
  --lines N      how many lines or events of a difference to show (default: 3)
  --keep         keep the folders`

const here = path.dirname(fileURLToPath(import.meta.url))

// Names in the global scope that belong to the entry texts.
const entryNames = new Set([
  ...["main", "modules", "webhookModules", "eventModules", "workflowModules"],
  ...["stdin_default", "stdin_webhooks_default", "stdin_events_default"],
  "stdin_workflow_block_handlers_default",
])

function fail(text) {
  console.error(text)
  process.exit(2)
}

function probeApps(folder) {
  const known = JSON.parse(fs.readFileSync(path.join(here, "deviations.json"), "utf8"))
  return probeNames().names.flatMap((name) => {
    const {files, packages, official} = readProbe(name)
    if (known[name] || official.refuses) return []
    writeFiles(files, path.join(folder, name))
    writeFiles(packages, path.join(folder, name, "node_modules"))
    return [path.join(folder, name)]
  })
}

function templateApps() {
  const folder = path.join(root, "templates")
  return fs.readdirSync(folder).map((name) => path.join(folder, name))
}

function linkInto(folder, from) {
  for (const name of fs.existsSync(from) ? fs.readdirSync(from) : []) {
    const [target, to] = [path.join(from, name), path.join(folder, name)]
    if (name.startsWith("@")) linkInto(to, target)
    else if (!fs.existsSync(to)) {
      fs.mkdirSync(folder, {recursive: true})
      fs.symlinkSync(target, to)
    }
  }
}

// The one difference that is meant in every app: outside of packages the official CLI says
// "development", also in what it uploads. Both builds get the word that ours puts there.
function settleNodeEnv(folder, inPackage = false) {
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const file = path.join(folder, entry.name)
    const left = inPackage ? /\.(tsx?|jsx)$/ : /\.([cm]?[jt]s|[jt]sx)$/
    if (entry.isDirectory()) settleNodeEnv(file, inPackage || entry.name === "node_modules")
    if (!entry.isFile() || !left.test(entry.name) || entry.name.endsWith(".d.ts")) continue
    const text = fs.readFileSync(file, "utf8")
    const settled = text.replace(/\bprocess\.env(\.NODE_ENV\b|\["NODE_ENV"\])/g, '"production"')
    if (settled !== text) fs.writeFileSync(file, settled)
  }
}

// A copy of the app. Its own packages keep their places, those that it lacks are linked.
function prepare(app, to, types) {
  const filter = (file) => !/^(\.git|dist|\.attio)$/.test(path.relative(app, file))
  fs.cpSync(app, to, {recursive: true, filter, verbatimSymlinks: true})
  const modules = path.join(to, "node_modules")
  if (fs.lstatSync(modules, {throwIfNoEntry: false})?.isSymbolicLink()) {
    const own = fs.realpathSync(modules)
    fs.unlinkSync(modules)
    linkInto(modules, own)
  }
  settleNodeEnv(to)
  linkInto(modules, sdkModules)
  const config = path.join(to, "tsconfig.json")
  if (types || !fs.existsSync(config)) return
  // The type check is not what this is about: it gets one empty file. esbuild reads the rest.
  fs.writeFileSync(path.join(to, "src/none.ts"), "export {}\n")
  const options = '"types": [], "noCheck": true'
  let text = fs.readFileSync(config, "utf8")
  text = text.replace(/"(include|files|references|types)"\s*:/g, '"was-$1":')
  const has = /"compilerOptions"\s*:\s*\{/
  text = has.test(text)
    ? text.replace(has, `$& ${options},`)
    : text.replace("{", `{"compilerOptions": {${options}},`)
  fs.writeFileSync(config, text.replace("{", '{"files": ["src/none.ts"], "include": [],'))
}

async function observe(app) {
  const {stdout, stderr} = await run(process.execPath, [path.join(here, "observe.mjs"), `${app}/dist`])
  if (!stdout) throw new Error(`the bundles cannot be observed: ${stderr}`)
  return JSON.parse(stdout)
}

// The modules of a bundle by the comments that esbuild puts before them: path and text, in order.
// The text without what depends on the entry: numbers at the end of names.
function modulesOf(text, app) {
  const modules = []
  const start = /^ {0,2}\/\/ ((?:[\w.@-]+:)?[^\s"']*[^\s"':])$/
  let lines = []
  for (const line of text.split("\n")) {
    const name = start.exec(line)?.[1]
    if (name && (/\.\w+$/.test(name) || /^[\w-]+:/.test(name))) {
      lines = []
      modules.push({name: name.replace(/^(\.\.\/)+/, ""), lines})
    } else lines.push(line)
  }
  return modules.map((one) => ({...one, text: one.lines.join("\n").replaceAll(app, "")}))
}

const isGenerated = (name) =>
  /(^|\/)tmp-\d+-\S*-\.js$|^proxy-server-modules|^attio:/.test(name)

// Parts of one module that only a proxy stood between: the official CLI makes one proxy for each
// spelling of an import, ours one for each server function.
function joinNeighbours(modules) {
  const joined = []
  for (const one of modules) {
    const last = joined.at(-1)
    if (last?.name === one.name) last.text = `${last.text.trimEnd()}\n${one.text}`
    else joined.push({...one})
  }
  return joined
}

// What stands where two lists begin to differ, and before it.
function firstDifference(a, b, lines) {
  let i = 0
  while (i < a.length && JSON.stringify(a[i]) === JSON.stringify(b[i])) i++
  const [x, y] = [a, b].map((list) => list.slice(i, i + lines).map((one) => JSON.stringify(one)))
  let same = 0
  while (x[0] && same < x[0].length && x[0][same] === y[0]?.[same]) same++
  const cut = (text, n) => (n ? text : `${same > 60 ? "…" : ""}${text.slice(Math.max(0, same - 60))}`)
  const show = (list) => list.map((text, n) => `      ${cut(text, n).slice(0, 300)}`)
  const before = a.slice(Math.max(0, i - 2), i).map((one) => `      ${JSON.stringify(one)}`.slice(0, 150))
  return [...before, `    official, at ${i}:`, ...show(x), `    ours:`, ...show(y)]
}

class Comparison {
  found = []
  events = 0
  modules = 0
  renamed = 0

  constructor(folder, app, options) {
    Object.assign(this, {folder, app, options})
  }

  wrong(what, lines = []) {
    this.found.push([`  ${what}`, ...lines].join("\n"))
  }

  async build(which, command, args) {
    const app = path.join(this.folder, which, "app")
    prepare(this.app, app, this.options.types)
    const env = {...cleanEnvironment(path.join(this.folder, which)), CI: "1"}
    const start = Date.now()
    const result = await run(command, args, {cwd: app, env, timeout: 120000})
    const said = (result.stdout + result.stderr).replace(/.*\r|[\u2800-\u28ff] [^✓✖⚠]*|\x1b\[\w*/g, "")
    return {app, code: result.code, said: said.slice(0, 1500), time: Date.now() - start}
  }

  lists(what, a, b) {
    if (JSON.stringify(a) === JSON.stringify(b)) return
    this.wrong(what, firstDifference(a, b, this.options.lines))
  }

  compareFacts(official, ours) {
    this.lists("bundles", Object.keys(official), Object.keys(ours))
    for (const [name, a] of Object.entries(official)) {
      const b = ours[name]
      if (!b) continue
      const own = (list) => [...new Set(list.filter((one) => !entryNames.has(one)))]
      const plain = (list) => own(list).map((one) => one.replace(/\d+$/, "")).sort()
      this.lists(`${name}: ids`, Object.entries(a.ids ?? {}), Object.entries(b.ids ?? {}))
      this.lists(`${name}: what it says and does`, a.events, b.events)
      this.lists(`${name}: names in the global scope`, plain(a.globals), plain(b.globals))
      this.lists(`${name}: names added later`, plain(a.added), plain(b.added))
      this.events += a.events.length
    }
  }

  compareModules(official, ours) {
    const files = ["index.js", "server.js"]
    const blocks = path.join(official, "dist/workflow")
    if (fs.existsSync(blocks)) files.push(...fs.readdirSync(blocks).map((one) => `workflow/${one}`))
    for (const file of files) {
      const both = [official, ours].map((folder) => {
        const text = fs.readFileSync(path.join(folder, "dist", file), "utf8")
        const proxied = file === "index.js" ? /\.server\.\w+$/ : /^$/
        const app = modulesOf(text, folder)
        return joinNeighbours(app.filter(({name}) => !isGenerated(name) && !proxied.test(name)))
      })
      // Server modules run at their first call; the official order is that of the file system.
      const order = (list) => (file === "index.js" ? list : list.sort())
      const [a, b] = both.map((list) => order(list.map(({name}) => name)))
      this.lists(`dist/${file}: modules and their order`, a, b)
      for (const one of both[0]) {
        const same = both[1].filter(({name}) => name === one.name)
        this.modules++
        if (same.length === 0 || same.some(({text}) => text === one.text)) continue
        const plain = (text) =>
          text
            .replace(/_server_default/g, "_default")
            .replace(/([A-Za-z_$])\d+\b/g, "$1")
            .replace(/\b(\w+): \1\b/g, "$1")
        if (same.some(({text}) => plain(text) === plain(one.text))) {
          this.renamed++
          continue
        }
        const at = both[0].filter(({name}) => name === one.name).indexOf(one)
        const [x, y] = [one, same[at] ?? same[0]].map(({text}) => text.split("\n"))
        this.lists(`dist/${file}: text of ${one.name}`, x, y)
      }
    }
  }

  async run() {
    const cli = path.join(sdkModules, "attio/dist/cli/index.js")
    const official = await this.build("official", process.execPath, [cli, "build"])
    const ours = await this.build("ours", this.options.bin, ["build", "--no-validate", "--json"])
    this.times = [official.time, ours.time]
    const [a, b] = [official.code === 0, ours.code === 0]
    if (a !== b) {
      this.wrong(`only ${a ? "the official CLI" : "ours"} builds it`, [(a ? ours : official).said])
    }
    this.refusals = a || b ? [] : [official.said, ours.said]
    if (!a || !b) return
    this.compareFacts(await observe(official.app), await observe(ours.app))
    this.compareModules(official.app, ours.app)
  }
}

function tell(app, {found, times, events, modules, renamed, refusals}) {
  const took = `${times?.join(" and ")} ms`
  if (refusals?.length) {
    console.log(`refused   ${app} by both, ${took}`)
    console.log(refusals.join("\n").replace(/^/gm, "    "))
    return
  }
  const facts = `${events} events, ${modules} modules (${renamed} with other names)`
  console.log(`${found.length ? "DIFFERENT" : "same     "} ${app} ${facts}, ${took}`)
  if (found.length) console.log(found.join("\n"))
}

async function main() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      bin: {type: "string", default: path.join(root, "build/attio")},
      jobs: {type: "string", default: "2"},
      lines: {type: "string", default: "3"},
      ...{types: {type: "boolean"}, probes: {type: "boolean"}, templates: {type: "boolean"}},
      ...{keep: {type: "boolean"}, help: {type: "boolean", short: "h"}},
    },
  })
  if (values.help) return console.log(usage)
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "attio-differential-")))
  process.on("exit", () => {
    if (values.keep) console.log(`kept: ${folder}`)
    else fs.rmSync(folder, {recursive: true, force: true})
  })
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130))
  const apps = positionals.map((one) => path.resolve(one))
  if (values.probes) apps.push(...probeApps(path.join(folder, "probes")))
  if (values.templates) apps.push(...templateApps())
  if (apps.length === 0) fail(usage)
  const options = {...values, bin: path.resolve(values.bin), lines: Number(values.lines)}

  let next = 0
  let failed = 0
  async function work() {
    while (next < apps.length) {
      const number = next++
      const app = apps[number]
      const place = path.join(folder, String(number))
      const comparison = new Comparison(place, app, options)
      try {
        await comparison.run()
      } catch (error) {
        comparison.wrong("the comparison failed", [error.stack])
      }
      if (!values.keep) fs.rmSync(place, {recursive: true, force: true})
      tell(app, comparison)
      if (comparison.found.length) failed++
    }
  }
  await Promise.all(Array.from({length: Math.max(1, Number(values.jobs))}, work))
  console.log(`${apps.length - failed} the same or refused by both, ${failed} different`)
  process.exitCode = failed ? 1 : 0
}

await main()
