import { expect, it } from 'vitest'
import { checkUscc } from './uscc'

it('knows a right check digit, a wrong one, and what is no code', () => {
  expect(checkUscc('91350100M000100Y43')).toBe('ok')
  expect(checkUscc(' 91350100m000100y43 ')).toBe('ok')
  expect(checkUscc('９1350100M000100Y43')).toBe('ok')
  expect(checkUscc('91350100M000100Y44')).toBe('bad_check')
  expect(checkUscc('91350100I000100Y43')).toBe('malformed')
  expect(checkUscc('9135')).toBe('malformed')
})
