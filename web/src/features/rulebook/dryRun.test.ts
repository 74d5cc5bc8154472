import { expect, it } from 'vitest'
import type { FlowDefinition } from '@/kit/flowGraph'
import { type Answer, walk } from './dryRun'

const word = (s: string) => ({ zh: s, en: s })
const days = (n: number) => ({ deadline: { within: { days: n } } })
const def: FlowDefinition = {
  key: 'p',
  title: word('p'),
  kind: 'approval',
  number: 'P-{seq}',
  start: { by: [] },
  forms: [],
  steps: [
    { key: 'soothe', title: word('soothe'), do: 'fill', skip: 'case.class != "serious"', ...days(1) },
    { key: 'grounds', title: word('grounds'), do: 'fill', ...days(2) },
    {
      key: 'accept',
      title: word('accept'),
      do: 'decide',
      rejected: 'grounds',
      next: [
        { when: 'case.class == "minor"', to: 'simple' },
        { when: 'grounds.holds == "no"', to: 'declined' },
        { to: 'both' },
      ],
    },
    { key: 'both', title: word('both'), do: '', together: ['legal', 'money'] },
    { key: 'legal', title: word('legal'), do: 'decide', ...days(3) },
    { key: 'money', title: word('money'), do: 'decide', ...days(5), next: [] },
    { key: 'answer', title: word('answer'), do: 'answer', next: [{ to: 'answered' }] },
    { key: 'simple', title: word('simple'), do: 'fill', next: [{ to: 'answer' }] },
  ],
  ends: [
    { key: 'answered', title: word('answered'), good: true },
    { key: 'declined', title: word('declined'), good: false },
  ],
}

it('asks whether a step is left out, and then which way is taken', () => {
  expect(walk(def, []).question).toEqual({ step: 'soothe', kind: 'skip', when: 'case.class != "serious"' })
  const q = walk(def, [{ step: 'soothe', skip: true }]).question
  expect(q?.step).toBe('accept')
  expect(q?.kind === 'way' && q.ways.map((w) => w.way.to)).toEqual(['simple', 'declined', 'both', 'grounds'])
})

it('does not ask what an earlier answer decides', () => {
  // Serious, therefore not minor.
  const w = walk(def, [{ step: 'soothe', skip: false }])
  expect(w.question?.kind === 'way' && w.question.ways.map((x) => x.way.to)).toEqual(['declined', 'both', 'grounds'])
})

it('adds up limits, of steps open at once the longest', () => {
  const done = walk(def, [
    { step: 'soothe', skip: false },
    { step: 'accept', way: 2 },
  ])
  expect(done.visits.map((v) => v.step)).toEqual(['soothe', 'grounds', 'accept', 'both', 'answer'])
  expect(done.end).toBe('answered')
  expect(done.spent).toEqual({ days: 8, working: 0, hours: 0 })
})

it('asks anew when a step is done again, and stops going in circles', () => {
  const again: Answer[] = [
    { step: 'soothe', skip: false },
    { step: 'accept', way: 3 },
  ]
  const w = walk(def, again)
  expect(w.visits.map((v) => v.step)).toEqual(['soothe', 'grounds', 'accept', 'grounds', 'accept'])
  expect(w.question?.step).toBe('accept')
  const round = walk(def, [
    { step: 'soothe', skip: false },
    ...Array.from({ length: 99 }, (): Answer => ({ step: 'accept', way: 3 })),
  ])
  expect(round.endless).toBe(true)
})
