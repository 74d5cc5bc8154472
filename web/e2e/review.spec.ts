import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const book = 'dealer-annual-grading'
const panel = (page: Page) => page.locator('.record-panel')

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
    await region.locator('.review-link').first().click()
    await panel(region)
      .getByRole('button', { name: w('review.form.submit'), exact: true })
      .click()
    await expect(panel(region).locator('.review-wrong')).toHaveCount(2)
    customer = await panel(region).locator('h2').innerText()
    await panel(region).locator('.ant-select').first().click()
    await region.getByTitle('不符合', { exact: true }).click()
    await panel(region).locator('.judge-input input, input.judge-input').last().fill('8')
    for (const reason of await panel(region).getByPlaceholder(w('review.form.reason')).all())
      await reason.fill('合作稳定')
    await checkPage(region)
    await panel(region)
      .getByRole('button', { name: w('review.form.submit'), exact: true })
      .click()
    await expect.poll(async () => (await api(page, `/reviews/${id}/lines?state=rated`)).total).toBe(1)
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
    await expect.poll(async () => ((await api(page, `/reviews/${id}`)) as Review).state).toBe('meeting')
    await page.goto(`${demoUrl()}/grading/reviews/${id}?tab=meeting&state=rated`)
    await settled(page)
    await page.locator('.review-link', { hasText: customer }).click()
    await panel(page).locator('.ant-select').last().click()
    await page.getByTitle('未达级', { exact: true }).last().click()
    await panel(page).getByPlaceholder(w('review.meet.reason')).fill('窜货被查实')
    await panel(page)
      .getByRole('button', { name: w('review.meet.change'), exact: true })
      .click()
    await expect.poll(async () => (await api(page, `/reviews/${id}/lines?differs=true`)).total).toBe(1)
  })

  await test.step('both versions stay, with who said what', async () => {
    await page.goto(`${demoUrl()}/grading/reviews/${id}?tab=meeting&differs=1`)
    await settled(page)
    await page.locator('.review-link', { hasText: customer }).click()
    await expect(panel(page).locator('.review-version')).toHaveCount(2)
    await expect(panel(page).locator('.review-version').last()).toContainText('窜货被查实')
    await checkPage(page)
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
