// How deeply what crosses may be nested. The main thread's stack is smaller than a Worker's: it could
// not read what a Worker can still send, nor say whose it was.
export const deepest = 1000

export function isTooDeep(value, left = deepest) {
  if (typeof value !== "object" || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (isTooDeep(value[i], left - 1)) return true
  } else {
    for (const key in value) if (isTooDeep(value[key], left - 1)) return true
  }
  return false
}

export const tooDeep = () => ({name: "TypeError", message: `this has more than ${deepest} levels, which is too deep to cross`})
