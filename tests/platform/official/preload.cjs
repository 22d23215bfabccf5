// Leads the official CLI to a local platform (OFFICIAL_ORIGIN): its addresses are constants in it. Loaded
// before it with --require. Its native keychain has no binary here (packages are installed without
// their scripts): a file (OFFICIAL_KEYCHAIN) takes its place.
const Module = require("node:module")
const fs = require("node:fs")

const {OFFICIAL_ORIGIN: origin, OFFICIAL_KEYCHAIN: keychain} = process.env
const hosts = /^https:\/\/(build|app)\.attio\.com(?=\/|$)/
const realtime = /^wss:\/\/main\.realtime\.ably\.net(:443)?(?=\/|$)/

const fetch = globalThis.fetch
globalThis.fetch = (input, init) => fetch(String(input).replace(hosts, origin), init)

const read = () => (fs.existsSync(keychain) ? JSON.parse(fs.readFileSync(keychain, "utf8")) : {})
const write = (entries) => fs.writeFileSync(keychain, JSON.stringify(entries), {mode: 0o600})
const key = (service, account) => `${service}/${account}`
const keytar = {
  getPassword: async (service, account) => read()[key(service, account)] ?? null,
  setPassword: async (service, account, value) => write({...read(), [key(service, account)]: value}),
  deletePassword: async (service, account) => {
    const {[key(service, account)]: gone, ...rest} = read()
    write(rest)
    return gone !== undefined
  },
}

// Ably's client asks for this one; nothing else does.
function redirected(WebSocket) {
  return class extends WebSocket {
    constructor(url, ...rest) {
      super(String(url).replace(realtime, origin.replace(/^http/, "ws")), ...rest)
    }
  }
}

const load = Module._load
Module._load = function (request, parent, ...rest) {
  if (request.endsWith("/keytar.node")) return keytar
  const loaded = load.call(this, request, parent, ...rest)
  return request === "ws" && /\/ably\//.test(parent?.filename ?? "") ? redirected(loaded) : loaded
}
