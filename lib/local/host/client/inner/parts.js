// Scripts of the inner half that a start can do without: the outer half runs one when it is asked for, and gives it in
// before it answers. Each is a function (require, module, console, performance).
import {host} from "../../web/host.js"

const given = {__proto__: null}

export function take(name, script) {
  given[name] = script
}

export function part(name) {
  if (given[name] === undefined) host.call("part", name)
  return given[name]
}
