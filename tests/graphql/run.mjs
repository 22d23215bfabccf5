// graphql-js as judge of our executor: thousands of made-up queries over the SDK's schema and over one
// that has everything (zoo.graphql), on the same made-up data, with null where none may be, failing
// fields and values of the wrong type. Answers must agree byte for byte as JSON: data with the order of
// its keys, errors with message, places and path. Of documents that are not valid only that is compared.
//   node tests/graphql/run.mjs [--build FOLDER] [--runs N] [--seed N]
// Ends with `N passed, N failed`.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents } from './documents.mjs'
import { generator } from './generate.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(here, '../..')
const args = process.argv.slice(2)
const option = (name, otherwise) => (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise)
const build = path.resolve(root, option('--build', 'build'))
const runs = Number(option('--runs', 3000))
const seed = Number(option('--seed', 1))
const graphql = createRequire(path.join(root, 'tests/sdk/package.json'))('graphql')

let passed = 0
let failed = 0
const check = (name, wrong, note = '') => {
	wrong.length ? failed++ : passed++
	console.log(`${wrong.length ? 'FAILED  ' : 'ok      '}${name}${note}`)
	for (const line of wrong.slice(0, 5)) console.log(`        ${line}`)
	if (wrong.length > 5) console.log(`        and ${wrong.length - 5} more`)
}

// --- the data: the same as in answer.c ---------------------------------------------------------------

const mix = (start, text) => {
	let hash = (start ^ 0x811c9dc5) >>> 0
	for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
	return (hash ^ (hash >>> 15)) >>> 0
}

const words = value => {
	if (value === null) return 'null'
	if (typeof value === 'number') return String(Math.trunc(value * 1000))
	if (Array.isArray(value)) return `[${value.map(item => `${words(item)},`).join('')}.`
	if (typeof value === 'object') return `{${Object.entries(value).map(([k, v]) => `${k}:${words(v)},`).join('')}.`
	return String(value)
}

const leaf = (type, seed) => {
	if (graphql.isEnumType(type)) {
		const values = type.getValues()
		return seed % 31 === 7 ? 'NOT_THERE' : values[seed % values.length].value
	}
	if (type.name === 'Int') return seed % 29 === 3 ? 1.5 : seed % 31 === 3 ? 3e9 : (seed % 100000) - 50000
	if (type.name === 'Float') return seed % 37 === 3 ? 'x' : (seed % 9999) / 8
	if (type.name === 'Boolean') return seed % 37 === 3 ? 'yes' : Math.floor(seed / 2) % 2 === 1
	if (type.name === 'String' && seed % 41 === 3) return []
	if (graphql.isSpecifiedScalarType(type)) return seed % 5 === 3 ? seed % 1000 : `s${seed} é"\n`
	return { x: seed }
}

const value = (schema, type, seed) => {
	if (graphql.isNonNullType(type)) {
		if (seed % 43 === 0) return null
		type = type.ofType
	} else if (seed % 9 === 0) {
		return null
	}
	if (seed % 47 === 1) return new Error(`no ${seed}`)
	if (graphql.isListType(type)) {
		if (seed % 53 === 1) return 5
		return Array.from({ length: Math.floor(seed / 3) % 4 }, (_, i) => value(schema, type.ofType, mix(seed + i, 'item')))
	}
	if (graphql.isLeafType(type)) return leaf(type, seed)
	if (graphql.isObjectType(type)) return { seed }
	const possible = schema.getPossibleTypes(type).map(t => t.name).sort()
	return { seed, type: possible[Math.floor(seed / 7) % possible.length] }
}

const resolver = schema => (source, given, _context, info) => {
	// Arguments in the order of their definition, as they are coerced.
	const text = `${info.fieldName}${Object.entries(given).map(([k, v]) => `;${k}=${words(v)}`).join('')}`
	return value(schema, info.returnType, mix(source.seed, text))
}

// --- comparing ---------------------------------------------------------------------------------------

