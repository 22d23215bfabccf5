export default async function s( {
