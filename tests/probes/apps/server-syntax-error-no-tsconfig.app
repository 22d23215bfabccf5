-- about syntax error in a server file without TypeScript
-- file package.json
{
  "name": "probe",
  "description": "Probe",
  "private": true,
  "version": "0.0.1",
  "scripts": {
    "build": "attio build"
  },
  "dependencies": {
    "attio": "1.0.4",
    "react": "19.2.4"
  }
}
-- file src/app/extensions/hello/extension.tsx
import {Extensions} from "attio/client"
import hello from "./hello.server"
export default Extensions.defineExtension({
    id: "hello",
    type: "record-action",
    label: "Label of hello",
    onTrigger: async () => {
        console.log(await hello("x"))
    },
})
-- file src/app/extensions/hello/hello.server.ts
export default async function hello(name: string) {
    return `hello ${name}`
}
const = 1
-- official refuses
files .attio/env.d.ts dist/index.js
index.js {"surfaces":{"record-action":[{"id":"hello","label":"Label of hello","onTrigger":"[async function]","type":"record-action"}]},"calls":["app/extensions/hello/hello.server"]}
