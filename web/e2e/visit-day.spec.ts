import { expect, type Page, test } from '@playwright/test'
import { checkPage, demoUrl, settled, signIn } from './kit'
import { w } from './words'

test.use({
  viewport: { width: 390, height: 844 },
  geolocation: { latitude: 31.2397, longitude: 121.4998 },
  permissions: ['geolocation'],
})

const read = async (page: Page, path: string) => (await page.request.get(`${demoUrl()}/api/v1${path}`)).json()

/** Accepts the first visit that is proposed, of this week or of the first after it that has any; gives the customer's name. */
async function acceptFirst(page: Page): Promise<string> {
  const accept = page.getByRole('button', { name: new RegExp(`^${w('week.accept_of').split('{{')[0]}`) })
  await settled(page)
  for (let week = 0; week < 4 && (await accept.count()) === 0; week++) {
    await page.getByRole('button', { name: w('agenda.next'), exact: true }).click()
    await settled(page)
  }
  const row = page.locator('.week-row', { has: accept }).first()
  const name = await row.locator('a.link').first().innerText()
  const planned = page.waitForResponse((r) => r.url().endsWith('/api/v1/visits') && r.request().method() === 'POST')
  await row.getByRole('button', { name: w('week.accept_of', { name }), exact: true }).click()
  expect((await planned).status()).toBe(201)
  return name
}

/** A photo as large as phones take them. */
async function photo(page: Page): Promise<Buffer> {
  const data = await page.evaluate(async () => {
    const [width, height] = [3200, 2400]
    const picture = new ImageData(width, height)
    for (let i = 0; i < picture.data.length; i++)
      picture.data[i] = i % 4 === 3 ? 255 : ((i >> 12) & 191) ^ (Math.random() * 64)
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.putImageData(picture, 0, 0)
    const bytes = new Uint8Array(
      await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer(),
    )
    let text = ''
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
    return btoa(text)
  })
  return Buffer.from(data, 'base64')
}

