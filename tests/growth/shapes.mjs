// Apps of one shape and any size: each list that the language and our file formats have, long; each
// thing that nests, deep. A shape is a function of n that gives files (path -> text) over those of
// the base app. `src/shared/shape.tsx` is read as client and as server code.

const list = (n, item, separator = "\n") => Array.from({length: n}, (_, i) => item(i)).join(separator)
const nest = (n, open, core, close = "") => open.repeat(n) + core + close.repeat(n)

export const base = {
  "package.json": JSON.stringify({name: "shape", version: "0.0.1", dependencies: {attio: "^1.0.4", react: "^19.2.4"}}),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {target: "ES2022", module: "ESNext", moduleResolution: "bundler", jsx: "react-jsx", strict: true},
    include: ["src", ".attio/**/*"],
  }),
  "src/app/extensions/one/extension.tsx": `import {Extensions} from "attio/client"
import * as shape from "../../../shared/shape"
import call from "./call.server"

export default Extensions.defineExtension({
  type: "record-action",
  id: "one",
  label: "One",
  onTrigger: async ({recordId}) => {
    await call(recordId, String(shape))
  },
})
`,
  "src/app/extensions/one/call.server.ts": `import * as shape from "../../../shared/shape"

export default async function call(recordId: string, text: string): Promise<string> {
  return recordId + text + String(shape)
}
`,
  "src/shared/shape.tsx": "export {}\n",
}

const shared = (text) => ({"src/shared/shape.tsx": `${text}\n`})
const client = (text) => ({"src/app/extensions/one/dialog.tsx": `${text}\n`, ...shared('export * from "../app/extensions/one/dialog"')})
const server = (text, imports = "") => ({
  "src/app/extensions/one/call.server.ts": `${imports}
export default async function call(recordId: string, text: string): Promise<unknown> {
  ${text}
}
`,
})
const manifest = (more) => ({"package.json": JSON.stringify({...JSON.parse(base["package.json"]), ...more})})
const query = (text) => ({"src/app/extensions/one/query.graphql": text})

