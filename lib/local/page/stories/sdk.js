// `attio/client` as the stories import it: the realm's, with notes of what its calls are given.
import {note} from "./h.js"

const sdk = ATTIO_CLIENT_EXTENSION_SDK
const noted = (name) => [name, (options) => (note(`${name}()`, options), sdk[name](options))]

module.exports = {
  ...sdk,
  ...Object.fromEntries(["showToast", "alert", "confirm", "showDialog", "showIframe"].map(noted)),
}
