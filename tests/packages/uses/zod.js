import {z} from "zod"

const person = z.object({
  name: z.string().trim().min(2),
  email: z.email(),
  age: z.coerce.number().int().optional(),
})

export default () => [
  person.parse({name: " Ada ", email: "ada@example.com", age: "36"}),
  person.safeParse({name: "A", email: "nobody"}).error.issues.map((one) => [one.path, one.message]),
]
