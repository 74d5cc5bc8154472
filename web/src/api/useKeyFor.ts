import { useRef } from 'react'
import { newKey } from './client'

/**
 * useKeyFor gives the idempotency key of a request as its header: the same one while the same is sent again, so that what went through
 * unseen is not done twice, and a fresh one for anything else. After `done` the same content is something new.
 */
export function useKeyFor(): [keyFor: (body: unknown) => { 'Idempotency-Key': string }, done: () => void] {
  const last = useRef({ text: '', key: '' })
  const keyFor = (body: unknown) => {
    const text = JSON.stringify(body)
    if (last.current.text !== text) last.current = { text, key: newKey() }
    return { 'Idempotency-Key': last.current.key }
  }
  const done = () => {
    last.current = { text: '', key: '' }
  }
  return [keyFor, done]
}
