import {a} from "x"
export default async () => {
  return `\u{1F600} \x41 \
 \ud83d\ude00 \u{110000} \ud800`
}
