// The console of both realms: exactly these methods, formatted as Node formats.
import {cutText} from "./errors.js"

const levels = {log: "info", info: "info", warn: "warning", error: "error", debug: "debug"}

// The formatter takes a third of a realm's start, and most lines are plain texts. It is loaded for the first
// line that is more, or when a realm has had time (ready()).
let formatter
const plain = (...args) => args.map(String).join(" ")

function load() {
  // It lists the members of this one, which no realm has.
  const missing = !("Atomics" in globalThis)
  try {
    if (missing) globalThis.Atomics = {}
    // What a full stack left half-loaded has no such member.
    return require("node-inspect-extracted").format ?? plain
  } catch {
    return plain // an app that has changed what everything is made of
  } finally {
    if (missing) delete globalThis.Atomics
  }
}

export function ready() {
  formatter ??= load()
}

function format(args) {
  if (args.length === 1 && typeof args[0] === "string") return args[0]
  ready()
  return formatter(...args)
}

export function createConsole(log) {
  const console = {}
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...args) => {
      log(level, cutText(format(args)))
    }
  }
  return console
}