test("a manager's day on a phone: the proposed week, a check-in and a report without a network, the duty kept", async ({
  page,
  context,
}) => {
  test.slow() // the check of a page alone takes most of a minute on a busy machine
  await signIn(page, 'lin')
  await page.goto(demoUrl())
  await page.getByRole('link', { name: w('workbench.visits.week') }).click()
  await expect(page.getByRole('heading', { name: w('week.title'), exact: true })).toBeVisible()
  await settled(page)
  await checkPage(page, 'the proposed week')
  const name = await acceptFirst(page)

  const listed = await read(page, '/visits?owner=me&state=planned&limit=200')
  const visit = listed.items.find(
    (v: { customer: { name: string }; duty: unknown }) => v.customer.name === name && v.duty,
  )
  await page.goto(`${demoUrl()}/visits?open=${visit.id}`)
  const panel = page.getByRole('dialog').first()
  const setOut = panel.getByRole('button', { name: w('visit.act.set_out') })
  await expect(setOut).toBeVisible()
  const taken = page.waitForResponse((r) => r.request().method() === 'POST' && /\/visits\/\d+\//.test(r.url()))
  await setOut.click()
  await taken // else the network goes while it is on its way, and it waits on the phone too
  const arrive = panel.getByRole('button', { name: w('visit.act.arrive') })
  await expect(panel.getByText(w('visit.states.under_way'))).toBeVisible()

  const door = await photo(page)
  await context.setOffline(true)
  await arrive.click()
  const form = page.getByRole('dialog', { name: w('visit.act.arrive') })
  await expect(form.getByRole('checkbox')).toBeVisible()
  await form.locator('input[type=file]').setInputFiles({
    name: 'door.jpg',
    mimeType: 'image/jpeg',
    buffer: door,
  })
  await form.locator('.form-foot .ant-btn-primary').click()
  await expect(page.locator('.unsent')).toContainText(w('unsent.count', { count: '1' }))
  await expect(panel.getByText(w('visit.states.arrived'))).toBeVisible()

  await panel.getByRole('button', { name: w('visit.act.report') }).click()
  const report = page.getByRole('dialog', { name: w('visit.act.report') })
  await report.locator('#report').fill('看了样品，客户确认下月订货。')
  const early = report.locator('#late_reason')
  if (await early.count()) await early.fill('客户请我们提前来。')
  await report.locator('.form-foot .ant-btn-primary').click()
  await expect(page.locator('.unsent')).toContainText(w('unsent.count', { count: '2' }))
  expect((await read(page, `/visits/${visit.id}`)).state).toBe('under_way')

  await context.setOffline(false)
  await expect(page.locator('.unsent')).toHaveCount(0)
  await expect.poll(async () => (await read(page, `/visits/${visit.id}`)).state).toBe('done')
  const done = await read(page, `/visits/${visit.id}`)
  expect(done.files).toHaveLength(1)
  expect(done.files[0].size).toBeLessThan(door.length / 2) // made smaller for the line
  expect(done.arrival.where).toEqual({ lat_e6: 31239700, lon_e6: 121499800 })
  expect(done.arrival.at <= done.arrival.told_at).toBe(true)
  const duty = await read(page, `/duties/${visit.duty.id}`)
  expect(['kept', 'late']).toContain(duty.state)
  expect(duty.fact_id).toBe(done.fact_id)
})

test('what waits survives a reload, warns at the sign-out, belongs to its person, and a conflict is told', async ({
  page,
  context,
}) => {
  await signIn(page, 'lin')
  const list = await read(page, '/customers?limit=1')
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const made = await page.request.post(`${demoUrl()}/api/v1/visits`, {
    data: { customer_id: list.items[0].id, on: today, purpose: '顺路拜访' },
  })
  const visit = await made.json()
  await page.goto(`${demoUrl()}/visits?open=${visit.id}`)
  const panel = page.getByRole('dialog').first()
  // Under the care of the service worker the page opens without a network too.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await page.reload()
  await expect(panel.getByRole('button', { name: w('visit.act.arrive') })).toBeVisible()
  await settled(page)
  await context.setOffline(true)
  await panel.getByRole('button', { name: w('visit.act.arrive') }).click()
  await page
    .getByRole('dialog', { name: w('visit.act.arrive') })
    .locator('.form-foot .ant-btn-primary')
    .click()
  const count = page.locator('.unsent', { hasText: w('unsent.count', { count: '1' }) })
  await expect(count).toBeVisible()
  await page.reload()
  await expect(count).toBeVisible()
  await expect(panel.getByText(w('visit.states.arrived'))).toBeVisible()

  // Meanwhile the visit is called off elsewhere.
  await page.route('**/acts', (r) => r.abort())
  await context.setOffline(false)
  await page.goto(`${demoUrl()}/visits`)
  await expect(count).toBeVisible()
  await page.locator('.avatar').click()
  await page.getByText(w('app.sign_out'), { exact: true }).click()
  const leaving = page.getByRole('dialog', { name: w('app.unsent.leave', { count: '1' }) })
  await leaving.locator('.ant-btn-default').click()
  const cancelled = await page.request.post(`${demoUrl()}/api/v1/visits/${visit.id}/acts`, {
    data: { act: 'cancel', reason: '客户改期' },
  })
  expect(cancelled.status()).toBe(200)
  await page.unroute('**/acts')

  const other = await context.newPage()
  await signIn(other, 'east.manager')
  await other.goto(demoUrl())
  await settled(other)
  await expect(other.locator('.unsent')).toHaveCount(0)
  expect((await read(other, `/visits/${visit.id}`)).state).toBe('cancelled')
  await other.close()

  await signIn(page, 'lin')
  await page.goto(`${demoUrl()}/visits`)
  await page.getByRole('button', { name: w('unsent.see') }).click()
  const queue = page.getByRole('dialog', { name: w('unsent.title') })
  await expect(queue.getByRole('alert')).toBeVisible()
  await expect(queue.getByRole('button', { name: w('unsent.edit') })).toBeVisible()
  await queue.getByRole('button', { name: w('unsent.discard') }).click()
  await page
    .locator('.ant-modal-confirm')
    .getByRole('button', { name: w('unsent.discard') })
    .click()
  await expect(count).toBeHidden()
})
