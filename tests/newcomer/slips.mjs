// Rows of mistakes.mjs about files that are no code: lines of .env, members of package.json and of
// tsconfig.json, entry files that nobody reads; and what other frameworks read and Attio does not.
import fs from "node:fs"
import path from "node:path"

const button = "src/app/extensions/send-to-alc/extension.ts"
const send = "src/app/extensions/send-to-alc/send-to-alc.server.ts"
const step = "src/app/blocks/check-lead"
const webhook = "src/app/webhooks/lead-processed.webhook.ts"
const graphql = "src/app/extensions/send-to-alc/get-person-phone-numbers.graphql"
const slug = "my-app"

const env = (text, says, help) => ({edits: [[".env", null, text]], says: `${says.includes(" ") ? says : `ATT8008 .env:${says}`}`, help})
const manifest = (members, says, help) => ({
  app: "minimal",
  edits: [["package.json", null, JSON.stringify({name: slug, dependencies: {attio: "*", react: "*"}, devDependencies: {typescript: "*"}, ...members}, null, 2)]],
  says: `ATT8004 package.json:${says}`,
  help,
})
const entry = (name, help) => ({edits: [["src/app", null], [name, null, "export const app = {record: {actions: []}}\n"]], says: "ATT1001", help})
const twice = (more, line, column) => ({
  app: "workflow",
  edits: [[`${step}/configurator.tsx`, '<Outcome id="not-interested"', `${more}<Outcome id="not-interested"`]],
  says: `ATT1022 ${step}/configurator.tsx:${line}:${column}`,
})
const renamed = (key, place) => ({
  app: "workflow",
  edits: [[`${step}/block.ts`, `    ${key}: `, `    ${key}_now: `]],
  only: "types",
  says: `TS2769 ${step}/configurator.tsx:${place}`,
})
const directive = (file, before, words, says, help) => ({edits: [[file, before, `${words}${before}`]], says: `ATT2017 ${file}:${says}`, help})

const query = (from, to, code, place, help) => ({edits: [[graphql, from, to]], says: `${code} ${graphql}:${place}`, help})

