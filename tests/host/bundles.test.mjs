// Real bundles in the host: ours and those of the official CLI, of an app with all kinds of server
// code, do the same.
import assert from "node:assert"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import test, {after, before} from "node:test"
import {run, sdkModules} from "../probes/probe.mjs"
import {startHost, top} from "./host.mjs"

const {deepStrictEqual: same} = assert
const block = (kind, extra = "") => `import {Workflows} from "attio"
const C = Workflows.ConfigSchema
export default Workflows.defineWorkflowBlock({type: "${kind}", id: "my-${kind}", title: "T", description: "D",
  configSchema: C.struct({when: C.timestamp(), day: C.date().optional(), text: C.richText(), list: C.array(C.timestamp()), inner: C.struct({at: C.timestamp().optional(), n: C.number()}),
    map: C.record(C.timestamp()), mail: C.emailAddress(), kind: C.stringEnum(["a", "b"])${extra}})})
`
const configurator = `import {Workflows} from "attio/client"
import block from "./block"
export default Workflows.defineConfigurator(block, (block) => {
  const {TextInput, Outcome} = Workflows.useConfigurator(block)
  return <><TextInput name={"kind" as never} label="Kind" /><Outcome id="done" label="Done" schema={null} /></>
})
`
const describe = `config: {when: config.when instanceof Date && config.when.toISOString(), day: config.day, text: [typeof config.text.toPlainText, config.text.toPlainText(), config.text.toMarkdown()],
  list: config.list.map((d) => d.getTime()), inner: [config.inner.at instanceof Date, config.inner.n], map: config.map.x?.getTime(), mail: config.mail, kind: config.kind}`
const files = {
  "package.json": JSON.stringify({name: "my-app", version: "0.0.1", private: true, dependencies: {attio: "1.0.4"}}),
  "tsconfig.json": fs.readFileSync(path.join(top, "templates/workflow/tsconfig.json"), "utf8"),
  "src/app/blocks/step/block.ts": block("step"),
  "src/app/blocks/step/configurator.tsx": configurator,
  "src/app/blocks/step/execute.ts": `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockExecute(block, async ({config, metadata}) => {
  const V = Workflows.OutcomeValue
  if (config.kind === "b") return {type: "error", errorMessage: "b", retryable: true}
  return {type: "outcome", id: "done", data: {${describe}, id: metadata.uniqueExecutionId, at: new Date(0), rich: V.richText("**x**"), none: undefined,
    values: [V.emailAddress("Ada@Mail.Example.co.uk "), V.emailAddress("nobody"), V.phoneNumber("(415) 555-2671", {country_code: "us"}), V.phoneNumber("4155552671"), V.phoneNumber("+44 20 7946 0958"), V.phoneNumber("+15558675309"), V.phoneNumber("+1555"), V.currency({value: 1, code: "EUR"} as never), V.date({value: "2020-01-01"} as never)]}} as never
})
`,
  "src/app/blocks/step/finish.ts": `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockFinish(block, async (request, {config, metadata}) => {
  if (request.method === "GET") return {type: "no-op"}
  return {type: "outcome", id: "done", data: {...((await request.json()) as object), header: request.headers.get("x-a"), when: config.when.getTime(), url: metadata.finishCallbackUrl, old: (metadata as never as {resumeCallbackUrl: string}).resumeCallbackUrl, hidden: !("resumeCallbackUrl" in {...metadata})}} as never
})
`,
  "src/app/blocks/trigger/block.ts": block("trigger"),
  "src/app/blocks/trigger/configurator.tsx": configurator,
  "src/app/blocks/trigger/activate.ts": `import {kv, Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockActivate(block, async ({config, metadata}) => {
  await kv.set("activation", {id: metadata.uniqueActivationId, url: metadata.triggerCallbackUrl, kind: config.kind})
  return {type: "complete"}
})
`,
  "src/app/blocks/trigger/trigger.ts": `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockTrigger(block, async (request, {config}) => ({type: "outcome", id: "done", data: {body: await request.text(), when: config.when.getTime()}}) as never)
`,
  "src/app/blocks/trigger/deactivate.ts": `import {Workflows} from "attio/server"
import block from "./block"
export default Workflows.defineWorkflowBlockDeactivate(block, () => ({type: "nonsense"}) as never)
`,
  "src/app/webhooks/nested/hook.webhook.ts": `export default async function hook(request: Request) { return Response.json({got: await request.text()}, {status: 202}) }
`,
  "src/app/events/connection-added.event.ts": `import type {Connection} from "attio/server"
import {createWebhookHandler} from "attio/server"
export default async function added({connection}: {connection: Connection}) { await createWebhookHandler({fileName: "nested/hook" as never}); console.log("added", connection.ownedBy.type) }
`,
  "src/app/extensions/go/go.server.ts": `import {ATTIO_API_TOKEN, getWorkspaceConnection} from "attio/server"
const lines = ["x"]
export default async function go(id: string, count: number) {
  const response = await fetch("https://api.attio.com/v2/self", {headers: {Authorization: "Bearer " + ATTIO_API_TOKEN}})
  if (count < 0) throw new Error("too few") // line 5
  return {id, count, ok: response.ok, lines, env: process.env.NODE_ENV, connection: getWorkspaceConnection().value}
}
`,
  "src/app/extensions/go/extension.ts": `import {Extensions, showToast} from "attio/client"
import go from "./go.server"
export default Extensions.defineExtension({type: "record-action", id: "go", label: "Go", onTrigger: async ({recordId}) => { const r = await go(recordId, 1); await showToast({variant: "success", title: r.id}) }})
`,
}

