import { describe, expect, it } from 'vitest'
import { jobFile, resultPath } from './JobItem'
import type { Job } from './jobs'

const job = (j: Partial<Job>): Job => ({
  id: '1',
  kind: 'import.run',
  state: 'done',
  done: 1,
  total: 1,
  cancel_requested: false,
  result: null,
  error_code: '',
  error_args: {},
  created_at: '2026-01-05T08:00:00Z',
  finished_at: null,
  ...j,
})

describe('the outcome of a job', () => {
  it('is where its kind is shown', () => {
    expect(resultPath(job({ result: { import_id: '9', file: 'a.csv' } }))).toBe('/imports/9')
    expect(resultPath(job({ kind: 'grading.run', result: { run_id: '7' } }))).toBe('/grading?tab=overview&run=7')
  })
  it('is nowhere while the job runs, failed, or told nothing', () => {
    expect(resultPath(job({ state: 'running', result: { import_id: '9' } }))).toBeUndefined()
    expect(resultPath(job({ state: 'failed', result: { import_id: '9' } }))).toBeUndefined()
    expect(resultPath(job({}))).toBeUndefined()
    expect(resultPath(job({ kind: 'duty.daily', result: { missed: 3 } }))).toBeUndefined()
  })
  it('names the file, if there is one', () => {
    expect(jobFile(job({ result: { file: 'a.csv' } }))).toBe('a.csv')
    expect(jobFile(job({ result: { missed: 3 } }))).toBeUndefined()
  })
})
