// Ant Design's table carries pages and filter menus (with a select and a tree) that DataTable does
// without: lists load on as one scrolls, and FilterBar filters. In a build these two are left out,
// about 40 kB. Every Table in the sources therefore says `pagination={false}` and has no `filters`.
const NOTHING = '\0kezhi-nothing'
const unused = /(?:^|\/)(?:pagination|FilterDropdown)(?:\/index)?(?:\.js)?$/

/** leanTable is the Vite plugin that leaves the two parts out. */
export function leanTable() {
  return {
    name: 'kezhi-lean-table',
    enforce: 'pre',
    resolveId: (source, importer) =>
      importer && /antd\/es\/table\//.test(importer) && unused.test(source) ? NOTHING : undefined,
    load: (id) =>
      id === NOTHING
        ? 'export default function Nothing() { return null }\nexport const flattenKeys = () => []\n'
        : undefined,
  }
}
