// esbuild as judge of our parser: on every TypeScript file that the npm packages of tests/ bring, on
// texts that use the language in full (texts.mjs), and on broken ones.
//   node tests/syntax/run.mjs [--build FOLDER] [--list]   (--list shows every text that needed esbuild)
// Ends with `N passed, N failed`.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { broken, scoped, texts } from './texts.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const args = process.argv.slice(2)
const build = path.resolve(root, args.includes('--build') ? args[args.indexOf('--build') + 1] : 'build')
const require = createRequire(path.join(root, 'tests/sdk/package.json'))
const esbuild = require('esbuild')
const loaders = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.js': 'js' }
const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'attio-syntax-'))
let passed = 0
let failed = 0

const check = (name, wrong, note = '') => {
	wrong.length ? failed++ : passed++
	console.log(`${wrong.length ? 'FAILED  ' : 'ok      '}${name}${note}`)
	for (const line of wrong.slice(0, 20)) console.log(`        ${line}`)
	if (wrong.length > 20) console.log(`        and ${wrong.length - 20} more`)
}

// --- the two parsers -------------------------------------------------------------------------------

// What our parser makes of files, in their order.
const ours = files =>
	execFileSync(path.join(build, 'syntax/facts'), { input: files.map(f => `${f}\n`).join(''), maxBuffer: 1 << 30 })
		.toString().trimEnd().split('\n').map(line => JSON.parse(line))

// esbuild's first error in a text, or null.
const verdict = async (text, ext) => {
	const options = { loader: loaders[ext], logLevel: 'silent', tsconfigRaw: {} }
	const attempt = raw => esbuild.transform(text, { ...options, tsconfigRaw: raw }).then(() => null, error => error.errors[0])
	const first = await attempt({})
	if (!first || !/decorator/.test(first.text)) return first
	return attempt({ compilerOptions: { experimentalDecorators: true } })
}

const verdicts = async items => {
	const results = new Array(items.length)
	let next = 0
	const work = async () => {
		for (let i; (i = next++) < items.length;) results[i] = await verdict(items[i].text(), items[i].ext)
	}
	await Promise.all(Array.from({ length: 16 }, work))
	return results
}

// Findings of `attio validate` about the syntax of these texts, as the modules of one app; by index.
const validated = items => {
	const app = fs.mkdtempSync(path.join(temp, 'app-'))
	const lib = path.join(app, 'src/lib')
	const entry = path.join(app, 'src/app/extensions/all/extension.ts')
	fs.mkdirSync(lib, { recursive: true })
	fs.mkdirSync(path.dirname(entry), { recursive: true })
	fs.writeFileSync(path.join(app, 'package.json'), '{"name": "syntax"}')
	items.forEach((item, i) => fs.writeFileSync(path.join(lib, `${i}${item.ext}`), item.text()))
	fs.writeFileSync(entry, 'import {Extensions} from "attio/client"\n' +
		items.map((item, i) => `import "../../../lib/${i}${item.ext}"\n`).join('') +
		'export default Extensions.defineExtension({id: "all", type: "record-action", label: "x", onTrigger: async () => {}})\n')
	const run = spawnSync(path.join(build, 'attio'), ['validate', '--json', '--select', 'ATT9003'],
		{ cwd: app, maxBuffer: 1 << 30, env: { ...process.env, ATTIO_CACHE_DIR: path.join(temp, 'cache') } })
	if (run.status !== 0 && run.status !== 1) throw new Error(`attio ended with ${run.status}: ${run.stderr}`)
	const found = new Map()
	for (const finding of JSON.parse(run.stdout).diagnostics) {
		const name = finding.file
		const match = /^src\/lib\/(\d+)\./.exec(name)
		if (!match) throw new Error(`a finding about ${name}: ${finding.message}`)
		found.set(+match[1], finding)
	}
	return found
}

// --- npm packages ----------------------------------------------------------------------------------

