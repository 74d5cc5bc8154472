import { expect, test } from 'vitest'
import { parseMarkdown, safeHref } from './markdown'

test('what people write becomes blocks', () => {
  const got = parseMarkdown(
    '# 标题\n\n第一行\n第二行\n\n1. 断电\n2. 换电池\n   - 四节\n\n> 注意\n\n| 码 | 意 |\n|---|---|\n| E1 | 缺电 |\n\n```\na < b\n```\n---',
  )
  expect(got.map((b) => b.kind)).toEqual(['heading', 'para', 'list', 'quote', 'table', 'code', 'rule'])
  expect(got[1]).toEqual({ kind: 'para', inner: [{ kind: 'text', text: '第一行\n第二行' }] })
  const list = got[2]
  expect(list?.kind === 'list' && [list.ordered, list.items.length, list.items[1]?.map((b) => b.kind)]).toEqual([
    true,
    2,
    ['para', 'list'],
  ])
  expect(got[4]).toMatchObject({ rows: [[[{ text: 'E1' }], [{ text: '缺电' }]]] })
})

test('bold, code and links, with what is escaped left alone', () => {
  expect(parseMarkdown('**粗** `x*y*` [说明](https://a.example/b) \\*不\\*')).toEqual([
    {
      kind: 'para',
      inner: [
        { kind: 'strong', inner: [{ kind: 'text', text: '粗' }] },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'x*y*' },
        { kind: 'text', text: ' ' },
        { kind: 'link', href: 'https://a.example/b', inner: [{ kind: 'text', text: '说明' }] },
        { kind: 'text', text: ' *不*' },
      ],
    },
  ])
})

test('nothing that runs becomes a link, and HTML stays text', () => {
  for (const href of ['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', 'vbscript:x', '//evil.example'])
    expect(safeHref(href)).toBeUndefined()
  expect(parseMarkdown('[x](javascript:alert(1)) <img src=x onerror=alert(1)>')).toEqual([
    { kind: 'para', inner: [{ kind: 'text', text: '[x](javascript:alert(1)) <img src=x onerror=alert(1)>' }] },
  ])
})

test('deep nesting and odd ends do not hang or throw', () => {
  for (const text of [`${'> '.repeat(200)}x`, `${'- '.repeat(300)}x`, '```', '|\n|', '**', '[a](', '*'.repeat(2000)])
    expect(Array.isArray(parseMarkdown(text))).toBe(true)
})
