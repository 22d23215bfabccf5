// The module `attio`: pure builders and constants.
import {ConfigSchema} from "./nodes.js"
import {named} from "./trap.js"

const currencies = {
  ARGENTINIAN_PESO: "ARS", AUSTRALIAN_DOLLAR: "AUD", BRAZILIAN_REAL: "BRL", BULGARIAN_LEV: "BGN",
  CANADIAN_DOLLAR: "CAD", CHILEAN_PESO: "CLP", CHINESE_RENMINBI: "CNY", COLOMBIAN_PESO: "COP",
  CZECH_KORUNA: "CZK", DANISH_KRONE: "DKK", EGYPTIAN_POUND: "EGP", EURO: "EUR", FIJIAN_DOLLAR: "FJD",
  GHANAIAN_CEDI: "GHS", HONG_KONG_DOLLAR: "HKD", HUNGARIAN_FORINT: "HUF", ICELANDIC_KRONA: "ISK",
  INDIAN_RUPEE: "INR", INDONESIAN_RUPIAH: "IDR", ISRAELI_SHEKEL: "ILS", JAPANESE_YEN: "JPY",
  KENYAN_SHILLING: "KES", KOREAN_WON: "KRW", MALAYSIAN_RINGGIT: "MYR", MEXICAN_PESO: "MXN",
  NEW_TAIWAN_DOLLAR: "NTD", NEW_ZEALAND_DOLLAR: "NZD", NIGERIAN_NAIRA: "NGN", NORWEGIAN_KRONE: "NOK",
  OMANI_RIAL: "OMR", PACIFIC_FRANC: "XPF", PERUVIAN_SOL: "PEN", PHILIPPINE_PESO: "PHP", POLISH_ZLOTY: "PLN",
  POUND_STERLING: "GBP", QATARI_RIYAL: "QAR", RWANDAN_FRANC: "RWF", SAUDI_RIYAL: "SAR",
  SINGAPORE_DOLLAR: "SGD", SOUTH_AFRICAN_RAND: "ZAR", SWEDISH_KRONA: "SEK", SWISS_FRANC: "CHF",
  THAI_BAHT: "THB", TURKISH_LIRA: "TRY", UAE_DIRHAM: "AED", URUGUAYAN_PESO: "UYU", US_DOLLAR: "USD",
}

const ActorType = Object.freeze({
  API_TOKEN: "api-token",
  WORKSPACE_MEMBER: "workspace-member",
  SYSTEM: "system",
  APP: "app",
  WORKFLOW: "workflow",
})

// Accepts the old key `schema` too, and answers with both: a block's bundle asks for `schema`.
function defineWorkflowBlock({schema, ...block}) {
  const configSchema = block.configSchema ?? schema
  return {...block, configSchema, schema: configSchema}
}

const settingNode = (type) => () => Object.freeze({type})
const settingNodes = {string: settingNode("string"), number: settingNode("number"), boolean: settingNode("boolean")}

export const root = named("attio", {
  ActorType,
  CurrencyISO4217Code: Object.freeze(currencies),
  Settings: named("attio Settings", {
    ...settingNodes,
    Schema: named("attio Settings.Schema", settingNodes),
    defineWorkspaceSchema: (fields) => ({scope: "workspace", fields}),
  }),
  Workflows: named("attio Workflows", {ConfigSchema, defineWorkflowBlock}),
})
