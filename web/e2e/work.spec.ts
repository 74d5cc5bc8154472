import { expect, test } from '@playwright/test'
import { demoUrl, settled, signIn } from './kit'
import { w } from './words'

test('a customer manager finds a customer by two characters and works off a duty', async ({ page }) => {
  await signIn(page, 'lin')
  await page.goto(`${demoUrl()}/customers`)
  await settled(page)
  const name = (await page.locator('a.link').first().innerText()).trim()
  await page.goto(`${demoUrl()}/customers?q=${encodeURIComponent(name.slice(2, 4))}`)
  await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible()

  await page.goto(`${demoUrl()}/service?tab=upcoming`)
  await settled(page)
  const todo = page.getByRole('button', { name: new RegExp(`^${w('owed.do')}`) })
  await todo.first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(w('kit.evidence.note')).fill('电话沟通，确认下月订货计划。')
  const done = page.waitForResponse((r) => /\/duties\/\d+\/do$/.test(r.url()))
  await dialog.locator('.ant-btn-primary').click()
  expect((await done).status()).toBe(200)
  await expect(dialog).toBeHidden()
})

test('somebody else changed the record meanwhile: the later save is refused, nothing is overwritten', async ({
  page,
}) => {
  await signIn(page, 'director')
  const list = await (await page.request.get(`${demoUrl()}/api/v1/customers?limit=1&sort=-code`)).json()
  const id = list.items[0].id as string
  const url = `${demoUrl()}/api/v1/customers/${id}`
  const before = await page.request.get(url)
  const tag = before.headers().etag ?? ''
  const theirs = await page.request.patch(url, {
    headers: { 'If-Match': tag },
    data: { note: `别人写的 ${Date.now()}` },
  })
  expect(theirs.status(), await theirs.text()).toBe(200)
  const mine = await page.request.patch(url, { headers: { 'If-Match': tag }, data: { note: '我写的' } })
  expect(mine.status()).toBe(412)
  expect((await mine.json()).code).toBe('precondition_failed')
})

test('the dialog of a conflict shows before, theirs and mine; what is chosen per field stays', async ({
  page,
  browser,
}) => {
  await signIn(page, 'director')
  const list = await (await page.request.get(`${demoUrl()}/api/v1/customers?limit=2&sort=-code`)).json()
  const id = list.items[1].id as string
  const url = `${demoUrl()}/api/v1/customers/${id}`
  const before = (await (await page.request.get(url)).json()).address as string
  const other = await browser.newContext()
  const colleague = await other.newPage()
  await signIn(colleague, 'admin')
  const meanwhile = async (address: string) => {
    const tag = (await colleague.request.get(url)).headers().etag ?? ''
    const answer = await colleague.request.patch(url, { headers: { 'If-Match': tag }, data: { address } })
    expect(answer.status(), await answer.text()).toBe(200)
  }
  const label = w('customer.field.address')
  const edit = async (text: string) => {
    await page.getByRole('button', { name: w('record.edit_field', { name: label }), exact: true }).click()
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  }
  const address = async () => (await (await page.request.get(url)).json()).address
  const dialog = page.getByRole('dialog')

  await page.goto(`${demoUrl()}/customers/${id}`)
  await settled(page)
  await edit('我写的地址')
  await meanwhile('同事写的地址')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(w('record.conflict.title'))
  const field = dialog.getByRole('group', { name: label })
  await expect(field).toContainText(`${w('record.conflict.before')} ${before}`)
  await expect(field.getByRole('radio', { name: '同事写的地址' })).toBeChecked()
  await field.getByRole('radio', { name: '我写的地址' }).check()
  await dialog.getByRole('button', { name: w('record.conflict.apply') }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(address).toBe('我写的地址')

  await edit('第二次的地址')
  await meanwhile('同事又改了地址')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('第二次的地址')
  await dialog.getByRole('button', { name: w('record.conflict.discard') }).click()
  await expect(dialog).toBeHidden()
  expect(await address()).toBe('同事又改了地址')
  await other.close()
})

test('a manager of one region does not see the customers of another, in count, search and by address', async ({
  page,
}) => {
  await signIn(page, 'director')
  const other = await (await page.request.get(`${demoUrl()}/api/v1/customers?limit=1&filter=region:in:44`)).json()
  const all = await (await page.request.get(`${demoUrl()}/api/v1/customers/count`)).json()
  await page.context().clearCookies()
  await signIn(page, 'lin')
  const mine = await (await page.request.get(`${demoUrl()}/api/v1/customers/count`)).json()
  expect(mine.count).toBeGreaterThan(0)
  expect(mine.count).toBeLessThan(all.count / 4)
  expect((await page.request.get(`${demoUrl()}/api/v1/customers/${other.items[0].id}`)).status()).toBe(404)
  const found = await (
    await page.request.get(`${demoUrl()}/api/v1/search?q=${encodeURIComponent(other.items[0].code)}`)
  ).json()
  expect(found.items ?? []).toEqual([])
  await page.goto(`${demoUrl()}/customers/${other.items[0].id}`)
  await expect(page.locator('h1').first()).toBeVisible()
  await expect(page.getByText(other.items[0].name)).toHaveCount(0)
})
