import CryptoJS from "crypto-js"
import sha1 from "crypto-js/sha1.js"

export default () => {
  const key = CryptoJS.enc.Utf8.parse("0123456789abcdef")
  const secret = CryptoJS.AES.encrypt("text", key, {iv: key}).toString()
  return [
    ...[String(CryptoJS.HmacSHA256("a", "b")), String(sha1("a")), secret],
    CryptoJS.AES.decrypt(secret, key, {iv: key}).toString(CryptoJS.enc.Utf8),
    CryptoJS.lib.WordArray.random(16).sigBytes,
  ]
}
