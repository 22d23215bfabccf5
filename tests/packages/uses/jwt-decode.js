import {InvalidTokenError, jwtDecode} from "jwt-decode"

const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiLDpGRhIiwiZXhwIjoxfQ."

function refusal() {
  try {
    return jwtDecode("nothing")
  } catch (error) {
    return [error instanceof InvalidTokenError, error.message]
  }
}

export default () => [jwtDecode(token), jwtDecode(token, {header: true}), refusal()]