// Long lists of the language.
const lists = {
  statements: (n) => shared(list(n, (i) => `x${i % 7} = ${i};`)),
  "statements in a block": (n) => shared(`export function f(x: any) {\n${list(n, (i) => `x.a${i} = ${i}`)}\n}`),
  "empty statements": (n) => shared(";".repeat(n)),
  declarations: (n) => shared(list(n, (i) => `export const c${i} = ${i}`)),
  "declarations of one name": (n) => shared(list(n, () => "var same = 1")),
  "declarators of one statement": (n) => shared(`export const ${list(n, (i) => `c${i} = ${i}`, ", ")}`),
  "constants that name the one before": (n) => shared(`export const c0 = "x"\n${list(n, (i) => `export const c${i + 1} = c${i}`)}`),
  "constants that join the one before": (n) => shared(`const c0 = "x"\n${list(n, (i) => `const c${i + 1} = c${i} + "y"`)}\nconsole.log(c${n})`),
  functions: (n) => shared(list(n, (i) => `export async function f${i}(a: string) { return a + ${i} }`)),
  "overloads of a function": (n) => shared(`${list(n, (i) => `export function f(a: "${i}"): void`)}\nexport function f(a: any) {}`),
  "arrow functions": (n) => shared(list(n, (i) => `export const f${i} = async (a: string) => { const b = a; return b }`)),
  "functions in functions": (n) => shared(`export function f() {\n${list(n, (i) => `function g${i}() { return g${(i + 1) % n}() }`)}\n}`),
  "calls between functions": (n) => shared(`${list(n, (i) => `async function f${i}() { await f${i + 1}() }`)}\nexport async function f${n}() {}`),
  parameters: (n) => shared(`export function f(${list(n, (i) => `p${i}: string`, ", ")}) {}`),
  "call arguments": (n) => shared(`declare const f: any\nf(${list(n, (i) => `${i}`, ", ")})`),
  "array elements": (n) => shared(`export const a = [${list(n, (i) => `"a${i}"`, ", ")}]`),
  "array holes": (n) => shared(`export const a = [${",".repeat(n)}]`),
  "object keys": (n) => shared(`export const o = {${list(n, (i) => `k${i}: ${i}`, ", ")}}`),
  "object keys of one name": (n) => shared(`export const o = {${list(n, () => "k: 1", ", ")}}`),
  "object methods": (n) => shared(`export const o = {${list(n, (i) => `m${i}() { return ${i} }`, ", ")}}`),
  "object spreads": (n) => shared(`declare const p: any\nexport const o = {${list(n, () => "...p", ", ")}}`),
  "uses of keys": (n) => shared(`const o = {${list(n, (i) => `k${i}: "v"`, ", ")}}\n${list(n, (i) => `console.log(o.k${i})`)}`),
  "names in patterns": (n) => shared(`declare const p: any\nexport const {${list(n, (i) => `a${i}: b${i}`, ", ")}} = p`),
  "items of array patterns": (n) => shared(`declare const p: any\nexport const [${list(n, (i) => `b${i}`, ", ")}] = p`),
  "class members": (n) => shared(`export class C {\n${list(n, (i) => `m${i}() { return ${i} }`)}\n}`),
  "class fields": (n) => shared(`export class C {\n${list(n, (i) => `static f${i}: string = "${i}"`)}\n}`),
  classes: (n) => shared(`class C0 {}\n${list(n, (i) => `class C${i + 1} extends C${i} {}`)}\nexport {C${n}}`),
  "enum members": (n) => shared(`export enum E {${list(n, (i) => `m${i} = "${i}"`, ", ")}}`),
  "interface members": (n) => shared(`export interface I {\n${list(n, (i) => `m${i}: string`)}\n}`),
  "members of a type": (n) => shared(`export type T = {\n${list(n, (i) => `m${i}?: number`)}\n}`),
  "merged interfaces": (n) => shared(list(n, (i) => `export interface I { m${i}: string }`)),
  "members of a union": (n) => shared(`export type T = ${list(n, (i) => `"${i}"`, " | ")}`),
  "members of a union in lines": (n) => shared(`export type T =\n${list(n, (i) => `  | "member-${i}"`)}`),
  "union of objects": (n) => shared(`export type T = ${list(n, (i) => `{kind: "${i}"}`, " | ")}`),
  "members of an intersection": (n) => shared(`export type T = ${list(n, (i) => `{m${i}: string}`, " & ")}`),
  "tuple members": (n) => shared(`export type T = [${list(n, () => "string", ", ")}]`),
  "type parameters": (n) => shared(`export type T<${list(n, (i) => `P${i}`, ", ")}> = P0`),
  "type arguments": (n) => shared(`declare const f: any\nexport const x = f<${list(n, () => "string", ", ")}>()`),
  "types that name the one before": (n) => shared(`export type T0 = string\n${list(n, (i) => `export type T${i + 1} = T${i} | ${i}`)}`),
  "template parts": (n) => shared(`declare const x: any\nexport const t = \`${list(n, (i) => `a\${x}`, "")}\``),
  "template types": (n) => shared(`export type T = \`${list(n, () => "a${string}", "")}\``),
  "a long string": (n) => shared(`export const s = "${"x".repeat(n * 8)}"`),
  "escapes in a string": (n) => shared(`export const s = "${"\\u0041".repeat(n)}"`),
  "a long template": (n) => shared(`export const s = \`${"line\n".repeat(n)}\``),
  "a long name": (n) => shared(`export const ${"x".repeat(n * 4)} = 1`),
  "a long number": (n) => shared(`export const x = ${"1".repeat(n * 4)}n`),
  "a long regular expression": (n) => shared(`export const r = /${"[a-z]".repeat(n)}/`),
  "a long comment": (n) => shared(`/*${" * text\n".repeat(n)}*/\nexport {}`),
  comments: (n) => shared(list(n, (i) => `// comment ${i}`)),
  "comments in an expression": (n) => shared(`export const x = ${"/* c */".repeat(n)}1`),
  "comments before arguments": (n) => shared(`declare const f: any\nf(${list(n, (i) => `/* c */ ${i}`, ", ")})`),
  "blank lines": (n) => shared(`export {}\n${"\n".repeat(n * 8)}`),
  "lines of CRLF": (n) => shared(list(n, (i) => `export const c${i} = ${i}`, "\r\n")),
  "lines of CR": (n) => shared(list(n, (i) => `export const c${i} = ${i}`, "\r")),
  "line separators": (n) => shared(list(n, (i) => `export const c${i} = ${i}`, "\u2028")),
  "wide characters": (n) => shared(`export const s = "${"\u{1F600}漢é".repeat(n)}"`),
  "byte order marks": (n) => shared(`${"\uFEFF".repeat(n)}export {}`),
  "switch cases": (n) => shared(`export function f(x: any) { switch (x) {\n${list(n, (i) => `case ${i}: return ${i}`)}\n} }`),
  labels: (n) => shared(`export function f() {\n${list(n, (i) => `l${i}: for (;;) break l${i}`)}\n}`),
  "catch clauses": (n) => shared(`export function f() {\n${list(n, () => "try { f() } catch (e) { throw e } finally { f() }")}\n}`),
  "loops with var": (n) => shared(`export function f() {\n${list(n, (i) => `for (var v${i} = 0; v${i} < 1; v${i}++) {}`)}\n}`),
  "sequence of expressions": (n) => shared(`declare let x: any\nx = (${list(n, () => "x", ", ")})`),
  "JSX children": (n) => shared(`declare const A: any\nexport const e = <A>${list(n, (i) => `<A key="${i}" />`)}</A>`),
  "JSX texts": (n) => shared(`declare const A: any\nexport const e = <A>${list(n, (i) => `text {${i}} `)}</A>`),
  "JSX attributes": (n) => shared(`declare const A: any\nexport const e = <A ${list(n, (i) => `a${i}={${i}}`)} />`),
  decorators: (n) => shared(`declare const d: any\n${"@d ".repeat(n)}\nexport class C {}`),
  "namespaces": (n) => shared(list(n, (i) => `export namespace N${i} { export const a = 1 }`)),
  "ambient modules": (n) => shared(list(n, (i) => `declare module "m${i}" { export const a: number }`)),
  "assignments to one name": (n) => shared(`let x: any = 1\n${list(n, (i) => `x = ${i}`)}\nexport {x}`),
  "names that are assigned": (n) => shared(`${list(n, (i) => `let x${i}: any`)}\n${list(n, (i) => `x${i} = ${i}`)}`),
  "uses of globals": (n) => shared(list(n, () => "console.log(Math.max(1, 2))")),
  "shadowed globals": (n) => shared(list(n, (i) => `export function f${i}(fetch: any) { return fetch("x") }`)),
  "scopes of one name": (n) => shared(`export function f() {\n${list(n, (i) => `{ const same = ${i}; same }`)}\n}`),
  "broken lines": (n) => shared(list(n, (i) => `const = ${i}`)),
  "unclosed brackets": (n) => shared("[".repeat(n)),
  "closing brackets": (n) => shared("]".repeat(n)),
  "unclosed braces": (n) => shared("{".repeat(n)),
  "unclosed strings": (n) => shared(list(n, () => 'const a = "')),
  "quotes": (n) => shared('"'.repeat(n)),
  "quotes that are escaped": (n) => shared("'\\\\".repeat(n)),
  "regular expressions without an end": (n) => shared("=/[".repeat(n)),
  "strings over two lines": (n) => shared(list(n, (i) => `const a${i} = '\n'`)),
  "comments without an end": (n) => shared("/*\n".repeat(n)),
  "unclosed JSX": (n) => shared("<a>".repeat(n)),
  "unclosed template": (n) => shared("`${".repeat(n)),
  "typed tags": (n) => shared(`declare const t: any\n${list(n, () => "t<string>`x`")}`),
  "angles that are none": (n) => shared(`declare const a: any\nexport const b = ${list(n, () => "a", " < ")}`),
  "operators": (n) => shared(`declare const a: any\nexport const b = ${list(n, () => "a", " > ")}`),
}

