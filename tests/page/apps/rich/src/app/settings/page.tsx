import {Settings} from "attio/client"
import schema from "./schema"

export default Settings.defineWorkspacePage(schema, () => {
  const {Form, Section, TextInput, NumberInput, Toggle} = Settings.useForm(schema)
  return (
    <Form>
      <Section title="New issues" description="What a new issue begins with">
        <TextInput name="queue" label="Queue" minLength={3} />
        <NumberInput name="limit" label="Limit" min={1} max={9} />
        <Toggle name="copy_me" label="Copy me" description="Whoever logs it follows it" />
      </Section>
    </Form>
  )
})
