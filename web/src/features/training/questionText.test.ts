import { describe, expect, it } from 'vitest'
import { type QuestionError, readQuestions, writeQuestions } from './questionText'

const text = `客户资料可以发到私人邮箱吗？
- 可以
* 不可以
! 见第四条

哪些属于敏感信息？
* 身份证号
* 银行账号
- 公司名称`

describe('questions as text', () => {
  it('are read with what is right', () => {
    const list = readQuestions(text)
    expect(list.map((q) => [q.many, q.options.length, q.options.filter((o) => o.right).length, q.why])).toEqual([
      [false, 2, 1, '见第四条'],
      [true, 3, 2, ''],
    ])
    expect(list[0]?.options[1]).toEqual({ text: '不可以', right: true })
  })
  it('are written as they were read', () => {
    expect(writeQuestions(readQuestions(text))).toBe(text)
    expect(readQuestions('')).toEqual([])
  })
  it('name the line that cannot be read', () => {
    for (const [wrong, line] of [
      ['* 没有题目', 1],
      ['第一题\n第二题\n* 是', 2],
      ['第一题\n* 是\n- 否\n第二题', 4],
    ] as const) {
      let at = 0
      try {
        readQuestions(wrong)
      } catch (e) {
        at = (e as QuestionError).line
      }
      expect(at).toBe(line)
    }
  })
})
