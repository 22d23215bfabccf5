// Lines that an app writes faster than anybody reads them would fill the memory of the main thread,
// where nothing limits it.
const limited = new Set(["log", "warning", "error", "answer-unseen"])
const span = 1000 // milliseconds of the machine's time, not the platform's

// `limit` lines and `room` characters in that time; `tell(count)` says how many were left out.
export function createFlood({limit, room, tell}) {
  let count = 0
  let size = 0
  let left = 0

  function begin() {
    const told = left
    count = size = left = 0
    if (told > 0) tell(told)
  }

  return {
    // Whether another line would be left out; it is then counted as one. For those whose making costs.
    drops() {
      if (count < limit && size <= room) return false
      left++
      return true
    },
    lets(method, params) {
      if (!limited.has(method)) return true
      if (count === 0) setTimeout(begin, span).unref()
      count++
      size += (params?.text ?? params?.message ?? "").length
      if (count <= limit && size <= room) return true
      left++
      return false
    },
  }
}
