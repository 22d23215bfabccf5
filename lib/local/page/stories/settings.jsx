import {Settings} from "attio/client"

const types = ["text", "email", "password", "tel", "url"]
const variants = ["primary", "secondary", "secondary-destructive", "ghost", "destructive"]
const string = {type: "string"}
export const schema = {...Object.fromEntries(types.map((type) => [type, string])), about: string, rich: string, seats: {type: "number"}, sync: {type: "boolean"}, plan: string, owner: string, kind: string, agree: {type: "boolean"}}

export function SettingsStory() {
  const form = Settings.useForm({workspace: schema})
  return (
    <form.Form>
      <form.Section title="Texts" description="Saved when they are left">
        <form.InputGroup>{types.map((type) => <form.TextInput key={type} name={type} label={type} type={type} placeholder={type} minLength={2} maxLength={80} />)}</form.InputGroup>
        <form.TextInput name="url" label="Only https" url={{protocol: /https/, message: "Must be a secure address"}} />
        <form.TextInput name="about" label="Several lines" multiline />
        <form.TextInput name="about" label="Disabled" disabled />
        <form.NumberInput name="seats" label="Seats" placeholder="5" min={1} max={50} />
        <form.NumberInput name="seats" label="Seats, disabled" disabled />
        <form.RichTextInput name="rich" label="Signature" placeholder="Regards" minLength={2} maxLength={500} />
        <form.RichTextInput name="rich" label="Signature, disabled" disabled />
      </form.Section>
      <form.Section title="Choices">
        <form.Toggle name="sync" label="Sync contacts" description="Every night at two" />
        <form.Toggle name="sync" label="Toggle, disabled" disabled />
        <form.Checkbox name="agree" label="Notify everybody" />
        <form.Combobox name="plan" label="Plan" options={[{value: "a", label: "Free"}, {value: "b", label: "Team"}]} />
        <form.AttioUserCombobox name="owner" label="Owner" />
        <form.Fieldset legend="Kind"><form.RadioGroup name="kind"><form.RadioGroup.Item value="x" label="First" /><form.RadioGroup.Item value="y" label="Second" /></form.RadioGroup></form.Fieldset>
      </form.Section>
      <form.Section title="Buttons">
        {variants.map((variant) => <form.Button key={variant} title={`A ${variant} button`} description="What it does" label="Run" variant={variant} onClick={() => {}} />)}
      </form.Section>
      <form.WithState values errors>{() => <></>}</form.WithState>
    </form.Form>
  )
}
