// The props of the SDK's components, for findings: what is not listed does not exist. A text per prop: the types it
// may have, separated by "|"; "!" at the end: required. Words in quotes are literals, the others:
// string number boolean null function any node (anything React renders) text (texts only) icon list object.
import {UnsupportedError} from "./errors.js"
import {icons} from "./icons.js"

const badge = '"amber"|"blue"|"cyan"|"green"|"grey"|"lavender"|"lime"|"orange"|"pink"|"purple"|"red"|"yellow"'
const chartColor = '"blue"|"green"|"yellow"|"orange"|"red"|"purple"|"pink"|"teal"|"grey"'
const format = '"number"|"compact"|"percent"|"currency"|"date"|"datetime"'
const height = '"small"|"medium"|"large"|"extraLarge"|"auto"'
const spacing = '"none"|"extraSmall"|"small"|"medium"|"large"|"extraLarge"'
const chart = {title: "string", height}
const axes = {data: "list!", xAxis: "object", yAxis: "object", series: "list"}
const text = {children: "text!"}
const content = {children: "node"}
const input = {label: "string!", name: "string!", disabled: "boolean"}
const options = {options: "list|object!", placeholder: "string|object", searchPlaceholder: "string"}
const decorated = {decorated: "boolean", __experimental_decorated: "boolean"}
const config = {name: "string!", label: "string!", help: "string", tooltip: "string", placeholder: "string", onChange: "function", disableVariables: "boolean"}
const multi = {...config, multi: "boolean"}
const rich = ["Links", "Lists", "Quotes", "H1", "H2", "H3", "Bold", "Italic", "Underline", "Strikethrough"]

