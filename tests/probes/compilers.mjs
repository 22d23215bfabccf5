// The compilers that apps are checked with: the one that we ship and the one that apps have.
import fs from "node:fs"
import path from "node:path"
import {root, run, sdkModules} from "./probe.mjs"

function nativeCompiler() {
  const folder = path.join(root, "lib/deps/node_modules/@typescript")
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const file = path.join(folder, name, "lib/tsc")
    if (fs.existsSync(file)) return file
  }
  throw new Error("TypeScript 7 is not installed: run (cd lib/deps && npm ci --ignore-scripts)")
}

export const compilers = () => [
  {name: "TypeScript 7", command: [nativeCompiler()]},
  {
    name: "the apps' TypeScript",
    command: [process.execPath, path.join(sdkModules, "typescript/bin/tsc")],
  },
]

export function checkTypes({command: [program, ...args]}, app, ...more) {
  return run(program, [...args, "--noEmit", "-p", ".", ...more], {cwd: app})
}
