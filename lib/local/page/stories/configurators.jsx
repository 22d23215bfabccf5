import {Workflows} from "attio/client"
import {Workflows as Root} from "attio"

const C = Root.ConfigSchema
const O = Workflows.OutcomeSchema
const plans = [{value: "free", label: "Free"}, {value: "team", label: "Team"}]
const step = (fields) => ({type: "step", title: "Story", description: "A block", configSchema: C.struct(fields)})

const leaves = {
  text: C.string(), rich: C.richText().optional(), count: C.number(), yes: C.boolean(), at: C.timestamp(), day: C.date(), name: C.personalName(), kind: C.string(), many: C.array(C.string()), price: C.currency(),
  wait: C.duration(), mail: C.emailAddress(), mails: C.array(C.emailAddress()), domain: C.domain(), domains: C.array(C.domain()), phone: C.phoneNumber(), phones: C.array(C.phoneNumber()), where: C.location(),
}
const noop = () => {}
const all = (name, label, rest) => ({name, label, help: "What it is for", tooltip: `The ${label}`, placeholder: label, onChange: noop, ...rest})
const rich = ["Links", "Lists", "Quotes", "H1", "H2", "H3", "Bold", "Italic", "Underline", "Strikethrough"]
const without = Object.fromEntries(rich.map((tool) => [`disable${tool}`, true]))

function Values() {
  const f = Workflows.useConfigurator(C.struct(leaves), {text: "Hello", count: 3})
  return (
    <>
      <f.TextInput {...all("text", "Text")} maxLength={80} />
      <f.TextInput {...all("text", "Text without variables")} disableVariables />
      <f.RichTextInput {...all("rich", "Rich text")} />
      <f.RichTextInput {...all("rich", "Rich text, no tools")} {...without} disableVariables />
      {["NumberInput:count", "CheckboxInput:yes", "TimestampInput:at", "DateInput:day", "PersonalNameInput:name"].map((word) => {
        const [type, name] = word.split(":")
        const Input = f[type]
        return <Input key={word} {...all(name, type)} disableVariables />
      })}
      <f.ComboboxInput {...all("kind", "Combobox")} options={plans} searchPlaceholder="Find a plan" disableSearch disableVariables />
      <f.ComboboxInput {...all("many", "Several")} options={plans} multi />
      <f.CurrencyInput {...all("price", "Currency")} allowedCodes={["EUR", "USD"]} disableVariables />
      <f.DurationInput {...all("wait", "Duration")} allowNegativeDurations disableVariables />
    </>
  )
}

function Contacts() {
  const f = Workflows.useConfigurator(C.struct(leaves), {})
  return (
    <>
      {["EmailAddressInput:mail", "DomainInput:domain", "PhoneNumberInput:phone"].map((word) => {
        const [type, name] = word.split(":")
        const Input = f[type]
        return <React.Fragment key={word}><Input {...all(name, type)} disableVariables /><Input {...all(`${name}s`, `${type}, several`)} multi /></React.Fragment>
      })}
      <f.LocationInput {...all("where", "Location")} disableVariables={false} />
      <f.Outcome id="found" label="Found" schema={O.struct({name: O.string(), count: O.number().optional()})} />
      <f.Outcome slug="missing" label="Missing" schema={null} />
    </>
  )
}

const places = {select: C.attioSelect(), selects: C.array(C.attioSelect()), record: C.attioRecord(), records: C.array(C.attioRecord()), actor: C.attioActor(), actors: C.array(C.attioActor()), attribute: C.attioAttribute(), list: C.attioList(), object: C.attioObject(), sequence: C.attioSequence(), sequences: C.array(C.attioSequence())}

function Places() {
  const f = Workflows.useConfigurator(C.struct(places), {})
  return (
    <>
      <f.AttioSelectInput {...all("select", "Select")} objectSlug="deals" attributeSlug="stage" disableVariables />
      <f.AttioSelectInput {...all("selects", "Selects")} objectSlug="deals" attributeSlug="stage" multi />
      <f.AttioRecordInput {...all("record", "Record")} objectSlug="people" disableVariables />
      <f.AttioRecordInput {...all("records", "Records")} objectSlug={["people", "companies"]} multi />
      <f.AttioActorInput {...all("actor", "Actor")} allowedActorTypes={["workspace-member"]} disableVariables />
      <f.AttioActorInput {...all("actors", "Actors")} allowedActorTypes={["workspace-member", "workflow"]} multi />
      <f.AttioAttributeInput {...all("attribute", "Attribute")} entityDefinitionSlug="people" disableVariables />
      <f.AttioAttributeInput {...all("attribute", "Attribute by id")} entityDefinitionId="people" disableVariables />
      <f.AttioListInput {...all("list", "List")} disableVariables />
      <f.AttioObjectInput {...all("object", "Object")} disableVariables />
      <f.AttioSequenceInput {...all("sequence", "Sequence")} disableVariables />
      <f.AttioSequenceInput {...all("sequences", "Sequences")} multi />
    </>
  )
}

function Items() {
  const f = Workflows.useConfigurator(C.struct({rows: C.array(C.struct({key: C.string(), value: C.string().optional()}))}), {rows: [{key: "tier", value: "gold"}]})
  return (
    <f.CollectionInput name="rows" label="Fields" minItems={1} maxItems={5} addItemLabel="Add a field" deleteItemTooltip="Remove the field" onChange={noop}>
      {(path) => <><f.TextInput name={`${path}.key`} label="Field" /><f.TextInput name={`${path}.value`} label="Value" /></>}
    </f.CollectionInput>
  )
}

const story = (component, fields, Story) => ({component, kind: "workflow-block", block: step(fields), Story})

export const blocks = [
  story("Configurator: values", leaves, Values),
  story("Configurator: contacts and outcomes", leaves, Contacts),
  story("Configurator: Attio's own", places, Places),
  story("Configurator: collection", {rows: C.array(C.struct({key: C.string(), value: C.string().optional()}))}, Items),
]
