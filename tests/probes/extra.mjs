#!/usr/bin/env node
// Small apps for the boundary between client and server: what the official build gets wrong, and
// ways around the plain import that must not lead around the boundary.
import fs from "node:fs"
import path from "node:path"
import {observe} from "./observe.mjs"
import {addMarks, inspect, installModules, listFiles, run, workFiles} from "./probe.mjs"
import {runTests} from "./suite.mjs"

const manifest = {
  "package.json": `{"name": "extra", "version": "0.0.1", "private": true}\n`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{module: "ESNext", target: "ES2022", moduleResolution: "bundler", jsx: "react-jsx"},
      ...{paths: {"@/*": ["./src/*"]}, types: [], allowImportingTsExtensions: true, noEmit: true},
    },
    include: ["src"],
  }),
}

function action(id, imports, body) {
  return {
    [`src/app/extensions/${id}/extension.ts`]: `import {Extensions} from "attio/client"
${imports}
export default Extensions.defineExtension({
  type: "record-action",
  id: "${id}",
  label: "${id}",
  onTrigger: async () => {
    ${body}
  },
})
`,
  }
}

const answer = (text) => `export default async function answer(...args: unknown[]) {
  return {from: ${JSON.stringify(text)}, args}
}
`

// Presses the only button of each extension, and calls on the server what the client asks for:
// id of the extension -> what each call gave.
async function pressAll(bench, facts) {
  const results = {}
  for (const {id, calls, error} of facts["index.js"].pressed) {
    if (error) bench.wrong(`${id}: ${error}`)
    results[id] = calls.map((call) => {
      const module = facts["server.js"].modules[call.id]
      if (!module) bench.wrong(`${id} calls ${call.id}, which is not in server.js`)
      return module?.call.result?.from ?? module?.call.error
    })
  }
  return results
}

function expectAbsent(bench, texts) {
  for (const text of texts) {
    if (bench.bundle("index.js").includes(text)) bench.wrong(`dist/index.js holds ${text}`)
  }
}

// The same app with a mark in each server file: none may be in the client's bundle.
async function expectNoServerCode(bench) {
  addMarks(bench.app, workFiles(bench.app))
  await bench.build()
  expectAbsent(bench, ["__attioLoaded"])
}

async function expectRefused(bench, code) {
  const report = await bench.json("build", "--no-validate")
  const errors = report.diagnostics.filter((one) => one.severity === "error")
  bench.same("exit code", 1, report.code)
  bench.same("codes", [code], [...new Set(errors.map((one) => one.code))])
  bench.same("bundles", {}, await inspect(path.join(bench.app, "dist")))
}

// An app whose button reaches src/x.server.ts in some way, with the arguments 1 and "two".
function reaches(imports, body, more = {}) {
  return async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", imports, body),
      "src/app/extensions/go/x.server.ts": answer("the one and only x"),
      ...more,
    })
    bench.linkSdk()
    const facts = await bench.build()
    bench.same("results", {go: ["the one and only x"]}, await pressAll(bench, facts))
    bench.same("arguments", [[1, "two"]], facts["index.js"].pressed[0].calls.map((one) => one.args))
    expectAbsent(bench, ["the one and only x"])
    await expectNoServerCode(bench)
  }
}

function bytes(app) {
  const dist = path.join(app, "dist")
  const files = listFiles(dist).map((name) => [name, fs.readFileSync(path.join(dist, name), "utf8")])
  return Object.fromEntries(files)
}

// The bundles of one app, built in surroundings that must not be seen in them.
async function expectSameBytes(bench, wanted, what, {app = bench.app, env = {}, shell = ""}) {
  fs.rmSync(path.join(app, "dist"), {recursive: true, force: true})
  const command = `${shell} exec "$0" build`
  const surroundings = {cwd: app, env: {...bench.env, ...env}}
  const {code, stdout, stderr} = await run("/bin/sh", ["-c", command, bench.bin], surroundings)
  if (code !== 0) return bench.wrong(`${what}: exit code ${code}\n${stdout}${stderr}`)
  const have = bytes(app)
  bench.same(`${what}: files`, Object.keys(wanted), Object.keys(have))
  for (const name of Object.keys(wanted)) {
    if (have[name] !== wanted[name]) bench.wrong(`${what}: dist/${name} differs`)
  }
}

// An app with a handler file that its client imports.
function refuses(handler, imports, body) {
  return async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", imports, body),
      [handler]: handler.includes("webhook")
        ? `export default async function hook(_: Request) {\n  return new Response("")\n}\n`
        : "export default async function added() {}\n",
    })
    bench.linkSdk()
    await expectRefused(bench, "ATT2008")
  }
}

