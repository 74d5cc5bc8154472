import { type Browser, expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const drawer = (page: Page) => page.getByRole('dialog')

/** The entry of the open form with exactly these words, its unit aside. */
const entry = (page: Page, field: string) =>
  drawer(page).locator('.ant-form-item', { has: page.locator(`label[title="${field}"], label[title^="${field} ("]`) })

/** Chooses an answer in a list of the open drawer by the words of its entry. */
async function choose(page: Page, field: string, answer: string) {
  await entry(page, field).locator('.ant-select').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: answer }).first().click()
}

interface Deed {
  who: string
  /** What the act's button says; the step's own main button without. */
  says?: string
  /** A question answered with no. */
  no?: string
  /** Answers by the words of their entries: texts are typed, entries of lists chosen. */
  texts?: Record<string, string>
  picks?: Record<string, string>
}

/** Somebody opens the case, does what is next in it and is told that it is done. */
async function does(browser: Browser, address: string, deed: Deed, next: string) {
  const own = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await own.newPage()
  await signIn(page, deed.who)
  await page.goto(demoUrl() + address)
  await settled(page)
  if (deed.says) await page.getByRole('button', { name: deed.says, exact: true }).first().click()
  else await main(page).click()
  await expect(drawer(page)).toBeVisible()
  for (const [field, text] of Object.entries(deed.texts ?? {}))
    await entry(page, field).locator('input, textarea').fill(text)
  for (const [field, entry] of Object.entries(deed.picks ?? {})) await choose(page, field, entry)
  if (deed.no)
    await entry(page, deed.no)
      .locator('.choice label', { hasText: w('form.no') })
      .click()
  await drawer(page).locator('.ant-drawer-title').click() // a list of several stays open until something else is touched
  await submit(page)
  await expect(drawer(page)).toBeHidden()
  await expect(page.locator('main')).toContainText(next)
  await own.close()
}

const main = (page: Page) => page.locator('.acts .ant-btn-primary').first()
const submit = (page: Page) => drawer(page).locator('.form-foot .ant-btn-primary').click()

test('a complaint from the call to the answer: grounds, acceptance on the phone, report, opinions, compensation, letter', async ({
  browser,
  page,
}) => {
  test.setTimeout(360_000)
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
      .locator('.choice label', { hasText: w('form.no') })
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

  const agree = w('procedure.act.do.agree')
  await test.step('the report has six parts, and none may be missing', async () => {
    const assign = { who: 'admin', picks: { 受理部门: '华东' }, texts: { 调查要求: '查明裂纹出在哪一环节。' } }
    await does(browser, address, assign, '调查并填写报告')
    const own = await browser.newContext()
    const desk = await own.newPage()
    await signIn(desk, 'east.manager')
    await desk.goto(demoUrl() + address)
    await settled(desk)
    await main(desk).click()
    await submit(desk)
    await expect(drawer(desk).locator('.ant-form-item-explain-error')).toHaveCount(8)
    await checkPage(desk, 'the report')
    await own.close()
  })

  await test.step('everybody signs in turn, the compensation by who may approve it, and the customer is answered', async () => {
    const parts = ['原因', '经过', '责任者', '结论', '对策', '防范措施']
    const report = {
      texts: Object.fromEntries(parts.map((part) => [part, `${part}：阀体铸造缺陷。`])),
      picks: { 原因归类: '产品' },
      no: '同类问题以前是否发生过',
    }
    const handling = {
      texts: { 处理意见: '同意退货并补偿运费。', '折价或赔偿金额（没有填0）': '800', 所依据的销售业务规定: '第十二条' },
      picks: { 处理方式: '退货' },
    }
    const answer = { texts: { 答复内容: '已为您办理退货，运费由我方承担。' }, picks: { 答复方式: '书面' } }
    const deeds: [Deed, string][] = [
      [{ who: 'east.manager', ...report }, '主管审核报告'],
      [{ who: 'east.manager', says: agree }, '行政人事部意见'],
      [{ who: 'admin', says: agree, texts: { 具体意见: '责任清楚。' } }, '总经理批阅'],
      [{ who: 'director', says: agree }, '形成处理意见'],
      [{ who: 'east.manager', ...handling }, '主管审核处理意见'],
      [{ who: 'east.manager', says: agree }, '审批折价赔偿'],
      [{ who: 'east.manager', says: agree }, '答复客户'],
      [{ who: 'lin', ...answer }, '监督落实'],
      [{ who: 'admin', says: agree }, '已答复结案'],
    ]
    for (const [deed, next] of deeds) await test.step(`${deed.who}: ${next}`, () => does(browser, address, deed, next))
  })

  await test.step('the written answer prints as a letter; the complaint is a fact of the customer', async () => {
    const letter = await page.request.get(`${demoUrl()}/api/v1${address}/forms/answer?format=pdf`)
    expect(letter.status(), await letter.text()).toBe(200)
    const c = await (await page.request.get(`${demoUrl()}/api/v1${address}`)).json()
    expect([c.status, c.good]).toEqual(['ended', true])
    const facts = await page.request.get(`${demoUrl()}/api/v1/customers/${c.customer.id}/facts?kind=complaint`)
    expect((await facts.json()).items.map((f: { id: string }) => f.id)).toContain(c.fact_id)
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
