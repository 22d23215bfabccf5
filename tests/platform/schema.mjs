// Where a value is not what a schema says: the few words of JSON Schema that our descriptions use.
export function misfits(schema, value, where = "") {
  const types = [schema.type ?? []].flat()
  const is = {
    string: typeof value === "string",
    number: typeof value === "number",
    integer: Number.isInteger(value),
    boolean: typeof value === "boolean",
    array: Array.isArray(value),
    object: value !== null && typeof value === "object" && !Array.isArray(value),
    null: value === null,
  }
  if (types.length > 0 && !types.some((type) => is[type])) return [`${where}: ${JSON.stringify(value)} is no ${types}`]
  if (schema.format === "date-time" && value !== null && Number.isNaN(Date.parse(value))) return [`${where}: ${value} is no moment`]
  if (is.array) return value.flatMap((item, i) => misfits(schema.items ?? {}, item, `${where}/${i}`))
  if (!is.object) return []
  return [
    ...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${where}/${name} is missing`),
    ...Object.entries(schema.properties ?? {}).filter(([name]) => name in value).flatMap(([name, one]) => misfits(one, value[name], `${where}/${name}`)),
  ]
}
