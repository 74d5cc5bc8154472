// Ant Design runs with zeroRuntime: its style sheet is static and holds every component (1 MB).
// This keeps the rules of the components that the sources import, and of those they are made of.
// As a Vite plugin it serves the module `virtual:antd.css`; as a program it prints the sizes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import postcss from 'postcss'

const ID = 'virtual:antd.css'

/** Style prefixes (after `.ant-`) that a component needs besides its own name in kebab case. */
const needs = {
  App: ['app', 'message', 'modal', 'btn'],
  AutoComplete: ['select', 'auto-complete', 'input', 'empty'],
  Button: ['btn', 'wave'],
  Cascader: ['cascader', 'select', 'checkbox', 'empty'],
  Checkbox: ['checkbox', 'wave'],
  DatePicker: ['picker', 'btn', 'tag'],
  Drawer: ['drawer', 'skeleton'],
  Dropdown: ['dropdown'],
  Form: ['form', 'row', 'col'],
  Input: ['input', 'btn'],
  InputNumber: ['input-number', 'input'],
  Menu: ['menu', 'tooltip'],
  Modal: ['modal', 'btn', 'skeleton'],
  Popconfirm: ['popconfirm', 'popover', 'btn'],
  Radio: ['radio', 'wave'],
  Select: ['select', 'empty'],
  Table: ['table', 'spin', 'checkbox', 'empty'],
  Pagination: ['pagination', 'select', 'input'],
  Upload: ['upload', 'progress', 'tooltip'],
  Transfer: ['transfer', 'list', 'checkbox', 'input', 'pagination'],
  Tabs: ['tabs', 'dropdown'],
  TreeSelect: ['select', 'tree', 'empty'],
  Typography: ['typography'],
}

/** Hooks and providers of antd that own no style. */
const styleless = new Set(['ConfigProvider', 'theme', 'Grid', 'version', 'message', 'notification'])

/** Components whose name begins with another component's. */
const compound = ['input-number', 'color-picker', 'float-btn', 'auto-complete', 'tree-select', 'image-preview']

/** Motions and the variables of the theme belong to all components. */
const shared = /^\.ant-(?:motion|zoom|fade|slide|move|css|scroll|wave)(?![a-z])/

/** Right-to-left script, the unused palette, and the columns of a grid that the product does not use. */
const useless =
  /-rtl\b|\.ant-btn-color-(?!default|primary|dangerous|link)|\.ant-tag-(?!default|close|check)[a-z]+|\.ant-col-(?:xs|sm|md|lg|xl|xxl|xxxl|push|pull|offset|order)-|-compact-(?:item|first|last|vertical)|-underlined\b|\.ant-btn-group/

const kebab = (name) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()

/** sources lists the TypeScript files below dir. */
function sources(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !/\.test\.tsx?$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
}

/** imported returns the sorted names of the antd components that the sources below dir import as values. */
export function imported(dir) {
  const names = new Set()
  for (const file of sources(dir)) {
    for (const [, list] of readFileSync(file, 'utf8').matchAll(/import\s*{([^}]*)}\s*from\s*'antd'/g)) {
      for (const part of list.split(',')) {
        const name = part.trim().split(/\s+as\s+/)[0]
        if (name && !name.startsWith('type ')) names.add(name)
      }
    }
  }
  return [...names].filter((n) => !styleless.has(n)).sort()
}

/** subset returns the part of antd's style sheet for the given components. */
export function subset(root, components) {
  const prefixes = [...new Set(components.flatMap((c) => needs[c] ?? [kebab(c)]))]
  const foreign = compound.filter((c) => !prefixes.includes(c))
  const own = new RegExp(`^\\.ant-(?!(?:${foreign.join('|')})(?![a-z]))(?:${prefixes.join('|')})(?![a-z])`)
  const css = postcss.parse(readFileSync(join(root, 'node_modules/antd/dist/antd.css'), 'utf8'))
  css.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return
    const kept = rule.selectors.filter((s) => !useless.test(s.replace(/:not\([^)]*\)/g, '')) && belongs(s, own))
    if (kept.length === 0) rule.remove()
    else rule.selectors = kept
  })
  css.walkAtRules((at) => {
    if (at.nodes?.length === 0) at.remove()
  })
  return css.toString()
}

/** belongs tells whether the first component class of a selector is one that is kept; bare selectors are. */
function belongs(selector, own) {
  const first = selector.match(/\.ant-[a-z-]+/)?.[0]
  return first === undefined || own.test(first) || shared.test(first)
}

/** antdCss is the Vite plugin that serves the subset. */
export function antdCss(root) {
  return {
    name: 'kezhi-antd-css',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined
      const names = imported(join(root, 'src'))
      const missing = unstyled(root, names)
      if (missing.length > 0)
        this.error(`no style found for ${missing.join(', ')}: name what they need in scripts/antd-css.mjs`)
      return subset(root, names)
    },
  }
}

/** unstyled lists the components for which antd's style sheet has no rule under the expected prefixes. */
function unstyled(root, names) {
  const css = readFileSync(join(root, 'node_modules/antd/dist/antd.css'), 'utf8')
  return names.filter((n) => !(needs[n] ?? [kebab(n)]).some((prefix) => css.includes(`.ant-${prefix}`)))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.cwd()
  const names = imported(join(root, 'src'))
  const css = subset(root, names)
  process.stdout.write(`${names.join(' ')}\n${css.length} bytes, ${gzipSync(css, { level: 9 }).length} gzip\n`)
}
