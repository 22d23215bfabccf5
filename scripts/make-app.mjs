#!/usr/bin/env node
// Writes an app of about N modules, to see how things grow with the size of an app.
//   node scripts/make-app.mjs N FOLDER
// Of four modules one is an extension, one its server function and two are helpers; each helper
// imports the one before, so there are long chains as well as many roots.
import fs from "node:fs"
import path from "node:path"

const extension = (n) => `import {alert, Extensions, showToast} from "attio/client"
import {describe${n}} from "../../../lib/describe-${n}"
import store from "./store-${n}.server"

export default Extensions.defineExtension({
  type: "record-action",
  id: "action-${n}",
  label: "Action ${n}",
  objects: "people",
  onTrigger: async ({recordId}) => {
    const {hideToast} = await showToast({title: describe${n}(recordId), variant: "neutral"})
    try {
      const {stored} = await store(recordId, ${n})
      await showToast({title: \`Stored \${stored} values\`, variant: "success"})
    } catch {
      await alert({title: "Not stored", text: "Please try again in a moment."})
    } finally {
      await hideToast()
    }
  },
})
`

const server = (n) => `import {ATTIO_API_TOKEN} from "attio/server"
import {clean${n}} from "../../../lib/clean-${n}"

interface Answer {
  stored: number
}

export default async function store(recordId: string, count: number): Promise<Answer> {
  const response = await fetch(\`https://api.example.com/v${n}/\${clean${n}(recordId)}\`, {
    method: "POST",
    headers: {Authorization: \`Bearer \${ATTIO_API_TOKEN}\`},
    body: JSON.stringify({recordId, count}),
  })
  if (!response.ok) {
    throw new Error(\`The service answered \${response.status}\`)
  }
  const {values} = await response.json()
  return {stored: Array.isArray(values) ? values.length : 0}
}
`

function helper(name, n) {
  const before = n > 0 ? `import {${name}${n - 1}} from "./${name}-${n - 1}"\n\n` : ""
  const inner = n > 0 ? `${name}${n - 1}(text)` : "text"
  return `${before}const words${n} = ["alpha", "beta", "gamma", "delta"] as const

export type Word${n} = (typeof words${n})[number]

export function ${name}${n}(text: string): string {
  if (text.length > 400) {
    return text
  }
  const word: Word${n} | undefined = words${n}[text.length % words${n}.length]
  return \`\${word ?? "none"} \${${inner}}\`
}
`
}

export function makeApp(count, folder) {
  const write = (name, text) => {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), {recursive: true})
    fs.writeFileSync(file, text)
  }
  write("package.json", `{"name": "app-of-${count}", "version": "0.0.1", "private": true}\n`)
  const compilerOptions = {
    ...{target: "ES2022", module: "ESNext", moduleResolution: "bundler"},
    ...{jsx: "react-jsx", strict: true, skipLibCheck: true, noEmit: true},
    types: [], // or every @types package that happens to be installed
  }
  const config = {compilerOptions, include: ["src", ".attio/**/*"]}
  write("tsconfig.json", `${JSON.stringify(config, null, 2)}\n`)
  for (let n = 0; n < Math.ceil(count / 4); n++) {
    write(`src/app/extensions/action-${n}/extension.tsx`, extension(n))
    write(`src/app/extensions/action-${n}/store-${n}.server.ts`, server(n))
    write(`src/lib/describe-${n}.ts`, helper("describe", n))
    write(`src/lib/clean-${n}.ts`, helper("clean", n))
  }
}

if (path.basename(process.argv[1] ?? "") === "make-app.mjs") {
  const [count, folder] = [Number(process.argv[2]), process.argv[3]]
  if (!(count > 0) || !folder) {
    console.error("usage: node scripts/make-app.mjs N FOLDER")
    process.exit(2)
  }
  makeApp(count, folder)
}
