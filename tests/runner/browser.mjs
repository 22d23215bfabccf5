// Plays the browser of `attio login`: reads what it says on stdin, passes it on to stderr, and when the
// address of the sign-in comes, makes the requests that its arguments are, one after the other, to the
// port that the address names. STATE in them stands for the address's own. Each answer is a line on stderr.
//   browser.mjs "GET /favicon.ico" "HEAD /?code=x&state=STATE" "GET6 /?code=x&state=STATE"
// GET6 goes to ::1. `check` before a request: the address itself is told, without what is new each time.
// `--from PIPE` as the first word: reads that in place of stdin. Who opens it to write waits until it does,
// so that a limit of time does not run while Node starts.
// `paste FILE|LINE` writes a line, as somebody would paste it, with BACK for where the browser comes back to.
import fs from "node:fs"
import http from "node:http"
import readline from "node:readline"

const given = process.argv.slice(2)
const [input, actions] = given[0] === "--from" ? [fs.createReadStream(given[1]), given.slice(2)] : [process.stdin, given]

const say = (text) => process.stderr.write(`${text}\n`)

function ask(method, target, port) {
  const host = method.endsWith("6") ? "::1" : "127.0.0.1"
  const headers = {Host: `localhost:${port}`, Connection: "close"}
  return new Promise((resolve) => {
    const request = http.request({method: method.replace("6", ""), host, port, path: target, headers}, (response) => {
      response.resume()
      response.on("end", () => resolve(`${response.statusCode}`))
    })
    request.on("error", (error) => resolve(error.code))
    request.end()
  })
}

// The address's members, without what is new each time.
function tell(query) {
  for (const [name, value] of query) {
    if (name === "state" || name === "code_challenge") say(`${name} ${/^[\w-]{43}$/.test(value) ? "43 characters" : "odd"}`)
    else say(`${name} ${value.replace(/(localhost:)\d+$/, "$1PORT")}`)
  }
}

async function act(url) {
  const query = new URL(url).searchParams
  const back = new URL(query.get("redirect_uri"))
  for (const action of actions) {
    const [word, target] = action.split(" ")
    const path = target?.replaceAll("STATE", query.get("state"))
    if (word === "check") tell(query)
    else if (word === "paste") fs.writeFileSync(path.split("|")[0], `${path.split("|")[1].replace("BACK", back.origin)}\n`)
    else say(`${word} ${await ask(word, path, back.port)}`)
  }
}

let acting
for await (const line of readline.createInterface({input})) {
  say(line.replace(/(open: +)(http\S+)/, "$1ADDRESS"))
  const url = /open: +(http\S+)/.exec(line)?.[1]
  if (url) acting = act(url)
}
await acting
