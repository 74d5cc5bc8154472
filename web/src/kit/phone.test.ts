import { expect, it } from 'vitest'
import { phoneText } from './phone'

it('writes mainland numbers without their country code and leaves others alone', () => {
  expect(phoneText('+8613850619201')).toBe('138 5061 9201')
  expect(phoneText('13850619201')).toBe('138 5061 9201')
  expect(phoneText('+862168881234')).toBe('2168881234')
  expect(phoneText('+85223456789')).toBe('+85223456789')
})