export const components = {
  Avatar: {name: "string!", src: "string|null", shape: '"round"|"box"', variant: '"subtle"|"bold"', size: '"small"|"medium"|"large"'},
  Badge: {...text, color: `${badge}!`},
  Banner: {...text, variant: '"neutral"|"warning"|"error"!', size: '"small"|"large"', title: "string", actions: "list"},
  Button: {label: "string!", variant: '"primary"|"secondary"|"destructive"', onClick: "function!", disabled: "boolean", keyboardHint: "string", icon: "icon"},
  Divider: {},
  Json: {data: "any"},
  Link: {href: "string!", ...content},
  LoadingState: {children: "text"},
  Section: {title: "string!", description: "string", ...content},
  StatusBadge: {color: "string!", ...content},
  TextBlock: {align: '"left"|"center"|"right"', ...content},
  "Typography.Body": {variant: '"standard"|"large"|"strong"|"interactive"', ...content},
  "Typography.Title": {variant: '"extraLarge"|"large"|"standard"|"medium"|"small"|"extraSmall"', ...content},
  "Typography.Caption": content,
  DescriptionList: {title: "string", label: "string", ...content},
  "DescriptionList.Item": {label: "string!", icon: "icon", ...content},
  "DescriptionList.Item.Tag": {label: "string", color: badge, children: "text"},
  "DescriptionList.Menu": content,
  "DescriptionList.Menu.Item": {label: "string!", icon: "icon", variant: '"primary"|"danger"', onSelect: "function", onTrigger: "function"},
  DialogList: {emptyState: "string|object!", ...content},
  "DialogList.Item": {children: "text!", icon: "icon!", actionLabel: "string!", onTrigger: "function!", suffix: "node"},
  Table: {label: "string", ...content},
  "Table.Header": content,
  "Table.HeaderCell": {icon: "icon", children: "text!"},
  "Table.Body": content,
  "Table.Row": content,
  "Table.Cell": content,
  "Table.Cell.Badge": {...text, color: `${badge}!`},
  "Table.Cell.Avatar": {name: "string!", src: "string|null"},
  Widget: content,
  "Widget.Title": content,
  "Widget.Decoration": content,
  "Widget.Loading": {},
  "Widget.Text.Primary": content,
  "Widget.Text.Secondary": content,
  "Widget.TextWidget": {onTrigger: "function", ...content},
  "Widget.Badge": {text: "string", color: "string", ...content},
  Card: {title: "string", ...content},
  "Chart.Bar": {...chart, ...axes, mode: '"grouped"|"stacked"'},
  "Chart.Line": {...chart, ...axes},
  "Chart.Pie": {...chart, data: "list!", format, currency: "string"},
  "Chart.Metric": {...chart, value: "number!", label: "string", color: chartColor, format, currency: "string"},
  "Chart.Loading": {height},
  EmptyState: {title: "string!", description: "string!", ...content},
  Grid: {maxColumns: '1|2|3|4|5|6|"auto"', minColumnWidth: '"small"|"medium"|"large"', gap: spacing, align: '"stretch"|"start"', ...content},
  Stack: {
    direction: '"column"|"row"', gap: spacing, align: '"start"|"center"|"end"|"stretch"',
    justify: '"start"|"center"|"end"|"space-between"', ...content,
  },
  AttioLink: {to: "object!", children: "text"},
  Row: content,
  Column: content,

  // forms
  Form: {children: "node!", onSubmit: "function!"},
  TextInput: {...input, type: '"text"|"email"|"password"|"tel"|"url"', placeholder: "string"},
  TextArea: {...input, placeholder: "string", resizable: "boolean"},
  NumberInput: {...input, placeholder: "string"},
  RichTextInput: {...input, placeholder: "string"},
  Checkbox: input,
  Toggle: input,
  DateTimeInput: {...input, placeholder: "string"},
  PlainDateInput: {...input, placeholder: "string"},
  RadioGroup: {name: "string!", disabled: "boolean", children: "node!"},
  "RadioGroup.Item": {value: "string!", label: "string!"},
  Combobox: {...input, ...options, ...decorated},
  AttioUserCombobox: {...input, placeholder: "string", searchPlaceholder: "string"},
  AttioRecordCombobox: {...input, placeholder: "string", searchPlaceholder: "string", object: "string|list"},
  Collection: {label: "string!", name: "string!", children: "function!"},
  CollectionItem: {label: "string!", children: "node!"},
  SubmitButton: {label: "string!"},
  WithState: {values: "boolean", submitting: "boolean", errors: "boolean", children: "function!"},
  InputGroup: {children: "node!"},
  Fieldset: {legend: "string!", children: "node!"},

  // settings
  "settings Form": {children: "node!"},
  "settings TextInput": {
    ...input, type: '"text"|"email"|"password"|"tel"|"url"', placeholder: "string", multiline: "boolean",
    minLength: "number", maxLength: "number", url: "boolean|object",
  },
  "settings NumberInput": {...input, placeholder: "string", min: "number", max: "number"},
  "settings RichTextInput": {...input, placeholder: "string", minLength: "number", maxLength: "number"},
  "settings Toggle": {...input, description: "string"},
  "settings Button": {
    title: "string!", label: "string!", onClick: "function!", description: "string",
    variant: '"primary"|"secondary"|"secondary-destructive"|"ghost"|"destructive"',
  },
  "settings WithState": {values: "boolean", errors: "boolean", children: "function!"},

  // configurators
  "config TextInput": {...config, maxLength: "number"},
  "config RichTextInput": {...config, ...Object.fromEntries(rich.map((name) => [`disable${name}`, "boolean"]))},
  "config NumberInput": config,
  "config CheckboxInput": config,
  "config TimestampInput": config,
  "config DateInput": config,
  "config PersonalNameInput": config,
  "config ComboboxInput": {...multi, options: "list|object!", searchPlaceholder: "string", disableSearch: "boolean"},
  "config CurrencyInput": {...config, allowedCodes: "string|list"},
  "config DurationInput": {...config, allowNegativeDurations: "boolean"},
  "config EmailAddressInput": multi,
  "config DomainInput": multi,
  "config PhoneNumberInput": multi,
  "config LocationInput": config,
  "config AttioSelectInput": {...multi, objectSlug: "string!", attributeSlug: "string!"},
  "config AttioRecordInput": {...multi, objectSlug: "string|list!"},
  "config AttioActorInput": {...multi, allowedActorTypes: "list!"},
  "config AttioAttributeInput": {...config, entityDefinitionSlug: "string", entityDefinitionId: "string"},
  "config AttioListInput": config,
  "config AttioObjectInput": config,
  "config AttioSequenceInput": multi,
  "config CollectionInput": {
    name: "string!", label: "string", minItems: "number", maxItems: "number", addItemLabel: "string",
    deleteItemTooltip: "string", onChange: "function", children: "function!",
  },
  "config Outcome": {id: "string", slug: "string", label: "string", schema: "object|null!"},

  // host calls
  "showToast()": {
    variant: '"neutral"|"warning"|"error"|"success"!', title: "string!", text: "string", action: "object",
    durationMs: "number", dismissable: "boolean", progress: "number",
  },
  "alert()": {title: "string!", text: "string!", okLabel: "string"},
  "confirm()": {
    title: "string", text: "string", cancelLabel: "string", confirmLabel: "string", confirmIcon: "icon",
    confirmVariant: '"primary"|"secondary"|"secondary-destructive"|"destructive"',
  },
  "showDialog()": {title: "string!", Dialog: "function!"},
  "showIframe()": {width: "string!", height: "string!", onMessage: "function", url: "string", html: "string", initialData: "any"},
}

