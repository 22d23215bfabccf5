// A reporter of node:test for `attio test`: a line of JSON for what begins, {"running": name}, and
// one for what is over, in the form in which vitest writes it. A file that is killed, or ends too
// early, so leaves what it had found, and which test it was in.
import util from "node:util"

// Without the way through Node and the client package.
const messageOf = (error) => {
  const cause = error?.cause ?? error
  const text = typeof cause?.stack === "string" ? cause.stack : util.inspect(cause)
  return text.split("\n").filter((line) => !/^    at .*([( ]node:|\/\.attio\/\.testing\/)/.test(line)).join("\n")
}

function assertion({name, details, skip, todo}, status, ancestorTitles) {
  const left = skip !== undefined || todo !== undefined
  return {
    ancestorTitles,
    title: name,
    status: left ? "skipped" : status,
    duration: details.duration_ms,
    failureMessages: status === "failed" && !left ? [messageOf(details.error)] : [],
  }
}

// Names and messages may hold what no document can: halves of characters, and NUL.
const whole = (key, value) => (typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\u2400") : value)

const line = (value) => `${JSON.stringify(value, whole)}\n`

export default async function* report(source) {
  const begun = [] // as they begin
  const titles = [] // as they are told, which is in the order of the file
  for await (const {type, data} of source) {
    if (type === "test:dequeue") {
      begun.splice(data.nesting, begun.length, data.name)
      yield line({running: begun.join(" > ")})
    }
    if (type === "test:start") titles.splice(data.nesting, titles.length, data.name)
    if (type !== "test:pass" && type !== "test:fail") continue
    // What a suite says of its tests is not one more of them.
    const failed = data.details.error?.failureType
    if (failed === "subtestsFailed" || (data.details.type === "suite" && type === "test:pass")) continue
    yield line(assertion(data, type === "test:pass" ? "passed" : "failed", titles.slice(0, data.nesting)))
  }
}