// What can be in itself, deep.
const depths = {
  blocks: (n) => shared(nest(n, "{", "", "}")),
  parentheses: (n) => shared(`export const x = ${nest(n, "(", "1", ")")}`),
  arrays: (n) => shared(`export const x = ${nest(n, "[", "1", "]")}`),
  objects: (n) => shared(`export const x = ${nest(n, "{a: ", "1", "}")}`),
  "object patterns": (n) => shared(`export const ${nest(n, "{a: ", "b", "}")} = {} as any`),
  "calls in calls": (n) => shared(`declare const f: any\n${nest(n, "f(", "1", ")")}`),
  "calls of calls": (n) => shared(`declare const f: any\nf${"()".repeat(n)}`),
  "member chains": (n) => shared(`declare const f: any\nexport const x = f${".a".repeat(n)}`),
  "method chains": (n) => shared(`declare const f: any\nexport const x = f${".a()".repeat(n)}`),
  "promise chains": (n) => server(`fetch("x")${".then((a) => a)".repeat(n)}`),
  "subscripts": (n) => shared(`declare const f: any\nexport const x = ${nest(n, "f[", "0", "]")}`),
  "not-null chains": (n) => shared(`declare const f: any\nexport const x = f${"!".repeat(n)}`),
  "as chains": (n) => shared(`declare const f: any\nexport const x = f${" as any".repeat(n)}`),
  "satisfies chains": (n) => shared(`declare const f: any\nexport const x = f${" satisfies any".repeat(n)}`),
  "templates": (n) => shared(`export const t = ${nest(n, "`${", "1", "}`")}`),
  "binary chains": (n) => shared(`declare const a: any\nexport const x = ${list(n, () => "a", " + ")}`),
  "strings that are joined": (n) => shared(`export const x = ${list(n, () => '"a"', " + ")}`),
  "power chains": (n) => shared(`declare const a: any\nexport const x = ${list(n, () => "a", " ** ")}`),
  "or chains": (n) => shared(`declare const a: any\nexport const x = ${list(n, () => "a", " || ")}`),
  "ternaries": (n) => shared(`declare const a: any\nexport const x = ${list(n, (i) => `a === ${i} ? ${i} : `, "")}0`),
  "ternaries in conditions": (n) => shared(`declare const a: any\nexport const x = ${nest(n, "(", "a", " ? 1 : 2)")}`),
  "unary chains": (n) => shared(`declare const a: any\nexport const x = ${"!".repeat(n)}a`),
  "await chains": (n) => server(`${"await ".repeat(n)}recordId`),
  "awaits in arguments": (n) => server(nest(n, "await fetch(", "recordId", ")")),
  "returns in blocks": (n) => server(nest(n, "if (recordId) { ", "return 1", "; return 0 }")),
  "imports in functions": (n) => server(nest(n, "if (recordId) { ", 'import "a"', '\nimport "b" }')),
  "void chains": (n) => shared(`${"void ".repeat(n)}0`),
  "arrow chains": (n) => shared(`export const f = ${"() => ".repeat(n)}1`),
  "arrows with blocks": (n) => shared(`export const f = ${nest(n, "() => { return ", "1", " }")}`),
  "functions in functions, deep": (n) => shared(nest(n, "function f() { ", "", " }")),
  "classes in classes": (n) => shared(nest(n, "class C { m() { ", "", " } }")),
  "if in if": (n) => shared(nest(n, "if (1) { ", "", " }")),
  "if without braces": (n) => shared(`${"if (1) ".repeat(n)};`),
  "else-if chains": (n) => shared(`declare const a: any\n${list(n, (i) => `if (a === ${i}) {}`, " else ")}`),
  "loops in loops": (n) => shared(nest(n, "for (;;) { ", "", " }")),
  "labels of labels": (n) => shared(`${list(n, (i) => `l${i}:`)} ;`),
  "switches in switches": (n) => shared(nest(n, "switch (1) { case 1: ", "", " }")),
  "tries in tries": (n) => shared(nest(n, "try { ", "", " } catch {}")),
  "assignment chains": (n) => shared(`let a: any\n${"a = ".repeat(n)}1`),
  "spreads in arrays": (n) => shared(`export const x = ${nest(n, "[...", "[]", "]")}`),
  "yields": (n) => shared(`export function* f() { ${"yield ".repeat(n)}1 }`),
  "new chains": (n) => shared(`declare const A: any\n${"new ".repeat(n)}A${"()".repeat(n)}`),
  "JSX in JSX": (n) => shared(`declare const A: any\nexport const e = ${nest(n, "<A>", "", "</A>")}`),
  "JSX in braces": (n) => shared(`declare const A: any\nexport const e = ${nest(n, "<A>{", "1", "}</A>")}`),
  "JSX in attributes": (n) => shared(`declare const A: any\nexport const e = ${nest(n, "<A a={", "1", "} />")}`),
  "fragments": (n) => shared(`export const e = ${nest(n, "<>", "", "</>")}`),
  "array types": (n) => shared(`export type T = string${"[]".repeat(n)}`),
  "indexed types": (n) => shared(`export type T = any${'["a"]'.repeat(n)}`),
  "types in parentheses": (n) => shared(`export type T = ${nest(n, "(", "string", ")")}`),
  "tuples in tuples": (n) => shared(`export type T = ${nest(n, "[", "string", "]")}`),
  "object types": (n) => shared(`export type T = ${nest(n, "{a: ", "string", "}")}`),
  "type arguments in type arguments": (n) => shared(`export type T = ${nest(n, "Array<", "string", " >")}`),
  "promises of promises": (n) => ({
    "src/app/extensions/one/call.server.ts": `export default async function call(recordId: string): ${nest(n, "Promise<", "string", " >")} { return recordId as any }\n`,
  }),
  "conditional types": (n) => shared(`export type T<P> = ${list(n, (i) => `P extends ${i} ? ${i} : `, "")}never`),
  "keyof chains": (n) => shared(`export type T = ${"keyof ".repeat(n)}string`),
  "function types": (n) => shared(`export type T = ${"() => ".repeat(n)}void`),
  "mapped types": (n) => shared(`export type T = ${nest(n, "{[k in string]: ", "string", "}")}`),
  "template types in templates": (n) => shared(`export type T = ${nest(n, "`${", "string", "}`")}`),
  "namespaces in namespaces": (n) => shared(nest(n, "namespace N { ", "", " }")),
  "dotted namespaces": (n) => shared(`namespace ${list(n, () => "N", ".")} {}`),
  "qualified types": (n) => shared(`export type T = ${list(n, () => "N", ".")}`),
  "groups in a regular expression": (n) => shared(`export const r = /${nest(n, "(", "a", ")")}/`),
  "a type with errors": (n) => shared(`export type T = ${nest(n, "{a: (", "string", ")}")} as`),
}

