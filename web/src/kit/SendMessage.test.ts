import { expect, test } from 'vitest'
import { asked } from './SendMessage'

test('a template says its words; by which channel is left to the server', () => {
  expect(asked({ template_id: 't1', channel: 'mail', purpose: 'notice', body: 'typed before' })).toEqual({
    template_id: 't1',
    contact_id: undefined,
    language: undefined,
  })
})

test('without a template nothing is asked before the words are there', () => {
  expect(asked(undefined)).toBeUndefined()
  expect(asked({ channel: 'mail', purpose: 'offer', body: 'x' })).toBeUndefined()
  expect(asked({ channel: 'sms', purpose: 'offer', body: ' ' })).toBeUndefined()
  expect(asked({ channel: 'mail', purpose: 'offer', subject: 's', body: 'x', contact_id: '7' })).toMatchObject({
    channel: 'mail',
    subject: 's',
    contact_id: '7',
  })
})
