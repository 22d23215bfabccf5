// Requests over zoo.graphql for what made-up ones seldom meet: the choice of the operation, each way to
// give a variable wrongly, defaults, @skip and @include with null, and bodies that are no query.
const request = (query, variables, operation) => ({ query, ...(variables && { variables }), ...(operation && { operation }) })

const two = 'query A { me { id } } query B($n: Int!) { cats(first: $n) { id } } fragment F on Cat { id }'
const find = 'query Q($p: Point, $pick: Pick, $c: Color, $f: Float, $many: [Int!], $deep: [[Int]], $j: Json, $id: ID, $s: String, $b: Boolean, $i: Int) { find(p: $p, pick: $pick, c: $c, f: $f, many: $many, deep: $deep, j: $j, id: $id, s: $s, b: $b, i: $i) { __typename } }'

const given = [
	{}, { p: null }, { p: {} }, { p: 5 }, { p: [1] }, { p: { x: 1 } }, { p: { x: 'a', y: null } }, { p: { x: 1, z: 2, w: 3 } },
	{ p: { x: 1, next: { x: 2, next: { x: 2.5, tags: 'one', color: 'PINK' } } } }, { p: { x: 1, tags: ['a', null, 3] } }, { p: { x: 1, color: 5 } },
	{ pick: {} }, { pick: { id: 1 } }, { pick: { id: null } }, { pick: { id: '1', name: 'x' } }, { pick: { at: { x: 3 } } },
	{ c: 'RED' }, { c: 'red' }, { c: 1 }, { c: null }, { c: ['RED'] },
	{ f: 1 }, { f: '1' }, { f: true }, { i: 1.0 }, { i: 1.5 }, { i: 3e9 }, { i: '1' }, { i: [1] },
	{ many: 5 }, { many: [1, 2] }, { many: [1, null, 'x', [2]] }, { many: null }, { deep: [[1], null, [null, 2]] }, { deep: 7 }, { deep: [1, 'x'] },
	{ j: { a: [1, 'b', null, { c: true }] } }, { j: 'text' }, { j: null }, { id: 5 }, { id: 'x' }, { id: 1.5 }, { id: true },
	{ s: 5 }, { s: 'é"\n' }, { b: 'true' }, { b: 0 }, { b: true }, { s: { a: 1, b: { c: { d: 1 } } } },
	{ s: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }, { s: [] }, { s: {} }, { many: Array.from({ length: 80 }, () => 'x') }, { unknown: 1 },
].map(variables => request(find, variables))

