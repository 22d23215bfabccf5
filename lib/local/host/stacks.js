// Stack traces on their way to the platform: places in bundles become places in the app's own files,
// and what is ours or Node's is left out.
import {createRequire} from "node:module"
import {join} from "node:path"

const frame = /^(\s+at .*?\(?)(dist\/[^\s()]+?\.js):(\d+):(\d+)(\)?)$/
const ours = /^\s+at .*?\(?(?:attio-runtime\.js|attio-lock\.js|node:|file:|\/[^()]*?\/(?:main|(?:client|server)-worker)\.cjs)[^()]*\)?$|^\s+at new Promise \(<anonymous>\)$/

function load(text) {
  const part = join(__dirname, "maps.cjs")
  return createRequire(part)(part).createMap(text)
}

// `maps` is that of the load frame: texts of source maps, or null.
export function createStacks(maps) {
  const texts = new Map([
    ["dist/index.js", maps?.client],
    ["dist/server.js", maps?.server],
    ...Object.entries(maps?.blocks ?? {}).map(([id, text]) => [`dist/workflow/${id}.js`, text]),
  ])
  const read = new Map() // file -> function, or null for a map that cannot be read

  function mapOf(file) {
    if (!read.has(file)) {
      let map = null
      try {
        map = texts.get(file) ? load(texts.get(file)) : null
      } catch {
        // A place in the bundle is better than none.
      }
      read.set(file, map)
    }
    return read.get(file)
  }

  function mapText(text) {
    if (!text.includes("\n    at ")) return text
    return text
      .split("\n")
      .filter((line) => !ours.test(line))
      .map((line) =>
        line.replace(frame, (whole, before, file, l, c, after) => {
          const place = mapOf(file)?.(Number(l), Number(c))
          return place ? `${before}${place}${after}` : whole
        }),
      )
      .join("\n")
  }

  // Changes what may hold a stack in an error, a log line or a transcript.
  function mapIn(value) {
    if (typeof value !== "object" || value === null) return value
    if (Array.isArray(value)) {
      for (const item of value) mapIn(item)
      return value
    }
    for (const name of ["stack", "text"]) if (typeof value[name] === "string") value[name] = mapText(value[name])
    for (const name of ["error", "errors", "logs"]) mapIn(value[name])
    return value
  }

  return mapIn
}
