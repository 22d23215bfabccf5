import * as yup from "yup"

const schema = yup.object({
  site: yup.string().url().required(),
  size: yup.number().positive().default(3),
})

export default async () => [
  await schema.validate({site: "https://example.com"}),
  await schema.validate({site: "no", size: -1}, {abortEarly: false}).catch((error) => error.errors),
]
