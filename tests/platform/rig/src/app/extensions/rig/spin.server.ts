export default async function spin() {
  await fetch("https://third.example/spinning")
  for (;;);
}
