import type { Schemas } from '@/api/client'

type Question = Schemas['TrainingQuestionBody']

/** A line of questions that cannot be read. */
export class QuestionError extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`)
  }
}

/**
 * readQuestions reads questions as they are typed or pasted: a line with the question, then its options, each after "*" (right) or "-"
 * (wrong), then, after "!", why. An empty line may stand between questions. More than one "*" makes a question of several answers.
 */
export function readQuestions(text: string): Question[] {
  const out: Question[] = []
  text.split('\n').forEach((raw, i) => {
    const line = raw.trim()
    if (!line) return
    const mark = line[0]
    const rest = line.slice(1).trim()
    const q = out.at(-1)
    if (mark === '*' || mark === '-') {
      if (!q) throw new QuestionError(i + 1)
      q.options.push({ text: rest, right: mark === '*' })
      q.many = q.options.filter((o) => o.right).length > 1
    } else if (mark === '!' || mark === '！') {
      if (!q) throw new QuestionError(i + 1)
      q.why = rest
    } else if (q && q.options.length === 0) throw new QuestionError(i + 1)
    else out.push({ text: line, many: false, options: [], why: '' })
  })
  if (out.at(-1)?.options.length === 0) throw new QuestionError(text.split('\n').length)
  return out
}

/** writeQuestions is the reverse of readQuestions. */
export function writeQuestions(list: Question[]): string {
  return list
    .map((q) =>
      [q.text, ...q.options.map((o) => `${o.right ? '*' : '-'} ${o.text}`), ...(q.why ? [`! ${q.why}`] : [])].join(
        '\n',
      ),
    )
    .join('\n\n')
}
