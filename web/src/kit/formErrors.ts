/** fieldName turns the JSON path of a refused field (`contacts[0].phone`, `/name`, `body.name`) into an antd field name. */
export function fieldName(path: string): (string | number)[] {
  return path
    .replace(/^\$?\.?/, '')
    .replace(/^body\./, '')
    .split(/[./[\]]/)
    .filter((s) => s !== '')
    .map((s) => (/^\d+$/.test(s) ? Number(s) : s))
}
