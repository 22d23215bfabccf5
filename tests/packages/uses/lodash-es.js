import {camelCase, merge, partition, uniqBy} from "lodash-es"
import isEqual from "lodash-es/isEqual.js"

export default () => [
  camelCase("lead score_v2"),
  merge({a: {b: 1}}, {a: {c: 2}}),
  partition([1, 2, 3, 4], (n) => n % 2),
  uniqBy([{id: 1}, {id: 1}, {id: 2}], "id"),
  isEqual(new Map([[1, {a: 1}]]), new Map([[1, {a: 1}]])),
]
