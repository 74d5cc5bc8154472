import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

const book = 'dealer-annual-grading'
const literal = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const button = (page: Page, key: string, args: Record<string, string | number> = {}) =>
  page.getByRole('button', { name: w(key, args), exact: true })
const tab = (page: Page, key: string) =>
  page
    .getByRole('navigation', { name: w('draft.pane.side') })
    .getByRole('button', { name: new RegExp(`^${literal(w(key))}`) })

/** Opens a new draft of the rulebook in force. */
async function beginDraft(page: Page, of = book) {
  await page.goto(`${demoUrl()}/rulebooks/${of}`)
  await settled(page)
  await button(page, 'draft.list.edit').click()
  await page.waitForURL(/\/edit\/\d+/)
  await expect(page.locator('.edit-setting').first()).toBeVisible()
  await settled(page)
}

/** Agrees to what the open case asks for. */
async function agree(page: Page) {
  await page
    .locator('.acts')
    .getByRole('button', { name: w('procedure.act.do.agree') })
    .first() // whoever holds two posts in the step may agree for each
    .click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: w('procedure.act.do.agree'), exact: true }).click()
  await expect(drawer).toBeHidden()
}

const saved = (page: Page) => expect(page.getByText(w('draft.saving.saved'), { exact: true })).toBeVisible()

test('a cut-off is changed by form, who moves is seen, and somebody else puts it into force', async ({ page }) => {
  test.setTimeout(180_000)
  await signIn(page, 'admin')
  await beginDraft(page)
  await button(page, 'draft.section.grades').click()
  const line = page.getByLabel(w('draft.bands.figure_n', { n: 1 }))
  const before = Number(await line.inputValue())
  expect(before).toBeGreaterThan(20)

  await test.step('change the line of the best grade; nothing else in the text changes', async () => {
    await line.fill(String(before - 10))
    await line.blur()
    await saved(page)
    await tab(page, 'draft.side.diff').click()
    const change = page.locator('.edit-change')
    await expect(change).toHaveCount(1)
    await expect(change.locator('del')).toHaveText(String(before))
    await expect(change.locator('ins')).toHaveText(String(before - 10))
    await expect(page.locator('.line-out')).toHaveCount(1)
    await expect(page.locator('.line-in')).toHaveCount(1)
  })

  await test.step('see who moves', async () => {
    await tab(page, 'draft.side.move').click()
    await button(page, 'draft.move.do').click()
    const up = page.locator('.matrix-up').first()
    await expect(up).toBeVisible({ timeout: 60_000 })
    expect(await page.locator('.matrix-down').count()).toBe(0)
    await up.click()
    await expect(page.getByRole('region', { name: /→/ }).getByRole('link').first()).toBeVisible()
    await checkPage(page)
  })

  await test.step('the examples that no longer hold expect what comes out now', async () => {
    await tab(page, 'draft.side.cases').click()
    await page.locator('.panel-note .case-accept').click()
    await expect(page.locator('.cases .s-bad')).toHaveCount(0)
    await saved(page)
  })

  const version = await test.step('send it for adoption', async () => {
    await button(page, 'draft.send.do').click()
    const dialog = page.getByRole('dialog')
    const number = dialog.getByLabel(w('rulebook.version'))
    const made = await number.inputValue()
    await dialog.getByLabel(w('rulebook.adopt.note')).fill('试用一年后放宽A级线。')
    const sent = page.waitForResponse((r) => /\/adoption-requests$/.test(r.url()) && r.request().method() === 'POST')
    await dialog.getByRole('button', { name: w('draft.send.submit') }).click()
    expect((await sent).status()).toBe(201)
    await page.waitForURL(new RegExp(`/rulebooks/${book}\\?tab=versions`))
    await expect(page.getByText(w('rulebook.request.by_case'))).toBeVisible()
    return made
  })

  await test.step('finance and a region agree, each from the inbox', async () => {
    for (const login of ['admin', 'east.manager']) {
      await page.context().clearCookies()
      await signIn(page, login)
      await page.goto(`${demoUrl()}/cases`)
      await settled(page)
      const asked = page.locator('.ant-table-row', { hasText: version }).first() // one row for each post the person holds
      await expect(asked).toContainText(/适用 \d+ 户/)
      await asked.getByRole('link').first().click()
      await settled(page)
      await checkPage(page)
      await agree(page)
    }
  })

  await test.step('the general manager approves', async () => {
    await page.context().clearCookies()
    await signIn(page, 'director')
    await page.goto(`${demoUrl()}/rulebooks/${book}?tab=versions`)
    await settled(page)
    await checkPage(page)
    const open = page.getByRole('region', { name: w('rulebook.request.open') })
    await expect(open).toContainText('试用一年后放宽A级线。')
    await open.getByRole('link', { name: w('rulebook.request.case') }).click()
    await settled(page)
    await agree(page)
    const now = await (await page.request.get(`${demoUrl()}/api/v1/rulebooks/${book}`)).json()
    expect(now.in_force.version).toBe(version)
  })

  await test.step('and returns to the version before', async () => {
    await page.goto(`${demoUrl()}/rulebooks/${book}?tab=versions`)
    await settled(page)
    await button(page, 'rulebook.return.do').first().click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: w('rulebook.return.do') })
      .click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const now = await (await page.request.get(`${demoUrl()}/api/v1/rulebooks/${book}`)).json()
    expect(now.in_force.version).not.toBe(version)
  })
})

