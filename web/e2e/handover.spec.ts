import { type Browser, expect, type Page, test } from '@playwright/test'
import { checkPage, checkWords, demoUrl, settled, signIn } from './kit'
import { w } from './words'

/** Whoever leaves; nobody else's journey needs this person. */
const giver = 'jiangxiangzheng'
const receivers = ['任承珈', '丁翊辰']

interface Detail {
  state: string
  case_id: string
  missing: number
  customers: number
  moved: number
  counts: { kind: string; before: number; left: number }[]
  loads: { user_id: string; after: number }[]
}
interface Person {
  id: string
  login: string
  name: string
}

const read = async <T>(page: Page, path: string): Promise<T> => {
  const answer = await page.request.get(`${demoUrl()}/api/v1${path}`)
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200)
  return (await answer.json()) as T
}
const panel = (page: Page, key: string) => page.getByRole('region', { name: w(key), exact: true })
const pick = async (page: Page, label: string, name: string) => {
  // The list draws only what fits into it: the name is looked for.
  const box = page.getByLabel(label, { exact: true }).last()
  await box.click()
  await box.fill(name)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).first().click()
}

/** Somebody opens the case of signatures and agrees. */
async function signs(browser: Browser, login: string, caseID: string) {
  const own = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await own.newPage()
  await signIn(page, login)
  await page.goto(`${demoUrl()}/cases/${caseID}`)
  await settled(page)
  await page
    .getByRole('button', { name: w('procedure.act.do.agree'), exact: true })
    .first()
    .click()
  const form = page.getByRole('dialog')
  await form.locator('.form-foot .ant-btn-primary').click()
  await expect(form).toBeHidden()
  await own.close()
}

test('a head’s handover: planned by rule and by hand, signed by all, moved, the customers told, nothing left behind', async ({
  browser,
  page,
}, info) => {
  test.setTimeout(360_000)
  await signIn(page, 'admin')
  const people = (await read<{ items: Person[] }>(page, '/users')).items
  const person = people.find((p) => p.login === giver)
  const head = people.find((p) => p.login === 'east.manager')
  expect(person && head, 'the demo has them').toBeTruthy()
  let id = ''
  const detail = () => read<Detail>(page, `/handovers/${id}`)
  const planned = async (button: string) => {
    const answer = page.waitForResponse((r) => r.url().endsWith('/plan'))
    await page.getByRole('button', { name: button, exact: true }).click()
    expect((await answer).status()).toBe(200)
    await settled(page)
  }

  await test.step('the form of the person leads to the handover', async () => {
    await page.goto(`${demoUrl()}/settings/users/${person?.id}`)
    await settled(page)
    await page.getByRole('button', { name: w('admin.person.change'), exact: true }).click()
    await page.getByRole('link', { name: w('admin.user.hand_over') }).click()
    await expect(page.getByRole('dialog')).toContainText(person?.name ?? '')
  })

  await test.step('the head opens it, and everything is listed', async () => {
    await signIn(page, 'east.manager')
    await page.goto(`${demoUrl()}/service/handovers?person=${person?.id}`)
    await settled(page)
    const form = page.getByRole('dialog')
    await form.locator('#from').fill(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
    await form.locator('#from').press('Enter')
    await form.locator('.form-foot .ant-btn-primary').click()
    await page.waitForURL(/handovers\/\d+/)
    id = new URL(page.url()).pathname.split('/').pop() ?? ''
    await settled(page)
    const h = await detail()
    expect(h.missing).toBe(h.customers)
    expect(h.customers).toBeGreaterThan(10)
    await expect(panel(page, 'handover.things').locator('tbody tr').first()).toBeVisible()
  })

  await test.step('some by the rules, the rest evenly, one by hand', async () => {
    const boxes = panel(page, 'handover.customers').locator('tbody .ant-checkbox-input')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await planned(w('handover.by_rule'))
    expect((await detail()).missing).toBe((await detail()).customers - 2)
    for (const name of receivers) await pick(page, w('handover.receivers'), name)
    await page.keyboard.press('Escape')
    await planned(w('handover.by_even'))
    expect((await detail()).missing).toBe(0)
    await page.locator('.handover-people.ant-select-multiple').first().getByLabel(/close/).last().click()
    await boxes.nth(2).check()
    await planned(w('handover.by_hand', { n: 1 }))
    await pick(page, w('handover.rest'), receivers[0] ?? '')
    await settled(page)
    await checkPage(page, 'the plan of a handover')
    await page.screenshot({ path: info.outputPath('plan.png'), fullPage: true })
  })

  await test.step('both sides and the head sign', async () => {
    await page.getByRole('button', { name: w('handover.sign'), exact: true }).click()
    await expect(page.locator('main')).toContainText(w('handover.states.signing'))
    const h = await detail()
    await signs(browser, giver, h.case_id)
    for (const l of h.loads.filter((x) => x.user_id !== person?.id)) {
      const login = people.find((p) => p.id === l.user_id)?.login ?? ''
      if (login !== 'east.manager') await signs(browser, login, h.case_id)
    }
    // The head signs twice who gets something as well.
    if (h.loads.some((l) => l.user_id === head?.id)) await signs(browser, 'east.manager', h.case_id)
    await signs(browser, 'east.manager', h.case_id)
  })

  await test.step('everything moves and nothing is left', async () => {
    await expect.poll(async () => (await detail()).state, { timeout: 90_000 }).toBe('done')
    const h = await detail()
    expect(h.moved).toBe(h.customers)
    expect(h.counts.filter((c) => c.left > 0)).toEqual([])
    await page.reload()
    await settled(page)
    await expect(page.locator('main')).toContainText(w('handover.states.done'))
    const left = await read<{ items: unknown[] }>(page, `/customers?filter=owner:in:${person?.id}&limit=1`)
    expect(left.items).toEqual([])
    await page.screenshot({ path: info.outputPath('done.png'), fullPage: true })
  })

  await test.step('the customers are told', async () => {
    await page.getByRole('button', { name: w('handover.tab.told'), exact: true }).click()
    await settled(page)
    const boxes = page.locator('tbody .ant-checkbox-input')
    await boxes.nth(0).check()
    await page.getByRole('button', { name: w('handover.by_phone', { n: 1 }), exact: true }).click()
    await expect(page.locator('main')).toContainText(w('handover.told.phone'))
    await boxes.nth(1).check()
    const answer = page.waitForResponse((r) => r.url().endsWith('/tell'))
    await page.getByRole('button', { name: w('handover.write', { n: 1 }), exact: true }).click()
    expect((await answer).status()).toBe(200)
    await settled(page)
    await checkPage(page, 'the customers to be told')
    await page.screenshot({ path: info.outputPath('told.png'), fullPage: true })
  })

  await test.step('the same in English, in the dark and on the phone', async () => {
    await signIn(page, 'east.manager', { locale: 'en', theme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    for (const [name, path] of [
      ['told', `/service/handovers/${id}?tab=told`],
      ['done', `/service/handovers/${id}`],
      ['list', '/service/handovers'],
    ] as const) {
      await page.goto(`${demoUrl()}${path}`)
      await settled(page)
      await checkWords(page, `${name} at 390 in English`)
      await page.screenshot({ path: info.outputPath(`${name}-390-en.png`), fullPage: true })
    }
  })
})
