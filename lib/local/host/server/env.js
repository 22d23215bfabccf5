// process, of which the platform has only `env`.
export function createProcess(values, warn) {
  const own = {...values}
  const env = new Proxy(own, {
    get(target, name) {
      if (typeof name === "string" && !(name in target)) {
        warn({code: "unset-env", message: `process.env.${name} is not set`, path: name})
      }
      return target[name]
    },
    // Silently: that is what the platform does.
    set: () => true,
    deleteProperty: () => true,
    defineProperty: () => true,
    setPrototypeOf: () => true,
    preventExtensions: () => false,
  })
  return new Proxy(
    {env},
    {
      get(target, name) {
        if (name === "env") return env
        if (typeof name === "symbol" || name in Object.prototype) return Object.prototype[name]
        throw new Error(`process.${name} is not available: server code has process.env only`)
      },
      set(target, name) {
        throw new Error(`process.${String(name)} cannot be set: server code has process.env only`)
      },
      defineProperty: () => false,
      deleteProperty: () => false,
      setPrototypeOf: () => false,
      preventExtensions: () => false,
    },
  )
}
