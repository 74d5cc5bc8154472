import { describe, expect, it } from 'vitest'
import { caseText, partOf, titleIn } from './carried'

describe('a part of a rulebook', () => {
  it('is named by its own title in the language of the page', () => {
    const c = {
      kind: 'settings',
      ref: 'settings.visit',
      text: 'value: P1M\nassumed: true\nclause: "4.3"\ntitle: {zh: 拜访间隔, en: Interval of visits}',
      line: 7,
    }
    expect(partOf(c, 'en')).toEqual({
      kind: 'settings',
      title: 'Interval of visits',
      lines: ['value: P1M'],
      assumed: true,
      line: 7,
    })
    expect(partOf(c, 'zh').title).toBe('拜访间隔')
  })
  it('is named by its grade, else by its place, and is not assumed unless it says so', () => {
    const row = { kind: 'grades', ref: 'grades.table.strategic', text: 'code: strategic\nwhen: {a: b}', line: 3 }
    expect(partOf(row, 'zh', (c) => (c === 'strategic' ? '战略客户' : undefined))).toMatchObject({
      title: '战略客户',
      assumed: false,
      lines: ['when: {a: b}'],
    })
    expect(partOf(row, 'zh').title).toBe('table.strategic')
  })
  it('that is itself a pair of words, as a role, is named by them', () => {
    const role = { kind: 'roles', ref: 'roles.x', text: 'zh: 公司领导\nen: Leadership\naliases: [总经理]', line: 3 }
    expect(partOf(role, 'en')).toMatchObject({ title: 'Leadership', lines: ['aliases: [总经理]'] })
  })
  it('shows the words of one language only', () => {
    const j = {
      kind: 'judgements',
      ref: 'judgements.x',
      text: 'values: {"yes": {zh: 有, en: has}, "no": {zh: 无, en: none}}',
      line: 3,
    }
    expect(partOf(j, 'zh').lines).toEqual(['values: {"yes": 有, "no": 无}'])
  })
  it('reads titles in quotes and with aliases after them', () => {
    expect(titleIn('title: {zh: "甲, 乙", en: "A, B"}')).toEqual({ zh: '甲, 乙', en: 'A, B' })
    expect(titleIn('x: {zh: 经理, en: Manager, aliases: [业务经理]}')).toEqual({ zh: '经理', en: 'Manager' })
    expect(titleIn('value: 3')).toBeUndefined()
  })
})

describe('the text of a worked example', () => {
  const file =
    '# note\n- case: {zh: 一, en: one}\n  as_of: 2026-01-01\n  expect: {grade: A}\n- case: {zh: 二, en: two}\n  # why\n  expect:\n    grade: B\n'
  it('ends where the next one begins and leaves its name out', () => {
    expect(caseText(file, 2)).toBe('as_of: 2026-01-01\nexpect: {grade: A}')
  })
  it('goes to the end of the file for the last one, without comments', () => {
    expect(caseText(file, 5)).toBe('expect:\n  grade: B')
  })
})
