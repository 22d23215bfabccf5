// Where a surface shows: `objects` is missing (everywhere), a slug, a list of slugs or a function.
import {errorJson} from "./errors.js"

const singular = {person: "people", company: "companies", deal: "deals", workspace: "workspaces", user: "users"}
const standard = Object.values(singular)

// Answers {applies, note?} for the object that `info` describes: {object, isStandard, attributes, objects: all slugs?}.
export function applies(objects, info, kind) {
  if (objects === undefined || objects === null) return {applies: true}
  if (typeof objects === "function") {
    try {
      const given =
        kind === "object-action"
          ? {object: info.object}
          : {attributes: info.attributes ?? [], object: info.object, isStandard: info.isStandard === true}
      return {applies: Boolean(objects(given))}
    } catch (error) {
      const {name, message} = errorJson(error)
      return {applies: false, note: `its function "objects" threw ${name}: ${message}`}
    }
  }
  const slugs = [objects].flat()
  if (slugs.includes(info.object)) return {applies: true}
  const known = [...standard, ...(info.objects ?? [])]
  const slip = slugs.find((slug) => Object.hasOwn(singular, slug) && !known.includes(slug))
  if (slip !== undefined) {
    const note = `"${slip}" is not an object (did you mean "${singular[slip]}"?)`
    return {applies: slugs.some((slug) => singular[slug] === info.object), note}
  }
  const unknown = info.objects === undefined ? undefined : slugs.find((slug) => !known.includes(slug))
  if (unknown !== undefined) return {applies: false, note: `"${unknown}" is not an object`}
  return {applies: false, note: `it shows on ${slugs.map((slug) => `"${slug}"`).join(", ")}`}
}
