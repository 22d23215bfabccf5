import slugify, {slugifyWithCounter} from "@sindresorhus/slugify"

export default () => {
  const count = slugifyWithCounter()
  return [slugify("Déjà Vu & Größe fooBar"), count("a b"), count("a b")]
}
