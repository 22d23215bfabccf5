// The page where an admin sets them. There is no button to save: each input saves its own value.
import {Settings} from "attio/client"
import schema from "./schema"

export default Settings.defineWorkspacePage(schema, () => {
  const {Form, Section, TextInput, NumberInput, Toggle} = Settings.useForm(schema)

  return (
    <Form>
      <Section title="Next steps" description="What a new next step begins with">
        <TextInput name="default_step" label="Step" placeholder="Call them" maxLength={80} />
        <NumberInput name="days" label="Days until it is due" min={0} max={365} />
      </Section>
      <Section title="Clearing">
        <Toggle
          name="ask_before_clearing"
          label="Ask first"
          description="Ask before a next step is cleared"
        />
      </Section>
    </Form>
  )
})
