import equal from "fast-deep-equal"
import equalEs6 from "fast-deep-equal/es6/index.js"

export default () => [
  equal({a: [1, {b: 2}]}, {a: [1, {b: 2}]}),
  equal({a: NaN}, {a: 1}),
  equalEs6(new Map([["a", 1]]), new Map([["a", 2]])),
]
