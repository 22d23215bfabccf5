#!/usr/bin/env node
// Packages that apps use, in the bundles: each program of tests/packages/uses must answer in the
// client's and in the server's bundle what it answers when Node itself loads the packages.
import {webcrypto} from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import {pathToFileURL} from "node:url"
import {root, sdkModules} from "./probe.mjs"
import {runTests} from "./suite.mjs"

globalThis.crypto ??= webcrypto // Node 18 has it in its module only
const folder = path.join(root, "tests/packages")
const uses = fs.readdirSync(path.join(folder, "uses")).map((file) => path.basename(file, ".js"))

const names = uses.map((name, i) => `  [${JSON.stringify(name)}, use${i}],\n`).join("")
const answers = `${uses.map((name, i) => `import use${i} from "./uses/${name}.js"\n`).join("")}
export const uses = [
${names}]

export async function answers() {
  const all = {}
  for (const [name, use] of uses) {
    try {
      all[name] = JSON.stringify(await use())
    } catch (error) {
      all[name] = \`\${error?.name}: \${error?.message}\`
    }
  }
  return all
}
`

const app = {
  "package.json": `{"name": "packages", "version": "0.0.1", "private": true, "type": "module"}\n`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{module: "ESNext", target: "ES2022", moduleResolution: "bundler", jsx: "react-jsx"},
      ...{allowJs: true, skipLibCheck: true},
    },
    include: ["src"],
  }),
  "src/answers.js": answers,
  "src/app/extensions/ask/ask.server.ts": `import {answers} from "../../../answers"
export default async function ask(..._: unknown[]) {
  return answers()
}
`,
  "src/app/extensions/ask/extension.ts": `import {Extensions} from "attio/client"
import {answers} from "../../../answers"
import ask from "./ask.server"

export default Extensions.defineExtension({
  type: "record-action",
  id: "ask",
  label: "Ask",
  onTrigger: async () => {
    await ask(await answers())
  },
})
`,
}

// As links: the app then has its packages where npm put them, beside the SDK's.
function linkModules(to) {
  for (const from of [path.join(folder, "node_modules"), sdkModules]) {
    for (const name of fs.readdirSync(from)) {
      const scope = name.startsWith("@")
      const inside = scope ? fs.readdirSync(path.join(from, name)).map((one) => `${name}/${one}`) : [name]
      for (const one of inside.filter((file) => !file.startsWith("."))) {
        const link = path.join(to, one)
        if (fs.existsSync(link)) continue
        fs.mkdirSync(path.dirname(link), {recursive: true})
        fs.symlinkSync(path.join(from, one), link)
      }
    }
  }
}

async function build(bench) {
  bench.write(app)
  fs.cpSync(path.join(folder, "uses"), path.join(bench.app, "src/uses"), {recursive: true})
  linkModules(path.join(bench.app, "node_modules"))
  const facts = await bench.build()
  const [client, server] = [facts["index.js"], facts["server.js"]]
  if (client.error || server.error) throw new Error(client.error ?? server.error)
  const [{calls, error}] = client.pressed
  if (error) throw new Error(error)
  const {call} = server.modules[calls[0].id]
  if (call.error) throw new Error(call.error)
  return {client: calls[0].args[0], server: call.result}
}

let built // the app, once for all tests
function answersAsInNode(name) {
  return async (bench) => {
    built ??= build(bench)
    const {client, server} = await built
    const file = path.join(folder, "uses", `${name}.js`)
    const wanted = JSON.stringify(await (await import(pathToFileURL(file))).default())
    bench.same("in the client", wanted, client[name])
    bench.same("in the server", wanted, server[name])
  }
}

if (!fs.existsSync(path.join(folder, "node_modules"))) {
  console.error("the packages are not installed: run (cd tests/packages && npm ci --ignore-scripts)")
  process.exit(2)
}
await runTests(Object.fromEntries(uses.map((name) => [name, answersAsInNode(name)])))
process.exit() // whatever timers the packages have left