const tools = {
  ours: (folder) => run(path.join(top, "build/attio"), ["build", folder], {cwd: folder}),
  official: (folder) => run(process.execPath, [path.join(sdkModules, "attio/dist/cli/index.js"), "build"], {cwd: folder}),
}

const folders = []
let host

function write(folder) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), {recursive: true})
    fs.writeFileSync(file, text)
  }
  fs.symlinkSync(sdkModules, path.join(folder, "node_modules"))
}

async function build(tool) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attio-host-"))
  folders.push(folder)
  write(folder)
  const {code, stdout, stderr} = await tools[tool](folder)
  if (code !== 0) throw new Error(`the build ends with ${code}\n${stdout}${stderr}`)
  const read = (name) => fs.readFileSync(path.join(folder, "dist", name), "utf8")
  const blocks = fs.readdirSync(path.join(folder, "dist/workflow"))
  return {
    client: read("index.js"),
    server: read("server.js"),
    blocks: Object.fromEntries(blocks.map((name) => [name.replace(/\.js$/, ""), read(`workflow/${name}`)])),
  }
}

before(async () => {
  host = await startHost()
})
after(async () => {
  await host.stop()
  for (const folder of folders) fs.rmSync(folder, {recursive: true, force: true})
})

const config = {
  when: "2024-02-03T04:05:06.000Z",
  text: "**bold** and [a](https://x.test)",
  list: ["1970-01-01T00:00:01.000Z"],
  inner: {n: 7},
  map: {x: "1970-01-01T00:00:02.000Z"},
  mail: {original: "a@b.co", normalized: "a@b.co", domain: "b.co", root_domain: "b.co", local_specifier: "a"},
  kind: "a",
}

