import {Settings} from "attio/client"
import schema from "./schema"

export default Settings.defineWorkspacePage(schema, () => {
  const {Form, Section, TextInput, Toggle} = Settings.useForm(schema)
  return (
    <Form>
      <Section title="New tickets" description="What a new ticket begins with">
        <TextInput name="queue" label="Queue" />
        <Toggle name="copy_me" label="Copy me" description="The person who opens it follows it" />
      </Section>
    </Form>
  )
})