const isText = (value) =>
  value === null || value === undefined || typeof value !== "object"
    ? typeof value !== "function"
    : Array.isArray(value) && value.every(isText)

const tests = {
  any: () => true,
  node: () => true,
  text: isText,
  null: (value) => value === null,
  list: (value) => Array.isArray(value),
  object: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
  icon: (value) => typeof value === "string",
  function: (value) => typeof value === "function" || (value !== null && typeof value === "object" && value.$$typeof !== undefined),
}

function parse(rule) {
  const required = rule.endsWith("!")
  const words = (required ? rule.slice(0, -1) : rule).split("|")
  return {required, words, icon: words.includes("icon")}
}

// Of the components that were used until now: few apps use many.
const rules = new Map()

function rulesOf(name) {
  if (!rules.has(name) && Object.hasOwn(components, name)) {
    rules.set(name, new Map(Object.entries(components[name]).map(([prop, rule]) => [prop, parse(rule)])))
  }
  return rules.get(name)
}

function fits(word, value) {
  if (word.startsWith('"')) return value === word.slice(1, -1)
  if (/^\d/.test(word)) return value === Number(word)
  return tests[word] ? tests[word](value) : typeof value === word
}

const shown = (value) => (typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : Array.isArray(value) ? "a list" : typeof value)

// The slips in `props` of component `name`: a list of texts.
export function slips(name, props) {
  const known = rulesOf(name)
  if (known === undefined) throw new UnsupportedError(`no props are known for ${name}`)
  const label = /^(settings|config) /.test(name) ? name.slice(name.indexOf(" ") + 1) : name
  const found = []
  for (const [prop, rule] of known) {
    const value = props[prop]
    if (value === undefined) {
      if (rule.required) found.push(`${label} needs the prop "${prop}"`)
    } else if (!rule.words.some((word) => fits(word, value))) {
      found.push(`${label}: "${prop}" is ${shown(value)}, but must be ${rule.words.join(", ")}`)
    } else if (rule.icon && icons.size > 0 && !icons.has(value)) {
      found.push(`${label}: there is no icon ${shown(value)}`)
    }
  }
  for (const prop of Object.keys(props)) {
    if (!known.has(prop) && props[prop] !== undefined) found.push(`${label} has no prop "${prop}"`)
  }
  return found
}
