// Errors on their way over the boundary.
import {cutText} from "../../web/errors.js"
import {stringify} from "../../web/host.js"

// What the local platform does not have is said by name, never silently undefined.
export class UnsupportedError extends Error {
  constructor(message) {
    super(message)
    this.name = "AttioUnsupportedError"
  }
}

const stringOf = (value) => {
  try {
    return typeof value === "string" ? value : (stringify(value) ?? String(value))
  } catch {
    return String(value)
  }
}

// The host's own frames say nothing to the app's developer; an error of the host alone keeps them.
function ownFrames(stack) {
  const lines = stack.split("\n")
  const own = lines.filter((line) => !/\battio-(runtime|lock)\.js\b/.test(line))
  return own.some((line) => /^\s*at /.test(line)) ? own.join("\n") : stack
}

// Whatever app code threw, as {name, message, code?, stack?}.
export function errorJson(error) {
  try {
    if (error !== null && typeof error === "object" && ("message" in error || error instanceof Error)) {
      const json = {name: cutText(String(error.name || "Error")), message: cutText(String(error.message))}
      if (typeof error.code === "string") json.code = cutText(error.code)
      else if (typeof error.code === "number") json.code = error.code
      if (typeof error.stack === "string") json.stack = ownFrames(cutText(error.stack))
      return json
    }
    return {name: "NonError", message: cutText(stringOf(error))}
  } catch {
    return {name: "NonError", message: "a value that cannot be read was thrown"}
  }
}

// An error of the other side as an Error of this realm.
export function revive(json) {
  const error = new Error(json.message)
  const extra = (name, value) =>
    Object.defineProperty(error, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: name === "code" || name === "errors",
    })
  if (json.name && json.name !== "Error") extra("name", json.name)
  if (json.code !== undefined) extra("code", json.code)
  if (json.stack) extra("stack", json.stack)
  if (json.data && json.data.errors) extra("errors", json.data.errors)
  return error
}
