import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const phone = '139 1234 5678'
const story = '送来的阀门漏水，请尽快处理。'

/** Chooses an answer in a list of the form by the words of its entry. */
async function choose(page: Page, field: string, answer: string) {
  await page.locator('.ant-form-item', { hasText: field }).first().locator('.ant-select').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: answer }).first().click()
}

/** Somebody does the next thing in a case, by the API: that the screens do it too is another journey's to show. */
async function act(page: Page, login: string, id: string, body: object) {
  await signIn(page, login)
  const answer = await page.request.post(`${demoUrl()}/api/v1/cases/${id}/acts`, { data: body })
  expect(answer.status(), `${login}: ${await answer.text()}`).toBe(200)
}

/** Asks for the progress of a matter. */
async function follow(page: Page, number: string, by = phone) {
  await page.goto(`${demoUrl()}/public`)
  await settled(page)
  await page.getByLabel(w('public.follow.number')).fill(number)
  await page.getByLabel(w('public.follow.phone')).fill(by)
  await page.getByRole('button', { name: w('public.follow.do') }).click()
}

test('a customer without an account complains on the phone, the desk answers, the customer rates', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage()
  const desk = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage()
  let number = ''
  let id = ''

  await test.step('the customer files a complaint with a picture and is given a number', async () => {
    await page.goto(`${demoUrl()}/sign-in`)
    await page.getByRole('link', { name: w('session.public') }).click()
    await settled(page)
    await checkPage(page, 'the public page')
    await page.locator('.matters a', { hasText: '客户投诉处理' }).click()
    await settled(page)
    await checkPage(page, 'the form on the public page')
    await page.getByRole('button', { name: w('public.send') }).click()
    await expect(page.locator('.ant-form-item-explain-error').first()).toBeVisible()
    await page.getByLabel(w('public.phone')).fill('12')
    await page.getByLabel('客户名称').fill('城东五金店')
    await choose(page, '客户要求', '批评或建议')
    await choose(page, '客户类型', '终端消费者')
    await choose(page, '投诉内容', '服务态度')
    await page.getByLabel('投诉经过').fill(story)
    for (const no of await page.locator('.choice label', { hasText: w('form.no') }).all()) await no.click()
    await page.locator('input[type=file]').setInputFiles({
      name: '阀门.png',
      mimeType: 'image/png',
      buffer: Buffer.from('\x89PNG\r\n\x1a\npicture', 'latin1'),
    })
    await page.getByRole('button', { name: w('public.send') }).click()
    await expect(page.locator('.ant-form-item-explain-error')).toHaveCount(1) // the phone is none
    await page.getByLabel(w('public.phone')).fill(phone)
    await page.getByRole('button', { name: w('public.send') }).click()
    number = (await page.locator('.receipt-number b').innerText()).trim()
    expect(number).toMatch(/^TS-\d{4}-\d+$/)
    await checkPage(page, 'the receipt')
  })

  await test.step('a wrong phone finds nothing', async () => {
    await follow(page, number, '13900000000')
    await expect(page.locator('.fault')).toContainText('没有找到')
  })

  await test.step('the desk finds it in the inbox with the phone', async () => {
    await signIn(desk, 'lin')
    await desk.goto(`${demoUrl()}/cases`)
    await settled(desk)
    const found = await desk.request.get(`${demoUrl()}/api/v1/cases?q=${number}`)
    id = (await found.json()).items[0].id
    await desk.locator(`a[href="/cases/${id}"]`).first().click()
    await expect(desk.getByRole('heading', { level: 1 })).toContainText(story.slice(0, 8))
    await settled(desk)
    await expect(desk.locator('body')).toContainText('139 1234 5678')
    await expect(desk.locator('body')).toContainText('阀门.png')
    await checkPage(desk, 'the case from the public page')
  })

  await test.step('the customer adds something; the desk is told', async () => {
    await follow(page, number)
    await page.getByLabel(w('public.add.text')).fill('今天又漏了一次。')
    await page.getByRole('button', { name: w('public.add.do'), exact: true }).click()
    await expect(page.locator('.added')).toContainText('今天又漏了一次。')
    await checkPage(page, 'the matter on the public page')
    await desk.goto(`${demoUrl()}/cases`)
    await settled(desk)
    await expect(desk.locator('body')).toContainText(w('procedure.notices.code.added'))
  })

  await test.step('it is answered', async () => {
    await act(desk, 'lin', id, { act: 'fill', answers: { holds: 'yes', reason: '属实。' } })
    await act(desk, 'east.manager', id, { act: 'decide', decision: 'agree', reason: '受理。' })
    await act(desk, 'lin', id, { act: 'fill', answers: { opinion: '已更换密封圈。' } })
    await act(desk, 'lin', id, { act: 'answer', answers: { manner: 'written', text: '已为您更换密封圈，敬请放心。' } })
    await act(desk, 'admin', id, { act: 'decide', decision: 'agree', reason: '已落实。' })
  })

  await test.step('the customer reads the answer and rates it; the case shows the rating', async () => {
    await follow(page, number)
    await expect(page.locator('.said-line')).toContainText('已为您更换密封圈')
    await page.locator('.marks').getByText(w('public.rate.mark.4'), { exact: true }).click()
    await page.getByLabel(w('public.rate.remark')).fill('处理很快')
    await page.getByRole('button', { name: w('public.rate.do') }).click()
    await expect(page.getByRole('button', { name: w('public.rate.correct') })).toBeVisible()
    await checkPage(page, 'the rated matter')
    await signIn(desk, 'lin')
    await desk.goto(`${demoUrl()}/cases/${id}`)
    await settled(desk)
    await expect(desk.locator('.timeline')).toContainText('4 / 5')
    await expect(desk.locator('body')).toContainText('处理很快')
  })

  await test.step('in English and in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${demoUrl()}/public`)
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('public.title', {}, 'en'))
    await settled(page)
    await checkPage(page, 'the public page in English')
  })
})
