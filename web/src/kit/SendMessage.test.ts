import { expect, test } from 'vitest'
import { asked } from './SendMessage'

const channelOf = (id: string) => (id === 't1' ? ('sms' as const) : undefined)

test('a template says its channel and its words', () => {
  expect(asked({ template_id: 't1', channel: 'mail', purpose: 'notice', body: 'typed before' }, channelOf)).toEqual({
    channel: 'sms',
    template_id: 't1',
    contact_id: undefined,
    language: undefined,
  })
  expect(asked({ template_id: 'gone', channel: 'mail', purpose: 'notice' }, channelOf)).toBeUndefined()
})

test('without a template nothing is asked before the words are there', () => {
  expect(asked(undefined, channelOf)).toBeUndefined()
  expect(asked({ channel: 'mail', purpose: 'offer', body: 'x' }, channelOf)).toBeUndefined()
  expect(asked({ channel: 'sms', purpose: 'offer', body: ' ' }, channelOf)).toBeUndefined()
  expect(
    asked({ channel: 'mail', purpose: 'offer', subject: 's', body: 'x', contact_id: '7' }, channelOf),
  ).toMatchObject({
    channel: 'mail',
    subject: 's',
    contact_id: '7',
  })
})
