// The script of a framed page: tries what it must not be able to do, and posts what came of it.
export const page = (elsewhere: string) => `<!doctype html><title>frame</title><p>in the frame</p><script>
const found = {}
const tries = (name, work) => { try { found[name] = String(work()) } catch (error) { found[name] = "refused" } }
tries("key", () => parent.document.querySelector("meta[name=attio-key]").content)
tries("storage", () => localStorage.length)
tries("session", () => parent.sessionStorage.getItem("attio-key"))
tries("cookie", () => document.cookie)
tries("popup", () => window.open("about:blank") === null ? "none" : "opened")
addEventListener("message", ({data}) => { found.heard = (found.heard ?? 0) + 1; found.first ??= data })
const ask = (name, url) => fetch(url).then((answer) => answer.text()).then((text) => { found[name] = "answered" }, () => { found[name] = "refused" })
Promise.all([ask("api", "/__attio/api/status"), ask("page", "/__attio/"), ask("elsewhere", ${JSON.stringify(elsewhere)} + "/fetched")]).then(() => {
  new Image().src = ${JSON.stringify(elsewhere)} + "/image"
  parent.postMessage(found, "*")
  for (let at = 0; at < 5000; at++) parent.postMessage({flood: at}, "*")
  parent.postMessage("x".repeat(3000000), "*")
  const loop = {}; loop.loop = loop
  parent.postMessage(loop, "*")
  tries("top", () => { top.location = ${JSON.stringify(elsewhere)} + "/top" })
  tries("topHref", () => { top.location.href = "about:blank" })
  tries("form", () => { const form = document.createElement("form"); form.action = ${JSON.stringify(elsewhere)} + "/form"; form.target = "_top"; document.body.append(form); form.submit() })
  // More than so many in a second are not heard.
  setTimeout(() => parent.postMessage({done: found}, "*"), 1200)
})
<\/script>`
