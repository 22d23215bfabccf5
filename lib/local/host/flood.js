// Lines that an app writes faster than anybody reads them would fill the memory of the main thread,
// where nothing limits it.
const limited = new Set(["log", "warning", "error", "answer-unseen"])
const span = 1000 // milliseconds of the machine's time, not the platform's

// `limit` lines in that time; `tell(count)` says how many were left out.
export function createFlood({limit, tell}) {
  let count = 0

  function begin() {
    if (count > limit) tell(count - limit)
    count = 0
  }

  return {
    lets(method) {
      if (!limited.has(method)) return true
      if (count === 0) setTimeout(begin, span).unref()
      count++
      return count <= limit
    },
  }
}
