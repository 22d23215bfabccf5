// Rows of mistakes.mjs about what nothing said a word of, or only one of the three, or too many.
import fs from "node:fs"
import path from "node:path"

const button = "src/app/extensions/send-to-alc/extension.ts"
const send = "src/app/extensions/send-to-alc/send-to-alc.server.ts"
const removed = "src/app/events/connection-removed.event.ts"
const added = "src/app/events/connection-added.event.ts"
const alc = "src/shared/alc-api.ts"
const widget = "src/app/extensions/next-step/widget.tsx"
const step = "src/app/blocks/check-lead"
const trigger = "src/app/blocks/lead-processed"
const schema = "src/app/settings/schema.ts"

const renamed = (file, ending) => [{from: file, to: `${file}${ending}`}]
const imported = (specifier, help, says = `ATT9001 ${send}:4:24`) => ({
  edits: [[send, "../../../shared/alc-api", specifier]],
  says,
  help,
})
const elsewhere = (specifier, help) => ({
  edits: [[send, "import {alcFetch}", `import x from "${specifier}"\nconsole.log(x)\nimport {alcFetch}`]],
  says: `ATT9001 ${send}:4:15`,
  help,
})
const options = (from, to, says, help, more) => ({edits: [["tsconfig.json", from, to]], says, help, ...more})
const paths = (value, help) => ({
  edits: [["tsconfig.json", '"strict": true', `"paths": {${value}}, "strict": true`], [send, "../../../shared/alc-api", "@/shared/alc-api"]],
  says: "ATT8006 tsconfig.json:9:15",
  help,
})
const config = '"include": ["src", "tests", ".attio/**/*"]'
const unnamed = (app, file, from, to, line, column, help, more = []) => ({
  app,
  edits: [[file, from, to], ...more],
  only: "types",
  says: `TS2304 ${file}:${line}:${column}`,
  help,
})

