import Papa from "papaparse"

export default () => [
  Papa.parse('name,size\n"Ada, L.",3\nBob,', {header: true, dynamicTyping: true}).data,
  Papa.unparse([{a: 'x"y', b: 1}, {a: "z", b: null}]),
]