// The boundary: what goes to and comes from server functions.
const signature = (parameter, answer = "void") => ({
  "src/app/extensions/one/call.server.ts": `${parameter.before ?? ""}\nexport default async function call(a: ${parameter.type}, b: string): Promise<${answer}> {}\n`,
})
const boundaries = {
  "a parameter's union": (n) => signature({type: list(n, (i) => `"${i}"`, " | ")}),
  "a parameter's object": (n) => signature({type: `{${list(n, (i) => `m${i}: string`, "; ")}}`}),
  "a parameter's intersection": (n) => signature({type: list(n, (i) => `{m${i}: string}`, " & ")}),
  "a parameter's tuple": (n) => signature({type: `[${list(n, () => "string", ", ")}]`}),
  "a parameter's deep object": (n) => signature({type: nest(n, "{a: ", "string", "}")}),
  "a parameter's deep array": (n) => signature({type: `string${"[]".repeat(n)}`}),
  "a parameter's record": (n) => signature({type: nest(n, "Record<string, ", "string", " >")}),
  "an answer's union": (n) => signature({type: "string"}, list(n, (i) => `"${i}"`, " | ")),
  "an answer of what JSON has not": (n) => signature({type: `{${list(n, (i) => `m${i}: Map<string, Date>`, "; ")}}`}),
  "a chain of aliases": (n) => signature({before: `type T0 = string\n${list(n, (i) => `type T${i + 1} = T${i}`)}`, type: `T${n}`}),
  "a diamond of aliases": (n) => signature({before: `type T0 = string\n${list(n, (i) => `type T${i + 1} = {a: T${i}; b: T${i}}`)}`, type: `T${n}`}),
  "a diamond of unions": (n) => signature({before: `type T0 = string\n${list(n, (i) => `type T${i + 1} = T${i} | T${i}`)}`, type: `T${n}`}),
  "a diamond of interfaces": (n) => signature({before: `interface T0 {}\n${list(n, (i) => `interface T${i + 1} extends T${i} { a: T${i} }`)}`, type: `T${n}`}),
  "generics of themselves": (n) => signature({before: `type T0<P> = P\n${list(n, (i) => `type T${i + 1}<P> = T${i}<T${i}<P> >`)}`, type: `T${n}<string>`}),
  "many server functions": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/f${i}.server.ts`, `export default async function f(a: string): Promise<string> { return a }\n`])),
    ...shared(`${list(n, (i) => `import f${i} from "./f${i}.server"`)}\nexport async function g() {\n${list(n, (i) => `await f${i}("a")`)}\n}`),
  }),
  "calls of a server function": (n) => client(`import call from "./call.server"\nexport async function g() {\n${list(n, (i) => `await call("${i}", "b")`)}\n}`),
  "calls with what JSON has not": (n) => client(`import call from "./call.server"\nexport async function g() {\n${list(n, () => `await call(new Date(), () => 1)`)}\n}`),
  "calls with a variable": (n) => client(`import call from "./call.server"\nexport async function g() {\n${list(n, (i) => `const a${i} = {f: new Map()}\nawait call(a${i}, "b")`)}\n}`),
  "calls with one variable that is assigned": (n) => client(`import call from "./call.server"\nexport async function g() {\nlet a: any\n${list(n, (i) => `a = ${i}\nawait call(a, "b")`)}\n}`),
  "an argument of many keys": (n) => client(`import call from "./call.server"\nexport async function g() { await call({${list(n, (i) => `k${i}: new Date()`, ", ")}}, "b") }`),
  "functions that call the next one, in an event": (n) => ({
    "src/app/events/connection-added.event.ts": `import {getWorkspaceConnection} from "attio/server"\n${list(n, (i) => `function f${i}() { f${i + 1}(); f${(i * 7) % n}() }`)}\nfunction f${n}() { getWorkspaceConnection() }\nexport default async function added({connection}: any) { f0(); ${list(n, (i) => `f${i}()`, "; ")} }\n`,
  }),
  "functions in functions, in an event": (n) => ({
    "src/app/events/connection-added.event.ts": `export default async function added({connection}: any) { ${nest(Math.min(n, 800), "const f = () => { ", "f()", " }; f()")} }\n`,
  }),
  "a deep argument": (n) => client(`import call from "./call.server"\nexport async function g() { await call(${nest(n, "{a: ", "new Date()", "}")}, "b") }`),
  "arguments of spreads": (n) => client(`import call from "./call.server"\nconst o0 = {a: 1}\n${list(n, (i) => `const o${i + 1} = {...o${i}, ...o${i}}`)}\nexport async function g() { await call(o${n}, "b") }`),
  "arguments of constants": (n) => client(`import call from "./call.server"\nconst o0 = {a: 1}\n${list(n, (i) => `const o${i + 1} = [o${i}, o${i}]`)}\nexport async function g() { await call(o${n}, "b") }`),
}

// Modules, and what leads from one to the next.
const modules = {
  "named imports": (n) => ({
    "src/shared/names.ts": list(n, (i) => `export const name${i} = ${i}`),
    ...shared(`import {${list(n, (i) => `name${i}`, ", ")}} from "./names"\n${list(n, (i) => `console.log(name${i})`)}`),
  }),
  "named imports that are missing": (n) => ({
    "src/shared/names.ts": "export {}\n",
    ...shared(`import {${list(n, (i) => `name${i}`, ", ")}} from "./names"\n${list(n, (i) => `console.log(name${i})`)}`),
  }),
  "named imports, nearly right": (n) => ({
    "src/shared/names.ts": list(n, (i) => `export const name${i} = ${i}`),
    ...shared(`import {${list(n, (i) => `nome${i}`, ", ")}} from "./names"\n${list(n, (i) => `console.log(nome${i})`)}`),
  }),
  "names of the SDK that it lacks": (n) => shared(`import {${list(n, (i) => `name${i}`, ", ")}} from "attio/client"\n${list(n, (i) => `console.log(name${i})`)}`),
  "import statements of one module": (n) => ({
    "src/shared/names.ts": "export const name = 1\n",
    ...shared(list(n, (i) => `import {name as name${i}} from "./names"`)),
  }),
  "imports of packages": (n) => shared(list(n, (i) => `import name${i} from "package-${i}"`)),
  "imports of one package": (n) => shared(list(n, (i) => `import name${i} from "package"`)),
  "imports of Node's parts": (n) => shared(list(n, (i) => `import name${i} from "node:fs"`)),
  "imports that lead nowhere": (n) => shared(list(n, (i) => `import "./nowhere${i}"`)),
  "imports that nearly lead somewhere": (n) => ({
    ...Object.fromEntries(Array.from({length: Math.ceil(n / 8)}, (_, i) => [`src/shared/module-${i}.ts`, "export {}\n"])),
    ...shared(list(n, (i) => `import "./modul-${i}"`)),
  }),
  "dynamic imports": (n) => shared(list(n, (i) => `export const f${i} = () => import("./nowhere${i}")`)),
  "requires": (n) => shared(list(n, (i) => `export const f${i} = require("./nowhere${i}")`)),
  "exported names": (n) => shared(`${list(n, (i) => `const c${i} = ${i}`)}\nexport {${list(n, (i) => `c${i}`, ", ")}}`),
  "names exported twice": (n) => shared(`const c = 1\nexport {${list(n, () => "c", ", ")}}`),
  "re-exported names": (n) => ({
    "src/shared/names.ts": list(n, (i) => `export const name${i} = ${i}`),
    ...shared(`export {${list(n, (i) => `name${i} as other${i}`, ", ")}} from "./names"`),
  }),
  "export * of one module": (n) => ({"src/shared/names.ts": "export const name = 1\n", ...shared('export * from "./names"\n'.repeat(n))}),
  "a chain of export *": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * from "./m${i + 1}"\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared('import {name, other} from "./m0"\nconsole.log(name, other)'),
  }),
  "chains of export * that all start elsewhere": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * from "./m${i + 1}"\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared(`${list(n, (i) => `import {name as a${i}, other as b${i}} from "./m${i}"`)}\nconsole.log(${list(n, (i) => `a${i}, b${i}`, ", ")})`),
  }),
  "a chain of export * where each has a name": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * from "./m${i + 1}"\nexport const own${i} = 1\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared(`${list(n, (i) => `import {name as a${i}, own${n - 1} as b${i}} from "./m${i}"`)}\nconsole.log(${list(n, (i) => `a${i}, b${i}`, ", ")})`),
  }),
  "a chain of export * that lacks the name": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * from "./m${i + 1}"\nexport const own${i} = 1\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared(`${list(n, (i) => `import {other as a${i}} from "./m${i}"`)}\nconsole.log(${list(n, (i) => `a${i}`, ", ")})`),
  }),
  "a chain of namespaces": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * as next from "./m${i + 1}"\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared(`import {next} from "./m0"\nconsole.log(next)`),
  }),
  "a chain of named re-exports": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export {name} from "./m${i + 1}"\n`])),
    [`src/shared/m${n}.ts`]: "export const name = 1\n",
    ...shared('import {name} from "./m0"\nconsole.log(name)'),
  }),
  "a chain of imports": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${i + 1}"\nexport const a = b\n`])),
    [`src/shared/m${n}.ts`]: 'import "attio/server"\nexport const a = 1\n',
    ...shared('import {a} from "./m0"\nconsole.log(a)'),
  }),
  "chains of imports that all start elsewhere": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${i + 1}"\nexport const a = b\n`])),
    [`src/shared/m${n}.ts`]: "export const a = 1\n",
    ...shared(`${list(n, (i) => `import {a as a${i}} from "./m${i}"`)}\nconsole.log(${list(n, (i) => `a${i}`, ", ")})`),
  }),
  "chains of what a package has": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `import {a as b} from "./m${i + 1}"\nexport const a = b\n`])),
    [`src/shared/m${n}.ts`]: 'export {a} from "attio/server"\n',
    ...shared(`${list(n, (i) => `import {a as a${i}} from "./m${i}"`)}\n${list(n, (i) => `a${i}()`)}`),
  }),
  "files that miss one file": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, 'import {a} from "./gone"\nconsole.log(a)\n'])),
    ...shared(list(n, (i) => `import "./m${i}"`)),
  }),
  "files that miss one name": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, 'import {gone} from "./there"\nconsole.log(gone)\n'])),
    "src/shared/there.ts": "export const there = 1\n",
    ...shared(list(n, (i) => `import "./m${i}"`)),
  }),
  "a ring of export *": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export * from "./m${(i + 1) % n}"\n`])),
    ...shared(`${list(n, (i) => `import {a as a${i}} from "./m${i}"`)}\nconsole.log(${list(n, (i) => `a${i}`, ", ")})`),
  }),
  "a ring of export * with a server function": (n) => ({
    ...modules["a ring of export *"](n),
    "src/shared/m0.ts": 'export * from "./m1"\nexport * from "./a.server"\n',
    "src/shared/a.server.ts": "export const a = 1\nexport default async function f(): Promise<void> {}\n",
  }),
  "namespaces of server functions": (n) => ({
    "src/app/extensions/one/a.server.ts": "export default async function f(): Promise<void> {}\n",
    ...client(list(n, (i) => `import * as n${i} from "./a.server"\nn${i}.default()`)),
  }),
  "diamonds of export *": (n) => ({
    ...Object.fromEntries(
      Array.from({length: n}, (_, i) => [
        [`src/shared/l${i}.ts`, `export * from "./l${i + 1}"\nexport * from "./r${i + 1}"\n`],
        [`src/shared/r${i}.ts`, `export * from "./l${i + 1}"\nexport * from "./r${i + 1}"\n`],
      ]).flat(),
    ),
    [`src/shared/l${n}.ts`]: "export const left = 1\n",
    [`src/shared/r${n}.ts`]: "export const right = 1\n",
    ...shared('import {left, right, none} from "./l0"\nconsole.log(left, right, none)'),
  }),
  "a ring of export * that has the name": (n) => ({
    ...modules["a ring of export *"](n),
    "src/shared/m1.ts": 'export * from "./m2"\nexport const a = 1\n',
  }),
  "names of a JSON file": (n) => ({
    "src/shared/data.json": `{${list(n, (i) => `"a${i}": 1`, ", ")}}`,
    ...shared(`import {${list(n, (i) => `a${i}`, ", ")}, none} from "./data.json"\nimport * as all from "./data.json"\nconsole.log(none, ${list(n, (i) => `a${i}, all.a${i}`, ", ")})`),
  }),
  "names in a circle": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export {a} from "./m${(i + 1) % n}"\n`])),
    ...shared('import {a} from "./m0"\nconsole.log(a)'),
  }),
  "one name of many files": (n) => ({
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export const same = ${i}, own${i} = ${i}\n`])),
    "src/shared/all.ts": list(n, (i) => `export * from "./m${i}"`),
    ...shared('import {own0, none} from "./all"\nconsole.log(own0, none)'),
  }),
  "diamonds that swap names": (n) => ({
    ...Object.fromEntries(
      Array.from({length: n}, (_, i) => [
        [`src/shared/l${i}.ts`, `export * from "./l${i + 1}"\nexport * from "./r${i}"\n`],
        [`src/shared/r${i}.ts`, `export {one as two, two as one} from "./l${i + 1}"\nexport * from "./l${i + 1}"\n`],
      ]).flat(),
    ),
    [`src/shared/l${n}.ts`]: 'export {one, two} from "attio/server"\n',
    ...shared('import {one, two, none} from "./l0"\none()\ntwo()\nnone()'),
  }),
  "types through diamonds of export *": (n) => ({
    ...modules["diamonds of export *"](n),
    [`src/shared/l${n}.ts`]: "export type Left = Map<string, string>\n",
    "src/app/extensions/one/call.server.ts":
      'import type {Left, None} from "../../../shared/l0"\nexport default async function call(a: Left, b: None): Promise<void> {}\n',
  }),
  "names through export *": (n) => ({
    "src/shared/names.ts": list(n, (i) => `export const name${i} = ${i}`),
    "src/shared/all.ts": 'export * from "./names"\n',
    ...shared(`import {${list(n, (i) => `name${i}`, ", ")}} from "./all"\n${list(n, (i) => `console.log(name${i})`)}`),
  }),
  "names that no export * has": (n) => ({
    ...Object.fromEntries(Array.from({length: 50}, (_, i) => [`src/shared/m${i}.ts`, `export const m${i} = 1\n`])),
    "src/shared/all.ts": list(50, (i) => `export * from "./m${i}"`),
    ...shared(`import {${list(n, (i) => `name${i}`, ", ")}} from "./all"\n${list(n, (i) => `console.log(name${i})`)}`),
  }),
  "files": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `export const a${i} = ${i}\n`])),
  "files of no use": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/assets/f${i}.txt`, ""])),
  "folders": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/d${i}/m.ts`, "export {}\n"])),
  "extensions": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/app/extensions/e${i}/extension.ts`, `import {Extensions} from "attio/client"\nexport default Extensions.defineExtension({type: "record-action", id: "e${i}", label: "E", onTrigger: async () => {}})\n`])),
  "extensions of one id": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/app/extensions/e${i}/extension.ts`, `import {Extensions} from "attio/client"\nexport default Extensions.defineExtension({type: "record-action", id: "same", label: "E", onTrigger: async () => {}})\n`])),
  "webhooks": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/app/webhooks/w${i}.webhook.ts`, `export default async function w(request: Request): Promise<Response> { return new Response() }\n`])),
  "webhooks and what makes them": (n) => ({
    ...modules.webhooks(n),
    ...server(list(n, (i) => `await createWebhookHandler({fileName: "w${i}"})`), 'import {createWebhookHandler} from "attio/server"'),
  }),
  "webhooks and files": (n) => ({...modules.webhooks(n), ...modules.files(n)}),
  "webhooks and files that import them": (n) => ({
    ...modules.webhooks(n),
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/shared/m${i}.ts`, `import w from "../app/webhooks/w${i}.webhook"\nexport const a${i} = w\n`])),
    ...shared(list(n, (i) => `import "./m${i}"`)),
  }),
  "webhooks and files that make them": (n) => ({
    ...modules.webhooks(n),
    ...Object.fromEntries(Array.from({length: n}, (_, i) => [`src/lib/m${i}.ts`, `import {createWebhookHandler} from "attio/server"\nexport const a${i} = () => createWebhookHandler({fileName: "w${i}"})\n`])),
    ...server(list(n, (i) => `await a${i}()`), list(n, (i) => `import {a${i}} from "../../../lib/m${i}"`)),
  }),
  "webhooks outside of their folder": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/other/w${i}.webhook.ts`, `export default async function w(request: Request): Promise<Response> { return new Response() }\n`])),
  "webhooks, nearly right": (n) => ({
    ...modules.webhooks(n),
    ...server(list(n, (i) => `await createWebhookHandler({fileName: "x${i}"})`), 'import {createWebhookHandler} from "attio/server"'),
  }),
  "webhooks that are missing": (n) => server(list(n, (i) => `await createWebhookHandler({fileName: "w${i}"})`), 'import {createWebhookHandler} from "attio/server"'),
  "events that are unknown": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/app/events/e${i}.event.ts`, `export default async function e() {}\n`])),
  "blocks": (n) => Object.fromEntries(Array.from({length: n}, (_, i) => [`src/app/blocks/b${i}/block.ts`, `import {Workflows} from "attio"\nexport default Workflows.defineWorkflowBlock({type: "step", id: "b${i}", title: "B", description: "B", configSchema: Workflows.ConfigSchema.struct({})})\n`])),
}

export const groups = {lists, depths, boundaries, modules}
export {boundaries, client, depths, list, lists, manifest, modules, nest, query, server, shared}
