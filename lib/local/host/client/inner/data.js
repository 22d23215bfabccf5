// Data hooks. A loader's promise lives in the cache of the mounted surface, so that a component that suspends before
// its first mount finds it again.
import React from "./react.js"
import {stringify} from "../../web/host.js"
import {call, inSurface, warning} from "./bridge.js"
import {lossy} from "./lossy.js"
import {SurfaceContext} from "./surfaces.js"

export async function runQuery(query, variables) {
  return call("query", {query: String(query), variables: variables ?? {}})
}

// What the bundle's proxies of server functions call.
export function runServerFunction(module, args) {
  const list = Array.isArray(args) ? args : []
  const lost = list.flatMap((value, i) => lossy(value, `args[${i}]`))
  for (const {path, kind} of lost) {
    warning("lossy-crossing", `${module} is called with a ${kind} that JSON cannot carry`, path)
  }
  return call("server", lost.length > 0 ? {module, args: list, lossy: lost} : {module, args: list})
}

function load(surface, key, start) {
  let entry = surface.cache.get(key)
  if (entry === undefined) {
    entry = {state: "pending"}
    surface.cache.set(key, entry)
    const begun = inSurface(surface.id, () => {
      try {
        return Promise.resolve(start())
      } catch (error) {
        return Promise.reject(error)
      }
    })
    entry.promise = begun.then(
      (value) => Object.assign(entry, {state: "ready", value}),
      (error) => Object.assign(entry, {state: "failed", error}),
    )
  }
  return entry
}

function useSurface(hook) {
  const surface = React.useContext(SurfaceContext)
  if (surface === null) throw new Error(`${hook} can only be used in a component that Attio shows`)
  return surface
}

function read(entry) {
  if (entry.state === "pending") throw entry.promise
  if (entry.state === "failed") throw entry.error
  return entry.value
}

export function useQuery(query, variables) {
  const surface = useSurface("useQuery")
  const key = `query:${query}:${stringify(variables ?? {})}`
  return read(load(surface, key, () => runQuery(query, variables)))
}

// The key of a loader: its name, its code and its arguments. The code keeps two components apart that use the same
// name; a function made anew in each render has the same code.
function keyOf(name, [loader, ...args]) {
  return `cache:${name}:${stringify(args)}:${loader}`
}

export function useAsyncCache(config) {
  const surface = useSurface("useAsyncCache")
  const [, renderAgain] = React.useReducer((n) => n + 1, 0)
  const loaders = Object.keys(config).map((name) => [name, Array.isArray(config[name]) ? config[name] : [config[name]]])
  const entries = loaders.map(([name, list]) => [
    name,
    load(surface, keyOf(name, list), () => list[0](...list.slice(1))),
  ])
  const pending = entries.filter(([, entry]) => entry.state === "pending").map(([, entry]) => entry.promise)
  if (pending.length > 0) throw Promise.all(pending)
  const values = Object.fromEntries(entries.map(([name, entry]) => [name, read(entry)]))
  const invalidate = (name) => {
    const found = loaders.find(([key]) => key === name)
    if (found === undefined)
      throw new Error(`useAsyncCache has no "${name}": ${loaders.map(([key]) => key).join(", ")}`)
    surface.cache.delete(keyOf(...found))
    renderAgain()
  }
  return {values, invalidate}
}