export const unseen = {
  "an extension that an editor has made a text file": {edits: renamed(button, ".txt"), says: `ATT1020 ${button}.txt`, help: "rename it to `extension.ts`"},
  "an event that an editor has made a text file": {edits: renamed(removed, ".txt"), says: `ATT1012 ${removed}.txt`, help: "connection-removed.event.ts"},
  "extensions in the folder of pages": {
    edits: [{from: "src/app/extensions", to: "src/app/pages"}],
    says: "ATT1020 src/app/pages/send-to-alc/extension.ts:28:1",
    help: "move its folder",
  },
  "two extensions in one file": {
    edits: [[button, "export default Ext", "export const other = Extensions.defineExtension({type: 'record-action', id: 'other', label: 'Other', objects: 'people', onTrigger: async () => {}})\nexport default Ext"]],
    says: `ATT1020 ${button}:28:1`,
    help: "a folder of its own",
  },
  "settings beside their folder": {
    app: "widget",
    edits: [{from: schema, to: "src/app/settings.ts"}, ["src/app/settings/page.tsx", null], ["src/app/extensions/next-step/dialog.tsx", "../../settings/schema", "../../settings"]],
    says: "ATT6003 src/app/settings.ts:4:1",
    help: "move the file to `src/app/settings`",
  },
  "a block in block.tsx": {app: "workflow", edits: [{from: `${step}/block.ts`, to: `${step}/block.tsx`}], says: `ATT5002 ${step}`, help: "rename its `block.tsx`"},
  "a block a folder too deep": {
    app: "workflow",
    edits: [(app) => {
      fs.mkdirSync(path.join(app, "src/app/blocks/leads"))
      fs.renameSync(path.join(app, step), path.join(app, "src/app/blocks/leads/check-lead"))
    }, ["src/app/blocks/leads/check-lead/execute.ts", "../../../", "../../../../"], ["src/app/blocks/leads/check-lead/finish.ts", "../../../", "../../../../"]],
    says: "ATT5002 src/app/blocks/leads",
    help: "move `src/app/blocks/leads/check-lead` up",
  },
  "a configurator in configurator.ts": {app: "workflow", edits: [{from: `${step}/configurator.tsx`, to: `${step}/configurator.ts`}], says: `ATT5015 ${step}/configurator.ts`},
  "a handler of another kind": {app: "workflow", edits: [[`${trigger}/activate.ts`, "defineWorkflowBlockActivate", "defineWorkflowBlockDeactivate"]], says: `ATT5012 ${trigger}/activate.ts:6:1`},
  "a handler of another block": {app: "workflow", edits: [[`${step}/execute.ts`, '"./block"', '"../lead-processed/block"']], says: `ATT5013 ${step}/execute.ts:6:53`},
  "the whole connection in the log": {
    edits: [[send, "const connection = getWorkspaceConnection()", "const connection = getWorkspaceConnection()\n  console.log(connection)"]],
    says: `ATT7004 ${send}:13:15`,
  },
  "import.meta.env on the server": {
    edits: [[send, "  const connection", "  console.log((import.meta as any).env.VITE_KEY)\n  const connection"]],
    says: `ATT9010 ${send}:12:15`,
    help: "process.env",
  },
  "an export that was forgotten": {
    edits: [["src/shared/rate.ts", null, "const rate = 1\n"], [alc, "const baseUrl", 'import {rate} from "./rate"\nconsole.log(rate)\nconst baseUrl']],
    says: `ATT9006 ${alc}:4:9`,
    help: "`export`",
  },
  "an empty file": {
    edits: [["src/shared/rate.ts", null, ""], [alc, "const baseUrl", 'import {rate} from "./rate"\nconsole.log(rate)\nconst baseUrl']],
    says: `ATT9006 ${alc}:4:9`,
  },
  "JSX on the server": {edits: [[send, "  return {id: lead.id}", "  return <p>{lead.id}</p>"]], says: `ATT9003 ${send}:21:10`, help: "return data"},
  "the marks of Markdown": {edits: [[alc, "// Acme", "```ts\n// Acme"]], says: `ATT9003 ${alc}:1:1`, help: "```"},

  "backslashes in a path": imported("..\\\\..\\\\..\\\\shared\\\\alc-api", "`../../../shared/alc-api`"),
  "single backslashes in a path": imported("..\\..\\..\\shared\\alc-api", "`../../../shared/alc-api`"),
  "a blank before a path": imported(" ../../../shared/alc-api", "`../../../shared/alc-api`"),
  "a folder without index.ts": imported("../../../shared", "`index.ts`"),
  "an address of a file": imported("file:///src/shared/alc-api.ts", "relative"),
  "a subpath import that is not there": imported("#shared/alc-api", "`../../../shared/alc-api`"),
  "a helper that an editor has made a text file": {
    edits: [["src/shared/rate.ts.txt", null, "export const rate = 1\n"], [alc, "const baseUrl", 'import {rate} from "./rate"\nconsole.log(rate)\nconst baseUrl']],
    says: `ATT9001 ${alc}:4:20`,
    help: "rename it to `rate.ts`",
  },
  "a value of a declaration file": {
    edits: [["src/shared/rate.d.ts", null, "export declare const rate: number\n"], [alc, "const baseUrl", 'import {rate} from "./rate"\nconsole.log(rate)\nconst baseUrl']],
    says: `ATT9001 ${alc}:4:20`,
    help: "import type",
  },
  "a package from an address": elsewhere("https://esm.sh/lodash", "install the package"),
  "a package as Deno imports it": elsewhere("npm:lodash@4", "`npm install lodash`"),
  "a package of JSR": elsewhere("jsr:@std/path", "by its name"),

  "a slip in compilerOptions": options('"compilerOptions"', '"compileroptions"', "ATT8006 tsconfig.json:2:3", "`compilerOptions`"),
  "options outside of compilerOptions": options(config, `"strictNullChecks": true,\n  "noEmitOnError": true,\n  ${config}`, "ATT8006 tsconfig.json:15:3", "into `compilerOptions`"),
  "the sources are left out": options(config, `"exclude": ["src"],\n  ${config}`, "ATT8006 tsconfig.json:15:3", '`"src"`'),
  "a tsconfig.json that refers to others": options(config, '"files": [],\n  "references": [{"path": "./tsconfig.app.json"}]', "ATT8006 tsconfig.json:15:3", "`attio init`"),
  "a tsconfig.json that is a list": {edits: [["tsconfig.json", null, "[]"]], says: "ATT8006 tsconfig.json"},
  "jsx that does not exist": {...options('"jsx": "react-jsx"', '"jsx": "react-jxs"', "ATT8006 tsconfig.json:7:12", "react-jsx"), app: "widget"},
  "JSX for Preact": {...options('"jsx": "react-jsx"', '"jsx": "react-jsx", "jsxImportSource": "preact"', "ATT8006 tsconfig.json:7:44", '"react"'), app: "widget"},
  "paths that are no list": paths('"@/*": "./src/*"', '["./src/*"]'),
  "paths without a dot": paths('"@/*": ["src/*"]', '"./src/*"'),
  "paths with two stars": paths('"@/*/*": ["./src/*"]', "one `*`"),
  "baseUrl": {...options('"strict": true', '"baseUrl": ".", "strict": true', "TS5102 tsconfig.json:9:5", "`\"paths\""), only: "types"},
  "React is not installed": {
    app: "widget",
    edits: [["node_modules", null], (app) => {
      fs.mkdirSync(path.join(app, "node_modules"))
      for (const name of ["attio", "graphql"]) fs.symlinkSync(path.join(sdk, name), path.join(app, "node_modules", name))
    }],
    says: "ATT8007 package.json",
    levels: true,
    help: "run `npm install`",
  },
  "packageManager, and nothing is installed": {
    edits: [["node_modules", null], ["package.json", '"private": true', '"private": true,\n  "packageManager": "pnpm@9.0.0"']],
    says: "ATT8007 package.json",
    levels: true,
    help: "pnpm install",
  },

  "a name of the SDK that nothing imports": unnamed(undefined, button, "runQuery, showToast}", "runQuery}", 34, 31, 'import {showToast} from "attio/client"'),
  "a name of the server's SDK that nothing imports": unnamed(undefined, send, "  const connection", "  await kv.set('a', 1)\n  const connection", 12, 9, 'import {kv} from "attio/server"'),
  "a server function that nothing imports": unnamed(undefined, button, 'import sendToAlc from "./send-to-alc.server"\n', "", 20, 11, 'import sendToAlc from "./send-to-alc.server"'),
  "a hook that nothing imports": unnamed("widget", widget, "  const {step} = values", "  const {step} = values\n  console.log(useState(0))", 9, 15, 'import {useState} from "react"'),
  "defineExtension by its name": {
    edits: [[button, "import {alert, Extensions, runQuery", "import {alert, defineExtension, runQuery"], [button, "Extensions.defineExtension", "defineExtension"]],
    only: "types",
    says: `TS2305 ${button}:3:16`,
    help: "`Extensions.defineExtension`",
  },
  "a slip in onTrigger": {edits: [[button, "onTrigger:", "onClick:"]], only: "types", says: `TS2353 ${button}:33:3`},
  "a slip in fileName": {edits: [[added, 'fileName: "lead-processed"', 'file: "lead-processed"']], only: "types", says: `TS2769 ${added}:11:47`},
  "using": {edits: [[alc, "const baseUrl", "using x = {} as any\nconst baseUrl"]], says: `ATT9007 ${alc}:4:1`},
  "a file's text as Vite loads it": {
    edits: [["src/shared/a.txt", null, "a"], [alc, "const baseUrl", 'import a from "./a.txt?raw"\nconsole.log(a)\nconst baseUrl']],
    only: "types",
    says: `TS2307 ${alc}:4:15`,
    help: "without `?`",
  },
}

const sdk = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../sdk/node_modules")
