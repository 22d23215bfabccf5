// Keeps the main thread's heap small. What passes through it (bundles of megabytes) is garbage soon, but V8
// lets it lie until there is much of it, and takes more and more memory for it. So it is swept when some has
// been made: when a generation is dropped. All of the heap: of a small one that takes 7 ms, when the new
// generation runs already, and a sweep of the young part alone would move the bundle that is in use to
// the old part, where it lies for long when it is of no more use.

let collect

// A context that is made while the flag is set has the function. Then all is as before: Workers that
// start must not find a flag set.
function expose() {
  const v8 = require("node:v8") // not at the start: it takes as long to load as all of ours
  const vm = require("node:vm")
  v8.setFlagsFromString("--expose-gc")
  try {
    return vm.runInNewContext("gc")
  } finally {
    v8.setFlagsFromString("--no-expose-gc")
  }
}

export function sweep() {
  collect ??= expose()
  collect()
}
