import { expect, it } from 'vitest'
import { isCall } from './calls'
import type { Duty } from './duties'

const duty = (activity: string, of_grade: boolean) => ({ activity, of_grade }) as Duty

it('a call is logged with one customer, never with a whole grade', () => {
  expect(isCall(duty('call', false))).toBe(true)
  expect(isCall(duty('call', true))).toBe(false)
  expect(isCall(duty('visit', false))).toBe(false)
})
