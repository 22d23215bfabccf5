const longest = 100000 // characters of a message or a stack: the rest tells nobody anything

export const cutText = (text) => {
  if (text.length <= longest) return text
  let cut = ""
  for (let i = 0; i < longest; i++) cut += text[i]
  return `${cut}... (${text.length - longest} more characters)`
}

// An error as it crosses: what is thrown may be anything.
export function describeError(error) {
  try {
    if (typeof error !== "object" || error === null) return {name: "Error", message: cutText(String(error))}
    const code = typeof error.code === "string" ? cutText(error.code) : undefined
    const stack = typeof error.stack === "string" ? cutText(error.stack) : undefined
    if (stack === undefined && typeof error.message !== "string") return {name: "Error", message: cutText(String(error))}
    return {name: cutText(String(error.name ?? "Error")), message: cutText(String(error.message ?? "")), code, stack}
  } catch {
    return {name: "Error", message: "an error that cannot be read"}
  }
}
