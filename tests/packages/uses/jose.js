import {SignJWT, decodeProtectedHeader, jwtVerify} from "jose"

const key = new TextEncoder().encode("a secret of thirty-two characters")

export default async () => {
  const token = await new SignJWT({role: "admin"})
    .setProtectedHeader({alg: "HS256"})
    .setIssuedAt(1700000000)
    .sign(key)
  const {payload} = await jwtVerify(token, key)
  const bad = await jwtVerify(`${token.slice(0, -4)}AAAA`, key).catch((error) => error.code)
  return [token, payload, decodeProtectedHeader(token), bad]
}
