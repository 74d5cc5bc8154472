import { expect, test } from 'vitest'
import { bytes } from './bytes'

test('sizes are short and keep their unit', () => {
  expect([0, 1023, 1024, 1536, 12_900_000, 200 * 2 ** 20, 2 ** 30, 5 * 2 ** 40, 2 ** 52].map(bytes)).toEqual([
    '0 B',
    '1023 B',
    '1.0 KB',
    '1.5 KB',
    '12.3 MB',
    '200 MB',
    '1.0 GB',
    '5.0 TB',
    '4096 TB',
  ])
})