export const slips = {
  "a line of .env without =": env("A=1\nTOKEN abc\nB=2\n", "2:1", "write it as `NAME=value`"),
  "a name alone in .env": env("export TOKEN\n", "1:1", "NAME=value"),
  "several lines of .env without =, one after the other": env("KEY=-----BEGIN KEY-----\nabc\ndef\nghi\n", "2:1", "in double quotes"),
  "a name twice in .env": env("A=1\nB=2\nA=3\n", "3:1", "the last one counts"),
  "a double quote that is not closed in .env": env('A="abc\nB=1\n', "1:3", "close it"),
  "a single quote that is not closed in .env": env("A='abc\nB=1\n", "1:3", "close it"),
  "a backtick that is not closed in .env": env("A=`abc\nB=1\n", "1:3", "close it"),
  "quotes that are a part of the value in .env": env('A="abc";\n', "1:3", "between the quotes"),
  "a value without a name in .env": env("=x\n", "ATT8001 .env:1:1", "write a name before `=`"),
  "JavaScript in .env": env('const TOKEN = "b"\n', "ATT8001 .env:1:1", "write `TOKEN`"),

  "dependencies as a list": manifest({dependencies: ["attio", "react"]}, "3:19", '{"attio": "*"}'),
  "devDependencies as a text": manifest({devDependencies: "typescript"}, "7:22", '"devDependencies": {'),
  "dependencies that are null": manifest({dependencies: null}, "3:19"),
  "a version that is a number": manifest({dependencies: {attio: "*", react: 19}}, "5:14", '`"19"`'),
  "a version that is an object": manifest({dependencies: {attio: "*", react: {version: "19"}}}, "5:14"),
  "dependencies with a slip": manifest({devDependancies: {vitest: "*"}, devDependencies: undefined}, "7:3", "`devDependencies`"),
  "the SDK is in no list of packages": {
    app: "minimal",
    edits: [["package.json", '"attio": "^1.0.4",\n    ', ""]],
    says: "ATT9008 package.json",
    help: "npm install attio",
  },
  "a type that is a slip": manifest({type: "modul"}, "10:11", '"type": "module"'),
  "a type in upper case": manifest({type: "Module"}, "10:11"),
  "a type that is a list": manifest({type: ["module"]}, "10:11"),
  "imports that are a text": manifest({imports: "./x.js"}, "10:14"),
  "a name of imports without #": manifest({imports: {testing: "./x.js"}}, "11:5", "#testing"),
  "exports that are a number": manifest({exports: 5}, "10:14"),
  "a name twice in package.json": {
    edits: [["package.json", '"version": "0.0.1"', '"version": "0.0.1",\n  "version": "0.0.2"']],
    says: "ATT8004 package.json:5:3",
    help: "the last one counts",
  },
  "an option twice in tsconfig.json": {
    edits: [["tsconfig.json", '"strict": true,', '"strict": true, // all\n    "strict": false,']],
    says: "ATT8006 tsconfig.json:10:5",
    help: "the last one counts",
  },

  "src/app.js instead of an app": entry("src/app.js", "rename `src/app.js` to `src/app.ts`"),
  "src/app.jsx instead of an app": entry("src/app.jsx", "`src/app.tsx`"),
  "src/app.mts instead of an app": entry("src/app.mts", "`src/app.ts`"),
  "src/app is a file": {edits: [["src/app", null], ["src/app", null, "x"]], says: "ATT1001", help: "is a file"},
  "the app stands beside src": {edits: [{from: "src/app", to: "app"}], says: "ATT1001", help: "move the folder `app` into `src`"},
  "src/app.js beside the extensions": {edits: [["src/app.js", null, "export const app = {record: {actions: []}}\n"]], says: "ATT1003 src/app.js", help: "remove it"},
  "app.ts among the extensions": {edits: [["src/app/app.ts", null, "export const app = {record: {actions: []}}\n"]], says: "ATT1003 src/app/app.ts", help: "remove it"},
  "a copy of an extension beside it": {
    edits: [(app) => fs.copyFileSync(path.join(app, button), path.join(app, path.dirname(button), "extension copy.ts"))],
    says: "ATT1020 src/app/extensions/send-to-alc/extension copy.ts:28:1",
    help: "a folder of its own",
  },
  "an extension without a folder": {
    app: "minimal",
    edits: [{from: "src/app/extensions/say-hello/extension.ts", to: "src/app/extensions/say-hello.ts"}],
    says: "ATT1020 src/app/extensions/say-hello.ts:3:1",
    help: "move it to `src/app/extensions/say-hello/extension.ts`",
  },

  "a webhook in a folder of its name": {
    edits: [{from: webhook, to: "src/app/webhooks/webhook.ts"}, ["src/app/webhooks/lead-processed/webhook.ts", null, ""], (app) => fs.renameSync(path.join(app, "src/app/webhooks/webhook.ts"), path.join(app, "src/app/webhooks/lead-processed/webhook.ts")), ["src/app/webhooks/lead-processed/webhook.ts", "../../shared", "../../../shared"]],
    says: "ATT1012 src/app/webhooks/lead-processed/webhook.ts",
    help: "move it to `src/app/webhooks/lead-processed.webhook.ts`",
  },
  "a server function with a capital in its suffix": {
    edits: [{from: send, to: send.replace(".server", ".Server")}, [button, "./send-to-alc.server", "./send-to-alc.Server"]],
    says: `ATT1012 ${send.replace(".server", ".Server")}`,
    help: "did you mean `send-to-alc.server.ts`?",
  },
  "a server function in .jsx": {
    edits: [{from: send, to: send.replace(".ts", ".jsx")}],
    says: `ATT1012 ${send.replace(".ts", ".jsx")}`,
    help: "rename it to `send-to-alc.server.ts`",
  },
  "a server function that is exported by its name": {
    edits: [[send, "export default async", "export async"], [button, "import sendToAlc", "import {sendToAlc}"]],
    says: `ATT3001 ${send}`,
    help: "import it without braces",
  },
  "a trigger that has the files of a step": {
    app: "workflow",
    edits: [[`${step}/block.ts`, 'type: "step"', 'type: "trigger"']],
    says: `ATT5003 ${step}/block.ts:6:9`,
    help: 'write `type: "step"`',
  },

  "a variable without $ where it is declared": query("($recordId: String!)", "(recordId: String!)", "ATT4001", "1:29", "write `$recordId`"),
  "a variable without $ where it is used": query("id: $recordId", "id: recordId", "ATT4016", "2:14", "write `$recordId`"),
  "a variable in braces": query("id: $recordId", "id: ${recordId}", "ATT4001", "2:15", "write `$recordId`"),
  "a variable between quotes": query("id: $recordId", 'id: "${recordId}"', "ATT4019", "1:29", "without quotes"),
  "an argument left out": query("(id: $recordId)", "", "ATT4015", "2:3", "(id: ...)"),
  "the marks of a merge in a query": query("    phone_numbers\n", "<<<<<<< HEAD\n    phone_numbers\n=======\n    id\n>>>>>>> other\n", "ATT4001", "6:1", "keep one of the two sides"),
  "the marks of a merge in code": {
    edits: [[button, '  label: "Send to ALC",\n', '<<<<<<< HEAD\n  label: "Send to ALC",\n=======\n  label: "Send",\n>>>>>>> other\n']],
    says: `ATT9003 ${button}:31:1`,
    help: "keep one of the two sides",
  },
  "the marks of a merge in package.json": {
    edits: [["package.json", '  "version": "0.0.1",\n', '<<<<<<< HEAD\n  "version": "0.0.1",\n=======\n  "version": "0.0.2",\n>>>>>>> other\n']],
    says: "ATT8004 package.json:4:1",
    help: "keep one of the two sides",
  },
  "the marks of a merge in tsconfig.json": {
    edits: [["tsconfig.json", '    "strict": true,\n', '<<<<<<< HEAD\n    "strict": true,\n=======\n    "strict": false,\n>>>>>>> other\n']],
    says: "ATT8006 tsconfig.json:9:1",
    help: "keep one of the two sides",
  },
  "a text in backticks that is not closed": {
    app: "minimal",
    edits: [["src/app/extensions/say-hello/extension.ts", "of ${object}.`", "of ${object}."]],
    says: "ATT9003 src/app/extensions/say-hello/extension.ts:10:13",
    help: "end it with a backtick",
  },
  "a quote that is not closed on the last line, below a text in backticks": {
    app: "minimal",
    edits: [(app) => fs.appendFileSync(path.join(app, "src/app/extensions/say-hello/extension.ts"), "export const last = `x`\nexport const more = 'y\n")],
    says: "ATT9003 src/app/extensions/say-hello/extension.ts:16:22",
    help: "end it on its line",
  },
  "a JavaScript comment in a query": query("phone_numbers", "// all\n    phone_numbers", "ATT4001", "6:5", "begins with `#`"),
  "a variable declared twice": query("$recordId: String!", "$recordId: String!, $recordId: String!", "ATT4026", "1:49"),
  "a query twice in its file": {
    edits: [(app) => fs.appendFileSync(path.join(app, graphql), fs.readFileSync(path.join(app, graphql)))],
    says: `ATT4004 ${graphql}:9:1`,
  },
  "a query with the marks of a block of code": {
    edits: [(app) => fs.writeFileSync(path.join(app, graphql), `\`\`\`graphql\n${fs.readFileSync(path.join(app, graphql), "utf8")}\`\`\`\n`)],
    says: `ATT4001 ${graphql}:1:1`,
  },

  "an outcome's id twice": twice('<Outcome id="interested" label="Again" schema={result} />\n      ', 27, 7),
  "an outcome's id twice, in braces": twice('<Outcome id={"interested"} label="Again" schema={result} />\n      ', 27, 7),

  '"use server" in a server function': directive(send, "// A server function", '"use server"\n', "1:1", "remove it"),
  '"use server" in client code': directive(button, "  try {\n    // The type", '  "use server"\n', "9:3", "move the function to a file of its own"),
  '"use client" in client code': directive(button, "// The button", '"use client";\n\n', "1:1", "remove it"),
  '"use client" in a server function': directive(send, "// A server function", "'use client'\n", "1:1", "belong in a file without it"),

  "a key of a block's configuration that is a text is renamed": renamed("name", "18:18"),
  "a key of a block's configuration that is a number is renamed": renamed("phone_number", "19:25"),
  "a key of a block's configuration that is optional is renamed": renamed("question", "21:9"),
  "a key of a block's configuration that only its handlers read is renamed": {
    app: "workflow",
    edits: [
      [`${step}/configurator.tsx`, '<TextInput name="name" label="Name" />', ""],
      [`${step}/block.ts`, "    name: ", "    full: "],
      [`${step}/finish.ts`, "async (request) => {", "async (request, {config}) => {\n  if (config.name) console.log(config.name)"],
    ],
    only: "types",
    says: `TS2339 ${step}/execute.ts:8:18`,
  },
}
