import ms from "ms"

export default () => [ms("2 days"), ms(90000), ms(90000, {long: true})]
