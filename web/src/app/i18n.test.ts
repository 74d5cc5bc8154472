import i18next from 'i18next'
import { afterAll, describe, expect, it } from 'vitest'
import { ApiError, errorText } from '@/api/error'
import { changeLocale, hasWords, withWords } from './i18n'

afterAll(() => changeLocale('zh'))

describe('the words', () => {
  it('come with the code that says them', async () => {
    const load = withWords(['duty'], async () => 'code')
    expect(await load()).toBe('code')
    expect(hasWords('duty')).toBe(true)
  })
  it('of everything loaded follow a change of language, and the sentences of errors with them', async () => {
    const refused = new ApiError(401, 'user.wrong_credentials')
    const zh = errorText(i18next.t, refused)
    await changeLocale('en')
    expect(document.documentElement.lang).toBe('en')
    expect(hasWords('grading') && hasWords('errors')).toBe(true)
    expect(i18next.t('app.area.grading')).toMatch(/^[A-Z]/)
    expect(errorText(i18next.t, refused)).toMatch(/^[A-Z]/)
    expect(errorText(i18next.t, refused)).not.toBe(zh)
  })
  it('are those of the last of several choices', async () => {
    await Promise.all([changeLocale('en'), changeLocale('zh')])
    expect([i18next.language, document.documentElement.lang]).toEqual(['zh', 'zh-CN'])
  })
  it('that do not exist are refused', async () => {
    await expect(withWords(['moon'], async () => 'code')()).rejects.toThrow('moon')
  })
})