const walk = function* (folder, names = /\.[cm]?tsx?$/) {
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		const full = path.join(folder, entry.name)
		if (entry.isDirectory()) yield* walk(full, names)
		else if (entry.isFile() && names.test(entry.name)) yield full
	}
}

const packages = async () => {
	const files = fs.readdirSync(path.join(root, 'tests')).map(name => path.join(root, 'tests', name, 'node_modules'))
		.filter(folder => fs.existsSync(folder)).flatMap(folder => [...walk(fs.realpathSync(folder))])
	const facts = ours(files)
	const items = files.map(file => ({ file, ext: path.extname(file), text: () => fs.readFileSync(file, 'utf8') }))
	const engine = await verdicts(items)
	const doubtful = items.filter((item, i) => facts[i].doubtful)
	const wrong = []
	let refused = 0
	for (let from = 0; from < doubtful.length; from += 500) {
		const part = doubtful.slice(from, from + 500)
		const found = validated(part)
		part.forEach((item, i) => {
			const error = engine[items.indexOf(item)]
			refused += found.has(i)
			if (found.has(i) && !error) wrong.push(`${item.file}: refused, but esbuild accepts it: ${found.get(i).message}`)
			if (!found.has(i) && error) wrong.push(`${item.file}: accepted, but esbuild says: ${error.text}`)
		})
	}
	const silent = items.filter((item, i) => !facts[i].doubtful && engine[i])
	check(`${files.length} files of npm packages: none refused that esbuild accepts`, files.length < 4000 ? ['there are too few'] : wrong,
		` (esbuild had to be asked about ${doubtful.length}, our tree has errors in ${facts.filter(f => f.broken !== undefined).length}, refused ${refused}; left to build ${silent.length})`)
	if (args.includes('--list')) doubtful.forEach(item => console.log(`        asked: ${path.relative(root, item.file)}`))
}

// --- names -----------------------------------------------------------------------------------------

// Names that a module does not bind itself, as offsets in bytes: those that our rules take for the
// runtime's, beside the scopes of typescript-eslint. `names(text)` gives each use of a name as a value
// with whether the module binds it, null for a text that the other parser refuses.
const { analyze } = require('@typescript-eslint/scope-manager')
const { parse } = require('@typescript-eslint/parser')

const names = (text, ext) => {
	let ast
	try {
		ast = parse(text, { range: true, sourceType: 'module', ecmaFeatures: { jsx: ext === '.tsx' || ext === '.js' } })
	} catch {
		return null
	}
	const manager = analyze(ast, { sourceType: 'module', lib: [] })
	const uses = []
	const last = { at: 0, bytes: 0 }
	const places = manager.scopes.flatMap(scope => scope.references)
		.filter(ref => ref.isValueReference && ref.identifier.type === 'Identifier' && ref.identifier.name !== 'undefined' &&
			ref.from.type !== 'functionType') // x is T
		.sort((a, b) => a.identifier.range[0] - b.identifier.range[0])
	for (const ref of places) {
		const [at] = ref.identifier.range
		last.bytes += Buffer.byteLength(text.slice(last.at, at))
		last.at = at
		const bound = ref.resolved !== null && ref.resolved.defs.length > 0
		uses.push({ at, byte: last.bytes, name: ref.identifier.name, bound })
	}
	return uses
}

const line = (text, at) => text.slice(0, at).split('\n').length

// In `namespace a.b {}` they overlook that `a` is bound.
const overlooked = (text, use) => !use.bound && new RegExp(`namespace ${use.name}\\.`).test(text)

const namesDiffer = (item, facts) => {
	const text = item.text()
	const uses = names(text, item.ext)
	const free = new Set(facts.free)
	const wrong = (uses ?? []).filter(use => free.has(use.byte) === use.bound && !overlooked(text, use))
	return { compared: uses?.length ?? 0, wrong: wrong.map(use => `${use.name} in line ${line(text, use.at)} is ${use.bound ? 'bound' : 'free'}`) }
}

