// Loaded into the official CLI before itself: the compiled part of keytar, which npm builds at its install,
// is taken from the same library in its kept form, and Attio's addresses are one of this machine.
const Module = require("node:module")
const path = require("node:path")
const resolve = Module._resolveFilename

const kept = path.dirname(require.resolve("@github/keytar/package.json"))
const compiled = path.join(kept, "prebuilds", `${process.platform}-${process.arch}`, "keytar.node")
Module._resolveFilename = function (name, ...rest) {
  return name.endsWith("build/Release/keytar.node") ? compiled : resolve.call(this, name, ...rest)
}

const own = process.env.KEYCHAIN_TEST_URL
const real = globalThis.fetch
globalThis.fetch = (input, options) => real(String(input).replace(/^https:\/\/(app|build)\.attio\.com/, own), options)
