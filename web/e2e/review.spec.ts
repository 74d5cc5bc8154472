import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const book = 'dealer-annual-grading'
/** The machine may be busy with other tests. */
const slow = { timeout: 60_000 }
const panel = (page: Page) => page.locator('.record-panel')

/** Opens the form of a customer beside the list: the list may still be drawn anew when it is clicked. */
async function openForm(page: Page, customer?: string) {
  const link = page.locator('.review-link', customer ? { hasText: customer } : {}).first()
  await expect(async () => {
    if (!(await panel(page).isVisible())) await link.click({ timeout: 5_000 })
    await expect(panel(page).locator('.review-item').first()).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 60_000 })
}

/** Whoever's turn it is finds the case of a customer in the inbox and agrees. */
async function signs(page: Page, customer: string) {
  await page.goto(`${demoUrl()}/cases`)
  await settled(page)
  await page
    .locator('.ant-table-row')
    .filter({ hasText: customer })
    .filter({ hasText: /销售经理申报|营销总监审核|总经理批准/ })
    .locator('a[href*="/cases/"]')
    .first()
    .click()
  await page
    .getByRole('button', { name: w('procedure.act.do.agree'), exact: true })
    .first()
    .click()
  await page.getByRole('dialog').locator('.form-foot .ant-btn-primary').click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

interface Review {
  id: string
  state: string
  today: string
}

const api = async (page: Page, path: string) => (await page.request.get(`${demoUrl()}/api/v1${path}`)).json()

/** Opens a campaign that may be closed today and waits until its customers are listed. */
async function openCampaign(page: Page): Promise<string> {
  const list: { items: Review[] } = await api(page, '/reviews?limit=50')
  for (const r of list.items.filter((x) => x.state === 'rating' || x.state === 'meeting'))
    await page.request.post(`${demoUrl()}/api/v1/reviews/${r.id}/withdraw`, { data: { reason: 'browser test' } })
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const answer = await page.request.post(`${demoUrl()}/api/v1/reviews`, {
    data: { rulebook: book, rate_by: today, closes_on: today, effective_on: today },
  })
  expect(answer.status(), await answer.text()).toBe(202)
  const { review_id } = (await answer.json()) as { review_id: string }
  await expect
    .poll(async () => ((await api(page, `/reviews/${review_id}`)) as Review).state, { timeout: 60_000 })
    .toBe('rating')
  return review_id
}

test('a region rates, the director decides otherwise with a reason, and both stay side by side', async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000)
  await signIn(page, 'director')
  const id = await openCampaign(page)
  const region = await (await browser.newContext()).newPage()
  await signIn(region, 'east.manager')
  let customer = ''

  await test.step('the region fills in the form; what is missing is said at its item', async () => {
    await region.goto(`${demoUrl()}/grading/reviews/${id}?tab=rate`)
    await settled(region)
    await openForm(region)
    await panel(region)
      .getByRole('button', { name: w('review.form.submit'), exact: true })
      .click()
    await expect(panel(region).locator('.review-wrong')).toHaveCount(2)
    customer = await panel(region).locator('h2').innerText()
    await panel(region).locator('.ant-select').first().click()
    await region.getByTitle('不符合', { exact: true }).click()
    await expect(panel(region).locator('.ant-select').first()).toContainText('不符合')
    await panel(region).locator('.judge-input input, input.judge-input').last().fill('8')
    for (const reason of await panel(region).getByPlaceholder(w('review.form.reason')).all())
      await reason.fill('合作稳定')
    await checkPage(region)
    await panel(region)
      .getByRole('button', { name: w('review.form.submit'), exact: true })
      .click()
    await expect.poll(async () => (await api(page, `/reviews/${id}/lines?state=rated`)).total, slow).toBe(1)
  })

  await test.step('the director begins the meeting and decides on the grade', async () => {
    await page.goto(`${demoUrl()}/grading/reviews/${id}`)
    await settled(page)
    await checkPage(page)
    await page.getByRole('button', { name: w('review.meet.do'), exact: true }).click()
    await page
      .locator('.ant-drawer')
      .getByRole('button', { name: w('review.meet.do'), exact: true })
      .click()
    await expect.poll(async () => ((await api(page, `/reviews/${id}`)) as Review).state, slow).toBe('meeting')
    await page.goto(`${demoUrl()}/grading/reviews/${id}?tab=meeting&state=rated`)
    await settled(page)
    await openForm(page, customer)
    await panel(page).locator('.ant-select').last().click()
    await page.getByTitle('未达级', { exact: true }).last().click()
    await expect(panel(page).locator('.ant-select').last()).toContainText('未达级')
    await panel(page).getByPlaceholder(w('review.meet.reason')).fill('窜货被查实')
    await panel(page)
      .getByRole('button', { name: w('review.meet.change'), exact: true })
      .click()
    await expect.poll(async () => (await api(page, `/reviews/${id}/lines?differs=true`)).total, slow).toBe(1)
  })

  await test.step('both versions stay, with who said what', async () => {
    await page.goto(`${demoUrl()}/grading/reviews/${id}?tab=meeting&differs=1`)
    await settled(page)
    await openForm(page, customer)
    await expect(panel(page).locator('.review-version')).toHaveCount(2)
    await expect(panel(page).locator('.review-version').last()).toContainText('窜货被查实')
    await checkPage(page)
    const link = panel(page).getByRole('link', { name: `${w('review.forms.assessment')} ${w('review.forms.pdf')}` })
    const print = await page.request.get(`${demoUrl()}${await link.getAttribute('href')}`)
    expect(print.headers()['content-type']).toBe('application/pdf')
    expect((await print.body()).subarray(0, 4).toString()).toBe('%PDF')
  })

  await test.step('an A is signed for through the case in the inbox, by one after the other', async () => {
    const lines: { items: { customer_id: string; name: string }[] } = await api(page, `/reviews/${id}/lines?state=met`)
    const line = lines.items[0]
    const said = await page.request.post(`${demoUrl()}/api/v1/reviews/${id}/lines/${line?.customer_id}/meeting`, {
      data: { values: [], grade: 'A', reason: '战略伙伴' },
    })
    expect(said.status(), await said.text()).toBe(200)
    const approval = async () => (await api(page, `/reviews/${id}/lines/${line?.customer_id}`)).approval
    expect(await approval()).toBe('waiting')
    for (const who of [region, page, page]) await signs(who, line?.name ?? '')
    await expect.poll(approval, slow).toBe('approved')
  })

  await test.step('closing names who was not rated, and grades without signatures stand in its way', async () => {
    await page.goto(`${demoUrl()}/grading/reviews/${id}`)
    await settled(page)
    await page.getByRole('button', { name: w('review.close.do'), exact: true }).click()
    const drawer = page.locator('.ant-drawer')
    await expect(drawer.locator('.review-planned li').first()).toBeVisible()
    await drawer.getByRole('checkbox').check()
    await drawer.getByRole('button', { name: w('review.close.do'), exact: true }).click()
    await expect(drawer.getByRole('alert')).toContainText('A')
    await page.request.post(`${demoUrl()}/api/v1/reviews/${id}/withdraw`, { data: { reason: 'browser test' } })
  })
})

