import debug from "debug"

export default () => {
  const log = debug("app:mail")
  const lines = []
  debug.enable("app:*,-app:noise")
  log.log = (...args) => lines.push(typeof args[0])
  log("sent %d", 3)
  return [log.enabled, debug.enabled("app:noise"), log.extend("smtp").namespace, lines]
}
