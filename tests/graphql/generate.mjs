// Made-up queries over any schema: fields with aliases, arguments as literals and variables (given, left
// out, null, sometimes of the wrong type), named and inline fragments, @skip and @include, operations
// beside each other. Most are valid. The same seed makes the same queries.
export const generator = (graphql, schema, seed) => {
	let state = seed >>> 0 || 1
	const random = n => {
		state ^= state << 13
		state ^= state >>> 17
		state ^= state << 5
		state >>>= 0
		return state % n
	}
	const chance = percent => random(100) < percent
	const pick = list => list[random(list.length)]

	let variables, given, fragments, budget

	const json = (type, depth = 0) => {
		if (graphql.isNonNullType(type)) return json(type.ofType, depth)
		if (chance(6) && depth > 0) return null
		if (graphql.isListType(type)) return chance(15) ? json(type.ofType, depth + 1) : Array.from({ length: random(3) }, () => json(type.ofType, depth + 1))
		if (graphql.isEnumType(type)) return pick(type.getValues()).name
		if (graphql.isInputObjectType(type)) {
			const fields = Object.values(type.getFields())
			const wanted = type.isOneOf ? [pick(fields)] : fields.filter(f => graphql.isRequiredInputField(f) || (depth < 3 && chance(40)))
			return Object.fromEntries(wanted.map(f => [f.name, json(f.type, depth + 1)]))
		}
		if (chance(3)) return pick([true, 1.5, 'x', [], {}])
		switch (type.name) {
			case 'Int': return random(2000) - 1000
			case 'Float': return (random(2000) - 1000) / 8
			case 'Boolean': return chance(50)
			case 'ID': return chance(30) ? random(100) : `id${random(100)}`
			case 'String': return pick(['', 'a', 'é "x"', 'two\nlines', `w${random(50)}`])
			default: return pick([1, 'x', null, [1, { a: true }], { b: 'c' }])
		}
	}

	const literal = (type, value) => {
		if (graphql.isNonNullType(type)) return literal(type.ofType, value)
		if (value === null) return 'null'
		if (graphql.isListType(type)) return Array.isArray(value) ? `[${value.map(v => literal(type.ofType, v)).join(', ')}]` : literal(type.ofType, value)
		if (graphql.isEnumType(type)) return String(value)
		if (graphql.isInputObjectType(type)) return `{${Object.entries(value).map(([k, v]) => `${k}: ${literal(type.getFields()[k].type, v)}`).join(', ')}}`
		if (Array.isArray(value)) return `[${value.map(v => literal(type, v)).join(' ')}]`
		if (typeof value === 'object') return `{${Object.entries(value).map(([k, v]) => `${k}: ${literal(type, v)}`).join(' ')}}`
		return JSON.stringify(value)
	}

	const variable = type => {
		const name = `v${variables.length}`
		const optional = graphql.isNonNullType(type) && chance(20)
		const declared = optional ? type.ofType : type
		const otherwise = optional || chance(25) ? ` = ${literal(declared, json(declared))}` : ''
		variables.push(`$${name}: ${declared}${otherwise}`)
		if (chance(85)) given[name] = chance(5) ? null : json(declared)
		return `$${name}`
	}

	const argumentsOf = field => {
		const parts = field.args.filter(a => graphql.isRequiredArgument(a) || chance(50)).map(a => `${a.name}: ${chance(50) ? variable(a.type) : literal(a.type, json(a.type))}`)
		return parts.length ? `(${parts.join(', ')})` : ''
	}

	const directives = () => (chance(88) ? '' : ` @${pick(['skip', 'include'])}(if: ${chance(50) ? variable(new graphql.GraphQLNonNull(graphql.GraphQLBoolean)) : chance(50)})`)

	const selectionsOf = (type, depth) => {
		const count = 1 + random(4)
		const parts = []
		for (let i = 0; i < count; i++) {
			budget--
			const abstract = graphql.isAbstractType(type)
			const conditions = abstract ? [type, ...schema.getPossibleTypes(type)] : [type, ...type.getInterfaces()]
			if (chance(abstract ? 45 : 12) && depth < 6) {
				const condition = pick(conditions)
				parts.push(`... ${chance(85) || condition !== type ? `on ${condition.name} ` : ''}${directives()} ${selectionSet(condition, depth + 1)}`)
			} else if (chance(12) && depth < 6 && budget > 0) {
				const condition = pick(conditions)
				const known = fragments.filter(f => f.type === condition && f.text)
				if (!known.length || chance(60)) {
					const fragment = { name: `F${fragments.length}`, type: condition }
					fragments.push(fragment)
					fragment.text = `fragment ${fragment.name} on ${condition.name} ${selectionSet(condition, depth + 1)}`
					known.push(fragment)
				}
				parts.push(`...${pick(known).name}${directives()}`)
			} else {
				parts.push(field(type, depth))
			}
		}
		return parts
	}

	const field = (type, depth) => {
		const fields = graphql.isUnionType(type) ? [] : Object.values(type.getFields())
		const leaves = fields.filter(f => graphql.isLeafType(graphql.getNamedType(f.type)))
		const choices = depth < 6 && budget > 0 ? fields : leaves
		if (!choices.length || chance(7)) return chance(20) ? 'kind: __typename' : '__typename'
		const chosen = pick(choices)
		// One alias for one field and one list of arguments, so that most can be merged.
		const args = argumentsOf(chosen)
		const alias = args ? `a${random(1000000)}: ` : chance(15) ? `${chosen.name}_${random(2)}: ` : ''
		const named = graphql.getNamedType(chosen.type)
		return `${alias}${chosen.name}${args}${directives()}${graphql.isLeafType(named) ? '' : ` ${selectionSet(named, depth + 1)}`}`
	}

	const selectionSet = (type, depth) => `{${chance(30) ? '\n  ' : ' '}${selectionsOf(type, depth).join(chance(30) ? '\n  ' : ' ')} }`

	return () => {
		variables = []
		given = {}
		fragments = []
		budget = 40
		const set = selectionSet(schema.getQueryType(), 0)
		const heading = variables.length || chance(50) ? `query Made${variables.length ? `(${variables.join(', ')})` : ''} ` : ''
		const query = [`${heading}${set}`, ...fragments.map(f => f.text)].join(chance(50) ? '\n' : ' ')
		return { query, ...(Object.keys(given).length && { variables: given }) }
	}
}
