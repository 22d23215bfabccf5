// Mistakes of somebody's first hour, one a row, made in an app that is right.
//
//   app      the template that it is made in (default: lead-checker)
//   edits    [file, from, to]: replace a text that is there once; [file, null, text]: write the file;
//            [file, null]: remove it; {from, to}: rename a file or folder; a function of the folder
//   says     the one finding: "CODE file:line:column", without a place what has none; left out where
//            nothing is wrong (right.mjs)
//   only     "types" or "bundler": validate cannot know; then `check` or `build` tell it first
//   levels   validate only warns of it: it can do its work all the same
//   help     what the remedy says, in part
import {programs, warnings} from "./programs.mjs"
import {unseen} from "./silent.mjs"
import {right} from "./right.mjs"
import {slips} from "./slips.mjs"

const button = "src/app/extensions/send-to-alc/extension.ts"
const query = "src/app/extensions/send-to-alc/get-person-phone-numbers.graphql"
const send = "src/app/extensions/send-to-alc/send-to-alc.server.ts"
const webhook = "src/app/webhooks/lead-processed.webhook.ts"
const added = "src/app/events/connection-added.event.ts"
const alc = "src/shared/alc-api.ts"
const widget = "src/app/extensions/next-step/widget.tsx"
const dialog = "src/app/extensions/next-step/dialog.tsx"
const step = "src/app/blocks/check-lead"

const layout = {
  "an event that does not exist, outside of the folder": {
    edits: [["src/app/record-created.event.ts", null, "export default async function recordCreated() {}\n"]],
    says: "ATT1011 src/app/record-created.event.ts",
    help: "the platform has no such event",
  },
  "the folder is called App": {
    edits: [{from: "src/app", to: "src/App"}],
    says: "ATT1001",
  },
  "the sources are in source/": {
    edits: [{from: "src", to: "source"}],
    says: "ATT1001",
  },
  "a webhook outside of its folder": {
    edits: [{from: webhook, to: "src/app/lead-processed.webhook.ts"}, ["src/app/lead-processed.webhook.ts", "../../shared", "../shared"]],
    says: "ATT1010 src/app/lead-processed.webhook.ts",
  },
  "a webhook without its suffix": {
    edits: [{from: webhook, to: "src/app/webhooks/lead-processed.ts"}],
    says: "ATT1012 src/app/webhooks/lead-processed.ts",
  },
  "a webhook with a slip in its suffix": {
    edits: [{from: webhook, to: "src/app/webhooks/lead-processed.webhok.ts"}],
    says: "ATT1012 src/app/webhooks/lead-processed.webhok.ts",
  },
  "the folder of webhooks is misspelt": {
    edits: [{from: "src/app/webhooks", to: "src/app/webhook"}],
    says: "ATT1010 src/app/webhook/lead-processed.webhook.ts",
  },
  "an event outside of its folder": {
    edits: [{from: added, to: "src/app/connection-added.event.ts"}, ["src/app/connection-added.event.ts", "../../shared", "../shared"]],
    says: "ATT1011 src/app/connection-added.event.ts",
  },
  "an event that does not exist": {
    edits: [["src/app/events/record-created.event.ts", null, "export default async function recordCreated() {}\n"]],
    says: "ATT1013 src/app/events/record-created.event.ts",
  },
  "an event that does not exist, with a slip in its suffix": {
    edits: [["src/app/events/record-created.events.ts", null, "export default async function recordCreated() {}\n"]],
    says: "ATT1012 src/app/events/record-created.events.ts",
    help: "the platform has no such event",
  },
  "a slip in an event's name": {
    edits: [{from: added, to: "src/app/events/conection-added.event.ts"}],
    says: "ATT1013 src/app/events/conection-added.event.ts",
  },
  "a slip in an event's suffix": {
    edits: [{from: added, to: "src/app/events/connection-added.events.ts"}],
    says: "ATT1012 src/app/events/connection-added.events.ts",
  },
  "an extension in index.ts": {
    edits: [{from: button, to: button.replace("extension.ts", "index.ts")}],
    says: "ATT1020 src/app/extensions/send-to-alc/index.ts:28:1",
  },
  "an extension in extension.js": {
    edits: [["src/app/extensions/hello/extension.js", null, 'import {Extensions} from "attio/client"\n\nexport default Extensions.defineExtension({type: "record-action", id: "hello", label: "Hello", onTrigger: async () => {}})\n']],
    says: "ATT1020 src/app/extensions/hello/extension.js:3:1",
  },
  "the folder of extensions is misspelt": {
    edits: [{from: "src/app/extensions", to: "src/app/extension"}],
    says: "ATT1020 src/app/extension/send-to-alc/extension.ts:28:1",
  },
  "two extensions with one id": {
    edits: [["src/app/extensions/hello/extension.ts", null, 'import {Extensions} from "attio/client"\n\nexport default Extensions.defineExtension({\n  type: "record-action",\n  id: "send-to-alc",\n  label: "Hello",\n  onTrigger: async () => {},\n})\n']],
    says: "ATT1022 src/app/extensions/send-to-alc/extension.ts:30:7",
  },
  "an id with capitals": {
    edits: [[button, '"send-to-alc"', '"Send_To_ALC"']],
    says: "ATT1021 src/app/extensions/send-to-alc/extension.ts:30:7",
  },
  "a slip in an extension's type": {
    edits: [[button, '"record-action"', '"record-actions"']],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:29:9",
  },
  "another slip in an extension's type": {
    edits: [[button, '"record-action"', '"recordAction"']],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:29:9",
  },
  "an extension without a type": {
    edits: [[button, '  type: "record-action",\n', ""]],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:28:16",
  },
  "an extension without an id": {
    edits: [[button, '  id: "send-to-alc",\n', ""]],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:28:16",
  },
  "an extension without a label": {
    edits: [[button, '  label: "Send to ALC",\n', ""]],
    only: "types",
    says: "TS2345 src/app/extensions/send-to-alc/extension.ts:28:43",
  },
  "an id that is not written out": {
    edits: [[button, 'id: "send-to-alc"', "id: ID"], [button, "// Gives undefined", 'const ID = "send-to-alc"\n\n// Gives undefined']],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:32:7",
  },
  "an extension that is not the default export": {
    edits: [[button, "export default Extensions.defineExtension", "export const extension = Extensions.defineExtension"]],
    says: `ATT1020 ${button}`,
  },
  "an extension that is a plain object": {
    edits: [[button, "export default Extensions.defineExtension({", "export default {"], [button, "  },\n})\n", "  },\n}\n"], [button, "alert, Extensions, runQuery", "alert, runQuery"], [button, "({recordId})", "({recordId}: {recordId: string})"]],
    says: "ATT1020 src/app/extensions/send-to-alc/extension.ts:28:1",
  },
  "an empty src/app.ts": {
    edits: [["src/app.ts", null, ""]],
    says: "ATT1002 src/app.ts",
  },
  "src/app.ts has a default export": {
    edits: [["src/app.ts", null, "export default {}\n"]],
    says: "ATT1002 src/app.ts:1:1",
  },
  "src/app.ts alone, with a default export": {
    edits: [{from: "src/app", to: "src/other"}, ["src/other", null], ["src/app.ts", null, "export default {}\n"]],
    says: "ATT1002 src/app.ts:1:1",
  },
  "a step without execute.ts": {
    app: "workflow",
    edits: [[`${step}/execute.ts`, null]],
    says: "ATT5003 src/app/blocks/check-lead/block.ts",
  },
  "execute.tsx": {
    app: "workflow",
    edits: [{from: `${step}/execute.ts`, to: `${step}/execute.tsx`}],
    says: `ATT5004 ${step}/execute.tsx`,
  },
  "a block's file is called index.ts": {
    app: "workflow",
    edits: [{from: `${step}/execute.ts`, to: `${step}/run.ts`}],
    says: "ATT5003 src/app/blocks/check-lead/block.ts",
  },
  "a block without a default export": {
    app: "workflow",
    edits: [[`${step}/execute.ts`, "export default Workflows", "export const execute = Workflows"]],
    says: `ATT5010 ${step}/execute.ts`,
  },
  "a block's id has a blank": {
    app: "workflow",
    edits: [[`${step}/block.ts`, '"check-lead"', '"check lead"']],
    says: `ATT1021 ${step}/block.ts:7:7`,
  },
  "a block's type is misspelt": {
    app: "workflow",
    edits: [[`${step}/block.ts`, '"step"', '"steps"']],
    says: `ATT5002 ${step}/block.ts:6:9`,
  },
  "a server function in .tsx": {
    edits: [{from: send, to: send.replace(".ts", ".tsx")}],
    says: `ATT1012 ${send.replace(".ts", ".tsx")}`,
  },
  "a server function that is called .servers.ts": {
    edits: [{from: send, to: send.replace(".server.", ".servers.")}, [button, "./send-to-alc.server", "./send-to-alc.servers"]],
    says: `ATT1012 ${send.replace(".server.", ".servers.")}`,
  },
}

