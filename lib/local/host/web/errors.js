// An error as it crosses: what is thrown may be anything.
export function describeError(error) {
  try {
    if (typeof error !== "object" || error === null) return {name: "Error", message: String(error)}
    const code = typeof error.code === "string" ? error.code : undefined
    const stack = typeof error.stack === "string" ? error.stack : undefined
    if (stack === undefined && typeof error.message !== "string") return {name: "Error", message: String(error)}
    return {name: String(error.name ?? "Error"), message: String(error.message ?? ""), code, stack}
  } catch {
    return {name: "Error", message: "an error that cannot be read"}
  }
}