// One file in EVERY: all of them were compared once, and take minutes.
const EVERY = 15

const scopes = async () => {
	const folders = ['tests', 'lib'].flatMap(name => fs.readdirSync(path.join(root, name)).map(sub => path.join(root, name, sub, 'node_modules')))
	const files = folders.filter(folder => fs.existsSync(folder)).flatMap(folder => [...walk(fs.realpathSync(folder), /(?<!\.d)\.[cm]?[jt]sx?$/)])
		.filter((file, i) => i % EVERY === 0 && fs.statSync(file).size < 200_000)
	const written = scoped.map((text, i) => path.join(temp, `scoped-${i}.${/<\/|\/>/.test(text) ? 'tsx' : 'ts'}`))
	written.forEach((file, i) => fs.writeFileSync(file, scoped[i]))
	const all = [...written, ...files]
	const wrong = []
	let compared = 0
	for (const [i, facts] of ours(all).entries()) {
		const item = { ext: path.extname(all[i]), text: () => fs.readFileSync(all[i], 'utf8') }
		const result = namesDiffer(item, facts)
		compared += result.compared
		if (result.wrong.length) wrong.push(`${i < written.length ? JSON.stringify(scoped[i]) : all[i]}: ${result.wrong.join(', ')}`)
	}
	check(`${compared} names in ${all.length} texts are bound as typescript-eslint says`, compared < 50_000 ? ['there are too few', ...wrong] : wrong)
}

// --- texts -----------------------------------------------------------------------------------------

// What a text loads and exports as esbuild bundles it with everything external. The output does not
// import all that is loaded: `export {} from "x"` leaves nothing there.
const edges = async (text, ext) => {
	const imports = new Set()
	const resolve = a => {
		if (a.kind === 'entry-point') return null
		if (a.kind !== 'require-resolve') imports.add(a.path)
		return { path: a.path, external: true }
	}
	const external = { name: 'external', setup: b => b.onResolve({ filter: /.*/ }, resolve) }
	const result = await esbuild.build({
		stdin: { contents: text, loader: loaders[ext], sourcefile: `text${ext}`, resolveDir: temp }, bundle: true, write: false, metafile: true,
		format: 'esm', platform: 'node', logLevel: 'silent', plugins: [external], tsconfigRaw: {}, outfile: 'out.js', treeShaking: false,
	})
	const [output] = Object.values(result.metafile.outputs)
	return { imports, exports: new Set(output.exports) }
}

// Texts whose edges we see in another way, and why.
const deviations = new Map([])

const minus = (a, b) => [...a].filter(x => !b.has(x))

