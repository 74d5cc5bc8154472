// Ant Design's table carries pages, filter menus (with a select and a tree), and for selecting rows
// a menu and radio buttons, that DataTable does without: lists load on as one scrolls, FilterBar
// filters, rows have check boxes. In a build these are left out, about 60 kB. Every Table in the
// sources therefore says `pagination={false}`, has no `filters`, and no `selections` or radio rows.
const NOTHING = '\0kezhi-nothing'
const unused = /(?:^|\/)(?:pagination|FilterDropdown|dropdown|radio)(?:\/index)?(?:\.js)?$/

/** leanTable is the Vite plugin that leaves these parts out. */
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
