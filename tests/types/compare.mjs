// Whether two sets of generated declarations mean the same: each exported type of the official file
// must be assignable to ours of the same name and the other way round, asked from real compilers.
import fs from "node:fs"
import {createRequire} from "node:module"
import path from "node:path"
import {checkTypes} from "../probes/compilers.mjs"
import {sdkModules} from "../probes/probe.mjs"

const require = createRequire(path.join(sdkModules, "x.js"))

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "bundler",
    types: ["attio/client"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["."],
}

// The official files name two kinds of types that they never declare, which makes them `any` and
// would let everything pass. Here they are declared as their generator means them.
function missingTypes() {
  const {buildSchema, isEnumType} = require("graphql")
  const text = fs.readFileSync(path.join(sdkModules, "attio/schema.graphql"), "utf8")
  const enums = Object.values(buildSchema(text).getTypeMap()).filter(isEnumType)
  const lines = enums.map((type) => {
    const values = type.getValues().map((value) => JSON.stringify(value.name))
    return `type ${type.name} = ${values.join(" | ")}\n`
  })
  return `type InputMaybe<T> = T | null\n${lines.join("")}`
}

const helpers = `import type {Query} from "attio/client"
export type IsAny<T> = 0 extends 1 & T ? true : false
export type Fits<From, To> = IsAny<From> extends true ? false : [From] extends [To] ? true : false
export type VariablesOf<T> = T extends Query<infer V, any> ? V : "no query"
export type AnswerOf<T> = T extends Query<any, infer R> ? R : "no query"
`

export const directions = {
  "official to ours": "a value of the official type is not one of ours",
  "ours to official": "a value of our type is not one of the official type",
  typed: "our query is not typed by the types that its file exports",
}

export const exportedTypes = (text) =>
  [...text.matchAll(/^\s*export type (\w+)/gm)].map((match) => match[1])

// The assertions about one pair of files; each is one line.
function assertions(pair, number) {
  const from = (who) => `./${number}/${who}/${path.basename(pair.name)}`
  const names = exportedTypes(pair.official)
  const imports = ["official", "ours"].map((who) => {
    const list = names.map((name) => `${name} as ${who}_${name}`).join(", ")
    return `import type {${list}} from "${from(who)}"`
  })
  const list = names.flatMap((name) => [
    {name, direction: "official to ours", type: `Fits<official_${name}, ours_${name}>`},
    {name, direction: "ours to official", type: `Fits<ours_${name}, official_${name}>`},
  ])
  const query = names.find((name) => names.includes(`${name}Variables`))
  list.push(
    {name: query, direction: "typed", type: `Fits<AnswerOf<typeof query>, ours_${query}>`},
    {
      name: `${query}Variables`,
      direction: "typed",
      type: `Fits<VariablesOf<typeof query>, ours_${query}Variables>`,
    },
  )
  const lines = list.map(({type}, n) => `export const check${n}: ${type} = true`)
  const head = [
    `import type {AnswerOf, Fits, VariablesOf} from "./helpers"`,
    ...imports,
    `import query from "${from("ours")}"`,
  ]
  return {head, list, text: [...head, ...lines, ""].join("\n")}
}

// `pairs`: {name, official, ours} with the texts of one declaration file each; `name` ends with the
// document's name. Gives what does not hold: {file, name, direction}, or {file, other} with another
// error of the compiler.
export async function compare(folder, pairs, compiler) {
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true})
    fs.writeFileSync(path.join(folder, name), text)
  }
  fs.rmSync(folder, {recursive: true, force: true})
  write("tsconfig.json", JSON.stringify(tsconfig))
  write("missing.d.ts", missingTypes())
  write("helpers.ts", helpers)
  fs.symlinkSync(sdkModules, path.join(folder, "node_modules"))
  const checks = pairs.map((pair, number) => {
    for (const who of ["official", "ours"]) {
      write(`${number}/${who}/${path.basename(pair.name)}.d.ts`, pair[who])
    }
    const check = assertions(pair, number)
    write(`check${number}.ts`, check.text)
    return check
  })
  const {stdout, stderr} = await checkTypes(compiler, folder, "--pretty", "false")
  const found = []
  for (const line of (stdout + stderr).split("\n").filter((one) => one && !one.startsWith(" "))) {
    const place = /^check(\d+)\.ts\((\d+),\d+\): error (TS\d+)/.exec(line)
    const check = place && checks[place[1]]
    const one = check?.list[Number(place[2]) - 1 - check.head.length]
    if (one && place[3] === "TS2322") {
      found.push({file: pairs[place[1]].name, name: one.name, direction: one.direction})
    } else found.push({file: place ? pairs[place[1]].name : "", other: line})
  }
  return found
}
