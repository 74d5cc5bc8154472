import { describe, expect, it } from 'vitest'
import { type Line, type Preview, stepOf } from './data'
import {
  applyProfile,
  arrange,
  attrName,
  badCells,
  existing,
  mappingOf,
  missing,
  samples,
  sourceOf,
  unusedColumns,
} from './mapping'

const preview: Preview = {
  format: 'csv',
  encoding: 'utf-8',
  sheets: [],
  header: ['InvoiceNo', 'CustomerID', 'Country', 'Note'],
  rows: [['1', '17850', 'UK', ''], null, ['2', '17850', 'France', ''], ['3', '13047', 'UK', ' ']],
  read: [],
  mapping: { document: 'InvoiceNo', customer: 'CustomerID' },
  warnings: [],
}
const field = (name: string, required = false) => ({ name, required, label_zh: name, label_en: name })
const line = (problems: Line['problems']): Line => ({ line: 2, outcome: 'refused', cells: [], problems, fixed: false })

describe('mapping', () => {
  it('tells columns, constants and nothing apart', () => {
    expect(sourceOf('=GBP')).toEqual({ kind: 'constant', text: 'GBP' })
    expect(sourceOf('=')).toEqual({ kind: 'constant', text: '' })
    expect(sourceOf('InvoiceNo')).toEqual({ kind: 'column', header: 'InvoiceNo' })
    expect(sourceOf('')).toEqual({ kind: 'none' })
  })
  it('lets a choice win over a guess, also the choice to leave a field out', () => {
    expect(mappingOf({ mapping: { document: '' } }, preview)).toEqual({ document: '', customer: 'CustomerID' })
  })
  it('takes over a profile as a whole, but for how the file at hand is stored', () => {
    const now = {
      mapping: { document: 'a' },
      create_customers: true,
      cancel_prefix: 'C',
      encoding: 'gb18030',
      header_row: 3,
    }
    expect(applyProfile(now, { mapping: { document: 'b' }, date_order: 'day_first', header_row: 2 })).toEqual({
      mapping: { document: 'b' },
      cancel_prefix: '',
      create_customers: false,
      allow_same_name: false,
      mode: '',
      date_order: 'day_first',
      decimal_comma: false,
      sheet: undefined,
      encoding: 'gb18030',
      header_row: 2,
    })
  })
  it('shows different values, without blanks and rows that could not be read', () => {
    expect(samples(preview, 'Country')).toEqual(['UK', 'France'])
    expect(samples(preview, 'Note')).toEqual([])
    expect(samples(preview, 'gone')).toEqual([])
  })
  it('finds columns nobody takes', () => {
    expect(unusedColumns(preview, preview.mapping)).toEqual(['Country', 'Note'])
    expect(attrName(' Country ')).toBe('attr.country')
  })
  it('accepts quantity and price instead of an amount', () => {
    const fields = [field('customer', true), field('date', true), field('amount')]
    expect(missing(fields, { customer: 'a' }, true)).toEqual(['date', 'amount'])
    expect(missing(fields, { customer: 'a', date: 'b', quantity: 'c', price: 'd' }, true)).toEqual([])
    expect(missing(fields, { customer: 'a', date: 'b' }, false)).toEqual([])
  })
  it('keeps fields in their order, unused ones apart', () => {
    const [first, rest] = arrange([field('a'), field('b', true), field('c')], { c: 'x' })
    expect([first.map((f) => f.name), rest.map((f) => f.name)]).toEqual([['b', 'c'], ['a']])
  })
  it('marks the cell by its header, or by the field where the problem names no header', () => {
    const l = line([
      { path: 'date', code: 'sheet.date_wrong', args: { header: 'Country' } },
      { path: 'customer', code: 'importer.unknown_customer' },
      { path: 'amount', code: 'importer.no_amount' },
    ])
    expect([...badCells(l, preview.header, preview.mapping)]).toEqual([2, 1])
  })
  it('names the record that is there already', () => {
    expect(
      existing(line([{ path: 'name', code: 'importer.name_exists', args: { code: 'K1', name: '禾田' } }])),
    ).toEqual({
      code: 'K1',
      name: '禾田',
    })
    expect(existing(line([{ path: 'code', code: 'importer.unknown_customer', args: { code: 'K1' } }]))).toBeUndefined()
  })
})

describe('the step', () => {
  it('is the one that is due, whatever the URL asks for', () => {
    expect(stepOf('uploaded', 'check')).toBe('map')
    expect(stepOf('running', 'map')).toBe('result')
    expect(stepOf('checking', 'map')).toBe('check')
  })
  it('can go back while nothing was imported', () => {
    expect(stepOf('checked')).toBe('check')
    expect(stepOf('checked', 'map')).toBe('map')
    expect(stepOf('failed', 'map')).toBe('map')
    expect(stepOf('done', 'map')).toBe('result')
  })
})
