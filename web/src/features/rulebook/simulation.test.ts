import { describe, expect, it } from 'vitest'
import { cellKey, changes, codesOf, readSimulation } from './simulation'

const result = {
  version: '1.1.0',
  as_of: '2026-11-22',
  in_scope: 100,
  graded: 97,
  without_verdict: 3,
  changed: 9,
  cells: [
    { from: 'A', to: 'A', direction: 0, count: 80, customers: [] },
    {
      from: 'B',
      to: 'A',
      direction: 1,
      count: 4,
      customers: [
        {
          id: '1',
          code: 'C1',
          name: '甲',
          score: '151',
          reason: '',
          reasons: [{ what: 'band', title: { zh: '线', en: 'Line' }, before: { zh: '150', en: '150' }, after: {} }],
        },
      ],
    },
    { from: 'A', to: 'B', direction: -1, count: 3, customers: [] },
    { from: 'B', to: '', direction: 0, count: 2, customers: [] },
  ],
  duties_change: 12,
  hours_change: -3.5,
  effort_changes: [{ role: 'owner', owner_id: '7', owner_name: '林', duties_change: 12, hours_change: -3.5 }],
}

describe('a simulation', () => {
  it('is read from the result of its job', () => {
    const s = readSimulation(result)
    expect(s).toMatchObject({ version: '1.1.0', asOf: '2026-11-22', inScope: 100 })
    expect(s?.schemes).toHaveLength(1)
    expect(s?.schemes[0]).toMatchObject({ withoutVerdict: 3, changed: 9 })
    expect(s?.schemes[0].cells[1]?.customers).toEqual([
      {
        id: '1',
        code: 'C1',
        name: '甲',
        score: '151',
        reason: '',
        reasons: [{ title: { zh: '线', en: 'Line' }, before: { zh: '150', en: '150' }, after: { zh: '', en: '' } }],
      },
    ])
    expect(s).toMatchObject({ duties: 12, hours: -3.5 })
    expect(s?.efforts).toEqual([{ role: 'owner', owner: '林', duties: 12, hours: -3.5 }])
  })
  it('has the moves of every scheme where there are several', () => {
    const other = { scheme: 'value', changed: 2, cells: [{ from: 'high', to: 'low', direction: -1, count: 2 }] }
    const s = readSimulation({ ...result, scheme: 'size', schemes: [{ scheme: 'size', cells: result.cells }, other] })
    expect(s?.schemes.map((m) => m.scheme)).toEqual(['size', 'value'])
    expect(changes(s?.schemes[1]?.cells ?? [])).toEqual({ up: 0, down: 2, other: 0 })
    expect(codesOf(s?.schemes[0].cells ?? [])).toEqual(['A', 'B'])
  })
  it('is nothing when the job has another result or none yet', () => {
    expect(readSimulation(undefined)).toBeUndefined()
    expect(readSimulation({ rows: 3 })).toBeUndefined()
    expect(readSimulation([1])).toBeUndefined()
  })
  it('counts who would rise, fall and leave, but not who stays', () => {
    expect(changes(readSimulation(result)?.schemes[0].cells ?? [])).toEqual({ up: 4, down: 3, other: 2 })
  })
  it('names a cell for the URL, the empty code included', () => {
    expect(cellKey({ from: 'B', to: '' })).toBe('B>')
  })
})
