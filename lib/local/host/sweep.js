// Keeps the main thread's heap small. What passes through it (bundles of megabytes) is garbage at once, but
// V8 lets it lie until there is much of it, and takes more and more memory for it. On Node 24 a flag at the
// start forbids that; before, any flag makes each start slower by a third (README.md, "Starting it"), so the
// garbage is swept when some has been made.
import v8 from "node:v8"
import vm from "node:vm"

let collect

// A context that is made while the flag is set has the function. Then all is as before: Workers that
// start must not find a flag set.
function expose() {
  v8.setFlagsFromString("--expose-gc")
  try {
    return vm.runInNewContext("gc")
  } finally {
    v8.setFlagsFromString("--no-expose-gc")
  }
}

export function sweep() {
  collect ??= expose()
  collect({type: "minor"})
}