for (const tool of Object.keys(tools)) {
  test(`bundles of ${tool === "ours" ? "our build" : "the official CLI"}`, async () => {
    const kept = []
    Object.assign(host.answers, {
      fetch: ({url, headers}) => ({status: 200, url, headers: [], body: JSON.stringify(headers)}),
      "kv.set": ({key, value}) => {
        kept.push([key, value])
      },
      "webhooks.create": ({fileName}) => {
        kept.push(["webhook", fileName])
        return {id: "h", url: "u", fileName, externalWebhookId: null}
      },
    })
    host.notes.splice(0)
    const app = await host.load({...(await build(tool)), env: {}})
    same(app.loaded.errors, [])
    same(app.loaded.surfaces["record-action"].map(({id}) => id), ["go"])
    same(app.loaded.surfaces["workflow-block"].map(({id}) => id).sort(), ["my-step", "my-trigger"])

    const module = "app/extensions/go/go.server"
    const context = {connections: {workspace: {id: "c", value: "secret", connection_key: "k", createdBy: {}, ownedBy: {type: "workspace"}}}}
    const {value} = await app.run("function", {module, args: ["r1", 2], context})
    same([value.id, value.count, value.ok, value.lines, value.connection, typeof value.env], ["r1", 2, true, ["x"], "secret", "string"])
    await assert.rejects(app.run("function", {module, args: ["r1", -1], context}), /too few/)
    await assert.rejects(app.run("function", {module: "app/none.server", args: []}), /app\/none\.server/)

    const hook = await app.run("webhook", {module: "nested/hook", request: {method: "POST", url: "https://hooks.attio.com/a/w/h", headers: [], body: "hi"}})
    same([hook.response.status, hook.response.body], [202, '{"got":"hi"}'])
    await assert.rejects(app.run("webhook", {module: "none", request: {method: "POST", url: "https://x.test", headers: []}}), /none/)
    same(await app.run("event", {module: "connection-added", args: [{connection: {ownedBy: {type: "workspace"}}}]}), {})

    const {schema} = await app.run("block-schema", {block: "my-step"})
    same([schema.type, schema.fields.when, schema.fields.text, schema.fields.list.element.type, schema.fields.kind.values], ["struct", {type: "timestamp"}, {type: "rich-text"}, "timestamp", ["a", "b"]])
    const typed = await app.run("block-schema", {block: "my-step", config: {mail: "Ada@Mail.Example", kind: "a", text: "x", list: ["y"], other: "z"}})
    same(typed.config, {
      mail: {original: "Ada@Mail.Example", normalized: "ada@mail.example", domain: "mail.example", root_domain: "mail.example", local_specifier: "ada"},
      kind: "a",
      text: "x",
      list: ["y"],
      other: "z",
    })
    same((await app.run("block-schema", {block: "my-step", config: {mail: "nobody"}})).config, {mail: "nobody"})
    const metadata = {uniqueExecutionId: "e1", finishCallbackUrl: "https://hooks.attio.com/w/1/2/defer/3", uniqueActivationId: "a1", triggerCallbackUrl: "https://hooks.attio.com/w/1/2"}
    const step = (handler, more) => app.run("block", {block: "my-step", handler, config, metadata, ...more})
    const executed = await step("execute")
    same([executed.problems, executed.lossy], [[], []])
    same(executed.value, {
      type: "outcome",
      id: "done",
      data: {
        config: {when: config.when, text: ["function", "bold and a", config.text], list: [1000], inner: [false, 7], map: 2000, mail: config.mail, kind: "a"},
        id: "e1",
        at: "1970-01-01T00:00:00.000Z",
        rich: "**x**",
        values: [
          {original: "Ada@Mail.Example.co.uk ", normalized: "ada@mail.example.co.uk", domain: "mail.example.co.uk", root_domain: "example.co.uk", local_specifier: "ada"},
          null,
          {original: "(415) 555-2671", normalized: "+14155552671", country_code: "US"},
          null,
          {original: "+44 20 7946 0958", normalized: "+442079460958", country_code: "GB"},
          {original: "+15558675309", normalized: "+15558675309", country_code: "US"},
          null,
          {value: 1, code: "EUR"},
          {value: "2020-01-01"},
        ],
      },
    })
    same((await step("execute", {config: {...config, kind: "b"}})).value, {type: "error", errorMessage: "b", retryable: true})
    const request = {method: "POST", url: metadata.finishCallbackUrl, headers: [["X-A", "1"]], body: '{"p":1}'}
    same((await step("finish", {request})).value, {type: "outcome", id: "done", data: {p: 1, header: "1", when: Date.parse(config.when), url: metadata.finishCallbackUrl, old: metadata.finishCallbackUrl, hidden: true}})
    same((await step("finish", {request: {...request, method: "GET"}})).value, {type: "no-op"})

    const trigger = (handler, more) => app.run("block", {block: "my-trigger", handler, config, metadata, ...more})
    same((await trigger("activate")).value, {type: "complete"})
    same((await trigger("trigger", {request: {...request, body: "b"}})).value, {type: "outcome", id: "done", data: {body: "b", when: Date.parse(config.when)}})
    const nonsense = await trigger("deactivate")
    same(nonsense.problems.map(({path}) => path), ["type"])
    await assert.rejects(app.run("block", {block: "nothing", handler: "execute", config, metadata}), /no workflow block "nothing"/)
    same(kept, [["webhook", "nested/hook"], ["activation", {id: "a1", url: metadata.triggerCallbackUrl, kind: "a"}]])
    same(host.told("log").map(({text}) => text), ["added workspace"])
    await app.drop()
  })
}