const judge = (schema, request) => {
	let document
	try {
		document = graphql.parse(request.query)
	} catch {
		return 'invalid'
	}
	if (graphql.validate(schema, document).length > 0) return 'invalid'
	const answer = graphql.executeSync({
		schema, document, rootValue: { seed: 1 }, variableValues: request.variables, operationName: request.operation,
		fieldResolver: resolver(schema), typeResolver: source => source.type,
	})
	return JSON.parse(JSON.stringify(answer))
}

// Suggestions are the judge's own; descriptions of what the specification defines are, too.
const plain = error => ({ ...error, message: error.message.replace(/ Did you mean .*\?$/, '') })
const normal = answer => JSON.stringify({ data: answer.data, errors: answer.errors?.map(plain) })
const noData = answer => answer.data === undefined && answer.errors?.length > 0 && answer.errors.every(e => e.message)

const compare = (schema, file, requests) => {
	const input = requests.map(request => `${JSON.stringify(request)}\n`).join('')
	const lines = execFileSync(path.join(build, 'graphql/answer'), [file], { input, maxBuffer: 1 << 30 }).toString().trimEnd().split('\n')
	const kinds = { invalid: 0, errors: 0, whole: 0 }
	const wrong = []
	requests.forEach((request, i) => {
		const expected = judge(schema, request)
		const ours = JSON.parse(lines[i])
		const same = expected === 'invalid' ? noData(ours) : normal(ours) === normal(expected)
		kinds[expected === 'invalid' ? 'invalid' : expected.errors ? 'errors' : 'whole']++
		if (!same)
			wrong.push(`${JSON.stringify(request)}\n          theirs ${expected === 'invalid' ? expected : normal(expected)}\n          ours   ${normal(ours)}`)
	})
	if (lines.length !== requests.length) wrong.push(`${lines.length} answers to ${requests.length} requests`)
	return { wrong, note: ` (${kinds.whole} whole, ${kinds.errors} with errors, ${kinds.invalid} refused)` }
}

// What introspection says of built-in things, without the judge's own descriptions of them.
const introspection = (schema, file) => {
	const query = graphql.getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true })
	const [line] = execFileSync(path.join(build, 'graphql/answer'), [file], { input: `${JSON.stringify({ query })}\n`, maxBuffer: 1 << 30 }).toString().split('\n')
	const mine = name => !/^(__|String$|Int$|Float$|Boolean$|ID$|skip$|include$|deprecated$|specifiedBy$|oneOf$)/.test(name)
	const strip = (item, own = true) => {
		if (Array.isArray(item)) return item.map(one => strip(one, own))
		if (item === null || typeof item !== 'object') return item
		const inside = own && (item.name === undefined || item.kind === undefined && item.locations === undefined || mine(item.name ?? ''))
		return Object.fromEntries(Object.entries(item).filter(([key]) => inside || key !== 'description').map(([key, one]) => [key, strip(one, inside)]))
	}
	const ours = JSON.stringify(strip(JSON.parse(line)), null, 1).split('\n')
	const theirs = JSON.stringify(strip(JSON.parse(JSON.stringify(graphql.graphqlSync({ schema, source: query })))), null, 1).split('\n')
	const at = theirs.findIndex((text, i) => text !== ours[i])
	return at < 0 && ours.length === theirs.length ? [] : [`line ${at}: theirs ${theirs.slice(at - 3, at + 2)}, ours ${ours.slice(at - 3, at + 2)}`]
}

const schemas = { sdk: path.join(root, 'tests/sdk/node_modules/attio/schema.graphql'), zoo: path.join(here, 'zoo.graphql') }
for (const [name, file] of Object.entries(schemas)) {
	const schema = graphql.buildSchema(fs.readFileSync(file, 'utf8'))
	check(`${name}: introspection`, introspection(schema, file))
	const make = generator(graphql, schema, seed)
	const { wrong, note } = compare(schema, file, Array.from({ length: runs }, make))
	check(`${name}: ${runs} made-up queries`, wrong, note)
}
const zoo = graphql.buildSchema(fs.readFileSync(schemas.zoo, 'utf8'))
const { wrong, note } = compare(zoo, schemas.zoo, documents)
check(`zoo: ${documents.length} written requests`, wrong, note)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
