// Flows as files: saved, replayed on the same code, on other code and from another folder.
import fs from "node:fs"
import path from "node:path"
import {Third, thirdOrigin} from "./third.mjs"
import {rigApp} from "./apps.mjs"

const secret = "planted-secret-5f2c"
const flood = "src/app/extensions/rig/flood.server.ts"

async function saved(bench) {
  rigApp(bench)
  fs.writeFileSync(path.join(bench.app, ".env"), `THIRD_KEY=${secret}\n`)
  const third = await new Third().start()
  const {value} = await bench.json("call", flood, "--args", JSON.stringify([`${thirdOrigin}/a?key=${secret}`, 1]), "--route", `${thirdOrigin}=${third.url}`)
  bench.same("it ran", {200: 1}, value.outcomes)
  const file = path.join(bench.app, "one.flow.json")
  const answer = await bench.json("flow", "save", "last", file)
  await third.stop()
  bench.same("saved", [0, true], [answer.code, fs.existsSync(file)])
  return file
}

export default {
  "a saved flow replays equal, again and again, without the third party": async (bench) => {
    const file = await saved(bench)
    bench.same("no secret in it", false, fs.readFileSync(file, "utf8").includes(secret))
    for (let i = 0; i < 3; i++) {
      const {code, items} = await bench.json("flow", "replay", file)
      bench.same(`replay ${i}`, [0, true, ""], [code, items?.[0].equal, items?.[0].diff])
    }
  },

  "what the file expects otherwise is told, and accepted with --update": async (bench) => {
    const file = await saved(bench)
    const document = JSON.parse(fs.readFileSync(file, "utf8"))
    const last = document.saw.length - 1
    const line = document.saw[last]
    document.saw[last] = "something else"
    fs.writeFileSync(file, JSON.stringify(document))
    const {code, items} = await bench.json("flow", "replay", file)
    bench.same("differs", [1, true, true], [code, items[0].diff.includes("- something else\n"), items[0].diff.includes(`+ ${line}\n`)])
    bench.same("accepted", [0, true], await bench.json("flow", "replay", "--update", file).then(({code, items}) => [code, items[0].updated]))
    bench.same("equal then", 0, (await bench.json("flow", "replay", file)).code)
  },

  "files that are no flows are told with their place, and do not stop the others": async (bench) => {
    const good = await saved(bench)
    const file = path.join(bench.app, "bad.flow.json")
    const texts = {
      "": "1:1",
      "{": "1:2",
      "[]": "1:1",
      "{}": "1:1",
      '{\n  "schema": "attio.flow/2"}': "2:13",
      '{"schema": "attio.flow/1", "start": {"path": "/state/reset", "body": {}}, "saw": []}': "1:1",
    }
    for (const [text, place] of Object.entries(texts)) {
      fs.writeFileSync(file, text)
      const {code, error, items} = await bench.json("flow", "replay", file, good)
      bench.same(text, [2, "usage", `${file}:${place}:`, [false, true]], [code, error.kind, error.message.split(" ")[0], items.map((item) => item.equal)])
      bench.same(`${text}: cause and remedy`, [true, true], [error.why !== "", error.fix !== ""])
    }
  },
}