const whole = async () => {
	const items = texts.map(({ ext, text }, i) => ({ ext, file: path.join(temp, `text-${i}${ext}`), text: () => text }))
	items.forEach(item => fs.writeFileSync(item.file, item.text()))
	const engine = await verdicts(items)
	const facts = ours(items.map(item => item.file))
	const accepted = items.filter((item, i) => !engine[i])
	const found = validated(items)
	const refusals = []
	const lost = []
	let compared = 0
	for (const [i, item] of items.entries()) {
		const text = JSON.stringify(item.text())
		if (engine[i]) {
			// As a file of an app with a strict tsconfig.json, where esbuild takes `yield` for a name.
			const bundled = await esbuild.build({ entryPoints: [item.file], bundle: true, write: false, format: 'iife', logLevel: 'silent', external: ['*'], tsconfigRaw: { compilerOptions: { strict: true } } }).catch(() => null)
			if (facts[i].doubtful && !found.has(i) && !bundled) refusals.push(`accepted, but esbuild says ${engine[i].text}: ${text}`)
			continue
		}
		// Bundling refuses some that parse: what assigns to an import.
		const theirs = await edges(item.text(), item.ext).catch(() => null)
		if (found.has(i) && theirs) refusals.push(`refused (${found.get(i).message}): ${text}`)
		if (!theirs || deviations.has(item.text())) continue
		compared++
		const mine = {
			imports: new Set(facts[i].imports.filter(x => !x.type).map(x => x.path)),
			exports: new Set(facts[i].exports.filter(x => x !== '*')),
		}
		const wrong = [
			...minus(theirs.imports, mine.imports).map(x => `import "${x}" is lost`),
			...minus(mine.imports, theirs.imports).map(x => `import "${x}" is none`),
			...minus(theirs.exports, mine.exports).map(x => `export "${x}" is lost`),
			...minus(mine.exports, theirs.exports).map(x => `export "${x}" is none`),
		]
		if (wrong.length) lost.push(`${wrong.join(', ')}: ${text}`)
	}
	check(`${items.length} texts, of which esbuild accepts ${accepted.length}: none refused that it accepts`, accepted.length < 150 ? ['there are too few'] : refusals,
		` (asked about ${facts.filter(f => f.doubtful).length}, our tree has errors in ${facts.filter((f, i) => f.broken !== undefined && !engine[i]).length} that it accepts)`)
	check(`${compared} texts: imports and exports as esbuild sees them`, compared < 150 ? ['there are too few'] : lost)
	if (args.includes('--list')) items.forEach((item, i) => !engine[i] && facts[i].broken !== undefined && console.log(`        not whole: ${JSON.stringify(item.text())}`))
}

// Each text with something taken out, put in or doubled, by a fixed rule.
const damaged = function* () {
	const marks = ['{', '}', '(', ')', ';', 'from', ',', '=', '<', '`', ':', '"']
	for (const [i, { ext, text }] of texts.entries()) {
		for (let k = 0; k < 4; k++) {
			const mark = marks[(i * 5 + k * 3) % marks.length]
			const at = text.indexOf(mark, (i * 7 + k * 11) % text.length)
			if (at < 0) continue
			yield { ext, text: () => k % 2 ? text.slice(0, at) + text.slice(at + mark.length) : `${text.slice(0, at)}${mark} ${text.slice(at)}` }
		}
	}
	for (const text of broken) yield { ext: '.ts', text: () => text }
}

const wrecks = async () => {
	const items = [...damaged()]
	const engine = await verdicts(items)
	const refused = items.filter((item, i) => engine[i])
	const files = refused.map((item, i) => {
		const file = path.join(temp, `wreck-${i}${item.ext}`)
		fs.writeFileSync(file, item.text())
		return file
	})
	const facts = ours(files)
	const errors = engine.filter(error => error)
	const wrong = []
	const placed = []
	for (let from = 0; from < refused.length; from += 500) {
		const found = validated(refused.slice(from, from + 500))
		refused.slice(from, from + 500).forEach((item, k) => {
			const i = from + k
			if (!facts[i].doubtful) return // nothing but a build tells these
			const finding = found.get(k)
			if (!finding) {
				wrong.push(`accepted, but esbuild says ${errors[i].text}: ${JSON.stringify(item.text())}`)
				return
			}
			// At the end of a text the place is the last thing in it.
			const line = errors[i].location?.line
			const last = item.text().trimEnd().split('\n').length
			if (line && finding.range?.start.line !== Math.min(line, last))
				placed.push(`line ${finding.range?.start.line} instead of ${line}: ${JSON.stringify(item.text())}`)
			if (!/^this file does not parse: /.test(finding.message)) placed.push(`${finding.message}: ${JSON.stringify(item.text())}`)
		})
	}
	const silent = facts.filter(f => !f.doubtful).length
	check(`${items.length} damaged texts, of which esbuild refuses ${refused.length}: none accepted in which our parser sees an error, too`, refused.length < 300 ? ['there are too few'] : wrong,
		` (${silent} that only a build tells)`)
	check('their causes and lines are esbuild\'s', placed)
}

try {
	await packages()
	await scopes()
	await whole()
	await wrecks()
} finally {
	fs.rmSync(temp, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
