#!/usr/bin/env node
// Each template as its user gets it: init, no findings, the right bundles, no type error with the
// TypeScript that we ship and with the one that apps have.
import fs from "node:fs"
import path from "node:path"
import {checkTypes, compilers} from "./compilers.mjs"
import {root, run} from "./probe.mjs"
import {runTests} from "./suite.mjs"

const sendToAlc = "app/extensions/send-to-alc/send-to-alc.server"
const nextStep = "app/extensions/next-step"

const none = {surfaces: [], settings: {}, calls: [], modules: [], webhooks: [], events: [], blocks: {}}

// What each template registers; a new template needs a row.
const expected = {
  "lead-checker": {
    ...none,
    surfaces: [["record-action", "send-to-alc"]],
    calls: [sendToAlc],
    modules: [sendToAlc],
    webhooks: ["lead-processed"],
    events: ["connection-added", "connection-removed"],
  },
  minimal: {...none, surfaces: [["record-action", "say-hello"]]},
  widget: {
    ...none,
    surfaces: [["record-widget", "next-step"], ["workspace-settings", "page"]],
    settings: {
      ask_before_clearing: {type: "boolean"},
      days: {type: "number"},
      default_step: {type: "string"},
    },
    modules: [`${nextStep}/load-next-step.server`, `${nextStep}/save-next-step.server`],
  },
  workflow: {
    ...none,
    surfaces: [["workflow-block", "check-lead"], ["workflow-block", "lead-processed"]],
    blocks: {
      "check-lead": ["schema", "execute", "deferCallback"],
      "lead-processed": ["schema", "activate", "triggerCallback", "deactivate"],
    },
  },
}

async function start(bench, template) {
  for (const who of ["AUTHOR", "COMMITTER"]) {
    bench.env[`GIT_${who}_NAME`] = "Ada"
    bench.env[`GIT_${who}_EMAIL`] = "ada@example.com"
  }
  const names = ["--app", "my-app", "--template", template]
  const {code, stderr} = await bench.attio("init", bench.app, ...names)
  if (code !== 0) throw new Error(`init ends with ${code}\n${stderr}`)
  bench.linkSdk()
}

async function checkRepository(bench) {
  const git = (...args) => run("git", args, {cwd: bench.app, env: bench.env})
  const commits = await git("rev-list", "--count", "HEAD")
  bench.same("commits", "1", commits.stdout.trim())
  const {stdout} = await git("status", "--porcelain")
  // The types of queries are committed, by whoever has made them.
  const own = /^\?\? (node_modules|src\/\S+\.graphql\.d\.ts)$/
  bench.same("files that are not committed", [], stdout.split("\n").filter((line) => line && !own.test(line)))
}

async function checkBundles(bench, wanted) {
  const facts = await bench.build()
  const client = facts["index.js"]
  const server = facts["server.js"]
  const [surfaces] = client.surfaces
  const registered = []
  for (const [key, list] of Object.entries(surfaces)) {
    for (const one of list) registered.push([key, one.id ?? (one.$page && "page")])
  }
  bench.same("surfaces", wanted.surfaces, registered)
  bench.same("settings", [{workspace: wanted.settings}], client.settings)
  bench.same("errors of the buttons", [], client.pressed.flatMap((one) => one.error ?? []))
  const calls = client.pressed.flatMap((one) => one.calls)
  bench.same("calls of the buttons", wanted.calls, calls.map((call) => call.id))
  for (const kind of ["modules", "webhooks", "events"]) {
    bench.same(kind, wanted[kind], Object.keys(server[kind]))
    for (const [id, one] of Object.entries(server[kind])) {
      bench.same(`${kind} ${id}`, ["[async function]", "ok"], [one.default, one.dispatch])
    }
  }
  const bundles = Object.keys(facts).filter((name) => name.startsWith("workflow/"))
  bench.same("bundles of blocks", Object.keys(wanted.blocks).map((id) => `workflow/${id}.js`), bundles)
  for (const [id, handlers] of Object.entries(wanted.blocks)) {
    checkBlock(bench, handlers, facts[`workflow/${id}.js`]?.handlers?.[id] ?? {})
  }
}

function checkBlock(bench, wanted, handlers) {
  bench.same("handlers", wanted, Object.keys(handlers))
  for (const [name, {dispatch, value}] of Object.entries(handlers)) {
    const kind = name === "schema" ? value : "[async function]"
    bench.same(name, ["ok", kind], [dispatch, value])
  }
}

const tests = {}
for (const template of fs.readdirSync(path.join(root, "templates"))) {
  tests[`${template}: init, validate, build`] = async (bench) => {
    if (!expected[template]) throw new Error(`${template} has no row in templates.mjs`)
    await start(bench, template)
    await checkRepository(bench)
    const report = await bench.json("validate")
    bench.same("validate", [0, []], [report.code, report.diagnostics])
    await checkBundles(bench, expected[template])
  }
  tests[`${template}: no type errors`] = async (bench) => {
    await start(bench, template)
    const {code} = await bench.json("types")
    bench.same("types", 0, code)
    await checkRepository(bench) // nothing else is generated where git sees it
    for (const compiler of compilers()) {
      const {code, stdout, stderr} = await checkTypes(compiler, bench.app)
      bench.same(compiler.name, [0, ""], [code, stdout + stderr])
    }
  }
}

// Else a query whose types are lost would pass unseen.
tests["lead-checker: its query is typed"] = async (bench) => {
  await start(bench, "lead-checker")
  await bench.json("types")
  const file = path.join(bench.app, "src/app/extensions/send-to-alc/extension.ts")
  const text = fs.readFileSync(file, "utf8")
  const broken = text.replace("person.phone_numbers[0]", "person.phone_number[0]")
  if (broken === text) throw new Error("`person.phone_numbers[0]` is not in extension.ts")
  fs.writeFileSync(file, broken)
  for (const compiler of compilers()) {
    const {code, stdout} = await checkTypes(compiler, bench.app)
    const codes = [...stdout.matchAll(/error (TS\d+)/g)].map((match) => match[1])
    bench.same(compiler.name, [true, ["TS2551"]], [code !== 0, codes])
  }
}

await runTests(tests)
