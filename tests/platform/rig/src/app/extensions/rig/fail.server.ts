const ways: Record<string, () => unknown> = {
  error() {
    throw new Error("broken on purpose") // line 3: a test looks for it
  },
  string() {
    throw "only a text"
  },
  object() {
    throw {reason: 7}
  },
  null() {
    throw null
  },
  typed() {
    throw Object.assign(new RangeError("too far"), {code: "E_FAR"})
  },
  function() {
    return () => 1
  },
  reject() {
    return Promise.reject(new Error("rejected"))
  },
  stray() {
    setTimeout(() => {
      throw new Error("nobody waits for this")
    }, 0)
    return "returned"
  },
}

export default async function fail(how: string) {
  return ways[how]!()
}
