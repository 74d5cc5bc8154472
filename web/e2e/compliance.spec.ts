import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const book = 'dealer-annual-grading'

interface Tally {
  due: number
  missed: number
}
interface Cross {
  total: Tally
  lines: { key: string; tally: Tally; cells: { column: string; tally: Tally }[] }[]
}

const api = async (page: Page, path: string) => {
  const answer = await page.request.get(`${demoUrl()}/api/v1${path}`)
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200)
  return answer
}

test('a director’s compliance review: from a figure to its evidence and to the paper', async ({ page }, info) => {
  test.setTimeout(240_000)
  await signIn(page, 'director')
  const year = new Date().getFullYear()
  const days = `from=${year}-01-01&to=${year}-12-31`
  const by = async (query: string) =>
    (await (await api(page, `/rulebooks/${book}/comply/by?${days}&${query}`)).json()) as Cross
  const cross = await by('by=department&across=clause')
  const line = cross.lines.find((l) => l.cells.some((c) => c.tally.due > 0))
  const cell = line?.cells.find((c) => c.tally.due > 0)
  expect(cell, 'the demo has duties').toBeTruthy()

  await test.step('the page lays departments and clauses across each other', async () => {
    await page.goto(`${demoUrl()}/rulebooks/${book}?tab=compliance&by=department&across=clause&shown=due`)
    await settled(page)
    await expect(page.locator('.comply-cross tbody tr').first()).toBeVisible()
    await checkPage(page, 'compliance by department and clause')
    await page.screenshot({ path: info.outputPath('cross.png'), fullPage: true })
  })

  await test.step('months are a trend', async () => {
    await page
      .getByRole('navigation', { name: w('rulebook.by.by') })
      .getByRole('button', { name: w('rulebook.by.of.month') })
      .click()
    await settled(page)
    await expect(page.locator('.comply-cross tbody tr')).toHaveCount(12)
    await page.goto(`${demoUrl()}/rulebooks/${book}?tab=compliance&by=month`)
    await settled(page)
    await checkPage(page, 'compliance by month')
    await page.screenshot({ path: info.outputPath('trend.png'), fullPage: true })
  })

  await test.step('a number opens the list behind it, of the same length', async () => {
    await page.goto(`${demoUrl()}/rulebooks/${book}?tab=compliance&by=department&across=clause&shown=due`)
    await settled(page)
    await page.locator('.comply-cross tbody td a').first().click()
    await page.waitForURL(/\/service\?/)
    await settled(page)
    const count = await api(
      page,
      `/duties?rulebook=${book}&${days}&as_due=true&due_unit=${line?.key}&clause=${cell?.column}&limit=200`,
    )
    const { items } = (await count.json()) as { items: unknown[] }
    expect(items.length).toBe(Math.min(cell?.tally.due ?? 0, 200))
    await checkPage(page, 'the list behind a number')
  })

  await test.step('a kept duty shows its evidence', async () => {
    const answer = await api(page, `/duties?rulebook=${book}&${days}&as_due=true&state=kept&limit=1`)
    const { items } = (await answer.json()) as { items: { id: string; customer: { id: string } }[] }
    expect(items.length, 'the demo has kept duties').toBe(1)
    await page.goto(`${demoUrl()}/service?tab=every&whose=all&open=${items[0]?.id}`)
    await settled(page)
    await expect(page.locator('.record-panel').getByRole('heading', { name: w('duty.evidence') })).toBeVisible()
    await expect(page.locator('.record-panel .evidence li').first()).toBeVisible()
    await page.screenshot({ path: info.outputPath('evidence.png') })
    const file = await api(page, `/rulebooks/${book}/comply/by/export?${days}&by=department&across=clause`)
    expect((await file.body()).subarray(0, 2).toString()).toBe('PK')

    await page.goto(`${demoUrl()}/customers/${items[0]?.customer.id}/service?year=${year}`)
    await settled(page)
    await checkPage(page, 'the statement of service')
    await page.screenshot({ path: info.outputPath('statement.png'), fullPage: true })
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: w('statement.issue') }).click()
    expect((await download).suggestedFilename()).toContain('SVC-')
    await expect(page.getByText('SVC-').first()).toBeVisible()
  })

  await test.step('the same for a department', async () => {
    await page.goto(`${demoUrl()}/service/rendered?year=${year}`)
    await settled(page)
    await expect(page.locator('table tbody tr').first()).toBeVisible()
    await checkPage(page, 'service by department')
    await page.screenshot({ path: info.outputPath('department.png'), fullPage: true })
  })

  await test.step('the same in English, in the dark and on the phone', async () => {
    await signIn(page, 'director', { locale: 'en', theme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    for (const [name, path] of [
      ['cross', `/rulebooks/${book}?tab=compliance&by=department&across=clause`],
      ['lines', `/rulebooks/${book}?tab=compliance&by=manager`],
      ['department', `/service/rendered?year=${year}`],
    ] as const) {
      await page.goto(`${demoUrl()}${path}`)
      await settled(page)
      await checkPage(page, `${name} at 390 in English`)
      await page.screenshot({ path: info.outputPath(`${name}-390-en.png`), fullPage: true })
    }
  })
})