const imports = {
  "a path from the app's folder": {
    edits: [[send, "../../../shared/alc-api", "src/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "a path from the app's folder with a slash": {
    edits: [[send, "../../../shared/alc-api", "/src/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "a path from src": {
    edits: [[send, "../../../shared/alc-api", "/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "the usual alias, which nothing defines": {
    edits: [[send, "../../../shared/alc-api", "@/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "another alias, in another case": {
    edits: [[send, "../../../shared/alc-api", "~/shared/ALC-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "a server function with its ending": {
    edits: [[button, "./send-to-alc.server", "./send-to-alc.server.ts"]],
    says: `ATT2007 ${button}:5:23`,
  },
  "an import of nothing": {
    edits: [[button, '"./send-to-alc.server"', '"./send-to-alc.server"\nimport ""']],
    says: `ATT9001 ${button}:6:8`,
    help: "say what is to be imported",
  },
  "the app's own name, without exports": {
    edits: [["package.json", '"name": ', '"name": "leads",\n  "title": '], [send, "../../../shared/alc-api", "leads/src/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`exports`",
  },
  "require of a module of Node": {
    edits: [[send, "  const connection", '  console.log(require("crypto"))\n  const connection']],
    says: `ATT3008 ${send}:12:23`,
  },
  "require of a file that is not there": {
    edits: [[send, "  const connection", '  console.log(require("./nope"))\n  const connection']],
    says: `ATT9001 ${send}:12:23`,
  },
  "the browser's storage on the server": {
    edits: [[send, "  const connection", '  localStorage.setItem("last", name)\n  const connection']],
    says: `ATT3011 ${send}:12:3`,
    help: "`kv`",
  },
  "an alert on the server that nothing imports": {
    edits: [[send, "  const connection", '  alert("Sent")\n  const connection']],
    says: `ATT3011 ${send}:12:3`,
    help: "client",
  },
  "XMLHttpRequest on the server": {
    edits: [[send, "  const connection", "  console.log(new XMLHttpRequest())\n  const connection"]],
    says: `ATT3011 ${send}:12:19`,
    help: "`fetch`",
  },
  "what process does not have on the server": {
    edits: [[send, "  const connection", "  console.log(process.cwd())\n  const connection"]],
    says: `ATT3011 ${send}:12:15`,
  },
  "an image without a declaration": {
    edits: [["src/logo.png", null, "x"], [button, 'import sendToAlc', 'import logo from "../../../logo.png"\nimport sendToAlc'], [button, "// Gives undefined", "console.log(logo)\n// Gives undefined"]],
    only: "types",
    says: `TS2307 ${button}:5:18`,
    help: "declare module \"*.png\"",
  },
  "an import in wrong case": {
    edits: [[button, "./send-to-alc.server", "./Send-to-alc.server"]],
    says: `ATT9001 ${button}:5:23`,
    help: "`./send-to-alc.server`",
  },
  "a slip in an import's path": {
    edits: [[button, "./send-to-alc.server", "./send-to-acl.server"]],
    says: `ATT9001 ${button}:5:23`,
    help: "`./send-to-alc.server`",
  },
  "an import that forgets .server": {
    edits: [[button, "./send-to-alc.server", "./send-to-alc"]],
    says: `ATT9001 ${button}:5:23`,
    help: "`./send-to-alc.server`",
  },
  "an import that goes up too little": {
    edits: [[send, "../../../shared/alc-api", "../../shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "an import in wrong case of a folder": {
    edits: [[send, "../../../shared/alc-api", "../../../Shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
    help: "`../../../shared/alc-api`",
  },
  "an import without ./": {
    edits: [[button, '"./send-to-alc.server"', '"send-to-alc.server"']],
    says: `ATT9001 ${button}:5:23`,
    help: "`./send-to-alc.server`",
  },
  "a slip in a query's path": {
    edits: [[button, "./get-person-phone-numbers.graphql", "./get-person-phone-number.graphql"]],
    says: `ATT9001 ${button}:4:35`,
    help: "`./get-person-phone-numbers.graphql`",
  },
  "a query without its extension": {
    edits: [[button, "./get-person-phone-numbers.graphql", "./get-person-phone-numbers"]],
    says: `ATT9001 ${button}:4:35`,
    help: "`./get-person-phone-numbers.graphql`",
  },
  "nothing is installed": {
    edits: [["node_modules", null]],
    says: "ATT8007 package.json",
    levels: true,
    help: "run `npm install`",
  },
  "a package that is not installed": {
    edits: [[alc, "const baseUrl", 'import dayjs from "dayjs"\n\nconst baseUrl'], [alc, "method,\n", "method,\n    signal: dayjs(),\n"]],
    says: `ATT9001 ${alc}:4:19`,
    help: "npm install dayjs",
  },
  "a package that is listed and not installed": {
    edits: [["package.json", '"react"', '"dayjs": "^1.11.0",\n    "react"'], [alc, "const baseUrl", 'import dayjs from "dayjs"\n\nconst baseUrl'], [alc, "method,\n", "method,\n    signal: dayjs(),\n"]],
    says: "ATT9001 src/shared/alc-api.ts:4:19",
    help: "npm install",
  },
  "attio/server in client code": {
    edits: [[button, "import sendToAlc", 'import {kv} from "attio/server"\nimport sendToAlc'], [button, "await hideToast()", 'await hideToast()\n    await kv.delete("a")']],
    says: `ATT2005 ${button}:5:18`,
  },
  "attio/client in server code": {
    edits: [[send, "import {alcFetch}", 'import {showToast} from "attio/client"\nimport {alcFetch}'], [send, "  return {id", '  await showToast({title: "Sent", variant: "success"})\n  return {id']],
    says: `ATT3003 ${send}:4:25`,
  },
  "a server function by its name": {
    edits: [[button, "import sendToAlc from", "import {sendToAlc} from"]],
    says: `ATT2007 ${button}:5:9`,
  },
  "a default import of what has none": {
    edits: [[send, "import {alcFetch}", "import alcFetch"]],
    says: `ATT9006 ${send}:4:8`,
  },
  "a slip in an imported name": {
    edits: [[send, "import {alcFetch}", "import {alcFecth}"], [send, "await alcFetch", "await alcFecth"]],
    says: `ATT9006 ${send}:4:9`,
  },
  "Node's fs in server code": {
    edits: [[send, "import {alcFetch}", 'import fs from "fs"\nimport {alcFetch}'], [send, "  return {id", '  fs.writeFileSync("a", "b")\n  return {id']],
    says: `ATT3008 ${send}:4:16`,
  },
  "a style sheet": {
    app: "widget",
    edits: [[widget, "import {", 'import "./widget.css"\nimport {'], ["src/app/extensions/next-step/widget.css", null, "a { color: red }\n"]],
    says: `ATT9004 ${widget}:2:8`,
  },
  "an SVG": {
    app: "widget",
    edits: [["src/app/extensions/next-step/logo.svg", null, "<svg/>\n"], [widget, "import {", 'import logo from "./logo.svg"\nconsole.log(logo)\nimport {']],
    says: `ATT9002 ${widget}:2:18`,
  },
  "a webhook in client code": {
    edits: [[button, "import sendToAlc", 'import leadProcessed from "../../webhooks/lead-processed.webhook"\nimport sendToAlc'], [button, "await hideToast()", "await hideToast()\n    console.log(leadProcessed)"]],
    says: `ATT2008 ${button}:5:27`,
  },
  "a slip in a name of the SDK": {
    edits: [[button, "runQuery, showToast}", "runQuery, showToats}"], [button, "{hideToast} = await showToast", "{hideToast} = await showToats"], [button, "      await showToast", "      await showToats"]],
    only: "types",
    says: "TS2724 src/app/extensions/send-to-alc/extension.ts:3:38",
  },
  "a slip in the SDK's name": {
    edits: [[button, '"attio/client"', '"attio/clients"']],
    says: "ATT9001 src/app/extensions/send-to-alc/extension.ts:3:54",
    help: "`attio/client`",
  },
  "a scope for the SDK": {
    edits: [[button, '"attio/client"', '"@attio/client"']],
    says: "ATT9001 src/app/extensions/send-to-alc/extension.ts:3:54",
    help: "`attio/client`",
  },
  "an alias that tsconfig does not have": {
    edits: [[send, "../../../shared/alc-api", "@/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
  },
  "an import with .ts": {
    edits: [[send, "../../../shared/alc-api", "../../../shared/alc-api.ts"]],
    only: "types",
    says: `TS5097 ${send}:4:24`,
  },
  "a query in server code": {
    edits: [[send, "import {alcFetch}", 'import q from "./get-person-phone-numbers.graphql"\nimport {alcFetch}'], [send, "  return {id", "  console.log(q)\n  return {id"]],
    says: `ATT9002 ${send}:4:15`,
  },
}

const syntax = {
  "a brace is missing": {
    edits: [[send, "  return {id: lead.id}\n}", "  return {id: lead.id}\n"]],
    says: "ATT9003 src/app/extensions/send-to-alc/send-to-alc.server.ts:21:22",
  },
  "a brace too many": {
    edits: [[send, "  return {id: lead.id}\n}", "  return {id: lead.id}\n}\n}"]],
    says: `ATT9003 ${send}:23:1`,
  },
  "a comma is missing": {
    edits: [[button, '  type: "record-action",', '  type: "record-action"']],
    says: "ATT9003 src/app/extensions/send-to-alc/extension.ts:30:3",
  },
  "a quote is missing": {
    edits: [[button, '"Sending to ALC..."', '"Sending to ALC...']],
    says: "ATT9003 src/app/extensions/send-to-alc/extension.ts:34:79",
  },
  "JSX in a .ts file": {
    app: "widget",
    edits: [{from: widget, to: widget.replace(".tsx", ".ts")}],
    says: "ATT9003 src/app/extensions/next-step/widget.ts:11:5",
  },
  "a tag that is not closed": {
    app: "widget",
    edits: [[dialog, "</>", ""]],
    says: "ATT9003 src/app/extensions/next-step/dialog.tsx:61:1",
  },
  "a slip in a keyword": {
    edits: [[send, "async function", "async fucntion"]],
    says: `ATT9003 ${send}:7:22`,
  },
  "quotes of a word processor": {
    edits: [[button, 'label: "Send to ALC"', "label: “Send to ALC”"]],
    says: "ATT9003 src/app/extensions/send-to-alc/extension.ts:31:10",
  },
  "marks of a merge": {
    edits: [[button, '  label: "Send to ALC",\n', '<<<<<<< HEAD\n  label: "Send to ALC",\n=======\n  label: "Send",\n>>>>>>> other\n']],
    says: "ATT9003 src/app/extensions/send-to-alc/extension.ts:31:1",
  },
  "await outside of a function in client code": {
    edits: [[button, "// Gives undefined", "await sendToAlc(\"a\", \"b\", \"c\")\n\n// Gives undefined"]],
    says: `ATT9000 ${button}:7:1`,
  },
}

const early = {
  "await in a function that is not async": {
    edits: [[send, "export default async function", "export async function other() {}\nexport default async function"], [send, "  return {id", "  ;[1].map((x) => { await other() })\n  return {id"]],
    says: `ATT9003 ${send}:22:21`,
  },
  "a constant declared twice": {
    edits: [[send, "  return {id", "  const twice = 1\n  const twice = 2\n  return {id"]],
    says: `ATT9003 ${send}:22:9`,
  },
  "a constant declared twice at the top": {
    edits: [[alc, "const baseUrl", "const twice = 1\nconst twice = 2\nconst baseUrl"]],
    says: `ATT9003 ${alc}:5:7`,
  },
  "return outside of a function": {
    edits: [[alc, "const baseUrl", "return 1\nconst baseUrl"]],
    says: `ATT9003 ${alc}:4:1`,
  },
  "an import inside a function": {
    edits: [[send, "  return {id", '  import x from "zod"\n  return {id']],
    says: `ATT9003 ${send}:21:3`,
  },
  "assignment to a const": {
    edits: [[send, "  return {id", "  const fixed = 1\n  fixed = 2\n  return {id"]],
    says: `ATT9003 ${send}:22:3`,
  },
  "a webhook as with Express": {
    edits: [[webhook, null, "export default async function hook(req: any, res: any) {\n  res.status(200).send('ok')\n}\n"]],
    says: `ATT3005 ${webhook}:1:46`,
  },
  "an event with a wrong suffix and a wrong name": {
    edits: [["src/app/events/record-created.events.ts", null, "export default async function recordCreated() {}\n"]],
    says: "ATT1012 src/app/events/record-created.events.ts",
  },
}

const beside = {
  "a block with its handlers in another folder": {
    app: "workflow",
    edits: [{from: step, to: "src/app/steps"}, ["src/app/steps/execute.ts", "../../../shared", "../../shared"], ["src/app/steps/finish.ts", "../../../shared", "../../shared"]],
    says: "ATT5006 src/app/steps/block.ts",
  },
  "a settings page under a name": {
    app: "widget",
    edits: [["src/app/settings/page.tsx", "export default", "export const Page ="]],
    says: "ATT6003 src/app/settings/page.tsx:5:1",
    help: "export default Settings.defineWorkspacePage",
  },
  "include leads elsewhere": {
    edits: [["tsconfig.json", '"include": ["src", "tests", ".attio/**/*"]', '"include": ["lib"]']],
    says: "ATT8006 tsconfig.json:15:3",
  },
  "react-dom": {
    app: "widget",
    edits: [[widget, "import {", 'import {createPortal} from "react-dom"\nconsole.log(createPortal)\nimport {']],
    says: `ATT9008 ${widget}:2:28`,
  },
  "a compiler option stict": {
    edits: [["tsconfig.json", '"strict": true', '"stict": true']],
    only: "types",
    says: "TS5023 tsconfig.json:9:5",
    help: "`strict`",
  },
  "a name in braces from a GraphQL file": {
    edits: [[button, "import getPersonPhoneNumbers from", "import {getPersonPhoneNumbers} from"]],
    says: `ATT9006 ${button}:4:9`,
    help: "without braces",
  },
  "a name that a JSON file does not have": {
    edits: [["src/shared/rates.json", null, '{"standard": 1}\n'], [alc, "", 'import {standrd} from "./rates.json"\n\nexport const rate = standrd\n']],
    says: `ATT9006 ${alc}:1:9`,
  },
  "a name of a namespace that its file does not have": {
    edits: [["src/shared/rates.ts", null, "export const standard = 1\n"], [alc, "", 'import * as rates from "./rates"\n\nexport const rate = rates.standrd\n']],
    says: `ATT9010 ${alc}:3:27`,
  },
  "JSON with a comma too many": {
    edits: [["src/shared/rates.json", null, '{"standard": 1,}\n'], [alc, "", 'import rates from "./rates.json"\n\nexport const rate = rates\n']],
    says: "ATT9003 src/shared/rates.json:1:16",
    help: "comma",
  },
  "a name in braces from a text file": {
    edits: [["src/shared/terms.txt", null, "Be kind.\n"], [alc, "", 'import {terms} from "./terms.txt"\n\nexport const text = terms\n']],
    says: `ATT9006 ${alc}:1:9`,
  },
  "two files of an index have one name": {
    edits: [["src/lib/a.ts", null, "export const x = 1\n"], ["src/lib/b.ts", null, "export const x = 2\n"], ["src/lib/index.ts", null, 'export * from "./a"\nexport * from "./b"\n'], [alc, "", 'import {x} from "../lib"\n\nexport const y = x\n']],
    says: "ATT9006 src/lib/index.ts:2:1",
  },
  "two files pass a name to each other": {
    edits: [["src/lib/a.ts", null, 'export {x} from "./b"\n'], ["src/lib/b.ts", null, 'export {x} from "./a"\n'], [alc, "", 'import {x} from "../lib/a"\n\nexport const y = x\n']],
    says: "ATT9006 src/lib/a.ts:1:9",
  },
  "a file saved as UTF-16": {
    edits: [["src/lib/a.ts", null, Buffer.from("\ufeffexport const x = 1\n", "utf16le")], [alc, "", 'import {x} from "../lib/a"\n\nexport const y = x\n']],
    says: "ATT9003 src/lib/a.ts",
    help: "UTF-8",
  },
  "package.json saved as UTF-16": {
    edits: [["package.json", null, Buffer.from('\ufeff{"name": "my-app"}\n', "utf16le")]],
    says: "ATT8004 package.json",
    help: "UTF-8",
  },
  "an arrow function with a type parameter, in a .tsx file": {
    app: "widget",
    edits: [[widget, "", "const same = <T>(x: T) => x\nvoid same\n"]],
    says: `ATT9003 ${widget}:1:14`,
    help: "`<T,>`",
  },
  "import.meta in client code": {
    edits: [[button, "// Gives undefined", "console.log(import.meta)\n// Gives undefined"]],
    says: `ATT9010 ${button}:7:13`,
  },
  "a file of tsconfig.json that is not there": {
    edits: [["tsconfig.json", "{", '{\n  "files": ["src/globals.d.ts"],']],
    only: "types",
    says: "TS6053 tsconfig.json:2:13",
    help: "`files`",
  },
  "names of the client's SDK from plain attio": {
    edits: [[button, 'from "attio/client"', 'from "attio"']],
    says: `ATT9006 ${button}:3:9`,
    help: "`attio/client`",
  },
  "names of the server's SDK from plain attio": {
    edits: [[alc, 'from "attio/server"', 'from "attio"']],
    only: "types",
    says: `TS2305 ${alc}:2:14`,
    help: "`attio/server`",
  },
  "no tsconfig.json": {
    edits: [["tsconfig.json", null]],
    only: "types",
    says: "ATT8006 package.json",
  },
  "settings without a schema": {
    app: "widget",
    edits: [["src/app/settings/schema.ts", null]],
    says: "ATT6002 src/app/settings/page.tsx",
  },
}

const code = {
  "fetch in client code": {
    edits: [[button, "await hideToast()", 'await hideToast()\n    await fetch("https://api.example.com")']],
    says: "ATT2001 src/app/extensions/send-to-alc/extension.ts:37:11",
  },
  "window in client code": {
    edits: [[button, "await hideToast()", "await hideToast()\n    window.location.reload()"]],
    says: "ATT2003 src/app/extensions/send-to-alc/extension.ts:37:5",
  },
  "localStorage in client code": {
    edits: [[button, "await hideToast()", 'await hideToast()\n    localStorage.setItem("a", "b")']],
    says: "ATT2003 src/app/extensions/send-to-alc/extension.ts:37:5",
  },
  "process.env in client code": {
    edits: [[button, "await hideToast()", "await hideToast()\n    console.log(process.env.TOKEN)"]],
    says: "ATT2002 src/app/extensions/send-to-alc/extension.ts:37:17",
  },
  "HTML in a widget": {
    app: "widget",
    edits: [["src/app/extensions/next-step/more.tsx", null, "export function More() {\n  return <div>more</div>\n}\n"], [widget, "import {", 'import {More} from "./more"\nconsole.log(More)\nimport {']],
    says: "ATT2004 src/app/extensions/next-step/more.tsx:2:11",
  },
  "a server function without a default export": {
    edits: [[send, "export default async", "export async"]],
    says: `ATT3001 ${send}`,
  },
  "a server function that is not async": {
    edits: [["src/app/extensions/send-to-alc/now.server.ts", null, "export default function now() {\n  return Date.now()\n}\n"], [button, "import sendToAlc", 'import now from "./now.server"\nimport sendToAlc'], [button, "await hideToast()", "await hideToast()\n    await now()"]],
    says: "ATT3002 src/app/extensions/send-to-alc/now.server.ts:1:16",
  },
  "a webhook without a default export": {
    edits: [[webhook, "export default async", "export async"]],
    says: `ATT3001 ${webhook}`,
  },
  "a webhook that answers nothing": {
    edits: [[webhook, "  return new Response(null, {status: 200})\n", ""]],
    says: `ATT3005 ${webhook}:4:16`,
  },
  "a promise that nobody awaits": {
    edits: [[webhook, "  await updatePerson", "  updatePerson"]],
    says: `ATT3009 ${webhook}:13:3`,
  },
  "a webhook that is not there": {
    edits: [[added, '"lead-processed"', '"lead-procesed"']],
    says: "ATT3007 src/app/events/connection-added.event.ts:11:57",
    help: "`lead-processed`",
  },
  "a key in the source": {
    edits: [[alc, "Bearer ${connection.value}", "Bearer sk_live_51H8xQ2eZvKYlo2C8aB3dE9fGh"]],
    says: "ATT7001 src/shared/alc-api.ts:15:30",
  },
  "a wrong number of arguments": {
    edits: [[button, "await sendToAlc(recordId, person", "await sendToAlc(person"]],
    only: "types",
    says: "TS2554 src/app/extensions/send-to-alc/extension.ts:21:11",
  },
}

const queries = {
  "a field that does not exist": {
    edits: [[query, "full_name", "fullname"]],
    says: `ATT4010 ${query}:4:7`,
    help: "`full_name`",
  },
  "a field that the code uses and nobody asks for": {
    edits: [[query, "    phone_numbers\n", ""]],
    only: "types",
    says: "TS2339 src/app/extensions/send-to-alc/extension.ts:16:32",
  },
  "a slip in an argument": {
    edits: [[query, "person(id:", "person(ids:"]],
    says: `ATT4012 ${query}:2:10`,
  },
  "an argument is missing": {
    edits: [[query, "person(id: $recordId)", "person"], [query, "($recordId: String!)", ""], [button, "(getPersonPhoneNumbers, {recordId})", "(getPersonPhoneNumbers)"]],
    says: `ATT4015 ${query}:2:3`,
  },
  "a variable that is not declared": {
    edits: [[query, "($recordId: String!)", ""]],
    says: `ATT4018 ${query}:2:14`,
  },
  "a variable that nobody uses": {
    edits: [[query, "($recordId: String!)", "($recordId: String!, $limit: Int)"]],
    says: "ATT4019 src/app/extensions/send-to-alc/get-person-phone-numbers.graphql:1:49",
  },
  "a variable of another type": {
    edits: [[query, "$recordId: String!", "$recordId: Int!"]],
    says: `ATT4017 ${query}:2:14`,
  },
  "a variable that may be null": {
    edits: [[query, "$recordId: String!", "$recordId: String"]],
    says: `ATT4017 ${query}:2:14`,
  },
  "a brace is missing in a query": {
    edits: [[query, "    phone_numbers\n  }\n}", "    phone_numbers\n  }\n"]],
    says: "ATT4001 src/app/extensions/send-to-alc/get-person-phone-numbers.graphql:9:1",
  },
  "a query without a name": {
    edits: [[query, "query getPersonPhoneNumbers(", "query ("]],
    says: `ATT4005 ${query}:1:1`,
  },
  "a mutation": {
    edits: [[query, "query get", "mutation get"]],
    says: `ATT4002 ${query}:1:1`,
  },
  "an object without fields": {
    edits: [[query, " {\n      full_name\n    }", ""]],
    says: `ATT4024 ${query}:3:5`,
  },
  "fields of a plain value": {
    edits: [[query, "phone_numbers\n", "phone_numbers {\n      number\n    }\n"]],
    says: `ATT4023 ${query}:6:19`,
  },
  "an empty query": {
    edits: [[query, null, ""]],
    says: `ATT4003 ${query}`,
  },
  "a query with a comma too many and no brackets": {
    edits: [[query, "person(id: $recordId)", "person id: $recordId"]],
    says: "ATT4001 src/app/extensions/send-to-alc/get-person-phone-numbers.graphql:2:14",
  },
}

const config = {
  "no moduleResolution": {
    edits: [["tsconfig.json", '    "moduleResolution": "bundler",\n', ""]],
    says: "ATT8006 tsconfig.json:2:3",
  },
  "moduleResolution node": {
    edits: [["tsconfig.json", '"moduleResolution": "bundler"', '"moduleResolution": "node"']],
    only: "types",
    help: '"moduleResolution": "bundler"',
    says: "TS5108 tsconfig.json:6:25",
  },
  "no jsx": {
    app: "widget",
    edits: [["tsconfig.json", '    "jsx": "react-jsx",\n', ""]],
    says: "ATT8006 tsconfig.json:2:3",
  },
  "jsx of old": {
    app: "widget",
    edits: [["tsconfig.json", '"jsx": "react-jsx"', '"jsx": "react"']],
    says: "ATT8006 tsconfig.json:7:12",
  },
  "a comma is missing in tsconfig.json": {
    edits: [["tsconfig.json", '"strict": true,', '"strict": true']],
    says: "ATT8006 tsconfig.json:10:5",
  },
  "tsconfig.json extends what is not there": {
    edits: [["tsconfig.json", '"compilerOptions"', '"extends": "./tsconfig.base.json",\n  "compilerOptions"']],
    says: "ATT8006 tsconfig.json:2:3",
  },
  "tsconfig.json extends a package that is not there": {
    edits: [["tsconfig.json", '"compilerOptions"', '"extends": "@tsconfig/strictest",\n  "compilerOptions"']],
    says: "ATT8006 tsconfig.json:2:3",
  },
  "a value that moduleResolution cannot have": {
    edits: [["tsconfig.json", '"bundler"', '"bundle"']],
    only: "types",
    says: "TS6046 tsconfig.json:6:25",
  },
  "types of Node that are not installed": {
    edits: [["tsconfig.json", '["attio/client"]', '["attio/client", "nodejs"]']],
    only: "types",
    says: "TS2688 tsconfig.json:8:31",
    help: "take it out of `types`",
  },
  "an old target": {
    edits: [["tsconfig.json", '"target": "ES2022"', '"target": "es5"']],
    only: "types",
    says: "TS5108 tsconfig.json:3:15",
  },
  "an unknown target": {
    edits: [["tsconfig.json", '"target": "ES2022"', '"target": "ES2O22"']],
    only: "types",
    says: "TS6046 tsconfig.json:3:15",
  },
  "no lib of the browser": {
    edits: [["tsconfig.json", '"lib": ["ES2022", "DOM", "DOM.Iterable"]', '"lib": ["ES2022"]']],
    only: "types",
    says: "ATT8006 tsconfig.json:4:5",
  },
  "paths that lead nowhere": {
    edits: [["tsconfig.json", '"strict": true', '"paths": {"@/*": ["./source/*"]},\n    "strict": true'], [send, "../../../shared/alc-api", "@/shared/alc-api"]],
    says: `ATT9001 ${send}:4:24`,
  },
}

const packages = {
  "no package.json": {
    edits: [["package.json", null]],
    says: "ATT8004",
  },
  "a comma is missing in package.json": {
    edits: [["package.json", '"private": true,', '"private": true']],
    says: "ATT8004 package.json:6:3",
  },
  "a comma too many in package.json": {
    edits: [["package.json", '"typescript": "^5.9.3"', '"typescript": "^5.9.3",']],
    says: "ATT8004 package.json:24:3",
  },
  "package.json is empty": {
    edits: [["package.json", null, ""]],
    says: "ATT8004 package.json",
  },
  "package.json has a comment": {
    edits: [["package.json", '"private"', '// ours\n  "private"']],
    says: "ATT8004 package.json:5:3",
  },
  "a line of .env that is none": {
    edits: [[".env", null, "ALC TOKEN=abc\n"]],
    says: "ATT8001 .env:1:1",
  },
  "a name of .env that Attio has": {
    edits: [[".env", null, "ATTIO_API_TOKEN=abc\n"]],
    says: "ATT8002 .env:1:1",
  },
}

// How Node's modules are written, and how TypeScript's are not.
const commonjs = {
  "module.exports in a server function": {
    edits: [[send, "export default async function", "module.exports = async function"]],
    says: `ATT3001 ${send}:7:1`,
    help: "`export default`",
  },
  "module.exports in a webhook": {
    edits: [[webhook, "export default async function", "module.exports = async function"]],
    says: `ATT3001 ${webhook}:4:1`,
    help: "`export default`",
  },
  "exports.default in an event": {
    edits: [[added, "export default async function", "exports.default = async function"]],
    says: `ATT3001 ${added}:5:1`,
    help: "`export default`",
  },
}

// The SDK's parts, taken for each other, in each file that has a part of its own: the fix names the
// right one, and what follows in the types of other files waits.
const block = `${step}/block.ts`
const schema = "src/app/settings/schema.ts"
const page = "src/app/settings/page.tsx"
const sides = Object.fromEntries(
  [
    ["workflow", block, "attio", "attio/client", `ATT3003 ${block}:3:25`],
    ["workflow", block, "attio", "attio/server", `ATT2005 ${block}:3:25`],
    ["workflow", `${step}/execute.ts`, "attio/server", "attio/client", `ATT3003 ${step}/execute.ts:2:25`],
    ["workflow", `${step}/configurator.tsx`, "attio/client", "attio/server", `ATT2005 ${step}/configurator.tsx:3:25`],
    ["widget", schema, "attio", "attio/client", `ATT3003 ${schema}:2:24`],
    ["widget", schema, "attio", "attio/server", `ATT2005 ${schema}:2:24`],
    ["widget", page, "attio/client", "attio/server", `ATT2005 ${page}:2:24`],
  ].map(([app, file, right, wrong, says]) => [
    `${wrong} in ${file}`,
    {app, edits: [[file, `from "${right}"`, `from "${wrong}"`]], says, help: `import it from \`${right}\``},
  ]),
)

// What no tool told before: the app builds, and does nothing, or fails where it runs.
const vars = ", {recordId})\n    if"
const bytes = (value) => [[send, "): Promise<{id: string}> {", ") {"], [send, "return {id: lead.id}", `return {id: lead.id, data: ${value}}`]]
const silent = {
  "an object by its singular": {
    edits: [[button, 'objects: "people"', 'objects: "person"']],
    says: `ATT1024 ${button}:32:12`,
    help: "`people`",
  },
  "an object in a list, in capitals": {
    app: "widget",
    edits: [["src/app/extensions/next-step/extension.ts", '"companies"', '"Companies"']],
    says: "ATT1024 src/app/extensions/next-step/extension.ts:9:23",
    help: "`companies`",
  },
  "an object in a function": {
    edits: [[button, 'objects: "people"', 'objects: ({object}) => object === "person"']],
    says: `ATT1024 ${button}:32:37`,
  },
  "a query without its variables": {
    edits: [[button, vars, ", {})\n    if"]],
    says: `ATT4030 ${button}:11:60`,
    help: "second argument",
  },
  "a query without a second argument": {
    edits: [[button, vars, ")\n    if"]],
    says: `ATT4030 ${button}:11:37`,
  },
  "a query with a slip in a variable": {
    edits: [[button, vars, ", {recordID: recordId})\n    if"]],
    says: `ATT4030 ${button}:11:61`,
    help: "`recordId`",
  },
  "a query with a variable by another name": {
    edits: [[button, vars, ", {id: recordId})\n    if"]],
    says: `ATT4030 ${button}:11:61`,
    help: "`recordId`",
  },
  "a query with a variable too many": {
    edits: [[button, vars, ", {recordId, other: 1})\n    if"]],
    says: `ATT4030 ${button}:11:71`,
  },
  "a query with a number for a text": {
    edits: [[button, vars, ", {recordId: 5})\n    if"]],
    says: `ATT4030 ${button}:11:61`,
  },
  "a step that defers without finish.ts": {
    app: "workflow",
    edits: [[`${step}/finish.ts`, null]],
    says: `ATT5019 ${step}/execute.ts:22:10`,
    help: "defineWorkflowBlockFinish",
  },
  "a configurator that is async": {
    app: "workflow",
    edits: [[`${step}/configurator.tsx`, "(block, (block)", "(block, async (block)"]],
    says: `ATT2016 ${step}/configurator.tsx:13:52`,
  },
  "a settings page that is async": {
    app: "widget",
    edits: [["src/app/settings/page.tsx", "(schema, ()", "(schema, async ()"]],
    says: "ATT2016 src/app/settings/page.tsx:5:53",
  },
  "a widget that is async": {
    app: "widget",
    edits: [[widget, "export function", "export async function"]],
    says: `ATT2016 ${widget}:6:8`,
  },
  "a component that is async": {
    app: "widget",
    edits: [[dialog, "export function", "export async function"]],
    says: `ATT2016 ${dialog}:21:8`,
  },
  "a dialog that is async": {
    app: "widget",
    edits: [[widget, "Dialog: (", "Dialog: async ("]],
    says: `ATT2016 ${widget}:15:19`,
  },
  "bytes from a server function": {
    edits: bytes("new Float32Array(3)"),
    says: `ATT3004 ${send}:21:30`,
  },
  "an answer's bytes from a server function": {
    edits: bytes('await (await fetch("https://alc.test")).arrayBuffer()'),
    says: `ATT3004 ${send}:21:30`,
  },
  "a hash from a server function": {
    edits: bytes('await crypto.subtle.digest("SHA-256", new Uint8Array(3))'),
    says: `ATT3004 ${send}:21:30`,
  },
  "a Map from a server function": {
    edits: bytes('new Map([["a", 1]])'),
    says: `ATT3004 ${send}:21:30`,
  },
  "the connection that is not kept yet": {
    edits: [[added, "type Connection, createWebhookHandler", "createWebhookHandler, getWorkspaceConnection"], [added, "({\n  connection,\n}: {\n  connection: Connection\n})", "()"], [added, "const webhook:", "const connection = getWorkspaceConnection()\n  const webhook:"]],
    says: `ATT3013 ${added}:9:22`,
    help: "argument",
  },
  "the connection that is not kept yet, asked for elsewhere": {
    edits: [[alc, 'import type {Connection} from "attio/server"', 'import {type Connection, getWorkspaceConnection} from "attio/server"\n\nexport const connected = () => getWorkspaceConnection()'], [added, "{alcFetch}", "{alcFetch, connected}"], [added, "alcFetch(connection", "alcFetch(connected()"]],
    says: `ATT3013 ${added}:13:56`,
  },
}

// One fault in the definition of settings or of a block, and what follows from it in other files.
const configurator = `${step}/configurator.tsx`
const following = {
  "a key of the settings schema is renamed": {
    app: "widget",
    edits: [[schema, "days:", "day_count:"]],
    says: `ATT6004 ${dialog}:30:24`,
    help: "`day_count`",
  },
  "a slip in a key of the settings page": {
    app: "widget",
    edits: [[page, 'name="days"', 'name="day"']],
    says: `ATT6004 ${page}:12:22`,
    help: "`days`",
  },
  "a setting that is not there, in server code": {
    app: "widget",
    edits: [["src/app/extensions/next-step/save-next-step.server.ts", 'import {kv} from "attio/server"', 'import {kv, Settings} from "attio/server"\nimport schema from "../../settings/schema"\n\nexport const other = () => Settings.getSettings(schema, "dayz")']],
    says: "ATT6004 src/app/extensions/next-step/save-next-step.server.ts:5:57",
    help: "`days`",
  },
  "a setting of a kind that there is not": {
    app: "widget",
    edits: [[schema, "Settings.Schema.number()", '"number"']],
    only: "types",
    says: `TS2322 ${schema}:6:3`,
  },
  "a settings schema that is a plain object": {
    app: "widget",
    edits: [[schema, "Settings.defineWorkspaceSchema({", "({"]],
    says: `ATT6002 ${page}`,
  },
  "a kind of a block's input that there is not": {
    app: "workflow",
    edits: [[`${step}/block.ts`, "ConfigSchema.phoneNumber()", "ConfigSchema.phone()"]],
    only: "types",
    says: `TS2339 ${step}/block.ts:12:42`,
  },
  "a slip in defineWorkspaceSchema": {
    app: "widget",
    edits: [[schema, "defineWorkspaceSchema", "defineWorkspaceShema"]],
    says: `ATT9006 ${schema}:4:25`,
    help: "`defineWorkspaceSchema`",
  },
  "a slip in defineWorkspacePage": {
    app: "widget",
    edits: [[page, "defineWorkspacePage", "defineWorkspacePag"]],
    says: `ATT9006 ${page}:5:25`,
    help: "`defineWorkspacePage`",
  },
  "a slip in useSettings": {
    app: "widget",
    edits: [[dialog, "Settings.useSettings", "Settings.useSetting"]],
    says: `ATT9006 ${dialog}:30:62`,
    help: "`useSettings`",
  },
  "a slip in Settings": {
    app: "widget",
    edits: [[schema, "import {Settings}", "import {Setings as Settings}"]],
    only: "types",
    says: `TS2724 ${schema}:2:9`,
  },
  "Settings of attio in the settings page": {
    app: "widget",
    edits: [[page, 'from "attio/client"', 'from "attio"']],
    says: `ATT9006 ${page}:2:9`,
    help: "import it from `attio/client`",
  },
  "Settings of attio in a dialog": {
    app: "widget",
    edits: [[dialog, "Forms, Settings, showToast", "Forms, showToast"], [dialog, "import settings", 'import {Settings} from "attio"\nimport settings']],
    says: `ATT9006 ${dialog}:3:9`,
    help: "import it from `attio/client`",
  },
  "Workflows of attio in a configurator": {
    app: "workflow",
    edits: [[configurator, 'from "attio/client"', 'from "attio"']],
    says: `ATT9006 ${configurator}:3:9`,
    help: "import it from `attio/client`",
  },
  "a slip in defineConfigurator": {
    app: "workflow",
    edits: [[configurator, "defineConfigurator", "defineConfigurater"]],
    says: `ATT9006 ${configurator}:13:26`,
    help: "`defineConfigurator`",
  },
  "a slip in defineWorkflowBlockExecute": {
    app: "workflow",
    edits: [[`${step}/execute.ts`, "defineWorkflowBlockExecute", "defineWorkflowBlockExecut"]],
    says: `ATT5012 ${step}/execute.ts:6:1`,
    help: "defineWorkflowBlockExecute",
  },
}

export const mistakes = {...programs, ...warnings, ...unseen, ...slips, ...right, ...silent, ...following, ...commonjs, ...sides, ...layout, ...imports, ...syntax, ...code, ...queries, ...config, ...packages, ...early, ...beside}
