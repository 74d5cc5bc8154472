import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const drawer = (page: Page) => page.getByRole('dialog')

/** Chooses an answer in a list of the open drawer by the words of its entry. */
async function choose(page: Page, field: string, answer: string) {
  await drawer(page).locator('.ant-form-item', { hasText: field }).first().locator('.ant-select').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: answer }).first().click()
}

const main = (page: Page) => page.locator('.acts .ant-btn-primary').first()
const submit = (page: Page) => drawer(page).locator('.form-foot .ant-btn-primary').click()

test('a complaint comes in by phone, the store confirms the grounds, the supervisor accepts it on the phone', async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000)
  const story = '到货的阀门有裂纹，客户要求退货。'
  await signIn(page, 'lin')
  await page.goto(`${demoUrl()}/customers`)
  await settled(page)
  const customer = (await page.locator('a.link').first().innerText()).trim()
  let address = ''

  await test.step('the form says beside its entries what is missing', async () => {
    await page.goto(`${demoUrl()}/cases?start=complaint-handling%2Fcomplaint`)
    await settled(page)
    await drawer(page).locator('#customer_id').fill(customer)
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await choose(page, w('procedure.channel'), w('procedure.channels.phone'))
    await choose(page, '客户要求', '退货')
    await choose(page, '客户类型', '代理商')
    await choose(page, '投诉内容', '产品质量')
    await drawer(page).getByLabel('投诉经过').fill(story)
    for (const no of await drawer(page)
      .locator('.choice label', { hasText: w('procedure.no') })
      .all())
      await no.click()
    await submit(page)
    await expect(drawer(page).locator('.ant-form-item-explain-error')).toHaveCount(1)
    await checkPage(page, 'the form of the complaint')
    await drawer(page).getByLabel('联系电话').fill('13800001234')
    await submit(page)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(story.slice(0, 6))
    address = new URL(page.url()).pathname
  })

  await test.step('the store confirms the grounds; every clock is shown', async () => {
    await settled(page)
    await expect(page.locator('.clocks li')).toHaveCount(2)
    await main(page).click()
    await choose(page, '理由是否成立', '成立')
    for (const empty of await drawer(page).locator('textarea').all()) await empty.fill('开箱照片与送货单相符。')
    await submit(page)
    await expect(drawer(page)).toBeHidden()
    await expect(page.locator('.tasks')).toContainText('裁定是否受理')
    await checkPage(page, 'the case')
  })

  await test.step('the supervisor finds it in the inbox of the phone and agrees in two taps', async () => {
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await signIn(phone, 'east.manager')
    await phone.goto(`${demoUrl()}/cases`)
    await settled(phone)
    await checkPage(phone, 'the inbox on the phone')
    await phone.goto(demoUrl() + address)
    await settled(phone)
    await phone.getByRole('button', { name: w('procedure.act.do.agree'), exact: true }).click()
    await submit(phone)
    await expect(drawer(phone)).toBeHidden()
    await expect(phone.locator('.tasks')).toContainText('确定受理部门')
  })

  await test.step('the history says who did what; the record card prints', async () => {
    await page.reload()
    await settled(page)
    await expect(page.locator('.timeline')).toContainText('裁定是否受理')
    const card = await page.request.get(`${demoUrl()}/api/v1${address}/forms/start?format=pdf`)
    expect(card.status()).toBe(200)
    expect((await card.body()).subarray(0, 5).toString()).toBe('%PDF-')
  })
})
