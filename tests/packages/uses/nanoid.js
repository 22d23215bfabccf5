import {customAlphabet, nanoid, urlAlphabet} from "nanoid"
import {customAlphabet as insecure} from "nanoid/non-secure"

export default () => [
  nanoid().length,
  [...nanoid(100)].every((letter) => urlAlphabet.includes(letter)),
  customAlphabet("a", 5)(),
  insecure("b", 3)(),
]
