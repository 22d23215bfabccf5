// Rows of mistakes.mjs about texts alone: what is no program, and what the bundler warns of.
const button = "src/app/extensions/send-to-alc/extension.ts"
const send = "src/app/extensions/send-to-alc/send-to-alc.server.ts"
const alc = "src/shared/alc-api.ts"
const dialog = "src/app/extensions/next-step/dialog.tsx"

// What our own parser reads and is no program: the engine's word, the same from all three.
const at = (text, line, column, help, more) => ({
  edits: [[alc, "const baseUrl", `${text}\nconst baseUrl`]],
  says: `ATT9003 ${alc}:${line}:${column}`,
  help,
  ...more,
})
export const programs = {
  "a constant without a value": at("const a", 4, 7, "give it a value"),
  "a reserved word as a name": at("const class = 1", 4, 7, "another name"),
  "an invisible character that was copied along": at("const \u200ba = 1", 4, 7, "invisible"),
  "`??` and `||` without brackets": at("console.log(null || 1 ?? 2)", 4, 23, "parentheses"),
  "a number with a zero before it": at("console.log(0777)", 4, 13, "0o"),
  "an octal escape": at('console.log("\\012")', 4, 14, "\\x"),
  "a value for what may be missing": at("const o: any = {}\no?.a = 1", 5, 1, "without `?.`"),
  "break outside of a loop": at("break", 4, 1, "loop"),
  "a label that is not there": at("for (;;) { break out }", 4, 18, "label"),
  "yield in a plain function": at("export function g() { yield 1 }", 4, 23, "function*"),
  "a getter with a parameter": at("console.log({get a(b: any) { return b }})", 4, 20, "parameter"),
  "two constructors": at("export class A { constructor() {} constructor() {} }", 4, 35, "one constructor"),
  "a private name that is not declared": at("export class A { a() { return this.#b } }", 4, 36, "declare it"),
  "a type of Flow": at("export function g(a: ?string) {}", 4, 22),
  "an export in a function": at("export function g() { export const a = 1 }", 4, 23, "top level"),
  "two default exports": {
    edits: [[send, "  return {id: lead.id}\n}", "  return {id: lead.id}\n}\nexport default sendToAlc"]],
    says: `ATT9003 ${send}:23:8`,
    help: "keep one",
  },
  "export default const": {
    edits: [[send, "export default async function sendToAlc(", "export default const sendToAlc = async ("], [send, "Promise<{id: string}> {", "Promise<{id: string}> => {"]],
    says: `ATT9003 ${send}:7:16`,
  },
  "a value for an import": {
    edits: [[send, "  const connection", "  updatePerson = 1 as any\n  const connection"]],
    says: `ATT9003 ${send}:12:3`,
    help: "cannot be changed",
  },
  "JSON in a .ts file": {
    edits: [[alc, null, '{"alcFetch": 1, "b": 2}\n']],
    says: `ATT9003 ${alc}:1:12`,
  },
  "a comment of HTML in JSX": {
    app: "widget",
    edits: [[dialog, "    <>\n", "    <>\n      <!-- form -->\n"]],
    says: `ATT9003 ${dialog}:52:8`,
  },
  "a closing tag in another case": {
    app: "widget",
    edits: [[dialog, "</Form>", "</form>"]],
    says: `ATT9003 ${dialog}:57:9`,
    help: "capitals",
  },
  "await in a callback, often": {
    edits: [[button, "onTrigger: async ({recordId})", "onTrigger: ({recordId})"]],
    says: `ATT9003 ${button}:34:25`,
    help: "`async`",
  },
}

// What the bundler warns of in a text alone. What the compiler refuses, too, is its error then.
const warned = (text, column, help, levels = true) => ({
  edits: [[alc, "const baseUrl", `${text}\nconst baseUrl`]],
  says: `ATT9010 ${alc}:4:${column}`,
  help,
  levels,
})
export const warnings = {
  "a case twice": warned("export function f(a: number) { switch (a) { case 1: return 1; case 1: return 2 } return 0 }", 63, "remove", false),
  "a key twice": warned("export const o: any = {a: 1, a: 2}", 30, "remove"),
  "a method twice": warned("export class A { m() {} m() {} }", 25, "remove"),
  "a type that typeof never gives": warned("export const t = (x: any) => typeof x === 'nul'", 43, "typeof"),
  "a comparison with NaN": warned("export const t = (x: any) => x === NaN", 32, "Number.isNaN"),
  "a comparison with a new list": warned("export const t = (x: any) => x === []", 32, "compare"),
  "not and in": warned("export const t = (x: any) => !x in {}", 30, "!(key in object)"),
  "a value that is never missing": warned("export const t: any = {} ?? 1", 26, "take"),
  "eval": warned("export const t: any = eval('1')", 23, "bundled", false),
  "a call of all that a module has": {
    edits: [[send, "import {alcFetch}", 'import * as ns from "../../../shared/alc-api"\nimport {alcFetch}'], [send, "  const connection", "  ;(ns as any)()\n  const connection"]],
    says: `ATT9010 ${send}:13:5`,
    help: "by its name",
  },
}