await runTests({
  "two extensions with a ./run.server each call two functions": async (bench) => {
    bench.write({...manifest})
    for (const id of ["one", "two"]) {
      bench.write({
        ...action(id, `import run from "./run.server"`, "await run()"),
        [`src/app/extensions/${id}/run.server.ts`]: answer(`the run of ${id}`),
      })
    }
    bench.linkSdk()
    const facts = await bench.build()
    const wanted = {one: ["the run of one"], two: ["the run of two"]}
    bench.same("results", wanted, await pressAll(bench, facts))
    await expectNoServerCode(bench)
  },

  "a specifier with .ts": reaches(`import x from "./x.server.ts"`, `await x(1, "two")`),
  "a specifier with .js": reaches(`import x from "./x.server.js"`, `await x(1, "two")`),
  "a path alias": reaches(`import x from "@/app/extensions/go/x.server"`, `await x(1, "two")`),
  "a dynamic import": reaches("", `await (await import("./x.server")).default(1, "two")`),
  "a re-export": reaches(`import {x} from "./barrel"`, `await x(1, "two")`, {
    "src/app/extensions/go/barrel.ts": `export {default as x} from "./x.server"\n`,
  }),
  "a namespace import": reaches(`import * as x from "./x.server"`, `await x.default(1, "two")`),
  "a type import beside the value": reaches(
    `import x from "./x.server"\nimport type {Secret} from "./secret.server"`,
    `const s: Secret = [1, "two"]\n    await x(...s)`,
    {
      "src/app/extensions/go/secret.server.ts":
        `export type Secret = [number, string]\n${answer("only for its types")}`,
    },
  ),

  "a helper called stdin.ts breaks nothing": reaches(
    `import x from "./x.server"\nimport stdin from "../../../stdin"`,
    `stdin()\n    await x(1, "two")`,
    {
      "src/stdin.ts": `export default function stdin() {\n  return "typed"\n}\n`,
      "src/y.server.ts": `import stdin from "./stdin"
export default async function y() {
  return {from: stdin()}
}
`,
    },
  ),

  "names of the host in the app's own code break nothing": reaches(
    `import x from "./x.server"`,
    `await x(1, "two")`,
    {
      "src/y.server.ts": `const modules = 1, webhookModules = 2, dispatch = 3
export const stdin_default = 4, stdin_webhooks_default = 5, stdin_events_default = 6
export default async function y() {
  return modules + webhookModules + dispatch + stdin_default + stdin_webhooks_default
}
`,
    },
  ),

  "what only server files import is not in the client": reaches(
    `import x from "./x.server"\nimport {shared} from "./shared"`,
    `await x(shared, "two")`,
    {
      "src/app/extensions/go/shared.ts":
        `export const shared = 1\nexport const secret = "the one and only secret"\n`,
      "src/app/extensions/go/y.server.ts": `import {secret} from "./shared"
export default async function y() {
  return secret
}
`,
    },
  ),

  "a webhook imported by the client is refused": refuses(
    "src/app/webhooks/done.webhook.ts",
    `import hook from "../../webhooks/done.webhook"`,
    "console.log(hook)",
  ),
  "a webhook imported with .ts is refused": refuses(
    "src/app/webhooks/done.webhook.ts",
    `import hook from "../../webhooks/done.webhook.ts"`,
    "console.log(hook)",
  ),
  "a webhook imported dynamically is refused": refuses(
    "src/app/webhooks/done.webhook.ts",
    "",
    `console.log(await import("../../webhooks/done.webhook"))`,
  ),
  "an event imported by the client is refused": refuses(
    "src/app/events/connection-added.event.ts",
    `import added from "../../events/connection-added.event"`,
    "console.log(added)",
  ),

  "an id of any letters": async (bench) => {
    const file = "lib/für [id] (1) 👍.server"
    bench.write({
      ...manifest,
      ...action("go", `import x from "../../../${file}"`, `await x(1, "two")`),
      [`src/${file}.ts`]: answer("the one and only x"),
    })
    bench.linkSdk()
    const facts = await bench.build()
    bench.same("results", {go: ["the one and only x"]}, await pressAll(bench, facts))
    bench.same("ids", [file], facts["index.js"].serverFunctionIds)
    expectAbsent(bench, ["the one and only x"])
  },
  "a server file that is a link to a file of another name": async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", `import x from "./x.server"`, `await x(1, "two")`),
      "other/(plain).ts": answer("the one and only x"),
    })
    const link = path.join(bench.app, "src/app/extensions/go/x.server.ts")
    fs.symlinkSync("../../../../other/(plain).ts", link)
    bench.linkSdk()
    const facts = await bench.build()
    bench.same("results", {go: ["the one and only x"]}, await pressAll(bench, facts))
    expectAbsent(bench, ["the one and only x"])
  },
  "a server file behind a folder that is a link": async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", `import x from "../../../linked/x.server"`, `await x(1, "two")`),
      "other/x.server.ts": answer("the one and only x"),
    })
    fs.symlinkSync("../other", path.join(bench.app, "src/linked"))
    bench.linkSdk()
    const facts = await bench.build()
    const called = facts["index.js"].pressed[0].calls.map(({id}) => id)
    bench.same("results", {go: ["the one and only x"]}, await pressAll(bench, facts))
    bench.same("ids", ["linked/x.server"], called)
    bench.same("functions", called, Object.keys(facts["server.js"].modules))
    expectAbsent(bench, ["the one and only x"])
  },
  "a webhook that is a link to a file of another name is refused": async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", `import hook from "../../webhooks/done.webhook"`, "console.log(hook)"),
      "other/plain.ts": answer("hook"),
      "src/app/webhooks/.keep": "",
    })
    const link = path.join(bench.app, "src/app/webhooks/done.webhook.ts")
    fs.symlinkSync("../../../other/plain.ts", link)
    bench.linkSdk()
    await expectRefused(bench, "ATT2008")
  },

  "only the names of the contract are in the global scope": async (bench) => {
    const block = "src/app/blocks/wait"
    bench.write({
      ...manifest,
      "src/x.server.ts": "export default async () => 1\n",
      [`${block}/block.ts`]: `import {Workflows} from "attio"
export default Workflows.defineWorkflowBlock({
  type: "step",
  id: "wait",
  title: "Wait",
  description: "Waits",
  configSchema: Workflows.ConfigSchema.struct({}),
})
`,
      [`${block}/execute.ts`]: `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockExecute(block, async () => ({type: "exit"}))
`,
    })
    bench.linkSdk()
    await bench.build()
    const facts = await observe(path.join(bench.app, "dist"))
    const dispatchers = [
      ...["stdin_default", "stdin_events_default", "stdin_webhooks_default"],
      "stdin_workflow_block_handlers_default",
    ]
    const names = (bundle) =>
      facts[`${bundle} in a friendly world`].globals.filter(
        (name) => !/^(__|init_|require_|import_)|_(default|exports)\d*$/.test(name),
      )
    bench.same("the client's", [], names("index.js"))
    bench.same("the server's", ["eventModules", "modules", "webhookModules"], names("server.js"))
    bench.same("the block's", ["modules", "workflowModules"], names("workflow/wait.js"))
    for (const name of ["server.js", "workflow/wait.js"]) {
      const {globals} = facts[`${name} in a friendly world`]
      bench.same(`${name}: dispatchers`, dispatchers, globals.filter((one) => one.startsWith("stdin_")))
    }
  },

  "the bundles are the same bytes in any surroundings": async (bench) => {
    bench.write({
      ...manifest,
      ...action("go", `import {z} from "zod"\nimport run from "./run.server"`, "await run(z)"),
      "src/app/extensions/go/run.server.ts":
        `import {z} from "zod"\nexport default async (_: unknown) => z.string()\n`,
      "src/app/webhooks/b.webhook.ts": "export default async () => new Response()\n",
      "src/app/webhooks/a.webhook.ts": "export default async () => new Response()\n",
      "src/app/webhooks/ä.ts": "export const notAWebhook = 1\n",
      "src/ü.server.ts": "export default async () => 1\n",
      "src/Z.server.ts": "export default async () => 2\n",
      "src/a.server.ts": "export default async () => 3\n",
    })
    installModules(bench.app)
    await bench.build()
    const wanted = bytes(bench.app)
    const same = (what, how) => expectSameBytes(bench, wanted, what, how)
    const other = path.join(bench.folder, "other place")
    fs.mkdirSync(other)
    const link = path.join(bench.folder, "link")
    fs.symlinkSync(bench.app, link)
    const copy = path.join(other, "ä copy")
    fs.cpSync(bench.app, copy, {recursive: true, verbatimSymlinks: true})

    await same("a second time", {})
    await same("another home and temporary folder", {env: {HOME: other, TMPDIR: other}})
    await same("another language", {env: {LC_ALL: "C", LANG: "de_DE.UTF-8", LANGUAGE: "tr"}})
    await same("another time zone", {env: {TZ: "Asia/Kathmandu"}})
    await same("another umask", {shell: "umask 077;"})
    await same("a terminal's variables", {env: {FORCE_COLOR: "1", COLUMNS: "20", TERM: "xterm"}})
    await same("variables that other tools read", {
      env: {NODE_ENV: "test", NODE_PATH: other, ESBUILD_WORKER_THREADS: "0", SOURCE_DATE_EPOCH: "1"},
    })
    await same("through a link to the folder", {app: link})
    await same("a link as the shell's folder", {shell: `cd "${link}";`})
    await same("a copy elsewhere", {app: copy})
  },
})
