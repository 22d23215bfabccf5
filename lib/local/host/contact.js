// Phone numbers and e-mail addresses, read with the tables of kept libraries. A part of its own, read
// from the disk when an app first asks: the tables are larger than all the rest of the host.
import {parsePhoneNumberFromString} from "libphonenumber-js"
import {parse} from "tldts"

// JSON of the value, or "" for what is none. As for records, a number that is in no use ("+1 555...") counts, one
// that cannot be dialled does not.
export function phone(text, country) {
  const number = parsePhoneNumberFromString(text, country === "" ? undefined : {defaultCountry: country.toUpperCase()})
  if (number === undefined || !number.isPossible()) return ""
  const where = number.country ?? (country.toUpperCase() || number.getPossibleCountries()[0] || "")
  return JSON.stringify({original: text, normalized: number.number, country_code: where})
}

export function email(text) {
  const normalized = text.trim().toLowerCase()
  const [, local, domain] = /^([^\s@<>()[\]\\,;:"]+)@([a-z0-9.-]+)$/.exec(normalized) ?? []
  if (domain === undefined || local.startsWith(".") || local.endsWith(".") || local.includes("..")) return ""
  const {domain: root, hostname, isIp} = parse(domain, {allowPrivateDomains: false})
  if (root === null || isIp || hostname !== domain) return ""
  return JSON.stringify({original: text, normalized, domain, root_domain: root, local_specifier: local})
}
