#!/usr/bin/env node
// The local platform from outside: real apps, a real third party, the commands and HTTP.
//   node tests/platform/run.mjs [--bin PATH] [NAME...]
import {runTests} from "../probes/suite.mjs"

const files = ["seed", "failures", "again", "crossing", "bytes", "limits", "outside", "tunnels", "templates", "testing", "scripted", "readme", "desk", "commands", "doors", "reference", "sessions", "serving", "developer", "pushing", "official", "realtime", "ours", "deliveries", "subscribers", "space", "starts", "flow_files", "secrets", "turns", "clicked", "looking", "signals", "said", "kills"]
const all = {}
for (const name of files) {
  const {default: tests} = await import(`./${name}.mjs`)
  for (const [what, test] of Object.entries(tests)) all[`${name}: ${what}`] = test
}
await runTests(all)
process.exit() // a third party of a test that failed may still listen
