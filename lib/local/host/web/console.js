// The console of both realms: exactly these methods, formatted as Node formats.
import {format} from "node-inspect-extracted"

const levels = {log: "info", info: "info", warn: "warning", error: "error", debug: "debug"}

export function createConsole(log) {
  const console = {}
  for (const [name, level] of Object.entries(levels)) {
    console[name] = (...args) => {
      log(level, format(...args))
    }
  }
  return console
}
