// Compares what came with what was expected: texts with patterns, JSON with paths.
// In an expected line {*} stands for any text and {#} for digits; a line `...` for any lines.

export const hasPattern = (text) => /\{[*#]\}|^\.\.\.$/m.test(text)

function lineMatches(expected, actual) {
  if (!/\{[*#]\}/.test(expected)) return expected === actual
  const source = expected
    .split(/(\{[*#]\})/)
    .map((part) => (part === "{*}" ? ".*" : part === "{#}" ? "\\d+" : escapeRegExp(part)))
    .join("")
  return new RegExp(`^${source}$`, "s").test(actual)
}

function escapeRegExp(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
}

// table[i][j]: how many of expected[i..] and actual[j..] can be paired in order.
function pairs(expected, actual) {
  const table = Array.from({length: expected.length + 1}, () => [])
  for (let i = expected.length; i >= 0; i--) {
    for (let j = actual.length; j >= 0; j--) {
      if (i === expected.length || j === actual.length) table[i][j] = 0
      else if (lineMatches(expected[i], actual[j])) table[i][j] = table[i + 1][j + 1] + 1
      else table[i][j] = Math.max(table[i + 1][j], table[i][j + 1])
    }
  }
  return table
}

// Line by line: "-" was expected, "+" came.
export function difference(expected, actual) {
  const most = 400
  if (expected.length > most || actual.length > most) {
    return `(too long for a comparison) what came begins with:\n${actual.slice(0, 60).join("\n")}`
  }
  const table = pairs(expected, actual)
  const out = []
  let i = 0
  let j = 0
  while (i < expected.length || j < actual.length) {
    const both = i < expected.length && j < actual.length
    if (both && lineMatches(expected[i], actual[j])) {
      out.push(`  ${actual[j++]}`)
      i++
    } else if (j === actual.length || (both && table[i + 1][j] >= table[i][j + 1])) {
      out.push(`- ${expected[i++]}`)
    } else {
      out.push(`+ ${actual[j++]}`)
    }
  }
  return out.map(visible).join("\n")
}

function visible(line) {
  return line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (c) => JSON.stringify(c).slice(1, -1))
}

// undefined when the text fits, else what differs: "-" was expected, "+" came.
export function compareText(expected, actual) {
  const want = expected === "" ? [] : expected.replace(/\n$/, "").split("\n")
  const have = actual === "" ? [] : actual.replace(/\n$/, "").split("\n")
  // reach[j]: the expected lines so far fit the first j actual lines
  let reach = [true, ...have.map(() => false)]
  for (const line of want) {
    let open = false
    const from = reach
    reach = from.map((reached, j) => {
      if (line === "...") return (open ||= reached)
      return j > 0 && from[j - 1] && lineMatches(line, have[j - 1])
    })
  }
  if (!reach[have.length]) return difference(want, have)
  if (actual && !actual.endsWith("\n")) return "the last line does not end with a newline"
  return undefined
}

function same(expected, actual) {
  if (typeof expected === "string" && typeof actual === "string") {
    return lineMatches(expected, actual)
  }
  if (typeof expected !== "object" || typeof actual !== "object" || !expected || !actual) {
    return expected === actual
  }
  if (Array.isArray(expected) !== Array.isArray(actual)) return false
  const keys = Object.keys(expected)
  return (
    keys.length === Object.keys(actual).length &&
    keys.every((key) => Object.hasOwn(actual, key) && same(expected[key], actual[key]))
  )
}

// undefined when `actual` (text) is JSON equal to `expected` (text), with patterns in strings.
export function compareJson(expected, actual) {
  let value
  try {
    value = JSON.parse(actual)
  } catch {
    return `not JSON: ${actual.slice(0, 500)}`
  }
  if (same(JSON.parse(expected), value)) return undefined
  const pretty = (data) => JSON.stringify(data, null, 2).split("\n")
  return difference(pretty(JSON.parse(expected)), pretty(value))
}

function find(value, where) {
  const steps = [...where.matchAll(/\.([A-Za-z_$][\w$-]*)|\[(-?\d+)\]|\["([^"]*)"\]/g)]
  if (steps.map((step) => step[0]).join("") !== where.replace(/^\.$/, "")) {
    throw new Error(`bad path ${where}`)
  }
  for (const [, name, index, key] of steps) {
    if (value === undefined || value === null) return undefined
    if (index !== undefined) value = Array.isArray(value) ? value.at(Number(index)) : undefined
    else if (name === "length" && (Array.isArray(value) || typeof value === "string")) {
      value = value.length
    } else value = Object.hasOwn(Object(value), name ?? key) ? value[name ?? key] : undefined
  }
  return value
}

const operators = {
  "=": (have, want) => same(want, have),
  "!=": (have, want) => !same(want, have),
  "<": (have, want) => have < want,
  "<=": (have, want) => have <= want,
  ">": (have, want) => have > want,
  ">=": (have, want) => have >= want,
  contains: (have, want) =>
    typeof have === "string"
      ? have.includes(want)
      : Array.isArray(have) && have.some((item) => same(want, item)),
}

// One line of a json section against the parsed document; undefined or what is wrong.
export function checkJson(document, line) {
  const wherePattern = String.raw`\.|(?:\.[\w$-]+|\[-?\d+\]|\["[^"]*"\])+`
  const operatorPattern = "exists|missing|=|!=|<=?|>=?|contains"
  const whole = new RegExp(`^(${wherePattern})\\s+(${operatorPattern})(?:\\s+(.*))?$`)
  const match = whole.exec(line.trim())
  if (!match) throw new Error(`cannot read the check: ${line}`)
  const [, where, operator, text] = match
  const value = find(document, where)
  const shown = JSON.stringify(value) ?? "nothing"
  if (operator === "exists" || operator === "missing") {
    return (value !== undefined) === (operator === "exists") ? undefined : `${line}\n  is ${shown}`
  }
  return operators[operator](value, JSON.parse(text)) ? undefined : `${line}\n  is ${shown}`
}