test('the director draws a sample, and notes a finding that is then corrected', async ({ page }) => {
  test.setTimeout(120_000)
  await signIn(page, 'director')
  const form = page.locator('.ant-drawer')
  let item = { customer_id: '', name: '' }

  await test.step('a sample is drawn and kept with its seed', async () => {
    await page.goto(`${demoUrl()}/grading/checks`)
    await settled(page)
    await page
      .getByRole('button', { name: w('review.check.draw'), exact: true })
      .first()
      .click()
    await form.getByLabel(w('review.check.size')).fill('5')
    await form.getByRole('button', { name: w('review.check.draw'), exact: true }).click()
    await page.waitForURL(/\/grading\/checks\/\d+/, slow)
    await settled(page)
    await checkPage(page)
  })

  await test.step('a finding needs what is to be done and by when', async () => {
    const id = page.url().match(/checks\/(\d+)/)?.[1] ?? ''
    const check = (await api(page, `/spot-checks/${id}`)) as { items: (typeof item)[] }
    item = check.items[0] ?? item
    const row = page.getByRole('row', { name: item.name })
    await row.getByRole('button', { name: w('review.check.find'), exact: true }).click()
    await form.locator('.ant-select').first().click()
    await page.getByTitle(w('review.check.state.finding'), { exact: true }).last().click()
    await form.getByLabel(w('review.check.finding')).fill('没有走访记录')
    await form.getByLabel(w('review.check.correction')).fill('补走访并补记录')
    await form.locator('input[type="date"], .ant-picker input').first().fill('2030-01-15')
    await form.locator('button.ant-btn-primary').click()
    await expect(row).toContainText('没有走访记录', slow)
    const done = await page.request.put(`${demoUrl()}/api/v1/spot-checks/${id}/customers/${item.customer_id}`, {
      data: { state: 'corrected', done_note: '已补走访' },
      headers: { 'If-Match': '"2"' },
    })
    expect(done.status(), await done.text()).toBe(200)
    await page.reload()
    await settled(page)
    await expect(page.getByRole('row', { name: item.name })).toContainText(w('review.check.state.corrected'))
  })
})
