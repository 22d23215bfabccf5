// Where the user is: the hash, so that everything on the page has a URL. "#/people/ada?q=x" is
// {path: ["people", "ada"], query}. A hash of another form is no place: "#key=…" is the secret's, and never shown.
import {signal} from "@preact/signals"

function read() {
  const place = location.hash.startsWith("#/") ? location.hash.slice(2) : ""
  const [path, query = ""] = place.split("?", 2)
  return {path: path.split("/").filter((part) => part !== "").map(decoded), query: new URLSearchParams(query)}
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const route = signal(read())

addEventListener("hashchange", () => {
  route.value = read()
})

// The address of a place; parts that are empty are left out of the query.
export function href(path, query) {
  const parts = typeof path === "string" ? path.split("/").filter((part) => part !== "") : path.map(encodeURIComponent)
  const search = new URLSearchParams(query ?? "")
  for (const [name, value] of [...search]) if (value === "" || value === "undefined" || value === "null") search.delete(name)
  const tail = search.toString()
  return `#/${parts.join("/")}${tail === "" ? "" : `?${tail}`}`
}

// `path`: a text ("people/ada") or the parts, which are encoded. Filters that change as one types replace the entry.
export function go(path, query, {replace = false} = {}) {
  const to = href(path, query)
  if (to === location.hash) return
  if (replace) {
    history.replaceState(null, "", to)
    route.value = read()
  } else location.hash = to
}

// Changes some filters of where the user is.
export function filter(changes) {
  const {path, query} = route.peek()
  go(path, {...Object.fromEntries(query), ...changes}, {replace: true})
}
