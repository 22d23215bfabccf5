#!/usr/bin/env node
// Deploys that are killed, stopped or refused at every step, and the runs after them.
//   node tests/publish/run.mjs [--bin PATH] [NAME...]
import {runTests} from "../probes/suite.mjs"

const all = {}
for (const name of ["kills", "failures", "endpoints", "renewals", "credentials", "certificates", "clock", "wire"]) {
  const {default: tests} = await import(`./${name}.mjs`)
  for (const [what, test] of Object.entries(tests)) all[`${name}: ${what}`] = test
}
await runTests(all)
process.exit() // a server of a test that failed may still listen
