import {Forms, useForm} from "attio/client"

const nothing = () => {}
const plans = [
  {value: "free", label: "Free", description: "For one", color: "#30a46c", categoryLabel: "Small"},
  {value: "team", label: "Team", description: "For ten", color: "#407ff2", categoryLabel: "Small", keywords: ["group"]},
  {value: "firm", label: "Firm", description: "For all", color: "#8a5cf6", categoryLabel: "Large"},
]
const provider = {search: async (query) => plans.filter(({label}) => label.toLowerCase().includes(query)), getOption: async (value) => plans.find((plan) => plan.value === value)}
const types = ["text", "email", "password", "tel", "url"]

function Texts() {
  const form = useForm({...Object.fromEntries(types.map((type) => [type, Forms.string().optional()])), name: Forms.string(), notes: Forms.string().multiline(), small: Forms.string().optional(), count: Forms.number(), rich: Forms.string().optional()}, {name: "Ada", notes: "Two\nlines", count: 3, small: ""})
  return (
    <form.Form onSubmit={nothing}>
      {types.map((type) => <form.TextInput key={type} name={type} label={`Text of type ${type}`} type={type} placeholder={type} />)}
      <form.TextInput name="name" label="Disabled" disabled />
      <form.TextArea name="notes" label="Area" placeholder="Notes" resizable />
      <form.TextArea name="small" label="Area of one size" placeholder="Notes" resizable={false} disabled />
      <form.NumberInput name="count" label="Number" placeholder="0" />
      <form.NumberInput name="count" label="Number, disabled" disabled />
      <form.RichTextInput name="rich" label="Rich text" placeholder="Write" />
      <form.RichTextInput name="rich" label="Rich text, disabled" disabled />
      <form.SubmitButton label="Save" />
    </form.Form>
  )
}

function Choices() {
  const form = useForm(
    {plan: Forms.string(), found: Forms.string().optional(), several: Forms.array(Forms.string()), owner: Forms.string().optional(), record: Forms.attioRecord().optional(), agree: Forms.boolean(), loud: Forms.boolean(), when: Forms.dateTime().optional(), day: Forms.plainDate().optional(), kind: Forms.string()},
    {plan: "team", several: ["free", "firm"], kind: "b", agree: true, loud: true, day: "2026-03-04", when: new Date("2026-03-04T09:30:00Z")},
  )
  return (
    <form.Form onSubmit={nothing}>
      <form.Combobox name="plan" label="Combobox" options={plans} placeholder="Choose a plan" searchPlaceholder="Find a plan" decorated />
      <form.Combobox name="found" label="Combobox with a provider" options={provider} placeholder={{label: "Any plan"}} __experimental_decorated />
      <form.Combobox name="several" label="Several" options={plans} />
      <form.Combobox name="plan" label="Disabled" options={plans} disabled />
      <form.AttioUserCombobox name="owner" label="User" placeholder="Nobody" searchPlaceholder="Find somebody" />
      <form.AttioUserCombobox name="owner" label="User, disabled" disabled />
      <form.AttioRecordCombobox name="record" label="Record" object="people" placeholder="No record" searchPlaceholder="Find a record" />
      <form.AttioRecordCombobox name="record" label="Record, disabled" object={["people", "companies"]} disabled />
      <form.InputGroup>
        <form.Checkbox name="agree" label="Checkbox" />
        <form.Checkbox name="agree" label="Checkbox, disabled" disabled />
        <form.Toggle name="loud" label="Toggle" />
        <form.Toggle name="loud" label="Toggle, disabled" disabled />
      </form.InputGroup>
      <form.InputGroup>
        <form.DateTimeInput name="when" label="Date and time" placeholder="When" />
        <form.DateTimeInput name="when" label="Disabled" disabled />
        <form.PlainDateInput name="day" label="Date" placeholder="Day" />
        <form.PlainDateInput name="day" label="Disabled" disabled />
      </form.InputGroup>
      <form.Fieldset legend="One of these">
        <form.RadioGroup name="kind">
          <form.RadioGroup.Item value="a" label="First" />
          <form.RadioGroup.Item value="b" label="Second" />
        </form.RadioGroup>
      </form.Fieldset>
      <form.Fieldset legend="Fixed">
        <form.RadioGroup name="kind" disabled><form.RadioGroup.Item value="b" label="Second" /></form.RadioGroup>
      </form.Fieldset>
      <form.SubmitButton label="Save" />
    </form.Form>
  )
}

function Lists() {
  const form = useForm({addresses: Forms.array({street: Forms.string(), city: Forms.string().optional()})}, {addresses: [{street: "St James's Square 12"}, {}]})
  return (
    <form.Form onSubmit={nothing}>
      <form.Collection name="addresses" label="Address">
        {({path, index}) => (
          <form.CollectionItem label={`Address ${index + 1}`}>
            <form.InputGroup><form.TextInput name={`${path}.street`} label="Street" /><form.TextInput name={`${path}.city`} label="City" /></form.InputGroup>
          </form.CollectionItem>
        )}
      </form.Collection>
      <form.WithState values submitting errors>{({values}) => <form.SubmitButton label={`Save ${values.addresses.length} addresses`} />}</form.WithState>
    </form.Form>
  )
}

// Sent once, so that it shows what is wrong.
function Wrong() {
  const form = useForm({email: Forms.string(), site: Forms.string().url(), plan: Forms.string(), seats: Forms.number().min(1)}, {email: "", site: "nowhere", seats: 0})
  React.useEffect(() => form.submit(), [])
  return (
    <form.Form onSubmit={nothing}>
      <form.TextInput name="email" label="E-mail" />
      <form.TextInput name="site" label="Site" />
      <form.Combobox name="plan" label="Plan" options={plans} />
      <form.NumberInput name="seats" label="Seats" />
      <form.SubmitButton label="Send" />
    </form.Form>
  )
}

function Sending() {
  const form = useForm({name: Forms.string()}, {name: "Ada"})
  React.useEffect(() => form.submit(), [])
  return <form.Form onSubmit={() => new Promise(nothing)}><form.TextInput name="name" label="Name" /><form.SubmitButton label="Sending" /></form.Form>
}

export const forms = [
  {component: "Text inputs", Story: () => <Texts />},
  {component: "Choices and dates", Story: () => <Choices />},
  {component: "Collection", Story: () => <Lists />},
  {component: "Form", about: "what is wrong is said beside it", Story: () => <Wrong />},
  {component: "Form", about: "while it is sent", Story: () => <Sending />},
]
