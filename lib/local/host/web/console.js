// The console of both realms: exactly these methods, formatted as Node formats.
import {format} from "node-inspect-extracted"
import {cutText} from "./errors.js"

const levels = {log: "info", info: "info", warn: "warning", error: "error", debug: "debug"}

export function createConsole(log) {
  const console = {}
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...args) => {
      log(level, cutText(format(...args)))
    }
  }
  return console
}
