import {Forms, showToast, useForm} from "attio/client"
import send from "./send.server"

const schema = {amount: Forms.string().minLength(1), note: Forms.string().optional()}

export function OfferDialog({amount}: {amount: string}) {
  const {Form, TextInput, SubmitButton} = useForm(schema, {amount})
  const submit = async (values: {amount?: string; note?: string}) => {
    const sent = await send({amount: values.amount ?? "", note: values.note ?? null})
    await showToast({title: sent.ok ? "Sent" : "Not sent", variant: sent.ok ? "success" : "error"})
  }
  return (
    <Form onSubmit={submit}>
      <TextInput name="amount" label="Amount" />
      <TextInput name="note" label="Note" />
      <SubmitButton label="Send" />
    </Form>
  )
}