test('form and text are one: typing in either shows in the other, undo takes it back, a fault says where', async ({
  page,
}) => {
  await signIn(page, 'admin')
  await beginDraft(page)
  const visit = page.locator('.edit-setting').first().locator('input.num')
  const before = await visit.inputValue()
  await visit.fill('5')
  await visit.blur()
  await expect(page.locator('.cm-content')).toContainText('value: P5M')
  await button(page, 'draft.undo').click()
  await expect(visit).toHaveValue(before)

  const content = page.locator('.cm-content')
  await content.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nduties_of: {x')
  await expect(page.getByText(w('draft.broken.hint'))).toBeVisible()
  await tab(page, 'draft.side.problems').click()
  await expect(page.locator('.problems .s-bad').first()).toBeVisible()
  await button(page, 'draft.undo').first().click()
  await expect(visit).toHaveValue(before)
})

test('the entries of a form are put in order by the mouse and by the keyboard, and the text follows', async ({
  page,
}) => {
  await signIn(page, 'admin')
  await beginDraft(page, 'service-desk')
  const id = /\/edit\/(\d+)/.exec(page.url())?.[1] ?? ''
  const text = async (): Promise<string> =>
    (await (await page.request.get(`${demoUrl()}/api/v1/rulebook-drafts/${id}`)).json()).files['rulebook.yaml']
  const asBefore = await text()
  const kept = () => expect(page.locator('.edit-part-over')).toHaveCount(0)
  await button(page, 'draft.section.forms').click()
  const part = (name: string) => page.locator('.edit-part-in').and(page.getByRole('region', { name, exact: true }))
  const [what, since, contact] = ['客户反映的问题', '发生日期', '联系人']
  /** The first entries as the designer shows them, and as the draft has them once it is saved. */
  const stand = async (names: string[], keys: string[]) => {
    await expect(page.locator('.edit-part-in .edit-open').nth(0)).toHaveText(names[0] ?? '')
    await expect(page.locator('.edit-part-in .edit-open').nth(1)).toHaveText(names[1] ?? '')
    await expect(page.locator('.edit-part-in .edit-open').nth(2)).toHaveText(names[2] ?? '')
    await saved(page)
    const form = /\n {2}problem:\n[\s\S]*?\n {4}fields:\n([\s\S]*?)\n {2}\w/
    await expect
      .poll(async () =>
        [...(form.exec(await text())?.[1] ?? '').matchAll(/^ {6}(\w+):/gm)].map((m) => m[1]).slice(0, 3),
      )
      .toEqual(keys)
  }
  await stand([what, since, contact], ['what', 'since', 'contact'])

  await test.step('the third entry is dragged before the first', async () => {
    await part(contact).locator('.edit-grip').dragTo(part(what))
    await stand([contact, what, since], ['contact', 'what', 'since'])
    await kept()
  })

  await test.step('an entry of another form is not taken', async () => {
    await part('处理情况').locator('.edit-grip').dragTo(part(since))
    await kept()
    await stand([contact, what, since], ['contact', 'what', 'since'])
  })

  await test.step('without a mouse it goes back down, step by step', async () => {
    const down = part(contact).getByRole('button', { name: w('draft.order_down', { name: contact }) })
    await down.focus()
    await page.keyboard.press('Enter')
    await stand([what, contact, since], ['what', 'contact', 'since'])
    await down.focus()
    await page.keyboard.press('Space')
    await stand([what, since, contact], ['what', 'since', 'contact'])
    expect(await text()).toBe(asBefore)
    await expect(part(what).getByRole('button', { name: w('draft.order_up', { name: what }) })).toBeDisabled()
    await checkPage(page)
  })
})

test('somebody else saved the draft meanwhile: the later one chooses, nothing is lost', async ({ page }) => {
  await signIn(page, 'admin')
  await beginDraft(page)
  const id = /\/edit\/(\d+)/.exec(page.url())?.[1] ?? ''
  const url = `${demoUrl()}/api/v1/rulebook-drafts/${id}`
  const draft = await (await page.request.get(url)).json()
  const theirs = await page.request.put(url, {
    headers: { 'If-Match': `"${draft.revision}"` },
    data: { files: { ...draft.files, 'clauses.md': `${draft.files['clauses.md']}\n` } },
  })
  expect(theirs.status(), await theirs.text()).toBe(200)
  const visit = page.locator('.edit-setting').first().locator('input.num')
  await visit.fill('7')
  await visit.blur()
  const dialog = page.getByRole('dialog', { name: w('draft.conflict.title') })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: w('draft.conflict.ok') }).click()
  await saved(page)
  const merged = await (await page.request.get(url)).json()
  expect(merged.files['rulebook.yaml']).toContain('value: P7M')
  expect(merged.files['clauses.md']).toBe(`${draft.files['clauses.md']}\n`)
})

test('the editor holds in dark and on the phone', async ({ page }) => {
  test.setTimeout(180_000)
  await signIn(page, 'admin', { theme: 'dark', locale: 'zh' })
  await beginDraft(page)
  const sections = ['settings', 'scorecards', 'grades', 'duties', 'measures', 'about']
  for (const section of sections) {
    await page.goto(`${page.url().split('?')[0]}?section=${section}`)
    await settled(page)
    const first = page.locator('.edit-open[aria-expanded=false]').first()
    if (await first.count()) await first.click()
    await checkPage(page)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  for (const pane of ['clauses', 'rules', 'side']) {
    await page.goto(`${page.url().split('?')[0]}?pane=${pane}&section=grades`)
    await settled(page)
    await checkPage(page)
  }
})
