import { expect, test } from 'vitest'
import { clockOf, minuteOf } from './clock'

test('times of the day are written and read back', () => {
  expect([0, 59, 60, 510, 1439].map(clockOf)).toEqual(['00:00', '00:59', '01:00', '08:30', '23:59'])
  expect(['00:00', '08:30', '23:59'].map(minuteOf)).toEqual([0, 510, 1439])
  expect(minuteOf('morning')).toBeNaN()
})
