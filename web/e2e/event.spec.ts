import { expect, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

test('an event: planned, answered by its link, checked in at the door twice as once, closed with its cost', async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000)
  await signIn(page, 'director')
  const title = '端到端新品交流会'
  await page.goto(`${demoUrl()}/service/events`)
  await page
    .getByRole('button', { name: w('seminar.plan') })
    .first()
    .click()
  const form = page.getByRole('dialog')
  await form.locator('#title_zh').fill(title)
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv'))
  await form.locator('#on').fill(today)
  await form.locator('.form-foot .ant-btn-primary').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  const id = page.url().split('/').pop() ?? ''
  const api = `${demoUrl()}/api/v1`
  const customers = await (await page.request.get(`${api}/customers?limit=2`)).json()
  const invited = await page.request.post(`${api}/seminars/${id}/invitations`, {
    data: { customer_ids: customers.items.map((c: { id: string }) => c.id) },
  })
  expect((await invited.json()).added).toBe(2)
  const guests = await (await page.request.get(`${api}/seminars/${id}/invitations`)).json()
  const { link } = await (await page.request.get(`${api}/seminars/${id}/invitations/${guests.items[0].id}/link`)).json()

  const outside = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const guest = await outside.newPage()
  const token = new URL(link, demoUrl()).searchParams.get('token')
  await guest.goto(`${demoUrl()}/invitation?token=${token}`)
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText(title)
  await checkPage(guest, 'the invitation')
  await guest.getByRole('button', { name: w('invitation.yes') }).click()
  await expect(guest.getByRole('img', { name: w('invitation.code') })).toBeVisible()
  await outside.close()

  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    storageState: await page.context().storageState(),
  })
  const door = await phone.newPage()
  await door.goto(`${demoUrl()}/service/events/${id}/door`)
  for (const says of [w('seminar.in_now'), w('seminar.in_again')]) {
    await door.getByLabel(w('seminar.number'), { exact: true }).fill('1')
    await door.locator('.door-number button').click()
    await expect(door.locator('.welcome')).toContainText(says)
  }
  await settled(door)
  await checkPage(door, 'the door')
  await phone.close()

  await page.request.post(`${api}/seminars/${id}/costs`, { data: { what: '茶歇', amount: '300.00' } })
  await page.reload()
  await page.getByRole('button', { name: w('seminar.close'), exact: true }).click()
  await page.getByRole('dialog').locator('.form-foot .ant-btn-primary').click()
  await expect(page.locator('.head .s-ok')).toHaveText(w('seminar.states.held'))
  await expect(page.locator('.panel', { hasText: w('seminar.costs') }).locator('.figures')).toContainText('300.00')
  await settled(page)
  await checkPage(page, 'an event that is over')
})
