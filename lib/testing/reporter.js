// A reporter of node:test: one JSON document in the form that vitest's `--reporter=json` writes, for
// `attio test`.
import util from "node:util"

const messageOf = (error) => {
  const cause = error?.cause ?? error
  return typeof cause?.stack === "string" ? cause.stack : util.inspect(cause)
}

function assertion({name, details, skip, todo}, status, titles) {
  const left = skip !== undefined || todo !== undefined
  return {
    ancestorTitles: titles,
    title: name,
    fullName: [...titles, name].join(" > "),
    status: left ? "skipped" : status,
    duration: details.duration_ms,
    failureMessages: status === "failed" && !left ? [messageOf(details.error)] : [],
  }
}

export default async function* report(source) {
  const results = []
  const titles = []
  for await (const {type, data} of source) {
    if (type === "test:start") titles.splice(data.nesting, titles.length, data.name)
    if (type !== "test:pass" && type !== "test:fail") continue
    // What a suite says of its tests is not one more of them.
    const failed = data.details.error?.failureType
    if (data.details.type === "suite" && (type === "test:pass" || failed === "subtestsFailed")) continue
    if (failed === "subtestsFailed") continue
    results.push(assertion(data, type === "test:pass" ? "passed" : "failed", titles.slice(0, data.nesting)))
  }
  yield JSON.stringify({testResults: [{assertionResults: results}]})
}
