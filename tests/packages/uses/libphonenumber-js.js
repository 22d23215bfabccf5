import parsePhoneNumber, {AsYouType, isValidPhoneNumber} from "libphonenumber-js"
import parseMax from "libphonenumber-js/max"

export default () => {
  const number = parsePhoneNumber("8 (800) 555-35-35", "RU")
  return [
    number.formatInternational(),
    new AsYouType("US").input("2133734253"),
    isValidPhoneNumber("+12", "US"),
    parseMax("+442079460958").getType(),
  ]
}
