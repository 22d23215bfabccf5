import {dump, load} from "js-yaml"

export default () => {
  const value = load("a: &x [1, two, true]\nb: *x\nc: |\n  lines\n  more\n")
  return [value, dump({list: [1, {deep: "x: y"}], none: null})]
}