const written = [
	'{ find(p: {x: 1, tags: [], next: {x: 2}}, pick: {name: "a"}, c: BLUE, f: 3, i: -0, many: 4, deep: [[1], 2, null], j: {a: [1, $x]}, id: 7) { __typename } }',
	'query ($x: Int = 3) { find(j: {a: [1, "b", RED, null, true, 2.5, $x]}, id: 7, many: [1, 2], deep: [[1], [2, null], null]) { __typename } }',
	'query ($x: Int) { find(deep: [[$x]], p: {x: 1, next: {x: 3}}) { __typename } }',
	'query ($x: Int!) { need(i: $x, p: {x: $x, y: 3}, c: [RED]) }',
	'query ($x: Int = 4) { need(i: $x, p: {x: $x}, c: RED) }',
	'query ($t: [String!], $n: Point) { me { pets(near: {x: 1, tags: $t, next: $n}) { __typename } } }',
	'query ($c: Color = BLUE) { me { mood(of: $c) } }',
	'query ($first: Int = 2) { cats(first: $first) { id } }',
	'query ($s: Boolean = true) { me @skip(if: $s) { id } dog { id @include(if: $s) } }',
	'query ($s: Boolean = true) { place { ...on Place @include(if: $s) { name } ...F @skip(if: $s) } } fragment F on Place { at }',
	'{ me @skip(if: true) @include(if: true) { id } dog @skip(if: false) @include(if: false) { id } strings @include(if: true) }',
	'{ me @skip(if: true) { id } }',
	'{ a: me { id } me { name } a: me { name } ...X me { home { name } } } fragment X on Root { me { home { at } nick } z: strings }',
	'{ ...A ...B ...A } fragment A on Root { strings ...B } fragment B on Root { place { name ...C } } fragment C on Place { at ...D } fragment D on Place { name extra }',
	'{ pet { ... { __typename } ... on Being { id } ... on Owned { name owner { id } } ... on Dog { barks } ...on Cat { meows } } }',
	'{ __typename __schema { __typename queryType { __typename name } } me { __typename } }',
	'{ __type(name: "Nothing") { name } a: __type(name: "Point") { inputFields { name defaultValue } all: inputFields(includeDeprecated: true) { name deprecationReason isDeprecated } fields { name } } }',
	'{ __type(name: "Color") { enumValues { name } all: enumValues(includeDeprecated: true) { name isDeprecated deprecationReason description } possibleTypes { name } isOneOf } pick: __type(name: "Pick") { isOneOf kind } being: __type(name: "Being") { possibleTypes { name } interfaces { name } } }',
	'{ __type(name: "Person") { fields { name args { name defaultValue type { kind ofType { name } } } } all: fields(includeDeprecated: true) { name args { name } allArgs: args(includeDeprecated: true) { name isDeprecated } } } }',
	'query ($n: String!) { __type(name: $n) { name } }',
	'mutation { rename(id: 1, name: "x") { name } count again: count }',
	'subscription { count }', 'mutation ($id: ID!) { rename(id: $id, name: "") { id } }',
	'', ' # nothing', '{', '}', '{ }', '{ me }', '{ me { id } } extra', 'type A { b: Int }', 'fragment F on Root { strings }', '{ strings { x } }', '{ nothing }',
	'{ strings strings: me { id } }', '{ ...F }', 'query Q { strings } query Q { strings }', '{ strings } query Q { strings }', 'query ($a: Int) { strings }',
	'{ strings } fragment F on Root { strings }', '{ strings @unknown }', '{ ...F } fragment F on Root { ...F }', '{ find(c: "RED") { __typename } }', '{ find(i: 99999999999) { __typename } }',
	'{ me { pets(near: {y: 1}) { __typename } } }', '{ need(i: 1) }', '\ufeff{ strings }', '{\r\n\tstrings\r  place { name } é }', '{ "x" }',
].map(query => request(query))

export const documents = [
	...given,
	...written,
	request(two), request(two, undefined, 'A'), request(two, undefined, 'B'), request(two, { n: 2 }, 'B'), request(two, { n: null }, 'B'), request(two, undefined, 'C'), request(two, undefined, 'F'),
	request('query A { strings }', undefined, 'A'), request('query A { strings }', undefined, 'B'), request('{ strings }', undefined, 'A'), request('{ strings }', { x: 1 }),
	request('query ($s: Boolean = true) { me { id name @skip(if: $s) } }', { s: null }),
	request('query ($s: Boolean = true) { me @skip(if: $s) { id } }', { s: null }),
	request('query ($s: Boolean = true) { dog { friends { ... on Dog @include(if: $s) { id } } } strings }', { s: null }),
	request('query ($c: Color = BLUE) { me { id mood(of: $c) name } }', { c: null }),
	request('query ($c: Color = BLUE) { me { id mood(of: $c) name } }', { c: 'GREEN' }),
	request('query ($first: Int = 2) { cats(first: $first) { id } strings }', { first: null }),
	request('query ($x: Int) { find(deep: [[$x, 1]], many: [1], p: {x: 1}) { __typename } }', { x: 4 }),
	request('query ($x: Int = 4) { need(i: 1, p: {x: $x}, c: RED) }', { x: null }),
	request('query ($c: Color = RED) { need(i: 1, p: {x: 1}, c: [GREEN, $c]) }', { c: null }),
	request('query ($id: ID = 5, $p: Pick = {id: 3}) { find(id: $id, pick: $p) { __typename } being(id: $id) { id } }'),
	request('query ($i: Int = 5.5) { find(i: $i) { __typename } }'), request('query ($p: Person) { find(j: $p) { __typename } }'),
	request('query ($a: Int!, $b: Int!, $c: Color!) { x: need(i: $a, p: {x: $b}, c: [$c]) }', { a: 'x', c: 'PINK' }),
]
